"""The published tables, as `schema.toml` declares them: the one source of every other schema."""

# pyarrow is partly typed: what it exports is not seen.
# mypy: disable-error-code="name-defined, attr-defined, no-untyped-call"

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

Codelists = Mapping[str, list[str]]
DECLARATION = Path(__file__).with_name("schema.toml")
DECIMAL_DIGITS, DECIMAL_PLACES = 38, 6  # six places: Arrow prints more as 0E-10 when zero


@dataclass(frozen=True, slots=True)
class Type:
    """A column type in each of the worlds it is told to; limits that hold for all its columns."""

    arrow: pa.DataType
    table_schema: str  # the type of Table Schema (Data Package v2)
    pattern: str = ""
    min: Decimal | None = None
    max: Decimal | None = None


_DECIMAL = pa.decimal128(DECIMAL_DIGITS, DECIMAL_PLACES)
TYPES: Mapping[str, Type] = {
    "text": Type(pa.string(), "string"),
    "json": Type(pa.string(), "array"),
    "edtf": Type(pa.string(), "string", pattern=r"[0-9./?~%X|-]+"),
    "date": Type(pa.date32(), "date"),
    "integer": Type(pa.int64(), "integer"),
    "float": Type(pa.float64(), "number"),
    "decimal": Type(_DECIMAL, "number"),
    # Whether 150 % is right is for the checks to say; what is stored only has to be a percentage.
    "percent": Type(_DECIMAL, "number", min=Decimal(-100_000), max=Decimal(100_000)),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """The column of another table in which a value must stand."""

    table: str
    column: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type, what it may hold, and what it means (`es`, `en`)."""

    name: str
    type: str
    es: str
    en: str
    required: bool = False
    codelist: str = ""
    enum: tuple[str, ...] = ()
    pattern: str = ""
    min: Decimal | None = None
    max: Decimal | None = None
    references: tuple[Reference, ...] = ()

    @property
    def arrow(self) -> pa.DataType:
        """The type in Parquet and in the frames."""
        return TYPES[self.type].arrow


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One published table: its columns in order, its key, and the kind of record it holds."""

    name: str
    columns: Mapping[str, Column]  # in order
    es: str
    en: str
    key: tuple[str, ...] = ()
    record: str = ""
    parquet_only: bool = False
    min_rows: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names in order."""
        return tuple(self.columns)

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]

    def __contains__(self, name: str) -> bool:
        return name in self.columns

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns.values())


def _references(declared: str | list[str]) -> tuple[Reference, ...]:
    names = [declared] if isinstance(declared, str) else declared
    return tuple(Reference(*name.split(".")) for name in names)


def _limit(declared: int | None, default: Decimal | None) -> Decimal | None:
    return default if declared is None else Decimal(declared)


def _column(name: str, declared: Mapping[str, Any], codelists: Codelists) -> Column:
    given = dict(declared)
    kind = TYPES[given["type"]]
    return Column(
        name=name,
        enum=tuple(codelists[given["codelist"]] if "codelist" in given else ()),
        pattern=given.pop("pattern", kind.pattern),
        min=_limit(given.pop("min", None), kind.min),
        max=_limit(given.pop("max", None), kind.max),
        references=_references(given.pop("references", [])),
        **given,
    )


def _table(name: str, declared: Mapping[str, Any], codelists: Codelists) -> TableSchema:
    given = dict(declared)
    columns = given.pop("columns")
    return TableSchema(
        name=name,
        columns={column: _column(column, columns[column], codelists) for column in columns},
        key=tuple(given.pop("key", ())),
        **given,
    )


def load_schema(path: Path = DECLARATION) -> Mapping[str, TableSchema]:
    """Every published table by its name, in the order of the declaration."""
    declared = tomllib.loads(path.read_text(encoding="utf-8"))
    codelists = declared["codelists"]
    return {name: _table(name, table, codelists) for name, table in declared["tables"].items()}


def arrow_schema(table: TableSchema) -> pa.Schema:
    """The Parquet schema: types, and the descriptions in both languages beside each column."""
    return pa.schema(
        [
            pa.field(column.name, column.arrow, metadata={"es": column.es, "en": column.en})
            for column in table
        ]
    )


SCHEMA: Mapping[str, TableSchema] = load_schema()
TABLE_OF: Mapping[str, TableSchema] = {
    table.record: table for table in SCHEMA.values() if table.record
}
