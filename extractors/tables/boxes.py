"""Boxes on a page: what surrounds them, where their middle is, how much they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from extractors.geometry import Floats
from pipeline.model import Box


def box_of(boxes: Iterable[Box]) -> Box:
    """The smallest box around these."""
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return (min(x0), min(top), max(x1), max(bottom))


def object_box(thing: Mapping[str, Any]) -> Box:
    """Where a character, an image or another object of pdfplumber's stands."""
    return (thing["x0"], thing["top"], thing["x1"], thing["bottom"])


def area(box: Box) -> float:
    """Square points; 0 for a box that is inside out."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def overlap(one: Box, other: Box) -> float:
    """What both boxes cover as a share of what either covers."""
    x0, top = max(one[0], other[0]), max(one[1], other[1])
    x1, bottom = min(one[2], other[2]), min(one[3], other[3])
    if x0 >= x1 or top >= bottom:
        return 0.0
    shared = area((x0, top, x1, bottom))
    return shared / (area(one) + area(other) - shared)


def turn_box(box: Box, turn: int) -> Box:
    """The box in a frame where text that was set turned clockwise by `turn` degrees runs across."""
    x0, top, x1, bottom = box
    if turn == 90:
        return (top, -x1, bottom, -x0)
    if turn == 270:
        return (-bottom, x0, -top, x1)
    if turn == 180:
        return (-x1, -bottom, -x0, -top)
    return box


def turn_back(box: Box, turn: int) -> Box:
    """The box on the page of one measured in the frame of `turn_box`."""
    return turn_box(box, -turn % 360)


def turn_boxes(boxes: Floats, turn: int) -> Floats:
    """`turn_box` for many: (n, 4) boxes in the frame where text turned by `turn` runs across."""
    x0, top, x1, bottom = boxes.T
    if turn == 90:
        return np.column_stack((top, -x1, bottom, -x0))
    if turn == 270:
        return np.column_stack((-bottom, x0, -top, x1))
    if turn == 180:
        return np.column_stack((-x1, -bottom, -x0, -top))
    return boxes
