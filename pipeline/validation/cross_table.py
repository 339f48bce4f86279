"""One scope's amount told in two tables: a general budget and the plan's detailed tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.model import Check, Reading, Record
from pipeline.validation.comparing import (
    compared,
    is_reading_lost,
    not_checkable,
    printed,
    subject,
)
from pipeline.validation.money import as_printed, currencies, sum_amounts, tolerance
from pipeline.validation.objectives import PLAN_TABLES, tie_objectives

CHECK = "sum.cross_table"


def sum_cross_table(reading: Reading) -> Iterator[Check]:
    """Budget rows against the plan's activities, and the budget's total against the axis totals."""
    for figure, activities in tie_objectives(reading, "amount"):
        yield _compare(reading, figure, activities, "amount")
    axes = [figure for figure in _amounts(reading, "axis") if _is_plan(figure)]
    for figure in _amounts(reading, "document"):
        if axes and not _is_plan(figure):
            yield _compare(reading, figure, axes, "value")


def _amounts(reading: Reading, scope: str) -> list[Record]:
    figures = reading.of("stated_figure")
    return [f for f in figures if (f.get("kind"), f.get("scope")) == ("amount", scope)]


def _is_plan(figure: Record) -> bool:
    return (figure.get("table") or "") in PLAN_TABLES


def _compare(reading: Reading, figure: Record, rows: Sequence[Record] | None, field: str) -> Check:
    stated: Decimal | None = figure.get("value")
    blocks = [figure.block("value"), *(row.block(field) for row in rows or ())]
    amounts = [row.get(field) for row in rows or () if row.get(field) is not None]
    doubt = _doubt(figure, rows, amounts)
    if doubt or stated is None:
        return not_checkable(CHECK, figure, doubt, blocks, field="value")
    expected = sum_amounts(amounts)
    ok = abs(stated - expected) <= tolerance(stated, amounts)
    if not ok and is_reading_lost(reading, blocks):
        return not_checkable(CHECK, figure, "pages_unread", blocks, field="value")
    text = printed(figure, "value")
    return compared(
        CHECK,
        figure,
        ok,
        blocks,
        field="value",
        stated=text,
        expected=as_printed(expected, text),
        difference=f"{stated - expected:f}",
        words={"count": str(len(amounts)), "subject": subject(figure) or "whole_plan"},
    )


def _doubt(figure: Record, rows: Sequence[Record] | None, amounts: Sequence[Decimal]) -> str:
    if figure.get("value") is None:
        return "amount_unread"
    if rows is None:
        return "objectives_unmatched"
    if len(amounts) < len(rows):
        return "row_without_amount"
    return "several_currencies" if len(currencies([figure, *rows])) > 1 else ""
