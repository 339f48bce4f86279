"""Sums: what adds up in any way a table may mean passes; what does not names its likely cause."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import activity, figure, reading, value, verdicts

from pipeline.model import Reading, Record, Repair, Value
from pipeline.validation.causes import Addition, likely_cause, swaps
from pipeline.validation.cross_table import sum_cross_table
from pipeline.validation.money import as_printed, tolerance
from pipeline.validation.sums import sums


def lines(*amounts: object, parent: str = "c1", first: int = 1) -> list[Record]:
    return [
        activity(f"a{at}", parent, at, amount=amount) for at, amount in enumerate(amounts, first)
    ]


def subtotal(told: object, parent: str = "c1", line: int = 50, scope: str = "commitment") -> Record:
    return figure(told, scope, parent, line)


ADDS_UP = {
    "one subtotal": [*lines(50, 450, 500), subtotal(1000)],
    "the amount is printed in another spelling": [
        *lines(value("1350.00", text="$1350.00"), value("150.00", text="$ 150.00")),
        subtotal(value("1500.00", text="$1,500.00")),
    ],
    "two subtotals in one commitment": [
        *lines(50, 450),
        subtotal(500),
        *lines(150, 1350, first=3),
        subtotal(1500, line=51),
        figure(2000, "axis", line=52),
    ],
    "a subtotal of the commitment over those of its objectives": [
        *lines(50, 450),
        subtotal(500, scope="objective"),
        *lines(150, first=3),
        subtotal(150, scope="objective", line=51),
        subtotal(650, line=52),
    ],
    "a total of the line that is the total of the axis": [
        *lines(10),
        subtotal(10),
        *lines(20, parent="c2", first=2),
        subtotal(20, "c2", 51),
        figure(30, "axis", line=52),
    ],
    "a total of the axis that is only its last line's": [
        *lines(10),
        subtotal(10),
        *lines(20, parent="c2", first=2),
        subtotal(20, "c2", 51),
        figure(20, "axis", "c2", 52),
    ],
    "lines of another commitment without a subtotal above": [
        *lines(7, parent="c0"),
        *lines(10, 20, first=2),
        subtotal(30),
    ],
    "rounded to whole units": [*lines(10.4, 20.4), subtotal(31)],
    "rounded lines under an exact sum": [*lines(10, 21), subtotal(value("30.8", text="30.8"))],
}


@pytest.mark.parametrize("records", ADDS_UP.values(), ids=ADDS_UP)
def test_sums_that_add_up_are_never_flagged(records: list[Record]) -> None:
    checks = list(sums(reading(*records)))
    found = verdicts(checks)
    assert found and set(found) == {"pass"}
    assert not any(check.words for check in checks)


def test_a_subtotal_that_does_not_add_up_fails_once() -> None:
    wrong = [*lines(50, 450, 500), subtotal(value("1090.00", 50, "$1,090.00"))]
    (check,) = sums(reading(*wrong))
    assert (check.check, check.verdict, check.record_id) == ("sum.subtotal", "fail", "f50")
    assert (check.stated, check.expected, check.difference) == ("$1,090.00", "$1,000.00", "90.00")
    assert [place.line for place in check.evidence] == [50, 1, 2, 3]


def test_a_wrong_total_leaves_right_subtotals_alone() -> None:
    plan = [*lines(10), subtotal(10), *lines(20, first=2), subtotal(20, line=51)]
    checks = list(sums(reading(*plan, figure(35, "axis", line=52))))
    assert [(c.check, c.verdict) for c in checks] == [
        ("sum.subtotal", "pass"),
        ("sum.subtotal", "pass"),
        ("sum.total", "fail"),
    ]
    assert checks[-1].expected == "30"


def test_the_grand_total_of_a_budget_adds_its_own_rows() -> None:
    rows = [
        figure(told, "objective", line=at, table="general budget") for at, told in enumerate((5, 6))
    ]
    for told, verdict in ((11, "pass"), (12, "fail")):
        total = figure(told, "document", line=9, table="general budget")
        checks = list(sums(reading(*rows, total)))
        assert [(c.check, c.verdict) for c in checks] == [("sum.grand_total", verdict)]


NOT_CHECKABLE = {
    "no_rows_to_add": [subtotal(10)],
    "amount_unread": [*lines(5, Value(None, state="illegible")), subtotal(10)],
    "row_without_amount": [*lines(5, Value(None, state="missing")), subtotal(10)],
    "several_currencies": [
        activity("a1", amount=5, currency="USD"),
        activity("a2", amount=6, currency="EUR"),
        subtotal(12, ""),
    ],
}


@pytest.mark.parametrize(("reason", "records"), NOT_CHECKABLE.items())
def test_a_sum_in_doubt_says_why(reason: str, records: list[Record]) -> None:
    (check,) = sums(reading(*records))
    assert (check.verdict, check.reason) == ("not_checkable", reason)


def test_lost_pages_inside_a_sum_are_not_the_documents_fault() -> None:
    lost = Repair("missing_pages", subtotal(0, line=2).block("value"))  # type: ignore[arg-type]
    (check,) = sums(reading(*lines(5), subtotal(10), repairs=(lost,)))
    assert (check.verdict, check.reason) == ("not_checkable", "pages_unread")
    away = Repair("missing_pages", subtotal(0, line=99).block("value"))  # type: ignore[arg-type]
    assert verdicts(sums(reading(*lines(5), subtotal(10), repairs=(away,)))) == ["fail"]


amounts = st.integers(1, 10**7).map(lambda cents: Decimal(cents).scaleb(-2))


@given(st.lists(st.lists(amounts, min_size=1, max_size=4), min_size=1, max_size=4), amounts)
def test_any_plan_that_adds_up_passes_and_no_longer_when_its_total_moves(
    groups: list[list[Decimal]], more: Decimal
) -> None:
    records: list[Record] = []
    for at, group in enumerate(groups):
        records += [activity("a", f"c{at}", amount=Value(amount)) for amount in group]
        records.append(subtotal(Value(sum(group, Decimal(0))), f"c{at}"))
    total = sum((sum(group, Decimal(0)) for group in groups), Decimal(0))
    right, wrong = (figure(Value(told), "axis", "c-none") for told in (total, total + more))
    assert set(verdicts(sums(reading(*records, right)))) == {"pass"}
    assert verdicts(sums(reading(*records, wrong)), "sum.total") == ["fail"]


CAUSES = [
    (Addition(Decimal(1540), [Decimal(1000), Decimal(450)]), "digits_swapped", 1540),
    (Addition(Decimal(1504), [Decimal(1000), Decimal(450)]), None, 0),
    (Addition(Decimal(1000), [Decimal(700), Decimal(300), Decimal(45)]), "line_left_out", 45),
    (
        Addition(Decimal(145), [Decimal(100), Decimal(30), Decimal(15), Decimal(5), Decimal(-5)]),
        None,
        0,
    ),
    (Addition(Decimal(130), [Decimal(70), Decimal(30)]), "line_twice", 30),
    (Addition(Decimal(130), [Decimal(70), Decimal(30)], are_sums=True), "sum_twice", 30),
    (Addition(Decimal(200), [Decimal(70), Decimal(30)], are_sums=True), "counted_twice_over", 200),
    (
        Addition(Decimal(180), [Decimal(70), Decimal(30)], earlier=Decimal(80)),
        "subtotal_as_line",
        80,
    ),
    (Addition(Decimal(1000), [Decimal(70), Decimal(30)]), "separator", 1000),
    (Addition(Decimal(730), [Decimal(7), Decimal(30)]), "separator", 7),
]


@pytest.mark.parametrize(("addition", "cause", "culprit"), CAUSES)
def test_a_cause_is_named_only_when_the_digits_show_it(
    addition: Addition, cause: str | None, culprit: int
) -> None:
    found = likely_cause(addition) if addition.excess else None
    assert found == (None if cause is None else (cause, Decimal(culprit)))


def test_swaps_keep_the_decimals() -> None:
    assert swaps(Decimal("1.20")) == {Decimal("2.10"), Decimal("1.02")}


@pytest.mark.parametrize(
    ("amount", "model", "text"),
    [
        ("1000", "$ 1,090.00", "$ 1,000.00"),
        ("1000.5", "S/ 1.090,00", "S/ 1.000,50"),
        ("1000", "$1350.00", "$1000.00"),
        ("1000000", "12", "1,000,000"),
        ("1000", "", "1,000"),
    ],
)
def test_an_expected_amount_looks_like_the_stated_one(amount: str, model: str, text: str) -> None:
    assert as_printed(Decimal(amount), model) == text


def test_equal_decimals_leave_no_tolerance() -> None:
    assert tolerance(Decimal("10.00"), [Decimal("5.00"), Decimal("4.99")]) == 0


def budget(told: object, label: str, parent: str = "c1", line: int = 80) -> Record:
    return figure(told, "objective", parent, line, table="general budget", scope_label=label)


def plan_of(*objectives: tuple[str, object]) -> list[Record]:
    return [
        activity(f"a{at}", "c1", at, objective=text, amount=amount)
        for at, (text, amount) in enumerate(objectives)
    ]


PARKS, ROADS = "Recuperar los parques del centro", "Señalizar los caminos rurales"


def crossed(*records: Record) -> Reading:
    return reading(*plan_of((PARKS, 30), (PARKS, 20), (ROADS, 7)), *records)


def test_a_budget_row_equals_its_objectives_activities() -> None:
    cut = "Recuperar los parques"  # a label that a page break cut
    rows = [budget(50, cut), budget(7, ROADS, line=81)]
    assert verdicts(sum_cross_table(crossed(*rows))) == ["pass", "pass"]


def test_a_budget_row_that_differs_fails() -> None:
    checks = list(sum_cross_table(crossed(budget(60, PARKS), budget(7, ROADS, line=81))))
    assert [(c.verdict, c.stated, c.expected) for c in checks] == [
        ("fail", "60", "50"),
        ("pass", "7", "7"),
    ]


def test_objectives_that_do_not_match_one_to_one_are_not_compared() -> None:
    checks = list(sum_cross_table(crossed(budget(60, PARKS), budget(7, "Otra cosa muy distinta"))))
    assert {(c.verdict, c.reason) for c in checks} == {("not_checkable", "objectives_unmatched")}


@pytest.mark.parametrize(("told", "verdict"), [(30, "pass"), (31, "fail")])
def test_the_budgets_total_equals_the_axis_totals(told: int, verdict: str) -> None:
    axes = [figure(10, "axis", line=1), figure(20, "axis", line=2)]
    total = figure(told, "document", line=9, table="general budget")
    assert verdicts(sum_cross_table(reading(*axes, total))) == [verdict]
