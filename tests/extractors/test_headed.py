"""A ruled header over a body without rules: one table, in the columns of both."""

from collections.abc import Callable
from pathlib import Path

from pdfs import make_pages
from reportlab.pdfgen.canvas import Canvas

from extractors.pages import read_pdf
from pipeline.model import Table

LEFTS = (50, 95, 250, 430, 560)  # the header's rules: code, name, budget (3 columns), balance
RIGHTS = (310, 370, 425, 555)  # where the amounts of the body end
TOP = 700
ROWS = [
    ("1.1", "Sueldos", "1,250,000", "0", "1,250,000", "350,000"),
    ("1.2", "Prima vacacional", "80,500", "12,000", "92,500", "80,500"),
    ("1.3", "Materiales de oficina", "9,400", "0", "9,400", "0"),
    ("1.4", "Combustibles", "21,000", "1,500", "22,500", "7,000"),
]


def draw_header(canvas: Canvas, names: tuple[str, ...] = ("INICIAL", "ADICIONES", "TOTAL")) -> None:
    canvas.setFont("Helvetica-Bold", 7)
    for x in LEFTS:
        canvas.line(x, TOP, x, TOP + 30)
    for y, left, right in ((TOP, 50, 560), (TOP + 30, 50, 560), (TOP + 15, 250, 430)):
        canvas.line(left, y, right, y)
    canvas.drawString(55, TOP + 10, "RUBRO")
    canvas.drawString(150, TOP + 10, "NOMBRE")
    canvas.drawCentredString(340, TOP + 19, "PRESUPUESTO")
    canvas.drawRightString(556, TOP + 10, "SALDO")
    for right, name in zip(RIGHTS, names, strict=False):
        canvas.drawRightString(right, TOP + 4, name)


def draw_row(canvas: Canvas, at: int, row: tuple[str, ...], y: float | None = None) -> None:
    canvas.setFont("Helvetica", 7)
    y = TOP - 14 - 11 * at if y is None else y
    canvas.drawString(52, y, row[0])
    canvas.drawString(97, y, row[1])
    for right, amount in zip(RIGHTS, row[2:], strict=False):
        canvas.drawRightString(right, y, amount)


def draw_body(canvas: Canvas) -> None:
    for at, row in enumerate(ROWS):
        draw_row(canvas, at, row)


def read(path: Path, *draws: Callable[[Canvas], object]) -> tuple[Table, ...]:
    def draw(canvas: Canvas) -> None:
        for one in draws:
            one(canvas)

    return read_pdf(make_pages(path, draw)).tables


def texts(table: Table) -> list[list[str]]:
    return [[cell.text if cell else "~" for cell in row] for row in table.rows]


def test_a_ruled_header_and_its_open_body_are_one_table(tmp_path: Path) -> None:
    (table,) = read(tmp_path / "a.pdf", draw_header, draw_body)
    assert texts(table) == [
        ["RUBRO", "NOMBRE", "PRESUPUESTO", "~", "~", "SALDO"],
        ["~", "~", "INICIAL", "ADICIONES", "TOTAL", "~"],
        *map(list, ROWS),
    ]
    spans = [cell.column_span for cell in table.rows[0] if cell]
    assert spans == [1, 1, 3, 1]


def test_one_name_for_many_columns_of_the_body_spans_them(tmp_path: Path) -> None:
    names = ("", "Del ejercicio")
    (table,) = read(tmp_path / "a.pdf", lambda canvas: draw_header(canvas, names), draw_body)
    assert texts(table)[1] == ["~", "~", "Del ejercicio", "~", "~", "~"]
    assert texts(table)[2:] == [list(row) for row in ROWS]


def test_a_header_far_above_is_another_table(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for at, row in enumerate(ROWS):
            draw_row(canvas, at, row, TOP - 100 - 11 * at)

    header, body = read(tmp_path / "a.pdf", draw_header, draw)
    assert len(header.rows) == 2
    assert texts(body) == [list(row) for row in ROWS]


def test_the_rest_of_a_name_is_no_row(tmp_path: Path) -> None:
    long = ("1.5", "Aportes del departamento por cuotas", "700", "0", "700", "0")

    def draw(canvas: Canvas) -> None:
        draw_body(canvas)
        draw_row(canvas, 4, long)
        canvas.drawString(97, TOP - 14 - 44 - 10.5, "FISCALIZADAS del año")
        draw_row(canvas, 0, ("1.6", "Otros", "5", "0", "5", "0"), TOP - 14 - 44 - 21)

    (table,) = read(tmp_path / "a.pdf", draw_header, draw)
    assert texts(table)[-2][1] == "Aportes del departamento por cuotas\nFISCALIZADAS del año"
    assert texts(table)[-1][:3] == ["1.6", "Otros", "5"]


def test_an_amount_a_space_after_a_name_stands_in_its_column(tmp_path: Path) -> None:
    more = [(f"2.{at}", f"Gasto {at}", "1,000", "0", "1,000", "0") for at in range(4)]
    tight = ("3", "Horas extras, recargos nocturnos y festivos del personal", "13,369,600")

    def draw(canvas: Canvas) -> None:
        draw_body(canvas)
        for at, row in enumerate(more, len(ROWS)):
            draw_row(canvas, at, row)
        draw_row(canvas, 8, (*tight, "0", "0", "0"))

    (table,) = read(tmp_path / "a.pdf", draw)
    assert texts(table)[-1][:3] == list(tight)
