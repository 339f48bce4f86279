"""Readings into frames."""

import json
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import ModuleType

import pandas as pd
import pytest
from hand_made import CHECK, ID, make_activity, make_failed, make_reading

from pipeline.dataset.faults import NotPublished
from pipeline.dataset.frames import build_frames
from pipeline.dataset.schema import SCHEMA, arrow_schema
from pipeline.model import Block, Check, Value


def rows(frame):
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


@pytest.fixture(scope="module")
def frames():
    return build_frames([make_reading()], [])


def test_every_table_has_its_columns_and_types(frames):
    assert list(frames) == list(SCHEMA)
    for name, frame in frames.items():
        assert list(frame.columns) == list(SCHEMA[name].names)
        assert [dtype.pyarrow_dtype for dtype in frame.dtypes] == arrow_schema(SCHEMA[name]).types


def test_an_activity_keeps_exact_values(frames):
    (row,) = rows(frames["activities"])
    assert row["activity_id"] == f"{ID}-a001"
    assert row["commitment_id"] == f"{ID}-c001"
    assert row["ordinal"] == 1
    assert row["percent_complete"] == Decimal("72")
    assert row["percent_state"] == "reported"
    assert row["amount"] == Decimal("1500.50")
    assert row["planned_start"] == date(2020, 5, 1)
    assert row["planned_end"] is None


def test_a_document_row_joins_file_profile_and_record(frames):
    (row,) = rows(frames["documents"])
    assert row["document_id"] == ID
    assert row["profile"] == "integridad"
    assert row["title"] == "Plan de integridad de Valdeluna"
    assert row["country"] == "SV"
    assert row["status"] == "ok"
    assert row["error"] is None


def test_links_follow_what_the_parent_is(frames):
    assert rows(frames["stated_figures"])[0]["commitment_id"] == f"{ID}-c001"
    assert rows(frames["measures"])[0]["record_id"] == f"{ID}-a001"


def test_a_section_stands_where_it_is_printed(frames):
    (row,) = rows(frames["sections"])
    assert (row["ordinal"], row["level"], row["page"]) == (1, 1, 1)
    assert row["heading"] == "1. Presentación"


def test_a_value_printed_in_two_places_has_two_rows(frames):
    told = [row for row in rows(frames["values"]) if row["field"] == "description"]
    assert [(row["raw"], row["page"]) for row in told] == [
        ("Publicar el informe", 9),
        ("trimestral", 10),
    ]
    assert {row["value"] for row in told} == {"Publicar el informe trimestral"}


def test_a_value_keeps_its_place_state_and_print(frames):
    (row,) = [row for row in rows(frames["values"]) if row["field"] == "percent_complete"]
    assert row == {
        "record_id": f"{ID}-a001", "field": "percent_complete", "value": "72", "state": "reported",
        "reason": None, "raw": "72%", "page": 9, "line": None, "x0": 72.0, "top": 100.5,
        "x1": 144.25, "bottom": 112.0, "table": 1, "row": 2, "column": 2, "method": None,
        "confidence": 0.91, "rule": None,
    }  # fmt: skip


def test_other_statements_and_unclaimed_columns_are_values_too(frames):
    told = {(row["record_id"], row["field"]): row["value"] for row in rows(frames["values"])}
    assert told[ID, "period"] == "2019/2020"
    assert told[f"{ID}-a001", "printed:Observación"] == "ninguna"


def test_a_missing_value_has_a_place():
    empty = Value(None, Block("", page=9, table=1, row=2, column=2), "missing", "empty cell")
    frames = build_frames([make_reading(make_activity(percent_complete=empty))], [])
    assert rows(frames["activities"])[0]["percent_state"] == "missing"
    (row,) = [row for row in rows(frames["values"]) if row["field"] == "percent_complete"]
    assert (row["value"], row["state"], row["raw"], row["page"]) == (None, "missing", None, 9)


def test_a_number_that_does_not_fit_is_told_and_not_rounded():
    long = Value(Decimal("33.3333333"), Block("33.3333333 %", page=9))
    frames = build_frames([make_reading(make_activity(amount=long))], [])
    assert rows(frames["activities"])[0]["amount"] is None
    (row,) = [row for row in rows(frames["values"]) if row["field"] == "amount"]
    assert (row["value"], row["state"]) == ("33.3333333", "illegible")
    assert "decimal places" in row["reason"]


def test_a_value_of_a_wrong_type_publishes_nothing():
    wrong = Value(72.5, Block("72.5"))
    with pytest.raises(NotPublished, match="activities"):
        build_frames([make_reading(make_activity(amount=wrong))], [])


def test_cells_are_the_grid_without_what_spans_cover(frames):
    told = [(row["row"], row["column"], row["text"]) for row in rows(frames["cells"])]
    assert told == [(1, 1, "Actividad"), (1, 2, None), (2, 1, "Publicar")]


def test_a_failed_document_says_why_in_both_languages():
    frames = build_frames([make_failed()], [])
    (row,) = rows(frames["documents"])
    assert (row["status"], row["error"]) == ("failed", "encrypted")
    assert row["error_message"] and row["error_message_en"]
    assert row["error_message"] != row["error_message_en"]
    assert frames["commitments"].empty


def test_the_order_of_the_readings_does_not_matter():
    document = replace(make_reading().document, sha256="f" * 64, source="a.txt")
    first, second = make_reading(), replace(make_reading(), document=document, records=())
    one, other = build_frames([first, second], []), build_frames([second, first], [])
    for name in SCHEMA:
        pd.testing.assert_frame_equal(one[name], other[name])
    assert list(one["documents"]["source"]) == ["a.txt", "informes/valdeluna.pdf"]


def test_the_same_bytes_under_two_names_are_one_document():
    copies = [make_reading(source="b/copia.pdf"), make_reading(source="a/plan.pdf")]
    (row,) = rows(build_frames(copies, [])["documents"])
    assert row["source"] == "a/plan.pdf"
    assert json.loads(row["other_sources"]) == ["b/copia.pdf"]


def test_checks_stand_in_reading_order(monkeypatch):
    made = ModuleType("pipeline.validation.findings")
    later = CHECK | {"check_id": "k0", "record_id": f"{ID}-s001"}
    made.check_rows = lambda checks: [later, CHECK]
    made.finding_rows = lambda checks: []
    monkeypatch.setitem(sys.modules, "pipeline.validation.findings", made)
    frames = build_frames([make_reading()], [Check("sum.subtotal", ID, "fail")])
    assert list(frames["checks"]["check_id"]) == ["k1", "k0"]
    assert frames["findings"].empty
