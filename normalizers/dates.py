"""Dates and periods as printed -> EDTF level 1 with bounds, never finer than the page.

The grammar of `edtf_lexicon` reads what reports print; `edtf_library` (dateparser) what is left and
is plainly one date. See `edtf_bounds` for how imprecise and open ends are written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from normalizers.edtf_bounds import edtf_bounds
from normalizers.edtf_lexicon import DATE, fold_dates
from normalizers.edtf_library import read_single
from normalizers.edtf_periods import Printed, join_periods, write_edtf
from normalizers.edtf_places import find_places
from normalizers.edtf_points import Span, read_match
from normalizers.edtf_years import fill_years
from normalizers.text import absence
from pipeline.model import Refusal, State

__all__ = ["DateContext", "Dates", "edtf_bounds", "find_dates", "parse_dates"]

LONGEST_CELL = 600
LONGEST_TEXT = 50_000


@dataclass(frozen=True, slots=True)
class DateContext:
    """What the document tells of dates: the plan's period, and the order of day and month."""

    start: date | None = None
    end: date | None = None
    day_first: bool = True


@dataclass(frozen=True, slots=True)
class Dates:
    """What a place says of time: EDTF (several joined by "|") and its first and last day."""

    edtf: str
    start: date | None = None
    end: date | None = None
    state: State = "reported"
    reason: str = ""


_ANY = DateContext()


def parse_dates(text: str, context: DateContext = _ANY) -> Dates | Refusal:
    """All that a cell says of time, or a refusal where any of it is not understood."""
    if absent := absence(text):
        return Dates("", None, None, *absent)
    if len(text) > LONGEST_CELL:
        return Refusal("too long to be dates")
    folded = fold_dates(text)
    if re.search(r"\bejemplo\b", folded):
        return Refusal("the form's own example")
    read = _read_all(text, folded, context)
    if isinstance(read, Refusal):
        point = read_single(text, context.day_first)
        return read if point is None else _dates([Printed(Span(point))], ())
    return read


def _read_all(text: str, folded: str, context: DateContext) -> Dates | Refusal:
    matches = list(DATE.finditer(folded))
    if not matches:
        return Refusal(f"not a date: {text.strip()[:40]!r}")
    groups: list[list[Span]] = []
    for match in matches:
        spans = read_match(match, context.day_first)
        if isinstance(spans, Refusal):
            return spans
        groups.append(spans)
    ends = [0, *(match.end() for match in matches)]
    starts = [*(match.start() for match in matches), len(folded)]
    gaps = [folded[end:start] for end, start in zip(ends, starts, strict=True)]
    return _build(groups, [text[match.start() : match.end()] for match in matches], gaps, context)


def _build(
    groups: list[list[Span]], words: list[str], gaps: list[str], context: DateContext
) -> Dates | Refusal:
    """Years filled over all dates first, then the dates joined to periods by what is between."""
    flat = fill_years([span for group in groups for span in group], context.start, context.end)
    if isinstance(flat, Refusal):
        return flat
    spans = iter(flat)
    filled = [[next(spans) for _ in group] for group in groups]
    printed = join_periods(filled, words, gaps)
    if isinstance(printed, Refusal):
        return printed
    return _dates(printed, tuple(note for span in flat for note in span.notes))


def _dates(printed: list[Printed], notes: tuple[str, ...]) -> Dates:
    edtf = "|".join(write_edtf(one) for one in printed)
    start, end = edtf_bounds(edtf)
    reasons = dict.fromkeys((*notes, *(one.reason for one in printed if one.reason)))
    state: State = "inferred" if notes else "reported"
    return Dates(edtf, start, end, state, "; ".join(reasons))


def find_dates(text: str, context: DateContext = _ANY) -> list[tuple[int, int, Dates]]:
    """The dates and periods inside a longer text: `text[start:end]` prints each."""
    text = text[:LONGEST_TEXT]
    folded = fold_dates(text)
    found = []
    for start, end in find_places(folded):
        read = _read_all(text[start:end], folded[start:end], context)
        if isinstance(read, Dates):
            found.append((start, end, read))
    return found
