"""Horizontal rules of a zone, by the height at which they part its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extractors.geometry import Floats
from extractors.tables.strips import Segments

PART = 0.12  # share of a zone's width that a rule of some columns covers, where others span rows
AROUND = 2.0  # parts of the type's height: how far off the print its outer rules may stand
DOUBLE = 0.5  # parts of the type's height: rules closer than this are one drawn double


@dataclass(frozen=True, slots=True)
class Level:
    """Rules at one height of the page, points from the top, with the stretches they cover."""

    height: float
    pieces: tuple[tuple[float, float], ...]

    def covers(self, left: float, right: float) -> float:
        """The share of a stretch across the page that has a rule."""
        shared = sum(max(0.0, min(b, right) - max(a, left)) for a, b in self.pieces)
        return shared / max(right - left, 0.1)


def find_levels(rules: Floats) -> Floats:
    """The horizontal rules as rows of (height, left, right), from the top, points."""
    flat = (rules[:, 2] - rules[:, 0]) > (rules[:, 3] - rules[:, 1])
    chosen = rules[flat & np.isfinite(rules).all(axis=1)]
    middles = (chosen[:, 1] + chosen[:, 3]) / 2
    levels = np.column_stack([middles, chosen[:, 0], chosen[:, 2]])
    return np.asarray(levels[np.argsort(middles, kind="stable")])


def levels_of(rules: Floats, segments: Segments) -> list[Level]:
    """The rules in a zone that part rows, from the top; double ones once."""
    left, right = float(segments.boxes[:, 0].min()), float(segments.boxes[:, 2].max())
    top = segments.boxes[:, 1].min() - AROUND * segments.height
    foot = segments.boxes[:, 3].max() + AROUND * segments.height
    near = (rules[:, 0] > top) & (rules[:, 0] < foot)
    near &= (rules[:, 1] < right) & (rules[:, 2] > left)
    groups: list[list[tuple[float, float, float]]] = []
    for height, a, b in rules[near].tolist():
        if not groups or height - groups[-1][0][0] > DOUBLE * segments.height:
            groups.append([])
        groups[-1].append((height, a, b))
    levels = [Level(group[0][0], _pieces(group)) for group in groups]
    return [level for level in levels if level.covers(left, right) >= PART]


def _pieces(group: Sequence[tuple[float, float, float]]) -> tuple[tuple[float, float], ...]:
    """The stretches that rules cover, those that touch joined."""
    pieces: list[tuple[float, float]] = []
    for _, a, b in sorted(group, key=lambda rule: rule[1]):
        if pieces and a <= pieces[-1][1] + 1:
            pieces[-1] = (pieces[-1][0], max(pieces[-1][1], b))
        else:
            pieces.append((a, b))
    return tuple(pieces)
