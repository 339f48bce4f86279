"""What is painted on a page: the shade at a point, and the edges of fills that a reader sees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from extractors.geometry import Flags, Floats, Geometry, Ints

PAPER = 0xFFFFFF
LIGHTEST = 0xF7  # a shade with no channel below this cannot be told from paper
# Points beyond the edge of a fill where its neighbour is looked for: a gap wider than this is seen.
BESIDE = 0.75
# Points by which a word must reach over both fills to make them one cell.
OVER = 1.0
# More fills than this are a picture, and too many to paint.
MOST_FILLS = 1500
MOST_PAIRS = 4_000_000  # edges by words


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


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """The fills (n, 4) whose upper, lower, left and right side is the edge of a cell."""

    high: Floats
    low: Floats
    left: Floats
    right: Floats


def find_edges(geometry: Geometry, ground: Ground) -> Edges:
    """The sides of fills that a reader sees, since another shade lies beyond them.

    Lines of shaded text, and the padding around them, are fills of one shade one above the other
    or one in the other; the edges between them are nobody's rules. Fills of one shade side by side
    are cells.
    """
    fills, shades = geometry.fills, geometry.fill_shades
    x, y = (fills[:, 0] + fills[:, 2]) / 2, (fills[:, 1] + fills[:, 3]) / 2
    high = _differ(shades, ground.shades_at(x, fills[:, 1] - BESIDE))
    low = _differ(shades, ground.shades_at(x, fills[:, 3] + BESIDE))
    left = _differ(shades, ground.shades_at(fills[:, 0] - BESIDE, y))
    right = _differ(shades, ground.shades_at(fills[:, 2] + BESIDE, y))
    dark = ~are_pale(shades)
    ends, begins = np.flatnonzero(dark & ~right), np.flatnonzero(dark & ~left)
    if len(ends) and len(begins):
        left[begins], right[ends] = _abut(fills[begins], fills[ends], geometry.words.boxes)
    return Edges(fills[high], fills[low], fills[left], fills[right])


def _abut(left: Floats, right: Floats, words: Floats) -> tuple[Flags, Flags]:
    """Which of `left` begin where one of `right` ends beside them, and which of `right` end so.

    A word over both tells that they are one cell, painted in two goes.
    """
    near = np.abs(left[:, None, 0] - right[None, :, 2]) <= BESIDE
    top = np.maximum(left[:, None, 1], right[None, :, 1])
    bottom = np.minimum(left[:, None, 3], right[None, :, 3])
    pairs = near & (top < bottom)
    begins, ends = np.nonzero(pairs)
    if len(begins) * len(words) > MOST_PAIRS:
        return np.asarray(pairs.any(axis=1)), np.asarray(pairs.any(axis=0))
    x, high, low = left[begins, 0], top[pairs], bottom[pairs]
    level = (words[:, 1] + words[:, 3]) / 2
    over = (words[:, 0] < x[:, None] - OVER) & (words[:, 2] > x[:, None] + OVER)
    over &= (level > high[:, None]) & (level < low[:, None])
    pairs[begins, ends] = ~over.any(axis=1)
    return np.asarray(pairs.any(axis=1)), np.asarray(pairs.any(axis=0))


def are_pale(shades: Ints) -> Flags:
    """Which shades (n,) cannot be told from paper."""
    channels = np.stack((shades >> 16, shades >> 8 & 0xFF, shades & 0xFF))
    return np.asarray(channels.min(axis=0) >= LIGHTEST)


def _differ(shades: Ints, others: Ints) -> Flags:
    return np.asarray((shades != others) & ~(are_pale(shades) & are_pale(others)))
