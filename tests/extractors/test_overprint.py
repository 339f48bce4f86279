"""Names cut off by their cell that go on, unseen, over the amounts beside it."""

from collections.abc import Callable
from pathlib import Path

from pdfs import make_pages
from reportlab.pdfgen.canvas import Canvas

from extractors.pages import read_pdf

XS, YS = [100, 200, 260, 320], [680, 700, 720, 740]
TOPS = [725, 705, 685]


def read(path: Path, draw: Callable[[Canvas], None]) -> list[list[str | None]]:
    def page(canvas: Canvas) -> None:
        canvas.grid(XS, YS)
        canvas.setFont("Helvetica", 8)
        draw(canvas)

    (table,) = read_pdf(make_pages(path, page)).tables
    return [[cell.text if cell else None for cell in row] for row in table.rows]


def clip(canvas: Canvas, x: float, y: float, text: str, right: float) -> None:
    """Print a name that is seen no further than the edge of its cell."""
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(x, y - 4, right - x, 16)
    canvas.clipPath(path, stroke=0)
    canvas.drawString(x, y, text)
    canvas.restoreState()


def amounts(canvas: Canvas, y: float, *texts: str) -> None:
    for right, text in zip(XS[2:], texts, strict=True):
        canvas.drawRightString(right - 2, y, text)


def test_a_name_that_runs_on_over_amounts_stays_in_its_cell(tmp_path: Path) -> None:
    names = [
        "Arrendamiento de paquetes informáticos",  # no word of it is cut by the rule
        "Mantenimiento y reparación de equipos y sistemas de cómputo",
        "Papelería",
    ]

    def draw(canvas: Canvas) -> None:
        for y, name in zip(TOPS, names, strict=True):
            amounts(canvas, y, "150.00", "-71.60")
            clip(canvas, 102, y, name, 199)

    assert read(tmp_path / "a.pdf", draw) == [[name, "150.00", "-71.60"] for name in names]


def test_an_amount_right_behind_a_hidden_name_is_parted_from_it(tmp_path: Path) -> None:
    name = "Infraestructura social municipal"

    def draw(canvas: Canvas) -> None:
        for y in TOPS:
            clip(canvas, 102, y, name, 199)
            canvas.drawString(102 + canvas.stringWidth(name, "Helvetica", 8), y, "9,008.00")
            canvas.drawRightString(318, y, "900.00")

    assert read(tmp_path / "a.pdf", draw) == [[name, "9,008.00", "900.00"]] * 3


def test_what_is_written_over_a_line_to_be_filled_in_leaves_the_line(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for y in TOPS:
            label = "Nombre de la unidad:"
            canvas.drawString(
                198 - canvas.stringWidth(label, "Helvetica", 8), y, f"{label} ________"
            )
            canvas.drawString(212, y, "Obras")
            canvas.drawRightString(318, y, "900.00")

    rows = read(tmp_path / "a.pdf", draw)
    assert all(name == "Nombre de la unidad:" and "Obras" in str(unit) for name, unit, _ in rows)
    assert all("____" in str(unit) for _, unit, _ in rows)
