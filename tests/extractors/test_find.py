"""Ruled tables over a page's arrays: grids, spans, the words of each cell, and what is no table."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from pdfs import make_flow, make_pages, paragraph, ruled
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from extractors.geometry import Geometry
from extractors.pdfium import read_geometry
from extractors.tables.bands import band_rows
from extractors.tables.find import Found, find_grids, read_tables
from extractors.tables.flow import join_lines
from extractors.tables.judge import judge_grid
from extractors.tables.lattice import find_ruled
from pipeline.model import Table

Draw = Callable[[Canvas], object]
ROWS = [["Compromiso", "Meta", "Avance"], ["Abrir datos", "Portal", "72%"], ["", "Taller", ""]]


def geometry_of(path: Path, number: int = 1) -> Geometry:
    with pypdfium2.PdfDocument(path) as pdf:
        return read_geometry(pdf[number - 1], number)


def read_flow(tmp_path: Path, flow: Sequence[Flowable]) -> Found:
    return read_tables(geometry_of(make_flow(tmp_path / "a.pdf", flow)), 1)


def read_page(tmp_path: Path, draw: Draw) -> Found:
    return read_tables(geometry_of(make_pages(tmp_path / "a.pdf", draw)), 1)


def texts(table: Table) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in table.rows]


def lines(found: Found) -> list[str]:
    return [line.text for line in join_lines(found.words, found.rest)]


def test_every_cell_says_where_it_stands(tmp_path: Path) -> None:
    found = read_flow(tmp_path, [ruled(ROWS), paragraph("Fuente propia")])
    (table,) = found.tables
    assert texts(table) == ROWS
    assert (table.number, table.header_rows, table.method) == (1, 0, "ruled")
    assert [(cell.row, cell.column) for cell in table.cells] == [
        (row, column) for row in (1, 2, 3) for column in (1, 2, 3)
    ]
    assert {(cell.page, cell.table, cell.method) for cell in table.cells} == {(1, 1, "ruled")}
    first, below = table.rows[0][0], table.rows[1][0]
    assert first and below and first.bbox and below.bbox
    assert first.bbox[3] == below.bbox[1]
    assert lines(found) == ["Fuente propia"]


def test_spans_cover_places_with_none(tmp_path: Path) -> None:
    rows = [["Eje", "Metas", ""], ["Datos", "Portal", "Taller"], ["", "Guía", "Curso"]]
    table = ruled(rows, ("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 1), (0, 2)))
    (read,) = read_flow(tmp_path, [table]).tables
    assert texts(read) == [
        ["Eje", "Metas", None],
        ["Datos", "Portal", "Taller"],
        [None, "Guía", "Curso"],
    ]
    spans = {cell.text: (cell.row_span, cell.column_span) for cell in read.cells}
    assert (spans["Metas"], spans["Datos"], spans["Guía"]) == ((1, 2), (2, 1), (1, 1))


def test_lines_of_a_cell_stay_apart(tmp_path: Path) -> None:
    rows = [["FECHA DE\nCULMINACI\nON", "Presupuest\no"]]
    (table,) = read_flow(tmp_path, [ruled(rows)]).tables
    assert texts(table) == rows


def test_a_box_around_prose_is_no_table(tmp_path: Path) -> None:
    flow = [ruled([["Nota: este informe"], ["se revisa cada año"]]), paragraph("Fuera de la caja")]
    found = read_flow(tmp_path, flow)
    assert found.tables == ()
    assert lines(found) == ["Nota: este informe", "se revisa cada año", "Fuera de la caja"]


def test_text_that_runs_over_a_rule_stays_whole(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 160, 220], [700, 720, 740])
        canvas.setFont("Helvetica", 10)
        canvas.drawString(102, 725, "Equipos informáticos")  # wider than its cell
        canvas.drawRightString(218, 725, "150.00")
        canvas.drawString(102, 705, "Sillas")
        canvas.drawRightString(218, 705, "75.00")

    (table,) = read_page(tmp_path, draw).tables
    assert texts(table) == [["Equipos informáticos", "150.00"], ["Sillas", "75.00"]]


def test_tight_cells_keep_their_numbers_apart(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        width = canvas.stringWidth("05", "Helvetica", 10)
        canvas.grid([100, 100.5 + width, 140], [700, 720])
        canvas.drawString(100.5, 705, "05112")

    (table,) = read_page(tmp_path, draw).tables
    assert texts(table) == [["05", "112"]]


def test_sideways_headers_are_read_upwards(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 130, 200], [600, 700])
        canvas.drawString(140, 650, "Meta")
        canvas.rotate(90)
        canvas.drawString(610, -120, "Primer semestre")

    (table,) = read_page(tmp_path, draw).tables
    assert texts(table) == [["Primer semestre", "Meta"]]


@pytest.mark.parametrize(("turn", "shift"), [(90, (0, -595)), (270, (-842, 0))])
def test_a_table_printed_sideways_is_read_as_turned(
    tmp_path: Path, turn: int, shift: tuple[float, float]
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rotate(turn)
        canvas.translate(*shift)
        canvas.grid([100, 250, 400], [300, 330, 360, 390])
        for row, y in enumerate((370, 340, 310), start=1):
            for column, x in enumerate((110, 260), start=1):
                canvas.drawString(x, y, f"celda {row}.{column}")

    (table,) = read_page(tmp_path, draw).tables
    assert texts(table) == [[f"celda {row}.{column}" for column in (1, 2)] for row in (1, 2, 3)]
    first, below = table.rows[0][0], table.rows[1][0]
    assert first and below and first.bbox and below.bbox
    # On the page a row runs upwards (or downwards) and the next one stands beside it.
    assert first.bbox[3] - first.bbox[1] == pytest.approx(150, abs=1)
    assert first.bbox[2 if turn == 90 else 0] == pytest.approx(below.bbox[0 if turn == 90 else 2])


def test_a_watermark_is_in_no_cell(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 200, 300], [600, 700])
        canvas.drawString(110, 650, "Meta")
        canvas.drawString(210, 650, "Avance")
        canvas.rotate(45)
        canvas.setFont("Helvetica", 30)
        canvas.drawString(560, 320, "COPIA SIN VALOR")

    found = read_page(tmp_path, draw)
    assert texts(found.tables[0]) == [["Meta", "Avance"]]
    assert lines(found) == ["COPIA SIN VALOR"]


def fill_cells(canvas: Canvas, xs: Sequence[float], ys: Sequence[float]) -> None:
    """A word in every cell, `row.column` from the top left."""
    for row, y in enumerate(ys, start=1):
        for column, x in enumerate(xs, start=1):
            canvas.drawString(x, y, f"{row}.{column}")


GRID = [["1.1", "1.2"], ["2.1", "2.2"]]


def draw_dashed(canvas: Canvas) -> None:
    canvas.setDash(3, 2)
    canvas.setStrokeColorRGB(0.7, 0.7, 0.7)
    canvas.grid([100, 200, 300], [600, 640, 680])
    fill_cells(canvas, (110, 210), (655, 615))


def draw_thin_rectangles(canvas: Canvas) -> None:
    for x in (100, 200, 300):
        canvas.rect(x, 600, 0.5, 80, stroke=0, fill=1)
    for y in (600, 640, 680):
        canvas.rect(100, y, 200, 0.5, stroke=0, fill=1)
    fill_cells(canvas, (110, 210), (655, 615))


def draw_fills(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.8, 0.85, 0.9)
    for x in (100, 202):
        for y in (600, 642):
            canvas.rect(x, y, 100, 40, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    fill_cells(canvas, (110, 210), (655, 615))


def draw_without_frame(canvas: Canvas) -> None:
    canvas.line(200, 600, 200, 680)
    for y in (600, 640, 680):
        canvas.line(100, y, 300, y)
    fill_cells(canvas, (110, 210), (655, 615))


def draw_short_of_corners(canvas: Canvas) -> None:
    canvas.grid([100, 200], [600, 640, 680])
    for y in (640, 680):
        canvas.line(200, y, 300, y)
    canvas.line(200, 600, 295, 600)  # ends five points short of the corner
    canvas.line(300, 600, 300, 680)
    fill_cells(canvas, (110, 210), (655, 615))


def draw_double_rules(canvas: Canvas) -> None:
    for shift in (0, 2):
        canvas.grid(
            [100 + shift, 200 + shift, 300 + shift], [600 + shift, 640 + shift, 680 + shift]
        )
    fill_cells(canvas, (110, 210), (655, 615))


def draw_white_lines_on_colour(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.2, 0.3, 0.6)
    canvas.rect(100, 600, 200, 80, stroke=0, fill=1)
    canvas.setStrokeColorRGB(1, 1, 1)
    canvas.grid([100, 200, 300], [600, 640, 680])
    canvas.setFillColorRGB(1, 1, 1)
    fill_cells(canvas, (110, 210), (655, 615))


@pytest.mark.parametrize(
    "draw",
    [
        draw_dashed,
        draw_thin_rectangles,
        draw_fills,
        draw_without_frame,
        draw_short_of_corners,
        draw_double_rules,
        draw_white_lines_on_colour,
    ],
)
def test_rules_of_every_make(tmp_path: Path, draw: Draw) -> None:
    (table,) = read_page(tmp_path, draw).tables
    assert texts(table) == GRID


def test_tables_side_by_side_are_two(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 150, 200], [600, 640, 680])
        canvas.grid([300, 350, 400], [600, 640, 680])
        fill_cells(canvas, (110, 160), (655, 615))
        fill_cells(canvas, (310, 360), (655, 615))

    one, two = read_page(tmp_path, draw).tables
    assert texts(one) == texts(two) == GRID
    assert (one.number, two.number) == (1, 2)


def test_a_column_without_its_rules_is_inside_the_table(tmp_path: Path) -> None:
    """A wide plan loses the rules above and below a column: its sides are one table still."""

    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 150, 200], [600, 640, 680])
        canvas.grid([260, 310, 360], [600, 640, 680])
        fill_cells(canvas, (110, 160), (655, 615))
        canvas.drawString(210, 655, "entre")
        fill_cells(canvas, (270, 320), (655, 615))

    (table,) = read_page(tmp_path, draw).tables
    assert texts(table)[0] == ["1.1", "1.2", "entre", "1.1", "1.2"]


def test_columns_stay_apart_where_a_rule_was_lost(tmp_path: Path) -> None:
    """Beside a column without its row's rule, the rule between two columns ends half way."""

    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 150], [600, 640, 680])
        canvas.grid([250, 300], [600, 640, 680])
        for y in (600, 680):
            canvas.line(150, y, 250, y)
        canvas.line(200, 600, 200, 640)
        fill_cells(canvas, (110, 160, 210, 260), (655, 615))

    (table,) = read_page(tmp_path, draw).tables
    assert texts(table) == [
        ["1.1", "1.2", "1.3", "1.4"],
        ["2.1", "2.2", "2.3", "2.4"],
    ]


def test_a_table_in_a_cell_takes_its_words(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 200, 400], [500, 680])
        canvas.drawString(110, 660, "Hitos")
        canvas.drawString(210, 660, "Detalle")
        canvas.grid([220, 290, 380], [520, 560, 600])
        fill_cells(canvas, (230, 300), (575, 535))

    outer, inner = read_page(tmp_path, draw).tables
    assert texts(outer) == [["Hitos", "Detalle"]]
    assert texts(inner) == GRID


def draw_amounts(canvas: Canvas, top: float) -> None:
    """Three columns of amounts in one row of rules, from `top` down."""
    canvas.grid([100, 200, 300, 400], [top - 60, top])
    for row, y in enumerate((top - 15, top - 30, top - 45), start=1):
        for column, x in enumerate((190, 290, 390), start=1):
            canvas.drawRightString(x, y, f"{row},{column}00.00")


def test_amounts_line_by_line_are_rows(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 200, 300, 400], [700, 720])
        for x, name in ((110, "Aprobado"), (210, "Vigente"), (310, "Pagado")):
            canvas.drawString(x, 706, name)
        draw_amounts(canvas, 700)

    (table,) = read_page(tmp_path, draw).tables
    assert texts(table) == [
        ["Aprobado", "Vigente", "Pagado"],
        *([f"{row},{column}00.00" for column in (1, 2, 3)] for row in (1, 2, 3)),
    ]


def test_columns_without_any_row_are_left_to_alignment(tmp_path: Path) -> None:
    found = read_page(tmp_path, lambda canvas: draw_amounts(canvas, 700))
    assert found.tables == ()
    assert len(found.rest) == 9


def test_wrapped_text_is_one_row(tmp_path: Path) -> None:
    row = ["Publicar\nlos datos\ndel plan", "Portal\nde datos\nabiertos", "3\n4\n5"]
    (table,) = read_flow(tmp_path, [ruled([["Acción", "Meta", "N"], row])]).tables
    assert texts(table)[1] == row


def test_lines_of_shaded_text_are_no_rules(tmp_path: Path) -> None:
    """A word processor shades a cell and each line of its text; pdfplumber parts the lines."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.85, 0.85, 0.85)
        for x in (100, 200):
            canvas.rect(x, 600, 100, 60, stroke=0, fill=1)
            for y in (605, 620, 635):
                canvas.rect(x + 5, y, 90, 15, stroke=0, fill=1)
        canvas.grid([100, 200, 300], [600, 660])
        canvas.setFillColorRGB(0, 0, 0)
        for x in (110, 210):
            for line, y in enumerate((640, 625, 610), start=1):
                canvas.drawString(x, y, f"línea {line}")

    (table,) = read_page(tmp_path, draw).tables
    assert texts(table) == [["línea 1\nlínea 2\nlínea 3"] * 2]


def test_shaded_cells_side_by_side_are_parted(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.3, 0.5, 0.8)
        canvas.rect(100, 640, 100, 40, stroke=0, fill=1)
        canvas.rect(200, 640, 100, 40, stroke=0, fill=1)
        canvas.setFillColorRGB(0.9, 0.9, 0.9)
        canvas.rect(100, 600, 100, 40, stroke=0, fill=1)
        canvas.rect(200, 600, 100, 40, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        fill_cells(canvas, (110, 210), (655, 615))

    (table,) = read_page(tmp_path, draw).tables
    assert texts(table) == GRID


def test_white_cells_on_paper_are_no_rules(tmp_path: Path) -> None:
    """A spreadsheet paints empty cells white around its title."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        for x in (100, 150, 200):
            canvas.rect(x, 700, 50, 20, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(105, 706, "Presupuesto analítico")

    found = read_page(tmp_path, draw)
    assert found.tables == ()
    assert lines(found) == ["Presupuesto analítico"]


def test_a_chart_is_no_table(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 140, 180, 220, 260], [500, 540, 580, 620, 660, 700])
        canvas.setFillColorRGB(0.2, 0.2, 0.8)
        canvas.rect(100, 550, 130, 20, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(232, 555, "28")
        canvas.drawString(112, 515, "9")
        for x in (100, 140, 180, 220, 260):
            canvas.drawString(x - 5, 485, str(x))

    assert read_page(tmp_path, draw).tables == ()


def test_underlines_and_a_page_border_are_no_table(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(20, 20, 555, 800)
        canvas.line(20, 760, 575, 760)
        canvas.drawString(100, 780, "Membrete de la entidad")
        canvas.drawString(100, 700, "Título subrayado")
        canvas.line(100, 698, 180, 698)

    found = read_page(tmp_path, draw)
    assert found.tables == ()
    assert lines(found) == ["Membrete de la entidad", "Título subrayado"]


def test_a_page_without_print_has_nothing(tmp_path: Path) -> None:
    found = read_page(tmp_path, lambda canvas: canvas.line(0, 0, 10, 10))
    assert (found.tables, len(found.rest)) == ((), 0)


def test_no_word_is_lost(tmp_path: Path) -> None:
    geometry = geometry_of(make_flow(tmp_path / "a.pdf", [ruled(ROWS), paragraph("Fuera")]))
    found = read_tables(geometry, 1)
    inside = "".join(cell.text for table in found.tables for cell in table.cells)
    outside = "".join(found.words.texts[index] for index in found.rest.tolist())
    printed = "".join(geometry.words.texts)
    assert sorted(re.sub(r"\s", "", inside) + outside) == sorted(printed)


def test_bands_of_colour_tell_rows(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.85, 0.9, 0.95)
        for y in (700, 660, 620):
            canvas.rect(100, y, 300, 20, stroke=0, fill=1)

    rows = band_rows(geometry_of(make_pages(tmp_path / "a.pdf", draw)))
    assert [(round(row[1]), round(row[3])) for row in rows] == [
        (122, 142),
        (142, 162),
        (162, 182),
        (182, 202),
        (202, 222),
    ]


def test_lines_of_a_shaded_paragraph_are_no_bands(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.85, 0.9, 0.95)
        for y in (700, 685, 670, 655):
            canvas.rect(100, y, 300, 15, stroke=0, fill=1)

    assert band_rows(geometry_of(make_pages(tmp_path / "a.pdf", draw))) == []


def test_a_sound_grid_needs_no_other_reader(tmp_path: Path) -> None:
    geometry = geometry_of(make_flow(tmp_path / "a.pdf", [ruled(ROWS)]))

    def ask(number: int) -> list[list[object]]:
        raise AssertionError("asked")

    (choice,) = find_grids(geometry, ask)
    fit = judge_grid(choice.grid, geometry)
    assert (fit.words, fit.explained, fit.rows, fit.columns, fit.filled) == (8, 8, 3, 3, 7)
    assert fit.is_sound


def test_a_cell_of_a_scan_is_as_sure_as_its_least_sure_letter(tmp_path: Path) -> None:
    geometry = geometry_of(make_flow(tmp_path / "a.pdf", [ruled([["Meta", "72%"]])]))
    confidences = np.full(len(geometry.chars), 96.0)
    confidences[geometry.words.starts[1]] = 41.0
    chars = replace(geometry.chars, confidences=confidences)
    scan = replace(geometry, chars=chars, method="tesseract")
    (table,) = read_tables(scan, 1).tables
    assert [(cell.confidence, cell.method) for cell in table.cells] == [
        (96.0, "tesseract"),
        (41.0, "tesseract"),
    ]
    (printed,) = read_tables(geometry, 1).tables
    assert [cell.confidence for cell in printed.cells] == [None, None]


@pytest.mark.parametrize("limit", ["lattice.MOST_CROSSINGS", "mesh.MOST_PLACES"])
def test_a_page_of_lines_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    geometry = geometry_of(make_flow(tmp_path / "a.pdf", [ruled(ROWS)]))
    assert len(find_ruled(geometry)) == 1
    monkeypatch.setattr(f"extractors.tables.{limit}", 3)
    assert find_ruled(geometry) == []


@pytest.mark.parametrize("report", ["000", "003", "004"])
def test_ruled_reports_are_read_whole(shared_reports: Path, report: str) -> None:
    path = shared_reports / "pdf" / f"{report}_chromium_ruled.pdf"
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))["pages"]
    with pypdfium2.PdfDocument(path) as pdf:
        for number in range(1, len(pdf) + 1):
            tables = read_tables(read_geometry(pdf[number - 1], number), 1).tables
            assert [squeezed(texts(table)) for table in tables] == [
                squeezed(table["rows"]) for table in gold.get(str(number), ())
            ]


def squeezed(rows: list[list[str | None]]) -> list[list[str]]:
    """Cells without white space, for the gold tables do not say where a line breaks."""
    return [[re.sub(r"\s", "", cell or "") for cell in row] for row in rows]
