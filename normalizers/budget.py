"""Tables beside the plan: a general budget gives stated figures, a schedule gives measures."""

from __future__ import annotations

from rapidfuzz import fuzz

from normalizers.building import Building
from normalizers.column_meanings import Columns
from normalizers.counts import parse_count
from normalizers.labels import Labels, cell_at
from normalizers.text import clean, key
from normalizers.timed import add_scheduled
from normalizers.values import Fields, read_field, read_text
from pipeline.model import Block, Record, Refusal, Table, Value

BUDGET = "general budget"
_ALIKE = 88.0


def read_budget(building: Building, table: Table, columns: Columns) -> None:
    """Each row's amount and count of activities as figures of its objective, and the total's."""
    labels = Labels()
    names = [name for name in ("commitment", "objective") if name in columns.fields]
    for row in range(table.header_rows, len(table.rows)):
        total = row in table.subtotals | table.totals
        held = labels.take({n: table.rows[row][columns.fields[n]] for n in names})
        commitment = held.get("commitment")
        parent = "" if total or not commitment else building.find_commitment(commitment.block)
        about = held.get("objective") or commitment
        label = None if total or about is None else about.block
        for name in ("amount", "activity_count"):
            _add_figure(building, table, row, columns, name, label, parent)


def _add_figure(
    building: Building,
    table: Table,
    row: int,
    columns: Columns,
    name: str,
    label: Block | None,
    parent: str,
) -> None:
    if name not in columns.fields:
        return
    cell, from_above = cell_at(table, row, columns.fields[name])
    if cell is None or from_above or not cell.text.strip():
        return
    place = label or cell
    fields: Fields = {
        "kind": Value(name, cell, "derived"),
        "scope": Value(_scope(table, row, label), place, "derived"),
        "table": Value(BUDGET, cell, "derived"),
    }
    if label is not None:
        fields["scope_label"] = Value(read_text(label, building.context), label)
    building.add("stated_figure", fields | _number(building, name, cell), parent_id=parent)


def _scope(table: Table, row: int, label: Block | None) -> str:
    if row in table.subtotals:
        return "axis"
    return "objective" if label else "document"


def _number(building: Building, name: str, cell: Block) -> Fields:
    if name == "amount":
        read = read_field("amount", cell, building.context)
        return {"value" if n == "amount" else n: value for n, value in read.items()}
    return {"value": read_count(cell)}


def read_count(cell: Block) -> Value:
    """A whole number, in digits or words."""
    count = parse_count(clean(cell.text))
    if isinstance(count, Refusal):
        return Value(None, cell, "illegible", count.reason, "counts.parse_count")
    return Value(count, cell, rule="counts.parse_count")


def read_schedule(
    building: Building, table: Table, columns: Columns, year: int | None = None
) -> None:
    """What a schedule adds to the plan's activities: how many sessions, which months are marked."""
    described = columns.fields.get("description")
    counted = columns.fields.get("activity_count")
    if described is None:
        return
    for row in range(table.header_rows, len(table.rows)):
        text = table.rows[row][described]
        activity = _find_activity(building, text) if text and text.text.strip() else None
        if activity is None:
            continue
        if counted is not None:
            _add_sessions(building, table, row, counted, activity)
        add_scheduled(building, table, columns, row, activity.record_id, year)


def _add_sessions(
    building: Building, table: Table, row: int, counted: int, activity: Record
) -> None:
    cell, header = table.rows[row][counted], table.names[counted]
    if cell is None or not cell.text.strip():
        return
    fields: Fields = {
        "kind": Value("scheduled", cell, "derived"),
        "label": Value(clean(header.text) if header else None, header),
        "value": read_count(cell),
    }
    building.add("measure", fields, parent_id=activity.record_id)


def _find_activity(building: Building, text: Block) -> Record | None:
    """The plan's activity that the schedule's row tells of; None when none is alike enough."""
    wanted = key(read_text(text, building.context))
    scored = [
        (fuzz.ratio(wanted, key(str(one.get("description")))), one)
        for one in building.of("activity")
    ]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= _ALIKE else None
