"""Trying a fault: was it found, at its place, and what was raised besides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from planting.faults import Fault
from planting.reports import OF_PAGES, Finding, come, judge, read_report


@dataclass(frozen=True)
class Trial:
    """What became of a fault in one form: found at its place, and what should not have come."""

    fault: Fault
    form: str
    found: bool
    false: tuple[Finding, ...]


@cache
def clean_findings(report: str, form: str, folder: Path) -> tuple[Finding, ...]:
    """What the clean report raises."""
    return tuple(judge([read_report(report, [], form, folder)]))


def try_fault(fault: Fault, form: str, folder: Path) -> Trial:
    """Plant one fault, write the report, read and judge it."""
    before = clean_findings(fault.report, form, folder)
    after = judge([read_report(fault.report, fault.edits, form, folder)])
    return judge_trial(fault, form, before, after)


def judge_trial(
    fault: Fault, form: str, before: Sequence[Finding], after: Sequence[Finding]
) -> Trial:
    """What a fault brought, by the findings before and after."""
    new = come(before, after)
    found = [one for one in new if one.check == fault.check and is_at(one, fault.at)]
    others = [
        one
        for one in new
        if one not in found[:1] and one.check not in fault.also and not _is_of_pages(one, fault)
    ]
    return Trial(fault, form, bool(found), tuple(others))


def is_at(finding: Finding, text: str) -> bool:
    """Whether the place or the sentence of a finding has a text, white space and markup apart."""
    wanted = _bare(text)
    return any(wanted in _bare(place) for place in (*finding.places, finding.message))


def _bare(text: str) -> str:
    return re.sub(r"[\s*$¦]|<[^>]*>", "", text).casefold()


def _is_of_pages(finding: Finding, fault: Fault) -> bool:
    return finding.check in OF_PAGES and finding.check != fault.check


def tell(trials: Sequence[Trial]) -> list[str]:
    """A line each for what was missed or raised besides."""
    lines = []
    for one in trials:
        if not one.found:
            lines.append(f"missed ({one.form}): {one.fault.name}")
        lines += [
            f"false ({one.form}): {one.fault.name} -> {false.check}: {false.message[:140]}"
            for false in one.false
        ]
    return lines
