"""A line of totals in a box of its own under a ruled table."""

from pathlib import Path

from pdfs import make_pages
from reportlab.pdfgen.canvas import Canvas

from extractors.pages import read_pdf

XS = (60, 120, 250, 330, 410, 490)
ROWS = [
    ["Código", "Concepto", "Inicial", "Reformas", "Codificado"],
    ["5101", "Sueldos", "1,000.00", "50.00", "1,050.00"],
    ["5102", "Materiales", "300.00", "-20.00", "280.00"],
]
TOTALS = ["TOTALES:", "1,300.00", "30.00", "1,330.00"]


def read(path: Path, totals: list[str], gap: float) -> list[list[list[str]]]:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for at in range(len(ROWS) + 1):
            canvas.line(XS[0], 700 - 18 * at, XS[-1], 700 - 18 * at)
        for x in XS:
            canvas.line(x, 700, x, 700 - 18 * len(ROWS))
        for at, row in enumerate(ROWS):
            for x, text in zip(XS, row, strict=False):
                canvas.drawString(x + 4, 700 - 18 * at - 13, text)
        top = 700 - 18 * len(ROWS) - gap
        canvas.rect(XS[1] - 20, top - 18, XS[-1] - XS[1] + 20, 18)
        for x, text in zip(XS[1:], totals, strict=False):
            canvas.drawString(x + 4, top - 13, text)

    tables = read_pdf(make_pages(path, draw)).tables
    return [[[cell.text if cell else "~" for cell in row] for row in one.rows] for one in tables]


def test_totals_in_a_box_below_stand_in_the_columns_of_the_table(tmp_path: Path) -> None:
    assert read(tmp_path / "a.pdf", TOTALS, 6) == [ROWS, [["", *TOTALS]]]


def test_words_below_a_table_or_amounts_far_from_it_are_no_totals(tmp_path: Path) -> None:
    assert read(tmp_path / "a.pdf", ["Visto", "bueno", "de la", "alcaldía"], 6) == [ROWS]
    assert read(tmp_path / "a.pdf", TOTALS, 80) == [ROWS]
