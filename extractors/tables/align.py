"""Rows whose cells moved: lost leading cells, one cell too many, a lone cell of a merged row.

The evidence is the columns' own content: where the other rows have their dates, percentages and
amounts. Only text reports need it; on a page, the ruling says where a cell stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from extractors.shapes import TYPED, Shape, shape
from extractors.tables.rows import Grid, Row, is_total, printed, squash, text
from pipeline.model import Block, Repair

_FILLED = 0.3
_OWN = 0.9  # a column that so many rows fill holds what each row is about
_ALIKE = 60.0
_MARGIN = 10.0
_TOGETHER = 0.3  # what two cells gain by staying as far apart as they stood


def align_rows(grid: Grid) -> None:
    """Put every row's values back under their columns; each move is recorded as a `row_shift`."""
    filled = grid.fill_rates()
    # A column that hardly any row reaches has its shape from the very rows that moved.
    shapes: list[Shape] = [
        s if f >= _FILLED else "" for s, f in zip(grid.shapes(), filled, strict=True)
    ]
    for index, row in _body(grid):
        _move(grid, index, _align_typed(row, shapes, filled))


def align_lone_cells(grid: Grid) -> None:
    """Put the only cell of a row under the one it resembles; each move is a `row_shift` too."""
    filled = grid.fill_rates()
    for index, _ in _body(grid):
        _move(grid, index, _align_lone(grid, index, filled))


def _body(grid: Grid) -> Iterator[tuple[int, Row]]:
    rows = enumerate(grid.rows[grid.header_rows :], grid.header_rows)
    return ((index, row) for index, row in rows if not is_total(row))


def _move(grid: Grid, index: int, moved: Row | None) -> None:
    if moved is None:
        return
    first = printed(grid.rows[index])[0]
    by = _column_of(moved, first) - _column_of(grid.rows[index], first)
    if by:
        grid.repairs.append(Repair("row_shift", first, {"by": str(by)}))
    grid.rows[index] = moved


def _column_of(row: Row, block: Block) -> int:
    return next(i for i, cell in enumerate(row) if cell is block)


def _align_typed(row: Row, shapes: Sequence[Shape], filled: Sequence[float]) -> Row | None:
    """The row with its cells under the columns they fit best, if where they stand they do not."""
    stand = [at for at, cell in enumerate(row) if cell is not None and cell.text.strip()]
    cells = printed(row)
    kinds = [shape(cell.text) for cell in cells]
    here = sum(_fits(kind, shapes[at]) for kind, at in zip(kinds, stand, strict=False))
    if here == sum(kind in TYPED for kind in kinds):
        return None
    places = _best_places(kinds, stand, shapes, filled)
    gain = sum(_fits(kind, shapes[at]) for kind, at in zip(kinds, places, strict=True))
    if gain <= here or (here > 0 and gain < here + 2):
        return None
    blank = next(cell for cell in row if cell is not None).with_text("")
    moved: Row = [blank] * len(row)
    for cell, at in zip(cells, places, strict=True):
        moved[at] = cell
    return moved


def _fits(kind: Shape, want: Shape) -> bool:
    return want in TYPED and kind == want


def _best_places(
    cells: Sequence[Shape],
    stand: Sequence[int],
    columns: Sequence[Shape],
    filled: Sequence[float],
) -> list[int]:
    """The columns for these cells, order kept, where their shapes fit best.

    Placements that fit alike are told apart by what moved together (cells `stand` side by side) and
    by how often a column is filled: a row that lost its merged labels still has its own cells.
    """
    width, count = len(columns), len(cells)
    best: list[dict[int, tuple[float, int]]] = []  # for each cell: column -> score, column before
    for i, cell in enumerate(cells):
        line: dict[int, tuple[float, int]] = {}
        for j in range(i, width - (count - 1 - i)):
            gain = _gain(cell, columns[j], filled[j])
            step = stand[i] - stand[i - 1] if i else 0
            before = (
                ((s + (_TOGETHER if j - k == step else 0.0), k) for k, (s, _) in best[-1].items()
                 if k < j) if i else iter([(0.0, -1)])
            )  # fmt: skip
            score, came = max(before)
            line[j] = (score + gain, came)
        best.append(line)
    return _trace(best)


def _trace(best: Sequence[dict[int, tuple[float, int]]]) -> list[int]:
    """The columns of the best placement, from its last cell back to its first."""
    at = max(best[-1], key=lambda column: (best[-1][column][0], column))
    places = []
    for line in reversed(best):
        places.append(at)
        at = line[at][1]
    return places[::-1]


def _gain(cell: Shape, column: Shape, filled: float) -> float:
    if cell == column and cell in TYPED:
        return 3.0
    if column in TYPED:
        return -3.0 if cell in TYPED else -1.0
    return 0.0 if cell in TYPED else filled


def _align_lone(grid: Grid, index: int, filled: Sequence[float]) -> Row | None:
    """A row of one cell that resembles a cell of the row above belongs under that one.

    Its other cells are then covered: merged with those above. Where it stands already, only if
    nearly every row fills that column: a lone label begins a group of its own.
    """
    row, width = grid.rows[index], grid.width
    cells = printed(row)
    if width < 4 or len(cells) != 1 or index == grid.header_rows or not text(row[0]):
        return None
    scores = [_alike(cells[0], grid.rows[index - 1][c]) for c in range(width)]
    best = max(range(width), key=lambda c: scores[c])
    others = [score for c, score in enumerate(scores) if c != best]
    if best == 0 and filled[0] < _OWN:
        return None
    if scores[best] < _ALIKE or scores[best] < max(others) + _MARGIN:
        return None
    return [cells[0] if c == best else None for c in range(width)]


def _alike(one: Block, other: Block | None) -> float:
    """Likeness of two beginnings, 0–100."""
    return fuzz.ratio(squash(one.text)[:60], squash(text(other))[:60]) if text(other) else 0.0
