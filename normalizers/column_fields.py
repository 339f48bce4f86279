"""The columns of a table as fields of activities: by name, by group, by what stands in them."""

from __future__ import annotations

from collections.abc import Sequence

from normalizers.column_contents import FIGURES, SURE, tells_numbers
from normalizers.column_meanings import Columns
from normalizers.columns import Claim, claim_columns, lexicon
from normalizers.headers import name_parts, own_name
from normalizers.measures import part_of_year
from normalizers.text import clean
from pipeline.model import Profile, Table

_FIGURED = frozenset({"money", "number", "percent", "text"})  # "text": figures and dashes
_OF_SHEETS = frozenset({"other_actors_government", "other_actors_society"})  # no column's
_BY_GROUP = frozenset({"planned", "planned_end", "planned_start", "revised", "number"})
_TIMED = 2  # columns of time that make a schedule


def read_fields(table: Table, profile: Profile) -> Columns:
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
    return bool(group) and len(timed) >= _TIMED


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
    if leaf is not None and leaf.score >= SURE:
        return False
    wanted = lexicon()[found.field].shapes
    return (
        not wanted & FIGURES and table.shapes[column] in _FIGURED and tells_numbers(table, column)
    )


def _add_responsible(fields: dict[str, int]) -> None:
    """In a table of activities, the institution or person named is who answers for them."""
    for name in ("lead_institution", "responsible_person"):
        if name in fields and "description" in fields and "responsible" not in fields:
            fields["responsible"] = fields.pop(name)
