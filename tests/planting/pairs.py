"""Faults that only two documents show: a follow-up of April and one of August."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pipeline.model import Reading
from planting.faults import FOLLOW, Fault, follow_rows
from planting.reports import Edit, cell, declaration, judge, read_report
from planting.trials import Trial, judge_trial

APRIL = (
    Edit("**31 de agosto de 2023**", "**30 de abril de 2023**"),
    Edit("14 de septiembre de 2023", "12 de mayo de 2023"),
    Edit("(31-08-2023)", "(30-04-2023)"),
)


def pair_faults() -> Iterator[Fault]:
    """The faults of the later document, the earlier one being the clean report of April."""
    text = declaration(FOLLOW)
    for row in follow_rows():
        name, percent = row["actividad"], row["avance"]
        unique = sum(name in one["actividad"] for one in follow_rows()) == 1
        counted = "(" in row["meta"] + row["descripcion"]
        if not unique or "¦" in row["descripcion"] or (counted and percent != "N/A"):
            continue
        if percent == "N/A":
            edit = cell(FOLLOW, name, "avance", "100%")
            yield Fault(FOLLOW, "xdoc.na_to_done", (edit,), "100%", ("percent.range",))
        elif percent not in ("100%", "20%"):
            edit = cell(FOLLOW, name, "avance", "5%")
            yield Fault(FOLLOW, "xdoc.progress_regression", (edit,), "5%")
            edit = cell(FOLLOW, name, "fecha", "22/12/2023")
            yield Fault(FOLLOW, "xdoc.date_moved", (edit,), "22/12/2023")
            start = text.rindex("[[part.row]]", 0, text.index(name))
            gone = text[start : text.index("[[part.row]]", start + 5)]
            if "componente" not in gone and "_page" not in gone:
                edits = (Edit(gone, ""),)
                yield Fault(FOLLOW, "xdoc.vanished", edits, name)
                new = re.sub(r'actividad = ".*"', f'actividad = "{NEW}"', gone)
                new = re.sub(r'meta = ".*"', 'meta = "Vivero en marcha"', new)
                yield Fault(FOLLOW, "xdoc.appeared", (Edit(gone, gone + new),), NEW)


NEW = "Sembrar un vivero de especies nativas"


@cache
def earlier(form: str, folder: Path) -> Reading:
    """The clean follow-up of April."""
    return read_report(FOLLOW, APRIL, form, folder)


def try_pair(fault: Fault, form: str, folder: Path) -> Trial:
    """Judge the follow-up of April beside that of August with a fault in it."""
    first = earlier(form, folder)
    before = judge([first, read_report(FOLLOW, [], form, folder)])
    after = judge([first, read_report(FOLLOW, fault.edits, form, folder)])
    return judge_trial(fault, form, before, after)
