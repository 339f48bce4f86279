"""Tables whose rows are activities: commitments from their labels, subtotals as stated figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from normalizers.building import Building, carried
from normalizers.column_context import read_contexts
from normalizers.column_meanings import Columns
from normalizers.columns import claim
from normalizers.labels import HIERARCHY, Label, Labels, cell_at
from normalizers.late_labels import note_late_labels
from normalizers.text import clean
from normalizers.timed import add_scheduled
from normalizers.values import Context, Fields, read_field
from pipeline.model import Block, Record, Repair, Table, Value

_MONEY = re.compile(r"\W*(?:[A-Z]{1,4}\$?|[$₡€])?\s*[-(]?\d(?:[\d.,'\s]*\d)?\)?\W*")
_SIGNED = re.compile(r"(?:[$₡€]|USD|S/\.?|Q)\s*\d(?:[\d.,'\s]*\d)?")
_OF_ONE = re.compile(r"\b(?:del|de(?:\s+(?:la|est[ea]))?)\s+([^\W\d_]+[^\W\d_s])\b", re.I)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of a plan: its own cells by field, its labels, and whether cells were merged ones."""

    cells: Mapping[str, tuple[Block, bool]]  # field -> (cell, carried from a row above)
    labels: Mapping[str, Label]
    contexts: Mapping[str, Context]  # field -> how its column prints


def read_plan(
    building: Building,
    table: Table,
    columns: Columns,
    axis: Block | None,
    year: int | None = None,
) -> None:
    """Add the table's commitments, activities and stated totals, in reading order.

    `axis` is the heading above the table that names its axis, where no column does; `year` is that
    of its columns of months.
    """
    labels = Labels()
    contexts = read_contexts(building.context, table, columns.fields)
    for row in range(table.header_rows, len(table.rows)):
        if row in table.subtotals | table.totals:
            _add_total(building, table, row, columns, sub=row in table.subtotals)
            continue
        before = dict(labels.held)
        held = labels.take(_label_cells(table, row, columns))
        if row in table.breaks:
            note_late_labels(building, before, held)
        if any(cell is not None and cell.text.strip() for cell in table.rows[row]):
            plan_row = PlanRow(_cells(table, row, columns), held, contexts)
            record = _add_activity(building, table, row, columns, plan_row, axis)
            if record is not None:
                add_scheduled(building, table, columns, row, record.record_id, year)


def _label_cells(table: Table, row: int, columns: Columns) -> dict[str, Block | None]:
    return {name: table.rows[row][columns.fields[name]] for name in HIERARCHY
            if name in columns.fields}  # fmt: skip


def _cells(table: Table, row: int, columns: Columns) -> dict[str, tuple[Block, bool]]:
    found: dict[str, tuple[Block, bool]] = {}
    for name, column in columns.fields.items():
        cell, from_above = cell_at(table, row, column)
        if name not in HIERARCHY and cell is not None:
            found[name] = (cell, from_above)
    return found


def _add_activity(
    building: Building,
    table: Table,
    row: int,
    columns: Columns,
    plan_row: PlanRow,
    axis: Block | None,
) -> Record | None:
    own = [cell for cell, from_above in plan_row.cells.values() if not from_above]
    if not any(cell.text.strip() for cell in own):
        _lone_label(building, plan_row, axis)
        return None
    parent = _parent(building, plan_row, axis)
    fields: Fields = {}
    for name, (cell, from_above) in plan_row.cells.items():
        for field, value in read_field(name, cell, plan_row.contexts[name]).items():
            fields[field] = carried(value, "merged cell") if from_above else value
    fields |= _objective(building, plan_row)
    return building.add(
        "activity",
        _combine_dates(fields),
        others=_unclaimed(table, row, columns),
        repairs=_repairs(table, row),
        parent_id=parent,
    )


def _lone_label(building: Building, plan_row: PlanRow, axis: Block | None) -> None:
    """A row with labels only: a commitment without activities of its own is still one."""
    if any(not label.carried for label in plan_row.labels.values()):
        _parent(building, plan_row, axis)


def _parent(building: Building, plan_row: PlanRow, axis: Block | None) -> str:
    label = plan_row.labels.get("commitment")
    own_axis = plan_row.labels.get("axis")
    above = own_axis.block if own_axis else axis
    if label is None and above is None:
        return ""
    return building.commitment(label.block if label else None, above)


def _objective(building: Building, plan_row: PlanRow) -> Fields:
    label = plan_row.labels.get("objective")
    if label is None:
        return {}
    values = read_field("objective", label.block, building.context)
    return {n: carried(v, "label above") if label.carried else v for n, v in values.items()}


def _combine_dates(fields: Fields) -> Fields:
    """A start and an end in two columns are one period."""
    start, end = fields.get("planned_start"), fields.get("planned_end")
    if not start or not end or start.block is end.block or not (start.value and end.value):
        return fields
    whole = fields["planned"]
    edtf = f"{start.value}/{end.value}"
    return fields | {"planned": replace(whole, value=edtf, state="derived", reason="two columns")}


def _unclaimed(table: Table, row: int, columns: Columns) -> list[tuple[str, Value]]:
    others: list[tuple[str, Value]] = []
    for header, column in columns.unclaimed.items():
        cell, from_above = cell_at(table, row, column)
        if cell is not None and cell.text.strip() and not from_above:
            others.append((f"printed:{header}", Value(clean(cell.text), cell)))
    return others


def _repairs(table: Table, row: int) -> list[Repair]:
    """What was put right in this row."""
    places = {place for cell in table.rows[row] if cell for place in cell.places()}
    return [one for one in table.repairs if places & set(one.block.places())]


def _add_total(building: Building, table: Table, row: int, columns: Columns, *, sub: bool) -> None:
    """A printed subtotal or total: its amount is wherever in the row it landed."""
    label, amount = _sum_cells(table, row, columns)
    if amount is None or "amount" not in columns.fields:
        return
    fields = read_field("amount", amount, building.context)
    fields = {"value": fields["amount"]} | {n: v for n, v in fields.items() if n == "currency"}
    last = next((r for r in reversed(building.records) if r.kind == "activity"), None)
    parent = last.parent_id if last and sub else ""
    words: Fields = {
        "kind": Value("amount", amount, "derived"),
        "scope": Value(_scope(building, label, sub=sub), label, "derived"),
        "scope_label": Value(_scope_label(building, last, label, sub=sub), label, "derived"),
        "table": Value("plan", amount, "derived"),
    }
    record = building.add("stated_figure", words | fields, parent_id=parent)
    if sub:
        _narrow_scope(building, record)


def _sum_cells(table: Table, row: int, columns: Columns) -> tuple[Block, Block | None]:
    """(the label of a printed sum, its amount): in its column, elsewhere, or after the label."""
    cells = [cell for cell in table.rows[row] if cell is not None and clean(cell.text)]
    label = next((c for c in cells if re.search(r"total|suma", clean(c.text), re.I)), cells[0])
    own = table.rows[row][columns.fields["amount"]] if "amount" in columns.fields else None
    for cell in (own, *reversed(cells)):
        if cell is not None and cell is not label and _MONEY.fullmatch(clean(cell.text)):
            return label, cell
    inside = _SIGNED.search(clean(label.text))
    return label, label.with_text(inside[0]) if inside else None


def _scope(building: Building, label: Block, *, sub: bool) -> str:
    """What a printed sum closes; a total right after a total, or a general one, closes them all.

    A total that names one axis is the axis's, however general: "Total general del eje".
    """
    if sub:
        return "commitment"
    text = clean(label.text)
    if any(found.field == "axis" for one in _OF_ONE.findall(text) if (found := claim(one))):
        return "axis"
    last = building.records[-1] if building.records else None
    after_total = last is not None and last.get("scope") in ("axis", "document")
    general = re.search(r"\b(?:gran|general)\b", text, re.I)
    return "document" if general or after_total else "axis"


def _scope_label(building: Building, last: Record | None, label: Block, *, sub: bool) -> str:
    commitment = building.get(last.parent_id) if last else None
    name = commitment.get("title" if sub else "axis") if commitment else None
    return str(name) if name else clean(label.text)


def _narrow_scope(building: Building, figure: Record) -> None:
    """Several subtotals in one commitment are each of the objective above them."""
    same = [one for one in building.of("stated_figure")
            if one.parent_id == figure.parent_id and one.get("table") == "plan"]  # fmt: skip
    if len(same) < 2 or not figure.parent_id:
        return
    for one in same:
        scope = replace(one.fields["scope"], value="objective")
        label = replace(one.fields["scope_label"], value=_objective_above(building, one))
        building.replace(replace(one, fields={**one.fields, "scope": scope, "scope_label": label}))


def _objective_above(building: Building, figure: Record) -> str | None:
    """The objective of the last activity before a subtotal."""
    at = building.records.index(figure)
    activities = (one for one in reversed(building.records[:at]) if one.kind == "activity")
    last = next(activities, None)
    return last.get("objective") if last else None
