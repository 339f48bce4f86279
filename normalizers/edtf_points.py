"""One match of the grammar -> the spans of time that it prints, some still without a year."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from normalizers.edtf_bounds import LAST, Point
from normalizers.edtf_lexicon import DAY, DAYS, ENGLISH, MONTHS, ORDINALS, PARTS
from normalizers.edtf_words import any_of, read_year_words
from pipeline.model import Refusal

_TIMES = re.compile(rf"[1-6]|\b(?:{any_of(ORDINALS)})\b")
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


def read_match(match: re.Match[str], day_first: bool | None) -> list[Span] | Refusal:
    """The spans that one match prints (several for "15, 20 y 30 de mayo"), all in the calendar."""
    spans = _READERS[match.lastgroup or ""](match, day_first)  # the form closes after its parts
    if isinstance(spans, Refusal):
        return spans
    if not all(point.exists for span in spans for point in span.points()):
        return Refusal(f"no such day: {match[0].strip()!r}")
    return spans


def _short(digits: str) -> int:
    return int(digits) + (1900 if int(digits) >= PIVOT else 2000)


def _year(match: re.Match[str], name: str) -> tuple[int | None, tuple[str, ...]]:
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


def _month(word: str) -> int:
    return MONTHS[word.rstrip(".")]


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
    year, notes = _year(match, name)
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


def _dm(match: re.Match[str], _: bool | None) -> list[Span]:
    return [Span(Point(_year(match, "dm")[0], int(match["dm_m"]), int(match["dm_d"])))]


def _md(match: re.Match[str], _: bool | None) -> list[Span]:
    return [Span(Point(None, _month(match["md_m"]), int(match["md_d"])))]


def _rev(match: re.Match[str], _: bool | None) -> list[Span]:
    day = int(match["rev_d"]) if match["rev_d"] else None
    return [Span(Point(int(match["rev_y"]), _month(match["rev_m"]), day))]


def _xls(match: re.Match[str], _: bool | None) -> list[Span]:
    year, notes = _year(match, "xls")
    day = int(match["xls_d"]) if match["xls_d"] else None
    return [Span(Point(year, ENGLISH[match["xls_m"]], day), notes=notes)]


def _word(match: re.Match[str], _: bool | None) -> list[Span] | Refusal:
    """One day, or several of one month: "del 1 al 15 de mayo", "15, 20 y 30 de mayo"."""
    year, notes = _year(match, "word")
    month, lead = _month(match["word_m"]), match["word_lead"] or ""
    last = Point(year, month, _day(match["word_d"]))
    days = [Point(year, month, day) for day in _days(lead)]
    if not days:
        return [Span(last, notes=notes)]
    if re.search(r"[–-]|\b(?:al?|hasta)\b", lead):
        return [Span(days[0], last, notes)] if len(days) == 1 else Refusal("several ranges of days")
    return [Span(day, notes=notes) for day in [*days, last]]


def _first(match: re.Match[str], _: bool | None) -> list[Span]:
    month, day = _month(match["first_m"]), _day(match["first_d"])
    return [Span(Point(int(match["first_y"]), month, day))]


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


def _half(match: re.Match[str], _: bool | None) -> list[Span] | Refusal:
    """A fortnight: 1 to 15, or 16 to the end of the month."""
    year, notes = _year(match, "half")
    month, number = _month(match["half_m"]), _ordinal(match["half_n"])
    if number not in (1, 2, -1):
        return Refusal(f"no such fortnight: {match[0]!r}")
    if match["half_lead"]:
        return [Span(Point(year, month), notes=notes)]
    if number == 1:
        return [Span(Point(year, month, 1), Point(year, month, 15), notes)]
    return [Span(Point(year, month, 16), Point(year, month, LAST), notes)]


def _edge(match: re.Match[str], _: bool | None) -> list[Span]:
    year, notes = _year(match, "edge")
    day = 1 if match["edge_n"] == "primer" else LAST
    return [Span(Point(year, _month(match["edge_m"]), day), notes=notes)]


def _week(match: re.Match[str], _: bool | None) -> list[Span]:
    """A week of a month is not told in days: the month, and a note."""
    year, notes = _year(match, "week")
    about = f"{match[0].strip()!r}: a week is read as its month"
    return [Span(Point(year, _month(match["week_m"])), notes=(*notes, about))]


def _ordinal(word: str) -> int:
    return ORDINALS.get(word) or int(word[0])


def _part(match: re.Match[str], _: bool | None) -> list[Span] | Refusal:
    """Parts of a year: one, several ("I y II semestre"), or from one to another."""
    name = "part" if match["part"] else "unit"
    (year, notes), length = _year(match, name), _length(match[f"{name}_u"])
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


def _code(match: re.Match[str], _: bool | None) -> list[Span] | Refusal:
    """A quarter or semester by its letter: "T1 2020", "2S-2021"."""
    length = 6 if (match["code_t"] or match["code_v"]) == "s" else 3
    number = match["code_n"] or match["code_o"]
    year, notes = _year(match, "code")
    return _months(year, length, ORDINALS.get(number) or int(number), notes)


def _codes(match: re.Match[str], _: bool | None) -> list[Span] | Refusal:
    """The same with the year beside it: "3T2021", "1S21"."""
    year, notes = _year(match, "codes")
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


def _only_month(match: re.Match[str], _: bool | None) -> list[Span]:
    year, notes = _year(match, "month")
    return [Span(Point(year, _month(match["month_m"])), notes=notes)]


def _only_year(match: re.Match[str], _: bool | None) -> list[Span]:
    return [Span(Point(int(match["year_y"])))]


_READERS: dict[str, Callable[[re.Match[str], bool | None], list[Span] | Refusal]] = {
    "iso": _iso, "dmy": _dmy, "dot": _dot, "word": _word, "rev": _rev, "first": _first, "md": _md,
    "years": _years, "ym": _ym, "my": _my, "dm": _dm, "xls": _xls, "half": _half, "edge": _edge,
    "week": _week, "part": _part, "unit": _part, "code": _code, "codes": _codes,
    "month": _only_month, "year": _only_year,
}  # fmt: skip
