"""Characters of a PDF page into words and lines, whichever way they were set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.utils.text import WordExtractor

from pipeline.model import Box

Char = dict[str, Any]  # as pdfplumber makes them

# A gap of a fifth of the type size parts two words. A gap fixed in points glues the words of small
# type, where a generator that prints no spaces leaves less than a point.
_EXTRACTOR = WordExtractor(x_tolerance_ratio=0.2)


@dataclass(frozen=True, slots=True)
class Text:
    """A word or a line with its box on the page."""

    text: str
    bbox: Box


def find_lines(chars: Iterable[Char]) -> list[Text]:
    """The lines of text as printed: those set across the page first, then those set sideways."""
    by_turn: dict[int, list[Char]] = {0: [], 90: [], 270: []}
    for char in chars:
        by_turn[_turn(char)].append(char)
    return [line for turn, group in by_turn.items() if group for line in _lines(group, turn)]


def find_words(chars: Iterable[Char]) -> list[list[Char]]:
    """The characters of each word set across the page; blanks left out."""
    upright = [char for char in chars if _turn(char) == 0]
    return [list(word) for _, word in _EXTRACTOR.iter_extract_tuples(upright)]


def is_tilted(char: Char) -> bool:
    """Whether a character is set askew, as a watermark is: it lies over cells and is in none."""
    along, up = map(abs, char["matrix"][:2])
    return bool(min(along, up) > 0.1 * max(along, up))


def box_of(boxes: Iterable[Box]) -> Box:
    """The smallest box around these."""
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return (min(x0), min(top), max(x1), max(bottom))


def char_box(char: Char) -> Box:
    """Where a character (or any other object of pdfplumber's) stands."""
    return (char["x0"], char["top"], char["x1"], char["bottom"])


def middle(box: Box) -> tuple[float, float]:
    """The point in the middle of a box: it says which cell a character belongs to."""
    return ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)


def turn_box(box: Box, turn: int) -> Box:
    """The box in a frame where text that was set turned clockwise by `turn` degrees runs across."""
    x0, top, x1, bottom = box
    if turn == 90:
        return (top, -x1, bottom, -x0)
    if turn == 270:
        return (-bottom, x0, -top, x1)
    return box


def _turn(char: Char) -> int:
    along, up = char["matrix"][:2]
    if abs(along) >= abs(up):
        return 0
    return 270 if up > 0 else 90


def _turned(char: Char, turn: int) -> Char:
    x0, top, x1, bottom = turn_box(char_box(char), turn)
    place = {
        "x0": x0,
        "top": top,
        "x1": x1,
        "bottom": bottom,
        "doctop": top,
        "height": bottom - top,
    }
    return {**char, **place, "upright": True}


def _lines(chars: Sequence[Char], turn: int) -> list[Text]:
    turned = [_turned(char, turn) for char in chars] if turn else list(chars)
    words = [Text(word["text"], char_box(word)) for word in _EXTRACTOR.extract_words(turned)]
    return [
        Text(" ".join(word.text for word in line), turn_box(_extent(line), -turn % 360))
        for line in _group_lines(words)
    ]


def _extent(words: Iterable[Text]) -> Box:
    return box_of(word.bbox for word in words)


def _group_lines(words: Sequence[Text]) -> list[list[Text]]:
    """Words that share a line, in the order of reading."""
    lines: list[list[Text]] = []
    for word in sorted(words, key=lambda word: middle(word.bbox)[1]):
        if lines and _same_line(max(lines[-1], key=_height), word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.bbox[0]) for line in lines]


def _height(word: Text) -> float:
    return word.bbox[3] - word.bbox[1]


def _same_line(one: Text, other: Text) -> bool:
    """Whether they overlap by half of the lower one, so that an exponent stays in its line."""
    shared = min(one.bbox[3], other.bbox[3]) - max(one.bbox[1], other.bbox[1])
    return shared > 0.5 * min(_height(one), _height(other))
