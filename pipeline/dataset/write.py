"""A frame into files: Parquet and CSV, the same bytes for the same rows."""

# pyarrow is partly typed: what it exports is not seen.
# mypy: disable-error-code="name-defined, attr-defined, no-untyped-call"

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.dataset.convert import tell_decimal
from pipeline.dataset.schema import TableSchema, arrow_schema
from pipeline.spreadsheet import neutralize

ROWS_A_GROUP = 100_000


def to_arrow(frame: pd.DataFrame, table: TableSchema) -> pa.Table:
    """The frame in the declared schema, without the metadata that pandas adds."""
    whole = pa.Table.from_pandas(
        frame[list(table.names)], schema=arrow_schema(table), preserve_index=False
    )
    return whole.cast(arrow_schema(table)).replace_schema_metadata(None)


def write_parquet(data: pa.Table, path: Path) -> None:
    """Parquet with zstd; its bytes depend on the rows and on the version of pyarrow only."""
    pq.write_table(data, path, compression="zstd", compression_level=9, row_group_size=ROWS_A_GROUP)


def write_csv(data: pa.Table, path: Path) -> None:
    r"""CSV as RFC 4180: UTF-8, comma, header, CRLF, empty = null, texts safe in a spreadsheet.

    CRLF, because with it csv quotes both `\r` and `\n` inside a text in every version of Python.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(data.column_names)
        writer.writerows(_csv_rows(data))


def _csv_rows(data: pa.Table) -> Iterator[tuple[object, ...]]:
    for batch in data.to_batches(max_chunksize=ROWS_A_GROUP):
        columns = (map(_csv_cell, column.to_pylist()) for column in batch.columns)
        yield from zip(*columns, strict=True)


def _csv_cell(value: object) -> object:
    if isinstance(value, str):
        return neutralize(value)
    return tell_decimal(value) if isinstance(value, Decimal) else value
