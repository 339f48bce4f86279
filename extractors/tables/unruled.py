"""Tables without rules, or with horizontal ones only, over the arrays of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from extractors.geometry import Floats, Geometry
from extractors.tables.bands import Placed
from extractors.tables.columns import find_columns, settle_columns
from extractors.tables.grid import Cell, Grid
from extractors.tables.paragraphs import make_lines
from extractors.tables.refusals import Look, is_table
from extractors.tables.rows_by_rules import find_levels, levels_across, place_by_rules
from extractors.tables.strips import Ink, Segments, find_segments, make_ink
from extractors.tables.trimming import trim
from extractors.tables.zones import find_zones
from pipeline.model import Box

METHOD = "unruled"
RULED = "horizontal rules"


def find_unruled(geometry: Geometry, taken: Sequence[Box]) -> list[Grid]:
    """The tables of a page that alignment shows, from the top; words in `taken` are left out."""
    segments = find_segments(geometry, taken)
    return list(_find(segments, geometry)) if segments else []


def _find(segments: Segments, geometry: Geometry) -> Iterator[Grid]:
    ink = make_ink(segments, geometry.width)
    levels = find_levels(geometry.rules)
    for zone in find_zones(segments, ink, levels):
        inside = (segments.strips >= zone.first) & (segments.strips <= zone.last)
        below = segments.boxes[segments.strips == zone.last + 1]
        next_line = (float(below[0, 0]), float(below[0, 1])) if len(below) else None
        marks = ink.marks[zone.first : zone.last + 1]
        yield from _read(segments.pick(inside), Ink(marks, ink.bin), levels, next_line)


def _read(
    segments: Segments, ink: Ink, rules: Floats, below: tuple[float, float] | None
) -> Iterator[Grid]:
    levels = levels_across(rules, segments)
    cuts = settle_columns(segments, find_columns(ink, segments.height))
    if not cuts:
        return
    placed = place_by_rules(make_lines(segments, cuts), levels, len(cuts) + 1, segments.height)
    placed = trim(placed, segments.height, below)
    if is_table(Look(placed, len(cuts) + 1, segments.height)):
        yield make_unruled(placed, cuts, RULED if levels else METHOD)


def make_unruled(placed: Sequence[Placed], cuts: Sequence[float], method: str) -> Grid:
    """The grid of paragraphs that have their rows."""
    paragraphs = [one.paragraph for one in placed]
    left = min(line.x0 for one in paragraphs for line in one.lines)
    right = max(line.x1 for one in paragraphs for line in one.lines)
    ys = _edges(placed)
    cells = _cells(placed, len(ys) - 1, len(cuts) + 1)
    return Grid((left - 1, *cuts, right + 1), tuple(ys), tuple(cells), method)


def _edges(placed: Sequence[Placed]) -> list[float]:
    """The upper edge of each row and the foot of the last, points."""
    rows = max(one.row + one.span for one in placed)
    ys = [min(one.paragraph.top for one in placed)]
    for row in range(1, rows):
        above = [one.paragraph.bottom for one in placed if one.row + one.span <= row]
        below = [one.paragraph.top for one in placed if one.row >= row]
        ys.append((max(above, default=ys[-1]) + min(below)) / 2)
    return [*np.maximum.accumulate(ys).tolist(), max(one.paragraph.bottom for one in placed)]


def _cells(placed: Sequence[Placed], rows: int, columns: int) -> Iterator[Cell]:
    left = {(row, column) for row in range(rows) for column in range(columns)}
    found: list[Cell] = []
    for one in sorted(placed, key=lambda one: (one.row, one.paragraph.first)):
        first, last = one.paragraph.first, one.paragraph.last
        cell = Cell(one.row, first, one.span, last - first + 1)
        spots = {(r, c) for r in range(one.row, one.row + one.span) for c in range(first, last + 1)}
        if spots <= left:
            left -= spots
            found.append(cell)
    found += [Cell(row, column, 1, 1) for row, column in left]
    yield from sorted(found, key=lambda cell: (cell.row, cell.column))
