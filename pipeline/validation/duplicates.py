"""Duplicates: one activity told twice, with the same progress or with another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pandas as pd

from pipeline.model import Check, Reading, Record
from pipeline.validation.comparing import (
    compared,
    document_record,
    not_checkable,
    plain,
    printed,
    subject,
)
from pipeline.validation.words import content_words, is_likely_same

_OFFICES = re.compile(r"\s*[/;,\n]\s*|\s+-\s+")
KEY = ["description", "target", "planned"]


def duplicates(reading: Reading) -> Iterator[Check]:
    """Each activity of the document against all the others."""
    activities = [one for one in reading.of("activity") if _is_printed_here(one)]
    if len(activities) < 2:
        return
    frame = pd.DataFrame([_key(activity) for activity in activities], dtype=object)
    found = False
    for at in frame.groupby(KEY, sort=False).indices.values():
        for same in _split_by_office([activities[int(each)] for each in at]):
            if len(same) > 1:
                found = True
                yield from _compare(same)
    yield from _undecided(frame, activities)
    if not found:
        yield _none_found(reading, len(activities))


def _is_printed_here(activity: Record) -> bool:
    """A merged or repeated cell that names several rows does not make them duplicates."""
    description = activity.fields.get("description")
    return bool(description and description.value and description.state != "carried")


def _key(activity: Record) -> dict[str, str]:
    return {
        "description": " ".join(sorted(content_words(str(activity.get("description"))))),
        "target": " ".join(sorted(content_words(str(activity.get("deliverable") or "")))),
        "planned": str(activity.get("planned") or activity.get("planned_end") or ""),
    }


def _split_by_office(activities: Sequence[Record]) -> list[list[Record]]:
    """Groups that share an office: the same work by two offices is two activities."""
    if not activities[0].get("deliverable") or not activities[0].get("planned"):
        return []
    groups: list[list[Record]] = []
    for activity in activities:
        known = next((group for group in groups if _shares_office(group[0], activity)), None)
        if known is None:
            groups.append([activity])
        else:
            known.append(activity)
    return groups


def _shares_office(one: Record, other: Record) -> bool:
    offices = [_OFFICES.split(str(each.get("responsible") or "")) for each in (one, other)]
    named = [[office for office in each if office.strip(" .")] for each in offices]
    if not all(named):
        return True
    return any(is_likely_same(mine, yours) for mine in named[0] for yours in named[1])


def _compare(same: list[Record]) -> Iterator[Check]:
    """Contradictory where the progress differs; else the activity counts twice."""
    progress = {_progress(activity) for activity in same}
    blocks = [activity.block("description") for activity in same]
    words = {"subject": subject(same[0]), "count": str(len(same))}
    if None in progress and len(progress) > 1:
        yield not_checkable("duplicate.contradictory", same[0], "no_percent", blocks)
        return
    stated = [printed(activity, "percent_complete") for activity in same]
    percents = [activity.block("percent_complete") for activity in same]
    yield compared(
        "duplicate.contradictory",
        same[0],
        len(progress) == 1,
        [*blocks, *percents],
        field="percent_complete",
        stated=stated[0],
        expected="; ".join(stated[1:]),
        words={**words, "percents": ", ".join(stated)},
    )
    if len(progress) == 1:
        facts = {"field": "description", "stated": words["count"], "expected": "1"}
        yield compared("duplicate.consistent", same[0], False, blocks, words=words, **facts)


def _progress(activity: Record) -> str | None:
    value = activity.fields.get("percent_complete")
    if value is None or (value.value is None and value.state != "not_applicable"):
        return None
    return "N/A" if value.value is None else plain(value.value)


def _undecided(frame: pd.DataFrame, activities: Sequence[Record]) -> Iterator[Check]:
    """The same words without a target or a date beside them: nobody can say."""
    bare = frame[(frame["target"] == "") | (frame["planned"] == "")]
    for at in bare.groupby("description", sort=False).indices.values():
        same = [activities[int(bare.index[each])] for each in at]
        if len(same) > 1:
            blocks = [activity.block("description") for activity in same]
            yield not_checkable("duplicate.consistent", same[0], "no_target_or_date", blocks)


def _none_found(reading: Reading, count: int) -> Check:
    return compared(
        "duplicate.consistent",
        document_record(reading),
        True,
        field="description",
        stated=str(count),
        expected=str(count),
    )
