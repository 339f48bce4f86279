"""Paragraphs into rows: cells of one row share their top, their middle or their foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractors.tables.paragraphs import Paragraph, by_overlap, group_lines

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


def find_rows(paragraphs: Sequence[Paragraph], height: float) -> list[Placed]:
    """The paragraphs in their rows, counted from 0 at the top."""
    bands = _join_header(by_overlap(paragraphs, OVERLAP * height), height)
    placed: list[Placed] = []
    for band in bands:
        base = max((one.row + one.span for one in placed), default=0)
        placed += [Placed(one.paragraph, base + one.row, one.span) for one in _split(band, height)]
    return placed


def _split(band: Sequence[Paragraph], height: float) -> list[Placed]:
    if is_one_row(band, height):
        return [Placed(one, 0) for one in band]
    return split_centred(band, height) or _split_aligned(band, height)


def is_one_row(band: Sequence[Paragraph], height: float) -> bool:
    """Whether all of them share their top, their middle or their foot."""
    return any(
        len(set(group_lines([key(one) for one in band], SAME * height))) == 1 for key in KEYS
    )


def split_centred(band: Sequence[Paragraph], height: float) -> list[Placed]:
    """Rows where some cells stand in the middle of all of them; none where none do."""
    middle = (min(one.top for one in band) + max(one.bottom for one in band)) / 2
    alone = [one for one in band if _is_alone(one, band)]
    for reach in CENTRED:
        whole = [one for one in alone if abs(one.middle - middle) <= reach * height]
        parts = by_overlap([one for one in band if one not in whole], OVERLAP * height)
        if whole and len(parts) > 1 and _are_levels(parts):
            return _under(whole, parts, height)
    return []


def _under(
    whole: Sequence[Paragraph], parts: Sequence[Sequence[Paragraph]], height: float
) -> list[Placed]:
    """Rows of the parts, one under the other, beside cells that span all of them."""
    placed: list[Placed] = []
    for part in parts:
        base = max((one.row + one.span for one in placed), default=0)
        placed += [Placed(one.paragraph, base + one.row, one.span) for one in _split(part, height)]
    rows = max(one.row + one.span for one in placed)
    return [Placed(one, 0, rows) for one in whole] + placed


def _are_levels(parts: Sequence[Sequence[Paragraph]]) -> bool:
    """Whether the lowest part has two columns more than the rest: names under a common name."""
    above = {column for part in parts[:-1] for one in part for column in _columns(one)}
    lowest = {column for one in parts[-1] for column in _columns(one)}
    return len(lowest) > len(lowest & above) + 1 or any(_spans(one) for one in parts[0])


def _columns(one: Paragraph) -> range:
    return range(one.first, one.last + 1)


def _spans(one: Paragraph) -> bool:
    return one.last > one.first


def _is_alone(one: Paragraph, band: Sequence[Paragraph]) -> bool:
    return not any(
        other is not one and other.first <= one.last and one.first <= other.last for other in band
    )


def _split_aligned(band: Sequence[Paragraph], height: float) -> list[Placed]:
    """Rows by what most cells share: tops, middles or feet."""
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
    columns = {column for p in one for column in _columns(p)}
    shared = min(max(p.bottom for p in one), max(p.bottom for p in other)) - max(
        min(p.top for p in one), min(p.top for p in other)
    )
    heights = (max(p.bottom for p in ps) - min(p.top for p in ps) for ps in (one, other))
    return shared * 2 > min(heights) and not any(
        column in columns for p in other for column in _columns(p)
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


def _join_header(bands: Sequence[Sequence[Paragraph]], height: float) -> list[list[Paragraph]]:
    """The first two bands as one where cells of the second stand in the middle of both."""
    if len(bands) > 1:
        both = [*bands[0], *bands[1]]
        if not is_one_row(bands[1], height) and split_centred(both, height):
            return [both, *map(list, bands[2:])]
    return [list(band) for band in bands]


def find_halves(placed: Sequence[Placed], columns: int) -> set[int]:
    """The cuts between a column that only the first row fills and one that only the others do.

    The name of a column of amounts often stands left of all of them.
    """
    heads = [False] * columns
    bodies = [False] * columns
    for one in placed:
        for column in range(one.paragraph.first, one.paragraph.last + 1):
            heads[column] |= one.row == 0
            bodies[column] |= one.row > 0
    return {
        at for at in range(columns - 1)
        if (heads[at], bodies[at]) != (heads[at + 1], bodies[at + 1])
        and not (heads[at] and heads[at + 1]) and not (bodies[at] and bodies[at + 1])
    }  # fmt: skip
