"""Spans of time, and how a match of the grammar gives their year and month."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalizers.edtf_bounds import Point
from normalizers.edtf_lexicon import MONTHS
from normalizers.edtf_words import read_year_words

PIVOT = 70  # a year of two digits from 70 on is of the last century


@dataclass(frozen=True, slots=True)
class Span:
    """From `first` to `last`; one date where `last` is None. `notes` say what was inferred."""

    first: Point
    last: Point | None = None
    notes: tuple[str, ...] = ()

    def points(self) -> tuple[Point, ...]:
        """The one or two moments that bound it."""
        return (self.first,) if self.last is None else (self.first, self.last)


def _short(digits: str) -> int:
    return int(digits) + (1900 if int(digits) >= PIVOT else 2000)


def year_of(match: re.Match[str], name: str) -> tuple[int | None, tuple[str, ...]]:
    """The year, and a note where only two of its digits are printed."""
    if full := _group(match, f"{name}_y"):
        digits = full.replace(".", "").replace(",", "")
        if len(digits) == 4:
            return int(digits), ()
        return _short(digits), (f"year printed {full!r}",)
    if words := _group(match, f"{name}_w"):
        return read_year_words(words), ()
    if short := _group(match, f"{name}_z"):
        return _short(short), (f"year printed {short!r}",)
    return None, ()


def _group(match: re.Match[str], name: str) -> str | None:
    """What a group matched; None for a group that the form has not."""
    return match[name] if name in match.re.groupindex else None


def month_of(word: str) -> int:
    """The number of a month by its name or abbreviation."""
    return MONTHS[word.rstrip(".")]
