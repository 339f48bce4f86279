"""Levels of completion: a mark whose column is lost leaves no level, never a guessed one."""

from __future__ import annotations

from collections.abc import Iterator

from normalizers.text import clean
from pipeline.model import Check, Reading, Record
from pipeline.validation.comparing import compared, not_checkable, printed, subject

CHECK = "status.mark_unplaced"
KIND = "mark_unplaced"


def status_mark_unplaced(reading: Reading) -> Iterator[Check]:
    """Each level of completion stands under a known column of its scale."""
    for record in reading.of("commitment", "activity"):
        lost = [repair for repair in record.repairs if repair.kind == KIND]
        if lost:
            blocks = [repair.block for repair in lost]
            words = {"subject": subject(record), "text": clean(blocks[0].text)}
            facts = {"field": "completion", "stated": words["text"], "reason": KIND}
            yield compared(CHECK, record, False, blocks, words=words, **facts)
        elif "completion" in record.fields:
            yield _level(record)


def _level(record: Record) -> Check:
    place = [record.block("completion")]
    if record.get("completion") is None:
        return not_checkable(CHECK, record, "no_level", place, field="completion")
    stated = printed(record, "completion")
    return compared(CHECK, record, True, place, field="completion", stated=stated)
