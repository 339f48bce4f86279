"""Rows of a scan between which the picture lost the rule."""

from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from unruled_pages import read, texts

from extractors.geometry import Geometry
from extractors.tables.find import find_grids

ROWS = [
    [f"{at}.", f"Informe {at}", month] for at, month in enumerate(("Enero", "Mayo", "Junio") * 2)
]
HIGH = 18


def make(path: Path, lost: int, step: float = HIGH, method: str = "tesseract") -> Geometry:
    """A page with the rows, the rule under row `lost` left out, its lines `step` points apart."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for x in (60, 100, 250, 350):
            canvas.line(x, 700, x, 700 - HIGH * len(ROWS))
        for at in range(len(ROWS) + 1):
            if at != lost + 1:
                canvas.line(60, 700 - HIGH * at, 350, 700 - HIGH * at)
        for at, row in enumerate(ROWS):
            y = 700 - HIGH * at - 13
            if at in (lost, lost + 1):  # the two lines stand about the middle of both rows
                y = 700 - HIGH * (lost + 1) - 4 + step * (lost + 0.5 - at)
            for x, text in zip((65, 105, 255), row, strict=True):
                canvas.drawString(x, y, text)

    return replace(read(path, draw), method=method)


@pytest.mark.parametrize("lost", [0, 2])
def test_a_row_as_high_as_two_is_two(tmp_path: Path, lost: int) -> None:
    geometry = make(tmp_path / "a.pdf", lost)
    (choice,) = find_grids(geometry)
    assert texts(choice.grid, geometry) == ROWS


@pytest.mark.parametrize(
    "geometry", [{"step": 11.5}, {"method": "pdfium"}], ids=["wrapped", "printed"]
)
def test_lines_of_a_cell_stay_together(tmp_path: Path, geometry: dict[str, object]) -> None:
    (choice,) = find_grids(make(tmp_path / "a.pdf", 2, **geometry))  # type: ignore[arg-type]
    assert choice.grid.shape == (len(ROWS) - 1, 3)
