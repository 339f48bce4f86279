"""Columns of a zone: gutters that hold over its strips but for the few that print across."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extractors.geometry import Flags, Ints
from extractors.tables.strips import Ink, Segments, runs

REACH = 0.15  # parts of the type's height: print that reaches less over an edge is still inside
CROSSING = 0.3  # share of a zone's strips that may print across a gutter: titles, subtotals
# Width of a gutter, in parts of the type's height, by how many strips have print on both sides.
WIDTHS = ((1, 0.75), (3, 0.6), (6, 0.4), (10, 0.3))


def find_columns(ink: Ink, height: float) -> list[float]:
    """The positions, points, that part the columns of these strips, from left to right."""
    counts = ink.marks.sum(axis=0)
    inked = np.flatnonzero(counts)
    most = int(CROSSING * len(ink.marks))
    found: list[tuple[int, int]] = []
    for level in range(most + 1):
        for start, end in _gaps(counts, level, int(inked[0]), int(inked[-1]) + 1):
            overlaps = any(a < end and start < b for a, b in found)
            if not overlaps and _is_gutter(ink, start, end, level, height):
                found.append((start, end))
    return [ink.at(_middle(counts, start, end)) for start, end in sorted(found)]


def _gaps(counts: Ints, level: int, first: int, last: int) -> list[tuple[int, int]]:
    """Runs of bins on which at most so many strips print, away from the outer edges."""
    found = runs(counts[first:last] <= level) + first
    return [(a, b) for a, b in found.tolist() if a > first and b < last]


def _is_gutter(ink: Ink, start: int, end: int, level: int, height: float) -> bool:
    marks = ink.marks
    inside = marks[:, start:end].any(axis=1)
    if level and _is_sparse(marks[inside], start, end):
        return False
    straddling = ~inside & marks[:, :start].any(axis=1) & marks[:, end:].any(axis=1)
    support = int(straddling.sum())
    if support <= int(inside.sum()):
        return False
    width = (end - start) * ink.bin
    return any(support >= strips and width >= part * height for strips, part in WIDTHS)


def _is_sparse(marks: Flags, start: int, end: int) -> bool:
    """Whether print begins and ends inside the gap: a column that few strips fill."""
    return bool(((~marks[:, start]) & (~marks[:, end - 1])).any())


def _middle(counts: Ints, start: int, end: int) -> float:
    """The middle of the widest stretch of the gap on which fewest strips print."""
    within = counts[start:end]
    whitest = runs(within == within.min())
    a, b = whitest[np.argmax(whitest[:, 1] - whitest[:, 0])]
    return start + (int(a) + int(b)) / 2


def span_columns(segments: Segments, cuts: Sequence[float]) -> tuple[Ints, Ints]:
    """The first and the last column of each segment, counted from 0."""
    reach = REACH * segments.height
    first = np.searchsorted(cuts, segments.boxes[:, 0] + reach)
    return first, np.maximum(first, np.searchsorted(cuts, segments.boxes[:, 2] - reach))


def settle_columns(segments: Segments, cuts: Sequence[float]) -> list[float]:
    """The cuts, without those that too few strips bear out with print right beside them."""
    kept = list(cuts)
    while kept:
        support, crossing = _evidence(segments, kept)
        good = (support > crossing) | (crossing == 0)
        if good.all():
            break
        worst = np.where(good, np.inf, support - crossing)
        kept.pop(int(np.argmin(worst)))
    return kept


def _evidence(segments: Segments, cuts: Sequence[float]) -> tuple[Ints, Ints]:
    """For each cut: how many strips print in both columns beside it, and how many across it.

    The first strip may print across: names of groups of columns.
    """
    first, last = span_columns(segments, cuts)
    strips, width = int(segments.strips[-1]) + 1, len(cuts) + 1
    begins, ends = np.zeros((2, strips, width), np.bool_)
    begins[segments.strips, first] = True
    ends[segments.strips, last] = True
    beside = ends[:, :-1] & begins[:, 1:]
    at = np.arange(len(cuts))
    across = (first[:, None] <= at) & (at < last[:, None]) & (segments.strips > 0)[:, None]
    return beside.sum(axis=0), across.sum(axis=0)
