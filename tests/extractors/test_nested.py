"""Tables that stand on the foot, or hang from the head, of a frame drawn around them."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from unruled_pages import read, texts

from extractors.tables.find import find_grids

ROWS = [["Tema", "Asistentes"], ["Archivo", "5"], ["Datos abiertos", "8"]]
LEFT, RIGHT, HIGH = 120.0, 420.0, 20.0


def draw(canvas: Canvas, top: float, frame: tuple[float, float]) -> None:
    """The rows from `top` down, in a frame from `frame[0]` down to `frame[1]`."""
    foot = top - HIGH * len(ROWS)
    canvas.rect(60, frame[1], 460, frame[0] - frame[1])
    for at in range(len(ROWS) + 1):
        canvas.line(LEFT, top - HIGH * at, RIGHT, top - HIGH * at)
    for x in (LEFT, 320, RIGHT):
        canvas.line(x, foot, x, top)
    for at, row in enumerate(ROWS):
        for x, text in zip((LEFT + 5, 325), row, strict=True):
            canvas.drawString(x, top - HIGH * at - 14, text)


@pytest.mark.parametrize("frame", [(700.0, 440.0), (500.0, 300.0)], ids=["foot", "head"])
def test_a_table_on_the_edge_of_a_frame_is_its_own(
    tmp_path: Path, frame: tuple[float, float]
) -> None:
    geometry = read(tmp_path / "a.pdf", lambda canvas: draw(canvas, 500, frame))
    (choice,) = find_grids(geometry)
    assert texts(choice.grid, geometry) == ROWS
    assert choice.grid.bbox[0] == pytest.approx(LEFT, abs=1)


def test_a_band_of_cells_between_rows_of_a_table_is_no_table(tmp_path: Path) -> None:
    def band(canvas: Canvas) -> None:
        for y in (500, 480, 460, 440):
            canvas.line(60, y, 520, y)
        for x in (60, 200, 520):
            canvas.line(x, 440, x, 500)
        for x in (300, 400):
            canvas.line(x, 440, x, 460)
        for y, row in ((486, "a b"), (466, "c d"), (446, "e f g h")):
            for x, text in zip((70, 210, 310, 410), row.split(), strict=False):
                canvas.drawString(x, y, text)

    (choice,) = find_grids(read(tmp_path / "a.pdf", band))
    assert choice.grid.shape == (3, 4)
