"""Segments of a zone into the lines of its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.shapes import TYPED, shape
from extractors.tables.columns import span_columns
from extractors.tables.strips import Segments

LONGEST_TYPED = 40  # characters
LONGEST_WORDS = 14  # the same without a digit: "no aplica", "nueve semanas"

_DIGIT = re.compile(r"\d")


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


@lru_cache(maxsize=8192)  # a zone is read more than once, and figures come again
def is_typed(text: str) -> bool:
    """Whether a text is a date, a percentage, an amount, a duration or a number."""
    likely = len(text) <= LONGEST_WORDS or (len(text) <= LONGEST_TYPED and _DIGIT.search(text))
    return bool(likely) and shape(text) in TYPED


def count_typed(lines: Sequence[Line]) -> int:
    """How many of these lines are a date, a percentage or an amount each."""
    return sum(line.typed for line in lines)


def is_apart(one: Line, other: Line, tight: float) -> bool:
    """Whether two lines of one column are of two cells: set apart, or another kind of type."""
    same = (one.first, one.last) == (other.first, other.last) and one.bold == other.bold
    return not same or other.middle - one.middle > tight
