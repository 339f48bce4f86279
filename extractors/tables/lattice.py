"""The ruled grids of a page: lines that cross, and the cells between them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from extractors.geometry import Flags, Floats, Geometry
from extractors.tables.grid import Grid
from extractors.tables.mesh import make_mesh
from extractors.tables.nested import Group, join_lines, part_nested
from extractors.tables.rules import Lines, find_lines

MEET = 3.0  # points: a line that ends less than this short of another meets it
# More crossings than this are no table: a hatched chart, or a page made to stall its reader.
MOST_CROSSINGS = 4_000_000
# From any line of a table to any other it is not this many crossings.
MOST_STEPS = 64
# Points between two sides of a table, where a column lacks the rules above and below it.
WIDEST_GAP = 80.0


def find_ruled(geometry: Geometry) -> list[Grid]:
    """The grids that rules form on a page, boxes around prose among them; see `judge.is_table`."""
    across, down = find_lines(geometry)
    if not len(across) or not len(down) or len(across) * len(down) > MOST_CROSSINGS:
        return []
    words = geometry.words.boxes
    middles = np.column_stack((words[:, 0] + words[:, 2], words[:, 1] + words[:, 3])) / 2
    groups = [
        part
        for lie, stand in _hang(across, down)
        for part in part_nested((across.select(lie), down.select(stand)), _hang)
    ]
    meshes = (
        make_mesh((across, down), lying, standing, words)
        for lying, standing in _mend(groups, middles)
    )
    return [grid for grid in meshes if grid]


def _mend(groups: list[Group], middles: Floats) -> list[Group]:
    """The groups, those joined that stand side by side, equally high, with text in between.

    Where the rules above and below a column are missing, they are one table's two sides.
    """
    mended: list[Group] = []
    for group in sorted(groups, key=lambda group: float(group[1].at.min())):
        before = next((one for one in mended if _are_sides(one, group, middles)), None)
        if before:
            mended.remove(before)
            group = (join_lines(before[0], group[0]), join_lines(before[1], group[1]))
        mended.append(group)
    return mended


def _are_sides(one: Group, other: Group, middles: Floats) -> bool:
    left, right = float(one[1].at.max()), float(other[1].at.min())
    if not 0 < right - left <= WIDEST_GAP:
        return False
    (top, bottom), (other_top, other_bottom) = _reach(one[1]), _reach(other[1])
    if abs(top - other_top) > MEET or abs(bottom - other_bottom) > MEET:
        return False
    x, y = middles[:, 0], middles[:, 1]
    return bool(((left < x) & (x < right) & (top < y) & (y < bottom)).any())


def _reach(lines: Lines) -> tuple[float, float]:
    return float(lines.starts.min()), float(lines.ends.max())


def _hang(across: Lines, down: Lines) -> Iterator[tuple[Flags, Flags]]:
    """Which lines across and which down hang together, group by group."""
    return _groups(_meet(across, down))


def _meet(across: Lines, down: Lines) -> Flags:
    """Which lines cross or touch: (across, down)."""
    x, y = down.at[None, :], across.at[:, None]
    return np.asarray(
        (across.starts[:, None] - MEET <= x)
        & (x <= across.ends[:, None] + MEET)
        & (down.starts[None, :] - MEET <= y)
        & (y <= down.ends[None, :] + MEET)
    )


def _groups(meets: Flags) -> Iterator[tuple[Flags, Flags]]:
    """Lines that hang together by their crossings: which of those across, which of those down."""
    none = len(meets)
    labels = np.arange(none)
    for _ in range(MOST_STEPS):
        downs = np.where(meets, labels[:, None], none).min(axis=0)
        least = np.minimum(labels, np.where(meets, downs[None, :], none).min(axis=1))
        if (least == labels).all():
            break
        labels = least
    for label in np.unique(downs[downs < none]).tolist():
        yield labels == label, downs == label
