"""Boxes no wider than the type's advance.

PDFium's boxes go around the ink: where a font is not in the file, another one's wider letters
stand in for it and reach over the letters that follow, and slanted letters do so by themselves.
"""

from __future__ import annotations

from itertools import repeat

import numpy as np

from extractors.geometry import Flags, Floats, Ints
from extractors.pdfium import raw
from extractors.pdfium.ink import Ink

# In parts of the type's size: what letters reach over the next ones in any font, and the narrowest
# letter there is.
_REACH = 0.05
_NARROWEST = 0.1
# Letters of a font that must reach over others before the font is asked for its widths.
_OFTEN = 3


def trim_boxes(codes: Ints, boxes: Floats, objects: Ints, ink: Ink) -> Floats:
    """The boxes (n, 4) of upright characters cut at their advances, in fonts that need it."""
    asked = (ink.turns == 0) & np.isin(ink.fonts, _reaching(boxes, objects, ink))
    if not asked.any():
        return boxes
    advances = np.zeros(len(codes))
    advances[asked] = _widths(ink.fonts[asked], codes[asked]) * ink.spans[asked]
    wide = boxes[:, 2] - boxes[:, 0] > advances + _REACH * ink.spans
    wide &= advances > _NARROWEST * ink.spans
    trimmed = boxes.copy()
    trimmed[wide, 2] = boxes[wide, 0] + advances[wide]
    return trimmed


def _reaching(boxes: Floats, objects: Ints, ink: Ink) -> Ints:
    """The fonts whose letters reach over those that follow."""
    over: Flags = boxes[:-1, 2] - boxes[1:, 0] > _REACH * ink.spans[1:]
    over &= (boxes[1:, 0] > boxes[:-1, 0]) & (np.diff(objects) == 0)
    fonts, counts = np.unique(ink.fonts[1:][over], return_counts=True)
    reaching: Ints = fonts[counts >= _OFTEN]
    return reaching


def _widths(fonts: Ints, codes: Ints) -> Floats:
    """The advance of each character in parts of the type's size; 0 where the font tells none."""
    _, firsts, which = np.unique(fonts * 0x110000 + codes, return_index=True, return_inverse=True)
    found = np.zeros((len(firsts), 1), np.float32)
    asked = (fonts[firsts].tolist(), codes[firsts].tolist())
    raw.run(map(raw.glyph_width, *asked, repeat(1.0), raw.places(found)))
    widths: Floats = found[which, 0].astype(float)
    return widths
