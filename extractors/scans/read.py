"""A scanned page into the arrays that every finder works on; of a mixed one both kinds of print."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np

from extractors.geometry import ASKEW, Chars, Floats, Geometry, are_blank, empty_chars
from extractors.scans.again import look_again
from extractors.scans.clean import (
    find_ink,
    find_tilt,
    is_photo,
    is_speckled,
    remove_specks,
    to_grey,
    wash_shades,
)
from extractors.scans.direction import runs_down
from extractors.scans.merge import Print, merge_print
from extractors.scans.ocr import Seen, see_turn, see_words
from extractors.scans.picture_rules import PictureRules, find_rules, remove_rules
from extractors.scans.print import make_print
from extractors.scans.regions import holds_print, join_strips, look_at, name_picture
from extractors.scans.render import (
    Frame,
    Pixels,
    render_page,
    render_part,
    straighten,
    turn_upright,
)
from extractors.scans.verdict import Verdict

LEAST_TILT = 0.02  # degrees: less moves the far end of a page by less than a stroke
MARGIN = 30.0  # points around a picture within print
DOUBTED = 50.0  # of 100: upside down a page is read at 26 to 36, the faintest upright one at 62


@dataclass(frozen=True, slots=True, eq=False)
class _Picture:
    """A page's picture, upright and straight, without its rules; and these."""

    bare: Pixels
    rules: PictureRules
    frame: Frame


# What the pictures within print said that were met so far; None: they hold none.
Known = dict[bytes, Print | None]


def read_scan(
    page: Any, geometry: Geometry, verdict: Verdict, known: Known | None = None
) -> Geometry:
    """The page with what its pictures say: words of confidence 0-100, and rules.

    `page` is PDFium's, `geometry` its arrays, `verdict` what `judge_page` told of them; a page that
    needs no OCR comes back as it is. `known` keeps what pictures within print said, for a logo or
    a footer that comes again on later pages. Raises OcrMissing where `ocr_available()` tells a
    reason.
    """
    if not verdict.needs_ocr:
        return geometry
    if "picture" in verdict.reasons:
        return _read_parts(page, geometry, verdict, {} if known is None else known)
    rgb, frame = render_page(page)
    grey = to_grey(rgb)
    if verdict.kind == "mixed" and is_photo(grey):
        return geometry
    bare = _hide_print(grey, frame, _known(geometry, verdict))
    return merge_print(geometry, verdict, _read_picture(bare, frame, level=not _is_sheet(verdict)))


def _read_parts(page: Any, geometry: Geometry, verdict: Verdict, known: Known) -> Geometry:
    """The page with what those of its pictures say that are worth a reading."""
    sure = verdict.kind == "scanned"  # nothing else is on the page
    for box in join_strips(verdict.regions):
        small = look_at(page, box)
        name = name_picture(small, box)
        if name not in known:
            worth = sure or holds_print(small)
            known[name] = _read_part(page, geometry, box) if worth else None
        told = known[name]
        geometry = geometry if told is None else merge_print(geometry, verdict, told)
    return geometry


def _read_part(page: Any, geometry: Geometry, box: Floats) -> Print:
    rgb, frame = render_part(page, box, MARGIN)
    return _read_picture(_hide_print(to_grey(rgb), frame, geometry.chars), frame, level=True)


def _read_picture(grey: Pixels, frame: Frame, *, level: bool) -> Print:
    picture, seen = _see_page(grey, frame, level=level)
    seen = look_again(picture.bare, _dpi(picture.frame), seen, picture.rules.standing)
    chars, words, unread = make_print(seen, picture.frame)
    rules = picture.frame.to_page(picture.rules.boxes)
    return Print(chars, words, rules, unread, picture.frame.tilt)


def _known(geometry: Geometry, verdict: Verdict) -> Chars:
    """The characters that need no OCR."""
    return empty_chars() if verdict.kind == "lying" else geometry.chars


def _is_sheet(verdict: Verdict) -> bool:
    """Whether the picture is the page: a scan, which may be askew, and all is turned with it."""
    return verdict.kind in ("scanned", "mixed")


def _hide_print(grey: Pixels, frame: Frame, chars: Chars) -> Pixels:
    """Paper where digital characters are printed (no watermark's)."""
    kept = grey.copy()
    printed = chars.visible & ~are_blank(chars.codes) & (chars.turns != ASKEW)
    boxes = frame.to_picture(chars.boxes[printed]).clip(0).round().astype(int)
    for x0, top, x1, bottom in boxes:
        kept[top:bottom, x0:x1] = 255
    return kept


def _see_page(grey: Pixels, frame: Frame, *, level: bool) -> tuple[_Picture, Seen]:
    """The picture as it has to be turned, and its words."""
    if is_speckled(grey):
        grey = remove_specks(grey)
    half = _halve(grey)
    turn = see_turn(half, _dpi(frame) / 2) if runs_down(find_ink(half), frame.scale / 2) else 0
    picture = _make_picture(grey, frame, turn or 0, level)
    seen = _see(picture)
    if seen.confidence >= DOUBTED or not len(seen):
        return picture, seen
    told = see_turn(_halve(picture.bare), _dpi(frame) / 2)
    if not told:
        return picture, seen
    other = _make_picture(grey, frame, ((turn or 0) + told) % 360, level)
    if 0 < _sample(other) <= seen.confidence:
        return picture, seen
    again = _see(other)
    return (other, again) if again.confidence > seen.confidence else (picture, seen)


def _halve(grey: Pixels) -> Pixels:
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return np.asarray(half, np.uint8)


def _make_picture(grey: Pixels, frame: Frame, turn: int, level: bool) -> _Picture:
    upright = turn_upright(grey, turn)
    tilt = 0.0 if level else find_tilt(upright)
    if abs(tilt) >= LEAST_TILT:
        upright = straighten(upright, tilt)
    ink = find_ink(upright)
    rules = find_rules(ink, frame.scale)
    bare = wash_shades(remove_rules(upright, rules.mask), ink)
    return _Picture(bare, rules, replace(frame, turn=turn, tilt=tilt))


def _see(picture: _Picture) -> Seen:
    return see_words(picture.bare, _dpi(picture.frame))


def _sample(picture: _Picture) -> float:
    """How surely the middle of a picture is read, of 100: a ninth of the time; 0 if it is empty."""
    height, width = picture.bare.shape
    middle = picture.bare[height // 3 : -height // 3, width // 3 : -width // 3]
    return see_words(middle, _dpi(picture.frame)).confidence if middle.size else 0.0


def _dpi(frame: Frame) -> float:
    return frame.scale * 72
