"""Words into the cells they were printed for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extractors.tables.boxes import middle
from extractors.tables.characters import ASKEW, Word
from extractors.tables.grid import Cell, Grid
from pipeline.model import Box

Place = tuple[Grid, Cell] | None  # None: outside every table

# Points by which a character must reach over a rule to be cut by it.
REACH = 0.3


@dataclass(frozen=True, slots=True)
class _Part:
    """A word, or what stands of it on one side of a rule, and the place of each character."""

    word: Word
    places: tuple[Place, ...]

    @property
    def place(self) -> Place:
        """Where most of it stands."""
        return Counter(self.places).most_common(1)[0][0]

    @property
    def is_cut(self) -> bool:
        return len(set(self.places)) > 1


def deal_words(words: Iterable[Word], grids: Sequence[Grid]) -> dict[Place, list[Word]]:
    """The words of each cell; the first grid that holds a word takes it.

    A word that a rule cuts stays whole in the cell where its run began, with the rest of the run:
    it is the text of that cell running over into the next one.
    """
    dealt: dict[Place, list[Word]] = {}
    parts = (part for word in words for part in _parts(word, grids))
    for _, run in groupby(parts, key=lambda part: part.word.run):
        for place, word in _deal_run(run):
            dealt.setdefault(place, []).append(word)
    return dealt


def is_explained(grid: Grid, word: Word) -> bool:
    """Whether the word stands whole in printed cells: no rule runs through a character of it."""
    return all(
        not part.is_cut
        and part.place is not None
        and part.place[1].printed
        and not _is_struck(part.word, grid.box(part.place[1]))
        for part in _parts(word, [grid])
    )


def _is_struck(word: Word, cell: Box) -> bool:
    """Whether the cell's upper or lower rule runs through the middle half of a character."""
    boxes = (box for _, box in word.glyphs)
    return any(
        top + (bottom - top) / 4 < rule < bottom - (bottom - top) / 4
        for _, top, _, bottom in boxes
        for rule in (cell[1], cell[3])
    )


def _deal_run(run: Iterable[_Part]) -> Iterator[tuple[Place, Word]]:
    before: tuple[Place, ...] = ()  # where the word before went, if there is one
    runs_over = False
    for part in run:
        runs_over = runs_over or part.is_cut
        if not (runs_over and before and (before[0] in part.places or not part.is_cut)):
            before = (part.place,)
        yield before[0], part.word


def _parts(word: Word, grids: Sequence[Grid]) -> Iterator[_Part]:
    """The word, parted where a rule passes between two of its characters: two tight cells."""
    places = [_place(box, grids) if word.turn != ASKEW else None for _, box in word.glyphs]
    start = 0
    for at in range(1, len(places)):
        if places[at - 1] != places[at] and _parts_cleanly(word, at, places[at - 1], places[at]):
            yield _part(word, places, start, at)
            start = at
    yield _part(word, places, start, len(places))


def _part(word: Word, places: Sequence[Place], start: int, end: int) -> _Part:
    return _Part(replace(word, glyphs=word.glyphs[start:end]), tuple(places[start:end]))


def _parts_cleanly(word: Word, at: int, here: Place, there: Place) -> bool:
    """Whether the rule between two places touches neither of the characters beside it."""
    if word.turn or not here or not there or here[0] is not there[0]:
        return False
    rule = here[0].box(here[1])[2]
    return word.glyphs[at - 1][1][2] <= rule + REACH and word.glyphs[at][1][0] >= rule - REACH


def _place(box: Box, grids: Sequence[Grid]) -> Place:
    point = middle(box)
    for grid in grids:
        if cell := grid.cell_at(point):
            return (grid, cell)
    return None
