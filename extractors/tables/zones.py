"""Stretches of a page where white gutters persist over several strips: where a table may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from extractors.geometry import Floats
from extractors.tables.strips import Segments
from pipeline.model import Box

Spans = list[tuple[float, float]]  # stretches across the page, from left to right, points

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


def find_zones(segments: Segments, gaps: Floats) -> Iterator[Zone]:
    """The zones of a page from the top; they share no strip. `gaps`: the white above each."""
    prints = _prints(segments)
    heights = (gaps / segments.height).tolist()
    narrowest = GUTTER * segments.height
    at = done = 0
    while at < len(prints):
        last = at
        if len(prints[at]) > 1:
            last = _grow(at, prints, narrowest, heights)
            if last > at or _is_deep(segments, at):
                yield Zone(_reach_up(at, done, prints, narrowest, heights), last)
            done = max(n for n in range(at, last + 1) if len(prints[n]) > 1) + 1
        at = last + 1


def _prints(segments: Segments) -> list[Spans]:
    """Where the segments of each strip stand."""
    prints: list[Spans] = [[] for _ in range(int(segments.strips[-1]) + 1)]
    for strip, (x0, _, x1, _) in zip(
        segments.strips.tolist(), segments.boxes.tolist(), strict=True
    ):
        prints[strip].append((x0, x1))
    return [sorted(spans) for spans in prints]


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


def _reach_up(
    first: int, done: int, prints: Sequence[Spans], narrowest: float, gaps: Sequence[float]
) -> int:
    """The first strip of the zone: above the first with columns, the first lines of tall cells."""
    white = _clear([(-inf, inf)], prints[first], narrowest)
    left = prints[first][0][0]
    while first > done and gaps[first] < NEAR:
        above = prints[first - 1]
        if above[0][0] <= left or _count_killed(white, above, narrowest):
            break
        first -= 1
        white = _clear(white, above, narrowest)
    return first


def _grow(first: int, prints: Sequence[Spans], narrowest: float, gaps: Sequence[float]) -> int:
    """The last strip of the zone that begins here; gaps in parts of the type's height."""
    white = _clear([(-inf, inf)], prints[first], narrowest)
    last, crossing, usual = first, 0, 0.0
    for strip in range(first + 1, len(prints)):
        spans, known = prints[strip], len(white) - 2
        if gaps[strip] > min(max(BREAK, 1.5 * usual), FARTHEST):
            break
        killed = _count_killed(white, spans, narrowest)
        lone = len(spans) == 1
        if not killed or (lone and 2 * killed <= known and known > 1):
            white = _clear(white, spans, narrowest)  # a gutter in a column of short lines is none
        elif 2 * killed >= known and len(spans) - 1 > known - killed:
            break  # other columns begin
        elif lone or killed == known or not _keeps_one(white, spans):
            crossing += 1
            if crossing > MOST_CROSSING:
                break
            continue
        usual = max(usual, *gaps[last + 1 : strip + 1])
        last, crossing = strip, 0
    return last


def _clear(white: Spans, spans: Spans, narrowest: float) -> Spans:
    """What the spans leave of the white, as far as it is wide enough."""
    left: Spans = []
    for start, end in white:
        for x0, x1 in spans:
            if x1 > start and x0 < end:
                if x0 - start >= narrowest:
                    left.append((start, x0))
                start = max(start, x1)
        if end - start >= narrowest:
            left.append((start, end))
    return left


def _count_killed(white: Spans, spans: Spans, narrowest: float) -> int:
    """How many gutters, the margins left out, the spans leave too little of."""
    return sum(not _clear([gutter], spans, narrowest) for gutter in white[1:-1])


def _keeps_one(white: Spans, spans: Spans) -> bool:
    """Whether the spans stand on both sides of a gutter that they leave white."""
    return any(
        any(x1 <= start for _, x1 in spans)
        and any(x0 >= end for x0, _ in spans)
        and not any(x0 < end and x1 > start for x0, x1 in spans)
        for start, end in white[1:-1]
    )
