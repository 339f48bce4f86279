"""Lines of a zone's columns into paragraphs: the pieces of text that cells are made of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from extractors.shapes import TYPED, shape
from extractors.tables.columns import span_columns
from extractors.tables.strips import Segments

# In parts of the type's height.
LOOSE = 1.35  # lines farther apart than this, middle to middle, are no lines of one cell
SLACK = 0.1  # by how much the distance of lines of one cell varies
LEAST = 0.06  # by how much rows stand farther apart than lines of one cell, at least
MOST = 0.25  # by how much the lines of one cell vary where rows stand farther apart
SPACE = 0.3  # between words

LONGEST_TYPED = 40  # characters
_FEWEST_STARTS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one cell: in columns `first` to `last` (more than one: it spans them)."""

    first: int
    last: int
    number: int  # of the line on the page
    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    bold: bool
    typed: bool  # a date, a percentage, an amount, a duration or a number

    @property
    def middle(self) -> float:
        """Half its height, points from the top of the page."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of one cell, from the top."""

    lines: tuple[Line, ...]

    @property
    def first(self) -> int:
        """The first column it stands in."""
        return self.lines[0].first

    @property
    def last(self) -> int:
        """The last column it stands in."""
        return max(line.last for line in self.lines)

    @property
    def top(self) -> float:
        """Points from the top of the page."""
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        """Points from the top of the page."""
        return self.lines[-1].bottom

    @property
    def middle(self) -> float:
        """Half its height, points from the top of the page."""
        return (self.top + self.bottom) / 2

    @property
    def text(self) -> str:
        """Its lines, joined by blanks."""
        return " ".join(line.text for line in self.lines)


def make_lines(segments: Segments, cuts: Sequence[float]) -> list[Line]:
    """The lines of the cells: segments of one line and column are one."""
    first, last = span_columns(segments, cuts)
    pieces = [
        Line(a, b, number, box[0], box[1], box[2], box[3], text, bold, is_typed(text))
        for a, b, number, box, text, bold in zip(
            first.tolist(), last.tolist(), segments.lines.tolist(), segments.boxes.tolist(),
            segments.texts, segments.bold.tolist(), strict=True,
        )
    ]  # fmt: skip
    pieces.sort(key=lambda piece: (piece.number, piece.x0))
    return [_join(list(group)) for group in _by_cell(pieces)]


def _by_cell(pieces: Sequence[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for piece in pieces:
        if group and (piece.number != group[-1].number or piece.first > group[-1].last):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _join(pieces: Sequence[Line]) -> Line:
    if len(pieces) == 1:
        return pieces[0]
    text = " ".join(piece.text for piece in pieces)
    return Line(
        pieces[0].first, max(piece.last for piece in pieces), pieces[0].number,
        min(piece.x0 for piece in pieces), min(piece.top for piece in pieces),
        max(piece.x1 for piece in pieces), max(piece.bottom for piece in pieces),
        text, pieces[0].bold, is_typed(text),
    )  # fmt: skip


def is_typed(text: str) -> bool:
    """Whether a text is a date, a percentage, an amount, a duration or a number."""
    return len(text) <= LONGEST_TYPED and shape(text) in TYPED


def find_paragraphs(
    lines: Sequence[Line], height: float, levels: Sequence[float] = ()
) -> list[Paragraph]:
    """The paragraphs of the columns, from the top; none reaches over a level, points."""
    columns = _columns(lines)
    tight = _tight(columns, height)
    starts = _starts(columns, tight, height)
    found = [one for column in columns for one in _part(column, tight, starts, levels)]
    return sorted(found, key=lambda one: (one.top, one.first))


def join_columns(lines: Sequence[Line]) -> list[Paragraph]:
    """One paragraph a column, whatever the distance of its lines."""
    found = [Paragraph(tuple(column)) for column in _columns(lines)]
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
    closest = float(np.quantile(steps, 0.1)) if steps else LOOSE * height
    if closest > LOOSE * height:
        return LOOSE * height
    # Rows of amounts tell how far apart rows stand: what is closer is within a cell.
    rows = [step for a, b, step in pairs if a.typed and b.typed]
    apart = float(np.quantile(rows, 0.1)) - LEAST * height if len(rows) > 2 else 0.0
    return max(closest + SLACK * height, min(apart, closest + MOST * height))


def _part(
    column: Sequence[Line], tight: float, starts: Counter[int], levels: Sequence[float]
) -> Iterator[Paragraph]:
    group: list[Line] = []
    for line in column:
        if group and (
            _is_apart(group[-1], line, tight)
            or line.number in starts
            or any(group[-1].middle < level < line.middle for level in levels)
        ):
            yield Paragraph(tuple(group))
            group = []
        group.append(line)
    if group:
        yield Paragraph(tuple(group))


def _is_apart(one: Line, other: Line, tight: float) -> bool:
    same = (one.first, one.last) == (other.first, other.last) and one.bold == other.bold
    return not same or other.middle - one.middle > tight


def _starts(columns: Sequence[Sequence[Line]], tight: float, height: float) -> Counter[int]:
    """The lines on which a row begins although the lines stand as close as those of a cell."""
    edges = [max(line.x1 for line in column) for column in columns]
    typed, free, forced, filled = Counter[int](), Counter[int](), Counter[int](), Counter[int]()
    spaced = Counter[int]()
    rows = {line.number for column in columns for line in column if line.typed}
    cells = Counter(line.number for column in columns for line in column)
    after = set[int]()
    for column, edge in zip(columns, edges, strict=True):
        for one, other in pairwise(column):
            filled[other.number] += 1
            if one.number in rows:
                after.add(other.number)
            if _is_apart(one, other, tight):
                spaced[other.number] += 1
            elif cells[other.number] > 1 and one.typed and other.typed:
                typed[other.number] += 1
            elif _fits(one, other, edge, height):
                free[other.number] += 1
            else:
                forced[other.number] += 1
    spaces = sum(n > 1 and not typed[i] + free[i] + forced[i] for i, n in spaced.items())
    by_space = spaces >= _FEWEST_STARTS and spaces > len(typed)
    return Counter(
        number
        for number in filled
        if typed[number] > forced[number]
        or (
            not by_space
            and free[number]
            and not forced[number]
            and (filled[number] > 1 or number in after)
        )
    )


def count_typed(lines: Sequence[Line]) -> int:
    """How many of these lines are a date, a percentage or an amount each."""
    return sum(line.typed for line in lines)


def _fits(one: Line, other: Line, edge: float, height: float) -> bool:
    """Whether the first word of the next line would have stood on this one: no forced break."""
    word = other.text.split(" ", 1)[0]
    width = (other.x1 - other.x0) * len(word) / max(len(other.text), 1)
    return one.x1 + SPACE * height + width < edge


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
