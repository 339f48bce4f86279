"""Rows and labels that a page break cut in two: joined, with both places kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.shapes import TYPED
from extractors.tables.goes_on import goes_on, starts_low
from extractors.tables.rows import Grid, Row, is_total, printed, text
from pipeline.model import Block, Repair, join_blocks

_END = re.compile(r"[.:;!?]\s*$")
_FILLED = 0.9  # a column that most rows fill holds no labels, merged over several
_FEWEST = 3  # rows that show which columns have gaps
_LONG = 30  # characters: a value that runs on, not the prompt of a box
_MARK = 20  # characters, markup included, of a row that only ticks a box


def join_cut_rows(grid: Grid) -> None:
    """Join each row that only continues the one above."""
    shapes = grid.shapes()
    index = grid.header_rows + 1
    while index < len(grid.rows):
        if goes_on(grid, index, shapes):
            _join_row(grid, index)
        else:
            index += 1


def join_cut_labels(grid: Grid) -> None:
    """Join each label that only continues, beside a new row, the one above the break."""
    columns = _label_columns(grid)
    for index in sorted(grid.breaks):
        if index > grid.header_rows and not is_total(grid.rows[index]):
            _join_labels(grid, index, columns)


def _label_columns(grid: Grid) -> list[int]:
    """The columns of labels merged over several rows: those with gaps, wherever they stand.

    Of too few rows to show gaps, the columns before what the first row tells of itself.
    """
    texts = [c for c, one in enumerate(grid.shapes()) if one not in TYPED]
    if len(grid.rows) - grid.header_rows < _FEWEST:
        first = next((c for c in range(grid.width) if c not in texts), 0)
        return [c for c in texts if c < first - 1]
    filled = grid.fill_rates()
    return [c for c in texts if filled[c] <= _FILLED]


def join_cell_tails(grid: Grid) -> None:
    """In a sheet, a row without a label continues the long value above it (not a short prompt)."""
    home: int | None = None
    for index in range(grid.header_rows, len(grid.rows)):
        row = grid.rows[index]
        long = any(len(text(cell)) > _LONG for cell in row[1:])
        if long and home is not None and _is_tail(row):
            _append(grid, home, join_blocks(tuple(printed(row))))
            grid.rows[index] = []
        elif long:
            home = index
        elif len("".join(text(cell) for cell in row)) > _MARK:
            home = None
    grid.rows = [row for row in grid.rows if row]


def _is_tail(row: Row) -> bool:
    """Whether a row has no label: not one that a label's span covers, nor one with a prompt."""
    prompt = re.match(r"\s*(?:<p>\s*)?(?:<b>|\*\*)\s*[^\d\W]", printed(row)[0].text)
    return row[0] is not None and not text(row[0]) and not prompt


def _append(grid: Grid, index: int, tail: Block) -> None:
    row = grid.rows[index]
    column = max(c for c, cell in enumerate(row) if len(text(cell)) > _LONG)
    upper = row[column]
    if upper is not None:
        row[column] = join_blocks((upper, tail), "\n")
        grid.repairs.append(Repair("split_cell", row[column] or upper, {"text": tail.text.strip()}))


def _join_row(grid: Grid, index: int) -> None:
    for column, cell in enumerate(grid.rows[index]):
        if cell is not None and text(cell):
            _join_cell(grid, index, column, cell)
    del grid.rows[index]
    grid.breaks = {at - 1 if at > index else at for at in grid.breaks if at != index}


def _written_low(grid: Grid, column: int, index: int) -> bool:
    """Whether the column's other cells begin in lower case too: then it tells of no cut."""
    others = [row[column] for at, row in grid.near(index) if at != index and text(row[column])]
    return sum(map(starts_low, others)) * 2 > len(others)


def _join_labels(grid: Grid, index: int, columns: Sequence[int]) -> None:
    """A label cut by the break goes on beside a new row: it stays one label, over both."""
    for column in columns:
        cell, at = grid.rows[index][column], grid.above(index, column)
        if (
            cell is None
            or at is None
            or not starts_low(cell)
            or _END.search(text(grid.rows[at][column]))
        ):
            continue
        if not _written_low(grid, column, index):
            _join_cell(grid, index, column, cell)
            grid.rows[index][column] = None


def _join_cell(grid: Grid, index: int, column: int, cell: Block) -> None:
    at = grid.above(index, column)
    upper = grid.rows[at][column] if at is not None else None
    if at is None or upper is None:
        return
    joined = join_blocks((upper, cell))
    grid.repairs.append(Repair("split_cell", joined, {"text": cell.text.strip()}))
    grid.rows[at][column] = joined
