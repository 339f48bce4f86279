"""What does not belong: titles, headings and page numbers around a table, halves of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from extractors.tables.paragraphs import Paragraph
from extractors.tables.rows_by_alignment import Placed

# In parts of the type's height.
SAME_EDGE = 0.4  # edges that differ by less are aligned
APART = 1.5  # white above a lone last row, from which it is no row of the table
USUAL = 1.3  # the same in parts of the white that parts the rows above
FOLLOWS = 2.0  # a line of prose as near as this below a lone row makes it a heading
FULL = 0.6  # share of the columns that a row of the table fills where rules set it apart

_NUMBER = re.compile(r"[-–]?\s*\d{1,4}\s*[-–]?")


def trim(
    placed: Sequence[Placed], height: float, below: tuple[float, float] | None
) -> list[Placed]:
    """The cells without lone rows around them; `below`: left edge and top of the next line."""
    kept = list(placed)
    while kept and _is_title(_first(kept)):
        first = _first(kept)
        kept = [one for one in kept if one not in first]
    while kept and _is_stray(_last(kept), kept, height, below):
        last = _last(kept)
        kept = [one for one in kept if one not in last]
        below = None
    base = min((one.row for one in kept), default=0)
    return [replace(one, row=one.row - base) for one in kept] if base else kept


def _first(placed: Sequence[Placed]) -> list[Placed]:
    row = min(one.row for one in placed)
    return [one for one in placed if one.row == row]


def _last(placed: Sequence[Placed]) -> list[Placed]:
    row = max(one.row for one in placed)
    return [one for one in placed if one.row == row]


def _is_title(row: Sequence[Placed]) -> bool:
    return len(row) == 1 and (row[0].paragraph.first == 0 or _spans(row[0]))


def _spans(one: Placed) -> bool:
    return one.paragraph.last > one.paragraph.first


def _is_stray(
    row: Sequence[Placed], placed: Sequence[Placed], height: float,
    below: tuple[float, float] | None,
) -> bool:  # fmt: skip
    if len(row) > 1:
        return False
    lone = row[0].paragraph
    rest = [one.paragraph for one in placed if one is not row[0]]
    if not rest or _spans(row[0]) or _NUMBER.fullmatch(lone.text):
        return True
    gap = lone.top - max(one.bottom for one in rest)
    left = lone.lines[0].x0
    heads = (
        below is not None
        and abs(below[0] - left) < SAME_EDGE * height
        and (below[1] - lone.bottom < FOLLOWS * height)
    )
    usual = max(APART * height, USUAL * _row_gap(rest))
    return gap > usual or heads or not _is_aligned(row[0], placed, height)


def _row_gap(paragraphs: Sequence[Paragraph]) -> float:
    """The white between two cells of a column, points: the median."""
    columns = sorted(paragraphs, key=lambda one: (one.first, one.top))
    gaps = [b.top - a.bottom for a, b in pairwise(columns) if a.first == b.first]
    return median(gaps) if gaps else 0.0


def _is_aligned(lone: Placed, placed: Sequence[Placed], height: float) -> bool:
    """Whether its left, right or middle is that of another cell of its column."""
    edges = _edges(lone)
    return any(
        abs(a - b) < SAME_EDGE * height
        for other in placed
        if other is not lone and other.paragraph.first == lone.paragraph.first
        for a, b in zip(edges, _edges(other), strict=True)
    )


def _edges(one: Placed) -> tuple[float, float, float]:
    left = min(line.x0 for line in one.paragraph.lines)
    right = max(line.x1 for line in one.paragraph.lines)
    return left, right, (left + right) / 2


def find_halves(placed: Sequence[Placed], columns: int) -> set[int]:
    """The cuts between a column that only the header fills and one that only the others do.

    The name of a column of amounts often stands left of all of them.
    """
    heads = [False] * columns
    bodies = [False] * columns
    body = _count_header(placed)
    for one in placed:
        for column in range(one.paragraph.first, one.paragraph.last + 1):
            heads[column] |= one.row < body
            bodies[column] |= one.row >= body
    apart = set[int]()
    for at in range(columns - 1):
        halves = (heads[at], bodies[at]) != (heads[at + 1], bodies[at + 1])
        halves &= not (heads[at] and heads[at + 1]) and not (bodies[at] and bodies[at + 1])
        if halves and at - 1 not in apart:  # each half has one other
            apart.add(at)
    return apart


def _count_header(placed: Sequence[Placed]) -> int:
    """How many rows stand before the first that is half figures; one where none is."""
    figures: dict[int, list[bool]] = {}
    for one in placed:
        figures.setdefault(one.row, []).append(all(line.typed for line in one.paragraph.lines))
    return max(
        1, min((row for row, typed in figures.items() if 2 * sum(typed) > len(typed)), default=1)
    )
