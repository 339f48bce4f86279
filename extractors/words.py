"""Characters of a page into words.

Words follow the order in which the page prints its characters, not only their places: where the
text of a cell runs over into the next one, letters and digits share a place and only the order
tells them apart.
"""

from __future__ import annotations

import numpy as np

from extractors.geometry import ASKEW, Chars, Flags, Floats, Ints, Words, are_blank

# All in parts of the type's size. A gap fixed in points would glue the words of small type,
# where a generator that prints no spaces leaves less than a point.
WORD_GAP = 0.2
RUN_GAP = 1.0
BACK_STEP = 0.5
# Letters spaced out evenly by as much as this are one word still.
MAX_TRACKING = 0.35
# Letters drawn as one.
LIGATURES = {"ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ﬁ": "fi", "ﬂ": "fl", "ﬆ": "st", "ﬅ": "st"}
# Fewer letters are too few to tell letters spaced out from words of one letter.
_TRACKED = 5
_LEAST = 0.1  # points, where type has no size


def find_words(chars: Chars) -> Words:
    """The words of these characters, in the order of printing; blanks only part them."""
    if not len(chars):
        return _no_words()
    blank = are_blank(chars.codes)
    upright = turn_boxes(chars.boxes, chars.turns)
    gaps = _gaps(upright, chars.sizes)
    breaks = ~_continues(chars, upright, gaps)
    runs = np.cumsum(np.append(0, breaks))
    # pairs (i, i + 1) of letters with nothing printed between them
    pairs = ~(blank[1:] | blank[:-1] | breaks)
    widest = WORD_GAP + _tracking(gaps, pairs, runs)[runs[:-1]]
    glued = pairs & ((gaps <= widest) | (chars.turns[1:] == ASKEW))
    return _cut(chars, ~blank, glued, runs)


def turn_boxes(boxes: Floats, turns: Ints) -> Floats:
    """Boxes in a frame where text set turned clockwise by `turns` degrees runs across."""
    if not turns.any():
        return boxes
    x0, top, x1, bottom = boxes.T
    turned = boxes.copy()
    for turn, sides in (
        (90, (top, -x1, bottom, -x0)),
        (180, (-x1, -bottom, -x0, -top)),
        (270, (-bottom, x0, -top, x1)),
    ):
        which = turns == turn
        if which.any():
            turned[which] = np.column_stack(sides)[which]
    return turned


def _gaps(boxes: Floats, sizes: Floats) -> Floats:
    """From the end of each character to the beginning of the next, in parts of the size."""
    points = boxes[1:, 0] - boxes[:-1, 2]
    return points / np.maximum(np.maximum(sizes[1:], sizes[:-1]), _LEAST)


def _continues(chars: Chars, boxes: Floats, gaps: Floats) -> Flags:
    """Whether each character but the first is printed on from the one before."""
    heights = boxes[:, 3] - boxes[:, 1]
    shared = np.minimum(boxes[1:, 3], boxes[:-1, 3]) - np.maximum(boxes[1:, 1], boxes[:-1, 1])
    level = shared >= np.minimum(heights[1:], heights[:-1]) / 2
    level &= (gaps >= -BACK_STEP) & (gaps <= RUN_GAP)
    askew = chars.turns == ASKEW
    if askew.any():
        middles = (boxes[:, :2] + boxes[:, 2:]) / 2
        far = np.hypot(*(middles[1:] - middles[:-1]).T)
        near = far < 2 * np.maximum(chars.sizes[1:], chars.sizes[:-1])
        level = np.where(askew[1:], near, level)
    level &= chars.turns[1:] == chars.turns[:-1]
    return level


def _tracking(gaps: Floats, pairs: Flags, runs: Ints) -> Floats:
    """By how much the letters of each run are spaced out; 0 for most."""
    tracking = np.zeros(runs[-1] + 1)
    of_run = runs[:-1]
    counts = np.bincount(of_run[pairs], minlength=len(tracking))
    wide = np.bincount(of_run[pairs & (gaps > 0)], minlength=len(tracking))
    spaced = (counts >= _TRACKED) & (wide * 2 >= counts)
    which = np.flatnonzero(pairs & spaced[of_run])
    if not len(which):
        return tracking
    which = which[np.lexsort((gaps[which], of_run[which]))]
    counts = counts[spaced]
    starts = np.cumsum(counts) - counts
    medians = (gaps[which[starts + (counts - 1) // 2]] + gaps[which[starts + counts // 2]]) / 2
    tracking[spaced] = np.where((medians > 0) & (medians <= MAX_TRACKING), medians, 0)
    return tracking


def _cut(chars: Chars, inked: Flags, glued: Flags, runs: Ints) -> Words:
    """Words of what is glued; `inked` tells the characters that print."""
    starts = np.flatnonzero(inked & np.append(True, ~glued))
    ends = np.flatnonzero(inked & np.append(~glued, True)) + 1
    if not len(starts):
        return _no_words()
    edges = np.column_stack([starts, ends]).ravel()
    low = np.minimum.reduceat(np.vstack([chars.boxes[:, :2], [[0, 0]]]), edges)[::2]
    high = np.maximum.reduceat(np.vstack([chars.boxes[:, 2:], [[0, 0]]]), edges)[::2]
    return Words(
        texts=_texts(chars.codes, starts, ends),
        starts=starts,
        ends=ends,
        boxes=np.concatenate([low, high], axis=1),
        turns=chars.turns[starts],
        runs=runs[starts],
    )


def _texts(codes: Ints, starts: Ints, ends: Ints) -> tuple[str, ...]:
    text = codes.astype("<u4").tobytes().decode("utf-32-le", "replace")
    ranges = zip(starts.tolist(), ends.tolist(), strict=True)
    texts = tuple(text[start:end] for start, end in ranges)
    if not any(ligature in text for ligature in LIGATURES):
        return texts
    table = str.maketrans(LIGATURES)
    return tuple(word.translate(table) for word in texts)


def _no_words() -> Words:
    none = np.zeros(0, np.int64)
    return Words((), none, none, np.zeros((0, 4)), none, none)
