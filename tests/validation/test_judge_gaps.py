"""What a profile requires, marks without a column, and what the reading repaired."""

import json

import pytest
from small import activity, block, commitment, owner, reading, tally, verdicts

from pipeline.model import Repair, Value
from pipeline.validation import validate
from pipeline.validation.capture import capture, unclaimed_columns
from pipeline.validation.findings import finding_rows
from pipeline.validation.levels import status_mark_unplaced
from pipeline.validation.required import required

NUMBER = ("activity.commitment_number",)


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        ([commitment("1"), activity("a1", "c1", description="Feria")], ["pass"]),
        ([activity("a1", description="Feria")], ["fail"]),
        ([commitment(None), activity("a1", "cNone", description="Feria")], ["fail"]),
        (
            [activity("a1", commitment_number=Value(None, state="not_applicable"))],
            ["not_checkable"],
        ),
        ([activity("a1", commitment_number="4")], ["pass"]),
        ([], []),
    ],
)
def test_a_required_identifier(records: list, verdict: list[str]) -> None:
    assert verdicts(required(reading(*records, required=NUMBER))) == verdict


def test_nothing_is_required_without_a_profile() -> None:
    assert not list(required(reading(activity("a1"))))


def test_records_that_lack_the_same_field_are_one_gap() -> None:
    rows = [activity(f"a{at}", description=f"Feria {at}", line=at) for at in (4, 5)]
    (finding,) = finding_rows(required(reading(*rows, required=NUMBER)))
    assert (finding["check"], finding["kind"]) == ("required.missing_identifier", "gap")
    assert "En 2 registros no se indica el número del compromiso" in str(finding["message_es"])


def test_a_required_field_that_is_no_identifier() -> None:
    checks = list(required(reading(owner(institution=None), required=("document.institution",))))
    assert [(check.check, check.verdict) for check in checks] == [("required.missing", "fail")]


def test_a_document_without_its_period() -> None:
    checks = list(required(reading(owner(cutoff_date=None), required=("document.cutoff_date",))))
    assert [(c.check, c.verdict) for c in checks] == [("required.missing_period", "fail")]


def test_a_mark_without_a_column_leaves_no_level() -> None:
    lost = Repair("mark_unplaced", block("X", 12))
    records = [
        commitment("1", completion=Value(None, lost.block, "illegible"), repairs=[lost]),
        commitment("2", completion="complete"),
        commitment("3", completion=Value(None, state="missing")),
        commitment("4"),
    ]
    checks = list(status_mark_unplaced(reading(*records)))
    assert verdicts(checks) == ["fail", "pass", "not_checkable"]
    (finding,) = finding_rows(validate([reading(*records)]))  # and no unreadable value beside it
    assert (finding["kind"], finding["severity"], finding["line"]) == ("capture", "error", 12)


KINDS = "row_shift split_cell label_carried missing_pages page_failed no_text_layer label_as_value"


@pytest.mark.parametrize("kind", [*KINDS.split(), "something_new"])
def test_each_repair_is_told_as_a_fault_of_the_reading(kind: str) -> None:
    row = activity("a1", description="Feria", repairs=[Repair(kind, block("Texto", 9))])
    (finding,) = finding_rows(capture(reading(row)))
    assert (finding["check"], finding["kind"], finding["line"]) == (f"capture.{kind}", "capture", 9)
    assert finding["message_es"] and finding["message_en"]


def test_a_page_count_that_falls_short_is_told_as_such() -> None:
    lost = Repair("missing_pages", block("", page=3), {"read": "3", "counted": "5"})
    (finding,) = finding_rows(capture(reading(repairs=(lost,))))
    assert "el archivo declara 5 y se leyeron 3" in str(finding["message_es"])


def test_a_label_carried_to_many_rows_is_one_finding() -> None:
    label = Repair("label_carried", block("Transparencia", 9))
    rows = [activity(f"a{at}", repairs=[label]) for at in range(3)]
    checks = list(capture(reading(*rows, repairs=(label,))))
    assert len(checks) == 4 and len(finding_rows(checks)) == 1


def test_rows_put_back_in_one_document_are_one_finding_with_all_their_places() -> None:
    rows = [activity(f"a{at}", repairs=[Repair("row_shift", block("x", at))]) for at in (1, 2)]
    (finding,) = finding_rows(capture(reading(*rows)))
    assert [place["line"] for place in json.loads(str(finding["evidence"]))] == [1, 2]


def test_labels_printed_late_are_a_finding_each() -> None:
    rows = [activity(f"a{at}", repairs=[Repair("label_carried", block("x", at))]) for at in (1, 2)]
    assert len(finding_rows(capture(reading(*rows)))) == 2


def test_a_text_that_no_parser_understood_is_told_once() -> None:
    unread = Value(None, block("7O%", 5), "illegible", "not a percentage")
    row = activity("a1", percent_complete=unread, description="Feria")
    told = tally(validate([reading(row)]))
    assert told["capture.unreadable_value", "fail"] == 1
    assert told["percent.range", "not_checkable"] == 1


def test_columns_that_no_field_claims_are_one_finding() -> None:
    spare = [(f"printed:{name}", Value("x", block("x"))) for name in ("Semáforo", "Visto bueno")]
    rows = [activity(f"a{at}", others=spare) for at in range(2)]
    (finding,) = finding_rows(unclaimed_columns(reading(*rows)))
    assert finding["severity"] == "info" and "«Semáforo»; «Visto bueno»" in str(
        finding["message_es"]
    )


def test_a_finding_of_many_columns_stays_short() -> None:
    long = "palabra " * 500
    spare = [(f"printed:Columna {at:03d}", Value(long, block(long, at))) for at in range(1, 200)]
    row = activity("a1", others=spare)
    checks = list(unclaimed_columns(reading(row)))
    (finding,) = finding_rows(checks)
    assert len(checks) == 199
    assert "199" in str(finding["message_es"])
    places = json.loads(str(finding["evidence"]))
    assert [place["line"] for place in places] == list(range(1, 13))
    assert all(len(str(value)) < 3000 for value in finding.values())
