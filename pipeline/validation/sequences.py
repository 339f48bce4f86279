"""Numberings: a number that is skipped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from pipeline.model import Block, Check, Reading, Record
from pipeline.validation.comparing import (
    compared,
    document_record,
    is_reading_lost,
    not_checkable,
)

CHECK = "sequence.gap"
_NUMBER = re.compile(r"(?P<parent>(?:[0-9]{1,3}\.)*)(?P<last>[0-9]{1,3})\.?")
LONGEST_GAP = 3  # a longer one is a reading of other numbers, not a numbering


def sequence_gap(reading: Reading) -> Iterator[Check]:
    """Each numbering of commitments and of captions: one Check a number that it skips."""
    owner = document_record(reading)
    declared = _declared_count(reading)
    for name, numbers in _commitment_numbers(reading.of("commitment")).items():
        last = declared if not name and declared and max(numbers) <= declared else max(numbers)
        first = 1 if last == declared else min(numbers)
        yield from _gaps(reading, owner, "commitment", name, numbers, range(first, last + 1))
    for what, numbers in _captions(owner).items():
        expected = range(min(numbers), max(numbers) + 1)
        yield from _gaps(reading, owner, what, "", numbers, expected)


def _commitment_numbers(commitments: list[Record]) -> dict[str, dict[int, Block | None]]:
    """Each parent ("3.1.", or "" for plain numbers) with the numbers under it.

    Where plain numbers repeat, they begin anew under each axis.
    """
    matches = [
        (one, _NUMBER.fullmatch(str(one.get("number") or "").strip())) for one in commitments
    ]
    seen = Counter(match[0] for _, match in matches if match)
    is_anew = any(times > 1 for times in seen.values())
    numbers: dict[str, dict[int, Block | None]] = {}
    for commitment, match in matches:
        if match:
            axis = f"{commitment.get('axis') or ''}\n" if is_anew else ""
            own = numbers.setdefault(axis + match["parent"], {})
            own.setdefault(int(match["last"]), commitment.block("number"))
    return numbers


def _declared_count(reading: Reading) -> int | None:
    """How many commitments the document says it has, when it says one thing."""
    figures = reading.of("stated_figure")
    told = {
        int(figure.get("value"))
        for figure in figures
        if figure.get("kind") == "commitment_count"
        and figure.get("scope") == "document"
        and figure.get("value") is not None
    }
    return told.pop() if len(told) == 1 else None


def _captions(owner: Record) -> dict[str, dict[int, Block | None]]:
    captions: dict[str, dict[int, Block | None]] = {}
    for name, value in owner.others:
        kind, _, what = name.partition(":")
        if kind == "caption" and value.value is not None:
            captions.setdefault(what, {}).setdefault(int(str(value.value)), value.block)
    return captions


def _gaps(
    reading: Reading,
    owner: Record,
    what: str,
    parent: str,
    numbers: Mapping[int, Block | None],
    expected: Iterable[int],
) -> Iterator[Check]:
    """One failure a missing number; one pass for a whole numbering."""
    if len(numbers) < 2:
        return
    missing = [number for number in expected if number not in numbers]
    label = parent.rpartition("\n")[2]
    facts = {"field": "number", "stated": _ranges(numbers, label)}
    if not missing:
        yield compared(CHECK, owner, True, numbers.values(), **facts)
    elif len(missing) > max(LONGEST_GAP, len(numbers) // 2):
        yield not_checkable(CHECK, owner, "not_a_numbering", numbers.values(), **facts)
    else:
        for number in missing:
            yield _gap(reading, owner, what, label, numbers, number)


def _gap(
    reading: Reading,
    owner: Record,
    what: str,
    parent: str,
    numbers: Mapping[int, Block | None],
    missing: int,
) -> Check:
    before = max((number for number in numbers if number < missing), default=None)
    after = min((number for number in numbers if number > missing), default=None)
    around = [number for number in (before, after) if number is not None]
    blocks = [numbers[number] for number in around]
    facts = {
        "field": "number",
        "stated": " → ".join(f"{parent}{number}" for number in around),
        "expected": f"{parent}{missing}",
    }
    if is_reading_lost(reading, blocks, to_end=after is None):
        return not_checkable(CHECK, owner, "pages_unread", blocks, **facts)
    where = "between" if len(around) == 2 else "last" if after is None else "first"
    words = {
        "what": what,
        "where_in_sequence": where,
        "before": f"{parent}{before}",
        "after": f"{parent}{after}",
    }
    return compared(CHECK, owner, False, blocks, words=words, **facts)


def _ranges(numbers: Iterable[int], parent: str) -> str:
    ordered = sorted(numbers)
    return f"{parent}{ordered[0]}–{parent}{ordered[-1]}"
