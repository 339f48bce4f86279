"""A page's print as arrays: characters, words, rules, fills and images, in points of the page seen.

Read once from PDFium (`extractors.pdfium`) or from a picture (`extractors.scans`); every finder of
tables and of prose works on these. Boxes are rows of `(x0, top, x1, bottom)`, origin top left of
the page as a reader sees it: turned by `/Rotate`, cut by the crop box. Nothing here is mutated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

ASKEW = -1  # the turn of what is set at no right angle: watermarks, stamps


@dataclass(frozen=True, slots=True, eq=False)
class Chars:
    """The n characters of a page in the order of printing; a ligature is one character."""

    codes: Ints  # (n,) Unicode code points; 0xFFFD where the font tells none
    boxes: Floats  # (n, 4) PDFium's loose boxes: the type's full height
    sizes: Floats  # (n,) points
    weights: Ints  # (n,) 400 regular, 700 bold; 0 unknown
    turns: Ints  # (n,) degrees clockwise as seen: 0, 90, 180, 270, or ASKEW
    objects: Ints  # (n,) number of the text object that printed it, in order of printing
    visible: Flags  # (n,) False: invisible ink (the text layer of a scan)
    confidences: Floats  # (n,) 0-100 as OCR told it, nan for print

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The w words of a page in the order of printing, as ranges of its characters.

    A word holds no blank: `chars[starts[i]:ends[i]]` are its characters. Words of one run were
    printed one after the other with no gap but a space.
    """

    texts: tuple[str, ...]
    starts: Ints  # (w,)
    ends: Ints  # (w,)
    boxes: Floats  # (w, 4)
    turns: Ints  # (w,)
    runs: Ints  # (w,)

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True, slots=True, eq=False)
class Geometry:
    """One page. `rules` are drawn lines as thin boxes: strokes, thin rectangles, dashes joined."""

    number: int
    width: float
    height: float
    rotation: int  # the page's /Rotate, already applied
    chars: Chars
    words: Words
    rules: Floats  # (r, 4) horizontal where wider than high
    rule_shades: Ints  # (r,) 0xRRGGBB of the ink
    fills: Floats  # (f, 4) filled rectangles that are no rules
    fill_shades: Ints  # (f,) 0xRRGGBB
    images: Floats  # (i, 4)
    paths: int = 0  # drawn shapes that are neither rules nor fills (curves: charts, outlined type)
    unread: int = 0  # characters without Unicode
    hidden: int = 0  # characters outside what is seen
    method: str = "pdfium"  # or "tesseract"
