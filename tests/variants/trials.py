"""Trying a family of variants on a report: what differs, in lines a person can act on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.model import Reading
from variants.compare import differences, failing, read_bytes, told, unordered
from variants.families import Family

MOST_LINES = 4  # of one variant's differences


@dataclass(frozen=True)
class Report:
    """A report as printed, and its reading."""

    path: Path
    text: str
    reading: Reading


def open_report(path: Path, folder: Path) -> Report:
    """A report of data/raw or of the shared folder."""
    text = path.read_text(encoding="utf-8")
    return Report(path, text, read_bytes(text.encode(), folder))


def try_variants(
    report: Report, family: Family, variants: Iterable[tuple[str, str | bytes]], folder: Path
) -> Iterator[tuple[str, list[str]]]:
    """(name, differences) of each variant; none when it says what the report says."""
    for name, changed in variants:
        data = changed if isinstance(changed, bytes) else changed.encode()
        yield name, compare(report.reading, read_bytes(data, folder), family)


def compare(before: Reading, after: Reading, family: Family) -> list[str]:
    """What a family's variant says otherwise, and must not."""
    old, new = (told(reading, family.alike, family.kinds) for reading in (before, after))
    if not family.ordered:
        old, new = unordered(old), unordered(new)
    lines = list(differences(old, new, family.fields))
    if family.loses:
        lines = [line for line in lines if not line.endswith(" -> None")]
    were, are = failing(before, family.alike), failing(after, family.alike)
    lost = {} if family.loses or not family.ordered else were - are
    come = {} if not family.ordered else are - were
    return [*lines, *(f"new finding {fact}" for fact in come), *(f"lost {fact}" for fact in lost)]


def thin(variants: Iterable[tuple[str, str | bytes]], most: int) -> list[tuple[str, str | bytes]]:
    """At most so many of them, evenly spread; the first always."""
    found = list(variants)
    step = max(1, -(-len(found) // most))
    return found[::step]
