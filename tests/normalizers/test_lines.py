"""Budgets by line: lines with their codes, labels and places, and their measures."""

from decimal import Decimal
from typing import Any

import pytest
from literal import block, table

from normalizers.building import Building
from normalizers.headers import with_header
from normalizers.lines import column_label, find_year, period_of, read_lines
from normalizers.understand import understand
from normalizers.values import Context
from pipeline.model import Profile, Record

CLASSIFIED = [
    ["CÓDIGO", "CONCEPTO", "APROBADO", "AMPLIACIONES", "MODIFICADO", "% AVANCE"],
    ["10000", "Servicios personales", "150.00", "(10.00)", "140.00", "50.0"],
    ["11000", "Sueldos", "100.00", "(10.00)", "90.00", "40.0"],
    ["12000", "Honorarios", "50.00", "0.00", "50.00", "60.0"],
    ["", "TOTAL", "150.00", "(10.00)", "140.00", "50.0"],
]


def read(rows: list[list[str | None]], about: str = "", year: int | None = 2031) -> Building:
    building = Building("0" * 16, Context(currency="MXN"))
    names = tuple(block(str(name)) if name else None for name in rows[0])
    whole = with_header(table(rows, header_rows=1, names=names, shapes=("",) * len(rows[0])))
    columns = understand(whole, Profile(), about)
    assert columns.is_ledger
    read_lines(building, whole, columns, year)
    return building


def lines(building: Building) -> list[tuple[Any, ...]]:
    return [(one.get("code"), one.get("label"), one.get("level"), one.parent_id[-4:])
            for one in building.of("budget_line")]  # fmt: skip


def measures(building: Building, line: int) -> list[Record]:
    parent = building.of("budget_line")[line].record_id
    return [one for one in building.of("measure") if one.parent_id == parent]


def test_lines_with_codes_and_a_total() -> None:
    assert lines(read(CLASSIFIED)) == [
        ("10000", "Servicios personales", 1, "b004"),
        ("11000", "Sueldos", 2, "b001"),
        ("12000", "Honorarios", 2, "b001"),
        (None, "TOTAL", 0, ""),
    ]


def test_measures_of_a_line() -> None:
    told = measures(read(CLASSIFIED), 0)
    assert [(one.get("kind"), one.get("value"), one.get("unit")) for one in told] == [
        ("approved", Decimal("150.00"), None),
        ("other", Decimal("-10.00"), None),
        ("modified", Decimal("140.00"), None),
        ("other", Decimal("50.0"), "%"),
    ]
    assert [one.get("label") for one in told] == CLASSIFIED[0][2:]
    assert [one.get("currency") for one in told] == ["MXN", "MXN", "MXN", None]
    why = told[1].fields["kind"]
    assert why.reason.startswith("adjustment") and why.rule == "measures.claim_measure"


def test_a_month_column_is_a_month() -> None:
    months = ["Ene", "Feb", "Mar", "Abr"]
    rows: list[list[str | None]] = [
        ["Partida", "Nombre", "Total", *months],
        ["51", "Sueldos", "10.00", "1.00", "2.00", "3.00", "4.00"],
    ]
    told = measures(read(rows, "Calendario del presupuesto"), 0)
    assert [one.get("period") for one in told] == [
        None, "2031-01", "2031-02", "2031-03", "2031-04"]  # fmt: skip
    assert {one.get("kind") for one in told} == {"scheduled"}
    assert "period" not in measures(read(rows, year=None), 0)[1].fields


def test_months_that_share_a_column_are_parted() -> None:
    rows: list[list[str | None]] = [
        ["Partida", "Nombre", "PIM", "SET", "OCT NOV DIC"],
        ["51", "Sueldos", "10.00", "1.00", "2.00 3.00 4.00"],
    ]
    told = measures(read(rows), 0)
    assert [(one.get("period"), one.get("value")) for one in told][2:] == [
        ("2031-10", Decimal("2.00")), ("2031-11", Decimal("3.00")), ("2031-12", Decimal("4.00"))
    ]  # fmt: skip


def test_a_label_across_the_code_s_column() -> None:
    rows: list[list[str | None]] = [["Partida", "Nombre", "PIM", "Devengado"],
                                    ["1 Ordinarios", None, "", ""],
                                    ["51", "Sueldos", "10.00", "1.00"]]  # fmt: skip
    assert lines(read(rows))[0][:2] == (None, "1 Ordinarios")


def test_signatures_below_a_budget_are_no_lines() -> None:
    rows = [*CLASSIFIED, ["", "", "La Tesorera", "El Síndico", "La Contralora", ""]]
    assert len(lines(read(rows))) == 4


def test_columns_that_nobody_claims_are_kept() -> None:
    rows: list[list[str | None]] = [["Partida", "Nombre", "PIM", "Devengado", "Color"],
                                    ["51", "Sueldos", "10.00", "1.00", "Verde"]]  # fmt: skip
    assert [(name, value.value) for name, value in read(rows).of("budget_line")[0].others] == [
        ("printed:Color", "Verde")
    ]


@pytest.mark.parametrize(("part", "year", "period"), [
    ("03", 2031, "2031-03"), ("Q2", 2031, "2031-04/2031-06"), ("", 2031, ""), ("03", None, ""),
])  # fmt: skip
def test_periods(part: str, year: int | None, period: str) -> None:
    assert period_of(part, year) == period


def test_the_year_is_the_only_one_named() -> None:
    assert find_year(["Gastos", "Presupuesto 2031", "2030 y 2031"]) == 2031
    assert find_year(["De 2030 a 2031"]) is None
    assert find_year(["Ley 20311"]) is None


def test_a_label_without_its_formula() -> None:
    name = block("Codificado C = A + B", parts=(block("Codificado"), block("C = A + B")))
    assert column_label(name) == "Codificado"
