"""Sheets told in several small tables, quarters as rows, and the months beside activities."""

from decimal import Decimal

import pytest
from literal import block, table

from normalizers.building import Building
from normalizers.column_meanings import Columns
from normalizers.measures import Measure
from normalizers.timed import add_scheduled, read_calendar
from normalizers.title_sheets import TitleSheets
from normalizers.values import Context
from pipeline.model import Profile

TITLE = [["NOMBRE DEL PROGRAMA:", "02 Agua"], ["NOMBRE DEL COMPONENTE:", "0201 Pozos"],
         ["NOMBRE DEL PROYECTO:", "Medir los pozos"]]  # fmt: skip


@pytest.fixture
def building() -> Building:
    return Building("0" * 16, Context())


def test_small_tables_name_an_activity_and_tell_of_it(building: Building) -> None:
    sheets = TitleSheets()
    assert sheets.take(building, table(TITLE[:1]), Profile())
    assert sheets.take(building, table(TITLE[1:]), Profile())
    assert sheets.take(building, table([["META", None], ["Unidad", "Pozo"]]), Profile())
    (commitment,), (activity,) = building.of("commitment"), building.of("activity")
    assert (commitment.get("axis"), commitment.get("title")) == ("02 Agua", "0201 Pozos")
    assert activity.get("description") == "Medir los pozos"
    assert activity.parent_id == commitment.record_id
    assert [(name, value.value) for name, value in activity.others] == [("printed:Unidad", "Pozo")]


def test_the_next_activity_stands_under_what_was_named_before(building: Building) -> None:
    sheets = TitleSheets()
    sheets.take(building, table(TITLE), Profile())
    sheets.take(building, table([["NOMBRE DEL PROYECTO:", "Contar los pozos"]]), Profile())
    first, second = building.of("activity")
    assert first.parent_id == second.parent_id


@pytest.mark.parametrize("rows", [[["Fecha", "2031"]], [["Actividad", "Medir", "x"]], [["a"]]])
def test_other_tables_name_nothing(building: Building, rows: list[list[str | None]]) -> None:
    assert not TitleSheets().take(building, table(rows), Profile())
    assert not building.records


def test_rows_of_quarters_are_of_the_activity_before_them(building: Building) -> None:
    activity = building.add("activity", {})
    names = tuple(map(block, ("Trimestre", "Programada", "Alcanzada", "Porcentaje")))
    measures = {1: Measure("target"), 2: Measure("done"), 3: Measure("share")}
    rows: list[list[str | None]] = [
        ["Primero", "25", "20", "80 %"],
        ["Acumulado", "25", "20", "80 %"],
    ]
    read_calendar(building, table(rows, names=names), Columns({}, {}, measures, period=0), 2031)
    found = [
        (one.get("kind"), one.get("period"), one.get("value")) for one in building.of("measure")
    ]
    assert found[:3] == [("target", "2031-01/2031-03", Decimal(25)),
                         ("done", "2031-01/2031-03", Decimal(20)),
                         ("other", "2031-01/2031-03", Decimal(80))]  # fmt: skip
    assert {one[1] for one in found[3:]} == {None}
    assert {one.parent_id for one in building.of("measure")} == {activity.record_id}
    assert building.of("measure")[0].get("label") == "Programada Primero"


@pytest.mark.parametrize(("text", "told"), [
    ("X", (Decimal(1), "X")), ("3", (Decimal(3), None)), ("", None), ("-", None),
    ("se hará cuando llueva bastante", None),
])  # fmt: skip
def test_what_fills_a_month(
    building: Building, text: str, told: tuple[Decimal, str | None] | None
) -> None:
    whole = table([["Medir", text]], names=(block("Actividad"), block("Mar")))
    columns = Columns({"description": 0}, {}, {1: Measure("scheduled", "03", 1.0, "time 03")})
    add_scheduled(building, whole, columns, 0, "a001", 2031)
    found = [(one.get("value"), one.get("unit")) for one in building.of("measure")]
    assert found == ([told] if told else [])
    assert all(one.get("period") == "2031-03" for one in building.of("measure"))
