"""What was read of a straightened scan, put back to where it stands on the page as seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from extractors.geometry import Geometry
from pipeline.model import Block, Box, Page, Table

Put = Callable[[Sequence[Box]], list[Box]]


def put_back(page: Page, tables: Sequence[Table], geometry: Geometry) -> tuple[Page, list[Table]]:
    """The page and its tables with the places of their cells and lines as seen."""
    if not geometry.tilt:
        return page, list(tables)
    from extractors.scans.render import seen_boxes  # OpenCV is slow to import: for scans alone

    def put(boxes: Sequence[Box]) -> list[Box]:
        straight = np.array(boxes, np.float64).reshape(-1, 4)
        seen = seen_boxes(straight, geometry.width, geometry.height, geometry.tilt)
        return [(x0, top, x1, bottom) for x0, top, x1, bottom in seen.tolist()]

    lines, columns = tuple(_put_blocks(page.lines, put)), tuple(put(page.columns))
    return replace(page, lines=lines, columns=columns), [_put_table(one, put) for one in tables]


def _put_table(table: Table, put: Put) -> Table:
    """A scan's tables have no other Blocks yet than their cells."""
    cells = iter(_put_blocks(tuple(table.cells), put))
    rows = (tuple(cell and next(cells) for cell in row) for row in table.rows)
    return replace(table, rows=tuple(rows))


def _put_blocks(blocks: Sequence[Block], put: Put) -> list[Block]:
    boxes = iter(put([block.bbox for block in blocks if block.bbox]))
    return [replace(block, bbox=next(boxes)) if block.bbox else block for block in blocks]
