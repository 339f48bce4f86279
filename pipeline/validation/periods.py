"""Periods: the end after the start, and one period for one plan."""

from __future__ import annotations

from collections.abc import Iterator

from normalizers.dates import edtf_bounds
from pipeline.model import Check, Reading, Record, Value
from pipeline.validation.comparing import (
    compared,
    document_record,
    not_checkable,
    printed,
    subject,
)


def date_order(reading: Reading) -> Iterator[Check]:
    """Each printed period ends on or after the day it starts."""
    for record in reading.of("activity", "commitment"):
        for field in ("planned", "revised"):
            yield from _order(record, field)
    yield from _order(document_record(reading), "period")


def _order(record: Record, field: str) -> Iterator[Check]:
    """Only a range can be reversed; several dates in one cell stand in any order."""
    for told in str(record.get(field) or "").split("|"):
        if "/" not in told:
            continue
        start, end = edtf_bounds(told)
        place = [record.block(field)]
        if start is None or end is None:
            yield not_checkable("date.order", record, "open_period", place, field=field)
            continue
        yield compared(
            "date.order",
            record,
            start <= end,
            place,
            field=field,
            stated=printed(record, field),
            expected="" if start <= end else f"≤ {end.isoformat()}",
            words={"subject": subject(record), "start": str(start), "end": str(end)},
        )


def period_mismatch(reading: Reading) -> Iterator[Check]:
    """The plan's period is the same wherever the document tells it: one finding for all."""
    owner = document_record(reading)
    stated = owner.fields.get("period", Value(None))
    for name, other in owner.others:
        if name == "period":
            yield _period(owner, stated, other)


def _is_year_of(part: Value, whole: Value) -> bool:
    """A single date inside a longer period may be told of a part of the plan: one of its years."""
    first, last = edtf_bounds(str(part.value))
    start, end = edtf_bounds(str(whole.value))
    if not (first and last and start and end) or "/" in str(part.value):
        return False
    return start <= first and last <= end and (start, end) != (first, last)


def _period(owner: Record, stated: Value, other: Value) -> Check:
    check, blocks = "period.mismatch", [stated.block, other.block]
    periods = [edtf_bounds(str(value.value or "")) for value in (stated, other)]
    if None in periods[0] or None in periods[1]:
        return not_checkable(check, owner, "open_period", blocks, field="period")
    if _is_year_of(stated, other) or _is_year_of(other, stated):
        return not_checkable(check, owner, "period_part", blocks, field="period")
    return compared(
        check,
        owner,
        periods[0] == periods[1],
        blocks,
        field="period",
        stated=str(stated.value),
        expected=str(other.value),
        group="period",
    )
