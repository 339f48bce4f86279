"""Rows whose cells moved are put back by what the other rows show; the move is on record."""

import pytest
from literal import table

from extractors.tables.align import align_lone_cells, align_rows
from extractors.tables.rows import Grid

HEADER = ["Eje", "Actividad", "Meta", "Fecha", "Avance", "Área"]
ROWS = [
    ["Agua", "Medir los pozos", "Informe", "30/06/2031", "40%", "Laboratorio"],
    ["", "Limpiar las tomas", "Cinco tomas", "31/07/2031", "N/A", "Obras"],
    ["Bosque", "Plantar cedros", "Mil cedros", "30/09/2031", "10%", "Vivero"],
    ["", "Abrir un sendero", "Un sendero", "15/10/2031", "5%", "Obras"],
]


def aligned(*rows: list[str | None], header_rows: int = 1) -> Grid:
    grid = Grid([list(row) for row in table([HEADER, *rows]).rows], header_rows)
    align_rows(grid)
    align_lone_cells(grid)
    return grid


def last(grid: Grid) -> list[str | None]:
    return [cell.text if cell else None for cell in grid.rows[-1]]


@pytest.mark.parametrize(
    ("row", "expected", "by"),
    [
        # Two leading cells lost.
        (
            ["Podar", "Diez calles", "01/11/2031", "0%", "Obras", ""],
            ["", "Podar", "Diez calles", "01/11/2031", "0%", "Obras"],
            "1",
        ),
        # Pushed to the right; the last cell is lost.
        (
            ["", "", "Podar", "Diez calles", "01/11/2031", "0%"],
            ["", "Podar", "Diez calles", "01/11/2031", "0%", ""],
            "-1",
        ),
    ],
)
def test_a_moved_row_returns_under_its_columns(
    row: list[str | None], expected: list[str], by: str
) -> None:
    grid = aligned(*ROWS, row)
    assert last(grid) == expected
    (repair,) = grid.repairs
    assert (repair.kind, repair.block.text, repair.detail) == ("row_shift", "Podar", {"by": by})


@pytest.mark.parametrize(
    "row",
    [
        ["Suelo", "Analizar muestras", "Informe", "15/12/2031", "0%", "Laboratorio"],
        ["", "Analizar muestras", "Informe", "", "", ""],  # not due, not told: nothing to fit
        ["", "", "", "", "25%", ""],
        ["Total", "", "", "", "", "99"],  # a total is wherever it landed
        ["", "Analizar", "100%", "15/12/2031", "0%", "Laboratorio"],  # a target that is a percent
        ["", "", "", "", "", ""],
    ],
)
def test_a_row_that_stands_right_stays(row: list[str | None]) -> None:
    grid = aligned(*ROWS, row)
    assert last(grid) == row
    assert grid.repairs == []


def test_a_lone_cell_belongs_under_the_one_it_resembles() -> None:
    lone = ["Abrir otro sendero", "", "", "", "", ""]
    grid = aligned(*ROWS, lone)
    assert last(grid) == [None, "Abrir otro sendero", None, None, None, None]
    assert [repair.detail for repair in grid.repairs] == [{"by": "1"}]


def test_a_lone_label_that_resembles_nothing_stays() -> None:
    lone = ["Educación ambiental", "", "", "", "", ""]
    assert last(aligned(*ROWS, lone)) == lone


def test_moved_cells_keep_the_place_they_were_printed_in() -> None:
    grid = aligned(*ROWS, ["Podar", "Diez calles", "01/11/2031", "0%", "Obras", ""])
    moved = grid.rows[-1][1]
    assert moved is not None
    assert (moved.line, moved.column) == (6, 1)


def test_the_header_is_never_moved() -> None:
    grid = aligned(*ROWS)
    assert [cell.text if cell else None for cell in grid.rows[0]] == HEADER
