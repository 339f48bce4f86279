"""Parts of a month and of a year: fortnights, weeks, quarters, semesters -> spans of time."""

from __future__ import annotations

import re

from normalizers.edtf_bounds import LAST, Point
from normalizers.edtf_lexicon import ORDINALS, PARTS
from normalizers.edtf_spans import Span, month_of, year_of
from normalizers.edtf_words import any_of
from pipeline.model import Refusal

_TIMES = re.compile(rf"[1-6]|\b(?:{any_of(ORDINALS)})\b")


def read_half(match: re.Match[str], _: bool | None) -> list[Span] | Refusal:
    """A fortnight: 1 to 15, or 16 to the end of the month."""
    year, notes = year_of(match, "half")
    month, number = month_of(match["half_m"]), _ordinal(match["half_n"])
    if number not in (1, 2, -1):
        return Refusal(f"no such fortnight: {match[0]!r}")
    if match["half_lead"]:
        return [Span(Point(year, month), notes=notes)]
    if number == 1:
        return [Span(Point(year, month, 1), Point(year, month, 15), notes)]
    return [Span(Point(year, month, 16), Point(year, month, LAST), notes)]


def read_edge(match: re.Match[str], _: bool | None) -> list[Span]:
    """The first or the last day of a month."""
    year, notes = year_of(match, "edge")
    day = 1 if match["edge_n"] == "primer" else LAST
    return [Span(Point(year, month_of(match["edge_m"]), day), notes=notes)]


def read_week(match: re.Match[str], _: bool | None) -> list[Span]:
    """A week of a month is not told in days: the month, and a note."""
    year, notes = year_of(match, "week")
    about = f"{match[0].strip()!r}: a week is read as its month"
    return [Span(Point(year, month_of(match["week_m"])), notes=(*notes, about))]


def _ordinal(word: str) -> int:
    return ORDINALS.get(word) or int(word[0])


def read_part(match: re.Match[str], _: bool | None) -> list[Span] | Refusal:
    """Parts of a year: one, several ("I y II semestre"), or from one to another."""
    name = "part" if match["part"] else "unit"
    (year, notes), length = year_of(match, name), _length(match[f"{name}_u"])
    lead = match[f"{name}_lead"] or ""
    numbers = [_ordinal(word) for word in (*_TIMES.findall(lead), match[f"{name}_n"])]
    parts = [_months(year, length, number, notes) for number in numbers]
    refused = next((part for part in parts if isinstance(part, Refusal)), None)
    spans = [span for part in parts if not isinstance(part, Refusal) for span in part]
    if refused or len(spans) < 2 or not re.search(r"[–-]|\b(?:al?|hasta)\b", lead):
        return refused or spans
    if len(spans) > 2:
        return Refusal("several ranges of parts of a year")
    return [Span(spans[0].first, spans[-1].last, notes)]


def _length(unit: str) -> int:
    return PARTS[unit.rstrip(".s")]


def read_code(match: re.Match[str], _: bool | None) -> list[Span] | Refusal:
    """A quarter or semester by its letter: "T1 2020", "2S-2021"."""
    length = 6 if (match["code_t"] or match["code_v"]) == "s" else 3
    number = match["code_n"] or match["code_o"]
    year, notes = year_of(match, "code")
    return _months(year, length, ORDINALS.get(number) or int(number), notes)


def read_codes(match: re.Match[str], _: bool | None) -> list[Span] | Refusal:
    """The same with the year beside it: "3T2021", "1S21"."""
    year, notes = year_of(match, "codes")
    length = 6 if match["codes_v"] == "s" else 3
    return _months(year, length, int(match["codes_n"]), notes)


def _months(
    year: int | None, length: int, number: int, notes: tuple[str, ...]
) -> list[Span] | Refusal:
    number = 12 // length if number == -1 else number
    if not 1 <= number <= 12 // length:
        return Refusal(f"a year has no part {number} of {length} months")
    last = number * length
    return [Span(Point(year, last - length + 1), Point(year, last), notes)]
