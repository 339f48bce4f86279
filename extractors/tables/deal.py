"""Words into the cells they were printed for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.tables.boxes import middle
from extractors.tables.characters import ASKEW, Word
from extractors.tables.grid import Cell, Grid
from pipeline.model import Box

Place = tuple[Grid, Cell] | None  # None: outside every table

# Points by which a character must reach over a rule to be cut by it.
REACH = 0.3


def deal_words(words: Iterable[Word], grids: Sequence[Grid]) -> dict[Place, list[Word]]:
    """The words of each cell; the first grid that holds a word takes it.

    A word that a rule cuts stays whole in the cell where its run began, with the rest of the run:
    it is the text of that cell running over into the next one.
    """
    dealt: dict[Place, list[Word]] = {}
    last: tuple[int, Place, bool] = (-1, None, False)  # run, place, whether it runs over
    for word in words:
        for part in _split_at_rules(word, grids):
            found = _places(part, grids)
            goes_on = last[0] == part.run
            if goes_on and last[2]:
                place, over = last[1], True
            elif len(found) == 1:
                place, over = next(iter(found)), False
            else:
                place = last[1] if goes_on and last[1] in found else found.most_common(1)[0][0]
                over = True
            last = (part.run, place, over)
            dealt.setdefault(place, []).append(part)
    return dealt


def is_explained(grid: Grid, word: Word) -> bool:
    """Whether the word stands whole in printed cells: no rule runs through a character of it."""
    parts = _split_at_rules(word, [grid])
    return all(_is_whole(_places(part, [grid])) for part in parts)


def _is_whole(places: Counter[Place]) -> bool:
    found = next(iter(places))
    return len(places) == 1 and found is not None and found[1].printed


def _places(word: Word, grids: Sequence[Grid]) -> Counter[Place]:
    return Counter(_place(box, grids) if word.turn != ASKEW else None for _, box in word.glyphs)


def _place(box: Box, grids: Sequence[Grid]) -> Place:
    point = middle(box)
    for grid in grids:
        if cell := grid.cell_at(point):
            return (grid, cell)
    return None


def _split_at_rules(word: Word, grids: Sequence[Grid]) -> Iterator[Word]:
    """The word in parts, where a rule passes between two of its characters: two tight cells."""
    start = 0
    for at in range(1, len(word.glyphs)):
        before, after = word.glyphs[at - 1][1], word.glyphs[at][1]
        here, there = _place(before, grids), _place(after, grids)
        if here != there and here and there and here[0] is there[0] and not word.turn:
            rule = here[0].box(here[1])[2]
            if before[2] <= rule + REACH and after[0] >= rule - REACH:
                yield replace(word, glyphs=word.glyphs[start:at])
                start = at
    yield replace(word, glyphs=word.glyphs[start:])
