"""Checks and findings as rows; the catalogue's sentences."""

import json
import re

import pytest
from small import DOCUMENT, block

from pipeline.dataset.schema import SCHEMA
from pipeline.model import Check
from pipeline.validation import validate
from pipeline.validation.catalogue import describe_reason, load_catalogue
from pipeline.validation.findings import check_rows, finding_rows
from pipeline.validation.messages import write_message

PLACE = ["page", "line", "x0", "top", "x1", "bottom", "text"]


def check(**rest: object) -> Check:
    given = {"check": "percent.range", "document_id": DOCUMENT, "verdict": "fail", **rest}
    return Check(**given)  # type: ignore[arg-type]


def test_rows_have_the_published_columns() -> None:
    one = check(evidence=(block("120 %", page=3, bbox=(1.0, 2.0, 3.0, 4.0)),))
    assert list(check_rows([one])[0]) == list(SCHEMA["checks"].names)
    assert list(finding_rows([one])[0]) == list(SCHEMA["findings"].names)
    (place,) = json.loads(str(finding_rows([one])[0]["evidence"]))
    assert list(place) == PLACE and place["bottom"] == 4.0


def test_only_failures_are_findings() -> None:
    told = [check(verdict="pass"), check(verdict="not_checkable", reason="no_target"), check()]
    assert len(check_rows(told)) == 3 and len(finding_rows(told)) == 1


def test_identifiers_come_from_content_alone() -> None:
    told = [check(record_id=f"a{at}", stated=str(at)) for at in range(4)]
    forth, back = check_rows(told), check_rows(reversed(told))
    assert forth == back and len({row["check_id"] for row in forth}) == 4
    assert finding_rows(told) == finding_rows(reversed(told))


def test_equal_checks_keep_apart() -> None:
    assert len({row["check_id"] for row in check_rows([check(), check()])}) == 2


def test_a_group_takes_the_worst_severity_and_every_place() -> None:
    told = [
        check(group="g", severity=severity, evidence=(block("x", line), block("same", 1)))
        for severity, line in (("info", 4), ("error", 5), ("warning", 6))
    ]
    (finding,) = finding_rows(told)
    assert (finding["severity"], finding["line"]) == ("error", 4)
    assert [place["line"] for place in json.loads(str(finding["evidence"]))] == [4, 5, 6, 1]


def test_groups_of_two_checks_or_documents_stay_apart() -> None:
    told = [
        check(group="g"),
        check(group="g", check="date.order"),
        check(group="g", document_id="f"),
    ]
    assert len(finding_rows(told)) == 3


def test_nothing_read_is_nothing_judged() -> None:
    assert validate([]) == [] and check_rows([]) == [] and finding_rows([]) == []


ENTRIES = load_catalogue().checks


@pytest.mark.parametrize("name", ENTRIES)
def test_every_sentence_exists_in_both_languages_with_the_same_words(name: str) -> None:
    entry = ENTRIES[name]
    assert entry.kind in ("inconsistency", "capture", "gap")
    assert (entry.kind == "capture") == (
        name.startswith("capture.") or name == "status.mark_unplaced"
    )
    for told in (entry.title, entry.sentence, entry.advice, entry.many, entry.item):
        assert bool(told["es"]) == bool(told["en"])
        assert set(re.findall(r"{\w+}", told["es"])) == set(re.findall(r"{\w+}", told["en"]))
    assert entry.sentence["es"].endswith((".", "{cause}", "{shift}")) and entry.advice[
        "es"
    ].endswith(".")
    assert bool(entry.many["es"]) == bool(entry.item["es"])


@pytest.mark.parametrize("code", [*load_catalogue().phrases, *load_catalogue().reasons])
def test_every_phrase_exists_in_both_languages(code: str) -> None:
    told = {**load_catalogue().phrases, **load_catalogue().reasons}[code]
    assert set(told) == {"es", "en"} and all(told.values())


def test_a_text_in_braces_is_quoted_not_filled() -> None:
    one = check(words={"subject": "Plan {x} {0}"}, stated="120 %", expected="0–100 %")
    assert "«Plan {x} {0}»" in write_message([one], "es")


def test_a_sentence_says_where() -> None:
    pages = [check(group="g", evidence=(block("x", page=page),)) for page in (9, 12)]
    assert write_message(pages[:1], "es").startswith("Pág. 9. ")
    assert write_message(pages, "en").startswith("Pages 9, 12. ")
    assert write_message([check(evidence=(block("x", 31),))], "es").startswith("Línea 31. ")


def test_a_parsers_own_reason_stays_as_it_is() -> None:
    assert describe_reason("no_target", "en") == "the row does not tell how many were due"
    assert describe_reason("not a percentage", "es") == "not a percentage"
