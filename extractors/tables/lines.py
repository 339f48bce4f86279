"""Words of a PDF page, or of a cell, into lines as printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from extractors.tables.boxes import box_of, middle, turn_box
from extractors.tables.characters import ASKEW, Word
from pipeline.model import Box

# In parts of the type's height: pieces of a word printed in two goes are this close or closer.
PIECE_GAP = 0.1


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with its box on the page."""

    text: str
    bbox: Box


def join_lines(words: Iterable[Word]) -> list[Line]:
    """The lines of these words: those set across, those set sideways, then those set askew."""
    by_turn: dict[int, list[Word]] = {0: [], 90: [], 180: [], 270: [], ASKEW: []}
    for word in words:
        by_turn[word.turn].append(word)
    askew = [list(run) for _, run in groupby(by_turn.pop(ASKEW), key=lambda word: word.run)]
    lines = [line for turn, group in by_turn.items() for line in _group(group, turn)]
    return [_line(line) for line in lines] + [_line(run) for run in askew]


def _line(words: Sequence[Word]) -> Line:
    text = words[0].text
    for last, word in pairwise(words):
        text += ("" if _is_piece(last, word) else " ") + word.text
    return Line(text, box_of(word.bbox for word in words))


def _group(words: Sequence[Word], turn: int) -> list[list[Word]]:
    """Words that share a line, in the order of reading."""
    placed = [(_across(word), word) for word in words]
    placed.sort(key=lambda pair: (middle(pair[0])[1], pair[0][0]))
    lines: list[list[tuple[Box, Word]]] = []
    for pair in placed:
        if lines and _same_line(max((box for box, _ in lines[-1]), key=_height), pair[0]):
            lines[-1].append(pair)
        else:
            lines.append([pair])
    return [[word for _, word in sorted(line, key=lambda pair: pair[0][0])] for line in lines]


def _same_line(one: Box, other: Box) -> bool:
    """Whether they overlap by half of the lower one, so that an exponent stays in its line."""
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared > 0.5 * min(_height(one), _height(other))


def _is_piece(last: Word, word: Word) -> bool:
    if last.run == word.run or word.turn == ASKEW:
        return False
    one, other = _across(last), _across(word)
    gap = (other[0] - one[2]) / max(_height(one), _height(other), 0.1)
    return abs(gap) <= PIECE_GAP


def _across(word: Word) -> Box:
    return turn_box(word.bbox, word.turn)


def _height(box: Box) -> float:
    return box[3] - box[1]
