"""Percentages: within their range, and what the row's own counts make."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.model import Check, Reading, Record
from pipeline.validation.comparing import (
    compared,
    not_checkable,
    percent_text,
    printed,
    subject,
)
from pipeline.validation.ratios import Ratio, read_ratio
from pipeline.validation.settings import Settings, default_settings

FIELD = "percent_complete"
WHOLE = Decimal(100)
ONE = Decimal(1)


def percent_range(reading: Reading) -> Iterator[Check]:
    """Each percentage of progress is between 0 and 100, or the row tells that more was done."""
    for record in reading.of("activity", "commitment"):
        percent = record.get(FIELD)
        state = record.fields[FIELD].state if FIELD in record.fields else "missing"
        if state == "illegible":
            yield not_checkable("percent.range", record, "percent_unread", [record.block(FIELD)])
        elif percent is not None:
            yield compared(
                "percent.range",
                record,
                0 <= percent <= WHOLE or _is_over_achieved(record, percent),
                [record.block(FIELD)],
                field=FIELD,
                stated=printed(record, FIELD),
                expected="0–100 %",
                severity="error" if percent < 0 else None,
                words={"subject": subject(record)},
            )


def _is_over_achieved(record: Record, percent: Decimal) -> bool:
    ratios = read_ratio(record)
    return not isinstance(ratios, str) and any(_agrees(percent, ratio) for ratio in ratios)


def ratio_vs_percent(reading: Reading, settings: Settings | None = None) -> Iterator[Check]:
    """Each percentage against target and done, where the row tells both: reports round."""
    points = (settings or default_settings()).threshold("percent_points")
    for activity in reading.of("activity"):
        percent = activity.get(FIELD)
        if percent is not None:
            yield _compare(activity, percent, read_ratio(activity), points)


def _compare(
    activity: Record, percent: Decimal, ratios: list[Ratio] | str, points: Decimal
) -> Check:
    check, place = "ratio.vs_percent", [activity.block(FIELD)]
    facts = {"field": FIELD, "stated": printed(activity, FIELD)}
    if isinstance(ratios, str):
        return not_checkable(check, activity, ratios, place, **facts)
    ratio = next((each for each in ratios if _agrees(percent, each, points)), ratios[0])
    ok = _agrees(percent, ratio, points)
    if not ok and not (ratio.sure and _is_divisible(ratio)):
        return not_checkable(check, activity, "counts_unsure", place, **facts)
    expected = min(ratio.percent, WHOLE)
    return compared(
        check,
        activity,
        ok,
        [*place, activity.block("deliverable"), activity.block("progress")],
        expected=percent_text(expected),
        difference=f"{(percent - expected).quantize(Decimal('0.1')):f}",
        words={
            "subject": subject(activity),
            "done": ratio.done_text,
            "target": ratio.target_text,
            "done_number": f"{ratio.done:f}",
            "target_number": f"{ratio.target:f}",
        },
        **facts,
    )


def _agrees(percent: Decimal, ratio: Ratio, points: Decimal = ONE) -> bool:
    return any(abs(percent - each) <= points for each in (ratio.percent, min(ratio.percent, WHOLE)))


def _is_divisible(ratio: Ratio) -> bool:
    """A single thing can be half done, so its count says nothing of the percentage."""
    return ratio.target > 1 or ratio.done < ratio.target
