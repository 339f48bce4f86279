"""How many rows a header has, and what each column is called."""

import pytest
from literal import block, page_table, table

from extractors.tables.header import column_names, find_header, repeats
from pipeline.model import Block, Table

NAMES = ["Actividad", "Meta", "Fecha límite"]
ROW = ["Abrir la sala", "Una sala", "30/06/2031"]
OTHER = ["Comprar estantes", "Diez", "31/07/2031"]
UNITS = ["", "(número)", "(día)"]


def header_of(*rows: list[str | None]) -> int:
    return find_header([list(row) for row in table(rows).rows])


def names(whole: Table) -> list[str | None]:
    return [name.text if name else None for name in column_names(whole)]


@pytest.mark.parametrize(
    ("rows", "size"),
    [
        ([NAMES], 0),  # a header of nothing is none
        ([NAMES, ROW], 1),
        ([ROW, NAMES], 0),  # begins with data
        ([["Plan de caminos", "", ""], NAMES, ROW], 0),  # a title is no header
        ([NAMES, ROW, NAMES, OTHER], 1),
        ([["2031", "2032", "Total"], ["5", "6", "11"]], 1),  # years are names
        ([["x" * 91, "Meta", ""], ROW], 0),  # a sentence is no name
        # A group over its columns, by the gaps that the second row fills.
        ([["Línea", "DETALLE", "", ""], ["", "Acción", "Plazo", "Costo"], ["a", "b", "c", "d"]], 2),
        # The second row fills gaps with data: it is a row.
        ([["Línea", "DETALLE", "", ""], ["", "Acción", "2 meses", "$ 5.00"]], 1),
        # Both rows stand again: the size is theirs.
        ([NAMES, UNITS, ROW, NAMES, UNITS, OTHER], 2),
    ],
)
def test_rows_of_the_header(rows: list[list[str | None]], size: int) -> None:
    assert header_of(*rows) == size


def test_pages_that_begin_with_the_same_row_keep_it() -> None:
    assert header_of(NAMES, ROW, OTHER, NAMES, ROW) == 1


def test_spans_tell_the_depth_of_a_ruled_header() -> None:
    deep = Block("Eje", row_span=2, column_span=1, bbox=(0, 0, 9, 9))
    group = Block("Metas", row_span=1, column_span=2, bbox=(9, 0, 30, 9))
    below = [None, block("Portal"), block("Taller")]
    assert find_header([[deep, group, None], below, [block("a"), block("b"), block("c")]]) == 2


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        (NAMES, True),
        (["Activi dad", "Meta", "Fecha\nlímite"], True),  # words broken over lines
        (["Act1vidad", "Meta", "Fecha límite"], True),  # a slip of OCR
        (["Actividad", "", ""], False),
        (ROW, False),
    ],
)
def test_a_header_that_stands_again(again: list[str | None], expected: bool) -> None:
    rows = [list(row) for row in table([NAMES, ROW, again]).rows]
    assert repeats(rows, 1, 2) is expected


def test_a_header_at_the_foot_without_its_second_row_does_not_repeat() -> None:
    rows = [list(row) for row in table([NAMES, ["a", "b", "c"], ROW, NAMES]).rows]
    assert repeats(rows, 2, 3) is False


def test_a_group_names_the_columns_under_its_gaps() -> None:
    rows = [["Línea", "DETALLE", "", "APOYO", ""], ["", "Acción", "Plazo", "Interno", "Externo"]]
    assert names(table([*rows, ["a", "b", "c", "d", "e"]], header_rows=2)) == [
        "Línea",
        "DETALLE Acción",
        "DETALLE Plazo",
        "APOYO Interno",
        "APOYO Externo",
    ]


def test_a_gap_that_nothing_fills_has_no_name() -> None:
    whole = table([["Acción", "", "Costo"], ["a", "b", "c"]], header_rows=1)
    assert names(whole) == ["Acción", None, "Costo"]


def test_a_ruled_cell_names_only_the_columns_it_spans() -> None:
    ruled = page_table([["Eje", "Metas", None, ""], [None, "Portal", "Taller", "Costo"]], page=1)
    wide = Block("Metas", page=1, bbox=(150, 100, 350, 120), column_span=2)
    rows = ((ruled.rows[0][0], wide, None, ruled.rows[0][3]), ruled.rows[1])
    assert names(Table(1, rows, header_rows=2)) == ["Eje", "Metas Portal", "Metas Taller", "Costo"]


def test_a_table_without_a_header_has_no_names() -> None:
    assert names(table([["a", "b"], ["c", "d"]])) == [None, None]
