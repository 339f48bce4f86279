"""A gold file of ../shared/reports (records in the dataset's own columns) as a Reading."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.model import Block, Document, Reading, Record, State, Value

DATES = {"planned_start", "planned_end", "revised_start", "revised_end"}
PREFIX = "_prefix"


def read_gold(path: Path, other: int = 0) -> Reading:
    """The records of a gold file; `other` picks among the answers where the text leaves it open."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    document_id = path.stem
    commitments = [
        _record("commitment", f"{document_id}-c{at:03d}", told, other)
        for at, told in enumerate(gold["commitments"], 1)
    ]
    rows = [
        _row(letter, kind, at, told, other, commitments, document_id)
        for letter, kind, key in (
            ("a", "activity", "activities"),
            ("f", "stated_figure", "stated_figures"),
        )
        for at, told in enumerate(gold[key], 1)
    ]
    owner = _record("document", document_id, gold["document"], other)
    document = Document(source=path.name, sha256=document_id)
    rows = _in_reading_order(_label_budget(rows))
    return Reading(document, records=(owner, *commitments, *rows))


def _label_budget(rows: list[Record]) -> list[Record]:
    """Gold names only the commitment of a budget's row: its objectives follow those of the plan."""
    objectives: dict[str, dict[str, None]] = {}
    for row in rows:
        if row.get("objective"):
            objectives.setdefault(row.parent_id, {})[row.get("objective")] = None
    left = {
        (kind, parent): list(told)
        for parent, told in objectives.items()
        for kind in ("amount", "activity_count")
    }
    return [_label(row, left.get((row.get("kind"), row.parent_id), [])) for row in rows]


def _label(row: Record, left: list[str]) -> Record:
    if row.get("table") != "general budget" or not left:
        return row
    return replace(row, fields={**row.fields, "scope_label": Value(left.pop(0))})


def _row(
    letter: str, kind: Any, at: int, told: dict, other: int, above: list[Record], document_id: str
) -> Record:
    named = _choose(told.get("commitment"), other)
    keys = {
        str(value): one for one in above for value in (one.get("number"), one.get("title")) if value
    }
    parent = keys.get(str(named))
    record = _record(kind, f"{document_id}-{letter}{at:03d}", told, other)
    fields = {**record.fields, "table": Value(told.get("table", "plan"))}
    return Record(
        kind, record.record_id, document_id, fields, parent_id=parent.record_id if parent else ""
    )


def _record(kind: Any, record_id: str, told: dict, other: int) -> Record:
    fields = {}
    for name, value in told.items():
        value = _choose(value, other)
        if name.endswith("_contains") or isinstance(value, list):
            continue
        name = name.removesuffix(PREFIX)
        state: State = "reported"
        if name == "percent_complete" and value is None:
            state = _choose(told.get("percent_state"), other) or "missing"
        fields[name] = _value(name, value, state)
    return Record(kind, record_id, record_id.split("-")[0], fields)


def _choose(value: Any, other: int) -> Any:
    if isinstance(value, dict) and "any" in value:
        return value["any"][min(other, len(value["any"]) - 1)]
    return value


def _value(name: str, value: Any, state: State) -> Value:
    text = "" if value is None else f"{value:g} %" if name == "percent_complete" else str(value)
    if name in DATES and value:
        return Value(date.fromisoformat(value), Block(text))
    if name == "scope":
        return Value("commitment" if " or " in str(value) else value)
    if isinstance(value, int | float):
        return Value(Decimal(str(value)).normalize() + 0, Block(text), state)
    return Value(value, Block(text), state)


def _in_reading_order(rows: list[Record]) -> list[Record]:
    """Each subtotal of the plan after the lines it closes: gold lists them apart."""
    lines = [row for row in rows if row.kind == "activity"]
    figures = [row for row in rows if row.kind == "stated_figure"]
    ordered: list[Record] = []
    for figure in figures:
        if figure.get("table") == "plan" and figure.get("scope") == "commitment":
            while lines and _open_sum(ordered, figure) < figure.get("value"):
                ordered.append(lines.pop(0))
        ordered.append(figure)
    return [*lines, *ordered]


def _open_sum(ordered: list[Record], figure: Record) -> Decimal:
    total = Decimal(0)
    for row in reversed(ordered):
        if row.kind != "activity":
            break
        total += row.get("amount")
    return total
