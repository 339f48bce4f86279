"""What the columns of a whole table mean, and the header that says so."""

from dataclasses import replace
from typing import Any

import pytest
from literal import block, page_table, table

from normalizers.borrowed import borrow_header
from normalizers.column_meanings import Columns
from normalizers.headers import name_parts, own_name, with_header
from normalizers.readers import Understood, choose_readers
from normalizers.understand import understand
from pipeline.model import Block, Profile, Table

Rows = list[list[str | None]]


def named(*columns: list[str] | str | None, rows: Rows, **rest: Any) -> Table:
    """A table whose columns have these names; a list is a group and what stands under it."""
    names = tuple(_name(one) for one in columns)
    shapes = rest.pop("shapes", ("text",) * len(columns))
    return table(rows, names=names, shapes=shapes, **rest)


def _name(parts: list[str] | str | None) -> Block | None:
    if parts is None or isinstance(parts, str):
        return block(parts) if parts else None
    return block(" ".join(parts), parts=tuple(block(one) for one in parts))


def meant(columns: Columns, width: int) -> list[str]:
    found = {at: field for field, at in columns.fields.items()}
    found |= dict.fromkeys(columns.labels, "label") | {columns.code: "code"}
    found |= {columns.period: "period"}
    found |= {at: one.kind or "?" for at, one in columns.measures.items()}
    return [found.get(at, "-") for at in range(width)]


def test_a_budget_by_line() -> None:
    rows: Rows = [["51.01", "Sueldos", "10.00", "9.00", "Caja"]]
    whole = named(
        "Partida", "Denominación", "Codificado", "Devengado", "Fuente de recursos", rows=rows
    )
    columns = understand(whole, Profile())
    assert meant(columns, 5) == ["code", "label", "modified", "accrued", "-"]
    assert list(columns.unclaimed) == ["Fuente de recursos"]
    assert columns.is_ledger


def test_a_plan_is_no_budget() -> None:
    rows: Rows = [["Medir", "01/02/2031", "10.00", "9.00"]]
    whole = named("Actividad", "Fecha de inicio", "Aprobado", "Devengado", rows=rows)
    assert not understand(whole, Profile()).is_ledger


def test_a_group_speaks_for_one_column_alone() -> None:
    group = "Actividades realizadas"
    rows: Rows = [["Pozos", "X", "", ""]]
    marks = [[group, "Abril 30"], [group, "Agosto 31"]]
    whole = named("Estrategia", "Actividades", *marks, rows=rows)
    assert meant(understand(whole, Profile()), 4) == ["commitment", "description", "-", "-"]
    alone = named("Estrategia", "Actividades", [group, "x"], rows=[["a", "b", "c"]])
    assert meant(understand(alone, Profile()), 3)[2] == "progress"


def test_of_several_dates_the_one_beside_the_description() -> None:
    names = [["Origen", "Fecha"], ["Acta", "Fecha"], ["Acción", "Descripción"], ["Acción", "Fecha"]]
    whole = named(*names, rows=[["2031", "2030", "Medir", "2031"]], shapes=("date",) * 4)
    assert meant(understand(whole, Profile()), 4) == ["-", "-", "description", "planned_end"]
    apart = named(*names[:2], ["Caso", "Fecha"], "Actividad", rows=[["2031"] * 3 + ["Medir"]])
    assert meant(understand(apart, Profile()), 4)[:3] == ["-", "-", "-"]


def test_figures_under_a_name_that_means_words() -> None:
    rows: Rows = [["Norte", "3", "10.00"], ["Sur", "4", "20.00"]]
    names = ("Región", "N° de acciones sin seguimiento", "Monto programado")
    whole = named(*names, rows=rows, shapes=("text", "number", "money"))
    assert "progress" not in understand(whole, Profile()).fields


def test_rows_that_are_quarters() -> None:
    rows: Rows = [["Primero", "25", "20", "80 %"], ["Segundo", "25", "30", "120 %"]]
    whole = named("Trimestre", "Programada", "Alcanzada", "Porcentaje", rows=rows)
    columns = understand(whole, Profile())
    assert meant(columns, 4) == ["period", "target", "done", "share"]
    assert choose_readers([Understood(whole, columns, ())], Profile()) == ["calendar"]


def test_names_beside_amounts_under_a_title() -> None:
    whole = table([["Bienes", "10.00"], ["Servicios", "5.00"]], names=(None, None))
    columns = understand(whole, Profile(), "Presupuesto institucional modificado")
    assert meant(columns, 2) == ["label", "modified"]
    assert not understand(whole, Profile(), "Lista").is_ledger


def test_a_form_without_a_figure_names_its_lines_by_the_header() -> None:
    whole = named(
        "Nombre del programa",
        "Dependencia",
        "Monto",
        "Monto total",
        rows=[["", "", "0.00", "0.00"]],
    )
    assert meant(understand(whole, Profile()), 4) == ["label", "-", "?", "?"]


def test_months_beside_activities() -> None:
    whole = named("Actividad", "Responsable", "Ene", "Feb", rows=[["Medir", "Obras", "X", ""]])
    columns = understand(whole, Profile())
    assert meant(columns, 4) == ["description", "responsible", "scheduled", "scheduled"]
    assert not columns.is_ledger


@pytest.mark.parametrize(
    ("rows", "header", "names"),
    [
        # Title rows above the header.
        ([["ENTIDAD: Albor", None, None], ["Actividad", "Responsable", "Plazo"], ["a", "b", "c"]],
         2, ["Actividad", "Responsable", "Plazo"]),
        # One name stands higher, its rest lower.
        ([["", "AMPLIACIONES /", "", ""], ["CÓDIGO", "", "APROBADO", "PAGADO"],
          ["", "REDUCCIONES", "", ""], ["1", "2.00", "3.00", "4.00"]],
         3, ["CÓDIGO", "REDUCCIONES", "APROBADO", "PAGADO"]),
        # Words alone: nothing says that they are names.
        ([["Uno", "Dos", "Tres"], ["a", "b", "c"]], 0, []),
    ],
)  # fmt: skip
def test_a_header_is_found_by_what_it_means(rows: Rows, header: int, names: list[str]) -> None:
    found = with_header(table(rows))
    assert found.header_rows == header
    assert [own_name(name_parts(one)) for one in found.names] == names


def test_a_name_beside_its_column_is_moved_over_it() -> None:
    rows: Rows = [["Partida", None, "Concepto", "Pagado", "Devengado"],
                  *[[str(at), "Sueldos", "", "1.00", "2.00"] for at in range(4)]]  # fmt: skip
    rows[0][1] = ""
    found = with_header(table(rows))
    assert [own_name(name_parts(one)) for one in found.names] == [
        "Partida", "Concepto", "", "Pagado", "Devengado"]  # fmt: skip


def test_a_table_without_a_header_borrows_the_last_one_s() -> None:
    head = page_table([["Partida", "Nombre", "PIM"], ["1", "a", "2.00"]], page=1)
    above = with_header(head)
    below = page_table([["2", "b", "3.00"], ["3", "c", "4.00"]], page=2)
    assert [name_parts(one) for one in borrow_header(above, below).names] == [
        ["Partida"], ["Nombre"], ["PIM"]]  # fmt: skip
    moved = page_table([["2", "b", "3.00"]], page=2, left=300)
    assert borrow_header(above, moved) is moved


def test_a_header_alone_names_the_columns_below_it() -> None:
    cells = [Block("Rubro", 1, bbox=(0, 0, 50, 10)), Block("Nombre", 1, bbox=(50, 0, 150, 10)),
             Block("Inicial Adiciones Pres. def.", 1, bbox=(150, 0, 300, 10))]  # fmt: skip
    head = Table(1, (tuple(cells),), header_rows=1, names=tuple(cells))
    figures = [(0, "1"), (50, "Sueldos"), (150, "9"), (200, "1"), (250, "10")]
    row = tuple(Block(text, 1, bbox=(x, 20, x + 40, 30)) for x, text in figures)
    body = Table(
        2, (row,), names=(None,) * 5, shapes=("number", "text", "number", "number", "number")
    )
    assert [own_name(name_parts(one)) for one in borrow_header(head, body).names] == [
        "Rubro", "Nombre", "Inicial", "Adiciones", "Pres. def."]  # fmt: skip


def test_amounts_beside_activities_are_their_measures() -> None:
    rows: Rows = [["Medir", "01/02/2031", "10.00", "9.00", "Verde"]]
    names = ("Actividad", "Fecha de inicio", "Aprobado", "Devengado", "Color")
    columns = understand(named(*names, rows=rows), Profile())
    assert meant(columns, 5) == ["description", "planned_start", "approved", "accrued", "-"]
    assert list(columns.unclaimed) == ["Color"]


def test_one_cell_that_names_several_columns_of_amounts() -> None:
    group = ["Presupuesto", "Inicial Adiciones Pres. def."]
    one = _name(group)
    whole = table([["a", "x", None, None], ["1", "9", "1", "10"]], header_rows=1)
    whole = replace(whole, names=(block("Partida"), one, one, one), shapes=("text",) * 4)
    assert [own_name(name_parts(name)) for name in with_header(whole).names] == [
        "Partida", "Inicial", "Adiciones", "Pres. def."]  # fmt: skip
    words = replace(whole, names=(block("Partida"), *[block("Objeto del gasto público")] * 3))
    assert with_header(words) is words
