"""How well a grid explains the words that stand in it, and whether it is a table at all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np

from extractors.geometry import ASKEW, Flags, Geometry
from extractors.tables.boxes import turn_boxes
from extractors.tables.grid import Cell, Grid
from extractors.tables.place import Placed, find_confidences, place_words
from pipeline.model import Box

# A rule strikes a word through that it passes in the middle half of its height.
MARGIN = 0.25
# Share of a grid's words (and how many in any case) that may stay unexplained before another
# reader is asked: text that runs over its cell is cut by a rule that is right.
DOUBT = 0.04
FEW = 1
# The share from which a reader is asked that takes seconds.
STRONG_DOUBT = 0.1
# And the cells: a few boxes around text (a letterhead) are not worth seconds.
MANY = 12
# A grid with fewer of its cells filled than this share is a chart, unless it has a header.
SPARSE = 0.2
HEADER = 3  # cells
# A grid that explains less than this share of its words is no table: a letterhead, say.
CLEAR = 0.6

# OCR reads a stamp or a signature as scraps of so few letters a word, and is not sure of them.
SCRAP = 2
SURE = 80.0  # 0-100
WHOLE = 4  # characters of a word that is no scrap
FEW_WHOLE = 0.1  # share of the cells that may hold such a word, surely read


@dataclass(frozen=True, slots=True)
class Fit:
    """What speaks for a grid and against it, counted in words and cells."""

    words: int  # set upright in the grid's frame
    explained: int  # that stand whole in one printed cell
    rows: int  # that hold text
    columns: int  # that hold text
    cells: int
    filled: int  # cells that hold text

    @property
    def is_sound(self) -> bool:
        """Whether so few words are left unexplained that no other reader is needed."""
        return self.words - self.explained <= max(FEW, DOUBT * self.words)

    @property
    def is_weak(self) -> bool:
        """Whether so many are, of so large a grid, that a slow reader is worth its time."""
        many = self.words - self.explained > STRONG_DOUBT * self.words
        return not self.is_sound and many and self.cells >= MANY

    @property
    def is_clear(self) -> bool:
        """Whether the grid explains enough words to be that of a table."""
        return self.explained >= CLEAR * self.words


def judge_grid(grid: Grid, geometry: Geometry, within: Box | None = None) -> Fit:
    """How the grid alone explains the words in a box of the page (its own)."""
    placed = place_words(geometry, [grid])
    inside = _are_in(within or grid.bbox, placed) & (placed.words.turns == grid.turn)
    held = inside & (placed.cells >= 0)
    used = np.unique(placed.cells[held]).tolist()
    return Fit(
        words=int(inside.sum()),
        explained=int((held & ~find_unexplained([grid], placed)).sum()),
        rows=len({grid.cells[cell].row for cell in used}),
        columns=len({grid.cells[cell].column for cell in used}),
        cells=len(grid.cells),
        filled=len(used),
    )


def find_unexplained(grids: Sequence[Grid], placed: Placed) -> Flags:
    """Which words a rule runs through or no rules enclose, of those set upright in their grid."""
    which = np.flatnonzero(placed.cells >= 0)
    cells = placed.cells[which]
    turns = np.repeat([grid.turn for grid in grids], [len(grid.cells) for grid in grids])[cells]
    upright = placed.words.turns[which] == turns
    which, cells, turns = which[upright], cells[upright], turns[upright]
    rims = np.concatenate([grid.rims for grid in grids])[cells] if grids else np.empty((0, 2))
    printed = np.array([cell.printed for grid in grids for cell in grid.cells], dtype=np.bool_)
    boxes = placed.words.boxes[which]
    for turn in {grid.turn for grid in grids} - {0}:
        boxes[turns == turn] = turn_boxes(boxes[turns == turn], turn)
    margin = (boxes[:, 3] - boxes[:, 1]) * MARGIN
    high, low = (boxes[:, 1] + margin)[:, None], (boxes[:, 3] - margin)[:, None]
    bad = ((high < rims) & (rims < low)).any(axis=1) | ~printed[cells]
    found = np.zeros(len(placed.cells), dtype=np.bool_)
    found[which] = bad
    found[placed.cut[placed.cells[placed.cut] >= 0]] = True
    return found


def find_doubted(grids: Sequence[Grid], placed: Placed) -> list[int]:
    """The numbers of the grids that leave too many of their words unexplained."""
    held = placed.cells >= 0
    owners = np.searchsorted(placed.firsts, placed.cells, side="right") - 1
    bad = held & find_unexplained(grids, placed)
    words = np.bincount(owners[held], minlength=len(grids))
    unexplained = np.bincount(owners[bad], minlength=len(grids))
    return np.flatnonzero(unexplained > np.maximum(FEW, DOUBT * words)).tolist()


def _are_in(box: Box, placed: Placed) -> Flags:
    x0, top, x1, bottom = box
    boxes = placed.words.boxes
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    return np.asarray((x0 <= x) & (x < x1) & (top <= y) & (y < bottom))


def is_table(grid: Grid, number: int, placed: Placed) -> bool:
    """Whether the grid has columns that hold text; a box around prose has one, a chart hardly any.

    Text beside an empty first column is the rest of a sheet's value, cut by the page.
    """
    inside = placed.of(number, len(grid.cells))
    inside = inside[placed.words.turns[inside] != ASKEW]
    used = np.unique(placed.cells[inside]) - placed.firsts[number]
    cells = [grid.cells[cell] for cell in used.tolist()]
    columns = {cell.column for cell in cells}
    if len(columns) < 2 and not (columns and (grid.shape[1] > 2 or 0 not in columns)):
        return False
    return len(cells) >= SPARSE * len(grid.cells) or _has_header(grid, cells)


def _has_header(grid: Grid, used: Sequence[Cell]) -> bool:
    """Whether half the cells of some row or column hold text: an empty form has that at least.

    The lines that cross in a chart hold a number here and there.
    """
    for lane in (attrgetter("row"), attrgetter("column")):
        count = Counter(map(lane, grid.cells))
        filled = Counter(map(lane, used))
        if any(many >= HEADER and 2 * many >= count[at] for at, many in filled.items()):
            return True
    return False


def are_scraps(grid: Grid, geometry: Geometry) -> bool:
    """Whether most cells of a scan's grid hold scraps of letters: a stamp, a signature.

    A table of marks (an X, a yes or no) has words in its header and before its rows.
    """
    if geometry.method == "pdfium":
        return False
    placed = place_words(geometry, [grid])
    texts: dict[int, list[str]] = defaultdict(list)
    for index in placed.of(0, len(grid.cells)).tolist():
        texts[int(placed.cells[index])].append(placed.words.texts[index])
    told = find_confidences(geometry, placed)
    unsure = [words for cell, words in texts.items() if told.get(cell, SURE) < SURE]
    whole = [words for cell, words in texts.items() if told.get(cell, SURE) >= SURE]
    scraps = sum(_is_scrap(words) for words in unsure)
    sure = sum(any(len(word) >= WHOLE for word in words) for words in whole)
    return 2 * scraps > len(texts) and sure <= FEW_WHOLE * len(texts)


def _is_scrap(words: Sequence[str]) -> bool:
    """Whether there are letters, and nowhere more than a few together."""
    counts = [sum(map(str.isalnum, word)) for word in words]
    return max(counts) <= SCRAP and any(char.isalpha() for word in words for char in word)
