"""A sheet cut into pages: the same cut serves the text and the PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from samples.model import ABOVE, CUT, Column, Row, Sheet


@dataclass(frozen=True)
class Cell:
    """A place in the grid: printed itself, or covered by the cell above it or left of it."""

    text: str = ""
    kind: Literal["own", "above", "left"] = "own"
    shaded: bool = False


@dataclass(frozen=True)
class Line:
    """A row, or what of it stands on one page. `middle`: it began before and goes on after."""

    cells: tuple[Cell, ...]
    row: Row
    first: bool = True
    middle: bool = False


def paginate(sheet: Sheet) -> list[list[Line]]:
    """The lines of each page, merged cells begun anew at its top."""
    pages: list[list[Line]] = [[]]
    held: dict[str, list[str]] = {}
    for row in sheet.rows:
        if row.page:
            pages.append([])
        pieces = _count_pieces(row, sheet.columns)
        for piece in range(pieces):
            if piece:
                pages.append([])
            cells = _cut_cells(sheet.columns, row, piece, held, fresh=not pages[-1])
            pages[-1].append(Line(cells, row, piece == 0, 0 < piece < pieces - 1))
    return pages


def header_lines(columns: tuple[Column, ...]) -> list[tuple[Cell, ...]]:
    """One header line, or two where columns stand in groups, or none."""
    if not any(column.header for column in columns):
        return []
    if not any(column.group for column in columns):
        return [tuple(Cell(column.header) for column in columns)]
    top, previous = [], ""
    for column in columns:
        joined = column.group and column.group == previous
        top.append(Cell(kind="left") if joined else Cell(column.group or column.header))
        previous = column.group
    return [
        tuple(top),
        tuple(Cell(c.header) if c.group else Cell(kind="above") for c in columns),
    ]


def _count_pieces(row: Row, columns: tuple[Column, ...]) -> int:
    """On how many pages a row stands: a merged label that is cut does not cut its row."""
    return 1 + max(row.cells.get(c.key, "").count(CUT) for c in columns if not c.merge)


def _cut_cells(
    columns: tuple[Column, ...], row: Row, piece: int, held: dict[str, list[str]], fresh: bool
) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    covered = 0
    for column in columns:
        if covered:
            cells.append(Cell(kind="left"))
            covered -= 1
            continue
        covered = row.spans.get(column.key, 1) - 1
        cells.append(_cut_cell(column, row, piece, held, fresh))
    return tuple(cells)


def _cut_cell(
    column: Column, row: Row, piece: int, held: dict[str, list[str]], fresh: bool
) -> Cell:
    text = row.cells.get(column.key, ABOVE if column.merge else "")
    if text == ABOVE or (column.merge and piece):
        waiting = held.get(column.key, [])
        return Cell(waiting.pop(0) if waiting else "") if fresh else Cell(kind="above")
    pieces = [part.strip() for part in text.split(CUT)]
    if column.merge:
        held[column.key] = pieces[1:]
        return Cell(pieces[0])
    printed = pieces[piece] if piece < len(pieces) else ""
    return Cell(printed, shaded=column.key in row.shaded)
