"""The structural suites: what breaks them, and that nothing passes unseen."""

import os

import pandas as pd
import pytest
from suite_frames import ID, ROWS, make_frames

from pipeline.dataset.frames import make_frame
from pipeline.dataset.schema import SCHEMA
from pipeline.validation.suites import (
    checks_suite,
    preload,
    structural_failures,
    validate_frames,
)


def altered(table, **fields):
    """The table's rows, the first one altered."""
    first, *rest = ROWS[table]
    return {table: [first | fields, *rest]}


def broken(frames):
    return {
        (failure.table, failure.rule, *failure.columns) for failure in structural_failures(frames)
    }


def test_sound_frames_pass():
    assert structural_failures(make_frames()) == []


@pytest.mark.parametrize(
    ("table", "fields", "rule", "column"),
    [
        ("documents", {"status": "done"}, "be_in_set", "status"),
        ("documents", {"document_id": "X"}, "match_regex", "document_id"),
        ("documents", {"currency": "$"}, "match_regex", "currency"),
        ("documents", {"period": "mayo"}, "match_regex", "period"),
        ("documents", {"profile_score": 1.5}, "be_between", "profile_score"),
        ("activities", {"activity_id": "a2"}, "be_unique", "activity_id"),
        ("activities", {"ordinal": None}, "not_be_null", "ordinal"),
        ("activities", {"commitment_id": "c9"}, "be_null", "orphan:commitment_id"),
        ("values", {"record_id": "a9"}, "be_null", "orphan:record_id"),
        ("values", {"page": 0}, "be_between", "page"),
        ("checks", {"verdict": "maybe"}, "be_in_set", "verdict"),
        ("checks", {"document_id": "f" * 16}, "be_null", "orphan:document_id"),
        ("checks", {"stated": "", "expected": ""}, "be_null", "broken:fail_without_grounds"),
        ("checks", {"verdict": "not_checkable"}, "be_null", "broken:not_checkable_without_reason"),
        ("findings", {"check_id": "k9"}, "be_null", "orphan:check_id"),
        ("findings", {"severity": "fatal"}, "be_in_set", "severity"),
    ],
)
def test_a_breach_is_a_failure(table, fields, rule, column):
    frames = make_frames(**altered(table, **fields))
    assert (table, f"expect_column_values_to_{rule}", column) in broken(frames)


def test_a_compound_key_given_twice_is_a_failure():
    (failure,) = structural_failures(make_frames(cells=ROWS["cells"] * 2))
    assert failure.rule == "expect_compound_columns_to_be_unique"
    assert failure.columns == ("document_id", "table", "row", "column")


def test_a_failure_names_the_row_and_nothing_else_of_it():
    change = altered("documents", status="Ana Pérez")
    (failure,) = structural_failures(make_frames(**change))
    assert (failure.unexpected, failure.rows) == (1, (ID,))
    assert "Ana" not in str(failure)


def test_a_missing_column_is_not_evaluable_and_a_failure():
    frames = make_frames()
    frames["activities"] = frames["activities"].drop(columns="percent_state")
    failures = {(told.rule, *told.columns[:1]): told for told in structural_failures(frames)}
    told = failures["expect_column_values_to_be_in_set", "percent_state"]
    assert told.unexpected is None
    assert "not evaluable" in str(told)
    assert ("expect_table_columns_to_match_ordered_list", "document_id") not in failures
    assert any(rule == "expect_table_columns_to_match_ordered_list" for rule, *_ in failures)


def test_a_missing_key_column_is_a_failure():
    frames = make_frames()
    frames["commitments"] = frames["commitments"].drop(columns="commitment_id")
    failed = {failure.table for failure in structural_failures(frames)}
    assert {"commitments", "activities", "checks"} <= failed


def test_a_column_of_another_type_is_a_failure():
    frames = make_frames()
    frames["activities"] = frames["activities"].assign(amount=1.5)
    assert ("activities", "column_type", "amount") in broken(frames)


def test_columns_in_another_order_are_a_failure():
    frames = make_frames()
    frames["measures"] = frames["measures"][list(reversed(SCHEMA["measures"].names))]
    (told,) = [rule for table, rule, *_ in broken(frames) if table == "measures"]
    assert told == "expect_table_columns_to_match_ordered_list"


def test_missing_and_undeclared_tables_are_failures():
    frames = make_frames() | {"extra": pd.DataFrame()}
    del frames["measures"]
    assert broken(frames) >= {("extra", "undeclared_table"), ("measures", "missing_table")}


def test_an_empty_table_is_told_as_not_evaluated():
    outcome = validate_frames(make_frames())
    suite = outcome.results["suites"]["measures"]
    assert suite["meta"]["rows"] == 0 and not suite["meta"]["evaluated"]
    assert {told["expectation_config"]["type"] for told in suite["results"]} == {
        "expect_table_columns_to_match_ordered_list",
        "expect_table_row_count_to_be_between",
    }


def test_no_documents_are_a_failure():
    frames = {name: frame.head(0) for name, frame in make_frames().items()}
    assert broken(frames) == {("documents", "expect_table_row_count_to_be_between")}


def test_results_are_the_same_every_time():
    assert validate_frames(make_frames()) == validate_frames(make_frames())


def test_the_suite_of_checks_alone():
    table = SCHEMA["checks"]
    assert checks_suite(make_frame(table, ROWS["checks"])) == []
    (row,) = ROWS["checks"]
    (failure,) = checks_suite(make_frame(table, [row | {"verdict": None}]))
    assert failure.columns == ("verdict",)
    (failure,) = checks_suite(make_frame(table, [row | {"stated": None, "expected": None}]))
    assert failure.rows == ("k1",)


def test_preloading_turns_analytics_off(monkeypatch):
    monkeypatch.setenv("GX_ANALYTICS_ENABLED", "True")
    thread = preload()
    thread.join()
    assert os.environ["GX_ANALYTICS_ENABLED"] == "False"
