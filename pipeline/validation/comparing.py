"""Making a Check of a comparison; and where a comparison stands in the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from normalizers.text import clean
from pipeline.model import Block, Check, Reading, Record, Repair, Verdict
from pipeline.validation.words import shorten

LOST = frozenset({"missing_pages", "page_failed", "no_text_layer", "ocr_missing", "no_text"})
BULLETS = "•●▪✓·*-– \t\n"
Place = tuple[int, float]


def compared(
    check: str, record: Record, ok: bool, blocks: Iterable[Block | None] = (), **rest: Any
) -> Check:
    """A comparison that could be made: it passes when `ok`."""
    return _judged(check, record, "pass" if ok else "fail", blocks, **rest)


def not_checkable(
    check: str, record: Record, reason: str, blocks: Iterable[Block | None] = (), **rest: Any
) -> Check:
    """A comparison that could not be made; `reason` is a code of the catalogue."""
    return _judged(check, record, "not_checkable", blocks, reason=reason, **rest)


def _judged(
    check: str, record: Record, verdict: Verdict, blocks: Iterable[Block | None], **rest: Any
) -> Check:
    return Check(
        check=check,
        document_id=record.document_id,
        verdict=verdict,
        record_type=record.kind,
        record_id=record.record_id,
        evidence=tuple(block for block in blocks if block is not None),
        **rest,
    )


def document_record(reading: Reading) -> Record:
    """The document's own record, or an empty one in its place."""
    own = reading.of("document")
    if own:
        return own[0]
    document_id = reading.document.document_id
    return Record("document", document_id, document_id)


def subject(record: Record) -> str:
    """What a record is about, short enough for a sentence."""
    for name in ("title", "description", "scope_label", "label", "number"):
        if record.get(name):
            return shorten(clean(str(record.get(name))).lstrip(BULLETS), 70)
    return ""


def printed(record: Record, field: str) -> str:
    """A field as it was printed, on one line; the bare value where it has no place."""
    block = record.block(field)
    text = clean(block.text) if block else ""
    return shorten(text or plain(record.get(field)))


def plain(value: object) -> str:
    """A value in plain digits or text; nothing for None."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)


def percent_text(value: Decimal) -> str:
    """A percentage with at most one decimal: "40 %", "66.7 %"."""
    return f"{value.quantize(Decimal('0.1')).normalize():f} %"


def repairs(reading: Reading) -> Iterator[tuple[Repair, Record | None]]:
    """Everything that a stage put right or lost, with the record it happened to."""
    yield from ((repair, None) for repair in reading.document.repairs)
    yield from ((repair, None) for table in reading.document.tables for repair in table.repairs)
    yield from ((repair, record) for record in reading.records for repair in record.repairs)


def is_reading_lost(
    reading: Reading, blocks: Iterable[Block | None] = (), to_end: bool = False
) -> bool:
    """Whether unread pages lie among `blocks`, or after the first; anywhere, when none is given."""
    lost = [place(repair.block) for repair, _ in repairs(reading) if repair.kind in LOST]
    places = [place(block) for block in blocks if block is not None]
    if not places:
        return bool(lost)
    last = max(lost, default=(0, 0.0)) if to_end else max(places)
    return any(at == (0, 0.0) or min(places) <= at <= last for at in lost)


def place(block: Block) -> Place:
    """Page and line, to tell what stands between what."""
    return (block.page or 0, float(block.line or 0))
