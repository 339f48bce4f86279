"""What a page break cut in two is one again, with both places."""

import pytest
from literal import table

from extractors.tables.cuts import join_cell_tails, join_cut_labels, join_cut_rows
from extractors.tables.rows import Grid

HEADER = ["Línea", "Acción", "Plazo", "Área"]
ABOVE: list[str | None] = ["Caminos", "Reparar el puente", "2 meses", "Oficial de"]


def grid_of(*rows: list[str | None], breaks: set[int], header: bool = True) -> Grid:
    told = [HEADER, *rows] if header else list(rows)
    return Grid([list(row) for row in table(told).rows], int(header), breaks)


def body(grid: Grid) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in grid.rows[grid.header_rows :]]


def test_a_row_that_only_continues_joins_the_one_above() -> None:
    grid = grid_of(ABOVE, ["", "sus accesos", "", "Gestión Vial"], breaks={2})
    join_cut_rows(grid)
    assert body(grid) == [
        ["Caminos", "Reparar el puente sus accesos", "2 meses", "Oficial de Gestión Vial"]
    ]
    assert [(r.kind, r.detail) for r in grid.repairs] == [
        ("split_cell", {"text": "sus accesos"}),
        ("split_cell", {"text": "Gestión Vial"}),
    ]
    joined = grid.rows[1][1]
    assert joined and [place.line for place in joined.places()] == [2, 3]
    assert grid.breaks == set()


@pytest.mark.parametrize(
    ("row", "breaks"),
    [
        (["Agua", "Pintar la baranda", "", ""], {2}),  # begins a sentence and a group
        (["", "Pintar la baranda", "", ""], set()),  # no page broke
        (["", "Sus accesos", "3 meses", ""], {2}),  # has a term of its own
        (["", "sus accesos", "", "Obras"], set()),  # no page broke, and one cell begins anew
        (["Sub total", "sus accesos", "", ""], {2}),
        (["", "", "", ""], {2}),
    ],
)
def test_a_row_of_its_own_stays(row: list[str | None], breaks: set[int]) -> None:
    rest = [["", "Limpiar cunetas", "1 mes", "Obras"]]
    grid = grid_of(ABOVE, row, *rest, breaks=breaks)
    join_cut_rows(grid)
    assert body(grid) == [ABOVE, row, *rest]
    assert grid.repairs == []


def test_rows_after_a_joined_one_keep_their_page_break() -> None:
    grid = grid_of(
        ABOVE, ["", "sus accesos", "", ""], ["Agua", "Medir", "1 mes", "x"], breaks={2, 3}
    )
    join_cut_rows(grid)
    assert grid.breaks == {2}


ROWS: list[list[str | None]] = [
    ["Caminos", "Reparar el puente de la escuela", "2 meses", "Oficial de Obras"],
    ["", "Limpiar las cunetas.", "1 mes", "Oficial de Obras"],
    ["Agua", "Medir los pozos.", "3 meses", "Oficina de Salud"],
    ["", "Reparar las tomas.", "4 meses", "Oficina de Salud"],
]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["", "Pintar la baranda de", "2 meses", "Oficial de Obras"], ["", "Las Flores.", "", ""]),
        # Every other cell of the column ends in a full stop.
        (["", "Pintar la casa", "2 meses", "Oficial de Obras"], ["", "Azul de Las Flores", "", ""]),
        # The two make what the column prints elsewhere.
        (["", "Pintar.", "2 meses", "Oficina"], ["", "", "", "De Salud"]),
        # Every row tells three things, this one only one.
        (["", "Pintar.", "2 meses", "Vialidad"], ["", "", "", "Puentes"]),
    ],
)
def test_a_row_cut_before_a_capital_joins_the_one_above(
    above: list[str | None], below: list[str | None]
) -> None:
    grid = grid_of(*ROWS, above, below, *ROWS, breaks={6})
    join_cut_rows(grid)
    whole = [" ".join(filter(None, pair)) for pair in zip(above, below, strict=True)]
    assert body(grid) == [*ROWS, whole, *ROWS]


@pytest.mark.parametrize(
    "below",
    [
        ["Bosque", "", "", ""],  # a group's label
        ["", "Plantar cedros", "", "Vivero"],  # two of three things, and no cell above is open
    ],
)
def test_a_row_that_tells_enough_stays(below: list[str | None]) -> None:
    above: list[str | None] = ["Agua", "Pintar.", "2 meses", "Vialidad"]
    grid = grid_of(*ROWS, above, below, *ROWS, breaks={6})
    join_cut_rows(grid)
    assert body(grid) == [*ROWS, above, below, *ROWS]


def test_a_label_cut_by_the_break_is_one_label_over_both_rows() -> None:
    above = ["Caminos seguros para", "Reparar el puente", "2 meses", "Obras"]
    below = ["la escuela rural", "Pintar la baranda", "1 mes", "Obras"]
    grid = grid_of(above, below, breaks={2})
    join_cut_labels(grid)
    assert body(grid) == [
        ["Caminos seguros para la escuela rural", *above[1:]],
        [None, *below[1:]],
    ]
    assert [r.detail for r in grid.repairs] == [{"text": "la escuela rural"}]


def test_a_label_that_ended_is_not_continued() -> None:
    above = ["Caminos seguros.", "Reparar el puente", "2 meses", "Obras"]
    below = ["la escuela rural", "Pintar la baranda", "1 mes", "Obras"]
    grid = grid_of(above, below, breaks={2})
    join_cut_labels(grid)
    assert body(grid) == [above, below]


LONG = "Se repararon los tres puentes de la cuenca alta."


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [["Avance", LONG], ["", "Falta el cuarto, que espera el informe del suelo."]],
            [["Avance", f"{LONG}\nFalta el cuarto, que espera el informe del suelo."]],
        ),
        # What a short prompt asks is a value, no continuation.
        ([["Avance", "Sí"], ["", LONG]], [["Avance", "Sí"], ["", LONG]]),
        # A row of its own stands between.
        (
            [["Avance", LONG], ["Responsable de la obra", "Vialidad"], ["", LONG]],
            [["Avance", LONG], ["Responsable de la obra", "Vialidad"], ["", LONG]],
        ),
        # A ticked box between does not part them.
        (
            [["Avance", LONG], ["X", ""], ["", LONG]],
            [["Avance", f"{LONG}\n{LONG}"], ["X", ""]],
        ),
    ],
)
def test_tails_of_a_sheet(rows: list[list[str | None]], expected: list[list[str]]) -> None:
    grid = grid_of(*rows, breaks=set(), header=False)
    join_cell_tails(grid)
    assert body(grid) == expected


def test_a_tail_of_two_cells_loses_neither() -> None:
    grid = grid_of(
        ["Avance", LONG, ""], ["", "Falta", f"{LONG} Otra vez."], breaks=set(), header=False
    )
    join_cell_tails(grid)
    printed = " ".join(cell or "" for row in body(grid) for cell in row)
    assert "Falta" in printed and "Otra vez." in printed
