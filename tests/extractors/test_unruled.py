"""Tables without rules: columns by gutters, rows by space, alignment and content."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas
from unruled_pages import Look, cell_at, draw_prose, draw_table, find, read, texts

from extractors.tables.unruled import find_unruled

PLAN = [
    ["Actividad", "Responsable", "Plazo", "Avance"],
    ["Publicar el inventario de datos abiertos de la alcaldía", "Sistemas", "30/06/2024", "72%"],
    [
        "Capacitar al personal en archivo y gestión documental",
        "Talento humano y archivo",
        "15/09/2024",
        "0%",
    ],
    ["Instalar buzones", "Atención ciudadana", "01/12/2024", "100%"],
]
MONEY = [
    ["Código", "Concepto", "Aprobado", "Pagado", "Saldo"],
    ["11000", "Sueldos", "1,250,000.00", "900,000.00", "350,000.00"],
    ["12000", "Prima vacacional", "80,500.00", "0.00", "80,500.00"],
    ["21000", "Materiales de oficina", "9,400.50", "9,400.50", "0.00"],
    ["", "Total", "1,339,900.50", "909,400.50", "430,500.00"],
]
PLAN_LOOK = Look([150, 100, 80, 60])
MONEY_LOOK = Look([50, 150, 90, 90, 90], align=[0, 0, 2, 2, 2])
PROSE = (
    "El presente informe da cuenta del avance de las acciones comprometidas durante el periodo, "
    "según lo informado por las unidades responsables y verificado por la oficina de control. "
)


@pytest.mark.parametrize(
    "look",
    [
        PLAN_LOOK,
        replace(PLAN_LOOK, font="Times-Roman", bold="Times-Bold", size=11),
        replace(PLAN_LOOK, widths=[220, 120, 90, 60], font="Courier", bold="Courier-Bold", size=8),
        replace(PLAN_LOOK, pad=(6, 1.5)),
        replace(PLAN_LOOK, pad=(5, 8), leading=1.5),
        replace(PLAN_LOOK, valign="middle"),
        replace(PLAN_LOOK, valign="bottom"),
        replace(PLAN_LOOK, align=[0, 1, 1, 2]),
        replace(PLAN_LOOK, widths=[90, 90, 80, 60]),
        replace(PLAN_LOOK, rules="every"),
        replace(PLAN_LOOK, rules="header"),
        replace(PLAN_LOOK, rules="every", valign="middle", pad=(4, 1)),
        replace(PLAN_LOOK, bands=True),
    ],
)
def test_wrapped_cells_stay_one_row(tmp_path: Path, look: Look) -> None:
    assert find(tmp_path / "a.pdf", lambda c: draw_table(c, PLAN, look)) == [PLAN]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (2, 0, 3, 1), (3, 2, 1, 0)])
def test_columns_may_stand_in_any_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    rows = [[row[c] for c in order] for row in PLAN]
    look = replace(PLAN_LOOK, widths=[PLAN_LOOK.widths[c] for c in order])
    assert find(tmp_path / "a.pdf", lambda c: draw_table(c, rows, look)) == [rows]


@pytest.mark.parametrize(
    "look",
    [
        MONEY_LOOK,
        replace(MONEY_LOOK, pad=(2, 0)),
        replace(MONEY_LOOK, size=6, widths=[30, 90, 48, 45, 45], pad=(2, 0)),
        replace(MONEY_LOOK, rules="header"),
        replace(MONEY_LOOK, rules="every", size=8),
        replace(MONEY_LOOK, align=[1, 1, 1, 1, 1]),
    ],
)
def test_lines_of_amounts_are_rows_however_tight(tmp_path: Path, look: Look) -> None:
    assert find(tmp_path / "a.pdf", lambda c: draw_table(c, MONEY, look)) == [MONEY]


@pytest.mark.parametrize("valign", ["top", "bottom"])
def test_a_wrapped_name_beside_amounts_is_one_row(tmp_path: Path, valign: str) -> None:
    rows = [list(row) for row in MONEY]
    rows[2][1] = "Cuotas para el seguro de gastos médicos del personal de base"
    look = replace(MONEY_LOOK, pad=(4, 0), valign=valign, widths=[50, 120, 90, 90, 90])
    assert find(tmp_path / "a.pdf", lambda c: draw_table(c, rows, look)) == [rows]


def test_a_header_of_two_levels_spans_columns(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 9)
        canvas.drawString(64, 726, "Clave")
        canvas.drawCentredString(310, 726, "Presupuesto del ejercicio 2024")
        draw_table(canvas, MONEY, replace(MONEY_LOOK, widths=[50, 120, 80, 80, 80]))

    geometry = read(tmp_path / "a.pdf", draw)
    (grid,) = find_unruled(geometry, [])
    assert texts(grid, geometry)[1:] == MONEY
    head = cell_at(grid, 310, geometry.height - 728)
    assert head is not None
    assert (head.column, head.column_span) == (2, 2)


def test_a_label_beside_several_rows_spans_them(tmp_path: Path) -> None:
    rows = [[*row] for row in PLAN]
    label = "Eje de transparencia y participación de la ciudadanía en la gestión del municipio"

    def draw(canvas: Canvas) -> None:
        draw_table(canvas, [["", *row] for row in rows], Look([80, 150, 100, 80, 60]))
        draw_table(canvas, [["Eje"], [label]], Look([80]))

    geometry = read(tmp_path / "a.pdf", draw)
    (grid,) = find_unruled(geometry, [])
    found = texts(grid, geometry)
    assert [row[1:] for row in found] == rows
    assert [row[0] for row in found] == ["Eje", label, "", ""]
    assert grid.cells[grid.spots[1, 0]].row_span == 3


def test_names_beside_a_ruled_block_have_its_rows(tmp_path: Path) -> None:
    rows = [["Total de ingresos", "900.00", "850.00"], ["Total de gastos", "700.00", "640.50"]]
    rows.append(["Superávit", "200.00", "209.50"])

    def draw(canvas: Canvas) -> None:
        look = Look([120, 80, 80], align=[0, 2, 2])
        foot = draw_table(canvas, rows, look)
        for at in range(4):
            canvas.line(184, 720 - at * (720 - foot) / 3, 336, 720 - at * (720 - foot) / 3)
        canvas.line(60, 720, 336, 720)

    assert find(tmp_path / "a.pdf", draw) == [rows]


def test_prose_around_a_table_is_none_of_it(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        foot = draw_prose(canvas, PROSE * 3, (60, 0, 540, 780))
        foot = draw_table(canvas, PLAN, replace(PLAN_LOOK, at=(60, foot - 8)))
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, foot - 16, "3. Conclusiones")
        draw_prose(canvas, PROSE * 2, (60, 0, 540, foot - 22))

    assert find(tmp_path / "a.pdf", draw) == [PLAN]


def test_a_page_number_under_a_table_is_none_of_it(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        foot = draw_table(canvas, PLAN, PLAN_LOOK)
        canvas.drawString(300, foot - 25, "14")

    assert find(tmp_path / "a.pdf", draw) == [PLAN]


def test_words_of_tables_already_found_are_left_out(tmp_path: Path) -> None:
    geometry = read(tmp_path / "a.pdf", lambda c: draw_table(c, PLAN, PLAN_LOOK))
    assert find_unruled(geometry, [(0, 0, geometry.width, geometry.height)]) == []


def test_every_place_of_a_grid_is_covered_once(tmp_path: Path) -> None:
    geometry = read(tmp_path / "a.pdf", lambda c: draw_table(c, MONEY, MONEY_LOOK))
    (grid,) = find_unruled(geometry, [])
    covered = np.zeros(grid.shape, int)
    for cell in grid.cells:
        rows = slice(cell.row, cell.row + cell.row_span)
        covered[rows, cell.column : cell.column + cell.column_span] += 1
    assert (covered == 1).all()
    assert list(grid.xs) == sorted(grid.xs)
    assert list(grid.ys) == sorted(grid.ys)


@pytest.mark.parametrize("turn", [90, 270])
def test_a_table_set_sideways_is_measured_where_its_text_runs_across(
    tmp_path: Path, turn: int
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(*((100, 800) if turn == 90 else (500, 60)))
        canvas.rotate(-turn if turn == 90 else 90)
        draw_table(canvas, PLAN, replace(PLAN_LOOK, at=(0, 0 if turn == 90 else 300)))

    geometry = read(tmp_path / "a.pdf", draw)
    (grid,) = find_unruled(geometry, [])
    assert (grid.shape, grid.turn) == ((4, 4), turn)
    x0, top, x1, bottom = grid.bbox
    assert 0 < x0 < x1 < geometry.width
    assert 0 < top < bottom < geometry.height


def test_the_method_says_whether_rules_helped(tmp_path: Path) -> None:
    plain = read(tmp_path / "a.pdf", lambda c: draw_table(c, PLAN, PLAN_LOOK))
    look = replace(PLAN_LOOK, rules="every")
    ruled = read(tmp_path / "b.pdf", lambda c: draw_table(c, PLAN, look))
    assert [grid.method for grid in find_unruled(plain, [])] == ["unruled"]
    assert [grid.method for grid in find_unruled(ruled, [])] == ["horizontal rules"]


@pytest.mark.parametrize("closed", [True, False])
def test_names_over_short_rules_under_a_table_are_no_rows(tmp_path: Path, closed: bool) -> None:
    def draw(canvas: Canvas) -> None:
        foot = draw_table(canvas, MONEY, replace(MONEY_LOOK, rules="header"))
        if closed:
            canvas.line(60, foot - 4, 470, foot - 4)
        canvas.setFont("Helvetica", 9)
        for column, x in enumerate((60, 170, 275, 380)):
            canvas.line(x, foot - 30, x + 80, foot - 30)
            canvas.drawString(x + 5, foot - 40, f"Nombre {'ABCD'[column]}.")
            canvas.drawString(
                x + 5, foot - 52, ("Alcalde", "Síndica", "Tesorero", "Contralor")[column]
            )

    assert find(tmp_path / "a.pdf", draw) == [MONEY]


def test_white_parts_the_rows_of_a_header_between_two_rules(tmp_path: Path) -> None:
    rows = [
        ["Meta", "Presupuesto", "", "Avance", ""],
        ["", "Aprobado por el concejo", "Pagado", "Previsto", "Alcanzado"],
        ["Archivo central", "1,250.00", "900.00", "50%", "72%"],
        ["Datos abiertos", "80.50", "0.00", "10%", "8%"],
    ]
    look = Look([110, 90, 70, 70, 70])

    def draw(canvas: Canvas) -> None:
        foot = draw_table(canvas, rows, look)
        for y in (look.at[1], look.at[1] - 45, foot):
            canvas.line(60, y, 530, y)

    assert find(tmp_path / "a.pdf", draw) == [rows]


def test_names_left_of_their_amounts_share_a_column_in_a_header_of_two_lines(
    tmp_path: Path,
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 8)
        canvas.drawString(60, 712, "Programa")
        canvas.drawString(420, 712, "SUMA")
        for x, name in zip(
            (60, 200, 270, 340, 420), ("Meta", "ENE", "FEB", "MAR", "AÑO"), strict=True
        ):
            canvas.drawString(x, 700, name)
        canvas.setFont("Helvetica", 8)
        for at, amount in enumerate(("10.00", "0.00", "25.00", "7.50", "1.25")):
            canvas.drawString(60, 680 - 14 * at, f"Programa de apoyo {at}")
            for right in (255, 325, 395, 465):
                canvas.drawRightString(right, 680 - 14 * at, amount)

    (table,) = find(tmp_path / "a.pdf", draw)
    assert table[0] == ["Programa Meta", "ENE", "FEB", "MAR", "SUMA AÑO"]
    assert table[-1] == ["Programa de apoyo 4", "1.25", "1.25", "1.25", "1.25"]


def test_a_last_row_with_only_a_name_stays_where_rows_stand_as_far_apart(tmp_path: Path) -> None:
    rows = [*MONEY[:4], ["", "Obligaciones", "", "", ""]]
    look = replace(MONEY_LOOK, pad=(4, 9))
    assert find(tmp_path / "a.pdf", lambda c: draw_table(c, rows, look)) == [rows]


@pytest.mark.parametrize("step", [4.7, 6.0, 8.0])
def test_a_name_of_two_lines_about_the_others_is_one(tmp_path: Path, step: float) -> None:
    def draw(canvas: Canvas) -> None:
        foot = draw_table(canvas, MONEY[1:], replace(MONEY_LOOK, at=(60, 690)))
        for y in (720, 690, foot):
            canvas.line(60, y, 530, y)
        canvas.setFont("Helvetica-Bold", 9)
        names = ((64, "Código"), (120, "Concepto"), (400, "Pagado"), (495, "Saldo"))
        for x, name in names:
            canvas.drawString(x, 702, name)
        canvas.drawString(272, 702 + step, "AMPLIACIONES /")
        canvas.drawString(278, 702 - step, "REDUCCIONES")

    (table,) = find(tmp_path / "a.pdf", draw)
    header = ["Código", "Concepto", "AMPLIACIONES / REDUCCIONES", "Pagado", "Saldo"]
    assert table == [header, *MONEY[1:]]
