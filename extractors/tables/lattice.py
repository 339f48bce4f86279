"""The ruled grids of a page: lines that cross, and the cells between them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from extractors.geometry import Flags, Geometry
from extractors.tables.grid import Grid
from extractors.tables.mesh import make_mesh
from extractors.tables.rules import Lines, find_lines

MEET = 3.0  # points: a line that ends less than this short of another meets it
# More crossings than this are no table: a hatched chart, or a page made to stall its reader.
MOST_CROSSINGS = 4_000_000


def find_ruled(geometry: Geometry) -> list[Grid]:
    """The grids that rules form on a page, boxes around prose among them; see `judge.is_table`."""
    across, down = find_lines(geometry)
    if not len(across) or not len(down) or len(across) * len(down) > MOST_CROSSINGS:
        return []
    meets = _meet(across, down)
    words = geometry.words.boxes
    middles = np.column_stack((words[:, 0] + words[:, 2], words[:, 1] + words[:, 3])) / 2
    grids = (
        make_mesh(across, down, across.select(lie), down.select(stand), middles)
        for lie, stand in _groups(meets)
    )
    return [grid for grid in grids if grid]


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
    while True:
        downs = np.where(meets, labels[:, None], none).min(axis=0)
        least = np.minimum(labels, np.where(meets, downs[None, :], none).min(axis=1))
        if (least == labels).all():
            break
        labels = least
    for label in np.unique(downs[downs < none]).tolist():
        yield labels == label, downs == label
