"""Text that its cell cuts off for the eye and that goes on, unseen, over the next cell's words."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

import numpy as np

from extractors.geometry import ASKEW, Flags, Geometry, Ints, Words
from extractors.tables.boxes import turn_boxes

# Shares of the narrower and of the lower of two words, from which one is printed over the other.
SHARES = np.array([0.5, 0.5])
LONGEST = 30  # characters of an amount

_AMOUNT = re.compile(r"\(?-?\$?-?\d[\d.,]*%?\)?")


def send_home(words: Words, cells: Ints) -> None:
    """The words of a run that overprints those of another cell go back to the cell it began in.

    `cells` (w,), the cell of each word (negative: none), is put right in place.
    """
    edges = np.flatnonzero(np.diff(words.runs)) + 1
    bounds = np.concatenate(([0], edges, [len(words)]))
    lengths = np.diff(bounds)
    homes = np.repeat(cells[bounds[:-1]], lengths)  # the cell in which each word's run began
    runs = np.repeat(np.arange(len(lengths)), lengths)
    astray = (cells >= 0) & (homes >= 0) & (cells != homes) & (words.turns != ASKEW)
    for run in np.unique(runs[astray]).tolist():
        own = np.arange(bounds[run], bounds[run + 1])
        if any(_overprints(at, words, cells, homes) for at in own[astray[own]].tolist()):
            cells[own] = homes[own]


def _overprints(at: int, words: Words, cells: Ints, homes: Ints) -> bool:
    """Whether the word stands over one whose run began in that cell."""
    near = (cells == cells[at]) & (homes == cells[at]) & (words.turns == words.turns[at])
    others = [one for one in np.flatnonzero(near).tolist() if _is_text(words.texts[one])]
    if not others or not _is_text(words.texts[at]):
        return False
    boxes = turn_boxes(words.boxes[[*others, at]], int(words.turns[at]))
    beside, own = boxes[:-1], boxes[-1]
    shared = np.minimum(beside[:, 2:], own[2:]) - np.maximum(beside[:, :2], own[:2])
    least = np.minimum(beside[:, 2:] - beside[:, :2], own[2:] - own[:2])
    return bool(((shared > SHARES * least) & (shared > 0)).all(axis=1).any())


def _is_text(text: str) -> bool:
    """Whether it is more than a line to be filled in or a mark."""
    return any(char.isalnum() for char in text)


def find_glued(geometry: Geometry, index: int, spots: Ints) -> list[int]:
    """The character of a word where another text object prints an amount into a cell of its own.

    Where letters that nobody sees end just before an amount, both look like one word. `spots` is
    the cell of each character; the answer has one at most.
    """
    words, chars = geometry.words, geometry.chars
    start, end = int(words.starts[index]), int(words.ends[index])
    first = max(start, end - LONGEST)
    for at in (np.flatnonzero(np.diff(chars.objects[first:end])) + first + 1).tolist():
        alone = spots[at] != spots[start] and (spots[at:end] == spots[at]).all()
        text = "".join(map(chr, chars.codes[at:end].tolist()))
        named = chr(chars.codes[start]).isalpha()
        if alone and named and spots[at] >= 0 and _AMOUNT.fullmatch(text):
            return [at]
    return []


def begin_runs(words: Words, chars: Collection[int]) -> Words:
    """The words, a new run beginning with each word that begins with one of these characters."""
    fresh = np.isin(words.starts[1:], list(chars)) | (np.diff(words.runs) != 0)
    return replace(words, runs=np.concatenate(([0], np.cumsum(fresh))))


def join_parts(words: Words, parts: Flags) -> Words:
    """The words, those flagged joined to the one before, which is of their run."""
    firsts = np.flatnonzero(~parts)
    lasts = np.append(firsts[1:], len(words)) - 1
    low = np.minimum.reduceat(words.boxes[:, :2], firsts, axis=0)
    high = np.maximum.reduceat(words.boxes[:, 2:], firsts, axis=0)
    bounds = zip(firsts.tolist(), lasts.tolist(), strict=True)
    return Words(
        tuple("".join(words.texts[first : last + 1]) for first, last in bounds),
        words.starts[firsts],
        words.ends[lasts],
        np.column_stack((low, high)),
        words.turns[firsts],
        words.runs[firsts],
    )
