"""Percentages of progress against the text and the level beside them; N/A beside told work."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from normalizers.text import clean, fold
from pipeline.model import Check, Reading, Record, Severity
from pipeline.validation.comparing import (
    compared,
    document_record,
    not_checkable,
    percent_text,
    printed,
    subject,
)
from pipeline.validation.narrative import (
    Told,
    find_told,
    progress_percents,
    tellers,
    told_field,
    told_text,
)
from pipeline.validation.settings import Settings
from pipeline.validation.words import shorten

FIELD = "percent_complete"
WHOLE = Decimal(100)


def percent_vs_narrative(reading: Reading, settings: Settings) -> Iterator[Check]:
    """Each percentage of progress against those that the row's own text tells of the same."""
    for record in tellers(reading):
        percent = record.get(FIELD)
        told = list(progress_percents(told_text(record))) if percent is not None else []
        if told:
            yield _compare(record, percent, told, settings.threshold("percent_points"))


def _compare(
    record: Record, percent: Decimal, told: list[tuple[Decimal, str]], points: Decimal
) -> Check:
    check = "percent.vs_narrative"
    blocks = [record.block(FIELD), record.block(told_field(record))]
    facts = {"field": FIELD, "stated": printed(record, FIELD)}
    other, sentence = next((one for one in told if abs(one[0] - percent) <= points), told[0])
    ok = abs(other - percent) <= points
    if not ok and len({value for value, _ in told}) > 1:
        return not_checkable(check, record, "counts_unsure", blocks, **facts)
    return compared(
        check,
        record,
        ok,
        blocks,
        expected=percent_text(other),
        difference=f"{percent - other:f}",
        words={"subject": subject(record), "quote": shorten(sentence, 160)},
        **facts,
    )


def percent_vs_level(reading: Reading) -> Iterator[Check]:
    """Each percentage against the level of completion of the same record."""
    for record in reading.of("activity", "commitment"):
        percent, level = record.get(FIELD), record.get("completion")
        if percent is None or level not in _RANGES:
            continue
        low, high, severity = _RANGES[level]
        ok = low <= percent <= high or (percent > WHOLE and high == WHOLE)
        yield compared(
            "percent.vs_level",
            record,
            ok,
            [record.block(FIELD), record.block("completion")],
            field=FIELD,
            stated=printed(record, FIELD),
            expected=f"{low:f}–{high:f} %",
            severity=severity,
            words={"subject": subject(record), "level": shorten(printed(record, "completion"), 40)},
        )


# A level says little of the percentages between the ends: only what no reading of it allows fails.
_RANGES: dict[str, tuple[Decimal, Decimal, Severity]] = {
    "complete": (Decimal(99), WHOLE, "error"),
    "substantial": (Decimal(1), Decimal("99.9"), "warning"),
    "limited": (Decimal(1), Decimal(90), "warning"),
    "not_started": (Decimal(0), Decimal(1), "error"),
    "in_progress": (Decimal(0), Decimal("99.9"), "warning"),
}


def na_vs_progress(reading: Reading) -> Iterator[Check]:
    """Each N/A of progress against what the row tells: work done, or nothing done, is no N/A."""
    for record in tellers(reading):
        value = record.fields.get(FIELD)
        if value is not None and value.state == "not_applicable" and value.block is not None:
            yield _judge_na(record)


def _judge_na(record: Record) -> Check:
    check, text = "na.vs_progress", told_text(record)
    blocks = [record.block(FIELD), record.block(told_field(record))]
    facts = {"field": FIELD, "stated": printed(record, FIELD)}
    if not text:
        return not_checkable(check, record, "no_progress_told", blocks, **facts)
    none, work = find_told("no_work", text, record), find_told("work", text, record)
    if work and not none and not any(told.sure for told in work):
        return not_checkable(check, record, "subject_unsure", blocks, **facts)
    told: list[Told] = none or work
    return compared(
        check,
        record,
        not told,
        blocks,
        expected="0 %" if none else "",
        words={
            "subject": subject(record),
            "quote": shorten(told[0].sentence, 160) if told else "",
            "told_of": "no_work" if none else "work",
        },
        **facts,
    )


def na_variant(reading: Reading) -> Iterator[Check]:
    """One way of writing N/A in the column of progress of a document."""
    forms: dict[str, list[Record]] = {}
    for record in reading.of("activity", "commitment"):
        value = record.fields.get(FIELD)
        if value is not None and value.state == "not_applicable" and value.block is not None:
            forms.setdefault(fold(clean(value.block.text)).strip(" ."), []).append(record)
    if not forms:
        return
    told = sorted(forms, key=lambda form: (-len(forms[form]), form))
    first = [forms[form][0].block(FIELD) for form in told]
    stated = " / ".join(clean(block.text) for block in first if block)
    facts = {"field": FIELD, "stated": stated, "words": {"forms": stated}}
    yield compared("na.variant", document_record(reading), len(told) == 1, first[::-1], **facts)
