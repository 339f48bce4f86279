"""Lines on which a row begins although they stand as close as the lines of a cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.tables.lines_of_cells import Line, is_apart

SPACE = 0.3  # parts of the type's height between words
FEWEST_STARTS = 2  # rows that white sets apart, from which white tells all of them


@dataclass(slots=True)
class Votes:
    """What pairs of lines of one column say about the second line's number on the page."""

    typed: Counter[int] = field(default_factory=Counter)  # two figures: two rows
    free: Counter[int] = field(default_factory=Counter)  # its first word had room above
    forced: Counter[int] = field(default_factory=Counter)  # it had none
    spaced: Counter[int] = field(default_factory=Counter)  # white parts the two
    filled: Counter[int] = field(default_factory=Counter)  # columns that say anything

    @property
    def by_space(self) -> bool:
        """Whether white parts the rows, so that closeness says that lines are of one cell."""
        close = self.typed + self.free + self.forced
        rows = sum(times > 1 and not close[at] for at, times in self.spaced.items())
        return rows >= FEWEST_STARTS and rows > len(self.typed)


def find_starts(columns: Sequence[Sequence[Line]], tight: float, height: float) -> set[int]:
    """The numbers of the lines on which rows begin; `tight`: see `find_paragraphs`."""
    votes = _vote(columns, tight, height)
    starts = {at for at, times in votes.typed.items() if times > votes.forced[at]}
    if votes.by_space:
        return starts
    figures = {line.number for column in columns for line in column if line.typed}
    starts |= {
        at for at in votes.free if not votes.forced[at] and votes.filled[at] > 1
    } | _beside_figures(columns, votes, tight, figures)
    return starts


def _vote(columns: Sequence[Sequence[Line]], tight: float, height: float) -> Votes:
    votes = Votes()
    cells = Counter(line.number for column in columns for line in column)
    for column in columns:
        edge = max(line.x1 for line in column)
        for one, other in pairwise(column):
            votes.filled[other.number] += 1
            if is_apart(one, other, tight):
                votes.spaced[other.number] += 1
            elif cells[other.number] > 1 and one.typed and other.typed:
                votes.typed[other.number] += 1
            elif fits(one, other, edge, height):
                votes.free[other.number] += 1
            else:
                votes.forced[other.number] += 1
    return votes


def _beside_figures(
    columns: Sequence[Sequence[Line]], votes: Votes, tight: float, figures: set[int]
) -> set[int]:
    """Where names are wrapped beside figures: the lines with figures begin rows, or end them."""
    pairs = list(_mixed(columns, tight, figures))
    top = bottom = 0
    for other, goes_in in pairs:
        joined = votes.forced[other.number] or other.text[:1].islower()
        top += bool(joined) != goes_in
        bottom += bool(joined) == goes_in
    begins = bottom <= top
    return {
        other.number
        for other, goes_in in pairs
        if goes_in == begins and not other.text[:1].islower()
    }


def _mixed(
    columns: Sequence[Sequence[Line]], tight: float, figures: set[int]
) -> Iterator[tuple[Line, bool]]:
    """Close lines of which one stands beside figures; true where the second does."""
    for column in columns:
        for one, other in pairwise(column):
            beside = (one.number in figures, other.number in figures)
            if beside[0] != beside[1] and not is_apart(one, other, tight):
                yield other, beside[1]


def fits(one: Line, other: Line, edge: float, height: float) -> bool:
    """Whether the first word of the next line would have stood on this one: no forced break."""
    word = other.text.split(" ", 1)[0]
    width = (other.x1 - other.x0) * len(word) / max(len(other.text), 1)
    return one.x1 + SPACE * height + width < edge
