"""Tables whose rows are activities: their commitments, subtotals and totals in reading order."""

from datetime import date
from decimal import Decimal

import pytest
from literal import block, table, values

from extractors.tables.stitch import stitch
from normalizers.building import Building
from normalizers.column_meanings import Columns
from normalizers.plan import read_plan
from normalizers.values import Context
from pipeline.model import Block, Record, Table

HEADER = ["Línea", "Objetivo", "Acción", "Plazo", "Costo"]
COLUMNS = Columns(
    {"commitment": 0, "objective": 1, "description": 2, "duration_months": 3, "amount": 4}, {}
)


def read(
    rows: list[list[str | None]], columns: Columns = COLUMNS, axis: Block | None = None
) -> list[Record]:
    building = Building("0" * 16, Context())
    read_plan(building, whole(rows), columns, axis)
    return building.records


def whole(rows: list[list[str | None]]) -> Table:
    (one,) = stitch([table([HEADER[: len(rows[0])], *rows])], ())
    return one


def kinds(records: list[Record]) -> list[str]:
    return [record.record_id.rpartition("-")[2] for record in records]


ROWS: list[list[str | None]] = [
    ["3.1 Pozos", "Medir el agua", "Comprar medidores", "2 meses", "$ 100.00"],
    ["", "", "Montar medidores", "1 mes", "$ 50.00"],
    ["Sub total", "", "", "", "$ 150.00"],
    ["3.2 Tomas", "Cuidar las tomas", "Limpiar las tomas", "5 meses", "$ 20.00"],
    ["Sub total", "", "", "", "$ 20.00"],
    ["Total del eje", "", "", "", "$ 170.00"],
]


def test_a_plan_in_reading_order() -> None:
    records = read(ROWS, axis=block("Agua"))
    assert kinds(records) == ["c001", "a001", "a002", "f001", "c002", "a003", "f002", "f003"]
    first, second = records[0], records[4]
    assert values(first) == {"axis": "Agua", "number": "3.1", "title": "Pozos"}
    assert values(second) == {"axis": "Agua", "number": "3.2", "title": "Tomas"}
    assert values(records[1]) == {
        "description": "Comprar medidores",
        "duration_months": Decimal(2),
        "amount": Decimal("100.00"),
        "objective": "Medir el agua",
    }
    assert [one.parent_id for one in records if one.kind == "activity"] == [
        first.record_id, first.record_id, second.record_id,
    ]  # fmt: skip


def test_a_label_above_is_carried_and_says_so() -> None:
    first, second = (one for one in read(ROWS[:2]) if one.kind == "activity")
    assert first.fields["objective"].state == "reported"
    assert second.fields["objective"].state == "carried"
    assert second.block("objective") == first.block("objective")


def test_subtotals_and_totals_say_what_they_sum() -> None:
    figures = [one for one in read(ROWS, axis=block("Agua")) if one.kind == "stated_figure"]
    assert [(one.get("scope"), one.get("scope_label"), one.get("value")) for one in figures] == [
        ("commitment", "Pozos", Decimal("150.00")),
        ("commitment", "Tomas", Decimal("20.00")),
        ("axis", "Agua", Decimal("170.00")),
    ]
    assert [bool(one.parent_id) for one in figures] == [True, True, False]
    assert {(one.get("kind"), one.get("table")) for one in figures} == {("amount", "plan")}


def test_two_subtotals_of_one_line_are_of_its_objectives() -> None:
    rows: list[list[str | None]] = [
        ["3.1 Pozos", "Medir el agua", "Comprar", "2 meses", "$ 100.00"],
        ["", "Sub total", "", "", "$ 100.00"],
        ["", "Contar el agua", "Anotar", "1 mes", "$ 5.00"],
        ["", "Sub total", "", "", "$ 5.00"],
    ]
    figures = [one for one in read(rows) if one.kind == "stated_figure"]
    assert [(one.get("scope"), one.get("scope_label")) for one in figures] == [
        ("objective", "Medir el agua"),
        ("objective", "Contar el agua"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        ["Sub total", "", "", "$ 100.00", ""],  # one column to the left
        ["", "", "Subtotal", "", "$ 100.00"],
        ["SUB-TOTAL POR LÍNEA", "", "", "", "$100.00"],
    ],
)
def test_a_subtotal_is_wherever_it_landed(row: list[str | None]) -> None:
    figure = read([ROWS[0], row])[-1]
    assert (figure.kind, figure.get("value")) == ("stated_figure", Decimal("100.00"))


@pytest.mark.parametrize(
    ("label", "scope"),
    [
        ("Total", "axis"),
        ("Total general", "document"),
        ("GRAN TOTAL", "document"),
        ("Total general del eje", "axis"),
        ("Total general del presupuesto del componente 2", "axis"),
        ("Total general de la dimensión", "axis"),
        ("Total general de ejes", "document"),
        ("Total general del plan", "document"),
        ("Total general de la municipalidad", "document"),
    ],
)
def test_what_follows_a_total_says_what_it_closes(label: str, scope: str) -> None:
    figure = read([ROWS[0], [label, "", "", "", "$ 100.00"]])[-1]
    assert figure.get("scope") == scope


def test_a_total_without_an_amount_is_no_figure() -> None:
    assert kinds(read([ROWS[0], ["Total", "", "", "", ""]])) == ["c001", "a001"]


def test_a_commitment_without_activities_is_still_one() -> None:
    records = read([*ROWS[:1], ["3.3 Riego", "", "", "", ""]])
    assert kinds(records) == ["c001", "a001", "c002"]


def test_a_blank_row_is_nothing() -> None:
    assert kinds(read([ROWS[0], ["", "", "", "", ""], ROWS[1]])) == ["c001", "a001", "a002"]


def test_without_labels_activities_have_no_commitment() -> None:
    columns = Columns({"description": 0, "responsible": 1}, {})
    (record,) = read([["Comprar", "Obras"]], columns)
    assert (record.kind, record.parent_id) == ("activity", "")


def test_a_merged_cell_is_shared_by_its_rows() -> None:
    columns = Columns({"description": 0, "percent_complete": 1}, {})
    made = table([["Acción", "Avance"], ["Comprar", "40%"], ["Montar", None]], header_rows=1)
    building = Building("0" * 16, Context())
    read_plan(building, made, columns, None)
    first, second = building.records
    assert first.fields["percent_complete"].state == "reported"
    assert second.fields["percent_complete"].state == "carried"
    assert first.get("percent_complete") == second.get("percent_complete") == Decimal(40)
    assert second.block("percent_complete") == first.block("percent_complete")


def test_a_start_and_an_end_in_two_columns_are_one_period() -> None:
    columns = Columns({"description": 0, "planned_start": 1, "planned_end": 2}, {})
    (record,) = read([["Comprar", "01/02/2031", "30/06/2031"]], columns)
    assert record.get("planned") == "2031-02-01/2031-06-30"
    assert record.get("planned_start") == date(2031, 2, 1)
    assert record.get("planned_end") == date(2031, 6, 30)


def test_columns_that_nobody_claims_are_kept_as_printed() -> None:
    columns = Columns({"description": 0}, {"Color": 1, "Nota": 2})
    first, second = read([["Comprar", "**Verde**", ""], ["Montar", "", "Urge"]], columns)
    assert [(name, value.value) for name, value in first.others] == [("printed:Color", "Verde")]
    assert [(name, value.value) for name, value in second.others] == [("printed:Nota", "Urge")]


def test_what_was_put_right_in_a_row_stands_on_its_record() -> None:
    rows: list[list[str | None]] = [ROWS[0], ["", "", "para los pozos", "", ""], ROWS[1]]
    first, second = (one for one in read(rows) if one.kind == "activity")
    assert first.get("description") == "Comprar medidores para los pozos"
    assert [repair.kind for repair in first.repairs] == ["split_cell"]
    assert second.repairs == ()
