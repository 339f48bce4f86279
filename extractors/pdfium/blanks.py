"""Blanks printed by text objects of their own, which PDFium's text page leaves out.

Word processors print the space between two words of a line that way, and a narrow one is told by
nothing else.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extractors.geometry import Chars, Floats, Ints, pick_chars
from extractors.pdfium.objects import Objects, bounds
from extractors.pdfium.view import View

# In parts of the type's size: what is usual of a space, above and below its line and in width.
_ABOVE, _BELOW, _WIDTH = 0.8, 0.2, 0.25


def add_blanks(chars: Chars, objects: Objects, view: View) -> Chars:
    """The characters, and a blank for each text object that has a place and no ink."""
    printing = np.zeros(len(objects.texts) + 1, np.bool_)
    printing[chars.objects] = True
    silent = np.flatnonzero(~printing[:-1])
    if not len(silent):
        return chars
    frames = objects.placed([objects.text_frames[one] for one in silent])
    boxes = view.boxes(bounds([objects.texts[one] for one in silent], frames))
    empty = np.any(boxes[:, :2] == boxes[:, 2:], axis=1)
    return _insert(chars, silent[empty], boxes[empty])


def _insert(chars: Chars, objects: Ints, points: Floats) -> Chars:
    """With blanks of these objects at these points, set as the characters before them are."""
    places = np.searchsorted(chars.objects, objects)
    blanks = places + np.arange(len(places))
    printed = np.ones(len(chars) + len(places), np.bool_)
    printed[blanks] = False
    more = pick_chars(chars, np.maximum(np.cumsum(printed) - 1, 0))
    codes, boxes, numbers = more.codes, more.boxes, more.objects
    codes[blanks], numbers[blanks] = ord(" "), objects
    boxes[blanks] = _boxes(points, more.sizes[blanks], more.turns[blanks])
    return replace(more, codes=codes, boxes=boxes, objects=numbers)


def _boxes(points: Floats, sizes: Floats, turns: Ints) -> Floats:
    """Boxes of blanks of these sizes; those of turned type remain points."""
    sides = np.array([0.0, -_ABOVE, _WIDTH, _BELOW]) * sizes[:, None]
    boxes: Floats = points + np.where(turns[:, None] == 0, sides, 0.0)
    return boxes
