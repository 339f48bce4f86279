"""The same commitment or activity found again in another document of one run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from rapidfuzz import fuzz, process

from normalizers.dates import edtf_bounds
from normalizers.offices import compare_offices
from normalizers.text import fold
from pipeline.model import Kind, Reading, Record, Refusal
from pipeline.validation.comparing import document_record
from pipeline.validation.settings import Settings
from pipeline.validation.words import content_words

LONGEST = 300  # characters of a title that are compared
MOST = 5_000  # records of one document that are looked for in another


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents of one plan or institution, the earlier one first."""

    earlier: Reading
    later: Reading


@dataclass(frozen=True, slots=True)
class Match:
    """A record of the earlier document and the later one's that it is; None with the reason."""

    earlier: Record
    later: Record | None
    score: float = 0.0
    reason: str = ""


def find_pairs(readings: Sequence[Reading]) -> Iterator[Pair]:
    """Each document beside the next one of its plan, by cut-off or publication.

    Documents belong together by plan or institution; those that give neither stay alone, and so
    does one whose time is the same or unknown.
    """
    series: list[list[Reading]] = []
    for reading in readings:
        home = next((one for one in series if _belongs(one[0], reading)), None)
        if home is None:
            series.append([reading])
        else:
            home.append(reading)
    for members in series:
        dated = [(day, one) for one in members if (day := told_day(one)) is not None]
        dated.sort(key=lambda pair: (pair[0], pair[1].document.document_id))
        yield from (Pair(one, two) for (day, one), (next_day, two) in pairwise(dated)
                    if day < next_day)  # fmt: skip


def told_day(reading: Reading) -> date | None:
    """The day that a document tells of: its cut-off, publication, or the start of its period."""
    owner = document_record(reading)
    for field in ("cutoff_date", "published_date", "period"):
        day = edtf_bounds(str(owner.get(field) or ""))[0]
        if day is not None:
            return day
    return None


def _belongs(one: Reading, other: Reading) -> bool:
    first, second = document_record(one), document_record(other)
    if one.profile.name != other.profile.name and not (first.get("plan") and second.get("plan")):
        return False
    plans = [fold(str(each.get("plan") or "")) for each in (first, second)]
    if all(plans):
        return plans[0] == plans[1]
    names = [str(each.get("institution") or "") for each in (first, second)]
    if not all(names):
        return False
    likeness = compare_offices(names[0], names[1])
    return not isinstance(likeness, Refusal) and likeness.same


def match_records(pair: Pair, kind: Kind, settings: Settings) -> list[Match]:
    """Each record of the earlier document with the later one's, one to one; unsure ones refused.

    By number where both bear the same and their texts are alike; else by text alone, when the best
    candidate is clearly better than the next.
    """
    earlier, later = pair.earlier.of(kind)[:MOST], pair.later.of(kind)[:MOST]
    twins = _exact(earlier, later)
    taken_already = {one.record_id for one in twins.values()}
    later = [one for one in later if one.record_id not in taken_already]
    texts = [_text(one) for one in later]
    least, margin = (float(settings.threshold(n)) for n in ("thread_score", "thread_margin"))
    matches = [
        Match(one, twins[one.record_id], 100.0)
        if one.record_id in twins
        else _match(one, later, texts, least, margin)
        for one in earlier
    ]
    taken: dict[str, int] = {}
    for match in matches:
        if match.later is not None:
            taken[match.later.record_id] = taken.get(match.later.record_id, 0) + 1
    return [
        Match(one.earlier, None, one.score, "match_unsure")
        if one.later is not None and taken[one.later.record_id] > 1
        else one
        for one in matches
    ]


def _exact(earlier: Sequence[Record], later: Sequence[Record]) -> dict[str, Record]:
    """The later record of each earlier one whose text is the same and stands once in both."""
    sides: list[dict[str, list[Record]]] = [{}, {}]
    for side, records in zip(sides, (earlier, later), strict=True):
        for one in records:
            text = f"{_text(one)}\n{one.get('number') or ''}"
            side.setdefault(text, []).append(one)
    return {
        own[0].record_id: other[0]
        for text, own in sides[0].items()
        if len(own) == 1 and text.strip() and len(other := sides[1].get(text, [])) == 1
    }


def _match(
    record: Record, later: Sequence[Record], texts: Sequence[str], least: float, margin: float
) -> Match:
    scores = process.extract(_text(record), texts, scorer=fuzz.ratio, limit=3, score_cutoff=60)
    if not scores:
        return Match(record, None, 0.0, "absent")
    (_, best, at), rest = scores[0], scores[1:]
    numbers = [str(one.get("number") or "") for one in (record, later[at])]
    if all(numbers) and numbers[0] != numbers[1]:
        return Match(record, None, best, "match_unsure")
    if best < least:
        return Match(record, None, best, "match_unsure" if best >= least - 15 else "absent")
    if rest and best - rest[0][1] < margin:
        return Match(record, None, best, "match_unsure")
    return Match(record, later[at], best)


def _text(record: Record) -> str:
    """What tells a record from its look-alikes: its name and what it is to yield."""
    fields = ("title", "description") if record.kind == "activity" else ("title",)
    told = " ".join(str(record.get(name) or "")[:LONGEST] for name in fields)
    target = str(record.get("deliverable") or "")[:LONGEST]
    return " ".join(content_words(f"{told} {target}"))
