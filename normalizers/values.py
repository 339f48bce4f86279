"""One printed cell -> the Values of its field: the table of parsers, a line a value type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from normalizers.amounts import parse_amount
from normalizers.dates import DateContext, Dates, parse_dates
from normalizers.durations import parse_duration
from normalizers.levels import Level, parse_level
from normalizers.percent import parse_percent
from normalizers.text import clean
from normalizers.words import fold_lines
from pipeline.model import Block, Refusal, State, Value

Fields = dict[str, Value]

_LONGEST_TYPED = 20_000  # what is longer is no date and no amount: their parsers refuse far less
# Of 100. On clean scans figures are recognised at 92 and more; on faint ones wrong amounts stood
# at 83 or less, beside some right ones (docs/benchmarks.md, twins).
SURE = 85.0
_DAYS = re.compile(r"\d{4}-\d{2}-\d{2}(?:\|\d{4}-\d{2}-\d{2})*")


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the document, or of a column, when a cell is read.

    `nil_dash`: a bare "-" is nil (`conventions`); `fractions`: 0.72 is 72 % (`percent`); `legend`:
    what colours and words of completion mean (`levels`).
    """

    currency: str | None = None
    decimal_mark: str | None = None
    nil_dash: bool = False
    fractions: bool = False
    legend: Mapping[str, Level] = field(default_factory=dict)
    dates: DateContext = field(default_factory=DateContext)
    vocabulary: frozenset[str] = frozenset()
    misprints: Mapping[str, str] = field(default_factory=dict)


def read_text(block: Block, context: Context) -> str:
    """The words of a Block as a reader sees them, broken words mended."""
    return clean(fold_lines(block.text, context.vocabulary))


def read_field(name: str, block: Block, context: Context) -> Fields:
    """The Values that a cell gives: a date gives its bounds too, an amount its currency.

    A blank cell gives a missing Value with its place, a text that its parser refuses an illegible
    one: never nothing, never a guess.
    """
    printed = clean(block.text)
    meant = context.misprints.get(printed)
    if meant:
        corrected = read_field(name, replace(block, text=meant, parts=()), _without(context))
        reason = f"the profile reads {printed!r} as {meant!r}"
        return {n: _inferred(value, block, reason) for n, value in corrected.items()}
    if not printed:
        return _missing(name, block)
    if name in _PARSERS and (sure := confidence(block)) is not None and sure < SURE:
        return _doubted(name, block, sure)
    return _PARSERS.get(name, _text)(name, block, context)


def confidence(block: Block) -> float | None:
    """How sure text recognition was of the least sure place of a Block, 0-100; None for print."""
    told = [part.confidence for part in block.places() if part.confidence is not None]
    return min(told, default=None)


def _doubted(name: str, block: Block, sure: float) -> Fields:
    """A figure that text recognition doubts is no figure: a wrong digit looks like a right one."""
    reason = f"recognised with a confidence of {sure:.0f} of 100"
    refused = _refused(name, block, Refusal(reason), "values.confidence")
    if name == "percent_complete":
        refused["percent_state"] = Value("illegible", block, "derived")
    return refused


def _inferred(value: Value, block: Block, reason: str) -> Value:
    state: State = "inferred" if value.state == "reported" else value.state
    return replace(value, block=block, state=state, reason=reason)


def _without(context: Context) -> Context:
    return replace(context, misprints={})


def _missing(name: str, block: Block) -> Fields:
    empty = {name: Value(None, block, "missing", "blank")}
    if name == "percent_complete":
        empty["percent_state"] = Value("missing", block, "derived")
    return empty


def _text(name: str, block: Block, context: Context) -> Fields:
    return {name: Value(read_text(block, context), block, rule="text.clean")}


def _refused(name: str, block: Block, refusal: Refusal, rule: str) -> Fields:
    return {name: Value(None, block, "illegible", refusal.reason, rule)}


def _lines(block: Block) -> str:
    """Its clean lines: line breaks part the dates of a list, and may cut a figure."""
    return "\n".join(clean(line) for line in block.text[:_LONGEST_TYPED].split("\n"))


def _dates(name: str, block: Block, context: Context) -> Fields:
    dates = parse_dates(_lines(block), context.dates)
    if isinstance(dates, Refusal):
        return _refused(name, block, dates, "dates.parse_dates")
    return _bounds(name, block, dates)


def _bounds(name: str, block: Block, dates: Dates) -> Fields:
    base = re.sub(r"_(?:start|end)$", "", name)
    if not dates.edtf:
        return {base: Value(None, block, dates.state, dates.reason, "dates.parse_dates")}
    often = f"recurs ({dates.recurrence})" if dates.recurrence else ""
    reason = "; ".join(filter(None, (dates.reason, often)))
    whole = Value(dates.edtf, block, dates.state, reason, "dates.parse_dates")
    start = Value(dates.start, block, "derived", "first day", "dates.edtf_bounds")
    end = Value(dates.end, block, "derived", "last day", "dates.edtf_bounds")
    if name.endswith("_end") or (name == base and _DAYS.fullmatch(dates.edtf)):
        # A deadline, or days alone under a period's name: nothing is said of the start.
        return {base: whole, f"{base}_end": end}
    if name.endswith("_start"):
        return {base: whole, f"{base}_start": start}
    return {base: whole, f"{base}_start": start, f"{base}_end": end}


def _percent(name: str, block: Block, context: Context) -> Fields:
    percent = parse_percent(clean(block.text), fractions=context.fractions)
    if isinstance(percent, Refusal):
        state: State = "illegible"
        value = Value(None, block, state, percent.reason, "percent.parse_percent")
    else:
        state = percent.state
        value = Value(percent.value, block, state, percent.reason, "percent.parse_percent")
    return {name: value, "percent_state": Value(state, block, "derived")}


def _amount(name: str, block: Block, context: Context) -> Fields:
    amount = parse_amount(
        _lines(block),
        currency=context.currency,
        decimal_mark=context.decimal_mark,
        nil_dash=context.nil_dash,
    )
    if isinstance(amount, Refusal):
        return _refused(name, block, amount, "amounts.parse_amount")
    value = Value(amount.value, block, amount.state, amount.reason, "amounts.parse_amount")
    if amount.value is None or amount.currency is None:
        return {name: value}
    return {name: value, "currency": Value(amount.currency, block, "derived", "sign and country")}


def _duration(name: str, block: Block, context: Context) -> Fields:
    duration = parse_duration(clean(block.text))
    if isinstance(duration, Refusal):
        return _refused(name, block, duration, "durations.parse_duration")
    rule = "durations.parse_duration"
    return {name: Value(duration.months, block, duration.state, duration.reason, rule)}


def _level(name: str, block: Block, context: Context) -> Fields:
    level = parse_level(clean(block.text), legend=context.legend)
    if isinstance(level, Refusal):
        return _refused(name, block, level, "levels.parse_level")
    return {name: Value(level.value, block, level.state, level.reason, "levels.parse_level")}


_PARSERS: Mapping[str, Callable[[str, Block, Context], Fields]] = {
    "planned": _dates,
    "planned_start": _dates,
    "planned_end": _dates,
    "revised": _dates,
    "percent_complete": _percent,
    "amount": _amount,
    "duration_months": _duration,
    "completion": _level,
}
