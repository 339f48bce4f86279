"""What a family's profile requires of every record, and a document leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from pipeline.model import Block, Check, Kind, Reading, Record, Value
from pipeline.validation.comparing import compared, not_checkable, printed, subject

PERIODS = frozenset({"period", "cutoff_date"})
IDENTIFIERS = frozenset({"number", "title", "code", "commitment", "commitment_number", "plan"})


def required(reading: Reading) -> Iterator[Check]:
    """Each field that the profile requires ("activity.commitment_number"), record by record."""
    for entry in reading.profile.required:
        kind, _, field = entry.partition(".")
        for record in reading.of(cast(Kind, kind)):
            yield _judge(reading, record, field, entry)


def _judge(reading: Reading, record: Record, field: str, entry: str) -> Check:
    """The records of one document that lack the same field have one cause: its form."""
    check = _check(record, field)
    value = _find(reading.records, record, field)
    places = [value.block, _any_place(record)] if value else [_any_place(record)]
    blocks = [block for block in places if block is not None][:1]
    if value and value.value is None and value.state in ("not_applicable", "illegible"):
        return not_checkable(check, record, value.state, blocks, field=field)
    ok = bool(value and value.value not in (None, ""))
    words = {"subject": subject(record), "field": field, "required": entry}
    reason = "" if ok else "absent"
    return compared(check, record, ok, blocks, field=field, reason=reason, words=words, group=entry)


def _check(record: Record, field: str) -> str:
    if record.kind == "document" and field in PERIODS:
        return "required.missing_period"
    return "required.missing_identifier" if field in IDENTIFIERS else "required.missing"


def required_partial_field(reading: Reading) -> Iterator[Check]:
    """Each committed or revised period gives both its ends."""
    for record in reading.of("activity", "commitment"):
        for field in ("planned", "revised"):
            told = str(record.get(field) or "")
            if "/" not in told or record.block(field) is None:
                continue
            ends = [end for part in told.split("|") for end in part.split("/")]
            yield compared(
                "required.partial_field",
                record,
                not any(end in ("", "..") for end in ends),
                [record.block(field)],
                field=field,
                stated=printed(record, field),
                words={"subject": subject(record)},
            )


def _find(records: Sequence[Record], record: Record, field: str) -> Value | None:
    """The field itself, or that of the commitment above ("commitment_number")."""
    if field in record.fields or not field.startswith("commitment"):
        return record.fields.get(field)
    above = next((one for one in records if one.record_id == record.parent_id), None)
    if above is None or above.kind != "commitment":
        return None
    name = field.removeprefix("commitment").lstrip("_")
    return above.fields.get(name) if name else Value(above.record_id)


def _any_place(record: Record) -> Block | None:
    return next((value.block for value in record.fields.values() if value.block), None)
