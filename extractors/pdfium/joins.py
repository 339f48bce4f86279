"""Pieces of drawn lines joined into rules: lines drawn cell by cell, dashes, dots."""

from __future__ import annotations

import numpy as np

from extractors.geometry import Flags, Floats, Ints

# Points. What is thicker is a filled box.
THIN = 3.0
# Pieces this near in line are one; two lines of a double rule lie farther apart.
_LEVEL = 0.3
_TOUCH = 0.6
# Dashes and dots: pieces this short, this near, and this many.
_DASH = 8.0
_DASH_GAP = 4.5
_DASHES = 5


def join_rules(boxes: Floats, shades: Ints) -> tuple[Floats, Ints]:
    """Rules (r, 4) and their shades, of pieces at most THIN thick, in the order across and down.

    Pieces of one shade in one line are joined where they touch, and where five or more short ones
    follow one another at short distances. A dot that nothing joins is no rule.
    """
    wide, high = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    dots = (np.maximum(wide, high) <= THIN) & (wide <= 2 * high) & (high <= 2 * wide)
    across, across_shades = _join(boxes, shades, dots | (wide >= high))
    flipped = boxes[:, [1, 0, 3, 2]]
    down, down_shades = _join(flipped, shades, dots | (wide < high))
    return np.vstack([across, down[:, [1, 0, 3, 2]]]), np.append(across_shades, down_shades)


def _join(boxes: Floats, shades: Ints, which: Flags) -> tuple[Floats, Ints]:
    if not which.any():
        return boxes[which], shades[which]
    boxes, shades = _merge(boxes[which], shades[which], _TOUCH)
    short = boxes[:, 2] - boxes[:, 0] <= _DASH
    if np.sum(short) >= _DASHES:
        dashed, dashed_shades = _merge(boxes[short], shades[short], _DASH_GAP, _DASHES)
        boxes = np.vstack([boxes[~short], dashed])
        shades = np.append(shades[~short], dashed_shades)
    lines = boxes[:, 2] - boxes[:, 0] > THIN
    return boxes[lines], shades[lines]


def _merge(boxes: Floats, shades: Ints, gap: float, least: int = 1) -> tuple[Floats, Ints]:
    """Boxes in one line joined over gaps; groups of fewer than `least` are left apart."""
    if not len(boxes):
        return boxes, shades
    level = (boxes[:, 1] + boxes[:, 3]) / 2
    order = np.lexsort((level, shades))
    boxes, shades, level = boxes[order], shades[order], level[order]
    line = np.cumsum(
        (np.diff(level, prepend=level[0]) > _LEVEL) | (np.diff(shades, prepend=-2) != 0)
    )
    order = np.lexsort((boxes[:, 0], line))
    boxes, shades, line = boxes[order], shades[order], line[order]
    reach = _reach(boxes[:, 2], line)
    new = np.append(True, (line[1:] != line[:-1]) | (boxes[1:, 0] > reach[:-1] + gap))
    sizes = np.bincount(np.cumsum(new) - 1)
    new |= np.repeat(sizes, sizes) < least
    starts = np.flatnonzero(new)
    joined = np.hstack(
        [np.minimum.reduceat(boxes[:, :2], starts), np.maximum.reduceat(boxes[:, 2:], starts)]
    )
    return joined, shades[starts]


def _reach(ends: Floats, line: Ints) -> Floats:
    """How far the boxes of a line reach up to each of them."""
    step = float(np.ptp(ends)) + 1.0
    reach: Floats = np.maximum.accumulate(ends + line * step) - line * step
    return reach
