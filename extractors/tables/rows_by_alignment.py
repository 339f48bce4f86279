"""Paragraphs into rows by alignment: cells of one row share their top, middle or foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractors.tables.paragraphs import Paragraph, group_lines

# In parts of the type's height.
OVERLAP = 0.2
SAME = 0.3  # tops, middles or feet that differ by less are one
CENTRED = (0.2, 0.45)  # the same for a cell in the middle of several rows: closely, then less so

Key = Callable[[Paragraph], float]
KEYS: tuple[Key, ...] = (
    lambda one: one.lines[0].middle,
    lambda one: one.middle,
    lambda one: one.lines[-1].middle,
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph with its row and the number of rows that its text reaches over."""

    paragraph: Paragraph
    row: int
    span: int = 1


def is_one_row(band: Sequence[Paragraph], height: float) -> bool:
    """Whether all of them share their top, their middle or their foot."""
    return any(
        len(set(group_lines([key(one) for one in band], SAME * height))) == 1 for key in KEYS
    )


def split_aligned(band: Sequence[Paragraph], height: float) -> list[Placed]:
    """The paragraphs in rows by what most of them share: tops, middles or feet."""
    groups = [group_lines([key(one) for one in band], SAME * height) for key in KEYS]
    best = min(range(len(KEYS)), key=lambda at: max(groups[at]))
    if best and max(groups[best]) < max(groups[0]):
        return _split_shared(band, groups[best], height)
    return _split_tops(band, height)


def _split_shared(band: Sequence[Paragraph], groups: Sequence[int], height: float) -> list[Placed]:
    """Rows of cells in line by middle or foot; a cell in line with none goes with those beside."""
    shared = sorted({at for at in groups if groups.count(at) > 1})
    rows = _merge([[p for p, at in zip(band, groups, strict=True) if at == row] for row in shared])
    placed = [Placed(one, row) for row, ones in enumerate(rows) for one in ones]
    lone = [one for one, at in zip(band, groups, strict=True) if at not in shared]
    if not rows or not all(_rows_beside(one, rows, height) for one in lone):
        return _split_tops(band, height)
    for one in lone:
        first, last = _reach(one, rows, _rows_beside(one, rows, height), height)
        placed.append(Placed(one, first, last - first + 1))
    return placed


def _merge(rows: Sequence[list[Paragraph]]) -> list[list[Paragraph]]:
    """Rows, those made one that stand side by side in columns of their own."""
    merged: list[list[Paragraph]] = []
    for row in rows:
        if merged and _are_side_by_side(merged[-1], row):
            merged[-1] = merged[-1] + row
        else:
            merged.append(row)
    return merged


def _are_side_by_side(one: Sequence[Paragraph], other: Sequence[Paragraph]) -> bool:
    columns = {column for p in one for column in columns_of(p)}
    shared = min(max(p.bottom for p in one), max(p.bottom for p in other)) - max(
        min(p.top for p in one), min(p.top for p in other)
    )
    heights = (max(p.bottom for p in ps) - min(p.top for p in ps) for ps in (one, other))
    return shared * 2 > min(heights) and not any(
        column in columns for p in other for column in columns_of(p)
    )


def _rows_beside(one: Paragraph, rows: Sequence[Sequence[Paragraph]], height: float) -> list[int]:
    """The rows whose cells stand beside the paragraph."""
    return [
        at
        for at, row in enumerate(rows)
        if min(one.bottom, max(other.bottom for other in row))
        - max(one.top, min(other.top for other in row))
        > SAME * height
    ]


def _reach(
    one: Paragraph, rows: Sequence[Sequence[Paragraph]], beside: Sequence[int], height: float
) -> tuple[int, int]:
    """The first and last row of the most rows that it stands in the middle of, its column free."""
    best = (beside[0], beside[-1])
    for first in range(beside[0] + 1):
        for last in range(beside[-1], len(rows)):
            inside = [other for row in rows[first : last + 1] for other in row]
            middle = (min(p.top for p in inside) + max(p.bottom for p in inside)) / 2
            free = not any(p.first <= one.last and one.first <= p.last for p in inside)
            near = abs(middle - one.middle) <= CENTRED[-1] * height
            if free and near and last - first > best[1] - best[0]:
                best = (first, last)
    return best


def _split_tops(band: Sequence[Paragraph], height: float) -> list[Placed]:
    """Rows begin where paragraphs begin; one that goes on beside the next row spans it."""
    starts = group_lines([KEYS[0](one) for one in band], SAME * height)
    tops = [
        min(KEYS[0](one) for one, at in zip(band, starts, strict=True) if at == row)
        for row in range(max(starts) + 1)
    ]
    return [
        Placed(one, at, sum(top < one.bottom - SAME * height for top in tops[at:]))
        for one, at in zip(band, starts, strict=True)
    ]


def columns_of(one: Paragraph) -> range:
    """The columns that a paragraph stands in."""
    return range(one.first, one.last + 1)
