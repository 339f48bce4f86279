"""Tying the rows of a budget to the activities of the plan: by commitment and objective."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from pipeline.model import Reading, Record
from pipeline.validation.words import best_label

PLAN_TABLES = frozenset({"", "plan"})

Tied = tuple[Record, list[Record] | None]


def tie_objectives(reading: Reading, kind: str) -> Iterator[Tied]:
    """Each figure of another table with the plan's activities of its objective.

    None instead of activities where a commitment's objectives do not match one to one: then nobody
    can say which row an activity counts in.
    """
    figures = [figure for figure in reading.of("stated_figure") if _tells_objective(figure, kind)]
    activities = reading.of("activity")
    if not figures:
        return
    frame = pd.DataFrame(
        {
            "at": range(len(figures)),
            "table": [figure.get("table") for figure in figures],
            "commitment": [figure.parent_id for figure in figures],
        }
    )
    tied: dict[int, list[Record] | None] = {}
    for (_, commitment), rows in frame.groupby(["table", "commitment"], sort=False)["at"]:
        own = [activity for activity in activities if activity.parent_id == commitment]
        tied |= _tie({int(at): figures[int(at)] for at in rows}, own if commitment else [])
    yield from ((figure, tied[at]) for at, figure in enumerate(figures))


def _tells_objective(figure: Record, kind: str) -> bool:
    is_elsewhere = (figure.get("table") or "") not in PLAN_TABLES
    return is_elsewhere and figure.get("kind") == kind and figure.get("scope") == "objective"


def _tie(figures: dict[int, Record], activities: list[Record]) -> dict[int, list[Record] | None]:
    """The activities of each figure of one commitment; None for all when one is left over."""
    nothing: dict[int, list[Record] | None] = dict.fromkeys(figures)
    if not activities:
        return nothing
    if len(figures) == 1:
        return dict.fromkeys(figures, activities)
    labels = [str(figure.get("scope_label") or "") for figure in figures.values()]
    tied: dict[int, list[Record]] = {at: [] for at in figures}
    for activity in activities:
        best = best_label(str(activity.get("objective") or ""), labels)
        if best is None:
            return nothing
        tied[list(figures)[best]].append(activity)
    return dict(tied) if all(tied.values()) else nothing
