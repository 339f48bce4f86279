"""What aligns on a page and is no table."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from pdfs import HEIGHT, WIDTH
from reportlab.pdfgen.canvas import Canvas
from unruled_pages import Look, draw_prose, draw_table, find

PROSE = (
    "La administración municipal publica cada trimestre los avances de su plan, con las metas "
    "alcanzadas y los recursos ejecutados; la ciudadanía puede consultarlos en el portal y pedir "
    "las aclaraciones que estime necesarias. Los plazos se cuentan en días hábiles. "
)


def write(
    canvas: Canvas, lines: Sequence[tuple[float, str]], y: float = 720, step: float = 14
) -> None:
    for at, (x, text) in enumerate(lines):
        canvas.drawString(x, y - step * at, text)


def one_column(canvas: Canvas) -> None:
    draw_prose(canvas, PROSE * 9, (60, 0, 535, 760))


def justified(canvas: Canvas) -> None:
    draw_prose(canvas, PROSE * 9, (60, 0, 400, 760), align=4)


def two_columns(canvas: Canvas) -> None:
    draw_prose(canvas, PROSE * 6, (60, 0, 288, 760))
    draw_prose(canvas, "Por otra parte. " + PROSE * 5, (308, 0, 536, 760), align=4)


def two_columns_out_of_step(canvas: Canvas) -> None:
    draw_prose(canvas, PROSE * 6, (60, 0, 288, 760))
    draw_prose(canvas, PROSE * 6, (308, 0, 536, 755), size=9.5)


def three_columns(canvas: Canvas) -> None:
    for at in range(3):
        left = 50 + 170 * at
        draw_prose(canvas, PROSE * 5, (left, 0, left + 150, 760), size=9)


def bullets(canvas: Canvas) -> None:
    foot = 740.0
    for text in (PROSE[:150], PROSE[90:230], "Buzón de sugerencias", PROSE[:170]):
        canvas.drawString(70, foot - 10, "•")
        foot = draw_prose(canvas, text, (95, 0, 500, foot)) - 6


def numbers(canvas: Canvas) -> None:
    items = ("Transparencia activa", "Datos abiertos", "Rendición de cuentas", "Integridad pública")
    for at, item in enumerate(items, start=1):
        canvas.drawString(70, 740 - 16 * at, f"{at}.")
        canvas.drawString(100, 740 - 16 * at, item)


def contents(canvas: Canvas) -> None:
    titles = ("Presentación", "Diagnóstico del municipio", "Ejes estratégicos", "Anexos")
    for at, title in enumerate(titles):
        dots = "." * int((400 - canvas.stringWidth(title, "Helvetica", 10)) / 2.8)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(70, 720 - 18 * at, title + " " + dots)
        canvas.drawString(500, 720 - 18 * at, str(3 + 7 * at))


def contents_without_dots(canvas: Canvas) -> None:
    titles = ("Presentación", "Diagnóstico del municipio", "Ejes estratégicos", "Seguimiento")
    for at, title in enumerate(titles):
        canvas.drawString(70, 720 - 18 * at, title)
        canvas.drawRightString(500, 720 - 18 * at, str(3 + 7 * at))


def signatures(canvas: Canvas) -> None:
    for x, name, office in (
        (180, "Rosa Peña Ríos", "Presidenta municipal"),
        (420, "Luis Cano Vega", "Tesorero"),
    ):
        canvas.line(x - 80, 215, x + 80, 215)
        canvas.drawCentredString(x, 200, name)
        canvas.drawCentredString(x, 186, office)


def letterhead(canvas: Canvas) -> None:
    write(canvas, [(60, "Municipio de Ejemplo"), (60, "Secretaría de Planeación")], y=800)
    write(canvas, [(430, "Página 1 de 12"), (430, "Versión 3")], y=800)
    draw_prose(canvas, PROSE * 3, (60, 0, 535, 760))


def form_lines(canvas: Canvas) -> None:
    labels = (("Para:", "Concejo municipal"), ("De:", "Oficina de control"), ("Asunto:", "Informe"))
    for at, (label, value) in enumerate(labels):
        canvas.drawString(60, 740 - 15 * at, label)
        canvas.drawString(130, 740 - 15 * at, value)
    draw_prose(canvas, PROSE * 3, (60, 0, 535, 680))


def poem(canvas: Canvas) -> None:
    write(canvas, [(200 + 12 * (at % 3), text) for at, text in enumerate(PROSE.split(", "))])


def bars(canvas: Canvas) -> None:
    for at, value in enumerate((420, 180, 330, 75)):
        y = 700 - 24 * at
        canvas.drawRightString(150, y, ("Norte", "Centro", "Costa", "Sierra")[at])
        canvas.rect(160, y - 3, value / 2, 12, 0, 1)
        canvas.drawString(165 + value / 2, y, str(value))
    for at in range(6):
        canvas.drawCentredString(160 + 50 * at, 600, str(100 * at))


@pytest.mark.parametrize(
    "draw",
    [
        one_column, justified, two_columns, two_columns_out_of_step, three_columns, bullets,
        numbers, contents, contents_without_dots, signatures, letterhead, form_lines, poem, bars,
    ],
)  # fmt: skip
def test_is_no_table(tmp_path: Path, draw: object) -> None:
    assert find(tmp_path / "a.pdf", draw) == []  # type: ignore[arg-type]


def test_an_empty_page_has_none(tmp_path: Path) -> None:
    assert find(tmp_path / "a.pdf", lambda canvas: canvas.line(0, 0, WIDTH, HEIGHT)) == []


def test_a_table_in_one_of_two_columns_of_prose_is_found(tmp_path: Path) -> None:
    rows = [
        ["Eje", "Meta", "Avance"],
        ["Datos", "12", "50%"],
        ["Archivo", "4", "25%"],
        ["Ética", "8", "75%"],
    ]

    def draw(canvas: Canvas) -> None:
        foot = draw_prose(canvas, PROSE * 3, (60, 0, 288, 760))
        draw_table(canvas, rows, Look([90, 60, 60], at=(60, foot - 10)))
        draw_prose(canvas, PROSE * 6, (308, 0, 536, 755), size=9.5)

    assert find(tmp_path / "a.pdf", draw) == [rows]


def test_two_tables_side_by_side_are_two(tmp_path: Path) -> None:
    left = [
        ["Mes", "Ingresos"],
        ["Enero", "1,200.00"],
        ["Febrero", "980.50"],
        ["Marzo", "1,010.00"],
    ]
    right = [
        ["Rubro", "Egresos"],
        ["Sueldos", "700.00"],
        ["Obras", "1,300.00"],
        ["Apoyos", "85.00"],
    ]

    def draw(canvas: Canvas) -> None:
        draw_table(canvas, left, Look([80, 80], at=(60, 720), align=[0, 2]))
        draw_table(canvas, right, Look([80, 80], at=(340, 714), align=[0, 2]))

    assert find(tmp_path / "a.pdf", draw) == [left, right]
