"""Two documents of one plan: what fell, moved, vanished or was told otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from normalizers.text import fold
from pipeline.model import Block, Check, Reading, Record
from pipeline.validation.comparing import (
    compared,
    document_record,
    is_reading_lost,
    not_checkable,
    printed,
    subject,
)
from pipeline.validation.money import tolerance
from pipeline.validation.settings import Settings
from pipeline.validation.threads import Match, Pair, find_pairs, match_records, told_day
from pipeline.validation.words import shorten

PERCENT = "percent_complete"
FEWEST = 3  # activities found again before an absent one says anything
_CITED = re.compile(
    r"\bcompromisos?\s(?:n(?:ro|um|umero)?\W{0,3}|numeros?\s)?\(?"
    r"([0-9]{1,3}(?:\s?(?:,|y|e)\s?[0-9]{1,3}){0,6})\)?(?![0-9.%/-]|\s(?:de\s)?[0-9])"
)


def across_documents(readings: Sequence[Reading], settings: Settings) -> Iterator[Check]:
    """Each document against the one before it of the same plan or institution."""
    for pair in find_pairs(readings):
        yield from _references(pair)
        yield from _figures(pair)
        for kind in ("commitment", "activity"):
            matches = match_records(pair, kind, settings)
            for match in matches:
                if match.later is not None:
                    yield from _compare(pair, match.earlier, match.later, settings)
            if kind == "activity":
                yield from _vanished(pair, matches)
                back = match_records(Pair(pair.later, pair.earlier), kind, settings)
                yield from _appeared(pair, back)


def _compare(pair: Pair, earlier: Record, later: Record, settings: Settings) -> Iterator[Check]:
    yield from _progress(pair, earlier, later, settings.threshold("percent_points"))
    due, now = earlier.get("planned_end"), later.get("planned_end")
    if isinstance(due, date) and isinstance(now, date):
        words = _words(pair, later) | {"due": str(due), "now": str(now)}
        yield compared(
            "xdoc.date_moved",
            later,
            due == now,
            [later.block("planned")],
            field="planned",
            stated=printed(later, "planned"),
            expected=printed(earlier, "planned"),
            words=words,
        )


def _progress(pair: Pair, earlier: Record, later: Record, points: Decimal) -> Iterator[Check]:
    old, new = earlier.fields.get(PERCENT), later.fields.get(PERCENT)
    if old is None or new is None or not isinstance(new.value, Decimal):
        return
    blocks = [later.block(PERCENT), later.block("description")]
    facts = {"field": PERCENT, "stated": printed(later, PERCENT),
             "expected": printed(earlier, PERCENT)}  # fmt: skip
    words = _words(pair, later)
    if isinstance(old.value, Decimal):
        fell = old.value - new.value
        yield compared(
            "xdoc.progress_regression", later, fell <= points, blocks, words=words,
            difference=f"{-fell:f}", **facts,
        )  # fmt: skip
    elif old.state == "not_applicable":
        done = new.value >= 100
        yield compared("xdoc.na_to_done", later, not done, blocks, words=words, **facts)


def _vanished(pair: Pair, matches: Sequence[Match]) -> Iterator[Check]:
    """Activities of the same period that the later document does not tell any more."""
    found = [match for match in matches if match.later is not None]
    gone = [match for match in matches if match.reason == "absent"]
    owner = document_record(pair.later)
    if len(found) < FEWEST or not _same_period(pair):
        return
    if gone and (len(found) < len(matches) * 0.6 or is_reading_lost(pair.later)):
        yield not_checkable("xdoc.vanished", owner, "match_unsure")
        return
    for match in gone:
        words = _words(pair, match.earlier)
        yield compared(
            "xdoc.vanished", owner, False, [], field="description",
            expected=subject(match.earlier), words=words,
        )  # fmt: skip
    stated = str(len(found))
    yield compared("xdoc.vanished", owner, True, field="description", stated=stated)


def _appeared(pair: Pair, matches: Sequence[Match]) -> Iterator[Check]:
    """Activities of the later document that nothing in the earlier one resembles."""
    found = [match for match in matches if match.later is not None]
    if len(found) < FEWEST or len(found) < len(matches) * 0.6 or not _same_period(pair):
        return
    for match in matches:
        if match.reason == "absent" and not is_reading_lost(pair.earlier):
            record = match.earlier
            block = record.block("description")
            yield compared(
                "xdoc.appeared", record, False, [block], field="description",
                stated=subject(record), words=_words(pair, record),
            )  # fmt: skip


def _same_period(pair: Pair) -> bool:
    periods = [document_record(one).get("period") for one in (pair.earlier, pair.later)]
    return all(periods) and periods[0] == periods[1]


def _figures(pair: Pair) -> Iterator[Check]:
    """Each total of a scope that both documents declare for the same period."""
    if not _same_period(pair):
        return
    before = _by_scope(pair.earlier)
    for scope, figure in _by_scope(pair.later).items():
        other = before.get(scope)
        if other is None:
            continue
        stated, expected = figure.get("value"), other.get("value")
        ok = abs(stated - expected) <= tolerance(stated, [expected])
        yield compared(
            "xdoc.figure_changed",
            figure,
            ok,
            [figure.block("value")],
            field="value",
            stated=printed(figure, "value"),
            expected=printed(other, "value"),
            difference=f"{stated - expected:f}",
            words=_words(pair, figure),
        )


def _by_scope(reading: Reading) -> dict[tuple[str, ...], Record]:
    """The figures that one scope declares once; one told twice says nothing to compare."""
    scopes: dict[tuple[str, ...], list[Record]] = {}
    for figure in reading.of("stated_figure"):
        if figure.get("value") is not None:
            fields = ("kind", "scope", "scope_label", "table", "currency")
            name = tuple(fold(str(figure.get(each) or "")) for each in fields)
            scopes.setdefault(name, []).append(figure)
    return {scope: told[0] for scope, told in scopes.items() if len(told) == 1}


def _references(pair: Pair) -> Iterator[Check]:
    """Each commitment that one document cites by number is in the other's list."""
    for citing, listing in ((pair.later, pair.earlier), (pair.earlier, pair.later)):
        numbers = {str(one.get("number") or "").strip() for one in listing.of("commitment")}
        if len(numbers - {""}) < 2:
            continue
        for record, field, number, block in _citations(citing):
            ok = number in numbers
            if not ok and is_reading_lost(listing):
                yield not_checkable("xdoc.reference", record, "pages_unread", [block])
                continue
            words = {**_words(pair, record), "number": number, "other": _label(listing)}
            yield compared(
                "xdoc.reference", record, ok, [block], field=field, stated=number, words=words
            )


def _citations(reading: Reading) -> Iterator[tuple[Record, str, str, Block | None]]:
    for record in reading.of("activity", "commitment", "section"):
        for field in ("progress", "next_steps", "results", "challenges", "text"):
            text = record.get(field)
            if isinstance(text, str):
                for match in _CITED.finditer(fold(text)):
                    for number in re.findall(r"[0-9]+", match[1]):
                        yield record, field, number, record.block(field)


def _words(pair: Pair, record: Record) -> dict[str, str]:
    return {
        "subject": subject(record),
        "before": _label(pair.earlier),
        "now_in": _label(pair.later),
    }


def _label(reading: Reading) -> str:
    """A document as a reader knows it: its day, or the name of its file."""
    day = told_day(reading)
    return str(day) if day else shorten(reading.document.source, 60)
