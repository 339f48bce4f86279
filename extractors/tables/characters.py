"""Characters of a PDF page into words.

Words follow the order in which the page prints its characters, not only their places: where the
text of a cell runs over into the next one, letters and digits share a place and only the order
tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from pdfplumber.utils.text import LIGATURES

from extractors.tables.boxes import box_of, middle, object_box, turn_box
from pipeline.model import Box

Char = dict[str, Any]  # as pdfplumber makes them

# All in parts of the type's height. A gap fixed in points would glue the words of small type,
# where a generator that prints no spaces leaves less than a point.
WORD_GAP = 0.2
RUN_GAP = 1.0
BACK_STEP = 0.5
# Letters spaced out evenly by as much as this are one word still.
MAX_TRACKING = 0.35
ASKEW = -1


@dataclass(frozen=True, slots=True)
class Word:
    """A word as printed: its characters with their boxes, and the degrees it was set turned by.

    Words of one `run` were printed one after the other, with no gap but a space.
    """

    glyphs: tuple[tuple[str, Box], ...]
    turn: int = 0  # clockwise: 0, 90, 180, 270, or ASKEW
    run: int = 0

    @property
    def text(self) -> str:
        """The characters, without their places."""
        return "".join(text for text, _ in self.glyphs)

    @property
    def bbox(self) -> Box:
        """The box around all characters."""
        return box_of(box for _, box in self.glyphs)


def find_words(chars: Iterable[Char]) -> list[Word]:
    """The words of these characters, in the order of printing; blanks only part them."""
    return [word for number, run in enumerate(_runs(chars)) for word in _split(run, number)]


def _runs(chars: Iterable[Char]) -> Iterator[list[Char]]:
    run: list[Char] = []
    for char in chars:
        if run and not _continues(run[-1], char):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


def _continues(last: Char, char: Char) -> bool:
    turn = _turn(char)
    if turn != _turn(last):
        return False
    if turn == ASKEW:
        return _distance(last, char) < 2 * float(max(last["size"], char["size"]))
    one, other = _across(last, turn), _across(char, turn)
    shared = min(one[3], other[3]) - max(one[1], other[1])
    height = min(one[3] - one[1], other[3] - other[1])
    return shared >= height / 2 and -BACK_STEP <= _gap(one, other) <= RUN_GAP


def _split(run: Sequence[Char], number: int) -> Iterator[Word]:
    turn = _turn(run[0])
    widest = WORD_GAP + _tracking(run, turn) if turn != ASKEW else float("inf")
    glyphs: list[Char] = []
    for char in run:
        if _is_blank(char) or (glyphs and _parted(glyphs[-1], char, turn) > widest):
            if glyphs:
                yield _word(glyphs, turn, number)
            glyphs = []
        if not _is_blank(char):
            glyphs.append(char)
    if glyphs:
        yield _word(glyphs, turn, number)


def _word(chars: Sequence[Char], turn: int, run: int) -> Word:
    glyphs = ((str(LIGATURES.get(char["text"], char["text"])), object_box(char)) for char in chars)
    return Word(tuple(glyphs), turn, run)


def _tracking(run: Sequence[Char], turn: int) -> float:
    """By how much the letters of a run are spaced out; 0 for most."""
    pairs = [pair for pair in pairwise(run) if not any(map(_is_blank, pair))]
    if len(pairs) < 5:  # too short to tell letters spaced out from words of one letter
        return 0.0
    usual = median(_parted(one, other, turn) for one, other in pairs)
    return usual if 0 < usual <= MAX_TRACKING else 0.0


def _is_blank(char: Char) -> bool:
    # A control character is no print, and would break a CSV.
    return char["text"].isspace() or (len(char["text"]) == 1 and ord(char["text"]) < 32)


def _turn(char: Char) -> int:
    along, up = char["matrix"][:2]
    # A watermark lies over cells and belongs to none of them.
    if min(abs(along), abs(up)) > 0.1 * max(abs(along), abs(up)):
        return ASKEW
    if abs(along) >= abs(up):
        return 0 if along >= 0 else 180
    return 270 if up > 0 else 90


def _across(char: Char, turn: int) -> Box:
    return turn_box(object_box(char), turn)


def _parted(one: Char, other: Char, turn: int) -> float:
    return _gap(_across(one, turn), _across(other, turn))


def _gap(one: Box, other: Box) -> float:
    """From the end of one to the beginning of the other, in parts of the type's height."""
    return (other[0] - one[2]) / max(one[3] - one[1], other[3] - other[1], 0.1)


def _distance(one: Char, other: Char) -> float:
    (x, y), (u, v) = middle(object_box(one)), middle(object_box(other))
    return float(((x - u) ** 2 + (y - v) ** 2) ** 0.5)
