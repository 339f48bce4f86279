"""The lines that a page draws: strokes, thin rectangles and edges of fills, snapped and joined."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from extractors.geometry import Flags, Floats, Geometry, Ints

# Points. Lines closer than SNAP are one; pieces of a line less than JOIN apart are joined.
SNAP = 3.0
JOIN = 3.0
SHORTEST = 3.0
# A fill as large as this share of the page, both ways, is its background.
BACKGROUND = 0.95
LIGHTEST = 0xF7  # a shade with no channel below this cannot be told from paper


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
    """The lines that run across a page, at their y, and those that run down it, at their x."""
    rules = _seen_rules(geometry)
    wide = rules[:, 2] - rules[:, 0] >= rules[:, 3] - rules[:, 1]
    fills = _seen_fills(geometry)
    across, down = rules[wide], rules[~wide]
    lying = Lines(
        np.concatenate(((across[:, 1] + across[:, 3]) / 2, fills[:, 1], fills[:, 3])),
        np.concatenate((across[:, 0], fills[:, 0], fills[:, 0])),
        np.concatenate((across[:, 2], fills[:, 2], fills[:, 2])),
    )
    standing = Lines(
        np.concatenate(((down[:, 0] + down[:, 2]) / 2, fills[:, 0], fills[:, 2])),
        np.concatenate((down[:, 1], fills[:, 1], fills[:, 1])),
        np.concatenate((down[:, 3], fills[:, 3], fills[:, 3])),
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


def _seen_rules(geometry: Geometry) -> Floats:
    """The rules a reader sees: not white on white."""
    pale = _is_pale(geometry.rule_shades)
    if not pale.any():
        return geometry.rules
    dark = geometry.fills[~_is_pale(geometry.fill_shades)]
    pale[pale] = ~_on_any(geometry.rules[pale], dark)
    return geometry.rules[~pale]


def _seen_fills(geometry: Geometry) -> Floats:
    """The fills whose edges a reader sees: no background, and no white but on a colour."""
    fills = geometry.fills
    width, height = fills[:, 2] - fills[:, 0], fills[:, 3] - fills[:, 1]
    seen = (width < BACKGROUND * geometry.width) | (height < BACKGROUND * geometry.height)
    pale = _is_pale(geometry.fill_shades)
    if pale.any():
        dark = fills[~pale]
        pale[pale] = ~_on_any(fills[pale], dark)
    return fills[seen & ~pale]


def _is_pale(shades: Ints) -> Flags:
    channels = np.stack((shades >> 16, shades >> 8 & 0xFF, shades & 0xFF))
    return np.asarray(channels.min(axis=0, initial=0xFF) >= LIGHTEST)


def _on_any(boxes: Floats, grounds: Floats) -> Flags:
    """Which boxes lie on one of the grounds, by their middle."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    on = np.zeros(len(boxes), dtype=np.bool_)
    for x0, top, x1, bottom in grounds.tolist():
        on |= (x0 <= x) & (x <= x1) & (top <= y) & (y <= bottom)
    return on
