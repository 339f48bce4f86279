"""From whole tables and told rows to records: the one place that knows which reader fits which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from normalizers.amounts import infer_decimal_mark
from normalizers.budget import read_count
from normalizers.building import Building
from normalizers.dates import DateContext, edtf_bounds
from normalizers.metadata import Metadata, country_currency, read_metadata
from normalizers.readers import read_tables, understand_tables
from normalizers.text import clean
from normalizers.values import Context, Fields, read_field, read_text
from normalizers.words import vocabulary
from pipeline.model import Block, Document, Extract, Profile, Record, Table, Told, Value

_WITH_MONEY = ("activity", "stated_figure", "measure")


def normalize(document: Document, extract: Extract, profile: Profile) -> list[Record]:
    """The records of one document, in reading order, the document's own first."""
    metadata = read_metadata(document, extract, profile)
    building = Building(document.document_id, _context(document, extract, profile, metadata))
    _tell_commitments(building, extract.told)
    tables = understand_tables(document, extract, profile)
    unread = read_tables(building, tables, profile, extract.told)
    left = [header for table in unread for header in _headers(table)]
    _tell_milestones(building, extract.told)
    _tell_counts(building, extract.told)
    _tell_sections(building, extract.told)
    _add_furniture(building, extract.furniture)
    return [_document(document, metadata, building, left), *building.records]


def _context(document: Document, extract: Extract, profile: Profile, metadata: Metadata) -> Context:
    period = metadata.fields.get("period")
    start, end = edtf_bounds(str(period.value)) if period and period.value else (None, None)
    country = metadata.fields.get("country")
    texts = [block.text for block in (*document.prose, *_cells(document.tables))]
    return Context(
        currency=country_currency(str(country.value)) if country else None,
        decimal_mark=infer_decimal_mark(texts),
        dates=DateContext(start, end),
        vocabulary=vocabulary(texts) if document.media_type == "application/pdf" else frozenset(),
        misprints=profile.misprints,
    )


def _cells(tables: Iterable[Table]) -> Iterable[Block]:
    return (cell for table in tables for cell in table.cells)


def _headers(table: Table) -> list[tuple[str, Value]]:
    """The columns of a table that no reader takes: it stays in `cells`, and that is told."""
    names = [name for name in table.names if name is not None and clean(name.text)]
    if len(table.names) <= 2:  # a list of acronyms or contents: it has no columns to claim
        return []
    return [(f"printed:{clean(name.text)}", Value(clean(name.text), name)) for name in names]


def _document(
    document: Document, metadata: Metadata, building: Building, left: list[tuple[str, Value]]
) -> Record:
    fields = dict(metadata.fields)
    amounts = [one for one in building.records if one.kind in _WITH_MONEY]
    money = next((one.fields["currency"] for one in amounts if "currency" in one.fields), None)
    if money is not None:
        fields["currency"] = money
    return Record("document", document.document_id, document.document_id, fields,
                  (*metadata.others, *left), document.repairs)  # fmt: skip


def _fields(building: Building, told: Told, names: Iterable[str]) -> Fields:
    fields: Fields = {}
    for name in names:
        if name in told.fields:
            fields |= read_field(name, told.fields[name], building.context)
    return fields


def _tell_commitments(building: Building, told: Sequence[Told]) -> None:
    for one in told:
        if one.kind == "commitment":
            building.add("commitment", _fields(building, one, ("number", "title", "description")))


def _tell_milestones(building: Building, told: Sequence[Told]) -> None:
    """Milestones belong to the last commitment whose sheet or text began before them."""
    names = ("number", "description", "planned", "completion", "progress")
    for one in told:
        if one.kind == "milestone":
            place = one.fields["description"].position
            above = [r for r in building.of("commitment") if _begins(r) <= place]
            parent = above[-1].record_id if above else ""
            building.add("activity", _fields(building, one, names), parent_id=parent)


def _begins(record: Record) -> tuple[int, int, float, float]:
    places = [value.block.position for value in record.fields.values() if value.block is not None]
    return min(places, default=(0, 0, 0.0, 0.0))


def _tell_counts(building: Building, told: Sequence[Told]) -> None:
    for one in told:
        if one.kind != "count":
            continue
        noun = one.fields["noun"]
        text = read_text(noun, building.context).casefold()
        kind = {"compromisos": "commitment_count", "actividades": "activity_count"}
        fields: Fields = {
            "kind": Value(kind.get(text.split()[0], "other_count"), noun, "derived"),
            "scope": Value("document", noun, "derived"),
            "scope_label": Value(text, noun),
            "value": read_count(one.fields["value"]),
        }
        building.add("stated_figure", fields, others=_listed(one))


def _listed(told: Told) -> list[tuple[str, Value]]:
    """How many items the list after a declared count has."""
    block = told.fields.get("listed")
    if block is None:
        return []
    items = [item for item in block.text.split(";") if item.strip()]
    return [("listed", Value(len(items), block, "derived", "items parted by ;"))]


def _tell_sections(building: Building, told: Sequence[Told]) -> None:
    """The narrative in reading order: a section a heading, its paragraphs as its text."""
    for one in told:
        if one.kind == "section":
            first = next(iter(one.fields.values()))
            number = one.fields.get("number")
            depth = number.text.count(".") + 1 if number else 1
            fields: Fields = {"level": Value(depth, first, "derived")}
            fields |= {name: Value(block.text, block) for name, block in one.fields.items()}
            building.add("section", fields)


def _add_furniture(building: Building, lines: Sequence[Block]) -> None:
    """Running headers and footers in a last section of level 0: set apart, not lost."""
    if lines:
        text = Value("\n".join(clean(one.text) for one in lines), lines[0], reason="running lines")
        building.add("section", {"level": Value(0, lines[0], "derived"), "text": text})
