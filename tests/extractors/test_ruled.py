"""Ruled tables: grids, spans, the words of each cell, and the second opinion."""

import json
import re
from pathlib import Path

import pytest
from pdfs import make_flow, make_pages, paragraph, ruled
from reportlab.pdfgen.canvas import Canvas

from extractors.pages import PdfContent, read_pdf
from extractors.tables.grid import make_grid
from extractors.tables.opinions import Readers
from pipeline.model import Table

ROWS = [["Compromiso", "Meta", "Avance"], ["Abrir datos", "Portal", "72%"], ["", "Taller", ""]]


def texts(table: Table) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in table.rows]


def lines(content: PdfContent) -> list[str]:
    return [line.text for line in content.prose]


def test_every_cell_says_where_it_stands(tmp_path: Path) -> None:
    content = read_pdf(make_flow(tmp_path / "a.pdf", [ruled(ROWS)]))
    (table,) = content.tables
    assert texts(table) == ROWS
    assert (table.number, table.header_rows, table.method) == (1, 0, "ruled")
    assert [(cell.row, cell.column) for cell in table.cells] == [
        (row, column) for row in (1, 2, 3) for column in (1, 2, 3)
    ]
    assert {(cell.page, cell.table, cell.method) for cell in table.cells} == {(1, 1, "ruled")}
    assert all(cell.bbox and cell.bbox[0] < cell.bbox[2] for cell in table.cells)


def test_spans_cover_places_with_none(tmp_path: Path) -> None:
    rows = [["Eje", "Metas", ""], ["Datos", "Portal", "Taller"], ["", "Guía", "Curso"]]
    table = ruled(rows, ("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 1), (0, 2)))
    (read,) = read_pdf(make_flow(tmp_path / "a.pdf", [table])).tables
    assert texts(read) == [
        ["Eje", "Metas", None],
        ["Datos", "Portal", "Taller"],
        [None, "Guía", "Curso"],
    ]
    spans = {cell.text: (cell.row_span, cell.column_span) for cell in read.cells}
    assert spans["Metas"] == (1, 2)
    assert spans["Datos"] == (2, 1)
    assert spans["Guía"] == (1, 1)


def test_lines_of_a_cell_stay_apart(tmp_path: Path) -> None:
    (table,) = read_pdf(
        make_flow(tmp_path / "a.pdf", [ruled([["FECHA DE\nCULMINACI\nON", "Presupuest\no"]])])
    ).tables
    assert texts(table) == [["FECHA DE\nCULMINACI\nON", "Presupuest\no"]]


def test_a_box_around_prose_is_no_table(tmp_path: Path) -> None:
    flow = [ruled([["Nota: este informe"], ["se revisa cada año"]]), paragraph("Fuera de la caja")]
    content = read_pdf(make_flow(tmp_path / "a.pdf", flow))
    assert content.tables == ()
    assert lines(content) == ["Nota: este informe", "se revisa cada año", "Fuera de la caja"]


def test_a_table_over_two_pages_is_two_tables(tmp_path: Path) -> None:
    rows = [["Actividad", "Meta"]] + [[f"Actividad {n}", f"Meta {n}"] for n in range(1, 61)]
    content = read_pdf(make_flow(tmp_path / "a.pdf", [ruled(rows, repeatRows=1)]))
    one, two = content.tables
    assert [one.number, two.number] == [1, 2]
    assert {cell.page for cell in two.cells} == {2}
    assert {cell.table for cell in two.cells} == {2}
    assert texts(one)[0] == texts(two)[0] == ["Actividad", "Meta"]
    assert texts(one)[1:] + texts(two)[1:] == rows[1:]


def test_text_that_runs_over_a_rule_stays_whole(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 160, 220], [700, 720, 740])
        canvas.setFont("Helvetica", 10)
        canvas.drawString(102, 725, "Equipos informáticos")  # wider than its cell
        canvas.drawRightString(218, 725, "150.00")
        canvas.drawString(102, 705, "Sillas")
        canvas.drawRightString(218, 705, "75.00")

    (table,) = read_pdf(make_pages(tmp_path / "a.pdf", draw)).tables
    assert texts(table) == [["Equipos informáticos", "150.00"], ["Sillas", "75.00"]]


def test_tight_cells_keep_their_numbers_apart(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        width = canvas.stringWidth("05", "Helvetica", 10)
        canvas.grid([100, 100.5 + width, 140], [700, 720])
        canvas.drawString(100.5, 705, "05112")

    (table,) = read_pdf(make_pages(tmp_path / "a.pdf", draw)).tables
    assert texts(table) == [["05", "112"]]


def test_sideways_headers_are_read_upwards(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 130, 200], [600, 700])
        canvas.drawString(140, 650, "Meta")
        canvas.rotate(90)
        canvas.drawString(610, -120, "Primer semestre")

    (table,) = read_pdf(make_pages(tmp_path / "a.pdf", draw)).tables
    assert texts(table) == [["Primer semestre", "Meta"]]


def test_a_watermark_is_in_no_cell(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 200, 300], [600, 700])
        canvas.drawString(110, 650, "Meta")
        canvas.drawString(210, 650, "Avance")
        canvas.rotate(45)
        canvas.setFont("Helvetica", 30)
        canvas.drawString(560, 320, "COPIA SIN VALOR")

    content = read_pdf(make_pages(tmp_path / "a.pdf", draw))
    assert texts(content.tables[0]) == [["Meta", "Avance"]]
    assert lines(content) == ["COPIA SIN VALOR"]


def test_letters_spaced_out_are_one_word(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "AVANCE DE METAS", charSpace=3)

    assert lines(read_pdf(make_pages(tmp_path / "a.pdf", draw))) == ["AVANCE DE METAS"]


def test_a_place_without_rules_is_a_cell_too() -> None:
    grid = make_grid([(0, 0, 50, 20), (50, 0, 90, 20), (0, 20, 50, 40)], "pdfplumber")
    assert grid.shape == (2, 2)
    assert [(cell.row, cell.column) for cell in grid.cells if not cell.printed] == [(1, 1)]


def test_double_rules_are_one() -> None:
    grid = make_grid([(0, 0, 50, 20), (53, 0, 90, 20), (50, 0, 53, 20)], "pdfplumber")
    assert grid.xs == (0, 50, 90)


def test_rules_that_do_not_quite_meet_make_cells(tmp_path: Path) -> None:
    """A page whose cell corners are open, where pdfplumber misses a cell."""

    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 200, 300], [600, 640, 680])
        canvas.line(300, 680, 400, 680)
        canvas.line(300, 640, 400, 640)
        canvas.line(300, 600, 395, 600)  # ends five points short of the corner
        canvas.line(400, 600, 400, 680)
        for row, y in enumerate((655, 615), start=1):
            for column, x in enumerate((110, 210, 310), start=1):
                canvas.drawString(x, y, f"celda {row}.{column}")

    (table,) = read_pdf(make_pages(tmp_path / "a.pdf", draw)).tables
    assert table.method == "ruled"
    assert texts(table) == [[f"celda {row}.{column}" for column in (1, 2, 3)] for row in (1, 2)]


def test_readers_that_fail_leave_the_own_grid(tmp_path: Path) -> None:
    assert [grids for grids in Readers(tmp_path / "absent.pdf").ask(1) if grids] == []


@pytest.mark.parametrize("report", ["000", "003", "004"])
def test_ruled_reports_are_read_whole(shared_reports: Path, report: str) -> None:
    path = shared_reports / "pdf" / f"{report}_chromium_ruled.pdf"
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))["pages"]
    by_page: dict[str, list[Table]] = {}
    for table in read_pdf(path).tables:
        by_page.setdefault(str(next(table.cells).page), []).append(table)
    assert sorted(by_page) == sorted(gold)
    for page, tables in gold.items():
        assert [squeezed(texts(table)) for table in by_page[page]] == [
            squeezed(table["rows"]) for table in tables
        ]


def squeezed(rows: list[list[str | None]]) -> list[list[str]]:
    """Cells without white space, for the gold tables do not say where a line breaks."""
    return [[re.sub(r"\s", "", cell or "") for cell in row] for row in rows]
