"""The columns of a budget by line: which name the line, which holds its code, what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from normalizers.column_contents import (
    SURE,
    column_shapes,
    has_text,
    holds_codes,
    tells_money,
)
from normalizers.column_meanings import Columns
from normalizers.headers import name_parts, own_name
from normalizers.measures import Measure, claim_line, kind_about
from normalizers.text import clean
from pipeline.model import Profile, Table

# What a budget says of a line; two of them in a table, or one beside months, make it a budget.
_OF_BUDGETS = frozenset({
    "approved", "adjustment", "modified", "committed", "accrued", "paid", "collected", "available",
    "difference",
})  # fmt: skip
# What is told of activities and never of lines of a budget; and what is hardly ever.
_OF_PLANS = frozenset({
    "planned", "planned_start", "planned_end", "revised", "duration_months", "next_steps",
    "challenges",
})  # fmt: skip
_HARDLY = frozenset({"progress", "verification", "resources", "results"})
_ROW_LABELS = frozenset({"description", "commitment", "objective", "activity_count"})
_MONTHS = 4  # columns of months that make a grid
_PAIR = 2  # columns of a table of names and amounts
_BY_TITLE = 0.7  # how sure a kind is that only the title tells


def is_ledger(fields: Mapping[str, int], measures: Mapping[int, Measure], table: Table) -> bool:
    """Whether the rows are lines of a budget: what is told of them, and what is not."""
    kinds = [one.kind for one in measures.values() if one.kind in _OF_BUDGETS and not one.part]
    months = sum(bool(one.part) for one in measures.values())
    plan = _HARDLY & set(fields)
    if _OF_PLANS & set(fields) or len(kinds) < 2 * len(plan):
        return False
    if not any(column_shapes(table, at) for at in measures):
        return False
    if len(kinds) >= 2 or (months >= _MONTHS and not plan) or (kinds and months):
        return True
    told = bool(kinds) or len(measures) >= 2
    return told and not _ROW_LABELS & set(fields) and _names_lines(table, min(measures))


def read_headless(table: Table, about: str) -> Columns:
    """Names beside one column of amounts, under a title that tells what these are; else nothing."""
    width = len(table.rows[0]) if table.rows else 0
    kind = kind_about(about)
    if width != _PAIR or not kind or not tells_money(table, width - 1):
        return Columns({}, {})
    if not column_shapes(table, 0)["text"]:
        return Columns({}, {})
    measure = Measure(kind, "", _BY_TITLE, "the title of the table")
    return Columns({}, {}, {width - 1: measure}, (0,))


def _names_lines(table: Table, first: int) -> bool:
    """Whether a header left of the first amount names lines of a budget."""
    return any(claim_line(own_name(name_parts(one)), "label") >= SURE
               for one in table.names[:first] if one is not None)  # fmt: skip


def read_ledger(table: Table, measures: Mapping[int, Measure], profile: Profile) -> Columns:
    """The columns of a budget whose columns of amounts are known."""
    first = min(measures)
    others = [at for at in range(len(table.names)) if at not in measures]
    words = [at for at in others if has_text(table, at)]
    code = _code_column(table, [at for at in others if at < first])
    labels = _label_columns(table, [at for at in words if at != code])
    ignored = {clean(one).casefold() for one in profile.ignore}
    rest: dict[str, int] = {}
    for at, name in enumerate(table.names):
        header = clean(name.text) if name is not None else ""
        taken = at in measures or at in (*labels, code) or header.casefold() in ignored
        if header and not taken:
            rest.setdefault(header, at)
    return Columns({}, rest, measures, labels, code)


def _code_column(table: Table, columns: Sequence[int]) -> int:
    """The column of codes: by what its cells look like, its header where several do."""
    scored = {at: claim_line(own_name(name_parts(table.names[at])), "code") for at in columns
              if holds_codes(table, at)}  # fmt: skip
    wordy = next((at for at in columns if column_shapes(table, at)["text"]), len(table.names))
    # Right of the names a column of numbers is a code only where its header says so.
    able = [at for at in scored if scored[at] >= SURE or at < wordy]
    return max(able, key=lambda at: (scored[at], -at)) if len(columns) > 1 and able else -1


def _label_columns(table: Table, columns: Sequence[int]) -> tuple[int, ...]:
    """The columns that name a line: the one whose header says so, with those under one header.

    Where several columns share a header, each holds a level of its own, the outermost first.
    """
    wordy = [at for at in columns if column_shapes(table, at)["text"]]
    if not wordy:
        named = [at for at, name in enumerate(table.names) if name is not None
                 and claim_line(own_name(name_parts(name)), "label") >= SURE]  # fmt: skip
        return tuple((named or columns)[:1])
    scored = {at: claim_line(own_name(name_parts(table.names[at])), "label") for at in wordy}
    best = max(wordy, key=lambda at: (scored[at] >= SURE, scored[at], -at))
    same = [
        at for at in wordy if table.names[at] is not None and table.names[at] == table.names[best]
    ]
    return tuple(same) or (best,)
