"""(a) The columns of the wide tables in another order.

Columns under one group ("RESPONSABLE / APOYO") stay together, as a person would lay them out; month
grids keep their order. Header rows, repeated headers, body rows and subtotal rows move alike. A row
that the converter had moved is first put back: which cells it lost depends on the layout.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from variants.grid import Grid, Rows, find_grids, join_rows, kind_of, printed, split_rows

Unit = tuple[int, ...]  # columns that stay together
Order = Callable[[list[Unit]], list[Unit]]


def units(grid: Grid) -> list[Unit]:
    """The columns, those under one group's name as one unit."""
    first = grid.padded(grid.lines[0])
    second = grid.padded(grid.lines[1]) if grid.tiers == 2 else [""] * grid.width
    found: list[list[int]] = []
    for column in range(grid.width):
        under = not first[column].strip() and second[column].strip()
        if found and under:
            found[-1].append(column)
        else:
            found.append([column])
    return [tuple(unit) for unit in found]


def reorder(text: str, order: Order) -> str:
    """The text with the columns of every wide table in another order."""
    rows = split_rows(text)
    for grid in list(find_grids(rows)):
        _reorder(rows, grid, order(units(grid)))
    return join_rows(rows)


def _reorder(rows: Rows, grid: Grid, placed: list[Unit]) -> None:
    columns = [column for unit in placed for column in unit]
    group = grid.padded(grid.lines[0])
    named = [group[min(unit)] if at == 0 else "" for unit in placed for at in range(len(unit))]
    changed = {at: [_home(grid, at)[c] for c in columns] for at in grid.lines}
    changed |= {at: named for at in grid.headers}
    changed |= {at: grid.padded(at) for at in grid.body if _is_lone(grid, at)}
    for at, row in changed.items():
        rows[at] = row


def _home(grid: Grid, at: int) -> list[str]:
    """A row with its cells under their own columns: moved ones stand side by side."""
    row, by = grid.padded(at), grid.offset(at)
    if not by:
        return row
    cells = [row[c] for c in printed(row)]
    typed = next(i for i, c in enumerate(printed(row)) if grid.kinds[c - by] and kind_of(row[c]))
    first = printed(row)[typed] - by - typed
    return ([""] * first + cells + [""] * grid.width)[: grid.width]


def _is_lone(grid: Grid, at: int) -> bool:
    """A row of one cell beside merged ones: a converter leaves it at the left of any layout."""
    return printed(grid.rows[at]) == [0] and grid.rows[at - 1] != [""]


def _shuffle(seed: int) -> Order:
    def order(found: list[Unit]) -> list[Unit]:
        dice = random.Random(seed)
        inner = [tuple(dice.sample(unit, len(unit))) if len(unit) < 9 else unit for unit in found]
        return dice.sample(inner, len(inner))

    return order


ORDERS: dict[str, Order] = {
    "the same": lambda found: found,
    "backwards": lambda found: [u if len(u) > 8 else u[::-1] for u in found[::-1]],
    "first label last": lambda found: [*found[1:], found[0]],
    "labels last": lambda found: [*found[2:], *found[:2]],
    "labels changed about": lambda found: [found[1], found[0], *found[2:]],
    "last column first": lambda found: [found[-1], *found[:-1]],
    **{f"shuffled {seed}": _shuffle(seed) for seed in range(1, 9)},
}


def reordered(text: str) -> Iterator[tuple[str, str]]:
    """(name, text) of the report in every order."""
    changed = ((name, reorder(text, order)) for name, order in ORDERS.items())
    return ((name, other) for name, other in changed if other != text)
