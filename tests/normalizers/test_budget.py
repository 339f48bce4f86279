"""Tables beside the plan: a general budget's figures, a schedule's measures."""

from decimal import Decimal

import pytest
from literal import block, table

from normalizers.budget import read_budget, read_count, read_schedule
from normalizers.building import Building
from normalizers.column_meanings import Columns
from normalizers.values import Context
from pipeline.model import Value

COLUMNS = Columns({"commitment": 0, "objective": 1, "activity_count": 2, "amount": 3}, {})
ROWS = [
    ["Línea", "Objetivo", "Número de actividades", "Total"],
    ["3.1 Pozos", "Medir el agua", "2", "$ 150.00"],
    ["", "Contar el agua", "uno", "$ 5.00"],
    ["9.9 Nadie", "Otra cosa", "1", "$ 1.00"],
    ["Total", "", "", "$ 156.00"],
]


@pytest.fixture
def building() -> Building:
    made = Building("0" * 16, Context())
    parent = made.commitment(block("3.1 Pozos"), None)
    for text in ("Comprar los medidores", "Montar los medidores"):
        made.add("activity", {"description": Value(text, block(text))}, parent_id=parent)
    return made


def figures(building: Building) -> list[tuple[object, ...]]:
    return [
        (one.get("kind"), one.get("scope"), one.get("scope_label"), one.get("value"),
         one.parent_id.rpartition("-")[2])
        for one in building.of("stated_figure")
    ]  # fmt: skip


def test_each_row_states_two_figures_of_its_objective(building: Building) -> None:
    read_budget(building, table(ROWS, header_rows=1, totals=frozenset({4})), COLUMNS)
    assert figures(building) == [
        ("amount", "objective", "Medir el agua", Decimal("150.00"), "c001"),
        ("activity_count", "objective", "Medir el agua", Decimal(2), "c001"),
        ("amount", "objective", "Contar el agua", Decimal("5.00"), "c001"),
        ("activity_count", "objective", "Contar el agua", Decimal(1), "c001"),
        # A commitment that the plan does not know is not guessed.
        ("amount", "objective", "Otra cosa", Decimal("1.00"), ""),
        ("activity_count", "objective", "Otra cosa", Decimal(1), ""),
        ("amount", "document", None, Decimal("156.00"), ""),
    ]
    assert {one.get("table") for one in building.of("stated_figure")} == {"general budget"}


def test_a_merged_amount_is_stated_once(building: Building) -> None:
    rows: list[list[str | None]] = [ROWS[0], ROWS[1], ["", "Contar el agua", "1", None]]
    read_budget(building, table(rows, header_rows=1), COLUMNS)
    assert [one[0] for one in figures(building)] == ["amount", "activity_count", "activity_count"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("11", (Decimal(11), "reported")), ("tres", (Decimal(3), "reported")),
     ("varias", (None, "illegible")), ("", (None, "illegible"))],
)  # fmt: skip
def test_counts(text: str, expected: tuple[Decimal | None, str]) -> None:
    value = read_count(block(text))
    assert (value.value, value.state) == expected
    assert value.state == "reported" or value.reason


def scheduled(building: Building, *rows: list[str | None], counted: bool = True) -> list[object]:
    header: list[str | None] = ["Acción", "Número de actividades", "Ene"]
    whole = table([header, *rows], header_rows=1, names=tuple(map(block, map(str, header))))
    columns = {"description": 0} | ({"activity_count": 1} if counted else {})
    read_schedule(building, whole, Columns(columns, {}))
    return [
        (one.get("kind"), one.get("label"), one.get("value"), one.parent_id.rpartition("-")[2])
        for one in building.of("measure")
    ]


def test_a_schedule_tells_more_of_the_plan_s_activities(building: Building) -> None:
    found = scheduled(
        building,
        ["Comprar los\nmedidores", "4", "X"],
        ["Montar los medidore", "6", ""],  # a truncated letter
        ["Otra acción", "1", ""],
        ["", "9", ""],
        ["Comprar los medidores", "", ""],
    )
    assert found == [
        ("scheduled", "Número de actividades", Decimal(4), "a001"),
        ("scheduled", "Número de actividades", Decimal(6), "a002"),
    ]


def test_a_schedule_adds_no_activities(building: Building) -> None:
    assert scheduled(building, ["Comprar los medidores", "4", "X"], counted=False) == []
    assert len(building.of("activity")) == 2
