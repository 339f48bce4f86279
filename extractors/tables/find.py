"""The ruled tables of a page, with the words of each cell, and the words that no table holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extractors.geometry import Geometry, Ints, Words
from extractors.tables.boxes import area
from extractors.tables.flow import join_texts, order_words
from extractors.tables.grid import Grid
from extractors.tables.judge import is_table
from extractors.tables.lattice import find_ruled
from extractors.tables.place import Placed, place_words
from extractors.tables.turned import set_upright
from pipeline.model import Block, Table


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The tables of a page in reading order, its words, and the indices of those in no table."""

    tables: tuple[Table, ...]
    words: Words
    rest: Ints


def read_tables(geometry: Geometry, first: int, others: Sequence[Grid] = ()) -> Found:
    """The ruled tables of a page and those of `others` (unruled grids), numbered from `first`."""
    grids = find_grids(geometry)
    return make_tables(geometry, [*grids, *others], first)


def find_grids(geometry: Geometry) -> list[Grid]:
    """The grids of a page that are tables, each in the frame where its text runs across."""
    grids = sorted(find_ruled(geometry), key=_size)
    grids = [set_upright(grid, geometry) for grid in grids]
    placed = place_words(geometry, grids)
    return [grid for at, grid in enumerate(grids) if is_table(grid, at, placed)]


def make_tables(geometry: Geometry, grids: Sequence[Grid], first: int) -> Found:
    """The tables of these grids with their text, in reading order; nested, the inner one reads."""
    inner_first = sorted(grids, key=_size)
    placed = place_words(geometry, inner_first)
    texts = _cell_texts(placed, inner_first)
    order = sorted(range(len(grids)), key=lambda at: _place(inner_first[at]))
    tables = (
        _make_table(inner_first[at], texts, placed.firsts[at], geometry.number, number)
        for number, at in enumerate(order, first)
    )
    return Found(tuple(tables), placed.words, placed.rest)


def _cell_texts(placed: Placed, grids: Sequence[Grid]) -> dict[int, str]:
    """The text of each cell that holds any, lines joined by newlines."""
    texts: dict[int, str] = {}
    for turn in sorted({grid.turn for grid in grids}):
        bounds = [
            (first, first + len(grid.cells))
            for grid, first in zip(grids, placed.firsts, strict=True)
            if grid.turn == turn
        ]
        inside = np.zeros(len(placed.cells), dtype=np.bool_)
        for low, high in bounds:
            inside |= (placed.cells >= low) & (placed.cells < high)
        which = np.flatnonzero(inside)
        if len(which):
            flow = order_words(placed.words, which, placed.cells[which], turn)
            cells = placed.cells[flow.order]
            starts = np.flatnonzero(np.concatenate(([True], np.diff(cells) != 0)))
            found = join_texts(placed.words, flow, starts)
            texts.update(zip(cells[starts].tolist(), found, strict=True))
    return texts


def _make_table(grid: Grid, texts: dict[int, str], first: int, page: int, number: int) -> Table:
    rows: list[list[Block | None]] = [[None] * grid.shape[1] for _ in range(grid.shape[0])]
    for at, cell in enumerate(grid.cells, first):
        rows[cell.row][cell.column] = Block(
            texts.get(at, ""),
            page=page,
            bbox=grid.box(cell),
            method=grid.method,
            table=number,
            row=cell.row + 1,
            column=cell.column + 1,
            row_span=cell.row_span,
            column_span=cell.column_span,
        )
    return Table(number, tuple(map(tuple, rows)), method=grid.method)


def _size(grid: Grid) -> float:
    return area(grid.bbox)


def _place(grid: Grid) -> tuple[float, float]:
    return grid.bbox[1], grid.bbox[0]
