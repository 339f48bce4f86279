"""The network of sums of a budget, inferred from its rows."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from small import DOCUMENT, reading

from pipeline.model import Block, Check, Reading, Record, Value
from pipeline.validation.columns import find_grids
from pipeline.validation.network import network
from pipeline.validation.relations import find_relations
from pipeline.validation.settings import default_settings

SETTINGS = default_settings()
NAMES = ("approved", "other", "modified", "accrued", "paid", "available")
ROWS = [  # code, approved, amendments, accrued; modified and available follow
    ("1", "600.50", "30.25", "300.20"),
    ("1.1", "400.25", "20.05", "210.10"),
    ("1.2", "200.25", "10.20", "90.10"),
    ("2", "950.00", "-40.00", "500.15"),
    ("2.1", "700.75", "-55.15", "350.05"),
    ("2.2", "249.25", "15.15", "150.10"),
    ("3", "121.65", "8.80", "60.45"),
    ("3.1", "71.40", "5.55", "40.25"),
    ("3.2", "50.25", "3.25", "20.20"),
]


def budget(changed: dict[tuple[str, str], str] | None = None, method: str = "ruled") -> Reading:
    """A budget by code, with cells changed: (code, column) -> amount; "" leaves one blank."""
    records: list[Record] = []
    ids = {code: f"b{at}" for at, (code, *_) in enumerate(ROWS)}
    for code, *told in ROWS:
        approved, amended, accrued = map(Decimal, told)
        modified = approved + amended
        amounts = (approved, amended, modified, accrued, accrued, modified - accrued)
        parent = ids.get(code.rpartition(".")[0], "")
        fields = {"code": Value(code), "label": Value(f"Partida {code}")}
        records.append(Record("budget_line", ids[code], DOCUMENT, fields, parent_id=parent))
        for column, (name, amount) in enumerate(zip(NAMES, amounts, strict=True), 3):
            text = (changed or {}).get((code, name), str(amount))
            records.append(_measure(ids[code], name, text, column, method))
    return reading(*records)


def _measure(parent: str, name: str, text: str, column: int, method: str) -> Record:
    block = Block(text, line=int(parent[1:]) + 2, method=method, table=1, column=column)
    value = Value(Decimal(text) if text else None, block)
    fields = {"kind": Value(name), "label": Value(name.capitalize()), "value": value}
    return Record("measure", f"m{parent}{column}", DOCUMENT, fields, parent_id=parent)


def judge(told: Reading) -> Counter[tuple[str, str]]:
    return Counter((check.check, check.verdict) for check in network(told, SETTINGS))


def failures(told: Reading) -> list[Check]:
    return [check for check in network(told, SETTINGS) if check.verdict == "fail"]


def test_a_budget_that_adds_up() -> None:
    told = judge(budget())
    assert told["sum.columns", "pass"] == 18 and told["sum.hierarchy", "pass"] == 18
    assert not [key for key in told if key[1] != "pass"]


def test_the_relations_are_told_in_the_tables_own_words() -> None:
    (grid,) = find_grids(budget())
    found = {(one.whole[0], *sorted(part[0] for part in one.parts))
             for one in find_relations(grid, SETTINGS)}  # fmt: skip
    assert found == {("modified", "approved", "other"), ("modified", "accrued", "available")}


@pytest.mark.parametrize(
    ("cell", "check"),
    [
        (("1.1", "approved"), "sum.columns"),
        (("2.2", "modified"), "sum.columns"),
        (("3.1", "available"), "sum.columns"),
        (("2", "accrued"), "sum.hierarchy"),  # what is paid bears the columns out better
        (("2.1", "paid"), "sum.hierarchy"),
    ],
)
def test_one_wrong_cell_is_one_finding(cell: tuple[str, str], check: str) -> None:
    (failed,) = failures(budget({cell: "9999.37"}))
    assert failed.check == check and "9999.37" in {block.text for block in failed.evidence}


def test_the_cause_is_named() -> None:
    (failed,) = failures(budget({("2.1", "approved"): "707.75"}))
    assert (
        failed.difference == "-7.00" and failed.words["relation"] == "Modified = Approved + Other"
    )
    (failed,) = failures(budget({("2.1", "modified"): "654.60"}))  # 645.60, two digits swapped
    assert failed.words["cause"] == "digits_swapped"


def test_a_blank_cell_accuses_nothing() -> None:
    assert failures(budget({("2.1", "approved"): "", ("1.2", "paid"): ""})) == []


def test_what_was_read_from_an_image_is_the_readings() -> None:
    (failed,) = failures(budget({("2.1", "approved"): "707.75"}, method="tesseract"))
    assert (failed.check, failed.reason) == ("capture.ocr_sum", "read_by_ocr")


def test_few_rows_show_no_relation() -> None:
    told = budget()
    few = reading(*(one for one in told.records if one.record_id in ("b1", "b2")
                    or one.parent_id in ("b1", "b2")))  # fmt: skip
    assert judge(few) == Counter()


def test_columns_that_have_nothing_to_do_with_each_other() -> None:
    changed = {(code, "other"): str(Decimal(7 * at * at + 3)) for at, (code, *_) in enumerate(ROWS)}
    changed |= {(code, "available"): str(at * 31 % 17) for at, (code, *_) in enumerate(ROWS)}
    assert judge(budget(changed))["sum.columns", "fail"] == 0


def test_a_line_printed_out_of_order_belongs_by_its_code() -> None:
    told = budget()
    lines = [one for one in told.records if one.record_id != "b2" and one.parent_id != "b2"]
    late = [one for one in told.records if one.record_id == "b2" or one.parent_id == "b2"]
    moved = [
        Record(one.kind, one.record_id, DOCUMENT, one.fields, parent_id="" if one.record_id == "b2"
               else one.parent_id)
        for one in late
    ]  # fmt: skip
    assert failures(reading(*lines, *moved)) == []


def months(total: str) -> Reading:
    """Five lines of a calendar; the last one's total is given."""
    records: list[Record] = []
    for at in range(5):
        records.append(Record("budget_line", f"b{at}", DOCUMENT, {"label": Value(f"Línea {at}")}))
        parts = [Decimal(100 + 7 * at + month) for month in range(12)]
        whole = Decimal(total) if at == 4 else sum(parts, Decimal(0))
        for month, amount in enumerate(parts, 1):
            records.append(_month(at, month, amount, f"2024-{month:02d}"))
        records.append(_month(at, 13, whole, "2024"))
    return reading(*records)


def _month(at: int, column: int, amount: Decimal, period: str) -> Record:
    block = Block(f"{amount}", line=at + 2, table=1, column=column)
    fields = {"kind": Value("scheduled"), "label": Value(period), "period": Value(period),
              "value": Value(amount, block)}  # fmt: skip
    return Record("measure", f"m{at}-{column}", DOCUMENT, fields, parent_id=f"b{at}")


@pytest.mark.parametrize(
    ("total", "verdict"),
    [("1602", "pass"), ("1605", "pass"), ("1620", "fail")],  # rounded months may be some units off
)
def test_months_make_the_year(total: str, verdict: str) -> None:
    told = judge(months(total))
    assert told["sum.periods", "pass"] == (5 if verdict == "pass" else 4)
    assert told["sum.periods", "fail"] == (verdict == "fail")
