"""The points of a page's paths, and the straight edges and rectangles among them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from extractors.geometry import Flags, Floats, Ints
from extractors.pdfium import raw
from extractors.pdfium.objects import apply

_LINE, _CURVE, _MOVE = 0, 1, 2
# Of points: what leaves a direction by less is drawn along it.
_STRAIGHT = 0.5
_SLOPE = 0.02
_CORNER = 0.1
_PLAIN = 5  # points of a rectangle that is closed


@dataclass(frozen=True, slots=True)
class Segments:
    """All points of some paths in a row, on the page in PDF's points."""

    points: Floats  # (s, 2)
    kinds: Ints  # (s,) _LINE, _CURVE or _MOVE: how the point is reached
    closes: Flags  # (s,) True: a line leads back to where the part of the path began
    paths: Ints  # (s,) number of the path

    def parts(self) -> Ints:
        """Which part of a path each point is of: parts begin where the pen is moved."""
        return np.cumsum(self.kinds == _MOVE) - 1


def read_segments(paths: list[int], lengths: Ints, stroked: Flags, matrices: Floats) -> Segments:
    """The points of paths; `matrices` (p, 3, 2) put each on the page."""
    numbers = np.repeat(np.arange(len(paths)), lengths)
    ranks = np.arange(len(numbers)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    owners = np.array(paths, np.int64)[numbers]
    handles = np.array(list(map(raw.path_segment, owners.tolist(), ranks.tolist())), np.int64)
    points = raw.read_rows(raw.segment_point, handles.tolist(), 2, np.float32).astype(float)
    # Two points are a line; of a filled shape, the points alone tell whether it is a rectangle.
    plain = (lengths == 2) | (~stroked & (lengths <= _PLAIN)) | _go_round(points, lengths)
    kinds = np.full(len(numbers), _LINE, np.int64)
    asked = np.flatnonzero(~plain[numbers])
    kinds[asked] = list(map(raw.segment_type, handles[asked].tolist()))
    kinds[ranks == 0] = _MOVE
    closes = np.append(kinds[1:] == _MOVE, True) & (stroked & ~plain)[numbers]
    closes[closes] = [close > 0 for close in map(raw.segment_close, handles[closes].tolist())]
    put = apply(points[:, None, :], matrices[numbers])[:, 0, :]
    return Segments(put, kinds, closes, numbers)


def _go_round(points: Floats, lengths: Ints) -> Flags:
    """Which paths are five points around a rectangle, back to where they began."""
    round_trips: Flags = lengths == _PLAIN
    starts = (np.cumsum(lengths) - lengths)[round_trips]
    steps = np.diff(points[starts[:, None] + np.arange(_PLAIN)], axis=1) != 0
    round_trips[round_trips] = (
        np.all(steps[:, 0] == steps[:, 2], axis=1)
        & np.all(steps[:, 1] == steps[:, 3], axis=1)
        & np.all(steps[:, 0] != steps[:, 1], axis=1)
        & np.all(points[starts] == points[starts + _PLAIN - 1], axis=1)
    )
    return round_trips


def find_edges(segments: Segments) -> tuple[Floats, Ints]:
    """The straight edges, (e, 4) as (x0, y0, x1, y1), and the path of each."""
    points, kinds = segments.points, segments.kinds
    ahead = np.flatnonzero(kinds[1:] == _LINE)
    starts = np.flatnonzero(kinds == _MOVE)[segments.parts()]
    back = np.flatnonzero(segments.closes)
    edges = np.concatenate(
        [
            np.hstack([points[ahead], points[ahead + 1]]),
            np.hstack([points[back], points[starts[back]]]),
        ]
    )
    return edges, np.concatenate([segments.paths[ahead + 1], segments.paths[back]])


def are_straight(edges: Floats) -> Flags:
    """Which edges run across or down the page."""
    dx, dy = np.abs(edges[:, 2] - edges[:, 0]), np.abs(edges[:, 3] - edges[:, 1])
    off, along = np.minimum(dx, dy), np.maximum(dx, dy)
    return (off <= _STRAIGHT) & (off <= np.maximum(_SLOPE * along, 0.05))


def find_parts(segments: Segments) -> tuple[Floats, Ints, Flags, Flags]:
    """The box around each part of a path, its path, whether the part is a rectangle, or curved."""
    parts = segments.parts()
    starts = np.flatnonzero(np.diff(parts, prepend=-1))
    low = np.minimum.reduceat(segments.points, starts)
    high = np.maximum.reduceat(segments.points, starts)
    curved = np.logical_or.reduceat(segments.kinds == _CURVE, starts)
    # Every point of a rectangle is on the edge of the box around it, and all four corners are.
    at_low = np.abs(segments.points - low[parts]) <= _CORNER
    at_high = np.abs(segments.points - high[parts]) <= _CORNER
    edge = np.logical_and.reduceat(np.any(at_low | at_high, axis=1), starts)
    corner = np.all(at_low | at_high, axis=1) << (at_high[:, 0] + 2 * at_high[:, 1])
    whole = edge & ~curved & (np.bitwise_or.reduceat(corner, starts) == 0b1111)
    return np.hstack([low, high]), segments.paths[starts], whole, curved


def find_frames(boxes: Floats, paths: Ints, margin: float) -> Flags:
    """Which of the parts are, with the next one, a frame at most `margin` thick: a box in a box."""
    pairs: Flags = np.append(paths[1:] == paths[:-1], False)[: len(paths)]
    if not pairs.any():
        return pairs
    pairs &= np.bincount(paths)[paths] == 2
    outer = np.flatnonzero(pairs)
    inside = (boxes[outer + 1] - boxes[outer]) * [1, 1, -1, -1]
    inside *= np.sign(inside[:, :1])  # whichever of the two comes first
    pairs[outer] = np.all((inside > 0) & (inside <= margin), axis=1)
    return pairs
