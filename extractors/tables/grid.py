"""The grid of a table: positions of rules and the cells between them, whoever found it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from extractors.geometry import Floats, Ints
from extractors.tables.boxes import area, turn_back
from pipeline.model import Box

Spot = tuple[int, int]  # row and column, from 0

# Rules closer than this are one rule drawn double, or the padding of a shaded cell: no text fits.
NARROWEST_COLUMN = 6.0
LOWEST_ROW = 4.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid: its first row and column (from 0), and how many it spans."""

    row: int
    column: int
    row_span: int
    column_span: int
    printed: bool = True  # False: a place that no rules enclose


@dataclass(frozen=True, eq=False)
class Grid:
    """The rules of a table as two lists of positions, and the cells between them.

    A table printed sideways is measured in the frame where its text runs across (`boxes.turn_box`
    by `turn`), so that its rows are those of a reader who turns the page.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]  # every place of the grid is covered once
    method: str
    turn: int = 0  # degrees clockwise that its text is set turned by: 0, 90, 180, 270

    @property
    def bbox(self) -> Box:
        """The box around all cells on the page."""
        return turn_back((self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]), self.turn)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return (len(self.ys) - 1, len(self.xs) - 1)

    @cached_property
    def spots(self) -> Ints:
        """The index in `cells` of the one that covers each place: (rows, columns)."""
        owners = np.full(self.shape, -1, dtype=np.int64)
        for index, cell in enumerate(self.cells):
            bottom, right = cell.row + cell.row_span, cell.column + cell.column_span
            owners[cell.row : bottom, cell.column : right] = index
        return owners

    @cached_property
    def rims(self) -> Floats:
        """Where the upper and the lower rule of each cell stand in the grid's frame: (cells, 2).

        The table's own edges count for none: text that hangs over them was cut by the page.
        """
        ys = np.array((-np.inf, *self.ys[1:-1], np.inf))
        rows = [(cell.row, cell.row + cell.row_span) for cell in self.cells]
        return np.asarray(ys[np.array(rows, dtype=np.int64).reshape(-1, 2)])

    def box(self, cell: Cell) -> Box:
        """Where a cell stands on the page."""
        right, bottom = cell.column + cell.column_span, cell.row + cell.row_span
        box = (self.xs[cell.column], self.ys[cell.row], self.xs[right], self.ys[bottom])
        return turn_back(box, self.turn) if self.turn else box

    def find_cells(self, xs: Floats, ys: Floats) -> Ints:
        """The index of the cell that holds each point (n,) of the grid's frame; -1 outside."""
        found = np.full(len(xs), -1, dtype=np.int64)
        inside = np.flatnonzero(
            (xs >= self.xs[0]) & (xs < self.xs[-1]) & (ys >= self.ys[0]) & (ys < self.ys[-1])
        )
        if len(inside):
            rows = np.searchsorted(self.ys, ys[inside], side="right") - 1
            columns = np.searchsorted(self.xs, xs[inside], side="right") - 1
            found[inside] = self.spots[rows, columns]
        return found


def make_grid(boxes: Sequence[Box], method: str, rules: Sequence[Box] = ()) -> Grid:
    """The grid that these cells form.

    Places that none of them covers become cells too: one for all places with no rule between them.
    """
    xs = _merge_close((x for box in boxes for x in (box[0], box[2])), NARROWEST_COLUMN)
    ys = _merge_close((y for box in boxes for y in (box[1], box[3])), LOWEST_ROW)
    cells: list[Cell] = []
    taken: set[Spot] = set()
    for box in sorted(boxes, key=lambda box: (area(box), box)):
        cell = _cell(box, xs, ys)
        spots = set(_spots(cell))
        if spots and not spots & taken:
            taken |= spots
            cells.append(cell)
    cells += _open_cells(xs, ys, taken, rules)
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    return Grid(tuple(xs), tuple(ys), tuple(ordered), method)


def _open_cells(
    xs: Sequence[float], ys: Sequence[float], taken: set[Spot], rules: Sequence[Box]
) -> Iterator[Cell]:
    """Rectangles of spots that no cell covers, as large as they go without a rule inside."""
    left = {(row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)} - taken
    while left:
        row, column = min(left)
        bottom, right = row + 1, column + 1
        while (bottom, column) in left and not _is_ruled(
            _middle(xs, column), ys[bottom], rules, across=True
        ):
            bottom += 1
        while all((r, right) in left for r in range(row, bottom)) and not any(
            _is_ruled(xs[right], _middle(ys, r), rules, across=False) for r in range(row, bottom)
        ):
            right += 1
        cell = Cell(row, column, bottom - row, right - column, printed=False)
        left -= set(_spots(cell))
        yield cell


def _is_ruled(x: float, y: float, rules: Iterable[Box], *, across: bool) -> bool:
    """Whether a rule passes the point from left to right (`across`) or from top to bottom."""
    dx, dy = (0.0, LOWEST_ROW) if across else (NARROWEST_COLUMN, 0.0)
    return any(
        x0 - dx <= x <= x1 + dx
        and top - dy <= y <= bottom + dy
        and ((x1 - x0) > (bottom - top)) == across
        for x0, top, x1, bottom in rules
    )


def _middle(positions: Sequence[float], at: int) -> float:
    return (positions[at] + positions[at + 1]) / 2


def _spots(cell: Cell) -> Iterable[Spot]:
    return (
        (row, column)
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    )


def _merge_close(positions: Iterable[float], least: float) -> list[float]:
    merged: list[float] = []
    for position in sorted(set(positions)):
        if not merged or position - merged[-1] > least:
            merged.append(position)
    return merged


def _cell(box: Box, xs: Sequence[float], ys: Sequence[float]) -> Cell:
    left, right = _index(box[0], xs), _index(box[2], xs)
    top, bottom = _index(box[1], ys), _index(box[3], ys)
    return Cell(top, left, bottom - top, right - left)


def _index(position: float, merged: Sequence[float]) -> int:
    return bisect_right(merged, position) - 1
