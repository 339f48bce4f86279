"""Everything that was read and checked, as one frame a published table."""

# pyarrow is partly typed: what it exports is not seen.
# mypy: disable-error-code="name-defined, attr-defined, no-untyped-call"

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import pyarrow as pa

from pipeline.dataset.convert import Unfit, WrongType, convert
from pipeline.dataset.faults import NotPublished, SuiteFailure
from pipeline.dataset.rows import Row, reading_rows
from pipeline.dataset.schema import SCHEMA, Column, TableSchema, arrow_schema
from pipeline.model import Check, Reading


def build_frames(readings: Sequence[Reading], checks: Sequence[Check]) -> dict[str, pd.DataFrame]:
    """One frame a table of `SCHEMA`, in Arrow types, rows in an order that only content decides.

    Documents stand by source, everything else by document and in reading order. A document given
    twice (the same bytes under several names) is published once and keeps all its names.
    """
    ordered = _order(readings)
    parts: dict[str, list[pa.Table]] = {name: [] for name in SCHEMA}
    for reading, other_sources in ordered:
        for name, rows in reading_rows(reading, other_sources).items():
            parts[name].append(_arrow_table(SCHEMA[name], rows))
    judgements = _judgements(checks, _positions(ordered)) if checks else {}
    for name, rows in judgements.items():
        parts[name].append(_arrow_table(SCHEMA[name], rows))
    return {name: _frame(SCHEMA[name], tables) for name, tables in parts.items()}


def _order(readings: Sequence[Reading]) -> list[tuple[Reading, tuple[str, ...]]]:
    """The readings by source, each with the other names under which the same bytes were given."""
    sources: dict[str, list[str]] = {}
    first: dict[str, Reading] = {}
    for reading in sorted(readings, key=lambda reading: reading.document.source):
        identity = reading.document.document_id
        first.setdefault(identity, reading)
        names = sources.setdefault(identity, [])
        if reading.document.source not in names:
            names.append(reading.document.source)
    return [(reading, tuple(sources[identity][1:])) for identity, reading in first.items()]


def _positions(ordered: Iterable[tuple[Reading, object]]) -> dict[str, int]:
    """Where each document and record stands, over the whole dataset, from 0."""
    positions: dict[str, int] = {}
    for reading, _ in ordered:
        positions.setdefault(reading.document.document_id, len(positions))
        for record in reading.records:
            positions.setdefault(record.record_id, len(positions))
    return positions


def _judgements(checks: Sequence[Check], positions: Mapping[str, int]) -> dict[str, list[Row]]:
    from pipeline.validation.findings import check_rows, finding_rows

    def place(row: Row) -> tuple[int, int, str, str]:
        own = SCHEMA["findings" if "finding_id" in row else "checks"].key[0]
        document = positions.get(str(row["document_id"]), -1)
        record = positions.get(str(row["record_id"] or ""), -1)
        return document, record, str(row["check"]), str(row[own])

    return {
        "checks": sorted(check_rows(checks), key=place),
        "findings": sorted(finding_rows(checks), key=place),
    }


def _arrow_table(table: TableSchema, rows: Sequence[Row]) -> pa.Table:
    arrays = [_array(table, column, rows) for column in table]
    return pa.Table.from_arrays(arrays, schema=arrow_schema(table))


def _array(table: TableSchema, column: Column, rows: Sequence[Row]) -> pa.Array:
    name = column.name
    try:
        return pa.array([convert(row.get(name), column) for row in rows], type=column.arrow)
    except (WrongType, Unfit) as fault:
        detail = f"{type(fault).__name__}: {fault} in a column of {column.type}"
        raise NotPublished([SuiteFailure(table.name, "type", (name,), detail=detail)]) from fault


def make_frame(table: TableSchema, rows: Sequence[Row]) -> pd.DataFrame:
    """Rows as the frame of their table, in the declared types, or `NotPublished`."""
    return _frame(table, [_arrow_table(table, rows)])


def _frame(table: TableSchema, parts: Sequence[pa.Table]) -> pd.DataFrame:
    schema = arrow_schema(table)
    whole = pa.concat_tables(parts) if parts else schema.empty_table()
    frame: pd.DataFrame = whole.combine_chunks().to_pandas(types_mapper=pd.ArrowDtype)
    return frame
