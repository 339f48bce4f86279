"""Small hand-made Readings: a few records of an invented plan, each value with a place."""

from collections import Counter
from decimal import Decimal
from typing import Any

from normalizers.edtf_bounds import edtf_bounds
from pipeline.model import Block, Check, Document, Profile, Reading, Record, Repair, Value

DOCUMENT = "0123456789abcdef"


def block(text: str, line: int = 1, **rest: Any) -> Block:
    return Block(text, line=line, method="text", **rest)


def value(told: Any, line: int = 1, text: str = "", **rest: Any) -> Value:
    """A value as told: numbers become Decimals; a Value stays as it is."""
    if isinstance(told, Value):
        return told
    number = isinstance(told, int | float) or (text and isinstance(told, str))
    typed = Decimal(str(told)) if number else told
    return Value(typed, block(text or str(told or ""), line), **rest)


def record(kind: Any, name: str, parent: str = "", line: int = 1, /, **fields: Any) -> Record:
    others, repairs = fields.pop("others", ()), fields.pop("repairs", ())
    values = {field: value(told, line) for field, told in fields.items()}
    for field in ("planned", "revised"):
        if fields.get(field):
            start, end = edtf_bounds(fields[field])
            values |= {f"{field}_start": Value(start), f"{field}_end": Value(end)}
    return Record(kind, name, DOCUMENT, values, tuple(others), tuple(repairs), parent)


def activity(name: str, parent: str = "", line: int = 1, **fields: Any) -> Record:
    return record("activity", name, parent, line, **fields)


def commitment(number: str | None, line: int = 1, **fields: Any) -> Record:
    return record("commitment", f"c{number}", "", line, number=number, **fields)


def figure(told: Any, scope: str, parent: str = "", line: int = 1, **fields: Any) -> Record:
    given = {"kind": "amount", "table": "plan", **fields}
    return record("stated_figure", f"f{line}", parent, line, value=told, scope=scope, **given)


def owner(others: tuple[tuple[str, Value], ...] = (), **fields: Any) -> Record:
    return record("document", DOCUMENT, others=others, **fields)


def reading(
    *records: Record,
    required: tuple[str, ...] = (),
    repairs: tuple[Repair, ...] = (),
) -> Reading:
    has_owner = any(one.kind == "document" for one in records)
    document = Document("plan.txt", DOCUMENT * 4, repairs=repairs)
    kept = records if has_owner else (owner(), *records)
    return Reading(document, Profile(required=required), records=kept)


def verdicts(checks: Any, name: str = "") -> list[str]:
    """The verdicts of one check, in order: what most tests look at."""
    return [check.verdict for check in checks if not name or check.check == name]


def tally(checks: list[Check]) -> Counter[tuple[str, str]]:
    return Counter((check.check, check.verdict) for check in checks)
