"""A published dataset held to the suites: ours, and a user's own."""

import json
import shutil
import time

import pandas as pd
import pytest
from great_expectations.core.expectation_validation_result import (
    expectationSuiteValidationResultSchema,
)
from suite_frames import make_frames

from pipeline.cli import run_cli
from pipeline.dataset.publish import publish
from pipeline.validation.dataset_check import check_dataset, fails_at, find_version

TOLD = {"inputs": {}, "code_version": "0", "configuration": {}}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("set")
    publish(make_frames(), folder, **TOLD)
    return folder


@pytest.fixture
def changed(dataset, tmp_path):
    """A copy of the version, to be damaged."""
    return shutil.copytree(find_version(dataset), tmp_path / "copy")


@pytest.fixture
def held(dataset, tmp_path):
    """Hold the dataset to expectations on a table; gives how each came out."""

    def hold(table, *expectations, seconds=None):
        path = tmp_path / "mine.json"
        told = [{"type": f"expect_{kind}", "kwargs": kwargs} for kind, kwargs in expectations]
        path.write_text(json.dumps({"name": table, "expectations": told}), encoding="utf-8")
        made = check_dataset(dataset, find_version(dataset), path, seconds)
        return {told.rule.removeprefix("expect_"): told for told in made.told}

    return hold


def outcomes(check, kind):
    return {
        (held.table, told.rule, told.verdict, told.reason)
        for held in check.held
        for told in held.told
        if held.kind == kind and told.verdict != "met"
    }


def test_our_suites_tell_what_had_nothing_to_judge_and_what_a_check_found(dataset):
    check = check_dataset(dataset, find_version(dataset))
    assert outcomes(check, "files") == set()
    structural = outcomes(check, "structural")
    assert ("budget_lines", "row_rules", "not_evaluable", "no_rows") in structural
    assert {verdict for _, _, verdict, _ in structural} == {"not_evaluable"}
    assert outcomes(check, "data") == {("checks", "check_passes", "failed", "")}
    (failed,) = [told for told in check.told if told.verdict == "failed"]
    assert (failed.arguments["check"], failed.rows, failed.severity) == (
        "sum.total",
        ("k1",),
        "error",
    )
    assert fails_at(check, "error") and not fails_at(check, "never")


def test_what_was_changed_after_publication_is_told(changed):
    frame = pd.read_parquet(changed / "activities.parquet")
    frame.drop(columns="ordinal").to_parquet(changed / "activities.parquet")
    (changed / "measures.parquet").write_bytes(b"PAR1")
    check = check_dataset(changed, find_version(changed))
    files = [told.arguments["file"] for told in check.told if told.rule == "file_as_written"
             and told.verdict == "failed"]  # fmt: skip
    assert files == ["activities.parquet", "measures.parquet"]
    structural = outcomes(check, "structural")
    assert ("measures", "table_exists", "not_evaluable", "no_table") in structural
    rule = "expect_column_values_to_not_be_null"
    assert ("activities", rule, "not_evaluable", "no_column") in structural
    assert ("activities", "column_type", "failed", "") in structural


def test_a_suite_of_the_users_own(held):
    told = held(
        "activities",
        ("column_values_to_be_in_set", {"column": "activity_id", "value_set": ["a1"]}),
        ("column_values_to_be_between", {"column": "ordinal", "min_value": 1, "max_value": 2}),
        ("column_values_to_be_unique", {"column": "nothing"}),
        ("column_mean_to_be_between", {"column": "activity_id", "max_value": 1}),
        ("column_sum_to_be_between", {"column": "amount", "min_value": 0, "max_value": 1}),
        ("table_row_count_to_equal", {"value": 7}),
        ("column_to_exist", {"column": "nothing"}),
        ("table_row_count_to_equal_other_table", {"other_table_name": "documents"}),
    )
    failed = told["column_values_to_be_in_set"]
    assert (failed.verdict, failed.unexpected, failed.rows) == ("failed", 1, ("a2",))
    assert told["column_values_to_be_between"].verdict == "met"
    assert told["table_row_count_to_equal"].observed == "2"
    assert told["column_to_exist"].verdict == "failed"
    reasons = {name: one.reason for name, one in told.items() if one.verdict == "not_evaluable"}
    assert reasons == {
        "column_values_to_be_unique": "no_column",
        "column_mean_to_be_between": "raised",
        "column_sum_to_be_between": "no_values",
        "table_row_count_to_equal_other_table": "needs_sql",
    }


def test_an_expectation_that_the_library_cannot_take_spoils_no_other(held):
    told = held(
        "activities",
        ("column_to_exist", {"column": "activity_id"}),
        (
            "column_kl_divergence_to_be_less_than",
            {"column": "ordinal", "partition_object": {"values": [1], "weights": [0.3]}},
        ),
        ("column_values_to_match_regex", {"column": "activity_id", "regex": "("}),
    )
    assert told["column_to_exist"].verdict == "met"
    assert told["column_kl_divergence_to_be_less_than"].reason == "raised"
    assert told["column_values_to_match_regex"].reason == "raised"


def test_an_empty_table_is_never_clean(held):
    told = held(
        "measures",
        ("column_values_to_be_unique", {"column": "measure_id"}),
        ("column_max_to_be_between", {"column": "value", "max_value": 1}),
        ("table_row_count_to_equal", {"value": 0}),
    )
    assert {name: one.reason for name, one in told.items() if one.verdict != "met"} == {
        "column_values_to_be_unique": "no_rows",
        "column_max_to_be_between": "no_rows",
    }


def test_an_expression_that_takes_for_ever_is_cut_short(held):
    started = time.monotonic()
    slow = {"column": "sha256", "regex": r"^(\w+\s?)*!$"}
    told = held("documents", ("column_values_to_match_regex", slow), seconds=0.5)
    assert time.monotonic() - started < 20
    assert told["column_values_to_match_regex"].reason == "too_slow"


def test_the_json_beside_a_version_is_great_expectations_own(dataset):
    text = (dataset / "current" / "validation.json").read_text(encoding="utf-8")
    for table, result in json.loads(text)["suites"].items():
        loaded = expectationSuiteValidationResultSchema.load(result)
        assert loaded["success"] and loaded["meta"]["table"] == table


@pytest.mark.parametrize(
    ("lang", "fail_on", "code", "sentences"),
    [
        ("es", "never", 0, ("NO SE CUMPLE", "No en 1 fila: a2", "No existe la columna: nada")),
        ("en", "error", 1, ("FAILED", "Not in 1 row: a2", "There is no column: nada")),
    ],
)
def test_the_command_tells_it_in_both_languages(
    dataset, tmp_path, capsys, lang, fail_on, code, sentences
):
    path = written(tmp_path)
    args = ["check", str(dataset), "--suite", str(path), "--fail-on", fail_on]
    assert run_cli(args, lang) == code
    text = capsys.readouterr().out
    assert all(sentence in text for sentence in sentences)


def written(folder):
    path = folder / "mine.json"
    expectations = [
        {
            "type": "expect_column_values_to_be_in_set",
            "kwargs": {"column": "activity_id", "value_set": ["a1"]},
        },
        {"type": "expect_column_values_to_be_unique", "kwargs": {"column": "nada"}},
    ]
    path.write_text(json.dumps({"name": "activities", "expectations": expectations}))
    return path


def test_the_command_gives_json(dataset, tmp_path, capsys):
    assert run_cli(["check", str(dataset), "--suite", str(written(tmp_path)), "--json"], "es") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["statistics"] == {"met": 0, "failed": 1, "not_evaluable": 1}
    (suite,) = told["suites"]
    assert suite["result"]["statistics"]["unsuccessful_expectations"] == 2


@pytest.mark.parametrize("extra", [[], ["otro.pdf"]])
def test_a_suite_needs_a_dataset_and_a_good_file(dataset, tmp_path, capsys, extra):
    bad = tmp_path / "bad.json"
    bad.write_text("{}")
    assert run_cli(["check", str(dataset), *extra, "--suite", str(bad)], "es") == 2
    assert run_cli(["check", str(tmp_path), "--suite", str(bad)], "es") == 2
    told = capsys.readouterr().err
    assert ("se revisa solo" if extra else "not_a_suite") in told
    assert "--suite revisa un conjunto" in told
