"""The lines that a page draws: strokes, thin rectangles and edges of fills, snapped and joined."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from extractors.geometry import Flags, Floats, Geometry, Ints
from extractors.tables.ground import Ground, are_pale, find_edges, paint_ground

# Points. Lines closer than SNAP are one; pieces of a line less than JOIN apart are joined.
SNAP = 3.0
JOIN = 3.0
SHORTEST = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """The n lines of one direction: where each stands, where it begins and ends, all in points."""

    at: Floats  # (n,)
    starts: Floats  # (n,)
    ends: Floats  # (n,)

    def __len__(self) -> int:
        return len(self.at)

    def select(self, which: Flags | Ints) -> Lines:
        """Some of the lines."""
        return Lines(self.at[which], self.starts[which], self.ends[which])


def find_lines(geometry: Geometry) -> tuple[Lines, Lines]:
    """The lines a reader sees: those that run across the page, at their y, and down, at their x."""
    ground = paint_ground(geometry)
    rules = geometry.rules[_are_seen(geometry, ground)]
    wide = rules[:, 2] - rules[:, 0] >= rules[:, 3] - rules[:, 1]
    across, down = rules[wide], rules[~wide]
    edges = find_edges(geometry, ground)
    lying = Lines(
        np.concatenate(((across[:, 1] + across[:, 3]) / 2, edges.high[:, 1], edges.low[:, 3])),
        np.concatenate((across[:, 0], edges.high[:, 0], edges.low[:, 0])),
        np.concatenate((across[:, 2], edges.high[:, 2], edges.low[:, 2])),
    )
    standing = Lines(
        np.concatenate(((down[:, 0] + down[:, 2]) / 2, edges.left[:, 0], edges.right[:, 2])),
        np.concatenate((down[:, 1], edges.left[:, 1], edges.right[:, 1])),
        np.concatenate((down[:, 3], edges.left[:, 3], edges.right[:, 3])),
    )
    return join_pieces(lying), join_pieces(standing)


def join_pieces(lines: Lines) -> Lines:
    """Lines that stand in the same place as one, where less than a gap parts them."""
    if not len(lines):
        return lines
    order = np.argsort(lines.at, kind="stable")
    lines = lines.select(order)
    group = np.concatenate(([0], np.cumsum(np.diff(lines.at) > SNAP)))
    at = (np.bincount(group, lines.at) / np.bincount(group))[group]
    # One number line for all groups, so that a running maximum never reaches into the next.
    stride = float(lines.ends.max() - lines.starts.min()) + 2 * JOIN
    order = np.lexsort((lines.starts, group))
    starts, ends = lines.starts[order] + group * stride, lines.ends[order] + group * stride
    reach = np.maximum.accumulate(ends)
    first = np.flatnonzero(np.concatenate(([True], starts[1:] > reach[:-1] + JOIN)))
    back = group[first] * stride
    joined = Lines(at[first], starts[first] - back, np.maximum.reduceat(ends, first) - back)
    return joined.select(joined.ends - joined.starts >= SHORTEST)


def _are_seen(geometry: Geometry, ground: Ground) -> Flags:
    """Which rules a reader tells from what they are drawn on; white on white is none."""
    x = (geometry.rules[:, 0] + geometry.rules[:, 2]) / 2
    y = (geometry.rules[:, 1] + geometry.rules[:, 3]) / 2
    pale = are_pale(geometry.rule_shades)
    return np.asarray(~pale | ~are_pale(ground.shades_at(x, y)))
