"""Years that are not printed: borrowed from the neighbouring date, or from the plan's period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from normalizers.edtf_bounds import LAST, Point, edtf_bounds
from normalizers.edtf_spans import Span
from pipeline.model import Refusal

INFERRED = "year not printed"


def fill_years(spans: list[Span], start: date | None, end: date | None) -> list[Span] | Refusal:
    """The spans with a year everywhere; each inferred one is noted. Without evidence, a refusal."""
    points = [point for span in spans for point in span.points()]
    filled = _borrow(points)
    if filled is None:
        filled = _from_period(points, start, end)
    if filled is None:
        return Refusal("no year is printed, and the plan's period does not tell it")
    years, inferred = filled
    if not all(point.exists for point in years):
        return Refusal("no such day in that year")
    return _put_back(spans, years, inferred)


def _borrow(points: list[Point]) -> tuple[list[Point], list[bool]] | None:
    """From the next date that has a year ("noviembre a enero 2017"), else from the one before."""
    years = [point.year for point in points]
    if all(year is None for year in years):
        return None
    inferred = [False] * len(points)
    for at in range(len(points) - 2, -1, -1):
        following = years[at + 1]
        if years[at] is None and following is not None:
            inferred[at] = _place(points[at]) > _place(points[at + 1])
            years[at] = following - inferred[at]
    for at in range(1, len(points)):
        before = years[at - 1]
        if years[at] is None and before is not None:
            inferred[at] = True
            years[at] = before + (_place(points[at]) < _place(points[at - 1]))
    filled = [replace(p, year=year) for p, year in zip(points, years, strict=True)]
    return [point.settled() for point in filled], inferred


def _place(point: Point) -> tuple[int, int]:
    return point.month or 0, 31 if point.day == LAST else point.day or 0


def _from_period(
    points: list[Point], start: date | None, end: date | None
) -> tuple[list[Point], list[bool]] | None:
    """The only year of the plan's period in which all these dates, in their order, lie."""
    if start is None or end is None or end.year - start.year > 20:
        return None
    found = []
    for year in range(start.year, end.year + 1):
        tried = _borrow([replace(points[0], year=year), *points[1:]])
        if tried and all(_inside(point, start, end) for point in tried[0]):
            found.append(tried[0])
    return (found[0], [True] * len(points)) if len(found) == 1 else None


def _inside(point: Point, start: date, end: date) -> bool:
    first, last = edtf_bounds(point.edtf)
    return first is not None and last is not None and last >= start and first <= end


def _put_back(spans: list[Span], points: list[Point], inferred: list[bool]) -> list[Span]:
    pairs = iter(zip(points, inferred, strict=True))
    result = []
    for span in spans:
        own = [next(pairs) for _ in span.points()]
        notes = span.notes + ((INFERRED,) if any(was for _, was in own) else ())
        last = own[1][0] if len(own) > 1 else None
        result.append(Span(own[0][0], last, notes))
    return result
