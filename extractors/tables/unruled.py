"""Tables without rules, or with horizontal ones only, over the arrays of a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import numpy as np

from extractors.geometry import ASKEW, Flags, Floats, Geometry
from extractors.tables.boxes import turn_box, turn_boxes
from extractors.tables.columns import find_columns, settle_columns
from extractors.tables.continued import join_continued
from extractors.tables.grid import Cell, Grid
from extractors.tables.judge import are_scraps
from extractors.tables.levels import find_levels, levels_of
from extractors.tables.lines_of_cells import Line, make_lines
from extractors.tables.refusals import Look, is_table
from extractors.tables.rows_by_alignment import Placed
from extractors.tables.rows_by_rules import place_by_rules
from extractors.tables.sides import find_sides
from extractors.tables.strips import Segments, find_segments, make_ink
from extractors.tables.trimming import find_halves, trim
from extractors.tables.zones import find_zones, strip_gaps
from pipeline.model import Box

Below = tuple[float, float] | None

FEWEST_TURNED = 12  # words set sideways that may be a table
MOST_SEGMENTS = 8000  # on a page; more are no table that anyone reads
DEEPEST = 2  # how often a stretch is parted at its widest gutter
METHOD = "unruled"
BOOKTABS = 2  # rules: a header with one above and one below has more when the table ends with one
RULED = "horizontal rules"


def find_unruled(geometry: Geometry, taken: Sequence[Box]) -> list[Grid]:
    """The tables of a page that alignment shows, from the top; words in `taken` are left out.

    Those of text set sideways are measured in the frame where it runs across.
    """
    turns, counts = np.unique(geometry.words.turns, return_counts=True)
    grids = [
        replace(grid, turn=turn)
        for turn, count in zip(turns.tolist(), counts.tolist(), strict=True)
        if turn == 0 or (turn != ASKEW and count >= FEWEST_TURNED)
        for grid in _find_turned(geometry, taken, turn)
    ]
    grids = [grid for grid in grids if not are_scraps(grid, geometry)]
    return sorted(grids, key=lambda grid: (grid.bbox[1], grid.bbox[0]))


def _find_turned(geometry: Geometry, taken: Sequence[Box], turn: int) -> list[Grid]:
    segments = find_segments(geometry, taken, turn)
    if not segments or len(segments) > MOST_SEGMENTS:
        return []
    rules = find_levels(turn_boxes(geometry.rules, turn))
    others = [turn_box(box, turn) for box in taken]
    grids = _find(segments, rules, others, DEEPEST)
    return [grid for grid in grids if not _is_beside(grid.bbox, others, segments.height)]


def _find(segments: Segments, rules: Floats, taken: Sequence[Box], deeper: int) -> Iterator[Grid]:
    """The tables among these segments; where a stretch is none, on each side of a wide gutter."""
    for zone, below in _zones(segments, rules, taken):
        sides = find_sides(zone) if deeper else None
        grid = None if sides and sides.apart else _read(zone, rules, below)
        if grid:
            yield grid
        elif sides:
            for side in sides.parts:
                yield from _find(side, rules, taken, deeper - 1)


def _zones(
    segments: Segments, rules: Floats, taken: Sequence[Box]
) -> Iterator[tuple[Segments, Below]]:
    """The segments of each zone, with the left edge and the top of what follows."""
    for zone in find_zones(segments, strip_gaps(segments, rules, taken)):
        inside = (segments.strips >= zone.first) & (segments.strips <= zone.last)
        below = segments.boxes[segments.strips == zone.last + 1]
        yield segments.pick(inside), (tuple(below[0, :2].tolist()) if len(below) else None)


def _read(segments: Segments, rules: Floats, below: Below) -> Grid | None:
    """The grid of a zone, None where it is no table; read anew without what is not the table's."""
    levels = levels_of(rules, segments)
    cuts = settle_columns(segments, find_columns(make_ink(segments), segments.height))
    if not cuts:
        return None
    lines = make_lines(segments, cuts)
    placed = place_by_rules(lines, levels, len(cuts) + 1, segments.height)
    apart = find_halves(placed, len(cuts) + 1)
    if apart:
        cuts = [cut for at, cut in enumerate(cuts) if at not in apart]
        lines = make_lines(segments, cuts)
        placed = place_by_rules(lines, levels, len(cuts) + 1, segments.height)
    placed = trim(join_continued(placed, segments.height), segments.height, below)
    kept = {line for one in placed for line in one.paragraph.lines}
    if kept and len(kept) < len(lines):
        return _read(segments.pick(_are_of(segments, kept)), rules, None)
    if not is_table(Look(placed, len(cuts) + 1, len(levels) > BOOKTABS)):
        return None
    return make_unruled(placed, cuts, RULED if len(levels) > 1 else METHOD)


def _are_of(segments: Segments, lines: Collection[Line]) -> Flags:
    """Whether each segment is part of one of these lines."""
    spans: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        spans[line.number].append(line)
    places = zip(segments.lines.tolist(), segments.boxes[:, 0].tolist(), strict=True)
    return np.array([any(one.x0 <= x <= one.x1 for one in spans[at]) for at, x in places], np.bool_)


def _is_beside(box: Box, taken: Sequence[Box], height: float) -> bool:
    """Whether the box touches the side of a table with rules: it is a piece of that one."""
    return any(
        max(other[0] - box[2], box[0] - other[2]) < 2 * height
        and min(box[3], other[3]) - max(box[1], other[1]) > (box[3] - box[1]) / 2
        for other in taken
    )


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
    foot = max(one.paragraph.bottom for one in placed)
    above, below = np.full(rows + 1, -np.inf), np.full(rows + 1, foot)
    for one in placed:  # where what ends above a row, and what begins in it, stands
        end = one.row + one.span
        above[end] = max(above[end], one.paragraph.bottom)
        below[one.row] = min(below[one.row], one.paragraph.top)
    above, below = np.maximum.accumulate(above), np.minimum.accumulate(below[::-1])[::-1]
    ys = [float(below[0])]
    for row in range(1, rows):
        ys.append(float((above[row] if above[row] > -np.inf else ys[-1]) + below[row]) / 2)
    return [*np.maximum.accumulate(ys).tolist(), foot]


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
