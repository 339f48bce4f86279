"""Deadlines: overdue at the cut-off, and delayed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from normalizers.dates import edtf_bounds
from pipeline.model import Block, Check, Reading, Record
from pipeline.validation.comparing import (
    compared,
    document_record,
    not_checkable,
    printed,
    subject,
)

PERCENT = "percent_complete"
WHOLE = 100


def date_overdue_incomplete(reading: Reading) -> Iterator[Check]:
    """Each unfinished record is not due before the cut-off; a revised date never excuses."""
    owner = document_record(reading)
    cutoff = str(owner.get("cutoff_date") or "")
    for record in reading.of("activity", "commitment"):
        if record.get("planned") or record.get("planned_end"):
            yield _overdue(record, cutoff, owner.block("cutoff_date"))


def _overdue(record: Record, cutoff: str, place: Block | None) -> Check:
    check, field = "date.overdue_incomplete", "planned_end"
    due, percent = _end(record, "planned"), record.get(PERCENT)
    blocks = [record.block("planned"), record.block(PERCENT), place]
    reason = _why_not(record, due, cutoff)
    first, last = edtf_bounds(cutoff)
    if not reason and due and first and last and first <= due < last and percent < WHOLE:
        reason = "cutoff_imprecise"
    if reason or due is None or first is None:
        return not_checkable(check, record, reason or "no_cutoff", blocks, field=field)
    is_late = due < first and percent < WHOLE
    return compared(
        check,
        record,
        not is_late,
        blocks,
        field=field,
        stated=printed(record, "planned"),
        expected=f"{WHOLE} %" if is_late else "",
        difference=_as_duration(_lapse(due, first)) if is_late else "",
        words={
            "subject": subject(record),
            "due": str(due),
            "cutoff": cutoff,
            "percent": printed(record, PERCENT),
        },
    )


def _why_not(record: Record, due: date | None, cutoff: str) -> str:
    state = record.fields[PERCENT].state if PERCENT in record.fields else "missing"
    if record.get(PERCENT) is None:
        return "not_applicable" if state == "not_applicable" else "no_percent"
    if due is None:
        return "open_period"
    return "" if cutoff else "no_cutoff"


def _end(record: Record, field: str) -> date | None:
    end = record.get(f"{field}_end")
    return end if isinstance(end, date) else edtf_bounds(str(record.get(field) or ""))[1]


def date_delay(reading: Reading) -> Iterator[Check]:
    """Each revised or actual end is not after the committed one."""
    for record in reading.of("activity", "commitment"):
        if record.get("planned") and record.get("revised"):
            yield _delay(record, document_record(reading))


def _delay(record: Record, owner: Record) -> Check:
    check, blocks = "date.delay", [record.block("planned"), record.block("revised")]
    due, revised = _end(record, "planned"), _end(record, "revised")
    last = str(record.get("revised")).split("|")[-1].split("/")[-1]
    earliest = edtf_bounds(last)[0] or revised
    if due is None or revised is None or earliest is None:
        return not_checkable(check, record, "open_period", blocks, field="revised_end")
    if earliest <= due < revised:
        return not_checkable(check, record, "date_imprecise", blocks, field="revised_end")
    cutoff = edtf_bounds(str(owner.get("cutoff_date") or ""))[1]
    lapse = _lapse(due, revised)
    return compared(
        check,
        record,
        revised <= due,
        blocks,
        field="revised_end",
        stated=printed(record, "revised"),
        expected=printed(record, "planned"),
        difference=_as_duration(lapse) if revised > due else "",
        words={
            "subject": subject(record),
            "due": str(due),
            "revised": str(revised),
            "delay": lapse[1] if lapse[0] == 1 else f"{lapse[1]}s",
            "number": str(lapse[0]),
            "tense": "forecast" if cutoff and revised > cutoff else "told",
        },
    )


def _lapse(start: date, end: date) -> tuple[int, str]:
    """Whole months between two ends; days where there is none."""
    months = (end.year - start.year) * 12 + end.month - start.month
    months -= end.day < start.day and end != _month_end(end)
    return (months, "month") if months > 0 else ((end - start).days, "day")


def _as_duration(lapse: tuple[int, str]) -> str:
    """As ISO 8601 writes it: P15M, P12D."""
    return f"P{lapse[0]}{lapse[1][0].upper()}"


def _month_end(day: date) -> date | None:
    return edtf_bounds(f"{day:%Y-%m}")[1]
