"""One match of the grammar -> the spans of time that it prints, some still without a year."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from normalizers.edtf_bounds import Point
from normalizers.edtf_lexicon import DAY, MONTHS, ORDINALS, PARTS
from pipeline.model import Refusal

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


def read_match(match: re.Match[str], day_first: bool) -> list[Span] | Refusal:
    """The spans that one match prints (several for "15, 20 y 30 de mayo"), all in the calendar."""
    name = next(name for name in _READERS if match[name] is not None)
    spans = _READERS[name](match, day_first)
    if isinstance(spans, Refusal):
        return spans
    if not all(point.exists for span in spans for point in span.points()):
        return Refusal(f"no such day: {match[0].strip()!r}")
    return spans


def _short(digits: str) -> int:
    return int(digits) + (1900 if int(digits) >= PIVOT else 2000)


def _year(match: re.Match[str], name: str) -> tuple[int | None, tuple[str, ...]]:
    """The year, and a note where only two of its digits are printed."""
    groups = match.groupdict()
    if full := groups.get(f"{name}_y"):
        return (int(full), ()) if len(full) == 4 else (_short(full), (f"year printed {full!r}",))
    if short := groups.get(f"{name}_z"):
        return _short(short), (f"year printed {short!r}",)
    return None, ()


def _month(word: str) -> int:
    return MONTHS[word.rstrip(".")]


def _day(word: str) -> int:
    digits = DAY.match(word)
    return 1 if digits is None or digits[0] == "primero" else int(digits[0])


def _iso(match: re.Match[str], _: bool) -> list[Span]:
    return [Span(Point(int(match["iso_y"]), int(match["iso_m"]), int(match["iso_d"])))]


def _dmy(match: re.Match[str], day_first: bool) -> list[Span]:
    """Day and month in the order of the country, never swapped to make a date of a misprint."""
    year, notes = _year(match, "dmy")
    one, two = int(match["dmy_d"]), int(match["dmy_m"])
    day, month = (one, two) if day_first else (two, one)
    return [Span(Point(year, month, day), notes=notes)]


def _dot(match: re.Match[str], day_first: bool) -> list[Span]:
    one, two = int(match["dot_d"]), int(match["dot_m"])
    day, month = (one, two) if day_first else (two, one)
    return [Span(Point(int(match["dot_y"]), month, day))]


def _word(match: re.Match[str], _: bool) -> list[Span] | Refusal:
    """One day, or several of one month: "del 1 al 15 de mayo", "15, 20 y 30 de mayo"."""
    year, notes = _year(match, "word")
    month, lead = _month(match["word_m"]), match["word_lead"] or ""
    last = Point(year, month, _day(match["word_d"]))
    days = [Point(year, month, int(day)) for day in re.findall(r"[0-9]{1,2}", lead)]
    if not days:
        return [Span(last, notes=notes)]
    if re.search(r"[–-]|\b(?:al?|hasta)\b", lead):
        return [Span(days[0], last, notes)] if len(days) == 1 else Refusal("several ranges of days")
    return [Span(day, notes=notes) for day in [*days, last]]


def _first(match: re.Match[str], _: bool) -> list[Span]:
    month, day = _month(match["first_m"]), _day(match["first_d"])
    return [Span(Point(int(match["first_y"]), month, day))]


def _years(match: re.Match[str], _: bool) -> list[Span]:
    return [Span(Point(int(match["years_a"])), Point(int(match["years_b"])))]


def _ym(match: re.Match[str], _: bool) -> list[Span] | Refusal:
    """A month ("2020-05") or two years ("2019-20"); "2010-11" may be either."""
    year, tail = int(match["ym_y"]), int(match["ym_m"])
    two_years = tail == (year + 1) % 100
    if two_years and 1 <= tail <= 12:
        return Refusal(f"{match[0]!r} is a month or two years")
    if two_years:
        return [Span(Point(year), Point(year + 1), (f"year printed {match['ym_m']!r}",))]
    return [Span(Point(year, tail or 13))]


def _my(match: re.Match[str], _: bool) -> list[Span]:
    return [Span(Point(int(match["my_y"]), int(match["my_m"])))]


def _half(match: re.Match[str], _: bool) -> list[Span] | Refusal:
    """A fortnight: 1 to 15, or 16 to the end of the month."""
    year, notes = _year(match, "half")
    month, number = _month(match["half_m"]), _ordinal(match["half_n"])
    if number not in (1, 2, -1):
        return Refusal(f"no such fortnight: {match[0]!r}")
    if number == 1:
        return [Span(Point(year, month, 1), Point(year, month, 15), notes)]
    if year is None:
        return Refusal("the end of the month needs a year")
    return [Span(Point(year, month, 16), _month_end(Point(year, month)), notes)]


def _month_end(point: Point) -> Point:
    return max(
        (replace(point, day=day) for day in range(28, 32) if replace(point, day=day).exists),
        key=lambda end: end.day or 0,
    )


def _ordinal(word: str) -> int:
    return ORDINALS.get(word) or int(word[0])


def _part(match: re.Match[str], _: bool) -> list[Span] | Refusal:
    name = "part" if match["part"] else "unit"
    year, length = _year(match, name)[0], PARTS[match[f"{name}_u"]]
    last = _months(year, length, _ordinal(match[f"{name}_n"]))
    if not match["part_lead"]:
        return last
    first = _months(year, length, _ordinal(match["part_lead"]))
    if isinstance(first, Refusal) or isinstance(last, Refusal):
        return first if isinstance(first, Refusal) else last
    together = re.search(r"[–-]|\b(?:al?|hasta)\b", match["part_link"])
    return [Span(first[0].first, last[0].last)] if together else [*first, *last]


def _code(match: re.Match[str], _: bool) -> list[Span] | Refusal:
    """A quarter or semester by its letter: "T1 2020", "2S-2021"."""
    length = 6 if (match["code_t"] or match["code_v"]) == "s" else 3
    number = match["code_n"] or match["code_o"]
    return _months(int(match["code_y"]), length, ORDINALS.get(number) or int(number))


def _months(year: int | None, length: int, number: int) -> list[Span] | Refusal:
    number = 12 // length if number == -1 else number
    if not 1 <= number <= 12 // length:
        return Refusal(f"a year has no part {number} of {length} months")
    last = number * length
    return [Span(Point(year, last - length + 1), Point(year, last))]


def _only_month(match: re.Match[str], _: bool) -> list[Span]:
    year, notes = _year(match, "month")
    return [Span(Point(year, _month(match["month_m"])), notes=notes)]


def _only_year(match: re.Match[str], _: bool) -> list[Span]:
    return [Span(Point(int(match["year_y"])))]


_READERS: dict[str, Callable[[re.Match[str], bool], list[Span] | Refusal]] = {
    "iso": _iso, "dmy": _dmy, "dot": _dot, "word": _word, "first": _first, "years": _years,
    "ym": _ym, "my": _my, "half": _half, "part": _part, "unit": _part, "code": _code,
    "month": _only_month, "year": _only_year,
}  # fmt: skip
