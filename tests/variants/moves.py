"""(c) Rows moved: activities swapped, cells shifted, pages broken elsewhere and inside cells.

Every function yields (name, text); the records must be those of the unchanged report, in another
order where activities were swapped, and without a cell where a shift pushed it off its row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from variants.grid import Grid, Rows, find_grids, join_rows, kind_of, printed, split_rows

SHIFTS = (-3, -2, -1, 1, 2, 3)
FEWEST_WORDS = 5  # of a cell that a page break may cut


def _labels(grid: Grid) -> int:
    """How many columns before the activity's own: those that stand empty in some full row."""
    full = [grid.padded(at) for at in grid.body if grid.is_full(at)]
    blank = [any(not row[c].strip() for row in full) for c in range(grid.width)]
    return blank.index(False) if full and False in blank else 0


def own_rows(grid: Grid) -> list[int]:
    """Rows that stand where they should, hold their values, and carry no label of their own."""
    labels = _labels(grid)
    return [
        at for at in grid.body
        if labels and grid.is_full(at) and not grid.offset(at) and not grid.is_total(at)
        and printed(grid.padded(at))[0] >= labels
    ]  # fmt: skip


def swapped(text: str) -> Iterator[tuple[str, str]]:
    """Two neighbouring activities of one objective changed about; labels stay where they were."""
    rows = split_rows(text)
    for grid in find_grids(rows):
        own, labels = set(own_rows(grid)), _labels(grid)
        for at in grid.body:
            alone = at + 2 in grid.body and len(printed(rows[at + 2])) > 1
            if grid.is_full(at) and not grid.offset(at) and at + 1 in own and alone:
                first, second = grid.padded(at), grid.padded(at + 1)
                changed = {
                    at: first[:labels] + second[labels:],
                    at + 1: second[:labels] + first[labels:],
                }
                yield f"lines {at + 1}, {at + 2}", _with(rows, changed)


def shifted(text: str) -> Iterator[tuple[str, str]]:
    """One row's cells moved: to the left it loses blank cells, to the right it grows longer."""
    return _shifted(text, SHIFTS, lambda grid, row: row)


def shifted_off(text: str) -> Iterator[tuple[str, str]]:
    """One row's cells moved to the right, the last ones pushed off and lost."""
    return _shifted(text, (1, 2), lambda grid, row: row[: grid.width], inside=True)


def _shifted(
    text: str,
    shifts: Sequence[int],
    end: Callable[[Grid, list[str]], list[str]],
    *,
    inside: bool = False,  # of a page: no cell may go on over its end
) -> Iterator[tuple[str, str]]:
    rows = split_rows(text)
    for grid in find_grids(rows):
        for at in own_rows(grid):
            if inside and at + 1 not in grid.body:
                continue
            for by in shifts:
                moved = _shift(grid.padded(at), by)
                if moved:
                    yield f"line {at + 1} by {by}", _with(rows, {at: end(grid, moved)})


def _shift(row: list[str], by: int) -> list[str]:
    if by > 0:
        return [""] * by + row
    return [] if any(cell.strip() for cell in row[:-by]) else row[-by:] + [""] * -by


def broken(text: str) -> Iterator[tuple[str, str]]:
    """A page break before another row: blank line, header again."""
    rows = split_rows(text)
    for grid in find_grids(rows):
        header = [rows[at] for at in grid.lines[: grid.tiers]]
        for at in grid.body[1:]:
            if at - 1 in grid.body:
                yield f"line {at + 1}", _insert(rows, at, [[""], *header])


def unbroken(text: str) -> Iterator[tuple[str, str]]:
    """A page break between two whole rows taken away."""
    rows = split_rows(text)
    for grid in find_grids(rows):
        for at in grid.headers[1:]:
            after = at + grid.tiers
            if all(not cell[:1].islower() for cell in rows[after]):
                kept = [*rows[: at - 1], *rows[after:]]
                yield f"line {at + 1}", join_rows(kept)


def cut(text: str, *, low: bool = True) -> Iterator[tuple[str, str]]:
    """A page break in the middle of a row, through one cell or through all its long ones.

    `low`: what goes on begins in lower case, as it mostly does; else with a capital.
    """
    rows = split_rows(text)
    for grid in find_grids(rows):
        header = [rows[at] for at in grid.lines[: grid.tiers]]
        for at in grid.body:
            if (
                not grid.is_full(at)
                or grid.offset(at)
                or at + 1 not in {*grid.body, grid.body[-1] + 1}
            ):
                continue
            for name, columns in _choices(grid, at, low):
                above, below = _cut_row(grid.padded(at), columns, low)
                lines = [above, [""], *header, below]
                yield f"line {at + 1}, {name}", join_rows([*rows[:at], *lines, *rows[at + 1 :]])


def cut_before_capital(text: str) -> Iterator[tuple[str, str]]:
    """The same, where what goes on begins with a capital letter."""
    return cut(text, low=False)


def _choices(grid: Grid, at: int, low: bool) -> Iterator[tuple[str, list[int]]]:
    row = grid.padded(at)
    first = 0 if low else _labels(grid)  # a label that begins anew after a break may be another
    long = [c for c in range(first, grid.width) if not kind_of(row[c]) and _places(row[c], low)]
    yield from ((f"column {c + 1}", [c]) for c in long)
    if len(long) > 1:
        yield "all long cells", long


def _places(cell: str, low: bool) -> list[int]:
    """Where between two words of a cell a break may fall, not right after a sentence."""
    if len(cell.split()) < FEWEST_WORDS or "<" in cell:
        return []
    found = (m.start() for m in re.finditer(r"(?<=[\wáéíóúñ,]) (?=[^\W\d_])", cell))
    return [at for at in found if cell[at + 1].islower() is low]


def _cut_row(row: Sequence[str], columns: Sequence[int], low: bool) -> tuple[list[str], list[str]]:
    above, below = list(row), [""] * len(row)
    for column in columns:
        places = _places(row[column], low)
        at = places[len(places) // 2]
        above[column], below[column] = row[column][:at], row[column][at + 1 :]
    return above, below


def cut_sheets(text: str) -> Iterator[tuple[str, str]]:
    """A page break in the middle of a sheet's value: blank lines, a row without its label."""
    rows = split_rows(text)
    wide = {at for grid in find_grids(rows) for at in grid.lines}
    for at, row in enumerate(rows):
        if at in wide or len(row) != 2 or not row[0].strip() or len(row[1].split()) < 12:
            continue
        if not _next_row(rows, at)[0].strip():
            continue  # it goes on already
        for which in (0, -1):
            places = _places(row[1], True)[3:-3]
            if places:
                cutting = places[which]
                above, below = [row[0], row[1][:cutting]], ["", row[1][cutting + 1 :]]
                lines = [above, [""], [""], [""], below]
                yield f"line {at + 1} at {which}", join_rows([*rows[:at], *lines, *rows[at + 1 :]])


def resorted_sheets(text: str) -> Iterator[tuple[str, str]]:
    """Two neighbouring rows of a two-column sheet changed about."""
    rows = split_rows(text)
    wide = {at for grid in find_grids(rows) for at in grid.lines}

    def movable(at: int) -> bool:
        own = at not in wide and len(rows[at]) == 2 and all(cell.strip() for cell in rows[at])
        return own and bool(_next_row(rows, at)[0].strip())

    for at in range(1, len(rows) - 1):
        if movable(at) and movable(at + 1) and movable(at - 1):
            yield f"line {at + 1}", _with(rows, {at: rows[at + 1], at + 1: rows[at]})


def _next_row(rows: Rows, at: int) -> list[str]:
    """The next line that is not blank."""
    return next((row for row in rows[at + 1 :] if any(cell.strip() for cell in row)), ["end"])


def _with(rows: Rows, changed: dict[int, list[str]]) -> str:
    return join_rows([changed.get(at, row) for at, row in enumerate(rows)])


def _insert(rows: Rows, at: int, lines: Sequence[list[str]]) -> str:
    return join_rows([*rows[:at], *lines, *rows[at:]])
