"""What the columns of a whole table mean: a plan's fields, a budget's lines, or nothing known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from normalizers.columns import Claim, claim_columns, lexicon
from normalizers.headers import name_parts
from normalizers.measures import (
    Measure,
    claim_line,
    claim_measure,
    is_formula,
    kind_about,
    part_of_row,
    part_of_year,
    settle_kinds,
    split_parts,
)
from normalizers.shapes import value_shape
from normalizers.text import clean
from pipeline.model import Profile, Table

_SHAPES = frozenset({"money", "number", "percent"})
_FIGURED = frozenset({"money", "number", "percent", "text"})  # "text": figures and dashes
_MOSTLY = 0.6
# What a budget says of a line; two of them in a table, or one beside months, make it a budget.
_OF_BUDGETS = frozenset({
    "approved", "adjustment", "modified", "committed", "accrued", "paid", "collected", "available",
    "difference",
})  # fmt: skip
# What is told of activities and not of lines of a budget.
_OF_PLANS = frozenset({
    "planned", "planned_start", "planned_end", "revised", "progress", "verification",
    "duration_months", "next_steps", "challenges", "resources", "results",
})  # fmt: skip
CODE = re.compile(r"[A-Z]{0,4}[\d_]{1,20}(?:[.\-/ ]{1,2}[A-Z0-9]{1,12}){0,12}\.?|[A-Z]{1,4}")
_ROW_LABELS = frozenset({"description", "commitment", "objective", "activity_count"})
_OF_SHEETS = frozenset({"other_actors_government", "other_actors_society"})  # no column's
_BY_GROUP = frozenset({"planned", "planned_end", "planned_start", "revised", "number"})
_TIMES = 2  # columns of a schedule, or of measures beside rows of time
_MONTHS = 4  # columns of months that make a grid
_SURE = 0.9
_PAIR = 2  # columns of a table of names and amounts
_BY_TITLE = 0.7  # how sure a kind is that only the title tells


@dataclass(frozen=True, slots=True)
class Columns:
    """Which field each column of a table means, and the columns nobody claims.

    Of a budget (`measures` and `labels` filled): what each column of amounts tells, which columns
    name the line, from the outermost, and which holds its code (-1: none). `period` is the column
    whose rows are parts of the year (-1: none): its measures are of the activity told before.
    """

    fields: Mapping[str, int]  # field -> column
    unclaimed: Mapping[str, int]  # printed header -> column
    measures: Mapping[int, Measure] = field(default_factory=dict)
    labels: tuple[int, ...] = ()
    code: int = -1
    period: int = -1
    claims: Mapping[int, Claim] = field(default_factory=dict)  # how sure each field is

    @property
    def is_ledger(self) -> bool:
        """Whether the table's rows are lines of a budget."""
        return bool(self.measures and self.labels)


def understand(table: Table, profile: Profile, about: str = "") -> Columns:
    """The columns of a table whose header is known; `about` is what stands over it."""
    if not any(table.names):
        return _headless(table, about)
    found = _fields(table, profile)
    measures = _measures(table, about)
    if (period := _period_column(table, measures)) >= 0:
        rest = {header: at for header, at in found.unclaimed.items() if at not in measures}
        return Columns({}, rest, measures, period=period)
    if _is_ledger(found.fields, measures, table):
        return _ledger(table, measures, profile)
    return replace(found, measures=_schedule(table, about))


def _schedule(table: Table, about: str) -> dict[int, Measure]:
    """The columns of months or quarters beside activities, whatever fills them."""
    timed: dict[int, Measure] = {}
    for at, name in enumerate(table.names):
        parts = name_parts(name)
        if parts and (part := part_of_year(own_name(parts))):
            group = claim_measure(parts[:-1]) if parts[:-1] else None
            kind = group.kind if group and group.kind else kind_about(about) or "scheduled"
            timed[at] = Measure(kind, part, _SURE, f"time {part}")
    return timed if len(timed) >= _TIMES else {}


def _period_column(table: Table, measures: Mapping[int, Measure]) -> int:
    """The column left of the measures whose rows are parts of the year; -1 where none is."""
    if len(measures) < _TIMES:
        return -1
    for at in range(min(measures)):
        unit = own_name(name_parts(table.names[at]))
        texts = [clean(cell.text) for row in table.rows[table.header_rows :]
                 if (cell := row[at]) is not None and clean(cell.text)]  # fmt: skip
        parts = sum(bool(part_of_row(text, unit)) for text in texts)
        if parts >= 2 and parts >= _MOSTLY * len(texts):
            return at
    return -1


def _fields(table: Table, profile: Profile) -> Columns:
    """The columns as fields of activities; a month or an ignored header is no unclaimed column."""
    headers = [clean(name.text) if name is not None else "" for name in table.names]
    ignored = {clean(one).casefold() for one in profile.ignore}
    claims = claim_columns(headers, table.shapes, profile)
    parts = [name_parts(name) for name in table.names]
    by_leaf = claim_columns([own_name(one) for one in parts], table.shapes, profile)
    by_leaf = _settle_twins(parts, by_leaf)
    fields: dict[str, int] = {}
    for at, (whole, leaf) in enumerate(zip(claims, by_leaf, strict=True)):
        # A group's name speaks only where its column's own is silent, and for one column.
        found = leaf or (None if _has_siblings(parts, at) else whole)
        if found is None or found.field in _OF_SHEETS or _contradicts(found, leaf, table, at):
            continue
        if found.field == "amount" and _is_of_schedule(parts, at):
            continue  # the total of the months beside it
        if found.field not in fields:
            fields[found.field] = at
    _add_responsible(fields)
    rest = {header: at for at, header in enumerate(headers)
            if header and at not in fields.values() and header.casefold() not in ignored
            and not part_of_year(own_name(parts[at]))}  # fmt: skip
    sure = {at: one for at in fields.values() if (one := by_leaf[at] or claims[at]) is not None}
    return Columns(fields, rest, claims=sure)


def _has_siblings(parts: Sequence[Sequence[str]], at: int) -> bool:
    """Whether other columns, named otherwise, stand in the same group."""
    group = parts[at][:-1]
    return bool(group) and any(one[:-1] == group and one != parts[at] for one in parts)


def _is_of_schedule(parts: Sequence[Sequence[str]], at: int) -> bool:
    """Whether months or quarters stand in the same group."""
    group = parts[at][:-1]
    timed = [one for one in parts if one and one[:-1] == group and part_of_year(own_name(one))]
    return bool(group) and len(timed) >= _TIMES


def _settle_twins(
    parts: Sequence[Sequence[str]], claims: Sequence[Claim | None]
) -> list[Claim | None]:
    """Of several columns with one name ("FECHA"), the one in the group of the description.

    None of them has the field where no group tells; they are kept as printed.
    """
    settled = list(claims)
    described = next((parts[at][:-1] for at, one in enumerate(claims)
                      if one and one.field == "description"), [])  # fmt: skip
    for at, one in enumerate(claims):
        twins = [to for to, other in enumerate(parts) if other[-1:] == parts[at][-1:]
                 and other != parts[at]]  # fmt: skip
        if one is None or one.field not in _BY_GROUP or len(twins) < 2:
            continue
        settled[at] = None
        own = [to for to in (at, *twins) if described and parts[to][:-1] == described]
        if len(own) == 1:
            settled[own[0]] = one
    return settled


def _contradicts(found: Claim, leaf: Claim | None, table: Table, column: int) -> bool:
    """Whether figures stand under a name that means words: "N° of activities without follow-up"."""
    if leaf is not None and leaf.score >= _SURE:
        return False
    wanted = lexicon()[found.field].shapes
    return (
        not wanted & _SHAPES and table.shapes[column] in _FIGURED and _tells_numbers(table, column)
    )


def own_name(parts: Sequence[str]) -> str:
    """The last part of a name that is no letter or formula of its column."""
    return next((part for part in reversed(parts) if not is_formula(part)), "".join(parts[-1:]))


def _add_responsible(fields: dict[str, int]) -> None:
    """In a table of activities, the institution or person named is who answers for them."""
    for name in ("lead_institution", "responsible_person"):
        if name in fields and "description" in fields and "responsible" not in fields:
            fields["responsible"] = fields.pop(name)


def _measures(table: Table, about: str) -> dict[int, Measure]:
    found: dict[int, Measure] = {}
    for at, name in enumerate(table.names):
        parts = name_parts(name)
        told = claim_measure(parts) if parts else None
        if told is None and parts and split_parts(parts[-1]):
            told = Measure(
                "", "+".join(split_parts(parts[-1])), 0.9, "several months in one column"
            )
        if told is not None and _tells_numbers(table, at):
            found[at] = told
    return settle_kinds(found, about)


def _tells_numbers(table: Table, column: int) -> bool:
    """Whether a column's cells are figures, or all blank: a form yet to be filled in."""
    shapes = column_shapes(table, column)
    figures = sum(shapes[one] for one in _SHAPES)
    return figures >= _MOSTLY * sum(shapes.values())


def column_shapes(table: Table, column: int) -> Counter[str]:
    """How many printed cells of a column's body look like what; several figures are figures."""
    cells = (row[column] for row in table.rows[table.header_rows :])
    texts = (clean(cell.text) for cell in cells if cell is not None)
    return Counter(_shape(text) for text in texts if text)


def _shape(text: str) -> str:
    words = text.split()
    each = {value_shape(word.strip("()$")) for word in words} if len(words) < 15 else {"text"}
    if each <= {*_SHAPES, ""}:
        return "money" if each & _SHAPES else "number"  # "-" is a figure, nil or not
    return value_shape(text)


def _is_ledger(fields: Mapping[str, int], measures: Mapping[int, Measure], table: Table) -> bool:
    kinds = [one.kind for one in measures.values() if one.kind in _OF_BUDGETS and not one.part]
    months = sum(bool(one.part) for one in measures.values())
    plan = _OF_PLANS & set(fields)
    if not any(column_shapes(table, at) for at in measures) or len(kinds) < 2 * len(plan):
        return False
    if len(kinds) >= 2 or (months >= _MONTHS and not plan) or (kinds and months):
        return True
    told = bool(kinds) or len(measures) >= 2
    return told and not _ROW_LABELS & set(fields) and _names_lines(table, min(measures))


def _headless(table: Table, about: str) -> Columns:
    """Names beside one column of amounts, under a title that tells what these are; else nothing."""
    width = len(table.rows[0]) if table.rows else 0
    kind = kind_about(about)
    if width != _PAIR or not kind or not _tells_money(table, width - 1):
        return Columns({}, {})
    if not column_shapes(table, 0)["text"]:
        return Columns({}, {})
    measure = Measure(kind, "", _BY_TITLE, "the title of the table")
    return Columns({}, {}, {width - 1: measure}, (0,))


def _tells_money(table: Table, column: int) -> bool:
    shapes = column_shapes(table, column)
    return bool(shapes["money"]) and shapes["money"] == sum(shapes.values())


def _names_lines(table: Table, first: int) -> bool:
    """Whether a header left of the first amount names lines of a budget."""
    return any(claim_line(own_name(name_parts(one)), "label") >= _SURE
               for one in table.names[:first] if one is not None)  # fmt: skip


def _ledger(table: Table, measures: Mapping[int, Measure], profile: Profile) -> Columns:
    first = min(measures)
    others = [at for at in range(len(table.names)) if at not in measures]
    words = [at for at in others if _has_text(table, at)]
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


def _has_text(table: Table, column: int) -> bool:
    return bool(column_shapes(table, column))


def _code_column(table: Table, columns: Sequence[int]) -> int:
    """The column of codes: by what its cells look like, its header where several do."""
    scored = {at: claim_line(own_name(name_parts(table.names[at])), "code") for at in columns
              if _holds_codes(table, at)}  # fmt: skip
    wordy = next((at for at in columns if column_shapes(table, at)["text"]), len(table.names))
    # Right of the names a column of numbers is a code only where its header says so.
    able = [at for at in scored if scored[at] >= _SURE or at < wordy]
    return max(able, key=lambda at: (scored[at], -at)) if len(columns) > 1 and able else -1


def _holds_codes(table: Table, column: int) -> bool:
    texts = [clean(cell.text) for row in table.rows[table.header_rows :]
             if (cell := row[column]) and clean(cell.text) and cell.column_span == 1]  # fmt: skip
    if not texts:
        return claim_line(own_name(name_parts(table.names[column])), "code") >= _SURE
    codes = sum(bool(CODE.fullmatch(text)) for text in texts)
    return codes >= _MOSTLY * max(1, len(texts))


def _label_columns(table: Table, columns: Sequence[int]) -> tuple[int, ...]:
    """The columns that name a line: the one whose header says so, with those under one header.

    Where several columns share a header, each holds a level of its own, the outermost first.
    """
    wordy = [at for at in columns if column_shapes(table, at)["text"]]
    if not wordy:
        named = [at for at, name in enumerate(table.names) if name is not None
                 and claim_line(own_name(name_parts(name)), "label") >= _SURE]  # fmt: skip
        return tuple((named or columns)[:1])
    scored = {at: claim_line(own_name(name_parts(table.names[at])), "label") for at in wordy}
    best = max(wordy, key=lambda at: (scored[at] >= _SURE, scored[at], -at))
    same = [
        at for at in wordy if table.names[at] is not None and table.names[at] == table.names[best]
    ]
    return tuple(same) or (best,)
