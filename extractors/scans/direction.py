"""Whether the lines of text on a picture run across or down, before anything is read."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.scans.render import Pixels

STROKE = 12.0  # points: a longer run of ink belongs to a rule
DOWN = 1.3  # times as uneven by columns as by rows


def runs_down(ink: Pixels, scale: float) -> bool:
    """Whether text seems to run down or up the picture; rules are left out of account."""
    length = round(STROKE * scale)
    lying = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    standing = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    letters = (cv2.subtract(ink, cv2.max(lying, standing)) > 0).astype(np.float32)
    return _unevenness(letters, 0) > DOWN * _unevenness(letters, 1)


def _unevenness(letters: NDArray[np.float32], axis: int) -> float:
    """How much the ink of one line of pixels differs from that of one a stroke away."""
    lines = letters.sum(axis=axis)
    return float(np.sum((lines[4:] - lines[:-4]) ** 2))
