"""Lines of a zone's columns into paragraphs: the pieces of text that cells are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.tables.lines_of_cells import Line, is_apart
from extractors.tables.row_starts import find_starts

# In parts of the type's height.
LOOSE = 1.35  # lines farther apart than this, middle to middle, are no lines of one cell
SLACK = 0.1  # by how much the distance of lines of one cell varies
LEAST = 0.06  # by how much rows stand farther apart than lines of one cell, at least
MOST = 0.25  # by how much the lines of one cell vary where rows stand farther apart


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of one cell, from the top; its columns, and its height on the page in points."""

    lines: tuple[Line, ...]
    first: int
    last: int
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half its height, points from the top of the page."""
        return (self.top + self.bottom) / 2

    @property
    def text(self) -> str:
        """Its lines, joined by blanks."""
        return " ".join(line.text for line in self.lines)


def make_paragraph(lines: Sequence[Line]) -> Paragraph:
    """The paragraph of these lines, which must be given from the top."""
    first = min(line.first for line in lines)
    last = max(line.last for line in lines)
    return Paragraph(tuple(lines), first, last, lines[0].top, lines[-1].bottom)


def find_paragraphs(
    lines: Sequence[Line], height: float, levels: Sequence[float] = ()
) -> list[Paragraph]:
    """The paragraphs of the columns, from the top; none reaches over a level, points."""
    columns = _columns(lines)
    tight = _tight(columns, height)
    starts = find_starts(columns, tight, height)
    found = [one for column in columns for one in _part(column, tight, starts, levels)]
    return sorted(found, key=lambda one: (one.top, one.first))


def _columns(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each column from the top; lines that span columns count to their first."""
    by_column: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_column[line.first].append(line)
    return [sorted(by_column[column], key=lambda line: line.middle) for column in sorted(by_column)]


def _tight(columns: Sequence[Sequence[Line]], height: float) -> float:
    """The largest distance of two lines of one cell, middle to middle, points."""
    pairs = [(a, b, b.middle - a.middle) for column in columns for a, b in pairwise(column)]
    steps = [step for _, _, step in pairs if step > height / 2]
    closest = _low(steps) if steps else LOOSE * height
    if closest > LOOSE * height:
        return LOOSE * height
    # Rows of amounts tell how far apart rows stand: what is closer is within a cell.
    rows = [step for a, b, step in pairs if a.typed and b.typed]
    apart = _low(rows) - LEAST * height if len(rows) > 2 else 0.0
    return max(closest + SLACK * height, min(apart, closest + MOST * height))


def _low(values: Sequence[float]) -> float:
    """The value that a tenth of them are below."""
    return sorted(values)[len(values) // 10]


def _part(
    column: Sequence[Line], tight: float, starts: set[int], levels: Sequence[float]
) -> Iterator[Paragraph]:
    group: list[Line] = []
    for line in column:
        if group and (
            is_apart(group[-1], line, tight)
            or line.number in starts
            or any(group[-1].middle < level < line.middle for level in levels)
        ):
            yield make_paragraph(group)
            group = []
        group.append(line)
    if group:
        yield make_paragraph(group)


def group_lines(values: Sequence[float], least: float) -> list[int]:
    """The number of the group of each value: neighbours closer than `least` share one."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    groups, number = [0] * len(values), 0
    for a, b in pairwise(order):
        number += values[b] - values[a] > least
        groups[b] = number
    return groups


def by_overlap(paragraphs: Sequence[Paragraph], reach: float) -> list[list[Paragraph]]:
    """Paragraphs in bands: those of one band overlap in height, by more than twice the reach."""
    bands: list[list[Paragraph]] = []
    floor = float("-inf")
    for one in sorted(paragraphs, key=lambda one: one.top):
        if not bands or one.top + reach >= floor:
            bands.append([])
        bands[-1].append(one)
        floor = max(floor, one.bottom - reach)
    return bands
