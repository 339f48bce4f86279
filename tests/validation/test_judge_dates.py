"""Dates in order, overdue, delayed; two periods for one plan."""

import pytest
from small import activity, block, owner, reading, verdicts

from pipeline.model import Value
from pipeline.validation import validate
from pipeline.validation.dates import date_delay, date_overdue_incomplete
from pipeline.validation.findings import finding_rows
from pipeline.validation.periods import date_order, period_mismatch


@pytest.mark.parametrize(
    ("planned", "verdict"),
    [
        ("2020-01/2020-03", ["pass"]),
        ("2019-05/2019-05", ["pass"]),  # one month, not reversed
        ("2020-06-15/2020-06", ["pass"]),
        ("2016-11/2017-01", ["pass"]),
        ("2020-08/2020-06", ["fail"]),
        ("2020-08-02/2020-08-01", ["fail"]),
        ("2020-08/..", ["not_checkable"]),
        ("2020-09-14|2020-05-15", []),  # several deliveries, in any order
        ("2020-08", []),
    ],
)
def test_a_period_ends_after_it_starts(planned: str, verdict: list[str]) -> None:
    assert verdicts(date_order(reading(activity("a1", planned=planned)))) == verdict


OVERDUE = [
    # cut-off, planned, percent, verdict
    ("2020-08-31", "2020-05-15", 60, "fail"),
    ("2020-08-31", "2020-05-15", 0, "fail"),  # 0 % is a value
    ("2020-08-31", "2020-05-15", 100, "pass"),
    ("2020-08-31", "2020-12-31", 100, "pass"),  # early
    ("2020-08-31", "2020-12-31", 20, "pass"),
    ("2020-08-31", "2020-08-31", 20, "pass"),  # due on the very day
    ("2020-08-31", "2020-05-15|2020-09-14|2021-01-18", 67, "pass"),  # the last one decides
    ("2020-12-31", "2021-01-18", 0, "pass"),  # a closing task of January
    ("2020-05", "2019-05/2019-05", 0, "fail"),
    ("2020-05", "2020-05-10", 50, "not_checkable"),  # perhaps before, perhaps after
    ("2020-05", "2020-05-31", 50, "pass"),
    ("2020-08-31", "2020-05-15", Value(None, state="not_applicable"), "not_checkable"),
    ("2020-08-31", "2020-05-15", Value(None, state="missing"), "not_checkable"),
    ("", "2020-05-15", 60, "not_checkable"),
    ("2020-08-31", "2020-05/..", 60, "not_checkable"),
]


@pytest.mark.parametrize(("cutoff", "planned", "percent", "verdict"), OVERDUE)
def test_overdue_and_unfinished(cutoff: str, planned: str, percent: object, verdict: str) -> None:
    row = activity("a1", planned=planned, percent_complete=percent, revised="2022-01")
    checks = date_overdue_incomplete(reading(owner(cutoff_date=cutoff), row))
    assert verdicts(checks) == [verdict]


DELAYS = [
    ("2019-05/2019-05", "2020-06/2020-08", "fail", "P15M"),
    ("2020-05-15", "2020-06-14", "fail", "P30D"),
    ("2020-05-15", "2020-05-16", "fail", "P1D"),
    ("2020-01-31", "2020-02-29", "fail", "P1M"),
    ("2020-05-31", "2020-05", "pass", ""),
    ("2020-05", "2020-04-30", "pass", ""),
    ("2020-05-15", "2020-05", "not_checkable", ""),  # some day of that month
    ("2020-05-15", "2020-06/..", "not_checkable", ""),
]


@pytest.mark.parametrize(("planned", "revised", "verdict", "lapse"), DELAYS)
def test_a_delay(planned: str, revised: str, verdict: str, lapse: str) -> None:
    (check,) = date_delay(reading(activity("a1", planned=planned, revised=revised)))
    assert (check.verdict, check.difference) == (verdict, lapse)


def test_without_a_revised_date_there_is_no_delay_to_judge() -> None:
    assert not list(date_delay(reading(activity("a1", planned="2020-05"))))


def test_a_rescheduled_date_after_the_cut_off_is_a_forecast() -> None:
    row = activity("a1", description="Feria", planned="2020-01", revised="2020-12")
    told = [
        r["message_es"]
        for r in finding_rows(validate([reading(owner(cutoff_date="2020-08"), row)]))
    ]
    assert any("se prevé ahora para el 2020-12-31: 11 meses después" in str(text) for text in told)


def periods(*told: str) -> object:
    others = tuple(("period", Value(each, block(each, at))) for at, each in enumerate(told[1:], 2))
    return reading(owner(others, period=told[0]))


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        (("2023/2025",), []),
        (("2023/2025", "2023/2025"), ["pass"]),
        (("2020", "2020-01/2020-12"), ["pass"]),
        (("2023/2025", "2023/2024"), ["fail"]),
        (("2023/2025", "2023/.."), ["not_checkable"]),
        (("2017", "2015/2017"), ["not_checkable"]),  # one of its years
        (("2020", "2021"), ["fail"]),
    ],
)
def test_the_period_of_a_plan(told: tuple[str, ...], verdict: list[str]) -> None:
    assert verdicts(period_mismatch(periods(*told))) == verdict  # type: ignore[arg-type]


def test_all_other_periods_make_one_finding() -> None:
    rows = finding_rows(validate([periods("2023/2025", "2023/2024", "2022/2025", "2023/2025")]))  # type: ignore[list-item]
    (finding,) = [row for row in rows if row["check"] == "period.mismatch"]
    assert (
        finding["expected"] == "2022/2025; 2023/2024"
        or finding["expected"] == "2023/2024; 2022/2025"
    )
    assert str(finding["evidence"]).count('"text"') == 3
