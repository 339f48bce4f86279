"""Pictures within print: which of them are worth a reading, told from a glance at them."""

from __future__ import annotations

import hashlib
from typing import Any

import cv2
import numpy as np

from extractors.geometry import Floats, Ints
from extractors.scans.clean import is_photo
from extractors.scans.render import Pixels, glance

# At a pixel a point type is as high as its size in points: enough to see that lines are there.
SCALE = 1.0
LARGEST = 4_000_000  # pixels: of a page of 200 inches a coarser picture has to do
TOUCH = 2.0  # points between strips of one picture
FILLED = 0.9  # of the box around strips: else they are pictures of their own

LOCAL, CONTRAST = 15, 24  # pixels wider than strokes; of 255
LINE_LOW, LINE_HIGH = 3, 14  # pixels: a line of type
LINE_LONG, LINE_FULL = 3, 0.3  # of its height; of its box, inked
LETTERS = 6  # pixels between letters and words of a line
SHORTEST, PART = 25, 5  # pixels, and a part of the picture's side: a rule is longer
RULED = 3  # rules each way: fewer are a frame, or the axes of a chart
FEW = 10  # lines of type: a grid with fewer is a chart
COVERED = 0.1  # of a picture of print is lines of type: photographs, logos and charts have less
ROWS = 0.4  # of its height


def join_strips(regions: Floats) -> list[Floats]:
    """Pictures (k, 4) that are strips of one joined, the others as they are."""
    joined: list[Floats] = []
    for box in regions:
        mate = next((at for at, one in enumerate(joined) if _are_strips(one, box)), None)
        if mate is None:
            joined.append(box)
        else:
            joined[mate] = _around(joined[mate], box)
    return joined


def _are_strips(one: Floats, other: Floats) -> bool:
    gaps = np.maximum(one[:2], other[:2]) - np.minimum(one[2:], other[2:])
    return bool(
        (gaps <= TOUCH).all() and _area(one) + _area(other) > FILLED * _area(_around(one, other))
    )


def _around(one: Floats, other: Floats) -> Floats:
    return np.concatenate([np.minimum(one[:2], other[:2]), np.maximum(one[2:], other[2:])])


def _area(box: Floats) -> float:
    return float((box[2] - box[0]) * (box[3] - box[1]))


def look_at(page: Any, box: Floats) -> Pixels:
    """A small picture of a box of PDFium's page."""
    return glance(page, box, min(SCALE, (LARGEST / max(_area(box), 1.0)) ** 0.5))


def name_picture(small: Pixels, box: Floats) -> bytes:
    """The same for the same picture at the same place of other pages."""
    shown = hashlib.blake2b(small.tobytes(), digest_size=16)
    shown.update(np.asarray(box).round().tobytes())
    return shown.digest()


def holds_print(small: Pixels) -> bool:
    """Whether lines of type fill a picture, or stand between rules.

    Else it is a photograph, a logo or a chart, of which OCR makes noise.
    """
    if is_photo(small):
        return False
    ink = _find_ink(small)
    high, wide = ink.shape
    lying = _find_runs(ink, (1, max(SHORTEST, wide // PART)))
    standing = _find_runs(ink, (max(SHORTEST, high // PART), 1))
    rules = np.asarray(cv2.dilate(lying | standing, np.ones((2, 2), np.uint8)), np.uint8)
    lines = _find_lines(np.where(rules > 0, np.uint8(0), ink))
    ruled = min(_count(lying.any(axis=1)), _count(standing.any(axis=0))) >= RULED
    return (ruled and len(lines) >= FEW) or _fill(lines, ink)


def _find_ink(small: Pixels) -> Pixels:
    ink = cv2.adaptiveThreshold(
        small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, LOCAL, CONTRAST
    )
    return np.asarray(ink, np.uint8)


def _find_runs(ink: Pixels, shape: tuple[int, int]) -> Pixels:
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8)), np.uint8)


def _count(marked: Any) -> int:
    """How many stretches are marked."""
    return int(np.count_nonzero(np.diff(np.append(0, marked.astype(np.int8))) == 1))


def _find_lines(ink: Pixels) -> Ints:
    """Boxes (n, 4) as x, y, width, height of what is as high as type and longer than a letter."""
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, LETTERS), np.uint8))
    stats = cv2.connectedComponentsWithStats(closed, connectivity=8)[2][1:].astype(np.int64)
    wide, high, inked = stats[:, 2], stats[:, 3], stats[:, 4]
    typed = (high >= LINE_LOW) & (high <= LINE_HIGH) & (wide >= LINE_LONG * high)
    return np.asarray(stats[typed & (inked > LINE_FULL * wide * high), :4])


def _fill(lines: Ints, ink: Pixels) -> bool:
    rows = np.zeros(ink.shape[0], np.bool_)
    for _, top, _, high in lines.tolist():
        rows[top : top + high] = True
    covered = float((lines[:, 2] * lines[:, 3]).sum()) / ink.size
    return covered >= COVERED and float(rows.mean()) >= ROWS
