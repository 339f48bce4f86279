"""A table as anyone may want it: its cells placed in the whole table, and told as plain values.

Rows and columns count from 1, as everywhere in cuadra. Boxes are points from the top left of the
page as seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.model import Block, Box, Table

DIGITS = 2  # of a box: a hundredth of a point


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell in the whole table, its span within what no other cell takes."""

    row: int
    col: int
    row_span: int
    col_span: int
    block: Block


def place_cells(table: Table) -> Iterator[Placed]:
    """Every printed cell; a span reaches over places that nothing stands in, each taken once."""
    free = {(r, c) for r, row in enumerate(table.rows) for c, cell in enumerate(row) if not cell}
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            if cell is not None:
                rows, columns = _span(cell, r, c, free)
                yield Placed(r + 1, c + 1, rows, columns, cell)


def _span(cell: Block, row: int, column: int, free: set[tuple[int, int]]) -> tuple[int, int]:
    """How far the cell reaches; joined rows may have left less than what it spanned in print."""
    if cell.row_span == cell.column_span == 1:
        return 1, 1
    columns = 1
    while columns < cell.column_span and (row, column + columns) in free:
        columns += 1
    across = range(column, column + columns)
    rows = 1
    while rows < cell.row_span and all((row + rows, at) in free for at in across):
        rows += 1
    free -= {(at, c) for at in range(row, row + rows) for c in across}
    return rows, columns


def text_rows(table: Table) -> list[list[str]]:
    """The rows as texts; "" where a cell is empty or a span covers the place."""
    return [[cell.text if cell else "" for cell in row] for row in table.rows]


def tell_table(table: Table) -> dict[str, Any]:
    """The table as JSON shows it.

    `page` and `bbox` say where it begins, `pages` all it stands on. `confidence` is the lowest that
    the method reported of a cell; None where it reported none.
    """
    pages = table_pages(table)
    first = pages[0] if pages else None
    reported = [cell.confidence for cell in table.cells if cell.confidence is not None]
    return {
        "pages": pages,
        "page": first,
        "bbox": _tell_box(extent(table, first)),
        "line": next((cell.line for cell in table.cells if cell.line), None),
        "caption": table.caption.text if table.caption else None,
        "header_rows": table.header_rows,
        "method": table.method or next((cell.method for cell in table.cells if cell.method), ""),
        "confidence": min(reported, default=None),
        "rows": text_rows(table),
        "cells": [_tell_cell(placed) for placed in place_cells(table)],
    }


def _tell_cell(placed: Placed) -> dict[str, Any]:
    block = placed.block
    told = {
        "row": placed.row,
        "col": placed.col,
        "row_span": placed.row_span,
        "col_span": placed.col_span,
        "text": block.text,
        **_tell_place(block),
    }
    if len(block.parts) > 1:  # printed in several places: each keeps its own
        told["parts"] = [{"text": part.text, **_tell_place(part)} for part in block.parts]
    return told


def _tell_place(block: Block) -> dict[str, Any]:
    if block.line is not None:
        return {"page": block.page, "bbox": None, "line": block.line}
    return {"page": block.page, "bbox": _tell_box(block.bbox)}


def _tell_box(box: Box | None) -> list[float] | None:
    return [round(float(side), DIGITS) for side in box] if box else None


def table_pages(table: Table) -> list[int]:
    """The pages that the table stands on; none in a text report."""
    places = (part for cell in table.cells for part in cell.places())
    return sorted({part.page for part in places if part.page is not None})


def extent(table: Table, page: int | None) -> Box | None:
    """The box around what stands of the table on a page."""
    boxes = page_boxes(table, page)
    if not boxes:
        return None
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def page_boxes(table: Table, page: int | None) -> list[Box]:
    """The boxes of the cells, or parts of cells, that stand on a page."""
    places = (part for cell in table.cells for part in cell.places())
    return [part.bbox for part in places if part.bbox is not None and part.page == page]
