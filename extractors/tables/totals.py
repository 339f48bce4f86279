"""A line of totals right below a table, set apart in a box of its own: amounts in its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from extractors.geometry import Floats, Geometry, Ints
from extractors.tables.boxes import turn_boxes
from extractors.tables.grid import Cell, Grid
from extractors.tables.lines_of_cells import is_typed

METHOD = "totals"
NEAR = 2.5  # parts of the type's height below the table
LEVEL = 0.5  # parts of the type's height: words of one line
FEWEST = 3  # amounts
FULL = 0.5  # share of the table's columns that have one


def find_totals(geometry: Geometry, grids: Sequence[Grid]) -> list[Grid]:
    """The lines of totals under these grids, each a row in the columns of the one above."""
    found: list[Grid] = []
    for grid in grids:
        if grid.shape[1] > FEWEST:
            found += _find_below(geometry, grid, [*grids, *found])
    return found


def _find_below(geometry: Geometry, grid: Grid, taken: Sequence[Grid]) -> Iterator[Grid]:
    boxes = turn_boxes(geometry.words.boxes, grid.turn)
    line = _next_line(geometry, boxes, grid, taken)
    if not len(line):
        return
    middles = (boxes[line, 0] + boxes[line, 2]) / 2
    columns = np.searchsorted(grid.xs, middles, side="right") - 1
    amounts = np.array([is_typed(geometry.words.texts[at]) for at in line.tolist()])
    own = columns[amounts]
    names = columns[~amounts]
    if len(own) < max(FEWEST, FULL * grid.shape[1]) or len(np.unique(own)) < len(own):
        return
    if own.min() < 1 or (len(names) and names.max() >= own.min()):
        return
    yield _make_row(grid, boxes[line], names)


def _next_line(geometry: Geometry, boxes: Floats, grid: Grid, taken: Sequence[Grid]) -> Ints:
    """The words of the first line below a grid, none of them in another one or beside it."""
    free = geometry.words.turns == grid.turn
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    height = float(np.median((boxes[:, 3] - boxes[:, 1])[free])) if free.any() else 0.0
    near = free & (y > grid.ys[-1]) & (boxes[:, 1] < grid.ys[-1] + NEAR * height)
    if not near.any():
        return np.empty(0, np.int64)
    line = np.flatnonzero(free & (np.abs(y - y[near].min()) <= LEVEL * height))
    inside = (x[line] >= grid.xs[0]) & (x[line] < grid.xs[-1])
    held = any(
        other.turn == grid.turn and (other.find_cells(x[line], y[line]) >= 0).any()
        for other in taken
    )
    return line if inside.all() and not held else np.empty(0, np.int64)


def _make_row(grid: Grid, boxes: Floats, names: Ints) -> Grid:
    """One row of the grid's columns around these words; those of the name are one cell."""
    first, last = (int(names.min()), int(names.max())) if len(names) else (0, 0)
    cells = [
        Cell(0, at, 1, last - first + 1 if at == first else 1)
        for at in range(grid.shape[1])
        if not first < at <= last
    ]
    ys = (float(boxes[:, 1].min()), float(boxes[:, 3].max()))
    return Grid(grid.xs, ys, tuple(cells), METHOD, grid.turn)
