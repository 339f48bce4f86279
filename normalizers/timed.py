"""Figures and marks by month or quarter: beside activities, or as rows of a table of their own."""

from __future__ import annotations

import re
from decimal import Decimal

from normalizers.building import Building
from normalizers.column_meanings import Columns
from normalizers.labels import cell_at
from normalizers.lines import column_label, period_of
from normalizers.measures import Measure, measure_lexicon, part_of_row
from normalizers.text import absence, clean
from normalizers.values import Fields, read_field
from pipeline.model import Block, Table, Value

_LONGEST_MARK = 12  # letters of what fills a month: "X", "✓", "Entrega"


def add_scheduled(
    building: Building, table: Table, columns: Columns, row: int, record_id: str, year: int | None
) -> None:
    """A measure for every month or quarter that a row fills, with a figure or with a mark."""
    for column, measure in columns.measures.items():
        cell, from_above = cell_at(table, row, column)
        if cell is None or from_above or not clean(cell.text):
            continue
        if (fields := _filled(building, measure, cell)) is not None:
            header = table.names[column]
            told = _told(measure, header, column_label(header), measure.part, year, cell)
            building.add("measure", told | fields, parent_id=record_id)


def _filled(building: Building, measure: Measure, cell: Block) -> Fields | None:
    """The figure of a cell; a mark counts 1 and is its own unit; None for words and blanks."""
    text = clean(cell.text)
    if re.search(r"\d", text):
        return read_measure(building, measure, cell)
    if absence(text) or len(text) > _LONGEST_MARK:
        return None
    mark = Value(Decimal(1), cell, "derived", "a mark", "timed.add_scheduled")
    return {"value": mark, "unit": Value(text, cell)}


def read_measure(building: Building, measure: Measure, cell: Block) -> Fields:
    """The value of a measure that may be a share, a count or an amount."""
    if measure.kind == "share":
        read = read_field("percent_complete", cell, building.context)
        return {"value": read["percent_complete"], "unit": Value("%", cell, "derived")}
    return {"value": read_field("amount", cell, building.context)["amount"]}


def _told(
    measure: Measure,
    header: Block | None,
    label: str | None,
    part: str,
    year: int | None,
    cell: Block,
) -> Fields:
    published = measure_lexicon().publishes.get(measure.kind, "other")
    why = f"{measure.kind or 'unknown'}: {measure.evidence} ({measure.score:.2f})"
    fields: Fields = {
        "kind": Value(published, header, "derived", why, "measures.claim_measure"),
        "label": Value(label, header),
    }
    if period := period_of(part, year):
        fields["period"] = Value(period, header or cell, "inferred", "the year of the report")
    return fields


def read_calendar(building: Building, table: Table, columns: Columns, year: int | None) -> None:
    """Rows that are months or quarters: their figures are of the activity or line told before."""
    told = [one for one in building.records if one.kind in ("activity", "budget_line")]
    parent = told[-1].record_id if told else building.document_id
    unit = column_label(table.names[columns.period]) or ""
    for row in range(table.header_rows, len(table.rows)):
        when, _ = cell_at(table, row, columns.period)
        if when is None or not clean(when.text):
            continue
        part = part_of_row(clean(when.text), unit)
        for column, measure in columns.measures.items():
            cell, from_above = cell_at(table, row, column)
            if cell is None or from_above or not clean(cell.text):
                continue
            header = table.names[column]
            fields = _told(measure, header, _row_label(header, when), part, year, cell)
            fields |= read_measure(building, measure, cell)
            building.add("measure", fields, parent_id=parent)


def _row_label(header: Block | None, when: Block) -> str:
    return f"{column_label(header) or ''} {clean(when.text)}".strip()
