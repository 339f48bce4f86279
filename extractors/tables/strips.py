"""Words of a page into segments, lines and strips: what columns without rules are looked for in.

A segment is words of one line with no more than a space between them. A strip is a stretch of the
page's height that no white crosses: one line, or lines of several columns that stand offset.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from extractors.geometry import Flags, Floats, Geometry, Ints
from extractors.tables.boxes import turn_boxes
from pipeline.model import Box

# In parts of the type's height.
SPACE = 0.45  # a wider gap parts segments, unless the page's spaces are as wide
WIDEST_SPACE = 0.9
SAME_LINE = 0.25  # middles of words of one line differ by less
TIGHT = 0.1  # the narrowest space before an amount that may be another cell
CORE = 0.2  # from a word's middle, up and down: what makes strips
IN_LINE = 0.5  # points by which right edges of one column of amounts differ
FEWEST_IN_LINE = 5  # amounts that make a column
FINEST = 0.5  # points of a bin across the page
MOST_BINS = 2048  # a page of 200 inches has no finer ones

_AMOUNT = re.compile(r"[-+($]*\d{1,3}(?:[.,']\d{3})+(?:[.,]\d+)?\)?|[-+($]*\d+[.,]\d{2}\)?%?")
_BOLD = 600


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """The s segments of a page, line by line from the top, from left to right in a line."""

    boxes: Floats  # (s, 4)
    lines: Ints  # (s,) number of the line, counted from the top
    strips: Ints  # (s,) number of the strip, counted from the top
    texts: tuple[str, ...]
    bold: Flags  # (s,)
    height: float  # median height of the type, points

    def __len__(self) -> int:
        return len(self.texts)

    def pick(self, chosen: Ints | Flags) -> Segments:
        """Only these segments, with strips counted anew."""
        places = np.arange(len(self))[chosen]
        lines = np.unique(self.lines[places], return_inverse=True)[1]
        boxes = self.boxes[places]
        return replace(
            self,
            boxes=boxes,
            lines=lines,
            strips=_strips(boxes, lines),
            texts=tuple(self.texts[i] for i in places),
            bold=self.bold[places],
        )


def find_segments(geometry: Geometry, taken: Sequence[Box], turn: int = 0) -> Segments | None:
    """The segments of the words set with this turn outside the boxes taken, None without any.

    They are measured in the frame where such words run across (`boxes.turn_box`).
    """
    chosen = np.flatnonzero(_free(geometry, taken, turn))
    if not len(chosen):
        return None
    boxes = turn_boxes(geometry.words.boxes[chosen], turn)
    heights = np.maximum(boxes[:, 3] - boxes[:, 1], 0.1)
    height = float(np.median(heights))
    lines = _lines(boxes, heights, height)
    order = np.lexsort((boxes[:, 0], lines))
    words = [geometry.words.texts[i] for i in chosen[order]]
    boxes, lines = boxes[order], lines[order]
    starts = _starts(boxes, lines, np.minimum(heights[order], 2 * height), words)
    weights = geometry.chars.weights[geometry.words.starts[chosen[order]]]
    return _join(boxes, lines, words, weights, starts, height)


def _free(geometry: Geometry, taken: Sequence[Box], turn: int) -> Flags:
    words = geometry.words
    x = (words.boxes[:, 0] + words.boxes[:, 2]) / 2
    y = (words.boxes[:, 1] + words.boxes[:, 3]) / 2
    free: Flags = (words.turns == turn) & (words.boxes[:, 3] > words.boxes[:, 1])
    free &= np.isfinite(words.boxes).all(axis=1)
    for x0, top, x1, bottom in taken:
        free &= ~((x >= x0) & (x <= x1) & (y >= top) & (y <= bottom))
    return free


def _lines(boxes: Floats, heights: Floats, height: float) -> Ints:
    """Number of each word's line. Large type beside small is a line of its own kind."""
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    order = np.argsort(middles, kind="stable")
    steps = np.diff(middles[order], prepend=middles[order[0]])
    numbers = np.cumsum(steps > SAME_LINE * height)
    lines = np.empty(len(boxes), np.int64)
    lines[order] = numbers
    return lines


def _starts(boxes: Floats, lines: Ints, heights: Floats, words: Sequence[str]) -> Flags:
    """Whether a segment begins with each word."""
    starts = np.ones(len(boxes), np.bool_)
    gaps = boxes[1:, 0] - boxes[:-1, 2]
    least = np.minimum(heights[1:], heights[:-1])
    same = lines[1:] == lines[:-1]
    starts[1:] = ~same | (gaps > _space(gaps / least, same, words) * least)
    amounts = np.array([_AMOUNT.fullmatch(word) is not None for word in words])
    columns = np.sort(boxes[starts & amounts, 2])
    for i in np.flatnonzero(~starts & amounts).tolist():
        # Two amounts are two cells, however tight the columns; so are a name and an amount in line
        # with those of other rows.
        if gaps[i - 1] > TIGHT * heights[i]:
            starts[i] = amounts[i - 1] or _is_in_line(boxes[i, 2], columns)
    return starts


def _is_in_line(edge: float, columns: Floats) -> bool:
    """Whether as many amounts end at this place across the page as make a column."""
    first, last = np.searchsorted(columns, (edge - IN_LINE, edge + IN_LINE))
    return bool(last - first >= FEWEST_IN_LINE)


def _space(gaps: Floats, same: Flags, words: Sequence[str]) -> float:
    """The widest space between words of one cell: type of one width has wide ones."""
    letters = np.array([word.isalpha() for word in words])
    between = gaps[same & letters[1:] & letters[:-1] & (gaps > 0)]
    usual = float(np.sort(between)[len(between) // 4]) if len(between) else 0.0
    return min(max(SPACE, 1.5 * usual), WIDEST_SPACE)


def _join(
    boxes: Floats, lines: Ints, words: Sequence[str], weights: Ints, starts: Flags, height: float
) -> Segments:
    at = np.flatnonzero(starts)
    ends = [*at[1:].tolist(), len(words)]
    joined = np.column_stack([
        np.minimum.reduceat(boxes[:, 0], at), np.minimum.reduceat(boxes[:, 1], at),
        np.maximum.reduceat(boxes[:, 2], at), np.maximum.reduceat(boxes[:, 3], at),
    ])  # fmt: skip
    texts = tuple(" ".join(words[a:b]) for a, b in zip(at.tolist(), ends, strict=True))
    strips = _strips(joined, lines[at])
    return Segments(joined, lines[at], strips, texts, weights[at] >= _BOLD, height)


def _strips(boxes: Floats, lines: Ints) -> Ints:
    """Number of the strip of each segment: lines whose cores overlap share one."""
    if not len(lines):
        return lines
    count = int(lines[-1]) + 1
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    reach = CORE * (boxes[:, 3] - boxes[:, 1])
    tops, bottoms = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(tops, lines, middles - reach)
    np.maximum.at(bottoms, lines, middles + reach)
    floor = np.maximum.accumulate(bottoms)
    begins = np.ones(count, np.bool_)
    begins[1:] = tops[1:] >= floor[:-1]
    return np.asarray(np.cumsum(begins)[lines] - 1)


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """Which bins across the page each strip prints on."""

    marks: Flags  # (strips, bins)
    bin: float  # points
    left: float  # where the first bin begins, points

    def at(self, bins: float) -> float:
        """The place on the page, points, that is so many bins from the first."""
        return self.left + bins * self.bin


def make_ink(segments: Segments) -> Ink:
    """The print of the strips, from the first segment on the left to the last on the right."""
    left, right = float(segments.boxes[:, 0].min()), float(segments.boxes[:, 2].max())
    size = max(FINEST, (right - left) / MOST_BINS)
    bins = int((right - left) / size) + 2
    starts = ((segments.boxes[:, 0] - left) / size).astype(np.int64)
    ends = np.ceil((segments.boxes[:, 2] - left) / size).astype(np.int64)
    steps = np.zeros((int(segments.strips[-1]) + 1, bins), np.int16)
    np.add.at(steps, (segments.strips, starts), 1)
    np.add.at(steps, (segments.strips, np.maximum(ends, starts)), -1)
    return Ink(np.cumsum(steps[:, :-1], axis=1, dtype=np.int16) > 0, size, left)


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
