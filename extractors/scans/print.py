"""Words seen on a picture into the characters and words of a page."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extractors.geometry import Chars, Flags, Ints, Words, chars_of_words, empty_chars
from extractors.scans.ocr import Seen, pick_seen
from extractors.scans.render import Frame
from extractors.words import find_words

NOISE, BLURRED = 25.0, 50.0  # of 100: less is noise for letters, for signs
SURE = 85.0  # of 100
LONG = 8  # letters: no noise is as long, but addresses of the web are, and are always doubted
RUN_GAP = 1.0  # parts of the line's height; what stands further off is another run
TYPE = 1.1  # a type's size, in parts of the height from its ascenders to its descenders


def make_print(seen: Seen, frame: Frame) -> tuple[Chars, Words, int]:
    """The characters and words, with blanks between a run's words, and how many letters are noise.

    A word's letters share its box evenly; each box is as high as the line's letters can be.
    """
    noisy = np.array([_is_noise(*word) for word in zip(seen.texts, seen.confidences, strict=True)])
    noisy = noisy.astype(np.bool_) & ~_are_beside(seen)
    noise = sum(len(text) for text, lost in zip(seen.texts, noisy, strict=True) if lost)
    seen = _in_order(pick_seen(seen, np.flatnonzero(~noisy)))
    if not len(seen):
        return empty_chars(), find_words(empty_chars()), noise
    runs = _find_runs(seen)
    blanks = np.append(runs[1:] == runs[:-1], False)
    lengths = np.array([len(text) for text in seen.texts])
    starts = np.cumsum(lengths + blanks) - lengths - blanks
    turns = np.full(len(seen), frame.turn, np.int64)
    boxes = frame.to_page(seen.boxes)
    words = Words(seen.texts, starts, starts + lengths, boxes, turns, runs)
    return _make_chars(seen, blanks, frame), words, noise


def _is_noise(text: str, confidence: float) -> bool:
    """What tesseract makes of a signature, of a stamp's edge or of a picture."""
    if any(letter.isalnum() for letter in text):
        return confidence < NOISE and len(text) < LONG
    return confidence < BLURRED


def _are_beside(seen: Seen) -> Flags:
    """Which words of letters stand right above, below or beside one that is surely read."""
    worded = np.array([any(map(str.isalpha, text)) for text in seen.texts], np.bool_)
    x0, top, x1, bottom = seen.boxes.T
    sure = seen.boxes[seen.confidences >= SURE]
    high = (bottom - top)[:, None]
    apart = np.maximum(sure[:, 0] - x1[:, None], x0[:, None] - sure[:, 2])
    above = np.maximum(sure[:, 1] - bottom[:, None], top[:, None] - sure[:, 3])
    near = (apart < high) & (above < high / 2) & (np.abs(sure[:, 3] - sure[:, 1] - high) < high / 3)
    return np.asarray(worded & near.any(axis=1))


def _in_order(seen: Seen) -> Seen:
    """The words line by line from the top, each line from left to right."""
    tops = np.full(seen.lines.max(initial=-1) + 1, np.inf)
    np.minimum.at(tops, seen.lines, seen.boxes[:, 1])
    return pick_seen(seen, np.lexsort((seen.boxes[:, 0], seen.lines, tops[seen.lines])))


def _find_runs(seen: Seen) -> Ints:
    """The number of each word's run: words of one line with no more than a wide space between."""
    heights = seen.boxes[1:, 3] - seen.boxes[1:, 1]
    gaps = seen.boxes[1:, 0] - seen.boxes[:-1, 2]
    parted = (np.diff(seen.lines) != 0) | (gaps > RUN_GAP * heights)
    return np.cumsum(np.append(0, parted))


def _make_chars(seen: Seen, blanks: Flags, frame: Frame) -> Chars:
    before = np.flatnonzero(blanks)
    spaces = seen.boxes[before].copy()
    spaces[:, 0] = seen.boxes[before, 2]
    spaces[:, 2] = np.maximum(spaces[:, 0], seen.boxes[before + 1, 0])
    texts = [
        part
        for text, blank in zip(seen.texts, blanks, strict=True)
        for part in (text, " ")[: 1 + blank]
    ]
    chars = chars_of_words(
        texts,
        np.insert(seen.boxes, before + 1, spaces, axis=0),
        np.insert(seen.confidences, before + 1, seen.confidences[before]),
    )
    heights = (chars.boxes[:, 3] - chars.boxes[:, 1]) / frame.scale
    return replace(
        chars,
        boxes=frame.to_page(chars.boxes),
        sizes=heights * TYPE,
        turns=np.full(len(chars), frame.turn, np.int64),
    )
