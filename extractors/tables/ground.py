"""What is painted on a page: the shade at a point, and the edges of fills that a reader sees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from extractors.geometry import Flags, Floats, Geometry, Ints

PAPER = 0xFFFFFF
LIGHTEST = 0xF7  # a shade with no channel below this cannot be told from paper
# Points beyond the edge of a fill where its neighbour is looked for: a gap wider than this is seen.
BESIDE = 0.75
# More fills than this are a picture, and too many to paint.
MOST_FILLS = 1500


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The shades of a page between the edges of its fills, the last one painted on top."""

    xs: Floats  # (n,) every left and right edge, sorted
    ys: Floats  # (m,)
    shades: Ints  # (m + 1, n + 1) from before the first edge to after the last

    def shades_at(self, x: Floats, y: Floats) -> Ints:
        """The shade (k,) of the ground at each of k points."""
        rows = np.searchsorted(self.ys, y, side="right")
        return np.asarray(self.shades[rows, np.searchsorted(self.xs, x, side="right")])


def paint_ground(geometry: Geometry) -> Ground:
    """The fills of a page painted in their order; nothing where they are too many."""
    fills = geometry.fills if len(geometry.fills) <= MOST_FILLS else geometry.fills[:0]
    xs, ys = np.unique(fills[:, [0, 2]]), np.unique(fills[:, [1, 3]])
    shades = np.full((len(ys) + 1, len(xs) + 1), PAPER)
    columns = np.searchsorted(xs, fills[:, [0, 2]]) + 1
    rows = np.searchsorted(ys, fills[:, [1, 3]]) + 1
    places = np.column_stack((rows, columns, geometry.fill_shades[: len(fills)])).tolist()
    for top, bottom, left, right, shade in places:
        shades[top:bottom, left:right] = shade
    return Ground(xs, ys, shades)


def find_edges(geometry: Geometry, ground: Ground) -> tuple[Floats, Floats, Floats, Floats]:
    """The fills whose upper, lower, left and right edge is seen: another shade lies beyond it.

    Lines of shaded text, and the padding around them, are fills of one shade side by side; the
    edges between them are nobody's rules.
    """
    fills, shades = geometry.fills, geometry.fill_shades
    x, y = (fills[:, 0] + fills[:, 2]) / 2, (fills[:, 1] + fills[:, 3]) / 2
    beyond = (
        (x, fills[:, 1] - BESIDE),
        (x, fills[:, 3] + BESIDE),
        (fills[:, 0] - BESIDE, y),
        (fills[:, 2] + BESIDE, y),
    )
    seen = (~_are_alike(shades, ground.shades_at(*points)) for points in beyond)
    high, low, left, right = (fills[which] for which in seen)
    return high, low, left, right


def are_pale(shades: Ints) -> Flags:
    """Which shades (n,) cannot be told from paper."""
    channels = np.stack((shades >> 16, shades >> 8 & 0xFF, shades & 0xFF))
    return np.asarray(channels.min(axis=0) >= LIGHTEST)


def _are_alike(shades: Ints, others: Ints) -> Flags:
    return np.asarray((shades == others) | (are_pale(shades) & are_pale(others)))
