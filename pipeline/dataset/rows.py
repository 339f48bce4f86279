"""One Reading into rows of the published tables, as plain values by column name."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from pipeline.dataset.convert import Unfit, convert, tell_text
from pipeline.dataset.schema import SCHEMA, TABLE_OF, TableSchema
from pipeline.model import Block, Document, Reading, Record, Value

Row = dict[str, object]
BOX = ("x0", "top", "x1", "bottom")


def reading_rows(reading: Reading, other_sources: tuple[str, ...] = ()) -> dict[str, list[Row]]:
    """The rows of one document by table, in reading order."""
    rows: dict[str, list[Row]] = defaultdict(list)
    rows["documents"].append(document_row(reading, other_sources))
    kinds = {record.record_id: record.kind for record in reading.records}
    seen: Counter[str] = Counter()
    for record in reading.records:
        table = TABLE_OF[record.kind]
        seen[record.kind] += 1
        if record.kind != "document":
            rows[table.name].append(record_row(record, table, kinds, seen[record.kind]))
        rows["values"].extend(value_rows(record, table))
    rows["cells"].extend(cell_rows(reading.document))
    return rows


def document_row(reading: Reading, other_sources: tuple[str, ...] = ()) -> Row:
    """The row of `documents`: the file's identity, its profile, and what its own record says."""
    document = reading.document
    fields = _fields(reading.of("document")[0], SCHEMA["documents"]) if reading.records else {}
    others = [tell_text(source) for source in other_sources]
    return fields | {
        "document_id": document.document_id,
        "sha256": document.sha256,
        "source": document.source,
        "media_type": document.media_type,
        "page_count": document.page_count,
        "ocr_page_count": document.ocr_page_count,
        "profile": reading.profile.name,
        "profile_score": reading.profile_score,
        "status": document.status,
        "error": document.error,
        "error_message": _error_message(document, "es"),
        "error_message_en": _error_message(document, "en"),
        "other_sources": json.dumps(others, ensure_ascii=False) if others else None,
    }


def _error_message(document: Document, lang: str) -> str:
    if not document.error:
        return ""
    from pipeline.errors import describe  # errors.toml is read only where something failed

    told = describe(document.error, lang, detail=document.error_detail)
    return told if document.error_detail in told else f"{told} ({document.error_detail})"


def record_row(record: Record, table: TableSchema, kinds: Mapping[str, str], ordinal: int) -> Row:
    """The row of a record in its table; `ordinal` is its place among its kind, from 1."""
    row: Row = {
        table.key[0]: record.record_id,
        "document_id": record.document_id,
        "ordinal": ordinal,
        "percent_state": _percent_state(record),
        **_link(record, table, kinds),
        **_fields(record, table),
    }
    if record.kind == "section":
        row |= _section_place(record)
    return {name: value for name, value in row.items() if name in table}


def _fields(record: Record, table: TableSchema) -> Row:
    unfit = unfit_fields(record, table)
    return {
        name: None if name in unfit else value.value
        for name, value in record.fields.items()
        if name in table
    }


def _percent_state(record: Record) -> str | None:
    percent = record.fields.get("percent_complete")
    return percent.state if percent else None


def _link(record: Record, table: TableSchema, kinds: Mapping[str, str]) -> Row:
    """The column that `parent_id` fills: it depends on what the parent is."""
    if not record.parent_id or record.parent_id == record.document_id:
        return {"record_id": record.parent_id}
    above = "parent_id" if kinds.get(record.parent_id) == "budget_line" else "commitment_id"
    return {"record_id" if "record_id" in table else above: record.parent_id}


def _section_place(record: Record) -> Row:
    names = [name for name in ("number", "heading", "text") if record.block(name)]
    block = record.block(names[0]) if names else None
    told = record.fields.get("text") or record.fields.get("heading")
    place = block.places()[0] if block else Block("")
    return {"state": told.state if told else None, "page": place.page, "line": place.line}


def unfit_fields(record: Record, table: TableSchema) -> dict[str, str]:
    """The decimals of a record that their columns cannot hold exactly, and why."""
    unfit = {}
    for name, value in record.fields.items():
        if isinstance(value.value, Decimal) and name in table:
            try:
                convert(value.value, table[name])
            except Unfit as why:
                unfit[name] = str(why)
    return unfit


def value_rows(record: Record, table: TableSchema) -> Iterator[Row]:
    """One row a place of every value: the table's columns in their order, then all others."""
    unfit = unfit_fields(record, table)
    order = {name: place for place, name in enumerate(table.names)}
    fields = sorted(record.fields.items(), key=lambda item: (order.get(item[0], 999), item[0]))
    for name, value in (*fields, *record.others):
        row = _value_row(record, name, value)
        if name in unfit and value is record.fields[name]:
            row |= {"state": "illegible", "reason": f"does not fit its column: {unfit[name]}"}
        for block in value.block.places() if value.block else (None,):
            yield row | _place(block)


def _value_row(record: Record, name: str, value: Value) -> Row:
    return {
        "record_id": record.record_id,
        "field": name,
        "value": value.value,
        "state": value.state,
        "reason": value.reason,
        "rule": value.rule,
    }


def _place(block: Block | None) -> Row:
    if block is None:
        return {}
    return {
        "raw": block.text,
        "page": block.page,
        "line": block.line,
        "table": block.table,
        "row": block.row,
        "column": block.column,
        "method": block.method,
        "confidence": block.confidence,
        **_box(block),
    }


def _box(block: Block) -> Row:
    return dict(zip(BOX, block.bbox or (None,) * 4, strict=True))


def cell_rows(document: Document) -> Iterator[Row]:
    """One row a printed cell, numbered by its place in the stitched grid."""
    for table in document.tables:
        for row, cells in enumerate(table.rows, 1):
            for column, cell in enumerate(cells, 1):
                if cell is not None:
                    yield _cell_row(document, table.number, row, column, cell)


def _cell_row(document: Document, table: int, row: int, column: int, cell: Block) -> Row:
    first = cell.places()[0]
    return {
        "document_id": document.document_id,
        "table": table,
        "page": first.page,
        "row": row,
        "column": column,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "text": cell.text,
        "method": cell.method or first.method,
        **_box(first),
    }
