"""Ruled tables of a PDF page: pdfplumber's grid, or camelot's where that explains more words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.tables.characters import (
    Char,
    box_of,
    char_box,
    find_lines,
    find_words,
    is_tilted,
    middle,
)
from extractors.tables.grid import Cell, Grid, make_grid
from pipeline.model import Block, Box, Table

Opinion = Callable[[], list[Grid]]


@dataclass(frozen=True, slots=True)
class Ruled:
    """What ruled a page: its tables in reading order, and the characters outside them."""

    tables: tuple[Table, ...]
    rest: tuple[Char, ...]


def read_tables(page: Any, number: int, first: int, second: Opinion) -> Ruled:
    """The tables of a pdfplumber page, numbered from `first`; `second` is asked only in doubt."""
    grids = [grid for grid in find_grids(page, second) if is_table(grid, page.chars)]
    grids.sort(key=lambda grid: (grid.bbox[1], grid.bbox[0]))
    inside, rest = _deal(page.chars, grids)
    tables = [
        make_table(grid, chars, number, order)
        for order, (grid, chars) in enumerate(zip(grids, inside, strict=True), start=first)
    ]
    return Ruled(tuple(tables), tuple(rest))


def find_grids(page: Any, second: Opinion) -> list[Grid]:
    """The grids of a page, each as seen by the library that explains more of its words."""
    words = find_words(page.chars)
    ask = cache(second)
    grids = [make_grid(table.cells, "pdfplumber") for table in page.find_tables()]
    return [better(grid, ask, _words_in(grid.bbox, words)) for grid in grids]


def better(grid: Grid, second: Opinion, words: Sequence[Sequence[Char]]) -> Grid:
    """The first grid, unless it leaves words unexplained and the other's explains more of them."""
    explained = count_explained(grid, words)
    if explained == len(words):
        return grid
    rivals = [other for other in second() if _overlap(other.bbox, grid.bbox) > 0.5]
    # One cell around everything would explain every word: a rival must tell as much apart.
    rivals = [other for other in rivals if len(_printed(other)) >= len(_printed(grid))]
    best = max(rivals, key=lambda other: count_explained(other, words), default=grid)
    return best if count_explained(best, words) > explained else grid


def count_explained(grid: Grid, words: Iterable[Sequence[Char]]) -> int:
    """How many words stand whole in one printed cell."""
    return sum(_is_explained(grid, word) for word in words)


def is_table(grid: Grid, chars: Iterable[Char]) -> bool:
    """Whether the grid has two columns and any text; a box around prose has one."""
    return grid.shape[1] > 1 and any(
        grid.cell_at(middle(char_box(char))) for char in chars if not char["text"].isspace()
    )


def make_table(grid: Grid, chars: Iterable[Char], page: int, number: int) -> Table:
    """The grid with its text: lines of a cell joined by newlines, None where a span covers."""
    by_cell: dict[Cell, list[Char]] = {cell: [] for cell in grid.cells}
    for char in chars:
        if cell := grid.cell_at(middle(char_box(char))):
            by_cell[cell].append(char)
    rows: list[list[Block | None]] = [[None] * grid.shape[1] for _ in range(grid.shape[0])]
    for cell, inside in by_cell.items():
        rows[cell.row][cell.column] = _block(grid, cell, inside, page, number)
    return Table(number, tuple(map(tuple, rows)), method=grid.method)


def _block(grid: Grid, cell: Cell, chars: Iterable[Char], page: int, number: int) -> Block:
    return Block(
        "\n".join(line.text for line in find_lines(chars)),
        page=page,
        bbox=grid.box(cell),
        method=grid.method,
        table=number,
        row=cell.row + 1,
        column=cell.column + 1,
        row_span=cell.row_span,
        column_span=cell.column_span,
    )


def _deal(chars: Iterable[Char], grids: Sequence[Grid]) -> tuple[list[list[Char]], list[Char]]:
    """The characters of each grid, and those of none; of nested grids the smallest takes them."""
    inside: list[list[Char]] = [[] for _ in grids]
    rest: list[Char] = []
    smallest_first = sorted(range(len(grids)), key=lambda i: _area(grids[i].bbox))
    for char in chars:
        point = middle(char_box(char))
        holders = (i for i in smallest_first if grids[i].cell_at(point))
        owner = None if is_tilted(char) else next(holders, None)
        (rest if owner is None else inside[owner]).append(char)
    return inside, rest


def _is_explained(grid: Grid, word: Sequence[Char]) -> bool:
    cells = {grid.cell_at(middle(char_box(char))) for char in word}
    cell = cells.pop()
    return not cells and cell is not None and cell.printed


def _words_in(box: Box, words: Iterable[Sequence[Char]]) -> list[Sequence[Char]]:
    return [word for word in words if _holds(box, middle(box_of(map(char_box, word))))]


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box[0] <= point[0] < box[2] and box[1] <= point[1] < box[3]


def _printed(grid: Grid) -> list[Cell]:
    return [cell for cell in grid.cells if cell.printed]


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _overlap(one: Box, other: Box) -> float:
    """Share of the smaller box that both cover."""
    shared = (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )
    if shared[0] >= shared[2] or shared[1] >= shared[3]:
        return 0.0
    return _area(shared) / min(_area(one), _area(other))
