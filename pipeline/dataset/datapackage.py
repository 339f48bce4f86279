"""`datapackage.json`: Data Package v2 with a Table Schema a table, in Spanish and English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.dataset.schema import SCHEMA, TYPES, Column, TableSchema

PROFILES = "https://datapackage.org/profiles/2.0"
PARQUET_TYPE = "application/vnd.apache.parquet"
CSV_ESCAPE = {
    "es": "En los CSV, un texto que una hoja de cálculo tomaría por fórmula lleva un apóstrofo "
    "delante: el que, tras cero o más apóstrofos, empieza con = + - @ (también ＝ ＋ － ＠), "
    "tabulador o salto de línea, y no es un simple número. Quitar ese apóstrofo devuelve el texto. "
    "Los Parquet llevan el texto tal cual.",
    "en": "In the CSV files a text that a spreadsheet could take for a formula has an apostrophe "
    "before it: one that, after any apostrophes, begins with = + - @ (also ＝ ＋ － ＠), a tab or "
    "a line break, and is no plain number. Taking that apostrophe away gives the text back. "
    "Parquet files hold the text as it is.",
}
TITLE = {
    "es": "Compromisos públicos, sus actividades y lo que no cuadra en sus informes",
    "en": "Public commitments, their activities, and what does not add up in their reports",
}


def describe_package(files: Mapping[str, Mapping[str, object]]) -> dict[str, Any]:
    """The descriptor of a version; `files` gives bytes and sha256 of each file by its name."""
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": "cuadra",
        **_told("title", TITLE),
        **_told("description", CSV_ESCAPE),
        "resources": [_resource(table, files) for table in SCHEMA.values()],
    }


def _told(name: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """A text for tools that know one language only, and each language by itself."""
    return {name: f"{texts['es']} / {texts['en']}", f"{name}s": dict(texts)}


def _resource(table: TableSchema, files: Mapping[str, Mapping[str, object]]) -> dict[str, Any]:
    parquet = {"path": f"{table.name}.parquet", "format": "parquet", "mediatype": PARQUET_TYPE}
    parquet |= _integrity(files[f"{table.name}.parquet"])
    told = {"name": table.name, "type": "table", **_told("description", _languages(table))}
    if table.parquet_only:
        return {**told, **parquet, "schema": table_schema(table)}
    return {**told, **_csv_file(table, files), "schema": table_schema(table), "parquet": parquet}


def _csv_file(table: TableSchema, files: Mapping[str, Mapping[str, object]]) -> dict[str, Any]:
    path = f"{table.name}.csv"
    return {
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"header": True, "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"'},
        **_integrity(files[path]),
    }


def _integrity(file: Mapping[str, object]) -> dict[str, Any]:
    return {"bytes": file["bytes"], "hash": f"sha256:{file['sha256']}"}


def _languages(declared: TableSchema | Column) -> dict[str, str]:
    return {"es": declared.es, "en": declared.en}


def table_schema(table: TableSchema) -> dict[str, Any]:
    """The Table Schema of a table: fields, keys, and the references to one other table."""
    schema: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(column, table) for column in table],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    keys = [_foreign_key(column, table) for column in table if len(column.references) == 1]
    return schema | ({"foreignKeys": keys} if keys else {})


def _field(column: Column, table: TableSchema) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": TYPES[column.type].table_schema,
        **_told("description", _languages(column)),
    }
    constraints = dict(_constraints(column, table))
    if constraints:
        field["constraints"] = constraints
    if len(column.references) > 1:  # Table Schema has no "one of these tables"
        field["references"] = [f"{to.table}.{to.column}" for to in column.references]
    return field


def _constraints(column: Column, table: TableSchema) -> Iterator[tuple[str, Any]]:
    if column.required or column.name in table.key:
        yield "required", True
    if table.key == (column.name,):
        yield "unique", True
    if column.enum:
        yield "enum", list(column.enum)
    if column.pattern:
        yield "pattern", f"^(?:{column.pattern})$"
    for name, limit in (("minimum", column.min), ("maximum", column.max)):
        if limit is not None:
            yield name, int(limit)


def _foreign_key(column: Column, table: TableSchema) -> dict[str, Any]:
    (to,) = column.references
    resource = "" if to.table == table.name else to.table  # "": this very table
    return {"fields": [column.name], "reference": {"resource": resource, "fields": [to.column]}}
