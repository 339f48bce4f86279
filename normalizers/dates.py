"""Dates and periods as printed -> EDTF level 1 with bounds, never finer than the page.

The grammar of `edtf_lexicon` reads what reports print; `edtf_library` (dateparser) what is left and
is plainly one date. See `edtf_bounds` for how imprecise and open ends are written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from normalizers.edtf_bounds import edtf_bounds
from normalizers.edtf_lexicon import DATE, fold_dates
from normalizers.edtf_library import read_single
from normalizers.edtf_order import DayOrder, decide_day_first
from normalizers.edtf_periods import Printed, join_periods, write_edtf
from normalizers.edtf_places import find_places
from normalizers.edtf_points import read_match
from normalizers.edtf_spans import Span
from normalizers.edtf_years import fill_years
from normalizers.recurrence import RECURS, read_interval, read_recurrence
from normalizers.text import absence, legible
from pipeline.model import Refusal, State

__all__ = [
    "DateContext",
    "Dates",
    "DayOrder",
    "decide_day_first",
    "edtf_bounds",
    "find_dates",
    "parse_dates",
]

LONGEST_CELL = 600
LONGEST_TEXT = 50_000


@dataclass(frozen=True, slots=True)
class DateContext:
    """What the document tells of dates: the plan's period, and the order of day and month.

    `day_first` None: the column contradicts itself, so 05/06/2020 may be either and is refused.
    `dotted`: the column prints days as 31.12.20 (`decide_day_first` tells), so 01.03.10 is one.
    """

    start: date | None = None
    end: date | None = None
    day_first: bool | None = True
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Dates:
    """What a place says of time: EDTF (several joined by "|") and its first and last day.

    `recurrence`: how often, as an ISO 8601 repeating interval ("R/P1M", "R/" for always); where
    only that is printed there is no date, and the reason says so.
    """

    edtf: str
    start: date | None = None
    end: date | None = None
    state: State = "reported"
    reason: str = ""
    recurrence: str = ""


_ANY = DateContext()
_EXAMPLE = re.compile(r"\bejemplo\b")
_BULLET = re.compile(
    r"^[ \t]{0,9}(?:[0-9]{1,2}[.)]|[-–•·*])[ \t]{1,9}(?=[a-z]|[0-9]{1,2}[/-])", re.MULTILINE
)
_RECURRING = ("al", "cada", "os los", "as las", "ent", "continu", "diari", "vez", "veces")
_WHOLE = ("tod", "durante tod")


def parse_dates(text: str, context: DateContext = _ANY) -> Dates | Refusal:
    """All that a cell says of time, or a refusal where any of it is not understood."""
    text = legible(text)
    if absent := absence(text):
        return Dates("", None, None, *absent)
    if len(text) > LONGEST_CELL:
        return Refusal("too long to be dates")
    folded = _without_bullets(fold_dates(text))
    if _EXAMPLE.search(folded):
        return Refusal("the form's own example")
    matches = list(DATE.finditer(folded))
    groups = _read_spans(matches, context)
    if isinstance(groups, Refusal):
        return groups  # a day that the calendar has not: no library is to mend it
    read = _join_spans(text, folded, matches, groups, context)
    if isinstance(read, Refusal):
        point = read_single(text, context.day_first)
        return read if point is None else _dates([Printed(Span(point))], ())
    return read


def _without_bullets(folded: str) -> str:
    """Blanks for what begins the lines of a list: "- mayo" under "- abril" is no period."""
    marks = list(_BULLET.finditer(folded)) if "\n" in folded else []
    if len(marks) < 2 or marks[0].start():
        return folded
    return _BULLET.sub(lambda mark: " " * len(mark[0]), folded)


def _read_spans(
    matches: Sequence[re.Match[str]], context: DateContext
) -> list[list[Span]] | Refusal:
    groups: list[list[Span]] = []
    for match in matches:
        if match["short"] and not context.dotted and int(match["short_d"]) <= 12:
            return Refusal(f"{match[0]!r} is a day or the number of a section")
        spans = read_match(match, context.day_first)
        if isinstance(spans, Refusal):
            return spans
        groups.append(spans)
    return groups


def _join_spans(
    text: str,
    folded: str,
    matches: Sequence[re.Match[str]],
    groups: list[list[Span]],
    context: DateContext,
) -> Dates | Refusal:
    """What the spans say together, by the words between them."""
    if not matches:
        return _read_recurrence(text, folded)
    ends = [0, *(match.end() for match in matches)]
    starts = [*(match.start() for match in matches), len(folded)]
    gaps = [folded[end:start] for end, start in zip(ends, starts, strict=True)]
    return _build(groups, [text[match.start() : match.end()] for match in matches], gaps, context)


def _read_recurrence(text: str, folded: str) -> Dates | Refusal:
    """How often, where no date is printed: a stated answer that is no point in time."""
    recurrence = read_recurrence(" ".join(folded.split()))
    if recurrence is None:
        return Refusal(f"not a date: {text.strip()[:40]!r}")
    reason = f"recurs ({recurrence.iso}), no date: printed {text.strip()[:40]!r}"
    return Dates("", None, None, "not_applicable", reason, recurrence.iso)


def _build(
    groups: list[list[Span]], words: list[str], gaps: list[str], context: DateContext
) -> Dates | Refusal:
    """Years filled over all dates first, then the dates joined to periods by what is between."""
    groups, words, gaps = _tell_once(groups, words, gaps)
    flat = fill_years([span for group in groups for span in group], context.start, context.end)
    if isinstance(flat, Refusal):
        return flat
    spans = iter(flat)
    filled = [[next(spans) for _ in group] for group in groups]
    printed = join_periods(filled, words, gaps)
    if isinstance(printed, Refusal):
        return printed
    return _dates(printed, tuple(note for span in flat for note in span.notes), gaps)


def _tell_once(
    groups: list[list[Span]], words: list[str], gaps: list[str]
) -> tuple[list[list[Span]], list[str], list[str]]:
    """Without a part of a year that brackets tell again: "primer trimestre (enero-marzo) 2020"."""
    for at in range(len(groups) - 1):
        part, again = groups[at][0].first, groups[at + 1][0].first
        if "(" in gaps[at + 1] and part.year is None and part.month == again.month:
            gaps = [*gaps[:at], gaps[at] + gaps[at + 1], *gaps[at + 2 :]]
            return groups[:at] + groups[at + 1 :], words[:at] + words[at + 1 :], gaps
    return groups, words, gaps


def _dates(printed: list[Printed], notes: tuple[str, ...], gaps: Sequence[str] = ()) -> Dates:
    written = [write_edtf(one) for one in printed]
    if any("(" in gap for gap in gaps[1:-1]):  # "primer trimestre (enero-marzo)": told twice
        written = list(dict.fromkeys(written))
    edtf = "|".join(written)
    start, end = edtf_bounds(edtf)
    reasons = dict.fromkeys((*notes, *(one.reason for one in printed if one.reason)))
    state: State = "inferred" if notes else "reported"
    recurrence = _recurrence(" ".join(gaps))
    return Dates(edtf, start, end, state, "; ".join(reasons), recurrence)


def _recurrence(gaps: str) -> str:
    """How often, told beside a period: "mensual, de enero a junio"; not "todo el año 2020"."""
    match = RECURS.search(gaps) if any(stem in gaps for stem in _RECURRING) else None
    return read_interval(match).iso if match and not match[0].startswith(_WHOLE) else ""


def _read_all(text: str, folded: str, context: DateContext) -> Dates | Refusal:
    matches = list(DATE.finditer(folded))
    groups = _read_spans(matches, context)
    return (
        groups
        if isinstance(groups, Refusal)
        else _join_spans(text, folded, matches, groups, context)
    )


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
