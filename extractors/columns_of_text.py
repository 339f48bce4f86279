"""Columns of prose on a page: pieces of lines parted by white gutters, in order of reading.

A gutter counts only with evidence: prose of several lines on both sides of it, level with each
other. Rows of a form, labels with their values and lists of numbers are read across, as a page in
one column is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from extractors.geometry import Flags, Floats, Ints

# In parts of the type's height, the median of the pieces.
_GUTTER = 0.6
_LEVEL = 0.5  # lines whose middles are closer stand on one level
_BAND = 0.8  # white across both columns that sets a running line apart from them
_RESTART = 1.6  # white of a column in which the other one may print a heading of both
_CLOSE = 0.6  # a text goes on below its column after no more white than this

_SAME_EDGE = 3.0  # points by which the left edges of a column's lines differ
_FEWEST = 3  # lines of a column
_WORDS = 2.5  # a line of prose has more words than this on average
_FULL = 0.55  # of its column is covered by prose
_EVEN = 0.5  # of one column's print stands level with as much of the other's
_NARROW = 0.7  # of the other column: the width of a box beside a text
_MOST = 2_000  # pieces of a page that is looked at
_EDGES = 24  # left edges that are tried, those of most lines


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Pieces of lines, each printed in one go, sorted by their middles from the top.

    Pictures and tables, which are no text here, are among them.
    """

    boxes: Floats  # (n, 4)
    words: Ints  # (n,) how many words each holds, figures not counted
    printed: Flags  # (n,) whether it is text

    @property
    def middles(self) -> Floats:
        """Half the height of each, points from the top."""
        return (self.boxes[:, 1] + self.boxes[:, 3]) / 2

    def take(self, which: Ints | Flags) -> Pieces:
        """These pieces alone."""
        return Pieces(self.boxes[which], self.words[which], self.printed[which])


@dataclass(frozen=True, slots=True, eq=False)
class _Zone:
    """Two columns side by side: pieces above them, left, right and below, as indices."""

    above: Ints
    left: Ints
    right: Ints
    below: Ints
    score: float


def part_columns(pieces: Pieces) -> list[Ints]:
    """The pieces of each column, columns in order of reading; one for a page in one column."""
    everything = np.arange(len(pieces.words))
    if not 2 * _FEWEST <= len(everything) <= _MOST:
        return [everything]
    text = pieces.boxes[pieces.printed]
    height = float(np.median(text[:, 3] - text[:, 1])) if len(text) else 0.0
    if height <= 0:
        return [everything]
    parts, left = list[Ints](), [everything]
    while left:
        which = left.pop()
        part = pieces.take(which)
        zone = _best_zone(part, height)
        if zone is None:
            parts.append(which)
        else:
            inner = (which[one] for one in _in_order(part, zone, height) if len(one))
            left.extend(reversed(list(inner)))
    return parts


def _best_zone(pieces: Pieces, height: float) -> _Zone | None:
    """The two columns that stand side by side over most of the height."""
    edges = _left_edges(pieces, _GUTTER * height)
    zones = [zone for edge in edges for zone in _zones(pieces, edge, height)]
    return max(zones, key=lambda zone: zone.score, default=None)


def _left_edges(pieces: Pieces, gutter: float) -> Iterator[float]:
    """Where three lines or more of several words begin, to the right of others."""
    boxes, words = pieces.boxes[pieces.printed], pieces.words[pieces.printed]
    if len(boxes) < 2 * _FEWEST:
        return
    order = np.argsort(boxes[:, 0], kind="stable")
    left = boxes[order, 0]
    starts = np.flatnonzero(np.append(True, np.diff(left) > _SAME_EDGE))
    counts = np.diff(np.append(starts, len(left)))
    wordy = np.add.reduceat(words[order], starts) >= _WORDS * counts
    beyond = left[starts] - gutter >= boxes[:, 2].min()
    found = np.flatnonzero((counts >= _FEWEST) & wordy & beyond)
    most = np.sort(found[np.argsort(-counts[found], kind="stable")[:_EDGES]])
    yield from left[starts[most]].tolist()


def _zones(pieces: Pieces, edge: float, height: float) -> Iterator[_Zone]:
    """The zones in which a gutter before `edge` is white."""
    boxes = pieces.boxes
    right = boxes[:, 0] >= edge - 1
    over = ~right & (boxes[:, 2] > edge - _GUTTER * height)
    over |= _heads_both(boxes, ~right & ~over, right, height)
    at = np.arange(len(over))
    for run in np.split(at, np.flatnonzero(over)):
        of_right = np.count_nonzero(right[run])
        if min(of_right, len(run) - of_right - 1) < _FEWEST - 1:
            continue
        inside = _without_bands(boxes, run[~over[run]], height)
        left_side, right_side = inside[~right[inside]], inside[right[inside]]
        score = _evidence(pieces, left_side, right_side, height)
        if score > 0:
            first, last = int(inside[0]), int(inside[-1])
            yield _Zone(at[:first], left_side, right_side, at[last + 1 :], score)


def _heads_both(boxes: Floats, left: Flags, right: Flags, height: float) -> Flags:
    """Short headings on the left where both columns begin anew level with each other below."""
    heads = np.zeros(len(boxes), dtype=np.bool_)
    of_left, of_right = np.flatnonzero(left), np.flatnonzero(right)
    tops, bottoms = boxes[of_left, 1], boxes[of_left, 3]
    starts, ends = boxes[of_right[:-1], 3], boxes[of_right[1:], 1]
    for gap in np.flatnonzero(ends - starts >= _RESTART * height).tolist():
        start, end = starts[gap], ends[gap]
        within = (tops > start - 0.3 * height) & (bottoms < end + height / 3)
        level = np.abs(tops - end) < height / 3
        if 0 < np.count_nonzero(within) <= _FEWEST and level.any():
            heads[of_left[within]] = True
    return heads


def _without_bands(boxes: Floats, inside: Ints, height: float) -> Ints:
    """The pieces without lines at the top or foot that white sets apart from both columns."""
    while len(inside) > 2:
        tops, bottoms = boxes[inside, 1], boxes[inside, 3]
        reach = np.maximum.accumulate(bottoms)[:-1]
        whites = np.minimum.accumulate(tops[::-1])[::-1][1:] - reach
        bands = np.flatnonzero(whites > _BAND * height)
        head = bands[bands < _FEWEST - 1]
        foot = bands[len(inside) - 2 - bands < _FEWEST - 1]
        if len(head):
            inside = inside[head[-1] + 1 :]
        elif len(foot):
            inside = inside[: foot[0] + 1]
        else:
            break
    return inside


def _evidence(pieces: Pieces, left: Ints, right: Ints, height: float) -> float:
    """Over how much of the height two columns of prose stand level; 0: they do not."""
    if min(len(left), len(right)) < _FEWEST:
        return 0.0
    sides = [pieces.take(left), pieces.take(right)]
    if not all(_is_prose(side, height) for side in sides):
        return 0.0
    first, second = (_reach(side.boxes[side.printed]) for side in sides)
    # Wider white is no gutter: a text that flows round a picture is read across it.
    if second[0] - first[1] > min(first[1] - first[0], second[1] - second[0]):
        return 0.0
    top = max(side.boxes[:, 1].min() for side in sides)
    bottom = min(side.boxes[:, 3].max() for side in sides)
    printed = [_printed_height(side.boxes, top, bottom) for side in sides]
    even = min(printed) >= _EVEN * max(printed) and min(printed) > (_FEWEST - 1) * height
    return float(bottom - top) if even else 0.0


def _reach(boxes: Floats) -> tuple[float, float]:
    return float(boxes[:, 0].min()), float(boxes[:, 2].max())


def _is_prose(side: Pieces, height: float) -> bool:
    text = side.take(side.printed)
    if len(text.words) < _FEWEST:
        return False
    boxes = text.boxes
    lines = 1 + int((np.diff(text.middles) > _LEVEL * height).sum())
    if lines < _FEWEST or text.words.sum() < _WORDS * lines:
        return False
    widths, heights = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    left, right = _reach(boxes)
    whole = (right - left) * _printed_height(boxes, -np.inf, np.inf)
    return bool((widths * heights).sum() >= _FULL * whole)


def _printed_height(boxes: Floats, top: float, bottom: float) -> float:
    """How much of the height between two levels the boxes cover together."""
    order = np.argsort(boxes[:, 1], kind="stable")
    tops = np.clip(boxes[order, 1], top, bottom)
    reach = np.maximum.accumulate(np.clip(boxes[order, 3], top, bottom))
    before = np.append(tops[:1], reach[:-1])
    return float(np.maximum(0.0, reach - np.maximum(tops, before)).sum())


def _in_order(pieces: Pieces, zone: _Zone, height: float) -> tuple[Ints, ...]:
    """The parts of a zone as they are read: a text flowing round a box before the box."""
    boxes = pieces.boxes
    for text, box in ((zone.left, zone.right), (zone.right, zone.left)):
        if _is_beside(boxes, text, box, zone.below, height):
            end = _paragraph_end(boxes, text, zone.below, height)
            return zone.above, text, zone.below[:end], box, zone.below[end:]
    return zone.above, zone.left, zone.right, zone.below


def _is_beside(boxes: Floats, text: Ints, box: Ints, below: Ints, height: float) -> bool:
    """Whether `text` goes on right below both, over the foot of a narrower `box`."""
    if not len(below):
        return False
    (left, right), (box_left, box_right) = (_reach(boxes[side]) for side in (text, box))
    start = boxes[below[0], 1]
    flows = start - boxes[text, 3].max() <= _CLOSE * height
    spans = boxes[below[0], 2] - boxes[below[0], 0] > right - left
    return bool(box_right - box_left < _NARROW * (right - left) and flows and spans)


def _paragraph_end(boxes: Floats, text: Ints, below: Ints, height: float) -> int:
    """How many of the pieces below still belong to the paragraph that flows into them."""
    right = boxes[below, 2].max()
    for at in range(1, len(below)):
        above, here = boxes[below[at - 1]], boxes[below[at]]
        if here[1] - above[3] > _CLOSE * height or above[2] < right - 4 * height:
            return at
    return len(below)
