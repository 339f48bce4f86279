"""The same activity or objective told in two tables of one document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from normalizers.text import clean, fold, key
from pipeline.model import Block, Check, Reading, Record, Table
from pipeline.validation.comparing import compared, not_checkable, subject
from pipeline.validation.objectives import PLAN_TABLES
from pipeline.validation.words import likeness, shorten

_RESPONSIBLE = re.compile(r"responsables?")
_ACTION = re.compile(r"accion(?:es)?(?: concretas?)?|actividad(?:es)?|acciones")
ALIKE = 90.0  # likeness of two tellings of one activity
SAME = 70.0  # likeness of two spellings of one office
NOWHERE = 60.0  # below this no objective of the plan can be meant


@dataclass(frozen=True, slots=True)
class Office:
    """Who answers for an activity in a table: both cells, and where the row stands."""

    action: Block
    responsible: Block
    row: int


def xtable_responsible(reading: Reading) -> Iterator[Check]:
    """Each activity of the plan names the office that another table names for it."""
    plan = {key(str(one.get("description"))): one for one in reading.of("activity")
            if one.get("responsible") and one.block("responsible")}  # fmt: skip
    if not plan:
        return
    blocks = [one.block("description") for one in plan.values()]
    own = {block.table for block in blocks if block is not None}
    for table in reading.document.tables:
        if table.number in own:
            continue
        pairs = []
        for told in _offices(table):
            action = key(clean(told.action.text))
            found = process.extractOne(action, list(plan), scorer=fuzz.ratio, score_cutoff=ALIKE)
            if found:
                pairs.append((plan[found[0]], told))
        yield from _compare_offices(table, pairs)


def _compare_offices(table: Table, pairs: list[tuple[Record, Office]]) -> Iterator[Check]:
    """Where each row names the office of the row before, the table is shifted: one finding."""
    differ = [not _is_office(record, told) for record, told in pairs]
    shifted = [
        at
        for at in range(1, len(pairs))
        if differ[at] and _is_office(pairs[at - 1][0], pairs[at][1])
    ]
    is_shift = len(shifted) > 1 and len(shifted) >= sum(differ) - 1
    for at, (record, told) in enumerate(pairs):
        yield compared(
            "xtable.responsible",
            record,
            not differ[at],
            [told.responsible, record.block("responsible")],
            field="responsible",
            stated=shorten(clean(told.responsible.text)),
            expected=shorten(str(record.get("responsible"))),
            words={"subject": subject(record), "shift": "row" if is_shift else ""},
            group=f"responsible:{table.number}" if differ[at] and is_shift else "",
        )


def _is_office(record: Record, told: Office) -> bool:
    return likeness(str(record.get("responsible")), clean(told.responsible.text)) >= SAME


def _offices(table: Table) -> Iterator[Office]:
    """The rows of a table that has a column of actions and one of responsible offices."""
    places: dict[str, int] = {}
    for at, row in enumerate(table.rows):
        names = {
            column: fold(clean(cell.text)).strip(" :.") for column, cell in enumerate(row) if cell
        }
        heads = {
            what: column
            for what, pattern in (("action", _ACTION), ("responsible", _RESPONSIBLE))
            for column, name in names.items()
            if pattern.fullmatch(name)
        }
        if len(heads) == 2:
            places = heads
        elif places:
            cells = [row[places[what]] for what in ("action", "responsible")]
            if all(cell is not None and cell.text.strip() for cell in cells):
                action, responsible = cells
                if action is not None and responsible is not None:
                    yield Office(action, responsible, at)


def xtable_objective_missing(reading: Reading) -> Iterator[Check]:
    """Each objective of a budget's row is one of the plan's, under the same commitment."""
    activities = reading.of("activity")
    for figure in reading.of("stated_figure"):
        is_row = figure.get("kind") == "amount" and figure.get("scope") == "objective"
        if (
            not is_row
            or (figure.get("table") or "") in PLAN_TABLES
            or not figure.get("scope_label")
        ):
            continue
        own = {
            str(one.get("objective")) for one in activities
            if one.get("objective") and figure.parent_id and one.parent_id == figure.parent_id
        }  # fmt: skip
        blocks = [figure.block("scope_label") or figure.block("value")]
        label = str(figure.get("scope_label"))
        if not own:
            yield not_checkable("xtable.objective_missing", figure, "objectives_unmatched", blocks)
            continue
        best = max(own, key=lambda one: likeness(label, one))
        yield _compare_objective(figure, label, best, blocks)


def _compare_objective(figure: Record, label: str, best: str, blocks: list[Block | None]) -> Check:
    score = likeness(label, best)
    facts = {"field": "scope_label", "stated": shorten(label), "expected": shorten(best)}
    if NOWHERE <= score < ALIKE - 10:
        return not_checkable("xtable.objective_missing", figure, "objectives_unmatched", blocks,
                             **facts)  # fmt: skip
    words = {"subject": shorten(label, 120)}
    return compared(
        "xtable.objective_missing", figure, score >= NOWHERE, blocks, words=words, **facts
    )
