"""A page's print as arrays: characters, words, rules, fills and images, in points of the page seen.

Read once from PDFium (`extractors.pdfium`) or from a picture (`extractors.scans`); every finder of
tables and of prose works on these. Boxes are rows of `(x0, top, x1, bottom)`, origin top left of
the page as a reader sees it: turned by `/Rotate`, cut by the crop box. Nothing here is mutated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

ASKEW = -1  # the turn of what is set at no right angle: watermarks, stamps
UNREAD = 0xFFFD  # the code of a character whose font tells no Unicode


@dataclass(frozen=True, slots=True, eq=False)
class Chars:
    """The n characters of a page in the order of printing, printed blanks among them.

    The letters of a ligature share its box evenly. Characters that nobody printed (the spaces and
    line ends a reader of PDF adds) are not here.
    """

    codes: Ints  # (n,) Unicode code points; UNREAD where the font tells none
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
    doubled: int = 0  # characters printed twice in one place (false bold) and kept once
    method: str = "pdfium"  # or "tesseract"
    # Degrees clockwise by which a scan was turned about its middle to be straight: the boxes are
    # those of the straight page (`extractors.scans.render.seen_boxes` gives them as seen).
    tilt: float = 0.0


_BLANKS = np.array([0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000])


def are_blank(codes: Ints) -> Flags:
    """Which codes print nothing: blanks and control characters."""
    blank: Flags = (codes <= 0x20) | ((codes >= 0x2000) & (codes <= 0x200A))
    if codes.size and codes.max() > 0x7E:
        blank |= np.isin(codes, _BLANKS)
    return blank


def pick_chars(chars: Chars, which: Flags | Ints) -> Chars:
    """These characters alone, in the order told."""
    return Chars(*(getattr(chars, field.name)[which] for field in fields(Chars)))


def make_chars(
    codes: Ints,
    boxes: Floats,
    *,
    sizes: Floats | None = None,
    objects: Ints | None = None,
    confidences: Floats | None = None,
) -> Chars:
    """Upright, visible characters; sizes are the heights of the boxes unless told."""
    count = len(codes)
    return Chars(
        codes=codes,
        boxes=boxes,
        sizes=boxes[:, 3] - boxes[:, 1] if sizes is None else sizes,
        weights=np.zeros(count, np.int64),
        turns=np.zeros(count, np.int64),
        objects=np.zeros(count, np.int64) if objects is None else objects,
        visible=np.ones(count, np.bool_),
        confidences=np.full(count, np.nan) if confidences is None else confidences,
    )


def empty_chars() -> Chars:
    """No characters."""
    return make_chars(np.zeros(0, np.int64), np.zeros((0, 4)))


def chars_of_words(texts: Sequence[str], boxes: Floats, confidences: Floats) -> Chars:
    """The letters of recognised words, each word's box (w, 4) shared evenly among its letters.

    Every text is an object of its own; the blanks between words are texts to be given, too.
    """
    lengths = np.array([len(text) for text in texts], np.int64)
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "replace"), "<u4").astype(np.int64)
    words = np.repeat(np.arange(len(texts)), lengths)
    ranks = np.arange(len(codes)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    letters = np.asarray(boxes, np.float64).reshape(-1, 4)[words]
    widths = (letters[:, 2] - letters[:, 0]) / lengths[words]
    left = letters[:, 0] + widths * ranks
    shared = np.column_stack([left, letters[:, 1], left + widths, letters[:, 3]])
    sure = np.asarray(confidences, np.float64)[words]
    return make_chars(codes, shared, objects=words, confidences=sure)
