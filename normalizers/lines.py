"""Budgets line by line: code, label and place of each line, and a measure a column of amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from normalizers.building import Building
from normalizers.column_contents import CODE
from normalizers.column_meanings import Columns
from normalizers.conventions import decide_convention
from normalizers.headers import name_parts
from normalizers.labels import cell_at
from normalizers.measures import Measure, is_formula, measure_lexicon
from normalizers.nesting import Draft, levels, nest
from normalizers.text import clean
from normalizers.values import Context, Fields, read_field, read_text
from pipeline.model import Block, Table, Value, join_blocks

_NO_SUM = frozenset({"share"})  # kinds that do not add up
_RARELY = 5  # one line in so many may lack a code where lines have one
_COUNTED = frozenset({"target", "done", "share"})  # kinds that are no money


@dataclass(frozen=True, slots=True)
class Told:
    """One measure of a line, read: its column, which month of the column, and its values."""

    column: int
    part: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a budget, read: what names it and what its columns tell."""

    at: int
    code: Block | None
    label: Block | None
    depth: int
    told: tuple[Told, ...]


def read_lines(building: Building, table: Table, columns: Columns, year: int | None) -> None:
    """Add a budget's lines and their measures, in reading order; a printed sum is a line too."""
    contexts = {at: _context(building.context, table, at) for at in columns.measures}
    body = range(table.header_rows, len(table.rows))
    read = (_read_row(table, columns, contexts, at) for at in body)
    rows = _join_labels([row for row in read if row is not None])
    drafts = [_draft(row, columns, building.context) for row in rows]
    nest(drafts)
    made = building.counts.get("budget_line", 0)
    ids = [building.name("budget_line", made + at + 1) for at in range(len(rows))]
    for row, draft, level in zip(rows, drafts, levels(drafts), strict=True):
        parent = ids[draft.parent] if draft.parent is not None else ""
        _add(building, table, columns, row, draft, level, parent, year)


def _join_labels(rows: Sequence[Row]) -> list[Row]:
    """The rows of a budget by code with the labels whole that go on in a row of their own."""
    coded = sum(row.code is not None for row in rows if row.told)
    if coded * _RARELY < sum(bool(row.told) for row in rows) * (_RARELY - 1):
        return list(rows)
    whole: list[Row] = []
    for row in rows:
        last = whole[-1] if whole else None
        goes_on = row.code is None and not row.told and row.label is not None
        if goes_on and last is not None and last.code and last.told and last.label and row.label:
            whole[-1] = replace(last, label=join_blocks((last.label, row.label)))
        else:
            whole.append(row)
    return whole


def _context(context: Context, table: Table, column: int) -> Context:
    """A column's own conventions: whether a dash in it is nil."""
    cells = (row[column] for row in table.rows[table.header_rows :])
    convention = decide_convention(cell.text for cell in cells if cell is not None)
    mark = convention.decimal_mark or context.decimal_mark
    # Small whole numbers without a sign are counts: the country's money is not theirs.
    money = any(_MONEY.search(clean(cell.text)) for row in table.rows[table.header_rows :]
                if (cell := row[column]) is not None)  # fmt: skip
    currency = context.currency if money else None
    return replace(context, nil_dash=convention.nil_dash, decimal_mark=mark, currency=currency)


def _read_row(
    table: Table, columns: Columns, contexts: Mapping[int, Context], at: int
) -> Row | None:
    """A row with a name or an amount; the letters under a header and blank rows are none."""
    code, label, depth = _name_line(table, columns, at)
    told = tuple(_read_measures(table, columns, contexts, at))
    if told and not any(_is_figure(one) for one in told):
        return None  # a row of names, of signatures or of another header
    if code is None and label is None and not told:
        return None
    if all(one is None or is_formula(one.text) for one in (label, code)) and not told:
        return None
    return Row(at, code, label, depth, told)


def _name_line(table: Table, columns: Columns, at: int) -> tuple[Block | None, Block | None, int]:
    """(code, label, which label column the line begins in) of a row."""
    code = _own_cell(table, at, columns.code) if columns.code >= 0 else None
    found = [(depth, cell) for depth, column in enumerate(columns.labels)
             if (cell := _own_cell(table, at, column)) is not None]  # fmt: skip
    cells = [cell for _, cell in found]
    if code is not None and not CODE.fullmatch(clean(code.text)):
        return None, join_blocks((code, *cells)), 0  # a heading or a sum, told across
    if code is None and len(cells) > 1 and CODE.fullmatch(clean(cells[0].text)):
        code, cells = cells[0], cells[1:]
    return code, join_blocks(tuple(cells)) if cells else None, found[0][0] if found else 0


def _is_figure(told: Told) -> bool:
    value = told.fields["value"]
    return value.state != "illegible" or any(
        map(str.isdigit, value.block.text if value.block else "")
    )


def _own_cell(table: Table, row: int, column: int) -> Block | None:
    """The printed cell of a place, a merged cell's only in its first row."""
    cell, from_above = cell_at(table, row, column)
    return cell if cell is not None and not from_above and clean(cell.text) else None


def _read_measures(
    table: Table, columns: Columns, contexts: Mapping[int, Context], at: int
) -> Iterator[Told]:
    for column, measure in columns.measures.items():
        cell = _own_cell(table, at, column)
        if cell is not None and cell.row_span > 1:
            continue  # an amount that stands for two rows is neither's alone: it stays in `cells`
        if cell is None or (is_formula(cell.text) and not clean(cell.text).strip("()").isdigit()):
            continue
        for part, piece in _pieces(measure, cell):
            yield Told(column, part, _read_number(measure, piece, contexts[column]))


def _pieces(measure: Measure, cell: Block) -> list[tuple[str, Block]]:
    """A cell, or its figures one by one where its column holds several months."""
    parts, figures = measure.part.split("+"), clean(cell.text).split()
    if len(parts) == 1 or len(parts) != len(figures):
        return [(parts[0] if len(parts) == 1 else "", cell)]
    return [(part, cell.with_text(text)) for part, text in zip(parts, figures, strict=True)]


def _read_number(measure: Measure, cell: Block, context: Context) -> Fields:
    if measure.kind == "share":
        return {"value": read_field("percent_complete", cell, context)["percent_complete"]}
    read = read_field("amount", cell, context)
    value = {"value": read["amount"]}
    money = measure.kind not in _COUNTED and "currency" in read
    return value | ({"currency": read["currency"]} if money else {})


def _draft(row: Row, columns: Columns, context: Context) -> Draft:
    amounts = {
        one.column * 16 + int(one.part or 0) if one.part.isdigit() else one.column * 16: value
        for one in row.told
        if columns.measures[one.column].kind not in _NO_SUM
        and isinstance(value := one.fields["value"].value, Decimal)
    }
    code = clean(row.code.text) if row.code else ""
    return Draft(code, read_text(row.label, context) if row.label else "", row.depth, amounts)


def _add(
    building: Building,
    table: Table,
    columns: Columns,
    row: Row,
    draft: Draft,
    level: int,
    parent: str,
    year: int | None,
) -> None:
    place = row.label or row.code or next(iter(row.told[0].fields.values())).block
    fields: Fields = {"level": Value(level, place, "derived", "a sum" if draft.total else "")}
    if row.code is not None:
        fields["code"] = Value(draft.code, row.code, rule="text.clean")
    if row.label is not None:
        fields["label"] = Value(draft.label, row.label, rule="text.clean")
    others = [(f"printed:{header}", Value(clean(cell.text), cell))
              for header, column in columns.unclaimed.items()
              if (cell := _own_cell(table, row.at, column)) is not None]  # fmt: skip
    line = building.add("budget_line", fields, others=others, parent_id=parent)
    for one in row.told:
        _add_measure(building, table, columns, one, line.record_id, year)


def _add_measure(
    building: Building, table: Table, columns: Columns, told: Told, line: str, year: int | None
) -> None:
    measure, header = columns.measures[told.column], table.names[told.column]
    published = measure_lexicon().publishes.get(measure.kind, "other")
    cell = told.fields["value"].block
    fields: Fields = {
        "kind": Value(published, header, "derived", _why(measure), "measures.claim_measure"),
        "label": Value(column_label(header), header),
        **told.fields,
    }
    if unit := measure_lexicon().units.get(measure.kind):
        fields["unit"] = Value(unit, header, "derived")
    if period := period_of(told.part, year):
        fields["period"] = Value(period, header or cell, "inferred", "the year of the report")
    building.add("measure", fields, parent_id=line)


def _why(measure: Measure) -> str:
    return f"{measure.kind or 'unknown'}: {measure.evidence} ({measure.score:.2f})"


def column_label(header: Block | None) -> str | None:
    """A column's name as printed, its group's first, without the letters of its formula."""
    parts = [part for part in name_parts(header) if not is_formula(part)]
    return " ".join(parts) or None


def period_of(part: str, year: int | None) -> str:
    """EDTF of a part of the year; a quarter as its months."""
    if not part or year is None:
        return ""
    if part.startswith("Q"):
        last = int(part[1]) * 3
        return f"{year}-{last - 2:02d}/{year}-{last:02d}"
    return f"{year}-{part}"


_MONEY = re.compile(r"[$€₡₲]|S/|\d[.,]\d{2}(?!\d)|\d{1,3}(?:[.,' ]\d{3})+|\d{5}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def find_year(texts: Sequence[str]) -> int | None:
    """The only year that the first of these texts with a year names; None where it names two."""
    for text in texts:
        years = set(_YEAR.findall(text))
        if years:
            return int(years.pop()) if len(years) == 1 else None
    return None
