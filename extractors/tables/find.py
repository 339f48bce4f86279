"""The ruled tables of a page, with the words of each cell, and the words that no table holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from extractors.geometry import Geometry, Ints, Words
from extractors.tables.boxes import area
from extractors.tables.choose import Choice, Difference, choose_grid
from extractors.tables.even_rows import find_even_rows
from extractors.tables.flow import join_texts, order_words
from extractors.tables.grid import Grid
from extractors.tables.judge import find_doubted, is_table
from extractors.tables.lattice import find_ruled
from extractors.tables.open_rows import find_open_rows, part_rows
from extractors.tables.place import Placed, find_confidences, place_words
from extractors.tables.turned import set_upright
from pipeline.model import Block, Repair, Table

Ask = Callable[[int], Iterable[Sequence[Grid]]]  # what others see of page n, one by one


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The tables of a page in reading order, its words, and the indices of those in no table."""

    tables: tuple[Table, ...]
    words: Words
    rest: Ints


def read_tables(geometry: Geometry, first: int, ask: Ask | None = None) -> Found:
    """The ruled tables of a page, numbered from `first`; `ask` (others' grids) only in doubt."""
    return make_tables(geometry, find_grids(geometry, ask), first)


def find_grids(geometry: Geometry, ask: Ask | None = None) -> list[Choice]:
    """The ruled grids of a page that are tables, each in the frame where its text runs across."""
    grids = [set_upright(grid, geometry) for grid in find_ruled(geometry)]
    grids.sort(key=_size)
    placed = place_words(geometry, grids)
    opened = _open_rows(grids, placed, geometry)
    if opened != grids:
        grids, placed = opened, place_words(geometry, opened)
    grids, doubted = _sift(grids, placed)
    choices = [Choice(grid) for grid in grids]
    if doubted:
        # Every grid in doubt is shown to the same answers: no reader is asked twice about a page.
        # Of a scan they see nothing.
        printed = geometry.method == "pdfium"
        answers = _Answers(ask(geometry.number) if ask and printed else ())
        choices += [choose_grid(grid, answers, geometry) for grid in doubted]
    return [choice for choice in choices if choice.is_clear]


def _open_rows(grids: Sequence[Grid], placed: Placed, geometry: Geometry) -> list[Grid]:
    """The grids, rows parted that no rules part; one that has no other row is not for rules."""
    opened: list[Grid] = []
    for at, grid in enumerate(grids):
        cuts = find_open_rows(grid, at, placed, geometry)
        cuts = cuts or find_even_rows(grid, at, placed, geometry)
        if len(cuts) < grid.shape[0]:
            opened.append(part_rows(grid, cuts) if cuts else grid)
    return opened


def _sift(grids: Sequence[Grid], placed: Placed) -> tuple[list[Grid], list[Grid]]:
    """The grids that are tables: those that explain their words, and those in doubt."""
    doubted = set(find_doubted(grids, placed))
    tables = [at for at, grid in enumerate(grids) if is_table(grid, at, placed)]
    return (
        [grids[at] for at in tables if at not in doubted],
        [grids[at] for at in tables if at in doubted],
    )


class _Answers:
    """What readers said so far, and the next one's answer when it is wanted."""

    def __init__(self, readers: Iterable[Sequence[Grid]]) -> None:
        self._said: list[Sequence[Grid]] = []
        self._readers = iter(readers)

    def __iter__(self) -> Iterator[Sequence[Grid]]:
        yield from self._said
        for answer in self._readers:
            self._said.append(answer)
            yield answer


def make_tables(geometry: Geometry, choices: Sequence[Choice], first: int) -> Found:
    """The tables of these grids with their text, in reading order; nested, the inner one reads."""
    inner_first = sorted(choices, key=lambda choice: _size(choice.grid))
    grids = [choice.grid for choice in inner_first]
    placed = place_words(geometry, grids)
    told = _Told(
        geometry.number,
        "" if geometry.method == "pdfium" else geometry.method,
        _cell_texts(placed, grids),
        find_confidences(geometry, placed),
    )
    order = sorted(range(len(grids)), key=lambda at: _place(grids[at]))
    tables = (
        _make_table(inner_first[at], told, placed.firsts[at], number)
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


@dataclass(frozen=True, slots=True)
class _Told:
    """What a page tells of the cells of all its grids, numbered through."""

    page: int
    reader: str  # of the text, where it was not printed; empty: the grid's method is the cell's
    texts: Mapping[int, str]
    confidences: Mapping[int, float]


def _make_table(choice: Choice, told: _Told, first: int, number: int) -> Table:
    grid = choice.grid
    blocks = [
        Block(
            told.texts.get(at, ""),
            page=told.page,
            bbox=grid.box(cell),
            method=told.reader or grid.method,
            confidence=told.confidences.get(at),
            table=number,
            row=cell.row + 1,
            column=cell.column + 1,
            row_span=cell.row_span,
            column_span=cell.column_span,
        )
        for at, cell in enumerate(grid.cells, first)
    ]
    rows: list[list[Block | None]] = [[None] * grid.shape[1] for _ in range(grid.shape[0])]
    for cell, block in zip(grid.cells, blocks, strict=True):
        rows[cell.row][cell.column] = block
    repairs = tuple(_repair(blocks[one.cell], one) for one in choice.differences)
    return Table(number, tuple(map(tuple, rows)), method=grid.method, repairs=repairs)


def _repair(block: Block, difference: Difference) -> Repair:
    detail = {"reader": difference.reader, "other": difference.text}
    return Repair("reader_disagreement", block, detail)


def _size(grid: Grid) -> float:
    return area(grid.bbox)


def _place(grid: Grid) -> tuple[float, float]:
    return grid.bbox[1], grid.bbox[0]
