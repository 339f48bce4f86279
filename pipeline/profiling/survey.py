"""What each printed header of one report is taken for, and by whom: the profile or the lexicon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from normalizers.columns import claim
from normalizers.headers import name_parts, own_name
from normalizers.labels import cell_at
from normalizers.measures import part_of_year
from normalizers.readers import Understood
from normalizers.shapes import value_shape
from normalizers.sheet import take_apart
from normalizers.text import clean, key
from pipeline.model import Block, Document, Profile, Table
from pipeline.profiling.sketch import is_header, sketch_values

By = Literal["profile", "lexicon", "ignored", "calendar", "budget", ""]  # "": unclaimed


@dataclass(frozen=True, slots=True)
class Column:
    """A printed header or label: the field it is taken for, how sure (0-1), and by whom.

    `name` is the part of the header that decided, to be declared in a profile; `forms` are what
    its cells look like, without their text.
    """

    header: str
    name: str
    field: str = ""
    by: By = ""
    score: float | None = None
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """One table or sheet: where it begins, the reader that takes it ("": none), its headers."""

    number: int
    page: int | None
    line: int | None
    reader: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """A regular expression by which a family is known, its weight, and whether the report shows it.

    `printed` is the text that it was made from.
    """

    sign: str
    weight: float
    seen: bool = True
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Lack:
    """A required field, and how many of the records that should have it do not."""

    entry: str
    missing: int
    total: int


@dataclass(frozen=True, slots=True)
class Survey:
    """One report as a profile reads it; of a failed one only the document.

    `profile` is what it was read by (the empty one: the generic path), `family` the name of the
    profile that recognizes it, "" when none does, and `score` the best that there was.
    """

    document: Document
    profile: Profile = field(default_factory=Profile)
    score: float = 0.0
    family: str = ""
    title: str = ""
    country: str = ""
    grids: tuple[Grid, ...] = ()
    signs: tuple[Sign, ...] = ()
    records: Mapping[str, int] = field(default_factory=dict)  # kind -> how many
    filled: tuple[str, ...] = ()  # "activity.description": told in every record of its kind
    lacks: tuple[Lack, ...] = ()


def survey_tables(
    tables: Sequence[Understood], readers: Sequence[str | None], profile: Profile
) -> tuple[Grid, ...]:
    """Every table with a header, or labels in a sheet, as it is understood."""
    grids = (_grid(one, reader or "", profile) for one, reader in zip(tables, readers, strict=True))
    return tuple(grid for grid in grids if grid.columns)


def _grid(one: Understood, reader: str, profile: Profile) -> Grid:
    first = next(one.table.cells, Block(""))
    told = _labels(one.table, profile) if reader == "sheet" else _columns(one, profile)
    columns = tuple(column for column in told if is_header(column.header))
    return Grid(one.table.number, first.page, first.line, reader, columns)


def _columns(one: Understood, profile: Profile) -> Iterator[Column]:
    """A column once for each name: twelve of the same name are one header."""
    seen: set[str] = set()
    for at, block in enumerate(one.table.names):
        header = clean(block.text) if block is not None else ""
        if header and header not in seen:
            seen.add(header)
            yield _column(one, at, header, profile)


def _column(one: Understood, at: int, header: str, profile: Profile) -> Column:
    parts = name_parts(one.table.names[at])
    leaf, forms = own_name(parts), sketch_values(_texts(one.table, at))
    by: By
    found = next((name for name, column in one.columns.fields.items() if column == at), "")
    if found:
        told = one.columns.claims.get(at)
        name = leaf if claim(leaf) is not None else header
        declared = _by(name, header, profile)
        return Column(header, name, found, declared, told.score if told else None, forms)
    if (measure := one.columns.measures.get(at)) is not None:
        told_as = " ".join(filter(None, (measure.kind, measure.part)))
        by = "budget" if one.columns.is_ledger or not measure.part else "calendar"
        return Column(header, leaf, told_as, by, measure.score, forms)
    if one.columns.is_ledger and at in (*one.columns.labels, one.columns.code):
        role = "code" if at == one.columns.code else "label"
        return Column(header, leaf, role, "budget", None, forms)
    if _is_ignored(header, profile):
        return Column(header, header, "", "ignored", None, forms)
    if part := part_of_year(leaf):
        return Column(header, leaf, part, "calendar", None, forms)
    return Column(header, leaf, forms=forms)


def _texts(table: Table, column: int) -> Iterator[str]:
    for row in range(table.header_rows, len(table.rows)):
        cell, from_above = cell_at(table, row, column)
        if cell is not None and not from_above:
            yield cell.text


def _labels(table: Table, profile: Profile) -> Iterator[Column]:
    sheet = take_apart(table, profile)
    for name, cells in sheet.cells.items():
        for label in dict.fromkeys(label for label, _ in cells):
            texts = [block.text for one, block in cells if one == label]
            told = claim(label, value_shape(texts[0]), profile)
            score = told.score if told and told.field == name else None
            by = _by(label, label, profile)
            yield Column(label, label, name, by, score, sketch_values(texts))
    for label in dict.fromkeys(label for label, _ in sheet.others):
        texts = [block.text for one, block in sheet.others if one == label]
        yield Column(label, label, forms=sketch_values(texts))
    labels = (clean(row[0].text) for row in table.rows if row[0] is not None)
    for label in dict.fromkeys(label for label in labels if _is_ignored(label, profile)):
        yield Column(label, label, "", "ignored")


def _by(name: str, header: str, profile: Profile) -> By:
    declared = {key(printed) for printed in profile.columns}
    return "profile" if declared & {key(name), key(header)} else "lexicon"


def _is_ignored(header: str, profile: Profile) -> bool:
    return header.casefold() in {clean(one).casefold() for one in profile.ignore}
