"""What a page is, told from its arrays alone: print that can be read, or a picture of print."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from extractors.geometry import UNREAD, Chars, Floats, Geometry

Kind = Literal["digital", "scanned", "mixed", "lying", "outlined"]

FULL = 0.5  # of the page: a picture that may be the page itself
STAMPED = 400  # characters that a stamp, a header or a signature put on a scan at most
WIDEST, HIGHEST = 90.0, 40.0  # points: a smaller picture is a logo
PART = 0.04  # of the page
COVERED = 0.02  # characters a square point's share that make a picture a background of print
LEAST = 60  # letters, to judge how they are spread
UNREAD_SHARE = 0.1
MANGLED_SHARE = 0.02
FOREIGN = 5.3  # bits a letter: Spanish has 4.0, English 4.3, letters moved along the alphabet 6
FEW, DRAWN, DRAWN_TIMES = 20, 30, 10

# Occurrences in a thousand letters of Spanish text, accents folded.
SPANISH = {
    **{"e": 132, "a": 125, "o": 92, "s": 79, "n": 70, "r": 67, "i": 67, "l": 52, "d": 56, "t": 45},
    **{"c": 45, "u": 40, "m": 30, "p": 27, "b": 13, "g": 11, "v": 10, "y": 9, "q": 9, "h": 7},
    **{"f": 7, "z": 5, "j": 4, "x": 2, "k": 1, "w": 1},
}
FOLDED = {"a": "áàâä", "e": "éèê", "i": "íì", "o": "óòôö", "u": "úùü", "n": "ñ", "c": "ç"}
MANGLED = "ÃÂâ"  # how UTF-8's first bytes look in cp1252


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """What a page is, why, and the boxes of it that need OCR (none of them: nothing does).

    Reasons: `full_picture`, `picture`, `no_print`, `little_print`, `hidden_print`, `unread`,
    `mangled`, `foreign`, `drawn`.
    """

    kind: Kind
    reasons: tuple[str, ...]
    regions: Floats  # (k, 4)

    @property
    def needs_ocr(self) -> bool:
        """Whether some of the page can be read only as a picture."""
        return len(self.regions) > 0


def judge_page(geometry: Geometry) -> Verdict:
    """What a page is; cheap enough for every page (0.1 ms)."""
    page = np.array([[0.0, 0.0, geometry.width, geometry.height]])
    printed = _count_printed(geometry.chars)
    full = _largest(geometry) >= FULL
    if full and not printed:
        hidden = ("hidden_print",) if len(geometry.chars) else ("no_print",)
        return Verdict("scanned", ("full_picture", *hidden), page)
    if reasons := _lies(geometry):
        return Verdict("lying", reasons, page)
    if full and printed < STAMPED:
        return Verdict("mixed", ("full_picture", "little_print"), page)
    if geometry.paths > 0 and (printed == 0 or _is_drawn(geometry.paths, printed)):
        return Verdict("outlined", ("drawn",), page)
    regions = _find_regions(geometry)
    if len(regions):
        kind: Kind = "mixed" if printed else "scanned"
        return Verdict(kind, ("picture",) if printed else ("picture", "no_print"), regions)
    return Verdict("digital", (), np.zeros((0, 4)))


def _is_drawn(paths: int, printed: int) -> bool:
    return paths >= DRAWN and (printed < FEW or paths > DRAWN_TIMES * printed)


def _count_printed(chars: Chars) -> int:
    return int(np.count_nonzero(chars.visible & (chars.codes > 0x20)))


def _largest(geometry: Geometry) -> float:
    """The largest picture, as a share of the page; strips of one picture count together."""
    boxes = np.clip(geometry.images, 0, [geometry.width, geometry.height] * 2)
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    return float(min(areas.sum() / max(geometry.width * geometry.height, 1.0), 1.0))


def _find_regions(geometry: Geometry) -> Floats:
    """Pictures within print that are large enough to hold a table, and hold no print."""
    boxes = np.clip(geometry.images, 0, [geometry.width, geometry.height] * 2)
    wide, high = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    part = wide * high >= PART * geometry.width * geometry.height
    large = boxes[part & (wide >= WIDEST) & (high >= HIGHEST)]
    return np.array([box for box in large if not _is_printed_on(box, geometry)]).reshape(-1, 4)


def _is_printed_on(box: Floats, geometry: Geometry) -> bool:
    middles = (geometry.chars.boxes[:, :2] + geometry.chars.boxes[:, 2:]) / 2
    inside = np.all((middles >= box[:2]) & (middles <= box[2:]), axis=1)
    inked = inside & geometry.chars.visible & (geometry.chars.codes > 0x20)
    area = (box[2] - box[0]) * (box[3] - box[1])
    return bool(np.count_nonzero(inked) > COVERED * area / 10)


def _lies(geometry: Geometry) -> tuple[str, ...]:
    """Why the text layer is not what is printed; empty when it may be."""
    codes = geometry.chars.codes[geometry.chars.visible]
    count = len(codes)
    if not count:
        return ()
    low = np.minimum(codes, len(_bits()) - 1)
    bits = _bits()[low]
    letters = bits > 0
    reasons = []
    if np.count_nonzero(_unmapped()[low]) > max(UNREAD_SHARE * count, FEW):
        reasons.append("unread")
    total = np.count_nonzero(letters)
    if total >= LEAST and np.count_nonzero(_pairs(codes)) > MANGLED_SHARE * total:
        reasons.append("mangled")
    if total >= LEAST and bits.sum() / total > FOREIGN:
        reasons.append("foreign")
    return tuple(reasons)


def _pairs(codes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where a first byte of UTF-8, seen as cp1252, stands before what its second looks like."""
    first = np.isin(codes[:-1], [ord(letter) for letter in MANGLED])
    second = codes[1:]
    typographic = ((second >= 0x80) & (second <= 0xBF)) | (second >= 0x2010)
    return np.asarray(first & typographic)


@lru_cache(maxsize=1)
def _bits() -> NDArray[np.float64]:
    """How surprising each letter is in Spanish, in bits, by code point; 0 for what is no letter."""
    bits = np.zeros(0x10000)
    bits[0x80:0x250] = [11.0 if chr(code).isalpha() else 0.0 for code in range(0x80, 0x250)]
    for letter, times in SPANISH.items():
        for form in letter + FOLDED.get(letter, ""):
            bits[[ord(form), ord(form.upper())]] = -np.log2(times / 1007)
    return bits


@lru_cache(maxsize=1)
def _unmapped() -> NDArray[np.bool_]:
    """Control characters, private use and U+FFFD: what no font of a report prints as such."""
    codes = np.arange(0x10000)
    control = (codes < 0x20) & ~np.isin(codes, [0x09, 0x0A, 0x0D])
    private = (codes >= 0xE000) & (codes <= 0xF8FF)
    return np.asarray(control | private | (codes == UNREAD) | (codes == 0xFFFF))
