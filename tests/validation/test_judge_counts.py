"""Declared counts against lists, and numberings with gaps."""

from decimal import Decimal

import pytest
from small import DOCUMENT, activity, block, commitment, figure, owner, reading, verdicts

from pipeline.model import Record, Repair, Value
from pipeline.validation import validate
from pipeline.validation.counts import count_vs_list
from pipeline.validation.findings import finding_rows
from pipeline.validation.sequences import sequence_gap


def declared(told: object, kind: str = "commitment_count", **rest: object) -> Record:
    return figure(told, "document", line=3, kind=kind, **rest)


def numbered(*numbers: str) -> list[Record]:
    return [commitment(number, line) for line, number in enumerate(numbers, 10)]


def listed(told: int | None, text: str = "") -> Record:
    items = () if told is None else (("listed", Value(Decimal(told), block(text), "derived")),)
    return declared(9, "other_count", others=items)


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        ([declared(3), *numbered("1", "2", "3")], "pass"),
        ([declared(4), *numbered("1", "2", "3")], "fail"),
        ([declared(12), *numbered("4")], "not_checkable"),
        ([declared(12)], "not_checkable"),
        ([declared(Value(None, state="illegible")), *numbered("1", "2")], "not_checkable"),
        ([listed(9)], "pass"),
        ([listed(8)], "fail"),
        ([listed(None)], "not_checkable"),
        ([listed(8, "a) uno; b) dos; c) tres; d) x; e) x; f) x; g) x; h) x, e i) nueve")], "pass"),
        ([listed(8, "(1) uno; (2) dos; (3) tres")], "fail"),
        ([listed(8, "uno; dos; tres; 4; 5; 6; 7; ocho, y nueve")], "not_checkable"),
    ],
)
def test_a_declared_count(records: list[Record], verdict: str) -> None:
    assert verdicts(count_vs_list(reading(*records))) == [verdict]


def test_a_count_is_not_judged_on_half_a_document() -> None:
    lost = (Repair("page_failed", block("", 40)),)
    checks = list(count_vs_list(reading(declared(4), *numbered("1", "2"), repairs=lost)))
    assert [(c.verdict, c.reason) for c in checks] == [("not_checkable", "pages_unread")]


def test_a_cover_without_text_hides_no_commitment() -> None:
    cover = (Repair("no_text_layer", block("", 1)),)
    checks = count_vs_list(reading(declared(4), *numbered("1", "2"), repairs=cover))
    assert verdicts(checks) == ["fail"]


def budget_rows(*told: int) -> list[Record]:
    return [
        figure(
            each,
            "objective",
            f"c{at}",
            90 + at,
            kind="activity_count",
            table="general budget",
            scope_label=f"Objetivo {at}",
        )
        for at, each in enumerate(told)
    ]


def test_rows_that_count_something_else_are_one_finding_with_all_places() -> None:
    plan = [activity(f"a{at}", f"c{at}", description=f"Acción {at}") for at in range(3)]
    checks = validate([reading(*plan, *budget_rows(4, 1, 9))])
    (finding,) = finding_rows(checks)
    assert (finding["check"], finding["severity"]) == ("count.vs_list", "warning")
    assert (finding["stated"], finding["expected"]) == ("4; 9", "1; 1")
    assert str(finding["evidence"]).count('"line": 9') == 2
    assert "En 2 filas" in str(finding["message_es"])


def captions(*numbers: int) -> Record:
    return owner(
        tuple(("caption:cuadro", Value(n, block(f"CUADRO {n}", 100 + n))) for n in numbers)
    )


GAPS = [
    (numbered("1", "2", "4"), ["3"]),
    (numbered("4", "5", "6"), []),  # a part of a plan
    (numbered("19"), []),
    (numbered("1", "3", "7", "40"), []),  # not a numbering
    (numbered("3.1.1", "3.1.3", "3.2.1", "3.2.2"), ["3.1.2"]),
    (numbered("3.1.1", "3.3.1"), []),  # each parent has one
    ([captions(1, 2, 3, 4, 6)], ["5"]),
    ([captions(2, 3)], []),
    ([declared(4), *numbered("1", "3")], ["2", "4"]),
    ([declared(3), *numbered("2", "3")], ["1"]),
    ([declared(2), *numbered("7", "8")], []),
    (numbered("I", "Compromiso único"), []),
]


@pytest.mark.parametrize(("records", "missing"), GAPS)
def test_a_numbering(records: list[Record], missing: list[str]) -> None:
    checks = list(sequence_gap(reading(*records)))
    assert [check.expected for check in checks if check.verdict == "fail"] == missing


def test_a_numbering_that_begins_anew_under_each_axis() -> None:
    first, second = numbered("1", "2", "3"), numbered("1", "2", "4")
    told = [(record, axis) for axis, group in (("A", first), ("B", second)) for record in group]
    records = [commitment(record.get("number"), axis=axis) for record, axis in told]
    checks = list(sequence_gap(reading(*records)))
    assert [(c.verdict, c.expected) for c in checks] == [("pass", ""), ("fail", "3")]


def test_a_whole_numbering_is_a_comparison_that_passed() -> None:
    (check,) = sequence_gap(reading(*numbered("1", "2", "3")))
    assert (check.verdict, check.stated, check.record_id) == ("pass", "1–3", DOCUMENT)


def test_a_gap_where_pages_are_lost_is_not_checkable() -> None:
    lost = (Repair("missing_pages", block("", 11)),)
    (check,) = sequence_gap(reading(*numbered("1", "2", "4"), repairs=lost))
    assert (check.verdict, check.reason) == ("not_checkable", "pages_unread")


def test_a_gap_says_what_stands_around_it() -> None:
    told = [row["message_es"] for row in finding_rows(validate([reading(*GAPS[8][0])]))]
    assert any("compromiso 2 " in str(text) and "de 1 se pasa a 3" in str(text) for text in told)
    assert any("compromiso 4 " in str(text) and "termina en 3" in str(text) for text in told)
