"""Declared counts against what is listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from string import ascii_lowercase

from pipeline.model import Block, Check, Reading, Record, Value
from pipeline.validation.comparing import (
    compared,
    is_reading_lost,
    not_checkable,
    plain,
    printed,
    subject,
)
from pipeline.validation.objectives import tie_objectives

CHECK = "count.vs_list"
_MARK = re.compile(r"(?:^|(?<=[\s(;,]))([a-zA-Z]|[0-9]{1,2})\)\s")
_PARTS = re.compile(r",\s+(?:[ye]\s+)?|\s[ye]\s")  # what parts items besides ";"


def count_vs_list(reading: Reading) -> Iterator[Check]:
    """Each declared count of commitments, of a list's items and of a budget row's activities."""
    for figure in reading.of("stated_figure"):
        if figure.get("kind") == "commitment_count":
            yield _commitments(reading, figure)
        elif figure.get("kind") == "other_count":
            yield _items(figure)
    yield from _activities(reading)


def _commitments(reading: Reading, figure: Record) -> Check:
    listed = [one for one in reading.of("commitment") if _is_in_scope(one, figure)]
    if len(listed) < 2:  # a report on one commitment may still tell how many its plan has
        return not_checkable(CHECK, figure, "nothing_listed", [figure.block("value")])
    places = [_number_place(one) for one in listed]
    if figure.get("value") != len(listed) and is_reading_lost(reading, places, to_end=True):
        return not_checkable(CHECK, figure, "pages_unread", [figure.block("value")])
    return _compare(figure, len(listed), listed, what="commitments")


def _number_place(commitment: Record) -> Block | None:
    return commitment.block("number") or commitment.block("title")


def _is_in_scope(commitment: Record, figure: Record) -> bool:
    is_whole = figure.get("scope") != "axis" or not figure.get("scope_label")
    return is_whole or commitment.get("axis") == figure.get("scope_label")


def _items(figure: Record) -> Check:
    listed = dict(figure.others).get("listed", Value(None))
    if not isinstance(listed.value, Decimal | int):
        return not_checkable(CHECK, figure, "nothing_listed", [figure.block("value")])
    text = listed.block.text if listed.block else ""
    count = _count_marks(text) or int(listed.value)
    if figure.get("value") != count and _may_be(figure.get("value"), text):
        return not_checkable(CHECK, figure, "list_unsure", [figure.block("value")])
    return _compare(figure, count, [], what="items", severity="warning")


def _may_be(declared: Decimal, text: str) -> bool:
    """Whether a list parted by ";" may have as many items as declared.

    A comma may be inside an item, or part several: "a; b; c, d y e" may have three or five.
    """
    items = text.split(";")
    parts = [len(_PARTS.split(item.strip())) if "," in item else 1 for item in items]
    return any(declared in {part, len(items) - 1 + part} for part in parts if part > 1)


def _count_marks(text: str) -> int:
    """The items of a list that marks them "a) … b) …" or "(1) … (2) …"; 0 where none are marked."""
    marks = [mark.lower() for mark in _MARK.findall(text)]
    expected = ascii_lowercase if marks[:1] == ["a"] else [str(at) for at in range(1, 100)]
    return len(marks) if len(marks) > 1 and marks == list(expected)[: len(marks)] else 0


def _activities(reading: Reading) -> Iterator[Check]:
    """The rows of one budget that count something else have one cause: they make one finding."""
    for figure, activities in tie_objectives(reading, "activity_count"):
        place = figure.block("value")
        if activities is None:
            yield not_checkable(CHECK, figure, "objectives_unmatched", [place])
        elif is_reading_lost(reading, [place, *(a.block("description") for a in activities)]):
            yield not_checkable(CHECK, figure, "pages_unread", [place])
        else:
            group = f"activity_count:{figure.get('table')}"
            yield _compare(
                figure, len(activities), [], what="activities", severity="warning", group=group
            )


def _compare(figure: Record, listed: int, rows: list[Record], what: str, **rest: str) -> Check:
    stated = figure.get("value")
    if stated is None:
        return not_checkable(CHECK, figure, "count_unread", [figure.block("value")])
    text = printed(figure, "value")
    words = {"what": what, "subject": subject(figure), "declared": plain(stated)}
    return compared(
        CHECK,
        figure,
        stated == listed,
        [figure.block("value"), *map(_number_place, rows)],
        field="value",
        stated=text,
        expected=str(listed),
        difference=plain(stated - listed),
        words=words,
        **rest,
    )
