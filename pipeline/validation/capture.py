"""What the reading repaired, lost or could not place: faults of ours, never of the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from normalizers.text import clean
from pipeline.model import Block, Check, Reading, Record, Repair, Value
from pipeline.validation.comparing import compared, document_record, repairs, subject
from pipeline.validation.levels import KIND as MARK_UNPLACED
from pipeline.validation.words import shorten

# What a page break or a converter does to many rows of a document is one cause.
_TOLD_TOGETHER = frozenset({"row_shift", "split_cell"})


def capture(reading: Reading) -> Iterator[Check]:
    """Each repair that a stage recorded, and each text that no parser understood."""
    owner = document_record(reading)
    for repair, record in repairs(reading):
        if repair.kind != MARK_UNPLACED:
            yield _repaired(repair, record or owner)
    for record in reading.records:
        for field, value in record.fields.items():
            if value.state == "illegible" and value.block not in unplaced(record):
                yield _unreadable(record, field, value)


def unclaimed_columns(reading: Reading) -> Iterator[Check]:
    """Each printed column or label that no field claims: one finding a document."""
    first: dict[str, tuple[Record, Value]] = {}
    for record in reading.records:
        for name, value in record.others:
            if name.startswith("printed:"):
                first.setdefault(name.removeprefix("printed:"), (record, value))
    for header, (record, value) in first.items():
        # One place is enough: what stands under the name may be pages of text.
        block = _first_place(value.block)
        yield compared(
            "capture.unclaimed_column",
            record,
            False,
            [block],
            field=f"printed:{header}",
            stated=shorten(header),
            words={"text": shorten(header)},
            group="unclaimed_column",
        )


def _first_place(block: Block | None) -> Block | None:
    """Where a cell begins, with its first words."""
    place = block.places()[0] if block else None
    return replace(place, text=shorten(place.text)) if place else None


def unplaced(record: Record) -> list[Block | None]:
    """Where marks stand that `status.mark_unplaced` tells of already, and where nothing does."""
    return [None, *(one.block for one in record.repairs if one.kind == MARK_UNPLACED)]


def _repaired(repair: Repair, record: Record) -> Check:
    """Repairs of one place have one cause: a merged label that several rows took."""
    how = "in_row" if repair.block.text.strip() else "in_file"
    text = shorten(clean(repair.block.text))
    return compared(
        f"capture.{repair.kind}",
        record,
        False,
        [repair.block],
        field=repair.detail.get("field", ""),
        stated=text,
        reason=repair.kind,
        words={"subject": subject(record), "how": how, **repair.detail, "text": text},
        group=repair.kind
        if repair.kind in _TOLD_TOGETHER
        else f"{repair.kind}:{_spot(repair.block)}",
    )


def _spot(block: Block) -> str:
    spot = (block.page, block.line, block.bbox, block.table, block.row, block.column)
    return ",".join("" if each is None else str(each) for each in (*spot, block.text))


def _unreadable(record: Record, field: str, value: Value) -> Check:
    text = shorten(clean(value.block.text)) if value.block else ""
    return compared(
        "capture.unreadable_value",
        record,
        False,
        [value.block],
        field=field,
        stated=text,
        reason=value.reason,
        words={"subject": subject(record), "text": text, "field": field},
        group=f"unreadable:{_spot(value.block)}" if value.block else "",
    )
