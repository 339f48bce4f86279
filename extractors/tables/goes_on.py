"""Whether the first row of a page goes on with the row that the page before ended with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.shapes import TYPED, Shape
from extractors.tables.rows import Grid, is_total, printed, squash, text
from pipeline.model import Block

_OPEN = re.compile(  # what no cell ends with: an article, a preposition, a conjunction, a sign
    r"(?:[,;/(-]|\b(?:a|al|ante|bajo|con|contra|cual|cuyas?|cuyos?|de|del|desde|e|el|en|entre|hacia"
    r"|hasta|la|las|lo|los|mediante|ni|o|para|por|que|se|según|sin|sobre|su|sus|tras|u|un|una|y))$",
    re.I,
)
_STOPPED = re.compile(r"[.!?]\s*$")
_MOST = 0.7  # share of a column's cells from which they all end in the same way
_FEWEST = 3  # cells or rows that show what is usual
_OWN = 0.9  # share of rows from which a column tells of each row, not of a group of them


def goes_on(grid: Grid, index: int, shapes: Sequence[Shape]) -> bool:
    """Whether the row only continues the one above: no value of its own, text in mid-sentence."""
    row, before = grid.rows[index], grid.rows[index - 1]
    cells = printed(row)
    typed = [c for c, one in enumerate(shapes) if one in TYPED]
    if not cells or is_total(row) or is_total(before) or any(text(row[c]) for c in typed):
        return False
    if typed and not any(text(before[c]) for c in typed):
        return False
    if index not in grid.breaks:
        return all(map(starts_low, cells)) and grid.width > 2
    places = [c for c, cell in enumerate(row) if text(cell)]
    if any(grid.above(index, c) is None for c in places):
        return False
    if any(map(starts_low, cells)) or any(_is_open(grid, index, c) for c in places):
        return True
    return bool(typed) and all(text(before[c]) for c in places) and _is_part(grid, index, shapes)


def starts_low(cell: Block | None) -> bool:
    """Whether the text begins in mid-sentence."""
    bare = text(cell)
    return bool(bare) and (bare[0].islower() or bare[0] in ")],")


def _is_open(grid: Grid, index: int, column: int) -> bool:
    """Whether the cell above ends in mid-sentence, or with this one makes a cell printed again."""
    upper, lower = text(grid.rows[index - 1][column]), text(grid.rows[index][column])
    if not upper or _STOPPED.search(upper):
        return False
    others = [
        text(row[column])
        for at, row in grid.near(index)
        if at not in (index, index - 1) and text(row[column])
    ]
    whole = squash(upper + lower)
    stopped = sum(bool(_STOPPED.search(other)) for other in others)
    usual = len(others) >= _FEWEST and stopped >= _MOST * len(others)
    return bool(_OPEN.search(upper)) or usual or any(squash(other) == whole for other in others)


def _is_part(grid: Grid, index: int, shapes: Sequence[Shape]) -> bool:
    """Whether the row is too little for one of this table's: it lacks what every other tells.

    Rows at the head of a page are no measure, nor are those of one cell: they may be in question,
    or not stand under their columns yet.
    """
    body = [
        row
        for at, row in grid.near(index)
        if at not in grid.breaks and len(printed(row)) > 1
        and not is_total(row)
    ]  # fmt: skip
    filled = [sum(bool(text(row[c])) for row in body) for c in range(grid.width)]
    most = max((filled[c] for c, one in enumerate(shapes) if one not in TYPED), default=0)
    row, own = grid.rows[index], [c for c in range(grid.width) if filled[c] >= _OWN * len(body)]
    told = [c for c, cell in enumerate(row) if text(cell)]
    if not set(told) <= set(own):  # a label may begin a group
        return False
    if not any(c in told and filled[c] == most for c, one in enumerate(shapes) if one not in TYPED):
        return True
    least = min((sum(bool(text(one[c])) for c in own) for one in body), default=0)
    return len(body) >= _FEWEST and 2 * len(told) < least
