"""Rows of a zone: horizontal rules part them where there are any, space and content elsewhere."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import inf

from extractors.tables.levels import Level
from extractors.tables.lines_of_cells import Line, count_typed
from extractors.tables.paragraphs import Paragraph, by_overlap, find_paragraphs, make_paragraph
from extractors.tables.rows_by_alignment import OVERLAP, Placed
from extractors.tables.rows_by_space import find_rows, split_centred

WHOLE = 0.7  # share of a zone's width that a rule across it covers
OVER = 0.5  # share of a line of text that a rule covers if it parts it from the next
FULL = 0.6  # share of its columns that print outside the outer rules fills if it is the table's
NAMES = 3  # lines beside as many rows, from which they are no cell that spans the rows
BELOW_HEADER = 3  # rules above, in and under a header
EVERY = 3  # stretches between rules, print in each, above which a rule ends every row


Cells = dict[tuple[int, float], list[Line]]  # by column and the height of the rule above


def place_by_rules(
    lines: Sequence[Line], levels: Sequence[Level], columns: int, height: float
) -> list[Placed]:
    """The paragraphs in their rows, counted from 0 at the top; rules part rows."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    across = [level.height for level in levels if level.covers(left, right) >= WHOLE]
    kept = _inside(lines, levels, across, columns)
    ends = [level.height for level in levels]
    stretches = {bisect_right(ends, line.middle) for line in kept}
    # Below a header, rules that leave out columns part the rows beside cells that span them.
    partial = any(level.covers(left, right) < WHOLE for level in levels[BELOW_HEADER:])
    if len(stretches) > EVERY or partial:
        placed = _place_every(kept, levels)
        if placed:
            return placed
    return _place_between(kept, across, columns, height)


def _inside(
    lines: Sequence[Line], levels: Sequence[Level], across: Sequence[float], columns: int
) -> list[Line]:
    """The lines without those before the first or after the last rule that are no rows."""
    signed = _find_signatures(lines, levels)
    lines = [line for line in lines if line.middle < signed]
    if len(across) < 2:
        return lines
    above = [line for line in lines if line.middle < across[0]]
    under = [line for line in lines if line.middle > across[-1]]
    within = [line for line in lines if across[0] < line.middle < across[-1]]
    stray = set[Line]()
    if not _fills(above, columns):
        stray |= set(above)
    if not _fills(under, columns) or (count_typed(within) and not count_typed(under)):
        stray |= set(under)
    return [line for line in lines if line not in stray]


def _fills(group: Sequence[Line], columns: int) -> bool:
    return len({line.first for line in group}) >= FULL * columns


def _find_signatures(lines: Sequence[Line], levels: Sequence[Level]) -> float:
    """The height of the rules side by side that are signed on, words alone under them."""
    for level in levels:
        if len(level.pieces) < 2:
            continue
        above = [line for line in lines if line.middle < level.height]
        under = [line for line in lines if line.middle >= level.height]
        if count_typed(above) and not count_typed(under):
            return level.height
    return inf


def _place_every(lines: Sequence[Line], levels: Sequence[Level]) -> list[Placed]:
    """Each stretch of a column between two rules is a cell; none where amounts say otherwise."""
    heights = [level.height for level in levels]
    cells: Cells = defaultdict(list)
    feet: dict[tuple[int, float], float] = {}
    for line in sorted(lines, key=_middle):
        over = [one.height for one in levels if one.covers(line.x0, line.x1) > OVER]
        top, foot = _stretch(line, over, heights)
        cells[line.first, top].append(line)
        feet[line.first, top] = foot
    placed: list[Placed] = []
    for top, foot, group in _part_names(cells, feet, heights):
        if count_typed(group) > 1:
            return []
        row = bisect_right(heights, top)
        span = max(1, bisect_left(heights, foot) - row + 1)
        placed.append(Placed(make_paragraph(group), row, span))
    return _count_rows(placed)


def _stretch(line: Line, over: Sequence[float], heights: Sequence[float]) -> tuple[float, float]:
    """The heights of the rules above and below a line, of those that cover its column."""
    at = bisect_right(over, line.middle)
    return over[at - 1] if at else -inf, over[at] if at < len(over) else heights[-1] + 1


def _part_names(
    cells: Cells, feet: dict[tuple[int, float], float], heights: Sequence[float]
) -> Iterator[tuple[float, float, list[Line]]]:
    """The cells; names beside a ruled block, a line each beside its rows, are a cell each."""
    begin = Counter(group[0].number for group in cells.values())
    for key, group in cells.items():
        rows = bisect_left(heights, feet[key]) - bisect_right(heights, key[1]) + 1
        alike = all(begin[one.number] > (one is group[0]) for one in group)
        if NAMES <= len(group) <= rows and alike:
            for line in group:
                yield *_stretch(line, heights, heights), [line]
        else:
            yield key[1], feet[key], group


def _middle(line: Line) -> float:
    return line.middle


def _count_rows(placed: Sequence[Placed]) -> list[Placed]:
    """The same, without rows in which nothing begins, counted from 0."""
    rows = sorted({one.row for one in placed})
    return [
        Placed(
            one.paragraph,
            bisect_left(rows, one.row),
            max(1, bisect_left(rows, one.row + one.span) - bisect_left(rows, one.row)),
        )
        for one in placed
    ]


def _place_between(
    lines: Sequence[Line], across: Sequence[float], columns: int, height: float
) -> list[Placed]:
    """Rules around a header or a total; the rows between them by space and content."""
    stretches: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        stretches[bisect_right(across, line.middle)].append(line)
    placed: list[Placed] = []
    apart = find_paragraphs(lines, height, across)
    for number in sorted(stretches):
        inside = [one for one in apart if bisect_right(across, one.middle) == number]
        if number == min(stretches) and len(stretches) > 1:
            rows = _place_header(stretches[number], inside, columns, height)
        else:
            rows = find_rows(inside, height)
        base = max((one.row + one.span for one in placed), default=0)
        placed += [Placed(one.paragraph, base + one.row, one.span) for one in rows]
    return placed


def _place_header(
    lines: Sequence[Line], apart: Sequence[Paragraph], columns: int, height: float
) -> list[Placed]:
    """One row, unless names stand over the names of two columns or more, or white parts rows."""
    stacks = _stack(lines)
    bands = by_overlap(apart, OVERLAP * height)
    names = [len({one.first for one in band}) for band in bands]
    parted = len(bands) > 1 and names[0] > 1 and names[-1] >= FULL * columns
    if not stacks or parted or len(by_overlap(stacks, 0)) > 1 or split_centred(apart, height):
        return find_rows(apart, height)
    return [Placed(one, 0) for one in stacks]


def _stack(lines: Sequence[Line]) -> list[Paragraph]:
    """The lines that stand over one another, joined; none where two stand side by side."""
    stacks: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.first, line.last)):
        if stacks and line.first <= max(one.last for one in stacks[-1]):
            if line.first > min(one.last for one in stacks[-1]):
                return []
            stacks[-1].append(line)
        else:
            stacks.append([line])
    return [make_paragraph(sorted(stack, key=_middle)) for stack in stacks]
