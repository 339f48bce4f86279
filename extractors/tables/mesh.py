"""Lines that hang together into a grid: its positions, its open sides, its merged cells."""

from __future__ import annotations

from itertools import pairwise
from operator import attrgetter

import numpy as np

from extractors.geometry import Flags, Floats, Ints
from extractors.tables.grid import LOWEST_ROW, NARROWEST_COLUMN, Cell, Grid
from extractors.tables.rules import Lines

# Share of a cell's side that must be drawn for the side to be ruled.
DRAWN = 0.75
# Share of the lines that must reach over the outermost rule for a column (row) to be open there.
OPEN = 0.5
# More places than this are no table: hatching, or a page made to fill its reader's memory.
MOST_PLACES = 100_000
OVER = 1.0  # points by which a word must reach over a rule to be cut by it


def make_mesh(
    drawn: tuple[Lines, Lines], lying: Lines, standing: Lines, words: Floats
) -> Grid | None:
    """The grid of the lines `lying` and `standing`, or None where they enclose no two cells.

    `drawn` are all lines of the page, across and down: one that meets no other may still part two
    cells. `words` (n, 4) are the page's: without words a side is never open.
    """
    middles = (words[:, :2] + words[:, 2:]) / 2
    ys = _positions(lying, LOWEST_ROW)
    xs = _positions(standing, NARROWEST_COLUMN)
    left, right = _open_sides(lying, xs, NARROWEST_COLUMN, _between(middles, 1, ys), 0)
    top, bottom = _open_sides(standing, ys, LOWEST_ROW, _between(middles, 0, xs), 1)
    xs = np.concatenate((left, xs, right))
    ys = np.concatenate((top, ys, bottom))
    places = max(len(xs) - 1, 0) * max(len(ys) - 1, 0)
    if not 2 <= places <= MOST_PLACES:
        return None
    lies = _drawn(drawn[0], ys, xs, LOWEST_ROW)  # (rows + 1, columns)
    stands = _drawn(drawn[1], xs, ys, NARROWEST_COLUMN).T  # (rows, columns + 1)
    # Where a side is open the end of the rules stands for one.
    stands[:, 0] |= bool(len(left))
    stands[:, -1] |= bool(len(right))
    lies[0] |= bool(len(top))
    lies[-1] |= bool(len(bottom))
    cells = [
        part
        for cell in _cells(lies, stands)
        for part in ([cell] if cell.printed else _part_cell(cell, xs, ys, words))
    ]
    return Grid(tuple(xs.tolist()), tuple(ys.tolist()), tuple(cells), "ruled")


def _positions(lines: Lines, least: float) -> Floats:
    """Where these lines stand, sorted; two too close for text are one."""
    at = np.unique(lines.at)
    close = np.diff(at) <= least
    if not close.any():
        return at
    group = np.concatenate(([0], np.cumsum(~close)))
    return np.asarray(np.bincount(group, at) / np.bincount(group))


def _between(middles: Floats, axis: int, positions: Floats) -> Floats:
    """The words that stand between the first and the last of these positions."""
    where = middles[:, axis]
    if not len(positions):
        return middles[:0]
    inside = (positions[0] <= where) & (where <= positions[-1])
    return np.asarray(middles[inside])


def _open_sides(
    lines: Lines, positions: Floats, least: float, middles: Floats, axis: int
) -> tuple[Floats, Floats]:
    """Where cells without an outer rule end: before the first position and after the last."""
    none = np.empty(0)
    if not len(positions) or len(lines) < 2:
        return none, none
    where = middles[:, axis]
    start, end = float(lines.starts.min()), float(lines.ends.max())
    early = lines.starts < positions[0] - least
    late = lines.ends > positions[-1] + least
    before = early.mean() >= OPEN and early.sum() > 1
    after = late.mean() >= OPEN and late.sum() > 1
    before = before and bool(((start < where) & (where < positions[0])).any())
    after = after and bool(((positions[-1] < where) & (where < end)).any())
    return np.array([start] if before else []), np.array([end] if after else [])


def _drawn(lines: Lines, positions: Floats, stops: Floats, reach: float) -> Flags:
    """Whether a line is drawn at a position from each stop to the next: (positions, stops - 1)."""
    which = np.abs(lines.at[:, None] - positions[None, :]).argmin(axis=1)
    near = np.abs(lines.at - positions[which]) <= reach
    starts, ends = lines.starts[near, None], lines.ends[near, None]
    covered = np.minimum(ends, stops[None, 1:]) - np.maximum(starts, stops[None, :-1])
    total = np.zeros((len(positions), len(stops) - 1))
    np.add.at(total, which[near], np.maximum(covered, 0.0))
    return np.asarray(total >= DRAWN * np.diff(stops)[None, :])


def _cells(lies: Flags, stands: Flags) -> tuple[Cell, ...]:
    """The cells between the rules drawn; a place that is no rectangle falls into its rows."""
    columns = lies.shape[1]
    # The place of each spot's cell that lies first: where the last rules above and left of it meet.
    owners = (_last_rule(lies[:-1], 0) * columns + _last_rule(stands[:, :-1], 1)).ravel()
    counts = np.bincount(owners)
    rows_to, columns_to = np.zeros_like(counts), np.zeros_like(counts)
    row, column = np.divmod(np.arange(len(owners)), columns)
    np.maximum.at(rows_to, owners, row)
    np.maximum.at(columns_to, owners, column)
    firsts = np.flatnonzero(counts)
    top, left = np.divmod(firsts, columns)
    bottom, right = rows_to[firsts], columns_to[firsts]
    whole = (bottom - top + 1) * (right - left + 1) == counts[firsts]
    printed = _enclosed(lies, stands, top, bottom, left, right)
    found = np.column_stack((top, left, bottom - top + 1, right - left + 1, printed))[whole]
    cells = [
        Cell(first_row, first_column, high, wide, bool(sure))
        for first_row, first_column, high, wide, sure in found.tolist()
    ]
    for first in firsts[~whole].tolist():
        cells += _pieces(np.flatnonzero(owners == first), columns)
    return tuple(sorted(cells, key=attrgetter("row", "column")))


def _last_rule(drawn: Flags, axis: int) -> Ints:
    """The last place before each one, itself included, that begins with a rule."""
    places = np.arange(drawn.shape[axis])
    numbers = np.where(drawn, places[:, None] if axis == 0 else places[None, :], 0)
    return np.asarray(np.maximum.accumulate(numbers, axis=axis))


def _enclosed(
    lies: Flags, stands: Flags, top: Ints, bottom: Ints, left: Ints, right: Ints
) -> Flags:
    """Whether rules are drawn around each cell; at the table's edge some may fail."""
    across = np.zeros((lies.shape[0], lies.shape[1] + 1), dtype=np.int64)
    down = np.zeros((stands.shape[0] + 1, stands.shape[1]), dtype=np.int64)
    np.cumsum(lies, axis=1, out=across[:, 1:])
    np.cumsum(stands, axis=0, out=down[1:])
    width, height = right - left + 1, bottom - top + 1
    missing = np.stack(
        (
            across[top, right + 1] - across[top, left] < width,
            across[bottom + 1, right + 1] - across[bottom + 1, left] < width,
            down[bottom + 1, left] - down[top, left] < height,
            down[bottom + 1, right + 1] - down[top, right + 1] < height,
        )
    )
    rows, columns = stands.shape[0], lies.shape[1]
    outer = np.stack((top == 0, bottom == rows - 1, left == 0, right == columns - 1))
    corner = missing[:2].any(axis=0) & missing[2:].any(axis=0)
    small = (width == 1) & (height == 1)  # a larger place is the page beside an uneven table
    return np.asarray(~(missing & ~outer).any(axis=0) & (~corner | small))


def _pieces(spots: Ints, columns: int) -> list[Cell]:
    """The spots of a place that is no rectangle, row by row, one cell for those side by side."""
    parts = np.split(spots, np.flatnonzero(np.diff(spots) != 1) + 1)
    pieces: list[Cell] = []
    for part in parts:
        for row in np.unique(part // columns).tolist():
            inside = part[part // columns == row]
            pieces.append(Cell(row, int(inside[0] % columns), 1, len(inside), printed=False))
    return pieces


def _part_cell(cell: Cell, xs: Floats, ys: Floats, words: Floats) -> list[Cell]:
    """A place in one row, parted where a rule above or below would part its words, and cuts none.

    Of the rules of a table over many pages some are lost in print.
    """
    if cell.row_span > 1 or cell.column_span == 1:
        return [cell]
    level = (words[:, 1] + words[:, 3]) / 2
    inside = words[(ys[cell.row] < level) & (level < ys[cell.row + 1])]
    stops = [cell.column]
    end = cell.column + cell.column_span
    for column in range(cell.column + 1, end):
        left, x, right = xs[stops[-1]], xs[column], xs[column + 1]
        over = (inside[:, 0] < x - OVER) & (inside[:, 2] > x + OVER)
        middle = (inside[:, 0] + inside[:, 2]) / 2
        before, after = (left < middle) & (middle < x), (x < middle) & (middle < right)
        if before.any() and after.any() and not over.any():
            stops.append(column)
    if len(stops) == 1:
        return [cell]
    return [Cell(cell.row, start, 1, stop - start) for start, stop in pairwise((*stops, end))]
