"""Ruled tables of a PDF page: pdfplumber's grid, or camelot's where that explains more words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.tables.boxes import area, holds, middle, object_box, overlap
from extractors.tables.characters import Word, find_words
from extractors.tables.deal import Place, deal_words, is_explained
from extractors.tables.grid import Cell, Grid, make_grid
from extractors.tables.lines import join_lines
from pipeline.model import Block, Table

Opinion = Callable[[], list[Grid]]

# Share of what both cover in what either covers, from which two grids are of one table.
SAME_TABLE = 0.5


@dataclass(frozen=True, slots=True)
class Ruled:
    """What rules made of a page: its tables in reading order, and the words outside them."""

    tables: tuple[Table, ...]
    rest: tuple[Word, ...]


def read_tables(page: Any, number: int, first: int, second: Opinion) -> Ruled:
    """The tables of a pdfplumber page, numbered from `first`; `second` is asked only in doubt."""
    words = find_words(page.chars)
    grids = [grid for grid in find_grids(page, words, second) if is_table(grid, words)]
    grids.sort(key=lambda grid: (grid.bbox[1], grid.bbox[0]))
    # Of nested tables the inner one takes its words.
    dealt = deal_words(words, sorted(grids, key=lambda grid: area(grid.bbox)))
    tables = [make_table(grid, dealt, number, order) for order, grid in enumerate(grids, first)]
    return Ruled(tuple(tables), tuple(dealt.get(None, ())))


def find_grids(page: Any, words: Sequence[Word], second: Opinion) -> list[Grid]:
    """The grids of a page, each as seen by the library that explains more of its words."""
    ask = cache(second)
    finder = page.debug_tablefinder()
    rules = [object_box(edge) for edge in finder.edges]
    grids = [make_grid(table.cells, "pdfplumber", rules) for table in finder.tables]
    return [choose(grid, ask, words) for grid in grids]


def choose(grid: Grid, second: Opinion, words: Iterable[Word]) -> Grid:
    """The grid, unless it leaves words unexplained and one of the second's explains more."""
    inside = [word for word in words if not word.turn and holds(grid.bbox, middle(word.bbox))]
    explained = count_explained(grid, inside)
    if explained == len(inside):
        return grid
    rivals = [other for other in second() if is_rival(other, grid, inside)]
    best = max(rivals, key=lambda other: count_explained(other, inside), default=grid)
    return best if count_explained(best, inside) > explained else grid


def is_rival(other: Grid, grid: Grid, words: Sequence[Word]) -> bool:
    """Whether the other is a grid of the same table, and tells as much of its text apart.

    One cell around everything would explain every word. A rule too many often parts the lines of a
    cell, so half the rows are enough.
    """
    rows, columns = _count_filled(grid, words)
    other_rows, other_columns = _count_filled(other, words)
    same = overlap(other.bbox, grid.bbox) > SAME_TABLE
    return same and other_columns >= columns and 2 * other_rows >= rows


def _count_filled(grid: Grid, words: Iterable[Word]) -> tuple[int, int]:
    """How many rows and columns hold text."""
    cells = {cell for word in words if (cell := grid.cell_at(middle(word.bbox)))}
    return len({cell.row for cell in cells}), len({cell.column for cell in cells})


def count_explained(grid: Grid, words: Iterable[Word]) -> int:
    """How many words stand whole in one printed cell."""
    return sum(is_explained(grid, word) for word in words)


def is_table(grid: Grid, words: Iterable[Word]) -> bool:
    """Whether the grid has columns that hold text; a box around prose has one.

    Text beside an empty first column is the rest of a sheet's value, cut by the page.
    """
    inside = (word for word in words if holds(grid.bbox, middle(word.bbox)))
    columns = {place[1].column for place in deal_words(inside, [grid]) if place}
    return len(columns) > 1 or (len(columns) == 1 and (grid.shape[1] > 2 or 0 not in columns))


def make_table(grid: Grid, dealt: dict[Place, list[Word]], page: int, number: int) -> Table:
    """The grid with its text: lines of a cell joined by newlines, None where a span covers."""
    rows: list[list[Block | None]] = [[None] * grid.shape[1] for _ in range(grid.shape[0])]
    for cell in grid.cells:
        words = dealt.get((grid, cell), ())
        rows[cell.row][cell.column] = _block(grid, cell, words, page, number)
    return Table(number, tuple(map(tuple, rows)), method=grid.method)


def _block(grid: Grid, cell: Cell, words: Iterable[Word], page: int, number: int) -> Block:
    return Block(
        "\n".join(line.text for line in join_lines(words)),
        page=page,
        bbox=grid.box(cell),
        method=grid.method,
        table=number,
        row=cell.row + 1,
        column=cell.column + 1,
        row_span=cell.row_span,
        column_span=cell.column_span,
    )
