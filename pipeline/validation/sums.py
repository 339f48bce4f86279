"""Sums: subtotals, totals and grand totals against the rows above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.model import Block, Check, Reading, Record
from pipeline.validation.causes import Addition, likely_cause
from pipeline.validation.columns import is_read_by_ocr
from pipeline.validation.comparing import (
    compared,
    is_reading_lost,
    not_checkable,
    printed,
    subject,
)
from pipeline.validation.money import as_printed, currencies, sum_amounts, tolerance
from pipeline.validation.objectives import PLAN_TABLES

LEVELS = {"objective": 1, "commitment": 2, "axis": 3, "table": 4, "document": 5}
CHECKS = ("", "sum.subtotal", "sum.subtotal", "sum.total", "sum.total", "sum.grand_total")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that carries an amount: a line (level 0), or a printed sum of the entries it closed."""

    level: int
    record: Record
    field: str
    parts: tuple[Entry, ...] = ()

    @property
    def amount(self) -> Decimal | None:
        """The amount, or None where it is blank or could not be read."""
        amount: Decimal | None = self.record.get(self.field)
        return amount

    @property
    def block(self) -> Block | None:
        """Where the amount was printed."""
        return self.record.block(self.field)

    @property
    def lines(self) -> tuple[Entry, ...]:
        """The single lines below, whatever sums stand between."""
        return tuple(line for part in self.parts for line in part.lines) or (self,)


def sums(reading: Reading) -> Iterator[Check]:
    """Every printed sum of a table against the rows it closes."""
    for entries in _tables(reading):
        stack: list[Entry] = []
        for entry in entries:
            if entry.level:
                opened = _open_entries(stack, entry.level)
                closed = _choose_rows(entry, opened)
                yield _compare(reading, entry, closed, _last_sum(stack[: -len(opened) or None]))
                stack = [left for left in stack if left not in closed]
                entry = replace(entry, parts=closed)
            stack.append(entry)


def _tables(reading: Reading) -> Iterator[list[Entry]]:
    """The entries of each table, in reading order; the activities are the lines of the plan."""
    tables: dict[str, list[Entry]] = {}
    for record in reading.of("activity", "stated_figure"):
        if record.kind == "activity" and "amount" in record.fields:
            tables.setdefault("", []).append(Entry(0, record, "amount"))
        elif record.get("kind") == "amount" and record.get("scope") in LEVELS:
            table = record.get("table") or ""
            entry = Entry(LEVELS[record.get("scope")], record, "value")
            tables.setdefault("" if table in PLAN_TABLES else table, []).append(entry)
    yield from (entries if not table else _lower(entries) for table, entries in tables.items())


def _lower(entries: list[Entry]) -> list[Entry]:
    """A budget without activities: its rows of the lowest level are the lines."""
    lowest = min(entry.level for entry in entries)
    return [entry if entry.level > lowest else replace(entry, level=0) for entry in entries]


def _open_entries(stack: Sequence[Entry], level: int) -> tuple[Entry, ...]:
    """What no sum of this level has closed yet."""
    first = len(stack)
    while first and stack[first - 1].level < level:
        first -= 1
    return tuple(stack[first:])


def _last_sum(entries: Sequence[Entry]) -> Decimal | None:
    return entries[-1].amount if entries and entries[-1].level else None


def _choose_rows(total: Entry, opened: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The open rows that a printed sum adds up to; the likeliest ones when none do."""
    ways = [way for way in _ways(total, opened) if way]
    return next((way for way in ways if _adds_up(total, way)), ways[0] if ways else ())


def _ways(total: Entry, opened: tuple[Entry, ...]) -> Iterator[tuple[Entry, ...]]:
    """What a printed sum may be meant to close: titles such as "Total de línea" do not say."""
    own = tuple(entry for entry in opened if entry.record.parent_id == total.record.parent_id)
    if total.level <= LEVELS["commitment"]:
        since = max((at for at, entry in enumerate(opened) if entry.level), default=-1) + 1
        yield opened[since:]
        yield tuple(entry for entry in opened[since:] if entry in own)
    yield opened
    yield own


def _adds_up(total: Entry, parts: tuple[Entry, ...]) -> bool:
    lines = tuple(line for part in parts for line in part.lines)
    return _equals(total, parts) or _equals(total, lines)


def _equals(total: Entry, parts: tuple[Entry, ...]) -> bool:
    amounts = _amounts(parts)
    if not amounts or total.amount is None:
        return False
    return abs(sum_amounts(amounts) - total.amount) <= tolerance(total.amount, amounts)


def _amounts(parts: Sequence[Entry]) -> list[Decimal]:
    return [part.amount for part in parts if part.amount is not None]


def _compare(
    reading: Reading, total: Entry, parts: tuple[Entry, ...], earlier: Decimal | None
) -> Check:
    check, blocks = CHECKS[total.level], [total.block, *(part.block for part in parts)]
    ok = _adds_up(total, parts)
    doubt = "" if ok else _doubt(reading, total, parts)
    if not ok and not doubt and is_read_by_ocr(blocks):
        doubt = "read_by_ocr"
    if doubt or total.amount is None:
        return not_checkable(check, total.record, doubt, blocks, field=total.field)
    addition = Addition(total.amount, _amounts(parts), bool(parts[-1].level), earlier)
    excess = Decimal(0) if ok else addition.excess
    text = printed(total.record, total.field)
    return compared(
        check,
        total.record,
        ok,
        blocks,
        field=total.field,
        stated=text,
        expected=as_printed(total.amount - excess, text),
        difference=f"{excess:f}",
        words={} if ok else _words(total, addition, text),
    )


def _words(total: Entry, addition: Addition, text: str) -> dict[str, str]:
    words = {"count": str(len(addition.amounts)), "subject": subject(total.record)}
    found = likely_cause(addition)
    if found:
        words |= {"cause": found[0], "culprit": as_printed(found[1], text)}
    return words


def _doubt(reading: Reading, total: Entry, parts: tuple[Entry, ...]) -> str:
    """Why a difference need not be the document's fault; empty when nothing speaks for that."""
    unread = [part for part in parts if part.amount is None]
    states = {entry.record.fields[entry.field].state for entry in (total, *unread)}
    if total.amount is None or "illegible" in states:
        return "amount_unread"
    if len(unread) == len(parts):
        return "no_rows_to_add"
    if unread and sum_amounts(_amounts(parts)) < total.amount:
        return "row_without_amount"
    if len(currencies(entry.record for entry in (total, *parts))) > 1:
        return "several_currencies"
    return "pages_unread" if is_reading_lost(reading, [e.block for e in (total, *parts)]) else ""
