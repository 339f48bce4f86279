"""Words into the cells they were printed for, over the page's arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from extractors.geometry import ASKEW, Flags, Floats, Geometry, Ints, Words
from extractors.tables.boxes import turn_boxes
from extractors.tables.grid import Grid
from extractors.tables.overprint import begin_runs, find_glued, join_parts, send_home

OUTSIDE = -1
# Points by which a character must reach over a rule to be cut by it.
REACH = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A page's words, those parted that stand over two tight cells, and the cell of each.

    Cells of all grids are numbered through: those of grid g from `firsts[g]` on; OUTSIDE is none.
    """

    words: Words
    cells: Ints  # (w,)
    firsts: tuple[int, ...]
    cut: Ints  # the words that a rule runs through

    def of(self, grid: int, count: int) -> Ints:
        """The words of one grid of `count` cells."""
        first = self.firsts[grid]
        return np.flatnonzero((self.cells >= first) & (self.cells < first + count))

    @property
    def rest(self) -> Ints:
        """The words outside every grid."""
        return np.flatnonzero(self.cells == OUTSIDE)


def place_words(geometry: Geometry, grids: Sequence[Grid]) -> Placed:
    """The cell of each word; the first grid that holds a word takes it.

    A word that a rule cuts stays whole in the cell where its run began, with the rest of the run:
    it is the text of that cell running over into the next one. So is a run that overprints words
    of the next one.
    """
    words = geometry.words
    firsts = tuple(np.cumsum([0, *(len(grid.cells) for grid in grids)]).tolist())[:-1]
    if not len(words) or not grids:
        return Placed(words, np.full(len(words), OUTSIDE), firsts, np.empty(0, dtype=np.int64))
    spots = _place_chars(geometry, grids, firsts)
    words = _part_words(geometry, spots, grids, firsts)
    low, high = _extremes(words, spots)
    cut = np.flatnonzero(low != high)
    cells = low.copy()
    for index in cut.tolist():
        inside = spots[words.starts[index] : words.ends[index]].tolist()
        cells[index] = Counter(inside).most_common(1)[0][0]
    _carry_runs(words, spots, cells, cut)
    send_home(words, cells)
    parts = _find_parts(geometry.words, words, cells)
    if parts.any():
        words, cells = join_parts(words, parts), cells[~parts]
        low, high = _extremes(words, spots)
        cut = np.flatnonzero(low != high)
    return Placed(words, cells, firsts, cut)


def find_confidences(geometry: Geometry, placed: Placed) -> dict[int, float]:
    """The lowest confidence (0-100) that OCR told of a character of each cell; {} for print."""
    told = geometry.chars.confidences
    held = np.flatnonzero(placed.cells >= 0)
    if not len(held) or np.isnan(told).all():
        return {}
    words = placed.words
    bounds = np.column_stack((words.starts, words.ends)).ravel()
    lowest = np.fmin.reduceat(np.append(told, np.nan), bounds)[::2][held]
    cells = np.full(int(placed.cells.max()) + 1, np.nan)
    np.fmin.at(cells, placed.cells[held], lowest)
    sure = np.flatnonzero(~np.isnan(cells))
    return dict(zip(sure.tolist(), cells[sure].tolist(), strict=True))


def _place_chars(geometry: Geometry, grids: Sequence[Grid], firsts: Sequence[int]) -> Ints:
    """The cell of each character by its middle; what is set askew stands in none."""
    boxes = geometry.chars.boxes
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    spots = np.full(len(boxes), OUTSIDE)
    for grid, first in zip(reversed(grids), reversed(firsts), strict=True):
        found = grid.find_cells(*_turn_points(x, y, grid.turn))
        spots = np.where(found >= 0, found + first, spots)
    spots[geometry.chars.turns == ASKEW] = OUTSIDE
    return spots


def _turn_points(x: Floats, y: Floats, turn: int) -> tuple[Floats, Floats]:
    turned = turn_boxes(np.column_stack((x, y, x, y)), turn) if turn else None
    return (x, y) if turned is None else (turned[:, 0], turned[:, 1])


def _extremes(words: Words, spots: Ints) -> tuple[Ints, Ints]:
    """The lowest and the highest cell that the characters of each word stand in."""
    # A range that ends with the last character needs one more place after it.
    padded = np.append(spots, OUTSIDE)
    bounds = np.column_stack((words.starts, words.ends)).ravel()
    low = np.minimum.reduceat(padded, bounds)[::2]
    high = np.maximum.reduceat(padded, bounds)[::2]
    return low, high


def _part_words(
    geometry: Geometry, spots: Ints, grids: Sequence[Grid], firsts: Sequence[int]
) -> Words:
    """The words, parted where a rule passes between two characters: two tight cells."""
    words = geometry.words
    low, high = _extremes(words, spots)
    candidates = np.flatnonzero((low != high) & (low >= 0) & (words.turns != ASKEW))
    glued: set[int] = set()
    breaks: dict[int, list[int]] = {}
    for index in candidates.tolist():
        amount = find_glued(geometry, index, spots)
        ats = amount or _find_breaks(geometry, index, spots, grids, firsts)
        glued.update(amount)
        if ats:
            breaks[index] = ats
    words = split_words(geometry, breaks) if breaks else words
    return begin_runs(words, glued) if glued else words


def _find_breaks(
    geometry: Geometry, index: int, spots: Ints, grids: Sequence[Grid], firsts: Sequence[int]
) -> list[int]:
    """The characters of a word that begin another cell, untouched by the rule before them."""
    words, chars = geometry.words, geometry.chars
    start, end = int(words.starts[index]), int(words.ends[index])
    inside = spots[start:end]
    found = []
    for at in (np.flatnonzero(np.diff(inside)) + start + 1).tolist():
        grid = grids[int(np.searchsorted(firsts, spots[at], side="right")) - 1]
        if grid.turn != words.turns[index]:
            continue
        last, char = turn_boxes(chars.boxes[at - 1 : at + 1], grid.turn).tolist()
        if any(last[2] <= x + REACH and char[0] >= x - REACH for x in grid.xs):
            found.append(at)
    return found


def split_words(geometry: Geometry, breaks: dict[int, list[int]]) -> Words:
    """The words, some of them parted before the characters given; the parts keep their run."""
    words, chars = geometry.words, geometry.chars
    counts = np.ones(len(words), dtype=np.int64)
    counts[list(breaks)] += [len(ats) for ats in breaks.values()]
    origin = np.repeat(np.arange(len(words)), counts)
    firsts = np.cumsum(counts) - counts
    starts, ends = words.starts[origin], words.ends[origin]
    boxes = words.boxes[origin]
    texts = [words.texts[index] for index in origin.tolist()]
    for index, ats in breaks.items():
        stops = [int(words.starts[index]), *ats, int(words.ends[index])]
        for part, (start, end) in enumerate(pairwise(stops), int(firsts[index])):
            starts[part], ends[part] = start, end
            boxes[part] = _around(chars.boxes[start:end])
            texts[part] = "".join(map(chr, chars.codes[start:end].tolist()))
    return Words(tuple(texts), starts, ends, boxes, words.turns[origin], words.runs[origin])


def _around(boxes: Floats) -> Floats:
    return np.concatenate((boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)))


def _find_parts(whole: Words, words: Words, cells: Ints) -> Flags:
    """Which words are parts of the one before after all: they came into its cell."""
    parts = ~np.isin(words.starts, whole.starts)
    parts[1:] &= (np.diff(words.runs) == 0) & (np.diff(cells) == 0)
    return parts


def _carry_runs(words: Words, spots: Ints, cells: Ints, cut: Ints) -> None:
    """Keep text that runs over a rule in the cell where it began; `cells` is put right in place."""
    if not len(cut):
        return
    for run in _runs_of(words, cut):
        before: int | None = None
        runs_over = False
        for index in run:
            inside = set(spots[words.starts[index] : words.ends[index]].tolist())
            is_cut = len(inside) > 1
            runs_over = runs_over or is_cut
            if not (runs_over and before is not None and (before in inside or not is_cut)):
                before = int(cells[index])
            cells[index] = before


def _runs_of(words: Words, cut: Ints) -> Iterator[range]:
    """The words of each run that a rule cuts, in the order of printing."""
    edges = np.flatnonzero(np.diff(words.runs)) + 1
    starts = np.concatenate(([0], edges, [len(words)]))
    for which in np.unique(np.searchsorted(starts, cut, side="right") - 1).tolist():
        yield range(int(starts[which]), int(starts[which + 1]))
