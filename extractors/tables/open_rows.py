"""Rows that no rules part: amounts line by line under each other in columns that rules do part."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from extractors.geometry import Floats, Geometry, Ints
from extractors.tables.boxes import turn_boxes
from extractors.tables.grid import Cell, Grid
from extractors.tables.place import Placed

FEWEST_LINES = 3
# Columns of amounts alone, and the share of all columns, that must have text in every line.
FEWEST_AMOUNTS = 2
WHOLE = 0.6
# Share of a row's words that must begin with a digit for it to be looked into.
AMOUNTS = 0.5
# In parts of the type's height: lines whose middles are nearer than this are one.
LEVEL = 0.4
_AMOUNT = re.compile(r"[-(]?[$%]?\d[\d.,']*[)%]?|[-–—]|\$")


def find_open_rows(
    grid: Grid, number: int, placed: Placed, geometry: Geometry
) -> dict[int, list[float]]:
    """The rows of grid `number` that hold a line of amounts for each of theirs, and where to part.

    Text that wraps has as many lines in two columns by chance, but it is no column of amounts.
    """
    words = placed.of(number, len(grid.cells))
    initials = geometry.chars.codes[placed.words.starts[words]]
    digits = (initials >= ord("0")) & (initials <= ord("9"))
    if digits.sum() < FEWEST_LINES * FEWEST_AMOUNTS:
        return {}
    owners = placed.cells[words] - placed.firsts[number]
    rows = np.array([cell.row if cell.row_span == 1 else grid.shape[0] for cell in grid.cells])
    rows = rows[owners]
    boxes = turn_boxes(placed.words.boxes[words], grid.turn)
    tall = np.diff(grid.ys) >= FEWEST_LINES * float(np.median(boxes[:, 3] - boxes[:, 1]))
    amounts = np.bincount(rows, digits, grid.shape[0] + 1)[:-1]
    tall &= amounts >= AMOUNTS * np.bincount(rows, minlength=grid.shape[0] + 1)[:-1]
    tall &= amounts >= FEWEST_LINES * FEWEST_AMOUNTS
    found = {}
    for row in np.flatnonzero(tall).tolist():
        inside = rows == row
        texts = [placed.words.texts[word] for word in words[inside].tolist()]
        if cuts := _find_cuts(boxes[inside], owners[inside], texts):
            found[row] = cuts
    return found


def _find_cuts(boxes: Floats, owners: Ints, texts: Sequence[str]) -> list[float]:
    """The heights between the lines of one row, if its lines are rows."""
    levels = (boxes[:, 1] + boxes[:, 3]) / 2
    order = np.argsort(levels, kind="stable")
    height = float(np.median(boxes[:, 3] - boxes[:, 1]))
    begins = np.concatenate(([True], np.diff(levels[order]) > LEVEL * height))
    lines = np.empty(len(order), dtype=np.int64)
    lines[order] = np.cumsum(begins) - 1
    count = int(lines.max()) + 1
    if count < FEWEST_LINES:
        return []
    held: dict[int, set[int]] = {}
    amounts: dict[int, bool] = {}
    for owner, line, text in zip(owners.tolist(), lines.tolist(), texts, strict=True):
        held.setdefault(owner, set()).add(line)
        amounts[owner] = amounts.get(owner, True) and bool(_AMOUNT.fullmatch(text))
    whole = [owner for owner, at in held.items() if len(at) == count]
    if len(whole) < WHOLE * len(held) or sum(amounts[own] for own in whole) < FEWEST_AMOUNTS:
        return []
    tops = np.full(count, np.inf)
    bottoms = np.full(count, -np.inf)
    np.minimum.at(tops, lines, boxes[:, 1])
    np.maximum.at(bottoms, lines, boxes[:, 3])
    return list(((bottoms[:-1] + tops[1:]) / 2).tolist())


def part_rows(grid: Grid, cuts: Mapping[int, Sequence[float]]) -> Grid:
    """The grid with some of its rows parted at these heights; merged cells span the new rows."""
    extra = [len(cuts.get(row, ())) for row in range(grid.shape[0])]
    before = np.concatenate(([0], np.cumsum(extra))).tolist()
    ys = sorted([*grid.ys, *(y for parts in cuts.values() for y in parts)])
    cells: list[Cell] = []
    for cell in grid.cells:
        top, bottom = cell.row + before[cell.row], cell.row + cell.row_span
        bottom += before[bottom]
        if cell.row_span == 1:
            cells += [replace(cell, row=row) for row in range(top, bottom)]
        else:
            cells.append(replace(cell, row=top, row_span=bottom - top))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return replace(grid, ys=tuple(ys), cells=tuple(cells))
