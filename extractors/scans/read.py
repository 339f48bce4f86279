"""A scanned page into the arrays that every finder works on; of a mixed one both kinds of print."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import cv2
import numpy as np

from extractors.geometry import ASKEW, Chars, Geometry, Ints, Words, are_blank, empty_chars
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
from extractors.scans.ocr import Seen, see_turn, see_words
from extractors.scans.picture_rules import PictureRules, find_rules, remove_rules
from extractors.scans.print import make_print
from extractors.scans.render import Frame, Pixels, render_page, straighten, turn_upright
from extractors.scans.verdict import FULL, Verdict

LEAST_TILT = 0.02  # degrees: less moves the far end of a page by less than a stroke
DOUBTED = 50.0  # of 100: upside down a page is read at 26 to 36, the faintest upright one at 62


@dataclass(frozen=True, slots=True, eq=False)
class _Picture:
    """A page's picture, upright and straight, without its rules; and these."""

    bare: Pixels
    rules: PictureRules
    frame: Frame


def read_scan(page: Any, geometry: Geometry, verdict: Verdict) -> Geometry:
    """The page with what its pictures say: words of confidence 0-100, and rules.

    `page` is PDFium's, `geometry` its arrays, `verdict` what `judge_page` told of them; a page that
    needs no OCR comes back as it is. Raises OcrMissing where `ocr_available()` tells a reason.
    """
    if not verdict.needs_ocr:
        return geometry
    rgb, frame = render_page(page)
    grey = to_grey(rgb)
    regions = _find_print(grey, frame, verdict)
    if not len(regions):
        return geometry
    grey = _keep_regions(grey, frame, regions, _known(geometry, verdict))
    picture, seen = _see_page(grey, frame, level=not _is_sheet(verdict, geometry))
    seen = look_again(picture.bare, _dpi(picture.frame), seen, picture.rules.standing)
    chars, words, unread = make_print(seen, picture.frame)
    return _merge(geometry, verdict, picture, chars, words, unread)


def _known(geometry: Geometry, verdict: Verdict) -> Chars:
    """The characters that need no OCR."""
    return empty_chars() if verdict.kind == "lying" else geometry.chars


def _is_sheet(verdict: Verdict, geometry: Geometry) -> bool:
    """Whether the picture is the page: a scan, which may be askew, and all is turned with it."""
    x0, top, x1, bottom = verdict.regions[0]
    whole = (x1 - x0) * (bottom - top) >= FULL * geometry.width * geometry.height
    return whole and verdict.kind in ("scanned", "mixed")


def _find_print(grey: Pixels, frame: Frame, verdict: Verdict) -> Ints:
    """The regions to read, in pixels (k, 4), without photographs beside digital print."""
    regions = (verdict.regions * frame.scale).round().clip(0).astype(np.int64)
    if verdict.kind != "mixed":
        return regions
    read = [box for box in regions if not is_photo(grey[box[1] : box[3], box[0] : box[2]])]
    return np.array(read, np.int64).reshape(-1, 4)


def _keep_regions(grey: Pixels, frame: Frame, regions: Ints, chars: Chars) -> Pixels:
    """Paper outside the regions, and where digital characters are printed (no watermark's)."""
    kept = np.full_like(grey, 255)
    for x0, top, x1, bottom in regions:
        kept[top:bottom, x0:x1] = grey[top:bottom, x0:x1]
    printed = chars.visible & ~are_blank(chars.codes) & (chars.turns != ASKEW)
    for x0, top, x1, bottom in (chars.boxes[printed] * frame.scale).clip(0).round().astype(int):
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


def _dpi(frame: Frame) -> float:
    return frame.scale * 72


def _merge(
    geometry: Geometry,
    verdict: Verdict,
    picture: _Picture,
    chars: Chars,
    words: Words,
    unread: int,
) -> Geometry:
    rules = picture.frame.to_page(picture.rules.boxes)
    if verdict.kind in ("lying", "outlined"):  # their rules are drawn, and known better than seen
        rules = np.zeros((0, 4))
    keep = verdict.kind in ("mixed", "outlined")
    return replace(
        geometry,
        chars=_join_chars(geometry.chars, chars) if keep else chars,
        words=_join_words(geometry, words) if keep else words,
        rules=np.concatenate([geometry.rules, rules]),
        rule_shades=np.concatenate([geometry.rule_shades, np.zeros(len(rules), np.int64)]),
        unread=unread + (geometry.unread if keep else 0),
        method="tesseract",
        tilt=picture.frame.tilt,
    )


def _join_chars(one: Chars, other: Chars) -> Chars:
    joined = {
        field.name: np.concatenate([getattr(one, field.name), getattr(other, field.name)])
        for field in fields(Chars)
    }
    last = one.objects.max(initial=-1) + 1
    joined["objects"][len(one) :] += last
    return Chars(**joined)


def _join_words(geometry: Geometry, other: Words) -> Words:
    one, before = geometry.words, len(geometry.chars)
    return Words(
        texts=one.texts + other.texts,
        starts=np.concatenate([one.starts, other.starts + before]),
        ends=np.concatenate([one.ends, other.ends + before]),
        boxes=np.concatenate([one.boxes, other.boxes]),
        turns=np.concatenate([one.turns, other.turns]),
        runs=np.concatenate([one.runs, other.runs + one.runs.max(initial=-1) + 1]),
    )
