"""Stretches of a page where white gutters persist over several strips: where a table may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from extractors.geometry import Flags, Floats, Ints
from extractors.tables.strips import Ink, Segments
from pipeline.model import Box

# In parts of the type's height.
GUTTER = 0.45  # the narrowest gutter that a zone may be followed by
BREAK = 3.0  # white as high as this ends a zone whose rows do not stand as far apart
FARTHEST = 8.0  # white as high as this ends any zone
NEAR = 0.3  # a line above the first row that has columns, as near as this, belongs to it
MOST_CROSSING = 2  # strips that cross the gutters between two that do not: a title inside a table


@dataclass(frozen=True, slots=True)
class Zone:
    """Strips `first` to `last`, both counted."""

    first: int
    last: int


def runs(flags: Flags) -> Ints:
    """The runs of true in flags as rows of (start, end), the end not counted."""
    padded = np.zeros(len(flags) + 2, np.bool_)
    padded[1:-1] = flags
    return np.asarray((padded[1:] != padded[:-1]).nonzero()[0].reshape(-1, 2))


def gutters(printed: Flags, narrowest: float) -> Ints:
    """The white runs at least so many bins wide with print on both sides of them."""
    inked = np.flatnonzero(printed)
    if not len(inked):
        return np.empty((0, 2), np.int64)
    white = runs(~printed[inked[0] : inked[-1] + 1]) + inked[0]
    return np.asarray(white[(white[:, 1] - white[:, 0]) >= narrowest])


def find_zones(segments: Segments, ink: Ink, gaps: Floats) -> Iterator[Zone]:
    """The zones of a page from the top; they share no strip. `gaps`: the white above each."""
    narrowest = GUTTER * segments.height / ink.bin
    counts = np.bincount(segments.strips, minlength=len(ink.marks))
    at = done = 0
    while at < len(ink.marks):
        last = at
        if counts[at] > 1:
            last = _grow(at, ink.marks, narrowest, gaps / segments.height, counts)
            if last > at or _is_deep(segments, at):
                yield Zone(_reach_up(at, done, segments, ink, gaps), last)
            done = int(np.flatnonzero(counts[: last + 1] > 1)[-1]) + 1
        at = last + 1


def strip_gaps(segments: Segments, levels: Floats, taken: Sequence[Box]) -> Floats:
    """White above each strip, points: less where a rule parts it, infinite where a table does."""
    count = int(segments.strips[-1]) + 1
    tops, bottoms = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(tops, segments.strips, segments.boxes[:, 1])
    np.maximum.at(bottoms, segments.strips, segments.boxes[:, 3])
    above = np.concatenate(([-np.inf], np.maximum.accumulate(bottoms)[:-1]))
    for level in levels[:, 0].tolist():
        strip = int(np.searchsorted(tops, level))
        if 0 < strip < count:
            above[strip] = max(above[strip], level)
    for box in taken:
        strip = int(np.searchsorted(tops, (box[1] + box[3]) / 2))
        if strip < count:
            above[strip] = -np.inf
    return np.asarray(tops - above)


def _is_deep(segments: Segments, strip: int) -> bool:
    """Whether a strip holds more than one line: columns whose lines stand offset."""
    return len(np.unique(segments.lines[segments.strips == strip])) > 2


def _reach_up(first: int, done: int, segments: Segments, ink: Ink, gaps: Floats) -> int:
    """The first strip of the zone: above the first with columns, the first lines of tall cells."""
    printed = ink.marks[first]
    narrowest = GUTTER * segments.height / ink.bin
    left = np.flatnonzero(printed)[0]
    while first > done and gaps[first] < NEAR * segments.height:
        mark = ink.marks[first - 1]
        if _killed(gutters(printed, narrowest), mark, narrowest) or mark[: left + 1].any():
            break
        first -= 1
        printed = printed | mark
    return first


def _grow(first: int, marks: Flags, narrowest: float, gaps: Floats, counts: Ints) -> int:
    """The last strip of the zone that begins here; gaps in parts of the type's height."""
    printed, last, crossing = marks[first].copy(), first, 0
    for strip in range(first + 1, len(marks)):
        usual = max(gaps[first + 1 : last + 1], default=0.0)
        if gaps[strip] > min(max(BREAK, 1.5 * usual), FARTHEST):
            break
        known = gutters(printed, narrowest)
        killed = _killed(known, marks[strip], narrowest)
        if not killed or (counts[strip] == 1 and 2 * killed <= len(known) and len(known) > 1):
            printed |= marks[strip]  # a gutter in a column of short lines is none
            last, crossing = strip, 0
        elif 2 * killed >= len(known) and counts[strip] - 1 > len(known) - killed:
            break  # other columns begin
        elif counts[strip] > 1 and killed < len(known) and _keeps_one(known, marks[strip]):
            last, crossing = strip, 0
        else:
            crossing += 1
            if crossing > MOST_CROSSING:
                break
    return last


def _killed(known: Ints, mark: Flags, narrowest: float) -> int:
    """How many gutters the strip leaves too little white of."""
    return sum(_widest(~mark[a:b]) < narrowest for a, b in known.tolist() if mark[a:b].any())


def _widest(white: Flags) -> int:
    found = runs(white)
    return int((found[:, 1] - found[:, 0]).max()) if len(found) else 0


def _keeps_one(known: Ints, mark: Flags) -> bool:
    """Whether the strip prints on both sides of a gutter that it leaves white."""
    return any(not mark[a:b].any() and mark[:a].any() and mark[b:].any() for a, b in known.tolist())
