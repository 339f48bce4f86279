"""One match of the grammar -> the spans of time that it prints, some still without a year."""

from __future__ import annotations

import re
from collections.abc import Callable

from normalizers.edtf_bounds import Point
from normalizers.edtf_lexicon import DAY, DAYS, ENGLISH
from normalizers.edtf_parts import (
    read_code,
    read_codes,
    read_edge,
    read_half,
    read_part,
    read_week,
)
from normalizers.edtf_spans import Span, month_of, year_of
from pipeline.model import Refusal


def read_match(match: re.Match[str], day_first: bool | None) -> list[Span] | Refusal:
    """The spans that one match prints (several for "15, 20 y 30 de mayo"), all in the calendar."""
    spans = _READERS[match.lastgroup or ""](match, day_first)  # the form closes after its parts
    if isinstance(spans, Refusal):
        return spans
    if not all(point.exists for span in spans for point in span.points()):
        return Refusal(f"no such day: {match[0].strip()!r}")
    return spans


def _days(words: str) -> list[int]:
    """The days that the words print, in digits or spelled."""
    return [
        int(day) if day.isdigit() else DAYS[" ".join(day.split())] for day in DAY.findall(words)
    ]


def _day(word: str) -> int:
    return _days(word)[0]


def _iso(match: re.Match[str], _: bool | None) -> list[Span]:
    return [Span(Point(int(match["iso_y"]), int(match["iso_m"]), int(match["iso_d"])))]


def _numeric(match: re.Match[str], day_first: bool | None, name: str) -> list[Span] | Refusal:
    """Day and month in the order of the country, never swapped to make a date of a misprint."""
    year, notes = year_of(match, name)
    one, two = int(match[f"{name}_d"]), int(match[f"{name}_m"])
    if day_first is None and max(one, two) <= 12 and one != two:
        return Refusal(f"{match[0]!r}: the column's dates do not tell day from month")
    first = two <= 12 if day_first is None else day_first
    day, month = (one, two) if first else (two, one)
    return [Span(Point(year, month, day), notes=notes)]


def _dmy(match: re.Match[str], day_first: bool | None) -> list[Span] | Refusal:
    return _numeric(match, day_first, "dmy")


def _dot(match: re.Match[str], day_first: bool | None) -> list[Span] | Refusal:
    return _numeric(match, day_first, "dot")


def _short(match: re.Match[str], day_first: bool | None) -> list[Span] | Refusal:
    return _numeric(match, day_first, "short")


def _dm(match: re.Match[str], _: bool | None) -> list[Span]:
    return [Span(Point(year_of(match, "dm")[0], int(match["dm_m"]), int(match["dm_d"])))]


def _md(match: re.Match[str], _: bool | None) -> list[Span]:
    return [Span(Point(None, month_of(match["md_m"]), int(match["md_d"])))]


def _rev(match: re.Match[str], _: bool | None) -> list[Span]:
    day = int(match["rev_d"]) if match["rev_d"] else None
    return [Span(Point(int(match["rev_y"]), month_of(match["rev_m"]), day))]


def _xls(match: re.Match[str], _: bool | None) -> list[Span]:
    year, notes = year_of(match, "xls")
    day = int(match["xls_d"]) if match["xls_d"] else None
    return [Span(Point(year, ENGLISH[match["xls_m"]], day), notes=notes)]


def _word(match: re.Match[str], _: bool | None) -> list[Span] | Refusal:
    """One day, or several of one month: "del 1 al 15 de mayo", "15, 20 y 30 de mayo"."""
    year, notes = year_of(match, "word")
    month, lead = month_of(match["word_m"]), match["word_lead"] or ""
    last = Point(year, month, _day(match["word_d"]))
    days = [Point(year, month, day) for day in _days(lead)]
    if not days:
        return [Span(last, notes=notes)]
    if re.search(r"[–-]|\b(?:al?|hasta)\b", lead):
        return [Span(days[0], last, notes)] if len(days) == 1 else Refusal("several ranges of days")
    return [Span(day, notes=notes) for day in [*days, last]]


def _first(match: re.Match[str], _: bool | None) -> list[Span]:
    month, day = month_of(match["first_m"]), _day(match["first_d"])
    return [Span(Point(year_of(match, "first")[0], month, day))]


def _years(match: re.Match[str], _: bool | None) -> list[Span]:
    return [Span(Point(int(match["years_a"])), Point(int(match["years_b"])))]


def _ym(match: re.Match[str], _: bool | None) -> list[Span] | Refusal:
    """A month ("2020-05") or two years ("2019-20"); "2010-11" may be either."""
    year, tail = int(match["ym_y"]), int(match["ym_m"])
    two_years = tail == (year + 1) % 100
    if two_years and 1 <= tail <= 12:
        return Refusal(f"{match[0]!r} is a month or two years")
    if two_years:
        return [Span(Point(year), Point(year + 1), (f"year printed {match['ym_m']!r}",))]
    return [Span(Point(year, tail or 13))]


def _my(match: re.Match[str], _: bool | None) -> list[Span]:
    return [Span(Point(int(match["my_y"]), int(match["my_m"])))]


def _only_month(match: re.Match[str], _: bool | None) -> list[Span]:
    year, notes = year_of(match, "month")
    return [Span(Point(year, month_of(match["month_m"])), notes=notes)]


def _only_year(match: re.Match[str], _: bool | None) -> list[Span]:
    return [Span(Point(int(match["year_y"])))]


_READERS: dict[str, Callable[[re.Match[str], bool | None], list[Span] | Refusal]] = {
    "iso": _iso, "dmy": _dmy, "dot": _dot, "short": _short, "word": _word, "rev": _rev,
    "first": _first, "md": _md, "years": _years, "ym": _ym, "my": _my, "dm": _dm, "xls": _xls,
    "half": read_half, "edge": read_edge, "week": read_week, "part": read_part, "unit": read_part,
    "code": read_code, "codes": read_codes, "month": _only_month, "year": _only_year,
}  # fmt: skip
