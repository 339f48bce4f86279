"""Records against records, field by field; failing checks against failing checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.model import Check, Reading, Record
from pipeline.run import read_reading
from pipeline.validation import validate

Fact = tuple[str, str, str]  # check, stated, expected
Told = dict[str, Any]  # a record's bare values, and what it belongs to


def read_bytes(data: bytes, folder: Path) -> Reading:
    """The reading of a report with these bytes."""
    path = folder / "report.txt"
    path.write_bytes(data)
    return read_reading(path, path.name)


def told(
    reading: Reading, alike: Callable[[str], str] = str, without: frozenset[str] = frozenset()
) -> list[Told]:
    """What each record says, in reading order; `alike` makes equal texts that may differ.

    Records of the kinds `without` are left out.
    """
    by_id = {one.record_id: one for one in reading.records}
    kept = (one for one in reading.records if one.kind not in without)
    return [_told(one, by_id.get(one.parent_id), alike) for one in kept]


def _told(record: Record, parent: Record | None, alike: Callable[[str], str]) -> Told:
    values = {name: record.get(name) for name in record.fields if record.get(name) is not None}
    if parent is not None:
        own = ("number", "title", "axis") if parent.kind == "commitment" else ("description",)
        values |= {f"of.{name}": parent.get(name) for name in own if parent.get(name) is not None}
    values["kind of record"] = record.kind
    return {n: alike(v) if isinstance(v, str) else v for n, v in values.items()}


def differences(
    before: Sequence[Told], after: Sequence[Told], ignored: frozenset[str] = frozenset()
) -> Iterator[str]:
    """One line a field that differs: the record, the field, what it said and says."""
    for at in range(max(len(before), len(after))):
        old = before[at] if at < len(before) else {}
        new = after[at] if at < len(after) else {}
        for name in sorted((old.keys() | new.keys()) - ignored):
            if old.get(name) != new.get(name):
                yield f"{_name(old or new, at)} {name}: {old.get(name)!r} -> {new.get(name)!r}"


def unordered(records: Sequence[Told]) -> list[Told]:
    """The same records in an order of their own, where a variant moves rows."""
    return sorted(records, key=lambda one: sorted((n, str(v)) for n, v in one.items()))


def _name(record: Told, at: int) -> str:
    label = record.get("description") or record.get("title") or record.get("scope_label") or ""
    return f"[{at} {record.get('kind of record')} {str(label)[:30]!r}]"


def failing(reading: Reading, alike: Callable[[str], str] = str) -> Counter[Fact]:
    """The failing checks on the content, how often each; what a reading repaired is its own."""
    return Counter(
        (one.check, alike(one.stated), alike(one.expected))
        for one in validate([reading])
        if one.verdict == "fail" and _is_of_content(one)
    )


def _is_of_content(check: Check) -> bool:
    # header.vs_content speaks of the very words of a header, which some variants change
    return not check.check.startswith(("capture.", "required.", "header."))
