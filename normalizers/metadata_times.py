"""Of when a report is, told in its head without a label: "Al 31 de marzo de 2019"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normalizers.dates import Dates, find_dates
from normalizers.text import clean, fold
from pipeline.model import Block, Document, Refusal, Value

_HEAD = 30  # lines in which a report says of when it is
_LONGEST = 160
_AFTER = re.compile(r"\W*(?:pag(?:ina)?\W.{0,20})?")
_RANGE = re.compile(r"\W*(?:periodo\W{1,3})?(?:del?\s)?\W*")
_UNTIL = re.compile(r"(?P<title>.*?)(?:\b(?:con corte )?al?|\bcorte:?)\s+(?:mes de\s+)?")
_MONTH = re.compile(r"\W*mes(?:\s(?:de|reportado))?\W*(?:de\s)?")
_FISCAL = re.compile(
    r"\b(?:ejercicio|vigencia|ano)\s(?:fiscal|presupuestal|presupuestario)\b.{0,12}$"
)
_MONTHS = re.compile(r"\d{4}-\d{2}")
_RULE = "metadata_times.read_times"


def read_times(document: Document, titles: Sequence[str]) -> dict[str, Value]:
    """The cut-off and the period that lines of the head state; `titles`: what titles begin with."""
    found: dict[str, Value] = {}
    for line in _head(document):
        for name, value in _read_line(line, titles):
            found.setdefault(name, value)
    return found


def _head(document: Document) -> Iterator[Block]:
    first = min((line.page or 0 for line in document.prose), default=0)
    lines = [line for line in document.prose if (line.page or 0) == first][:_HEAD]
    return (line for line in lines if len(line.text) <= _LONGEST)


def _read_line(line: Block, titles: Sequence[str]) -> Iterator[tuple[str, Value]]:
    text = clean(line.text)
    dates = [one for one in find_dates(text) if not isinstance(one[2], Refusal)]
    if len(dates) != 1 or not isinstance(dates[0][2], Dates):
        return
    start, end, told = dates[0]
    before, after = fold(text[:start]), fold(text[end:])
    if not told.edtf or "|" in told.edtf:
        return
    if _FISCAL.search(before):
        yield "period", Value(told.edtf, line, told.state, told.reason, _RULE)
    elif _AFTER.fullmatch(after):
        yield from _read_whole(before, told, line, titles)


def _read_whole(
    before: str, told: Dates, line: Block, titles: Sequence[str]
) -> Iterator[tuple[str, Value]]:
    """A line that the date ends: what stands before it says what it is of."""
    until = _UNTIL.fullmatch(before)
    if until and _is_title(until["title"], titles):
        yield "cutoff_date", Value(_last(told), line, "derived", "up to this day", _RULE)
    elif _MONTH.fullmatch(before) and _MONTHS.fullmatch(told.edtf):
        yield "cutoff_date", Value(told.edtf, line, told.state, told.reason, _RULE)
    elif _RANGE.fullmatch(before) and "/" in told.edtf and len(told.edtf) > len("2024-01/2024-06"):
        yield "period", Value(told.edtf, line, told.state, told.reason, _RULE)
        yield "cutoff_date", Value(_last(told), line, "derived", "the last day", _RULE)


def _is_title(before: str, titles: Sequence[str]) -> bool:
    """Whether nothing stands before "al", or words that a report's title begins with."""
    return not before.strip() or before.strip().startswith(tuple(map(fold, titles)))


def _last(told: Dates) -> str:
    """The end of what is told: of a quarter its last month, of a range its last day."""
    return told.edtf.split("/")[-1]
