"""What the columns of a whole table mean: a plan's fields, a budget's lines, or nothing known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from normalizers.column_contents import MOSTLY, SURE, tells_numbers
from normalizers.column_fields import read_fields
from normalizers.column_meanings import Columns
from normalizers.headers import name_parts, own_name
from normalizers.ledger_columns import is_ledger, read_headless, read_ledger
from normalizers.measures import (
    Measure,
    claim_measure,
    kind_about,
    part_of_row,
    part_of_year,
    settle_kinds,
    split_parts,
)
from normalizers.text import clean
from pipeline.model import Profile, Table

__all__ = ["Columns", "understand"]

_TIMES = 2  # columns of a schedule, or of measures beside rows of time


def understand(table: Table, profile: Profile, about: str = "") -> Columns:
    """The columns of a table whose header is known; `about` is what stands over it."""
    if not any(table.names):
        return read_headless(table, about)
    found = read_fields(table, profile)
    measures = _measures(table, about)
    if (period := _period_column(table, measures)) >= 0:
        rest = {header: at for header, at in found.unclaimed.items() if at not in measures}
        return Columns({}, rest, measures, period=period)
    if is_ledger(found.fields, measures, table):
        return read_ledger(table, measures, profile)
    return _with_measures(found, measures, _schedule(table, about))


def _with_measures(
    found: Columns, measures: Mapping[int, Measure], timed: Mapping[int, Measure]
) -> Columns:
    """The columns of a plan with those that no field claims and that tell a measure's kind."""
    left = set(found.unclaimed.values())
    told = {at: one for at, one in measures.items() if one.kind and not one.part and at in left}
    rest = {header: at for header, at in found.unclaimed.items() if at not in told}
    return replace(found, unclaimed=rest, measures={**told, **timed})


def _schedule(table: Table, about: str) -> dict[int, Measure]:
    """The columns of months or quarters beside activities, whatever fills them."""
    timed: dict[int, Measure] = {}
    for at, name in enumerate(table.names):
        parts = name_parts(name)
        if parts and (part := part_of_year(own_name(parts))):
            group = claim_measure(parts[:-1]) if parts[:-1] else None
            kind = group.kind if group and group.kind else kind_about(about) or "scheduled"
            timed[at] = Measure(kind, part, SURE, f"time {part}")
    return timed if len(timed) >= _TIMES else {}


def _period_column(table: Table, measures: Mapping[int, Measure]) -> int:
    """The column left of the measures whose rows are parts of the year; -1 where none is."""
    if len(measures) < _TIMES:
        return -1
    for at in range(min(measures)):
        unit = own_name(name_parts(table.names[at]))
        texts = [clean(cell.text) for row in table.rows[table.header_rows :]
                 if (cell := row[at]) is not None and clean(cell.text)]  # fmt: skip
        parts = sum(bool(part_of_row(text, unit)) for text in texts)
        if parts >= 2 and parts >= MOSTLY * len(texts):
            return at
    return -1


def _measures(table: Table, about: str) -> dict[int, Measure]:
    found: dict[int, Measure] = {}
    for at, name in enumerate(table.names):
        parts = name_parts(name)
        told = claim_measure(parts) if parts else None
        if told is None and parts and split_parts(parts[-1]):
            told = Measure(
                "", "+".join(split_parts(parts[-1])), 0.9, "several months in one column"
            )
        if told is not None and tells_numbers(table, at):
            found[at] = told
    return settle_kinds(found, about)
