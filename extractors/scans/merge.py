"""What a picture says, put among the arrays of its page."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from extractors.geometry import Chars, Floats, Geometry, Words
from extractors.scans.verdict import Verdict


@dataclass(frozen=True, slots=True, eq=False)
class Print:
    """What a picture says: characters, words and rules in points of the page seen."""

    chars: Chars
    words: Words
    rules: Floats
    unread: int
    tilt: float


def merge_print(geometry: Geometry, verdict: Verdict, told: Print) -> Geometry:
    """The page with what a picture says; beside its own print unless that lies."""
    # The rules of a page that lies are drawn, and known better than seen.
    rules = told.rules[: 0 if verdict.kind in ("lying", "outlined") else None]
    keep = verdict.kind in ("mixed", "outlined") or geometry.method == "tesseract"
    return replace(
        geometry,
        chars=_join_chars(geometry.chars, told.chars) if keep else told.chars,
        words=_join_words(geometry, told.words) if keep else told.words,
        rules=np.concatenate([geometry.rules, rules]),
        rule_shades=np.concatenate([geometry.rule_shades, np.zeros(len(rules), np.int64)]),
        unread=told.unread + (geometry.unread if keep else 0),
        method="tesseract",
        tilt=told.tilt,
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
