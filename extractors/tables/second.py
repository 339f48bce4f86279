"""A second opinion on the rules of one page: camelot's, asked only where the first is in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extractors.tables.grid import Grid, make_grid
from pipeline.model import Box


def find_grids(path: Path, page: int, frame: Box) -> list[Grid]:
    """The grids camelot sees on a page that must exist; none where it fails or sees none.

    `frame` is the page's media box, turned as the page is: camelot measures from its bottom left.
    """
    # Imported here because it loads OpenCV and pandas: seconds that most reports never need.
    from camelot.io import read_pdf

    try:
        # An absolute path, since camelot would fetch what looks like an address.
        tables = read_pdf(str(path.resolve()), pages=str(page), flavor="lattice", engine="vector")
    except Exception:  # the first opinion stands, whatever stopped the second
        return []
    # A table that camelot turned upright is measured in a frame of its own.
    boxes = [list(_boxes(table.cells, frame)) for table in tables if not table.rotation]
    return [make_grid(cells, "camelot") for cells in boxes if cells]


def _boxes(cells: Sequence[Sequence[Any]], frame: Box) -> Iterator[Box]:
    """Boxes of the cells, those with no rule between them joined, measured from the top."""
    left, _, _, foot = frame
    seen: set[tuple[int, int]] = set()
    for row in range(len(cells)):
        for column in range(len(cells[row])):
            if (row, column) in seen:
                continue
            bottom, right = _reach(cells, row, column)
            seen |= {(r, c) for r in range(row, bottom + 1) for c in range(column, right + 1)}
            first, last = cells[row][column], cells[bottom][right]
            yield (left + first.x1, foot - first.y2, left + last.x2, foot - last.y1)


def _reach(cells: Sequence[Sequence[Any]], row: int, column: int) -> tuple[int, int]:
    """The last row and column of the rectangle without inner rules that begins here."""
    right = column
    while right + 1 < len(cells[row]) and not cells[row][right].right:
        right += 1
    bottom = row
    while bottom + 1 < len(cells) and not any(
        cell.bottom for cell in cells[bottom][column : right + 1]
    ):
        bottom += 1
    return bottom, right
