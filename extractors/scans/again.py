"""A second look at what tesseract doubted, glued over a rule, or did not see at all.

Measured on the pages of known tables: nearly all wrong words are among those it is unsure of, and
sparse text leaves out single digits in cells of their own. A look at one word takes some 4 ms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from extractors.geometry import Floats, Ints
from extractors.scans.clean import DARK
from extractors.scans.ocr import LETTER, LINE, WORD, Seen, join_seen, pick_seen, see_words
from extractors.scans.render import Pixels

SURE = 85.0  # of 100: what is known better is taken as seen
BETTER = 10.0  # of 100, by which a second reading must be surer to replace the first
LIKELY, CLEAR = 60.0, 70.0  # of 100: so sure must be what replaces a word, or is a new one
WORDS_MOST, BLOTS_MOST = 16, 40  # looked at again on a page
HOPELESS = 70.0  # of 100: a page that is read worse on the whole is no better for a second look
NARROW = 1.2  # of its height: a word of a letter or two, too little for a line
PAPER = 12  # pixels of white around what is cut out

# mode, times enlarged, pixels beside the word
LINES = ((LINE, 2, 10), (LINE, 1, 4), (WORD, 2, 4))
WORDS = ((WORD, 1, 10), (WORD, 2, 10))
BLOTS = ((LINE, 1, 6), (LETTER, 1, 6))

LOW, HIGH, WIDE = 0.6, 1.3, 8.0  # of a word's height: how large a blot may be
NEAR = 0.35  # of a word's height: letters as near belong together
ALONE = 0.8  # of a word's height: a blot as near to a word is a piece of it
OVERLAP = 0.2  # of their height, by which words must lie on one another
ALIKE = {"O", "U"}  # words of Spanish whose capital is told from the small letter by size alone
SMALL = 0.68  # of a word's height: a capital has 0.8 of it
SIGNS = set("%$€+-–—/()<>=")


def look_again(grey: Pixels, dpi: float, seen: Seen, standing: Floats) -> Seen:
    """The words with those replaced that a second look reads better, and those added that it finds.

    `standing`: the rules (r, 4) that stand, in pixels, already taken off the picture.
    """
    if seen.confidence < HOPELESS:
        return seen
    seen = _unite(_part(grey, dpi, seen, standing))
    doubted = np.flatnonzero((seen.confidences < SURE) & [_is_text(text) for text in seen.texts])
    worst = doubted[np.argsort(seen.confidences[doubted], kind="stable")][:WORDS_MOST]
    better = {int(at): _read_word(grey, dpi, seen, at) for at in worst}
    seen = _lower(grey, _replace(seen, better))
    blots = [_look(grey, dpi, box, BLOTS) for box in _find_blots(grey, seen)]
    return join_seen([seen, *(blot for blot in blots if _is_text("".join(blot.texts)))])


def _look(
    grey: Pixels,
    dpi: float,
    box: Floats,
    ways: Sequence[tuple[int, int, int]],
    least: float = CLEAR,
) -> Seen:
    """What the first sure way of looking at a box shows, else the surest that beats `least`."""
    best = pick_seen(Seen.none(), np.zeros(0, np.int64))
    for mode, times, pad in ways:
        if best.confidence >= SURE:
            break
        found = see_words(_cut(grey, box, times, pad), dpi * times, mode)
        if len(found) and found.confidence > max(least, best.confidence):
            best = _put_back(found, box, times, pad)
    return best


def _cut(grey: Pixels, box: Floats, times: int, pad: int) -> Pixels:
    x0, top, x1, bottom = _widened(box, pad)
    part = grey[top:bottom, x0:x1]
    framed = np.pad(part, PAPER, constant_values=255)
    large = cv2.resize(framed, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC)
    return np.asarray(large, np.uint8)


def _widened(box: Floats, pad: int) -> tuple[int, int, int, int]:
    x0, top, x1, bottom = (int(side) for side in box)
    return max(x0 - pad, 0), max(top - pad, 0), max(x1 + pad, 1), max(bottom + pad, 1)


def _put_back(found: Seen, box: Floats, times: int, pad: int) -> Seen:
    """Words of a cut-out, where they stand on the picture; as high as the box was."""
    left = _widened(box, pad)[0]
    boxes = found.boxes / times
    boxes[:, [0, 2]] = (boxes[:, [0, 2]] + left - PAPER).clip(box[0] - pad, box[2] + pad)
    boxes[:, [1, 3]] = box[[1, 3]]
    return Seen(found.texts, boxes, found.confidences, np.zeros(len(found), np.int64))


def _read_word(grey: Pixels, dpi: float, seen: Seen, at: int) -> Seen:
    x0, top, x1, bottom = seen.boxes[at]
    ways = WORDS if x1 - x0 < NARROW * (bottom - top) else LINES
    return _look(grey, dpi, seen.boxes[at], ways, max(LIKELY, seen.confidences[at] + BETTER))


def _replace(seen: Seen, others: dict[int, Seen]) -> Seen:
    """The words with some replaced by others, on the line where they stood."""
    others = {at: other for at, other in others.items() if len(other)}
    kept = np.array([at for at in range(len(seen)) if at not in others], np.int64)
    moved = [
        Seen(one.texts, one.boxes, one.confidences, np.full(len(one), seen.lines[at]))
        for at, one in others.items()
    ]
    return join_seen([pick_seen(seen, kept), *moved], keep_lines=True)


def _lower(grey: Pixels, seen: Seen) -> Seen:
    """The words "o" and "u" where a lone capital is no higher than a small letter."""
    if not ALIKE & set(seen.texts):
        return seen
    high = float(np.median(seen.boxes[:, 3] - seen.boxes[:, 1]))
    texts = (
        text.lower() if text in ALIKE and _ink_height(grey, box) < SMALL * high else text
        for text, box in zip(seen.texts, seen.boxes, strict=True)
    )
    return Seen(tuple(texts), seen.boxes, seen.confidences, seen.lines)


def _ink_height(grey: Pixels, box: Floats) -> int:
    x0, top, x1, bottom = _widened(box, 0)
    rows = np.flatnonzero((grey[top:bottom, x0:x1] < DARK).any(axis=1))
    return int(rows[-1] - rows[0] + 1) if len(rows) else bottom - top


def _unite(seen: Seen) -> Seen:
    """Doubted words that lie on one another are one, to be read again."""
    parts = [pick_seen(seen, np.arange(min(len(seen), 1)))]
    for at in range(1, len(seen)):
        word = pick_seen(seen, np.array([at]))
        last = parts[-1]
        parts[-1:] = [_join(last, word)] if _lie_on(last, word) else [last, word]
    return join_seen(parts, keep_lines=True)


def _lie_on(one: Seen, other: Seen) -> bool:
    x0, top, _, bottom = other.boxes[0]
    doubted = max(one.confidences[0], other.confidences[0]) < SURE
    overlap = one.boxes[0, 2] - x0 > OVERLAP * (bottom - top) and one.boxes[0, 0] <= x0
    return bool(doubted and overlap and one.lines[0] == other.lines[0])


def _join(one: Seen, other: Seen) -> Seen:
    low, high = np.minimum(one.boxes, other.boxes), np.maximum(one.boxes, other.boxes)
    box = np.concatenate([low[:, :2], high[:, 2:]], axis=1)
    sure = np.minimum(one.confidences, other.confidences)
    return Seen((one.texts[0] + other.texts[0],), box, sure, one.lines)


def _part(grey: Pixels, dpi: float, seen: Seen, standing: Floats) -> Seen:
    """Words that were glued over a rule, each side read alone."""
    parted: dict[int, Seen] = {}
    for at, box in enumerate(seen.boxes):
        margin = (box[3] - box[1]) / 3
        middle = (box[1] + box[3]) / 2
        across = (standing[:, 0] > box[0] + margin) & (standing[:, 2] < box[2] - margin)
        across &= (standing[:, 1] < middle) & (standing[:, 3] > middle)
        if across.any():
            edges = [box[0], *np.sort(standing[across][:, [0, 2]].ravel()), box[2]]
            sides = zip(edges[::2], edges[1::2], strict=True)
            pieces = [np.array([x0, box[1], x1, box[3]]) for x0, x1 in sides]
            parted[at] = join_seen(
                [_look(grey, dpi, piece, ((LINE, 1, 2),), 0) for piece in pieces]
            )
    return _replace(seen, parted)


def _find_blots(grey: Pixels, seen: Seen) -> Iterator[Floats]:
    """Boxes of what is as large as print and in no word, the largest first."""
    if not len(seen):
        return
    high = float(np.median(seen.boxes[:, 3] - seen.boxes[:, 1]))
    ink = (grey < DARK).astype(np.uint8)
    for x0, top, x1, bottom in seen.boxes.astype(int):
        ink[max(top - 3, 0) : bottom + 4, max(x0 - 3, 0) : x1 + 4] = 0
    joined = cv2.dilate(ink, np.ones((3, max(3, round(NEAR * high))), np.uint8))
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = np.array([cv2.boundingRect(outline) for outline in outlines]).reshape(-1, 4)
    fits = (boxes[:, 3] > LOW * high) & (boxes[:, 3] < HIGH * high) & (boxes[:, 2] < WIDE * high)
    boxes = boxes[fits]
    boxes = boxes[[_stands_alone(box, seen.boxes, ALONE * high) for box in boxes]]
    order = np.lexsort((boxes[:, 0], boxes[:, 1], -boxes[:, 2] * boxes[:, 3]))[:BLOTS_MOST]
    for x, y, width, height in boxes[order]:
        yield np.array([x, y, x + width, y + height], np.float64)


def _stands_alone(blot: Ints, words: Floats, apart: float) -> bool:
    """Whether no word is near: else it is a piece of one whose box falls short."""
    x, y, width, height = blot
    near = (words[:, 2] > x - apart) & (words[:, 0] < x + width + apart)
    return not bool((near & (words[:, 3] > y) & (words[:, 1] < y + height)).any())


def _is_text(text: str) -> bool:
    return any(letter.isalnum() or letter in SIGNS for letter in text)
