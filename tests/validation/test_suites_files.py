"""Suites of a user's own: what a file may hold, and that nothing else passes."""

import json

import pytest

from pipeline.check_report import load_sentences
from pipeline.messages import LANGUAGES, say
from pipeline.validation.suites.files import MAX_BYTES, MAX_EXPECTATIONS, BadSuite, read_suites
from pipeline.validation.suites.library import known_types

NULLS = {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "title"}}


def suite(*expectations, **more):
    return {"name": "commitments", "expectations": list(expectations)} | more


def expect(kind, meta=None, **kwargs):
    return {"type": kind, "kwargs": kwargs, "meta": meta or {}}


def written(folder, content):
    path = folder / "mine.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("content", "table"),
    [
        (suite(NULLS), "commitments"),
        (suite(NULLS, name="mine", meta={"table": "activities"}), "activities"),
        (suite(NULLS | {"meta": {"table": "documents"}}), "documents"),
        ([suite(NULLS)], "commitments"),
        (  # as versions before 1.0 wrote them
            {
                "expectation_suite_name": "commitments",
                "expectations": [{"expectation_type": NULLS["type"], "kwargs": NULLS["kwargs"]}],
            },
            "commitments",
        ),
    ],
)
def test_the_table_is_told_by_the_name_or_by_meta(tmp_path, content, table):
    (wanted,) = read_suites(written(tmp_path, content))
    assert (wanted.table, wanted.kind) == (table, NULLS["type"])
    assert wanted.severity == "error"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "not_json"),
        ("[" * 100_000, "not_json"),
        ('{"name": NaN}', "not_json"),
        (" " * (MAX_BYTES + 1), "too_large"),
        ("7", "not_a_suite"),
        ([], "not_a_suite"),
        ({"name": "commitments"}, "not_a_suite"),
        (suite("a"), "not_a_suite"),
        (suite(NULLS | {"kwargs": ["title"]}), "not_a_suite"),
        (suite(*[NULLS] * (MAX_EXPECTATIONS + 1)), "too_many"),
        (suite(NULLS, name="mine"), "no_table"),
        (suite(NULLS, meta={"table": "../documents"}), "no_table"),
        (suite(expect("expect_everything")), "unknown_type"),
        (suite(expect("Expectation")), "unknown_type"),
        (suite(expect("__import__")), "unknown_type"),
        (suite(expect("expect_column_to_exist", column="a", code="1")), "bad_arguments"),
        (suite(expect("expect_column_values_to_be_between", column="a")), "bad_arguments"),
        (suite(NULLS | {"severity": "fatal"}), "bad_arguments"),
        (suite(NULLS | {"severity": ["info"]}), "bad_arguments"),
        (
            suite(
                expect(
                    NULLS["type"],
                    column="title",
                    row_condition="@pd.io.common.os.system('true') == 0",
                    condition_parser="pandas",
                )
            ),
            "condition",
        ),
        (
            suite(
                expect(
                    "expect_column_values_to_be_in_set",
                    column="title",
                    value_set={"$PARAMETER": "now()"},
                )
            ),
            "parameter",
        ),
        (
            suite(
                expect(
                    "expect_column_values_to_match_json_schema",
                    column="title",
                    json_schema={"items": [{"$ref": "http://example.org/schema"}]},
                )
            ),
            "remote_schema",
        ),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(tmp_path, content, reason):
    with pytest.raises(BadSuite) as caught:
        read_suites(written(tmp_path, content))
    assert caught.value.reason == reason
    for lang in LANGUAGES:
        assert reason in say(lang, f"suite.{reason}", path="mine.json", **caught.value.words)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(BadSuite, match="unreadable"):
        read_suites(tmp_path / "no.json")


def test_every_expectation_has_its_sentence():
    sentences = load_sentences()
    assert {*known_types()} <= {*sentences}
    assert all(set(told) == set(LANGUAGES) for told in sentences.values())
