"""Frames into files."""

import csv

import pyarrow.parquet as pq
import pytest
from hand_made import make_activity, make_reading
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dataset.frames import build_frames
from pipeline.dataset.schema import SCHEMA
from pipeline.dataset.write import to_arrow, write_csv, write_parquet
from pipeline.model import Block, Value
from pipeline.spreadsheet import neutralize, restore


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+SUM(A1)", "'+SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("@cmd", "'@cmd"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("- Publicar el informe", "'- Publicar el informe"),
        ("-4.60", "-4.60"),
        ("+7", "+7"),
        ("'hola'", "'hola'"),
        ("Publicar", "Publicar"),
    ],
)
def test_formulas_are_neutralized_and_restored(text, cell):
    assert neutralize(text) == cell
    assert restore(cell) == text


@given(st.text(alphabet="'=+-@\t\r\n1.5aé＝", max_size=8))
def test_neutralizing_is_reversible(text):
    assert restore(neutralize(text)) == text
    assert neutralize(text)[:1] not in {"=", "@", "\t", "\r", "\n"}


@pytest.fixture
def activities():
    risky = Value('=HYPERLINK("http://x")\rotra', Block("="))
    frame = build_frames([make_reading(make_activity(objective=risky))], [])["activities"]
    return to_arrow(frame, SCHEMA["activities"])


def test_csv_has_header_nulls_decimals_and_safe_texts(activities, tmp_path):
    write_csv(activities, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert list(row) == list(SCHEMA["activities"].names)
    assert row["objective"] == '\'=HYPERLINK("http://x")\rotra'
    assert row["amount"] == "1500.5"
    assert row["percent_complete"] == "72"
    assert row["planned_start"] == "2020-05-01"
    assert row["planned_end"] == ""
    assert (tmp_path / "a.csv").read_bytes().endswith(b"\r\n")


def test_parquet_holds_the_text_as_it_is_and_no_pandas_metadata(activities, tmp_path):
    write_parquet(activities, tmp_path / "a.parquet")
    read = pq.read_table(tmp_path / "a.parquet")
    assert read["objective"].to_pylist() == ['=HYPERLINK("http://x")\rotra']
    assert str(read.schema.field("amount").type) == "decimal128(38, 6)"
    assert str(read.schema.field("planned_start").type) == "date32[day]"
    assert read.schema.metadata is None
    assert (
        pq.ParquetFile(tmp_path / "a.parquet").metadata.row_group(0).column(0).compression == "ZSTD"
    )


def test_the_same_rows_give_the_same_bytes(activities, tmp_path):
    for name in ("one", "two"):
        write_parquet(activities, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
