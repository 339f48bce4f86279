"""Pages in one, two and three columns, read as a person reads them."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from pdfs import HEIGHT, RULED, make_pages
from PIL import Image
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from extractors.extract import part_document
from extractors.pdfium import read_geometry
from extractors.reading_order import Lines, order_lines
from extractors.tables.find import read_tables
from extractors.tables.flow import join_lines
from pipeline.model import Block, Document, Extract, Page

A = (
    "La comisión revisó los avances de cada obra con los comités de la cuenca y dejó constancia de "
    "las visitas, los pagos y los cambios acordados con las familias de la ribera norte, sin que "
    "nadie objetara el calendario propuesto para el segundo tramo de los trabajos de limpieza."
)
B = (
    "Los talleres de la comarca reunieron a docentes, artesanas y vecinos que contaron qué "
    "esperan de la escuela nueva; las actas se publicaron en la biblioteca del barrio y cada grupo "
    "nombró a quien seguirá el gasto hasta la entrega de las llaves, prevista para el final del "
    "otoño."
)
C = (
    "El vivero entregó árboles nativos a treinta y dos parcelas, con un plan de riego que los "
    "propietarios firmaron ante el consejo; quienes perdieron plantas por la helada recibieron "
    "otras en agosto, y la oficina de caminos abrió el paso que faltaba entre los dos cerros."
)
HEAD = "Segunda parte del informe de la cuenca"
Draw = Callable[[Canvas], object]


def write(
    canvas: Canvas,
    text: str,
    x: float,
    y: float,
    width: float,
    size: float = 10,
    bold: bool = False,
) -> float:
    """The text set in lines of a width; the level below them."""
    font = "Helvetica-Bold" if bold else "Helvetica"
    canvas.setFont(font, size)
    for line in simpleSplit(text, font, size, width):
        canvas.drawString(x, HEIGHT - y, line)
        y += size * 1.25
    return y


def read(tmp_path: Path, *draw: Draw) -> tuple[list[Lines], Extract]:
    """Each page's lines, and what is made of them."""
    pdf = pypdfium2.PdfDocument(make_pages(tmp_path / "p.pdf", *draw))
    found, pages, tables = [], [], []
    for number, page in enumerate(pdf, start=1):
        geometry = read_geometry(page, number)
        ruled = read_tables(geometry, len(tables) + 1)
        boxes = [boxes_around(table.cells) for table in ruled.tables]
        found.append(order_lines(geometry, ruled.words, ruled.rest, boxes))
        size = geometry.width, geometry.height
        pages.append(Page(number, *size, found[-1].lines, columns=found[-1].columns))
        tables.extend(ruled.tables)
    prose = tuple(line for page in pages for line in page.lines)
    document = Document(
        "p", "", page_count=len(pages), pages=tuple(pages), tables=tuple(tables), prose=prose
    )
    return found, part_document(document)


def boxes_around(cells: Sequence[Block]) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = zip(*(cell.bbox for cell in cells if cell.bbox), strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def told(tmp_path: Path, *draw: Draw) -> list[str]:
    return [one.text for one in read(tmp_path, *draw)[1].paragraphs]


def test_one_column_is_read_line_by_line(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, "Responsable: Oficina de Caminos", 60, 60, 200)
        write(canvas, "Fecha: mayo de 2031", 400, 60, 200)
        for at in range(4):
            write(canvas, f"{at + 1}.", 60, 90 + 20 * at, 20)
            write(canvas, "Reparar el puente", 90, 90 + 20 * at, 200)
            write(canvas, "100 %", 400, 90 + 20 * at, 200)
        write(canvas, A, 60, 200, 470)

    pdf = pypdfium2.PdfDocument(make_pages(tmp_path / "p.pdf", draw))
    geometry = read_geometry(pdf[0], 1)
    everything = np.arange(len(geometry.words))
    lines = order_lines(geometry, geometry.words, everything)
    assert lines.columns == ()
    expected = join_lines(geometry.words)
    assert [(one.text, one.bbox) for one in lines.lines] == [(e.text, e.bbox) for e in expected]


def test_two_columns_with_a_heading_across(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        write(
            canvas, "Informe de la cuenca alta y de la comarca de Albor, año 2031", 60, 60, 470, 14
        )
        write(canvas, A, 60, 100, 225)
        write(canvas, B, 310, 103, 225)  # its lines are level with none on the left
        write(canvas, f"{HEAD} alta y de los caminos de la comarca", 60, 250, 470, 12, bold=True)
        write(canvas, C, 60, 275, 225)
        write(canvas, A, 310, 275, 225)

    title, first, second, head, third, fourth = told(tmp_path, draw)
    assert (first, second, third, fourth) == (A, B, C, A)
    assert title.startswith("Informe") and head.startswith(HEAD)


def test_a_short_heading_parts_blocks_of_columns(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, A, 60, 100, 225)
        write(canvas, B, 310, 100, 225)
        write(canvas, HEAD, 60, 250, 225, 12, bold=True)
        write(canvas, C, 60, 275, 225)
        write(canvas, A, 310, 275, 225)

    assert told(tmp_path, draw) == [A, B, HEAD, C, A]


def test_three_columns_and_a_foot(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, "Boletín de la comarca", 60, 60, 470, 14)
        for text, x in ((A, 60), (B, 225), (C, 390)):
            write(canvas, text, x, 100, 145, 9)
        write(canvas, "Imprenta del barrio", 60, 400, 470, 8)

    assert told(tmp_path, draw) == ["Boletín de la comarca", A, B, C, "Imprenta del barrio"]


def test_a_sentence_goes_on_from_column_to_column(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines = simpleSplit(f"{A} {B} {C}", "Helvetica", 10, 225)
        half = -(-len(lines) // 2)
        for at, line in enumerate(lines):
            canvas.setFont("Helvetica", 10)
            left = at < half
            canvas.drawString(60 if left else 310, HEIGHT - 100 - 12.5 * (at % half), line)

    assert told(tmp_path, draw) == [f"{A} {B} {C}"]


def test_a_table_over_the_gutter_ends_the_columns(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, A, 60, 100, 225)
        write(canvas, B, 310, 100, 225)
        rows = [["Obra", "Meta", "Avance"], ["Puente", "1", "40 %"], ["Escuela", "2", "70 %"]]
        table = Table(rows, colWidths=[200, 150, 125], style=[RULED])
        table.wrapOn(canvas, 475, 200)
        table.drawOn(canvas, 60, HEIGHT - 310)
        write(canvas, C, 60, 340, 225)
        write(canvas, A, 310, 340, 225)

    assert told(tmp_path, draw) == [A, B, C, A]


def test_a_picture_in_the_gutter_is_read_across(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        picture = ImageReader(Image.new("RGB", (30, 30), (200, 200, 200)))
        canvas.drawImage(picture, 230, HEIGHT - 150, 130, 60)
        for at, (left, right) in enumerate([("uno dos tres", "cuatro cinco seis")] * 4):
            write(canvas, f"{left} {at} y más", 60, 100 + 12.5 * at, 160)
            write(canvas, f"{right} {at} y más", 370, 100 + 12.5 * at, 160)

    (page,), _ = read(tmp_path, draw)
    assert page.columns == ()
    assert page.lines[0].text == "uno dos tres 0 y más cuatro cinco seis 0 y más"


def test_a_side_box_follows_the_paragraph_beside_it(tmp_path: Path) -> None:
    note = "Nota: la helada de junio dejó sin riego a las parcelas del cerro y la feria se aplazó."

    def draw(canvas: Canvas) -> None:
        lines = simpleSplit(A, "Helvetica", 10, 300)
        y = write(canvas, A, 60, 100, 300)
        canvas.setFillGray(0.9)
        canvas.rect(384, HEIGHT - 100 - 12.5 * (len(lines) - 1), 150, 12.5 * len(lines), 0, 1)
        canvas.setFillGray(0)
        write(canvas, note, 390, 104, 130, 8)
        write(canvas, f"Además, {B[0].lower()}{B[1:]}", 60, y, 470)
        write(canvas, C, 60, y + 60, 470)

    texts = told(tmp_path, draw)
    assert texts[-2:] == [note, C]
    assert " ".join(texts[:-2]) == f"{A} Además, {B[0].lower()}{B[1:]}"


def test_footnotes_come_after_the_columns(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        first, second = A.removesuffix("."), B[0].lower() + B[1:]
        y = write(canvas, first + " y, como se dijo1", 60, 100, 225)
        canvas.line(60, HEIGHT - y, 120, HEIGHT - y)
        write(canvas, "1 Véase el acta de la sesión del consejo.", 60, y + 14, 225, 7)
        write(canvas, second, 310, 100, 225)

    _, parts = read(tmp_path, draw)
    assert [one.text for one in parts.footnotes] == ["1 Véase el acta de la sesión del consejo."]
    assert all("Véase" not in one.text for one in parts.paragraphs)


@pytest.mark.parametrize(
    "rows",
    [
        [
            (f"{n}.", "Se repara el puente viejo de la cuenca alta antes de la crecida")
            for n in range(9)
        ],
        [("Responsable:", "La oficina de caminos de la comarca de Albor y el consejo")] * 9,
        [(f"Obra {n} del plan", f"{n} 250 300 410 520") for n in range(9)],
    ],
)
def test_rows_that_are_no_columns_of_prose(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    def draw(canvas: Canvas) -> None:
        for at, (label, text) in enumerate(rows):
            write(canvas, label, 60, 100 + 14 * at, 200)
            write(canvas, text, 200, 100 + 14 * at, 350)

    (page,), _ = read(tmp_path, draw)
    assert page.columns == ()
    assert [line.text for line in page.lines] == [f"{label} {text}" for label, text in rows]


def test_text_set_sideways_comes_last(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(30, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Versión de consulta")
        canvas.restoreState()
        write(canvas, A, 60, 100, 225)
        write(canvas, B, 310, 100, 225)

    (page,), _ = read(tmp_path, draw)
    assert page.lines[-1].text == "Versión de consulta"
    assert len(page.columns) == 2


def test_every_word_stands_in_one_line(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for at in range(3):
            write(canvas, A, 60 + 7 * at, 100 + 90 * at, 150 + 20 * at, 9)
            write(canvas, B, 330 - 9 * at, 96 + 88 * at, 160, 8)

    (page,), _ = read(tmp_path, draw)
    printed = sorted(word for line in page.lines for word in line.text.split())
    assert printed == sorted(f"{A} {B}".split() * 3)


def test_a_page_of_many_words_loses_none(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for at in range(180):
            write(canvas, "a 1 b 2 " * 20, 20, 20 + 4.4 * at, 560, 3)

    pdf = pypdfium2.PdfDocument(make_pages(tmp_path / "p.pdf", draw))
    geometry = read_geometry(pdf[0], 1)
    ordered = order_lines(geometry, geometry.words, np.arange(len(geometry.words)))
    assert sum(len(line.text.split()) for line in ordered.lines) == len(geometry.words)


def test_no_words_are_no_lines(tmp_path: Path) -> None:
    (page,), _ = read(tmp_path, lambda canvas: canvas.rect(10, 10, 20, 20))
    assert page == Lines(())
