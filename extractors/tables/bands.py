"""Rows told by colour: bands painted across a table in turns, and the paper between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np

from extractors.geometry import Geometry
from extractors.tables.ground import BESIDE, are_pale
from pipeline.model import Box

# Points: bands that begin and end this near each other are of one table.
ALIKE = 3.0
LOWEST, HIGHEST = 4.0, 120.0
# Paper between two bands that is at most so many times as high as the usual band is one row.
TALLEST_GAP = 1.6
FEWEST = 3  # rows, bands and paper together
NARROWEST = 100.0  # points


Band = tuple[Box, int]  # where it is painted, and its shade


def band_rows(geometry: Geometry) -> list[Box]:
    """The rows that colour parts, table by table from the top: the bands, and what lies between.

    Evidence for tables without rules. The row after the last band has no edge and is not told.
    """
    bands = sorted(_join_cells(geometry), key=lambda band: (*_sides(band), band[0][1]))
    rows = [row for _, table in groupby(bands, key=_sides) for row in _rows(list(table))]
    return sorted(rows, key=lambda box: (box[1], box[0]))


def _sides(band: Band) -> tuple[int, int]:
    return round(band[0][0] / ALIKE), round(band[0][2] / ALIKE)


def _join_cells(geometry: Geometry) -> list[Band]:
    """The fills of one row and one shade as one band, those that are paper or too high left out."""
    height = geometry.fills[:, 3] - geometry.fills[:, 1]
    dark = ~are_pale(geometry.fill_shades)
    which = np.flatnonzero((height >= LOWEST) & (height <= HIGHEST) & dark)
    fills, shades = geometry.fills[which], geometry.fill_shades[which]
    order = np.lexsort((fills[:, 0], shades, np.round(fills[:, 3]), np.round(fills[:, 1])))
    bands: list[Band] = []
    for box, shade in zip(fills[order].tolist(), shades[order].tolist(), strict=True):
        if bands and bands[-1][1] == shade and _continues(bands[-1][0], box):
            x0, top, x1, bottom = bands[-1][0]
            bands[-1] = ((x0, top, max(x1, box[2]), bottom), shade)
        else:
            bands.append(((box[0], box[1], box[2], box[3]), shade))
    return [band for band in bands if band[0][2] - band[0][0] >= NARROWEST]


def _continues(last: Box, box: Sequence[float]) -> bool:
    level = abs(last[1] - box[1]) <= 1.0 and abs(last[3] - box[3]) <= 1.0
    return level and last[0] <= box[0] <= last[2] + ALIKE


def _rows(bands: Sequence[Band]) -> Iterator[Box]:
    """The rows of bands that stand in one column of the page, run by run."""
    usual = float(np.median([bottom - top for (_, top, _, bottom), _ in bands]))
    run: list[Band] = []
    for band in bands:
        if run and not _follows(run[-1], band, TALLEST_GAP * usual):
            yield from _with_paper(run)
            run = []
        run.append(band)
    yield from _with_paper(run)


def _follows(last: Band, band: Band, tallest: float) -> bool:
    """Whether a band is the next but one row, or the next in another shade.

    Bands of one shade that touch are the lines of a shaded paragraph.
    """
    gap = band[0][1] - last[0][3]
    return BESIDE < gap <= tallest or (abs(gap) < LOWEST and band[1] != last[1])


def _with_paper(run: Sequence[Band]) -> Iterator[Box]:
    boxes = [box for box, _ in run]
    between = [
        (one[0], one[3], one[2], other[1])
        for one, other in pairwise(boxes)
        if other[1] - one[3] >= LOWEST
    ]
    if len(boxes) > 1 and len(boxes) + len(between) >= FEWEST:
        yield from (*boxes, *between)
