"""Rows whose cells moved: lost leading cells, one cell too many, a lone cell of a merged row.

The evidence is the columns' own content: where the other rows have their dates, percentages and
amounts. Only text reports need it; on a page, the ruling says where a cell stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from extractors.shapes import TYPED, Shape, shape
from extractors.tables.rows import Grid, Row, is_total, printed, squash, text
from pipeline.model import Block, Repair

_FILLED = 0.3
_ALIKE = 60.0
_MARGIN = 10.0


def align_rows(grid: Grid) -> None:
    """Put every row's cells back under their columns; each move is recorded as a `row_shift`."""
    filled = grid.fill_rates()
    # A column that hardly any row reaches has its shape from the very rows that moved.
    shapes: list[Shape] = [
        s if f >= _FILLED else "" for s, f in zip(grid.shapes(), filled, strict=True)
    ]
    for index in range(grid.header_rows, len(grid.rows)):
        row = grid.rows[index]
        if is_total(row):
            continue
        moved = _align_lone(grid, index) or _align_typed(row, shapes, filled)
        if moved:
            first = printed(row)[0]
            by = str(_column_of(moved, first) - _column_of(row, first))
            grid.repairs.append(Repair("row_shift", first, {"by": by}))
            grid.rows[index] = moved


def _column_of(row: Row, block: Block) -> int:
    return next(i for i, cell in enumerate(row) if cell is block)


def _align_typed(row: Row, shapes: Sequence[Shape], filled: Sequence[float]) -> Row | None:
    """The row with its cells under the columns they fit best, if where they stand they do not."""
    cells = printed(row)
    here = sum(1 for cell, want in zip(row, shapes, strict=True) if _fits(cell, want))
    places = _best_places([shape(cell.text) for cell in cells], shapes, filled)
    gain = sum(1 for cell, at in zip(cells, places, strict=True) if _fits(cell, shapes[at]))
    if gain <= here or (here > 0 and gain < here + 2):
        return None
    blank = next(cell for cell in row if cell is not None).with_text("")
    moved: Row = [blank] * len(row)
    for cell, at in zip(cells, places, strict=True):
        moved[at] = cell
    return moved


def _fits(cell: Block | None, want: Shape) -> bool:
    return want in TYPED and shape(text(cell)) == want


def _best_places(
    cells: Sequence[Shape], columns: Sequence[Shape], filled: Sequence[float]
) -> list[int]:
    """The columns for these cells, order kept, where their shapes fit best.

    Two placements that fit alike are told apart by how often a column is filled: a row that lost
    its merged labels still has its own cells.
    """
    best: list[list[tuple[float, list[int]]]] = [[(0.0, [])] * (len(columns) + 1)]
    for i, cell in enumerate(cells):
        line: list[tuple[float, list[int]]] = [(-1e9, [])] * (i + 1)
        for j, column in enumerate(columns[i:], start=i):
            score, places = best[-1][j]
            taken = (score + _gain(cell, column, filled[j]), [*places, j])
            line.append(max(line[-1], taken, key=lambda one: one[0]))
        best.append(line)
    return best[-1][-1][1]


def _gain(cell: Shape, column: Shape, filled: float) -> float:
    if cell == column and cell in TYPED:
        return 3.0
    if column in TYPED:
        return -3.0 if cell in TYPED else -1.0
    return 0.0 if cell in TYPED else filled


def _align_lone(grid: Grid, index: int) -> Row | None:
    """A row of one cell that resembles a cell of the row above belongs under that one.

    Its other cells are then covered: merged with those above.
    """
    row, width = grid.rows[index], grid.width
    cells = printed(row)
    if width < 4 or len(cells) != 1 or index == grid.header_rows or not text(row[0]):
        return None
    scores = [_alike(cells[0], grid.rows[index - 1][c]) for c in range(width)]
    best = max(range(width), key=lambda c: scores[c])
    others = [score for c, score in enumerate(scores) if c != best]
    if best == 0 or scores[best] < _ALIKE or scores[best] < max(others) + _MARGIN:
        return None
    return [cells[0] if c == best else None for c in range(width)]


def _alike(one: Block, other: Block | None) -> float:
    """Likeness of two beginnings, 0–100."""
    return fuzz.ratio(squash(one.text)[:60], squash(text(other))[:60]) if text(other) else 0.0
