"""Words into lines as printed: the text of cells, and of what stands outside them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extractors.geometry import ASKEW, Flags, Floats, Ints, Words
from extractors.tables.boxes import turn_boxes
from pipeline.model import Box

# In parts of the type's height: pieces of a word printed in two goes are this close or closer.
PIECE_GAP = 0.1
# Lines of different turns in one place: those across, then sideways, then askew.
_ORDER = {0: 0, 90: 1, 180: 2, 270: 3, ASKEW: 4}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with its box on the page, and its words' indices in order of reading."""

    text: str
    bbox: Box
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """Words in order of reading: which, what parts each from the one before, where lines begin."""

    order: Ints  # (n,) indices of words
    glue: tuple[str, ...]  # (n,) "" within a word printed in pieces, " ", or "\n"
    begins: Flags  # (n,) whether a line begins


def order_words(words: Words, which: Ints, groups: Ints | None = None, turn: int = 0) -> Flow:
    """Some of the words in order of reading, line by line, group by group (a cell, say).

    `which` (n,) are indices of words, `groups` (n,) the group of each, `turn` the one that reads
    across: words of other turns follow those in a group.
    """
    groups = np.zeros(len(which), dtype=np.int64) if groups is None else groups
    turns = words.turns[which]
    boxes = _across(words.boxes[which], turns)
    late = np.select([(turns == own) for own in _ORDER], list(_ORDER.values()), 5)
    late = np.where(turns == turn, -1, late)
    askew = turns == ASKEW
    # What is set askew is read as printed, run by run.
    level = np.where(askew, words.runs[which], (boxes[:, 1] + boxes[:, 3]) / 2)
    order = np.lexsort((np.where(askew, which, boxes[:, 0]), level, late, groups))
    begins = _line_begins(boxes[order], groups[order], late[order], level[order], askew[order])
    line = np.cumsum(begins, dtype=np.int64)
    again = np.lexsort((np.where(askew, which, boxes[:, 0])[order], line))
    order, begins = order[again], _first(line[again])
    return Flow(which[order], _glue(words, which[order], boxes[order], begins), begins)


def _line_begins(boxes: Floats, groups: Ints, turns: Ints, level: Floats, askew: Flags) -> Flags:
    """Whether each word begins a line: it shares less than half its height with the last one.

    Half of the lower of both, so that an exponent stays in its line.
    """
    shared = np.minimum(boxes[1:, 3], boxes[:-1, 3]) - np.maximum(boxes[1:, 1], boxes[:-1, 1])
    heights = boxes[:, 3] - boxes[:, 1]
    apart = shared <= 0.5 * np.minimum(heights[1:], heights[:-1])
    apart = np.where(askew[1:], np.diff(level) != 0, apart)
    apart |= (np.diff(groups) != 0) | (np.diff(turns) != 0)
    return np.concatenate((np.ones(min(1, len(boxes)), dtype=np.bool_), apart))


def _first(line: Ints) -> Flags:
    return np.concatenate((np.ones(min(1, len(line)), dtype=np.bool_), np.diff(line) != 0))


def _glue(words: Words, order: Ints, boxes: Floats, begins: Flags) -> tuple[str, ...]:
    heights = boxes[:, 3] - boxes[:, 1]
    gaps = boxes[1:, 0] - boxes[:-1, 2]
    close = np.abs(gaps) <= PIECE_GAP * np.maximum(np.maximum(heights[1:], heights[:-1]), 0.1)
    runs, turns = words.runs[order], words.turns[order]
    pieces = close & (np.diff(runs) != 0) & (turns[1:] != ASKEW)
    pieces = np.concatenate((np.zeros(min(1, len(order)), dtype=np.bool_), pieces))
    codes = np.where(begins, 0, np.where(pieces, 1, 2))
    return tuple(("\n", "", " ")[code] for code in codes.tolist())


def _across(boxes: Floats, turns: Ints) -> Floats:
    """Each box in the frame where its own text runs across."""
    if not turns.any():
        return boxes
    turned = boxes.copy()
    for turn in (90, 180, 270):
        turned[turns == turn] = turn_boxes(boxes[turns == turn], turn)
    return turned


def join_lines(words: Words, which: Ints | None = None) -> list[Line]:
    """The lines of these words (all of them): those set across, then sideways, then askew."""
    which = np.arange(len(words)) if which is None else which
    if not len(which):
        return []
    flow = order_words(words, which)
    starts = np.flatnonzero(flow.begins)
    boxes = _line_boxes(words.boxes[flow.order], starts)
    texts = join_texts(words, flow, starts)
    parts = np.split(flow.order, starts[1:])
    return [
        Line(text, (box[0], box[1], box[2], box[3]), tuple(part.tolist()))
        for text, box, part in zip(texts, boxes.tolist(), parts, strict=True)
    ]


def _line_boxes(boxes: Floats, starts: Ints) -> Floats:
    low = np.minimum.reduceat(boxes[:, :2], starts, axis=0)
    return np.column_stack((low, np.maximum.reduceat(boxes[:, 2:], starts, axis=0)))


def join_texts(words: Words, flow: Flow, starts: Ints | Sequence[int]) -> list[str]:
    """The text of each group of ordered words that begins at one of `starts`."""
    texts = words.texts
    pieces = [glue + texts[at] for glue, at in zip(flow.glue, flow.order.tolist(), strict=True)]
    stops = [*np.asarray(starts).tolist(), len(pieces)]
    return ["".join(pieces[a:b])[1:] for a, b in itertools.pairwise(stops)]


def join_text(words: Words, which: Ints, turn: int = 0) -> str:
    """The text of these words, line by line."""
    return join_texts(words, order_words(words, which, turn=turn), [0])[0] if len(which) else ""
