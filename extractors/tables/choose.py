"""Which grid of a table to take: the one that explains its words best, and where others differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from extractors.geometry import Geometry
from extractors.tables.boxes import overlap
from extractors.tables.flow import join_text
from extractors.tables.grid import Grid
from extractors.tables.judge import Fit, find_unexplained, judge_grid
from extractors.tables.place import Placed, place_words
from extractors.tables.turned import turn_grid

# Share of what both cover in what either covers, from which two grids are of one table.
SAME_TABLE = 0.5

Judged = tuple[Fit, Grid]


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell of the grid taken, by its index, that another reader saw otherwise, and its text."""

    cell: int
    reader: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The grid taken, and the cells in doubt that the next best reader saw otherwise."""

    grid: Grid
    is_clear: bool = True  # False: it leaves so many words unexplained that it is no table's
    differences: tuple[Difference, ...] = ()


def choose_grid(grid: Grid, others: Iterable[Sequence[Grid]], geometry: Geometry) -> Choice:
    """The grid, or what explains more of its words; `others` are asked one by one while in doubt.

    The others' grids are drawn on the page as seen, whatever way the text of this one runs.
    """
    seen: list[Judged] = [(judge_grid(grid, geometry), grid)]
    readers = iter(others)
    quick = True  # the first reader is; those after it are for grids that leave much unexplained
    while _best(seen)[0].is_weak or (quick and not _best(seen)[0].is_sound):
        reader = next(readers, None)
        if reader is None:
            break
        quick = False
        seen += _rivals(reader, seen[0], geometry)
    fit, best = _best(seen)
    rest = [judged for judged in seen if judged[1] is not best]
    differences = find_differences(best, _best(rest)[1], geometry) if rest else ()
    return Choice(best, fit.is_clear, tuple(differences))


def _best(seen: Sequence[Judged]) -> Judged:
    """The grid that explains most words, the first of equals."""
    return max(seen, key=lambda judged: judged[0].explained)


def _rivals(reader: Sequence[Grid], own: Judged, geometry: Geometry) -> Iterator[Judged]:
    """The reader's grids of the same table, turned as it is, that tell as much of it apart."""
    fit, grid = own
    for other in reader:
        if overlap(other.bbox, grid.bbox) > SAME_TABLE:
            rival = turn_grid(other, grid.turn) if grid.turn else other
            found = judge_grid(rival, geometry, grid.bbox)
            if _tells_as_much(found, fit):
                yield found, rival


def _tells_as_much(other: Fit, fit: Fit) -> bool:
    """Whether a rival tells as much of the text apart; one cell around all explains every word.

    A rule too many often parts the lines of a cell, so half the rows are enough.
    """
    return other.columns >= fit.columns and 2 * other.rows >= fit.rows


def find_differences(grid: Grid, other: Grid, geometry: Geometry) -> Iterator[Difference]:
    """The cells where one of the grids leaves words unexplained and they hold different words."""
    one, two = _place_alike(grid, other, geometry)
    doubted = find_unexplained([grid], one) | find_unexplained([other], two)
    cells = np.unique(one.cells[doubted & (one.cells >= 0)])
    for cell in cells.tolist():
        mine = np.flatnonzero(one.cells == cell)
        owners = np.unique(two.cells[mine])
        theirs = [np.flatnonzero(two.cells == owner) for owner in owners[owners >= 0].tolist()]
        if len(theirs) != 1 or not np.array_equal(mine, theirs[0]):
            told = (join_text(two.words, words, grid.turn) for words in theirs)
            yield Difference(cell, other.method, " | ".join(told))


def _place_alike(grid: Grid, other: Grid, geometry: Geometry) -> tuple[Placed, Placed]:
    """The same words in both grids, parted wherever one of them parts a word."""
    words = place_words(geometry, [grid]).words
    words = place_words(replace(geometry, words=words), [other]).words
    alike = replace(geometry, words=words)
    return place_words(alike, [grid]), place_words(alike, [other])
