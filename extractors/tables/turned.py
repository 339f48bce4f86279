"""Tables printed sideways, set upright as a reader who turns the page sees them."""

from __future__ import annotations

import numpy as np

from extractors.geometry import Geometry
from extractors.tables.grid import Cell, Grid

# Share of a grid's words that must be set sideways for the table to be.
SIDEWAYS = 0.75


def set_upright(grid: Grid, geometry: Geometry) -> Grid:
    """The grid in the frame where its text runs across; itself, where that is the page's own."""
    turn = find_turn(grid, geometry)
    return turn_grid(grid, turn) if turn else grid


def find_turn(grid: Grid, geometry: Geometry) -> int:
    """The turn of most words in the grid: 0 where not nearly all are set sideways.

    One row of sideways headers is no table printed sideways, unless the page's other text is too.
    """
    words = geometry.words
    if not words.turns.any():
        return 0
    x0, top, x1, bottom = grid.bbox
    x, y = (words.boxes[:, 0] + words.boxes[:, 2]) / 2, (words.boxes[:, 1] + words.boxes[:, 3]) / 2
    inside = (x0 <= x) & (x < x1) & (top <= y) & (y < bottom) & (words.turns >= 0)
    if not inside.any():
        return 0
    turns, counts = np.unique(words.turns[inside], return_counts=True)
    turn = int(turns[counts.argmax()])
    sideways = counts.max() >= SIDEWAYS * counts.sum()
    alone = min(grid.shape) < 2 and (words.turns == turn).mean() < SIDEWAYS
    return turn if sideways and not alone else 0


def turn_grid(grid: Grid, turn: int) -> Grid:
    """An upright grid measured in the frame where text turned by `turn` degrees runs across."""
    across, down = (grid.xs, grid.ys) if turn == 180 else (grid.ys, grid.xs)
    xs = tuple(-at for at in reversed(across)) if turn in (180, 270) else across
    ys = tuple(-at for at in reversed(down)) if turn in (180, 90) else down
    cells = sorted((_turn_cell(cell, grid, turn) for cell in grid.cells), key=_order)
    return Grid(xs, ys, tuple(cells), grid.method, turn)


def _turn_cell(cell: Cell, grid: Grid, turn: int) -> Cell:
    rows, columns = grid.shape
    from_right = columns - cell.column - cell.column_span
    from_bottom = rows - cell.row - cell.row_span
    if turn == 180:
        return Cell(from_bottom, from_right, cell.row_span, cell.column_span, cell.printed)
    row, column = (from_right, cell.row) if turn == 90 else (cell.column, from_bottom)
    return Cell(row, column, cell.column_span, cell.row_span, cell.printed)


def _order(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column
