"""The characters of a PDF page, from PDFium's text page.

Most of the time goes into calls for each character, so only the box is asked for each; the text
comes in one call, and what the characters of one text object share is asked once for the object.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat

import numpy as np

from extractors.geometry import (
    UNREAD,
    Chars,
    Flags,
    Floats,
    Ints,
    are_blank,
    empty_chars,
    pick_chars,
)
from extractors.pdfium import raw
from extractors.pdfium.blanks import add_blanks
from extractors.pdfium.ink import Ink, read_ink
from extractors.pdfium.objects import Objects, PageTooLarge
from extractors.pdfium.view import View
from extractors.pdfium.widths import trim_boxes

MAX_CHARS = 250_000
# Objects are asked for every so many characters first; all between two of one object are of it.
_STRIDE = 16
_ADDED = (0x20, 0x0D, 0x0A)  # what PDFium adds to part words and lines, printed by no object
_HYPHENS = (0x2, 0xFFFE, 0xAD)  # PDFium's marks of a hyphen at a line's end; the soft hyphen
# Of the type's size: the same letter again this near is bold made by printing twice.
_DOUBLE = 0.15


@dataclass(frozen=True, slots=True)
class Read:
    """The characters seen, and how many others there were."""

    chars: Chars
    unread: int = 0
    hidden: int = 0
    doubled: int = 0


def read_chars(text: int, painted: Objects, view: View) -> Read:
    """The characters of a text page in the order of painting; raise PageTooLarge."""
    count = max(0, raw.count_chars(text))
    if count > MAX_CHARS:
        raise PageTooLarge(f"{count} characters on a page, and {MAX_CHARS} are read")
    codes = _read_codes(text, count)
    loose = raw.read_chars(raw.char_box, text, range(count), 4)
    handles = _read_handles(text, codes, loose[:, 1] == loose[:, 3])
    places, objects = _sort(handles, painted.texts)
    if not len(places):
        return Read(empty_chars())
    heads = np.flatnonzero(np.diff(objects, prepend=-1))
    ink = read_ink(text, handles[places[heads]].tolist(), places[heads].tolist(), view)
    ink = ink.spread(np.diff(heads, append=len(places)))
    codes = _mend(text, codes[places], places, ink.fonts)
    boxes = _share(view.boxes(loose[places].astype(float)), objects, ink.turns)
    boxes = trim_boxes(codes, boxes, objects, ink)
    chars = _chars(codes, boxes, objects, ink)
    return _keep(add_blanks(chars, painted, view), view)


def _read_codes(text: int, count: int) -> Ints:
    """The code of each of PDFium's characters."""
    units = np.zeros(count + 1, np.uint16)
    written = raw.text_of(text, 0, count, units.ctypes.data)
    surrogates = (units & 0xF800) == 0xD800
    if written == count + 1 and not surrogates.any():
        return units[:count].astype(np.int64)
    # The text leaves out what has no Unicode, so its places are not the characters'.
    return np.array(list(map(raw.char_code, repeat(text), range(count))), np.int64)


def _read_handles(text: int, codes: Ints, flat: Flags) -> Ints:
    """The text object that printed each character; 0 for those PDFium added, which are flat."""
    handles = np.zeros(len(codes), np.int64)
    blanks = np.flatnonzero(flat & np.isin(codes, _ADDED))
    added = np.array(list(map(raw.char_added, repeat(text), blanks.tolist()))) == 1
    others = np.ones(len(codes), np.bool_)
    others[blanks[added]] = False
    handles[others] = _bisect(text, np.flatnonzero(others))
    return handles


def _ask(text: int, chars: Ints) -> list[int]:
    return [handle or 0 for handle in map(raw.char_object, repeat(text), chars.tolist())]


def _bisect(text: int, chars: Ints) -> Ints:
    """The text object of each, asked only where neighbours that are known differ."""
    handles = np.zeros(len(chars), np.int64)
    last = len(chars) - 1
    known = np.append(np.arange(0, last, _STRIDE), last)[: len(chars)]
    handles[known] = _ask(text, chars[known])
    step = _STRIDE // 2
    while step:
        middles = np.arange(step, last, 2 * step)
        before = handles[middles - step]
        handles[middles] = before
        unsure = middles[before != handles[np.minimum(middles + step, last)]]
        handles[unsure] = _ask(text, chars[unsure])
        step //= 2
    return handles


def _sort(handles: Ints, texts: list[int]) -> tuple[Ints, Ints]:
    """The printed characters in the order of painting, and the number of the object of each.

    PDFium sorts the objects of a line by their places.
    """
    places = np.flatnonzero(handles)
    heads = np.flatnonzero(np.diff(handles[places], prepend=0))
    order = {handle: number for number, handle in enumerate(texts)}
    numbers = [order.get(handle, len(order)) for handle in handles[places[heads]].tolist()]
    lengths = np.diff(heads, append=len(places))
    objects = np.repeat(np.array(numbers, np.int64), lengths)
    if np.any(np.diff(objects) < 0):
        sorting = np.argsort(objects, kind="stable")
        places, objects = places[sorting], objects[sorting]
    return places, objects


def _mend(text: int, codes: Ints, places: Ints, fonts: Ints) -> Ints:
    """Codes with hyphens as such, and UNREAD where PDFium only had the font's own number."""
    _, firsts, which = np.unique(fonts * 0x110000 + codes, return_index=True, return_inverse=True)
    unmapped = list(map(raw.char_unmapped, repeat(text), places[firsts].tolist()))
    kinds = codes[firsts]
    kinds[np.isin(kinds, _HYPHENS)] = ord("-")
    kinds[(np.array(unmapped) == 1) | (kinds == 0)] = UNREAD
    return kinds[which]


def _share(boxes: Floats, objects: Ints, turns: Ints) -> Floats:
    """Boxes where the letters of a ligature, all in one place, have each a part of it."""
    same = np.all(boxes[1:] == boxes[:-1], axis=1) & (np.diff(objects) == 0)
    if not same.any():
        return boxes
    group = np.cumsum(np.append(True, ~same)) - 1
    sizes = np.bincount(group)[group]
    ranks = np.arange(len(boxes)) - np.flatnonzero(np.append(True, ~same))[group]
    backwards = np.isin(turns, (180, 270))
    ranks = np.where(backwards, sizes - 1 - ranks, ranks)
    low = np.where(np.isin(turns, (90, 270)), 1, 0)
    rows = np.arange(len(boxes))
    start, end = boxes[rows, low], boxes[rows, low + 2]
    shared = boxes.copy()
    shared[rows, low] = start + (end - start) * ranks / sizes
    shared[rows, low + 2] = start + (end - start) * (ranks + 1) / sizes
    return shared


def _chars(codes: Ints, boxes: Floats, objects: Ints, ink: Ink) -> Chars:
    return Chars(
        codes=codes,
        boxes=boxes,
        sizes=ink.sizes,
        weights=ink.weights,
        turns=ink.turns,
        objects=objects,
        visible=ink.visible,
        confidences=np.full(len(codes), np.nan),
    )


def _keep(chars: Chars, view: View) -> Read:
    """The characters on the page seen, each once."""
    shown = view.shows(chars.boxes)
    hidden = int(np.sum(~shown & ~are_blank(chars.codes)))
    seen = chars if shown.all() else pick_chars(chars, shown)
    doubled = _doubles(seen)
    kept = pick_chars(seen, ~doubled) if doubled.any() else seen
    return Read(
        chars=kept,
        unread=int(np.sum(kept.codes == UNREAD)),
        hidden=hidden,
        doubled=int(np.sum(doubled & ~are_blank(seen.codes))),
    )


def _doubles(chars: Chars) -> Flags:
    """Which characters were printed before in the same place, by another object."""
    doubles = np.zeros(len(chars), np.bool_)
    x, y = chars.boxes[:, 0], chars.boxes[:, 1]
    across = np.round(x * 8).astype(np.int64) & 0xFFFFF
    for shift in (0.0, 2.0):  # what the edge of a row parts in one raster is in a row of the other
        down = np.floor((y + shift) / 4).astype(np.int64) & 0xFFFF
        order = np.argsort((down << 41) | (chars.codes << 20) | across)
        one, other = order[:-1], order[1:]
        alike = np.flatnonzero(chars.codes[one] == chars.codes[other])
        one, other = one[alike], other[alike]
        near = _DOUBLE * np.minimum(chars.sizes[one], chars.sizes[other])
        again = (np.abs(x[one] - x[other]) < near) & (np.abs(y[one] - y[other]) < near)
        again &= chars.objects[one] != chars.objects[other]
        doubles[np.maximum(one, other)[again]] = True
        if not again.any():
            break
    return doubles
