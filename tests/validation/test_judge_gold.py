"""The checks on the gold records of the real reports, where these lie beside the project."""

from collections import Counter
from pathlib import Path

import pytest
from gold import read_gold
from small import tally

from pipeline.model import Check
from pipeline.validation import validate
from pipeline.validation.findings import finding_rows


def judge(shared_reports: Path, number: str, other: int = 0) -> list[Check]:
    return validate([read_gold(shared_reports / "gold" / f"{number}.json", other)])


def failures(checks: list[Check], name: str) -> list[Check]:
    return [check for check in checks if check.check == name and check.verdict == "fail"]


def test_an_overdue_and_delayed_milestone(shared_reports: Path) -> None:
    found = Counter(row["check"] for row in finding_rows(judge(shared_reports, "000")))
    assert found == {"date.delay": 1, "date.overdue_incomplete": 1}


def test_a_plan_that_declares_more_than_it_lists(shared_reports: Path) -> None:
    checks = judge(shared_reports, "001")
    assert [c.difference for c in failures(checks, "count.vs_list")] == ["2"]
    assert [c.expected for c in failures(checks, "sequence.gap")] == ["6", "12"]
    assert len(finding_rows(checks)) == 3


def test_a_self_assessment_without_faults_in_these_fields(shared_reports: Path) -> None:
    assert not finding_rows(judge(shared_reports, "002"))


@pytest.mark.parametrize("other", [0, 1])
def test_a_plan_whose_sums_all_add_up(shared_reports: Path, other: int) -> None:
    checks = judge(shared_reports, "003", other)
    told = tally(checks)
    assert not [key for key in told if key[0].startswith("sum.") and key[1] == "fail"]
    assert told["sum.subtotal", "pass"] == 10 and told["sum.total", "pass"] == 3
    assert told["sum.grand_total", "pass"] == 1
    assert told["sum.cross_table", "pass"] == (24 if other else 21)
    (finding,) = finding_rows(checks)
    assert len(failures(checks, "count.vs_list")) == 7
    assert (finding["check"], finding["severity"]) == ("count.vs_list", "warning")


def test_a_follow_up_with_two_percentages_that_its_rows_contradict(shared_reports: Path) -> None:
    checks = judge(shared_reports, "004")
    ratios = [check for check in checks if check.check == "ratio.vs_percent"]
    assert [(c.stated, c.expected) for c in failures(ratios, "ratio.vs_percent")] == [
        ("60 %", "40 %"),
        ("55 %", "50 %"),
    ]
    passed = [check.stated for check in ratios if check.verdict == "pass"]
    assert passed == ["67 %", "100 %", "72 %", "100 %"]
    assert len(failures(checks, "duplicate.contradictory")) == 1
    assert len(failures(checks, "duplicate.consistent")) == 2
    assert len(failures(checks, "na.vs_progress")) == 2
    assert len(failures(checks, "period.unit")) == 1
    assert len(finding_rows(checks)) == 8
