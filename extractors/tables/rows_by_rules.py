"""Rows of a zone: horizontal rules part them where there are any, space and content elsewhere."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from extractors.geometry import Floats
from extractors.tables.rows_by_space import Placed, find_rows
from extractors.tables.paragraphs import Line, Paragraph, by_overlap, find_paragraphs, join_columns
from extractors.tables.strips import Segments

WIDE = 0.7  # share of a zone's width that a rule of its rows covers
AROUND = 2.0  # parts of the type's height: how far off the print its outer rules may stand
FULL = 0.6  # share of its columns that print outside the outer rules fills if it is the table's
DOUBLE = 0.5  # parts of the type's height: rules closer than this are one drawn double
EVERY = 3  # stretches between rules, print in each, from which a rule is taken to end every row


def find_levels(rules: Floats) -> Floats:
    """The horizontal rules as rows of (height, left, right), from the top, points."""
    flat = (rules[:, 2] - rules[:, 0]) > (rules[:, 3] - rules[:, 1])
    chosen = rules[flat]
    middles = (chosen[:, 1] + chosen[:, 3]) / 2
    levels = np.column_stack([middles, chosen[:, 0], chosen[:, 2]])
    return np.asarray(levels[np.argsort(middles, kind="stable")])


def levels_across(levels: Floats, segments: Segments) -> list[float]:
    """The heights, from the top, at which rules run across the zone; double ones once."""
    left, right = segments.boxes[:, 0].min(), segments.boxes[:, 2].max()
    top = segments.boxes[:, 1].min() - AROUND * segments.height
    foot = segments.boxes[:, 3].max() + AROUND * segments.height
    shared = np.minimum(levels[:, 2], right) - np.maximum(levels[:, 1], left)
    chosen = (shared >= WIDE * (right - left)) & (levels[:, 0] > top) & (levels[:, 0] < foot)
    found: list[float] = []
    for level in levels[chosen, 0].tolist():
        if not found or level - found[-1] > DOUBLE * segments.height:
            found.append(level)
    return found


def place_by_rules(
    lines: Sequence[Line], levels: Sequence[float], columns: int, height: float
) -> list[Placed]:
    """The paragraphs in their rows, counted from 0 at the top; no row reaches over a level."""
    stretches = _stretches(lines, levels, columns)
    every = len(stretches) > EVERY
    placed: list[Placed] = []
    apart = find_paragraphs(lines, height, levels)
    for number in sorted(stretches):
        inside = [one for one in apart if bisect_right(levels, one.middle) == number]
        header = number == min(stretches) and len(stretches) > 1
        rows = _place(stretches[number], inside, every, header, height)
        base = max((one.row + one.span for one in placed), default=0)
        placed += [Placed(one.paragraph, base + one.row, one.span) for one in rows]
    return placed


def _stretches(
    lines: Sequence[Line], levels: Sequence[float], columns: int
) -> dict[int, list[Line]]:
    """The lines between rules; those before the first or after the last only if they fill it."""
    stretches: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        stretches[bisect_right(levels, line.middle)].append(line)
    if len(levels) > 1:
        for outer in (0, len(levels)):
            filled = {line.first for line in stretches.get(outer, ())}
            if len(filled) < FULL * columns:
                stretches.pop(outer, None)
    return stretches


def _place(
    lines: Sequence[Line], apart: Sequence[Paragraph], every: bool, header: bool, height: float
) -> list[Placed]:
    """The rows of one stretch between two rules."""
    spanned = any(line.last > line.first for line in lines)
    if not spanned and (every or header):
        whole = join_columns(lines)
        if every or len(by_overlap(whole, 0)) == 1:
            return [Placed(one, 0) for one in whole]
    return find_rows(apart, height)
