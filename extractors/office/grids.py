"""Cells with spans, as office files and web pages hold them, into a Table."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.faults import SourceError
from pipeline.model import Block, Repair, Table

MAX_PLACES = 1_000_000  # rows times columns of a table
MAX_COLUMNS = 16_384  # what spreadsheet programs allow


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and the place of its upper left corner, counted from 0.

    `line` is where it stands in reading order; `typed` says that it holds a number or a date.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    line: int | None = None
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Where:
    """What all cells of a table share: its number, the method, and a sheet's number as the page."""

    table: int
    method: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class OfficeContent:
    """What an office file or a web page holds, part by part; `page_count` counts sheets."""

    tables: tuple[Table, ...] = ()
    prose: tuple[Block, ...] = ()
    furniture: tuple[Block, ...] = ()
    footnotes: tuple[Block, ...] = ()
    repairs: tuple[Repair, ...] = ()
    page_count: int = 1


def build_table(cells: Sequence[Cell], where: Where, caption: Block | None = None) -> Table | None:
    """The Table of these cells, without its blank rows and columns; None when nothing is printed.

    A place that two cells claim stays with the first. Raises SourceError `too_large`.
    """
    printed = [cell for cell in cells if cell.text.strip()]
    if not printed:
        return None
    rows = _Axis(sorted({cell.row for cell in printed}))
    columns = _Axis(sorted({cell.column for cell in printed}))
    if len(rows.kept) * len(columns.kept) > MAX_PLACES:
        raise SourceError("too_large", f"{len(rows.kept)} × {len(columns.kept)}")
    grid = _Grid(rows, columns, where)
    for cell in cells:
        grid.put(cell)
    grid.fill({cell.row: cell.line for cell in cells})
    return Table(where.table, tuple(map(tuple, grid.cells)), caption, method=where.method)


@dataclass(frozen=True, slots=True)
class _Axis:
    """The rows, or the columns, in which something is printed, in order."""

    kept: Sequence[int]

    def cover(self, start: int, size: int) -> range:
        """Where a span stands among them: empty where nothing of it is kept."""
        return range(bisect_left(self.kept, start), bisect_left(self.kept, start + size))


class _Grid:
    """The places of a table while cells are set in them."""

    def __init__(self, rows: _Axis, columns: _Axis, where: Where) -> None:
        self.rows, self.columns, self.where = rows, columns, where
        self.cells: list[list[Block | None]] = [[None] * len(columns.kept) for _ in rows.kept]
        self.covered = [bytearray(len(columns.kept)) for _ in rows.kept]

    def put(self, cell: Cell) -> None:
        """Set a cell with what is free of its span; one whose own place is taken is left out."""
        down = self.rows.cover(cell.row, cell.row_span)
        across = self.columns.cover(cell.column, cell.column_span)
        if not down or not across or self.covered[down[0]][across[0]]:
            return
        while any(self.covered[row][across[0]] for row in down):
            down = down[:-1]
        while any(self.covered[down[0]][column] for column in across):
            across = across[:-1]
        for row in down:
            self.covered[row][across[0] : across[-1] + 1] = b"\1" * len(across)
        block = self._block(cell.text, down[0], across[0], cell.line)
        self.cells[down[0]][across[0]] = replace(block, row_span=len(down), column_span=len(across))

    def fill(self, lines: Mapping[int, int | None]) -> None:
        """Empty cells have a place too."""
        for at, row in enumerate(self.rows.kept):
            for column, covered in enumerate(self.covered[at]):
                if not covered:
                    self.cells[at][column] = self._block("", at, column, lines.get(row))

    def _block(self, text: str, row: int, column: int, line: int | None) -> Block:
        where = self.where
        return Block(
            text,
            page=where.page,
            line=line,
            method=where.method,
            table=where.table,
            row=row + 1,
            column=column + 1,
        )
