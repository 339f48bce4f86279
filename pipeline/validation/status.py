"""Levels of completion against the text, the dates and the milestones; promises that changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from normalizers.dates import edtf_bounds
from pipeline.model import Block, Check, Reading, Record, Severity
from pipeline.validation.comparing import (
    compared,
    document_record,
    not_checkable,
    printed,
    subject,
)
from pipeline.validation.narrative import Told, find_told, tellers, told_field, told_text
from pipeline.validation.words import shorten

PERCENT = "percent_complete"
# What a level leaves no room for: (what the text says, how severe).
DENIED: dict[str, tuple[tuple[str, Severity], ...]] = {
    "complete": (("not_begun", "error"), ("remaining", "warning")),
    "substantial": (("not_begun", "warning"),),
    "limited": (("finished", "warning"),),
    "not_started": (("finished", "warning"),),
}


def status_vs_text(reading: Reading) -> Iterator[Check]:
    """Each level, or 100 % and 0 %, against what the text of the same record says."""
    for record in tellers(reading):
        level, field = _level(record)
        if level in DENIED and told_text(record):
            yield _against_text(record, level, field)


def _level(record: Record) -> tuple[str, str]:
    """A record's level and the field that states it; percentages stand for the two ends."""
    if record.get("completion"):
        return str(record.get("completion")), "completion"
    percent = record.get(PERCENT)
    ends = {Decimal(100): "complete", Decimal(0): "not_started"}
    return ends.get(percent, "") if percent is not None else "", PERCENT


def _against_text(record: Record, level: str, field: str) -> Check:
    check, text = "status.vs_text", told_text(record)
    blocks = [record.block(field), record.block(told_field(record))]
    facts = {"field": field, "stated": printed(record, field)}
    found = [
        (kind, severity, told)
        for kind, severity in DENIED[level]
        for told in find_told(kind, text, record)
    ]
    sure = [one for one in found if one[2].sure and _speaks_of_all(one[0], one[2])]
    if found and not sure:
        return not_checkable(check, record, "subject_unsure", blocks, **facts)
    if not sure:
        return compared(check, record, True, blocks, **facts)
    kind, severity, told = sure[0]
    words = {"subject": subject(record), "quote": shorten(told.sentence, 160), "told_of": kind}
    return compared(check, record, False, blocks, severity=severity, words=words, **facts)


def _speaks_of_all(kind: str, told: Told) -> bool:
    """A long sentence on what remains may speak of what comes after the thing promised."""
    return kind != "remaining" or len(told.sentence) < 200


def status_vs_dates(reading: Reading) -> Iterator[Check]:
    """Each "sin retraso" of unfinished work against its due date."""
    owner = document_record(reading)
    cutoff = edtf_bounds(str(owner.get("cutoff_date") or ""))[0]
    for record in tellers(reading):
        told = find_told("in_time", told_text(record), record)
        if told and not _is_done(record):
            yield _against_date(record, told[0], cutoff, owner.block("cutoff_date"))


def _is_done(record: Record) -> bool:
    percent = record.get(PERCENT)
    return record.get("completion") == "complete" or (percent is not None and percent >= 100)


def _against_date(record: Record, told: Told, cutoff: date | None, place: Block | None) -> Check:
    check = "status.vs_dates"
    blocks = [record.block(told_field(record)), record.block("planned"), place]
    due = record.get("planned_end")
    facts = {"field": told_field(record), "stated": shorten(told.sentence)}
    if cutoff is None or not isinstance(due, date):
        reason = "no_cutoff" if cutoff is None else "open_period"
        return not_checkable(check, record, reason, blocks, **facts)
    words = {"subject": subject(record), "due": str(due), "cutoff": str(cutoff)}
    quoted = {"quote": shorten(told.sentence, 160)}
    facts["expected"] = str(due)
    return compared(check, record, due >= cutoff, blocks, words=words | quoted, **facts)


def status_rollup(reading: Reading) -> Iterator[Check]:
    """Each commitment's level against those of its milestones."""
    activities = reading.of("activity")
    for commitment in reading.of("commitment"):
        level = commitment.get("completion")
        below = [
            one for one in activities
            if one.parent_id == commitment.record_id and one.get("completion")
        ]  # fmt: skip
        if level and below:
            yield _roll_up(commitment, str(level), below)


def _roll_up(commitment: Record, level: str, below: list[Record]) -> Check:
    told = [str(one.get("completion")) for one in below]
    done = [one for one in below if one.get("completion") == "complete"]
    left = [one for one in below if one.get("completion") not in ("complete", "no_evidence")]
    ok = True
    if level == "complete":
        ok = not left
    elif level == "not_started":
        ok = not any(one in ("complete", "substantial") for one in told)
    elif level in ("limited", "in_progress"):
        ok = len(done) < len(below)
    against = left if level == "complete" else done
    return compared(
        "status.rollup",
        commitment,
        ok,
        [commitment.block("completion"), *(one.block("completion") for one in against or below)],
        field="completion",
        stated=printed(commitment, "completion"),
        expected="; ".join(printed(one, "completion") for one in below),
        words={
            "subject": subject(commitment),
            "level": shorten(printed(commitment, "completion"), 40),
            "count": str(len(done)),
            "of": str(len(below)),
        },
    )


def scope_changed(reading: Reading) -> Iterator[Check]:
    """Texts that say that the thing promised was replaced by another."""
    for record in tellers(reading):
        text = told_text(record)
        told = find_told("changed", text, record) if text else []
        if not text:
            continue
        field = told_field(record)
        quote = shorten(told[0].sentence, 200) if told else ""
        words = {"subject": subject(record), "quote": quote}
        facts = {"field": field, "stated": quote}
        yield compared(
            "scope.changed", record, not told, [record.block(field)], words=words, **facts
        )
