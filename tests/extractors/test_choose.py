"""Which grid is taken where readers differ, and what other readers see of a page."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from pdfs import HEIGHT, WIDTH, make_pages
from reportlab.pdfgen.canvas import Canvas

from extractors.geometry import Geometry
from extractors.pdfium import read_geometry
from extractors.tables.choose import choose_grid
from extractors.tables.find import make_tables
from extractors.tables.grid import Grid, make_grid
from extractors.tables.judge import judge_grid
from extractors.tables.lattice import find_ruled
from extractors.tables.opinions import Readers


def geometry_of(path: Path) -> Geometry:
    with pypdfium2.PdfDocument(path) as pdf:
        return read_geometry(pdf[0], 1)


def draw_table(canvas: Canvas) -> None:
    """Three rows of two cells, with rules at every 30 points and text between them."""
    canvas.grid([100, 200, 300], [610, 640, 670, 700])
    for row, y in enumerate((680, 650, 620), start=1):
        for column, x in enumerate((110, 210), start=1):
            canvas.drawString(x, y, f"celda {row}.{column}")


def grid_at(tops: Sequence[float], method: str) -> Grid:
    """A grid of two columns whose rows begin and end at these heights of the page."""
    rows = pairwise(tops)
    cells = [(x, top, x + 100.0, bottom) for top, bottom in rows for x in (100.0, 200.0)]
    return make_grid(cells, method)


TOP = 841.89 - 700
RIGHT = [TOP, TOP + 30, TOP + 60, TOP + 90]
WRONG = [TOP, TOP + 16, TOP + 60, TOP + 90]  # a rule through the first row of text


def test_the_grid_that_explains_more_words_wins(tmp_path: Path) -> None:
    geometry = geometry_of(make_pages(tmp_path / "a.pdf", draw_table))
    own, other = grid_at(WRONG, "ruled"), grid_at(RIGHT, "pdfplumber")
    assert judge_grid(own, geometry).explained == 8
    choice = choose_grid(own, [[other]], geometry)
    assert choice.grid is other
    assert {(one.cell, one.reader) for one in choice.differences} == set()


def test_a_reader_that_explains_no_more_is_not_taken(tmp_path: Path) -> None:
    geometry = geometry_of(make_pages(tmp_path / "a.pdf", draw_table))
    own, other = grid_at(WRONG, "ruled"), grid_at(WRONG, "pdfplumber")
    assert choose_grid(own, [[other]], geometry).grid is own


def test_one_cell_around_everything_explains_nothing(tmp_path: Path) -> None:
    geometry = geometry_of(make_pages(tmp_path / "a.pdf", draw_table))
    own = grid_at(WRONG, "ruled")
    box = make_grid([(100.0, TOP, 300.0, TOP + 90)], "camelot")
    assert judge_grid(box, geometry).explained == 12
    assert choose_grid(own, [[box]], geometry).grid is own


def test_readers_are_asked_no_further_than_needed(tmp_path: Path) -> None:
    geometry = geometry_of(make_pages(tmp_path / "a.pdf", draw_table))

    def answers() -> Iterator[list[Grid]]:
        yield [grid_at(RIGHT, "pdfplumber")]
        raise AssertionError("asked again")

    assert choose_grid(grid_at(WRONG, "ruled"), answers(), geometry).grid.method == "pdfplumber"


def test_slow_readers_are_asked_only_where_much_is_unexplained(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 300, 500], [400, 640, 700])
        for y in range(620, 500, -15):
            canvas.drawString(110, y, "una línea de seis palabras más")
            canvas.drawString(310, y, "otra línea de seis palabras más")
        canvas.drawString(110, 635, "tres palabras tachadas por la regla")

    geometry = geometry_of(make_pages(tmp_path / "a.pdf", draw))
    (own,) = find_ruled(geometry)
    fit = judge_grid(own, geometry)
    assert not fit.is_sound and not fit.is_weak
    asked: list[int] = []

    def answers() -> Iterator[list[Grid]]:
        for order in (1, 2):
            asked.append(order)
            yield []

    assert choose_grid(own, answers(), geometry).grid is own
    assert asked == [1]


def test_a_cell_in_doubt_that_readers_see_otherwise_is_recorded(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        draw_table(canvas)
        canvas.drawString(110, 635, "sobre la regla")  # the rule at 640 runs through it

    geometry = geometry_of(make_pages(tmp_path / "a.pdf", draw))
    own, other = grid_at(RIGHT, "ruled"), grid_at([TOP, TOP + 30, TOP + 90], "pdfplumber")
    choice = choose_grid(own, [[other]], geometry)
    assert choice.grid is other
    (table,) = make_tables(geometry, [choice], 1).tables
    (repair,) = table.repairs
    assert (repair.kind, repair.detail["reader"]) == ("reader_disagreement", "ruled")
    assert repair.block.text == "celda 2.1\nsobre la regla\ncelda 3.1"
    assert (repair.block.row, repair.block.column) == (2, 1)


CORNERS = {  # where a page that will be turned by so much has its lower left corner as seen
    0: (0, 0),
    90: (WIDTH, 0),
    180: (WIDTH, HEIGHT),
    270: (0, HEIGHT),
}


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (50, 100, 550, 800)])
def test_readers_agree_on_places(
    tmp_path: Path, rotation: int, crop: tuple[float, ...] | None
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(*CORNERS[rotation])
        canvas.rotate(rotation)
        canvas.translate(0, -300)
        draw_table(canvas)

    flat, path = make_pages(tmp_path / "flat.pdf", draw), tmp_path / "a.pdf"
    with pypdfium2.PdfDocument(flat) as pdf:
        pdf[0].set_rotation(rotation)
        if crop:
            pdf[0].set_cropbox(*crop)
        pdf.save(path)
    (own,) = find_ruled(geometry_of(path))
    seen = [grid for grids in Readers(path).ask(1) for grid in grids]
    assert {grid.method for grid in seen} == {"pdfplumber", "camelot"}
    for grid in seen:
        assert grid.shape == own.shape
        assert grid.bbox == pytest.approx(own.bbox, abs=2)


def test_readers_that_fail_leave_the_own_grid(tmp_path: Path) -> None:
    assert list(Readers(tmp_path / "absent.pdf").ask(1)) == [[]]


def test_readers_are_not_asked_about_every_page(tmp_path: Path) -> None:
    readers = Readers(tmp_path / "absent.pdf", left=1)
    assert list(readers.ask(1)) == [[]]
    assert list(readers.ask(2)) == []
