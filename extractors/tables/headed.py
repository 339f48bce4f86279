"""A ruled header right above a body without rules: one table, in the columns of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from extractors.geometry import Flags, Floats, Geometry
from extractors.tables.boxes import turn_boxes
from extractors.tables.choose import Choice
from extractors.tables.grid import Cell, Grid
from extractors.tables.lines_of_cells import is_typed

METHOD = "ruled header"
MOST_ROWS = 4  # of a header
NEAR = 2.5  # parts of the type's height between header and body
SHARED = 0.75  # share of the wider one's width that both cover
FIGURES = 0.2  # share of a header's words that may be figures: years, numbers of columns
OVER = 0.5  # parts of the type's height that a body's print may reach over a header's rule
GAP = 0.6  # parts of the type's height: the narrowest gap between names of two columns

Span = tuple[float, float]


def join_headers(
    geometry: Geometry, ruled: Sequence[Choice], open_grids: Sequence[Grid]
) -> tuple[list[Choice], list[Grid]]:
    """The choices and the grids without rules, each header set over the body it belongs to."""
    left, rest = list(ruled), list[Grid]()
    for body in open_grids:
        found = [(choice, _join(geometry, choice.grid, body)) for choice in left]
        pair = next(((choice, grid) for choice, grid in found if grid), None)
        if pair:
            left[left.index(pair[0])] = replace(pair[0], grid=pair[1], differences=())
        else:
            rest.append(body)
    return left, rest


def _join(geometry: Geometry, header: Grid, body: Grid) -> Grid | None:
    """Both as one grid; None where they are two tables."""
    boxes, texts = _words(geometry, header.turn)
    inside = _inside(boxes, header)
    below = _inside(boxes, body)
    if not (header.turn == body.turn and below.any() and inside.any()):
        return None
    height = float(np.median(boxes[below, 3] - boxes[below, 1]))
    names = [texts[at] for at in np.flatnonzero(inside).tolist()]
    figures = sum(is_typed(text) for text in names)
    if figures > FIGURES * len(names) or not _is_right_above(header, body, height):
        return None
    inks = _column_inks(boxes[below], body)
    ends = _match_rules(header.xs[1:-1], inks, OVER * height) if inks else None
    if ends is None:
        return None
    cuts, parted = _settle(header, body, ends, inks, boxes[inside], height)
    return _make(header, body, ends, cuts, parted)


def _words(geometry: Geometry, turn: int) -> tuple[Floats, Sequence[str]]:
    """The boxes of the words in this turn's frame; those of other turns are nowhere."""
    boxes = turn_boxes(geometry.words.boxes, turn).copy()
    boxes[geometry.words.turns != turn] = np.nan
    return boxes, geometry.words.texts


def _inside(boxes: Floats, grid: Grid) -> Flags:
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    return (grid.xs[0] <= x) & (x < grid.xs[-1]) & (grid.ys[0] <= y) & (y < grid.ys[-1])


def _is_right_above(header: Grid, body: Grid, height: float) -> bool:
    gap = body.ys[0] - header.ys[-1]
    shared = min(header.xs[-1], body.xs[-1]) - max(header.xs[0], body.xs[0])
    wider = max(header.xs[-1] - header.xs[0], body.xs[-1] - body.xs[0])
    return (
        header.shape[0] <= MOST_ROWS
        and 1 < header.shape[1] <= body.shape[1]
        and -height < gap < NEAR * height
        and shared >= SHARED * wider
    )


def _column_inks(boxes: Floats, body: Grid) -> list[Span]:
    """From where to where each column of the body prints; [] where one never does alone."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    owners = body.find_cells(x, y)
    inks: list[Span] = []
    for column in range(body.shape[1]):
        own = [
            at for at, cell in enumerate(body.cells)
            if cell.column == column and cell.column_span == 1
        ]  # fmt: skip
        held = boxes[np.isin(owners, own)]
        if not len(held):
            return []
        inks.append((float(held[:, 0].min()), float(held[:, 2].max())))
    return inks


def _match_rules(rules: Sequence[float], inks: Sequence[Span], over: float) -> list[int] | None:
    """The column of the body that each rule of the header stands before; None where it fits none.

    Every rule stands in a gap of its own.
    """
    ends: list[int] = []
    for rule in rules:
        fits = [
            at for at, (one, other) in enumerate(pairwise(inks), start=1)
            if one[1] - over <= rule <= other[0] + over
        ]  # fmt: skip
        if len(fits) != 1 or fits[0] in ends:
            return None
        ends += fits
    return ends


def _settle(
    header: Grid,
    body: Grid,
    ends: Sequence[int],
    inks: Sequence[Span],
    names: Floats,
    height: float,
) -> tuple[list[float], set[int]]:
    """Where to part the columns, and which of the header's hold a name for each of the body's."""
    cuts = [0.0, *body.xs[1:-1]]
    for rule, end in zip(header.xs[1:-1], ends, strict=True):
        cuts[end] = rule
    parted: set[int] = set()
    for at, (first, last) in enumerate(pairwise([0, *ends, body.shape[1]])):
        leaf = names[_leaf(header, at, names)]
        found = _part_names(leaf, inks[first:last], height) if last - first > 1 else []
        cuts[first + 1 : first + 1 + len(found)] = found
        if found:
            parted.add(at)
    return cuts[1:], parted


def _leaf(header: Grid, column: int, names: Floats) -> Flags:
    """Which names stand in the lowest cell of a column of the header, if that is its alone."""
    index = int(header.spots[-1, column])
    cell = header.cells[index]
    x, y = (names[:, 0] + names[:, 2]) / 2, (names[:, 1] + names[:, 3]) / 2
    return np.asarray((header.find_cells(x, y) == index) & (cell.column_span == 1))


def _part_names(names: Floats, inks: Sequence[Span], height: float) -> list[float]:
    """The places across the page that part names over as many columns; [] where none do."""
    spans = _merge(names)
    gaps = sorted((other[0] - one[1] for one, other in pairwise(spans)), reverse=True)
    wanted = len(inks) - 1
    if len(gaps) < wanted or gaps[wanted - 1] < GAP * height:
        return []
    if len(gaps) > wanted and gaps[wanted] >= gaps[wanted - 1]:
        return []
    groups: list[Span] = []
    for span in spans:
        if groups and span[0] - groups[-1][1] < gaps[wanted - 1]:
            groups[-1] = (groups[-1][0], span[1])
        else:
            groups.append(span)
    both = [
        (min(name[0], ink[0]), max(name[1], ink[1])) for name, ink in zip(groups, inks, strict=True)
    ]
    if any(one[1] > other[0] for one, other in pairwise(both)):
        return []
    return [(one[1] + other[0]) / 2 for one, other in pairwise(both)]


def _merge(names: Floats) -> list[Span]:
    """The stretches across the page that these words cover."""
    spans: list[Span] = []
    for x0, x1 in sorted(names[:, [0, 2]].tolist()):
        if spans and x0 <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], x1))
        else:
            spans.append((x0, x1))
    return spans


def _make(
    header: Grid, body: Grid, ends: Sequence[int], cuts: Sequence[float], parted: set[int]
) -> Grid:
    """The grid of both; rows of the header first."""
    bounds = [0, *ends, body.shape[1]]
    rows = header.shape[0]
    cells: list[Cell] = []
    for cell in header.cells:
        first, last = bounds[cell.column], bounds[cell.column + cell.column_span]
        lowest = cell.row + cell.row_span == rows
        if lowest and cell.column_span == 1 and cell.column in parted:
            cells += [replace(cell, column=at, column_span=1) for at in range(first, last)]
        else:
            cells.append(replace(cell, column=first, column_span=last - first))
    cells += [replace(cell, row=cell.row + rows) for cell in body.cells]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    left, right = min(header.xs[0], body.xs[0]), max(header.xs[-1], body.xs[-1])
    ys = (*header.ys, *body.ys[1:])
    return Grid((left, *cuts, right), ys, tuple(cells), METHOD, header.turn)
