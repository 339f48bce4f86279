"""Rows of a scan whose rule was lost: as high as some others, with a line for each of them."""

from __future__ import annotations

import numpy as np

from extractors.geometry import Floats, Geometry, Ints
from extractors.tables.boxes import turn_boxes
from extractors.tables.grid import Grid
from extractors.tables.place import Placed

FEWEST = 4  # rows of a table that tell how high its rows are
EVEN = 0.2  # parts of the usual height by which rows differ
TALL = 3.0  # parts of the type's height: higher rows hold more than a line
STRADDLING = 0.15  # share of the row's words that may stand over a place where it is parted
FILLED = 0.6  # share of the columns that each part fills


def find_even_rows(
    grid: Grid, number: int, placed: Placed, geometry: Geometry
) -> dict[int, list[float]]:
    """The rows of grid `number` of a scan that are some others high, and where to part them."""
    words = placed.of(number, len(grid.cells))
    heights = np.diff(grid.ys)
    if geometry.method == "pdfium" or len(heights) < FEWEST or not len(words):
        return {}
    boxes = turn_boxes(placed.words.boxes[words], grid.turn)
    usual = float(np.median(heights))
    if usual > TALL * float(np.median(boxes[:, 3] - boxes[:, 1])):
        return {}
    cells = [grid.cells[at] for at in (placed.cells[words] - placed.firsts[number]).tolist()]
    rows = np.array([cell.row if cell.row_span == 1 else -1 for cell in cells])
    columns = np.array([cell.column for cell in cells])
    found: dict[int, list[float]] = {}
    for row, height in enumerate(heights.tolist()):
        count = round(height / usual)
        inside = rows == row
        if count > 1 and abs(height - count * usual) <= EVEN * usual and inside.any():
            cuts = np.linspace(grid.ys[row], grid.ys[row + 1], count + 1)[1:-1]
            if _are_rows(boxes[inside], columns[inside], cuts, usual):
                found[row] = cuts.tolist()
    return found


def _are_rows(boxes: Floats, columns: Ints, cuts: Floats, usual: float) -> bool:
    """Whether the parts are as full and stand as far apart as rows do, and few words stand over."""
    margin = (boxes[:, 3] - boxes[:, 1])[:, None] / 4
    over = (boxes[:, 1, None] + margin < cuts) & (cuts < boxes[:, 3, None] - margin)
    if over.any(axis=1).mean() > STRADDLING:
        return False
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    parts = np.searchsorted(cuts, middles)
    filled = [len(np.unique(columns[parts == part])) for part in range(len(cuts) + 1)]
    if min(filled) < FILLED * len(np.unique(columns)) or max(filled) < 2:
        return False
    levels = [float(np.median(middles[parts == part])) for part in range(len(cuts) + 1)]
    return bool((np.abs(np.diff(levels) - usual) <= EVEN * usual).all())
