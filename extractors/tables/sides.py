"""What stands on each side of a wide gutter: columns of prose, tables side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from extractors.geometry import Flags
from extractors.tables.strips import Segments, gutters, make_ink

# In parts of the type's height.
NARROWEST = 1.0  # a gutter between columns of prose
APART = 3.0  # a gutter between two tables
FEWEST = 3  # lines on each side
SHARED = 0.3  # share of a side's lines from which both sides are set line by line


@dataclass(frozen=True, slots=True)
class Sides:
    """The segments left and right of the widest gutter."""

    parts: tuple[Segments, Segments]
    apart: bool  # whether they share hardly a line, and each has columns of its own


def find_sides(segments: Segments) -> Sides | None:
    """The sides of the widest gutter that no segment crosses; None where there is none."""
    ink = make_ink(segments)
    printed: Flags = np.logical_or.reduce(ink.marks, axis=0)
    found = gutters(printed, NARROWEST * segments.height / ink.bin)
    if not len(found):
        return None
    widths = found[:, 1] - found[:, 0]
    start, end = found[int(np.argmax(widths))].tolist()
    left = segments.boxes[:, 2] <= ink.at((start + end) / 2)
    parts = (segments.pick(left), segments.pick(~left))
    if min(len(np.unique(part.lines)) for part in parts) < FEWEST:
        return None
    wide = (end - start) * ink.bin >= APART * segments.height
    return Sides(parts, wide and _share_few(segments, left) and all(map(_has_columns, parts)))


def _share_few(segments: Segments, left: Flags) -> bool:
    ours, theirs = np.unique(segments.lines[left]), np.unique(segments.lines[~left])
    return len(np.intersect1d(ours, theirs)) <= SHARED * min(len(ours), len(theirs))


def _has_columns(part: Segments) -> bool:
    return int((np.bincount(part.lines) > 1).sum()) >= FEWEST
