"""Boxes of cells into a grid with spans, whichever library found the boxes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.model import Box

# Rules closer than this are one rule drawn double: no type fits between them.
DOUBLE_RULE = 4.0


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
    """The rules of a table as two lists of positions, and the cells between them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]  # every place of the grid is covered once
    method: str

    @property
    def bbox(self) -> Box:
        """The box around all cells."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return (len(self.ys) - 1, len(self.xs) - 1)

    @property
    def printed(self) -> list[Cell]:
        """The cells that rules enclose."""
        return [cell for cell in self.cells if cell.printed]

    @cached_property
    def owners(self) -> dict[tuple[int, int], Cell]:
        """The cell that covers each place."""
        return {place: cell for cell in self.cells for place in _places(cell)}

    def box(self, cell: Cell) -> Box:
        """Where a cell stands on the page."""
        right, bottom = cell.column + cell.column_span, cell.row + cell.row_span
        return (self.xs[cell.column], self.ys[cell.row], self.xs[right], self.ys[bottom])

    def cell_at(self, point: tuple[float, float]) -> Cell | None:
        """The cell that holds a point, or None outside the grid."""
        x, y = point
        return self.owners.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))


def make_grid(boxes: Sequence[Box], method: str) -> Grid:
    """The grid that these cells form; a place that none of them covers becomes a cell too."""
    xs = _merge_close(x for box in boxes for x in (box[0], box[2]))
    ys = _merge_close(y for box in boxes for y in (box[1], box[3]))
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for box in sorted(boxes, key=lambda box: ((box[2] - box[0]) * (box[3] - box[1]), box)):
        cell = _cell(box, xs, ys)
        places = set(_places(cell))
        if places and not places & taken:
            taken |= places
            cells.append(cell)
    every = {(row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)}
    cells += [Cell(row, column, 1, 1, printed=False) for row, column in every - taken]
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    return Grid(tuple(xs), tuple(ys), tuple(ordered), method)


def _places(cell: Cell) -> Iterable[tuple[int, int]]:
    return (
        (row, column)
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    )


def _merge_close(positions: Iterable[float]) -> list[float]:
    merged: list[float] = []
    for position in sorted(set(positions)):
        if not merged or position - merged[-1] > DOUBLE_RULE:
            merged.append(position)
    return merged


def _cell(box: Box, xs: Sequence[float], ys: Sequence[float]) -> Cell:
    left, right = _index(box[0], xs), _index(box[2], xs)
    top, bottom = _index(box[1], ys), _index(box[3], ys)
    return Cell(top, left, bottom - top, right - left)


def _index(position: float, merged: Sequence[float]) -> int:
    return bisect_right(merged, position) - 1
