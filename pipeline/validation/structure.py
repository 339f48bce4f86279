"""How a document is put together: contents, captions, numbers, headers, limits of length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from normalizers.text import clean, fold, key
from pipeline.model import Block, Check, Reading, Record, Table
from pipeline.validation.comparing import compared, document_record, not_checkable, subject
from pipeline.validation.words import likeness, shorten

_DOTTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})+")
_LIMIT = re.compile(r"limite de\s+([0-9]{2,5})\s+caracteres")
_PAGE = re.compile(r"[0-9]{1,4}")
_START_TO_END = re.compile(r"\binici\w*\b.{0,30}\b(?:fin|final|termino|terminacion|conclusion)\b")
_CONTINUED = re.compile(r"continua|cont\.")
FOUND = 85.0  # likeness of an entry of the contents to its heading
FEWEST = 3  # entries found before one that is not counts


def sequence_parent_child(reading: Reading) -> Iterator[Check]:
    """Each dotted number begins with the number of what it belongs to."""
    above = {one.record_id: one for one in reading.of("commitment")}
    for record in reading.of("activity"):
        parent = above.get(record.parent_id)
        number, base = (str(one.get("number") or "").strip(" .") if one else ""
                        for one in (record, parent))  # fmt: skip
        if parent is None or not _DOTTED.fullmatch(number) or not base or number == base:
            continue
        if not re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,3})*", base):
            continue
        if number.count(".") <= base.count("."):
            continue
        yield compared(
            "sequence.parent_child",
            record,
            number.startswith(f"{base}."),
            [record.block("number"), parent.block("number")],
            field="number",
            stated=number,
            expected=f"{base}.…",
            words={"subject": subject(record), "above": base},
        )


def caption_duplicate(reading: Reading) -> Iterator[Check]:
    """Each number of a caption names one table; a caption that goes on is the same one."""
    owner = document_record(reading)
    numbers: dict[tuple[str, str], list[Block]] = {}
    for name, value in owner.others:
        if name.startswith("caption:") and value.block is not None:
            what = name.partition(":")[2]
            numbers.setdefault((what, str(value.value)), []).append(value.block)
    headings = [block for one in reading.of("section") if (block := one.block("heading"))]
    for (what, number), blocks in numbers.items():
        yield _caption(owner, what, number, [_title(block, headings) for block in blocks], blocks)


def _caption(
    owner: Record, what: str, number: str, titles: list[Block | None], blocks: list[Block]
) -> Check:
    facts = {"field": "caption", "stated": number}
    told = [clean(title.text) for title in titles if title is not None]
    if len(blocks) > 1 and len(told) < len(titles):
        return not_checkable("caption.duplicate", owner, "headings_unsure", blocks, **facts)
    own = [title for title in told if not _CONTINUED.search(fold(title))]
    words = {"what": what, "titles": "; ".join(f"«{shorten(title)}»" for title in own)}
    ok = len({key(title) for title in own}) < 2
    places = [title or block for title, block in zip(titles, blocks, strict=True)]
    return compared("caption.duplicate", owner, ok, places[::-1], words=words, **facts)


def _title(number: Block, headings: Sequence[Block]) -> Block | None:
    """The heading that a caption's number stands in."""
    for heading in headings:
        for place in heading.places():
            same = (place.page, place.line) == (number.page, number.line)
            if same and number.text in place.text and _is_level(place, number):
                return heading
    return None


def _is_level(one: Block, other: Block) -> bool:
    if one.bbox is None or other.bbox is None:
        return True
    return one.bbox[1] < other.bbox[3] and other.bbox[1] < one.bbox[3]


def index_vs_body(reading: Reading) -> Iterator[Check]:
    """Each entry of a printed table of contents is a heading or a caption of the document."""
    owner = document_record(reading)
    headings = [str(one.get("heading")) for one in reading.of("section") if one.get("heading")]
    for table in reading.document.tables:
        entries = list(_entries(table))
        if entries and headings:
            yield from _against_headings(owner, entries, headings)


def _entries(table: Table) -> Iterator[Block]:
    """The entries of a table of two columns whose second one counts pages upwards."""
    rows = [[cell for cell in row if cell and cell.text.strip()] for row in table.rows]
    pairs = [row for row in rows if len(row) == 2 and _PAGE.fullmatch(row[1].text.strip())]
    pages = [int(row[1].text) for row in pairs]
    if len(pairs) >= FEWEST + 1 and len(pairs) >= 0.8 * len(rows) and pages == sorted(pages):
        yield from (row[0] for row in pairs)


def _against_headings(
    owner: Record, entries: Sequence[Block], headings: list[str]
) -> Iterator[Check]:
    absent = [entry for entry in entries if not _is_told(clean(entry.text), headings)]
    facts = {"field": "heading", "stated": str(len(entries)), "expected": str(len(entries))}
    if len(absent) > max(1, len(entries) // 5):
        yield not_checkable("index.vs_body", owner, "headings_unsure", entries[:1], **facts)
        return
    if not absent:
        yield compared("index.vs_body", owner, True, entries[:1], **facts)
    for entry in absent:
        text = shorten(clean(entry.text))
        yield compared(
            "index.vs_body",
            owner,
            False,
            [entry],
            field="heading",
            stated=text,
            words={"text": text},
        )


def _is_told(entry: str, headings: list[str]) -> bool:
    return any(likeness(entry, heading) >= FOUND for heading in headings)


def header_vs_content(reading: Reading) -> Iterator[Check]:
    """A column that promises start and end holds dates, not lengths of time: one a table."""
    tables = {table.number: table for table in reading.document.tables}
    told: dict[int, list[Record]] = {}
    for record in reading.of("activity"):
        block = record.block("duration_months")
        if block is not None and block.table is not None and block.column is not None:
            told.setdefault(block.table, []).append(record)
    for number, records in told.items():
        first = records[0].block("duration_months")
        header = _header(tables.get(number), first.column if first else None)
        if header is not None:
            yield compared(
                "header.vs_content",
                document_record(reading),
                not _START_TO_END.search(fold(clean(header.text))),
                [header, *(one.block("duration_months") for one in records[:3])],
                field="duration_months",
                stated=shorten(clean(header.text)),
                words={"text": shorten(clean(header.text)),
                       "value": shorten(clean(first.text)) if first else ""},
                group="header",
            )  # fmt: skip


def _header(table: Table | None, column: int | None) -> Block | None:
    """The lowest cell above a column's values among the first three rows."""
    if table is None or column is None:
        return None
    cells = [
        row[column - 1]
        for row in table.rows[:3]
        if column <= len(row) and row[column - 1] is not None
    ]
    named = [one for one in cells if one and clean(one.text) and not clean(one.text)[0].isdigit()]
    return named[-1] if named else None


def length_limit(reading: Reading) -> Iterator[Check]:
    """Each text under a label that limits its length ("Límite de 140 caracteres")."""
    for table in reading.document.tables:
        for row in table.rows:
            cells = [cell for cell in row if cell is not None and cell.text.strip()]
            for label, value in pairwise(cells):
                match = _LIMIT.search(fold(clean(label.text)))
                if match:
                    yield _length(reading, label, value, int(match[1]))


def _length(reading: Reading, label: Block, value: Block, limit: int) -> Check:
    length = len(clean(value.text))
    record = _holder(reading, value) or document_record(reading)
    return compared(
        "length.limit",
        record,
        length <= limit,
        [value, label],
        field="description",
        stated=str(length),
        expected=str(limit),
        difference=str(length - limit),
        words={"text": shorten(clean(value.text), 60)},
    )


def _holder(reading: Reading, value: Block) -> Record | None:
    text = clean(value.text)
    for record in reading.of("commitment", "activity"):
        told = str(record.get("description") or "")
        if told and fuzz.ratio(told, text) > FOUND:
            return record
    return None
