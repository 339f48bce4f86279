"""Dates against the plan's period, the commitment's own, and what the text goes on to promise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from normalizers.dates import Dates, edtf_bounds, find_dates
from normalizers.text import fold
from pipeline.model import Check, Reading, Record, Value
from pipeline.validation.comparing import (
    compared,
    document_record,
    not_checkable,
    printed,
    subject,
)
from pipeline.validation.narrative import lexicon, sentences, told_field, told_text
from pipeline.validation.settings import Settings
from pipeline.validation.words import content_words, shorten

_AS_OF = re.compile(
    r"(?:con corte a|a corte de|corte al?|actualizad[oa]s? al?|medid[oa]s? al?)\s*$"
)
_MEASURED = re.compile(r"\b(?:corte|actualizad|medid)")
_SHORT_YEAR = re.compile(r"[0-9][-/.][0-9]{2}\b(?![-/.0-9])|[a-z][-/. ]'?[0-9]{2}\b", re.I)
_UNIT = re.compile(r"\b(?:mes|bimestre|trimestre|cuatrimestre|semestre)s?\b")


def date_outside_period(reading: Reading, settings: Settings) -> Iterator[Check]:
    """Each committed date lies within the plan's period, or in the weeks in which it closes."""
    owner = document_record(reading)
    period = owner.fields.get("period", Value(None))
    start, end = edtf_bounds(str(period.value or ""))
    if start is None or end is None:
        return
    last = end + timedelta(days=int(settings.threshold("closing_days")))
    disputed = any(name == "period" for name, _ in owner.others)
    for record in reading.of("activity", "commitment"):
        first, due = record.get("planned_start"), record.get("planned_end")
        days = [day for day in (first, due) if isinstance(day, date)]
        if not days:
            continue
        ok = start <= min(days) and max(days) <= last
        blocks = [record.block("planned"), period.block]
        facts = {"field": "planned", "stated": printed(record, "planned")}
        if disputed and not ok:
            yield not_checkable("date.outside_period", record, "period_disputed", blocks, **facts)
            continue
        words = {"subject": subject(record), "period": str(period.value)}
        facts["expected"] = str(period.value)
        yield compared("date.outside_period", record, ok, blocks, words=words, **facts)


def date_milestone_order(reading: Reading) -> Iterator[Check]:
    """Each milestone lies within the dates of its own commitment."""
    above = {one.record_id: one for one in reading.of("commitment")}
    for record in reading.of("activity"):
        parent = above.get(record.parent_id)
        if parent is not None and parent.get("planned") and record.get("planned"):
            yield _within(record, parent)


def _within(record: Record, parent: Record) -> Check:
    check = "date.milestone_order"
    blocks = [record.block("planned"), parent.block("planned")]
    facts = {"field": "planned", "stated": printed(record, "planned")}
    bounds = [one.get(f"planned_{end}") for one in (parent, record) for end in ("start", "end")]
    dates = [day for day in bounds if isinstance(day, date)]
    if len(dates) < 4:
        return not_checkable(check, record, "open_period", blocks, **facts)
    start, end, first, last = dates
    if first > last:
        return not_checkable(check, record, "reversed_period", blocks, **facts)
    words = {"subject": subject(record), "period": printed(parent, "planned")}
    facts["expected"] = printed(parent, "planned")
    return compared(check, record, start <= first and last <= end, blocks, words=words, **facts)


def date_next_steps_after_end(reading: Reading) -> Iterator[Check]:
    """Each date that the next steps give is not after the end of what they are steps of."""
    for record in reading.of("activity", "commitment"):
        end = record.get("revised_end") or record.get("planned_end")
        if record.get("next_steps") and isinstance(end, date):
            dates = [one for *_, one in _full_dates(str(record.get("next_steps")))]
            if dates:
                yield _next_steps(record, end, dates)


def _next_steps(record: Record, end: date, dates: list[Dates]) -> Check:
    late = [one for one in dates if one.start and one.start > end]
    field = "revised" if record.get("revised_end") else "planned"
    return compared(
        "date.next_steps_after_end",
        record,
        not late,
        [record.block("next_steps"), record.block(field)],
        field="next_steps",
        stated="; ".join(one.edtf for one in late or dates),
        expected=printed(record, field),
        words={"subject": subject(record), "end": str(end)},
    )


def _full_dates(text: str) -> list[tuple[int, int, Dates]]:
    """The dates of a text that state their own year."""
    return [one for one in find_dates(text) if one[2].state == "reported" and one[2].start]


def date_implicit_year(reading: Reading) -> Iterator[Check]:
    """Each committed or revised date whose year the reader has to infer."""
    for record in reading.of("activity", "commitment"):
        for field in ("planned", "revised"):
            value = record.fields.get(field)
            if value is not None and value.value and value.block is not None:
                ok = value.state != "inferred" or bool(_SHORT_YEAR.search(value.block.text))
                yield compared(
                    "date.implicit_year",
                    record,
                    ok,
                    [value.block],
                    field=field,
                    stated=printed(record, field),
                    expected="" if ok else str(value.value),
                    words={"subject": subject(record)},
                )


def date_stale_measurement(reading: Reading, settings: Settings) -> Iterator[Check]:
    """Each "con corte a …" in the text of unfinished work is of this report's own time."""
    owner = document_record(reading)
    cutoff = edtf_bounds(str(owner.get("cutoff_date") or ""))[0]
    days = timedelta(days=int(settings.threshold("stale_days")))
    for record in reading.of("activity", "commitment"):
        text, percent = told_text(record), record.get("percent_complete")
        if cutoff is None or not text or percent is None or percent >= 100:
            continue
        if not _MEASURED.search(fold(text)):
            continue
        told = [
            one for start, _, one in _full_dates(text)
            if _AS_OF.search(fold(text[max(0, start - 30) : start]))
        ]  # fmt: skip
        if told:
            newest = max(one.end or date.min for one in told)
            yield compared(
                "date.stale_measurement",
                record,
                newest >= cutoff - days,
                [record.block(told_field(record)), owner.block("cutoff_date")],
                field=told_field(record),
                stated=str(newest),
                expected=str(owner.get("cutoff_date")),
                words={"subject": subject(record), "cutoff": str(owner.get("cutoff_date"))},
            )


def period_unit(reading: Reading) -> Iterator[Check]:
    """A product due every semester, told by the quarter: the two count different stretches."""
    for record in reading.of("activity"):
        due = _due_unit(str(record.get("deliverable") or ""))
        if due:
            sentence, unit = _told_unit(record, due)
            if unit:
                yield compared(
                    "period.unit",
                    record,
                    unit == due,
                    [record.block("deliverable"), record.block("progress")],
                    field="deliverable",
                    stated=printed(record, "deliverable"),
                    expected=due,
                    words={
                        "subject": subject(record),
                        "quote": shorten(sentence, 160),
                        "due": due,
                        "told": unit,
                    },
                )


def _due_unit(deliverable: str) -> str:
    words = fold(deliverable).replace(")", " ").replace("(", " ").split()
    units = {unit for word, unit in lexicon()["units"].items() if word.strip(".,;") in words}
    units |= {
        unit
        for word, unit in lexicon()["units"].items()
        if any(each.startswith(f"{word}mente") or each == f"{word}es" for each in words)
    }
    return units.pop() if len(units) == 1 else ""


def _told_unit(record: Record, due: str) -> tuple[str, str]:
    """The sentence on the product itself that names a stretch of time, and which."""
    heads = set(content_words(str(record.get("deliverable") or ""))[:2])
    for sentence in sentences(str(record.get("progress") or "")):
        units = {match[0].removesuffix("es") if match[0] == "meses" else match[0].rstrip("s")
                 for match in _UNIT.finditer(fold(sentence)) if match[0] != "mes"}  # fmt: skip
        if heads & set(content_words(sentence)) and len(units) == 1:
            unit = units.pop()
            # A follow-up every four months tells everything by its own stretch.
            if unit == due or unit != "cuatrimestre":
                return sentence, unit
    return "", ""
