"""How well a grid explains the words that stand in it, and whether it is a table at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from extractors.geometry import ASKEW, Floats, Geometry, Ints
from extractors.tables.boxes import turn_boxes
from extractors.tables.grid import Grid
from extractors.tables.place import Placed, place_words

# A rule strikes a character through that it passes in this middle part of its height.
STRUCK = 0.25


@dataclass(frozen=True, slots=True)
class Fit:
    """What speaks for a grid and against it, counted in words and cells."""

    words: int  # that stand in the grid's box, set upright in its frame
    left_out: int  # in a place that no rules enclose
    cut: int  # by a rule between or through characters
    rows: int  # that hold text
    columns: int  # that hold text
    cells: int
    filled: int  # cells that hold text

    @property
    def explained(self) -> int:
        """Words that stand whole in one printed cell."""
        return self.words - self.left_out - self.cut

    @property
    def is_sound(self) -> bool:
        """Whether no other opinion is needed."""
        return self.explained == self.words


def judge_grid(grid: Grid, geometry: Geometry) -> Fit:
    """How the grid alone explains the words in its box."""
    return judge_placed(grid, 0, place_words(geometry, [grid]), geometry)


def judge_placed(grid: Grid, number: int, placed: Placed, geometry: Geometry) -> Fit:
    """How grid `number` explains the words that were placed in it."""
    inside = placed.of(number, len(grid.cells))
    inside = inside[placed.words.turns[inside] == grid.turn]
    cells = placed.cells[inside] - placed.firsts[number]
    printed = np.array([cell.printed for cell in grid.cells])
    bad = np.isin(inside, placed.cut) | _struck(grid, inside, cells, placed)
    used = np.unique(cells)
    return Fit(
        words=len(inside),
        left_out=int((~printed[cells]).sum()),
        cut=int((bad & printed[cells]).sum()),
        rows=len({grid.cells[cell].row for cell in used.tolist()}),
        columns=len({grid.cells[cell].column for cell in used.tolist()}),
        cells=len(grid.cells),
        filled=len(used),
    )


def _struck(grid: Grid, words: Ints, cells: Ints, placed: Placed) -> np.ndarray:
    """Whether the upper or the lower rule of its cell runs through the middle of a word."""
    boxes = turn_boxes(placed.words.boxes[words], grid.turn)
    rims = _boxes(grid)[cells]
    margin = (boxes[:, 3] - boxes[:, 1]) * STRUCK
    high, low = boxes[:, 1] + margin, boxes[:, 3] - margin
    return np.asarray(
        ((high < rims[:, 1]) & (rims[:, 1] < low)) | ((high < rims[:, 3]) & (rims[:, 3] < low))
    )


def _boxes(grid: Grid) -> Floats:
    """Where the cells stand in the grid's frame: (cells, 4)."""
    xs, ys = grid.xs, grid.ys
    return np.array(
        [
            (xs[c.column], ys[c.row], xs[c.column + c.column_span], ys[c.row + c.row_span])
            for c in grid.cells
        ]
    ).reshape(-1, 4)


def is_table(grid: Grid, number: int, placed: Placed) -> bool:
    """Whether the grid has columns that hold text; a box around prose has one.

    Text beside an empty first column is the rest of a sheet's value, cut by the page.
    """
    inside = placed.of(number, len(grid.cells))
    inside = inside[placed.words.turns[inside] != ASKEW]
    used = np.unique(placed.cells[inside]) - placed.firsts[number]
    columns = {grid.cells[cell].column for cell in used.tolist()}
    return len(columns) > 1 or (len(columns) == 1 and (grid.shape[1] > 2 or 0 not in columns))
