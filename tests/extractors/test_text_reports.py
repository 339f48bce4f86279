"""Text reports: lines with tabs are rows, the rest is prose, and nothing is lost."""

from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from literal import texts

from extractors.text import TextContent, read_text

WORDS = ["", " ", "Meta", "72%", "<b>X</b>", "**Tema**", "sigue la frase", "Termina aquí."]
LINES = st.lists(
    st.one_of(
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map("\t".join),
        st.text(st.characters(exclude_categories=("Cs",)), max_size=60),
    ),
    max_size=12,
)


def letters(told: Iterable[str]) -> Counter[str]:
    return Counter(char for text in told for char in text if not char.isspace())


def cells(content: TextContent) -> list[str]:
    return [cell.text for table in content.tables for cell in table.cells]


def prose(content: TextContent) -> list[str]:
    return [line.text for line in content.prose]


@pytest.mark.parametrize(
    ("text", "tables", "lines"),
    [
        ("", [], []),
        ("\n \n\t \n", [], []),  # a row of blank cells is a blank line
        ("Una línea\n\nOtra", [], ["Una línea", "Otra"]),
        ("a\tb\nc\td", [[["a", "b"], ["c", "d"]]], []),
        ("a\tb\tc\nd", [[["a", "b", "c"]]], ["d"]),
        ("a\nb\tc\nd\te\tf", [[["b", "c", ""], ["d", "e", "f"]]], ["a"]),
        # Blank lines are where a page broke: the same table goes on.
        ("a\tb\n\n\nc\td", [[["a", "b"], ["c", "d"]]], []),
        ("a\tb\nprosa.\nc\td", [[["a", "b"]], [["c", "d"]]], ["prosa."]),
        ("una fila sola\t", [[["una fila sola", ""]]], []),
    ],
)
def test_lines_become_tables_or_prose(
    text: str, tables: list[list[list[str]]], lines: list[str]
) -> None:
    content = read_text(text)
    assert [texts(table) for table in content.tables] == tables
    assert prose(content) == lines


def test_every_cell_and_line_knows_its_place() -> None:
    content = read_text("Título\n\nEje\tMeta\n\tPortal\n")
    (line,) = content.prose
    (table,) = content.tables
    assert (line.line, line.page, line.bbox, line.method) == (1, None, None, "text")
    assert [(c.line, c.table, c.row, c.column, c.text) for c in table.cells] == [
        (3, 1, 1, 1, "Eje"),
        (3, 1, 1, 2, "Meta"),
        (4, 1, 2, 1, ""),
        (4, 1, 2, 2, "Portal"),
    ]
    assert (table.number, table.method, table.header_rows) == (1, "text", 0)


SHEET = "Tema\tCaminos\nObjetivo\tReparar los tres puentes de la cuenca alta y"


def test_a_cell_of_a_sheet_goes_on_over_lines_without_tabs() -> None:
    (table,) = read_text(f"{SHEET}\nsus accesos.\n\nPlazo\tMayo de 2031").tables
    assert texts(table) == [
        ["Tema", "Caminos"],
        ["Objetivo", "Reparar los tres puentes de la cuenca alta y\nsus accesos."],
        ["Plazo", "Mayo de 2031"],
    ]
    joined = table.rows[1][1]
    assert joined and [(p.line, p.row, p.column) for p in joined.places()] == [(2, 2, 2), (3, 2, 2)]


def test_a_row_without_a_label_shows_that_the_prose_before_it_was_a_cell() -> None:
    text = "Tema\tCaminos\nObjetivo\tReparar puentes.\nSegundo párrafo.\n\tTercer párrafo."
    (table,) = read_text(text).tables
    assert texts(table)[1] == ["Objetivo", "Reparar puentes.\nSegundo párrafo."]
    assert texts(table)[2] == ["", "Tercer párrafo."]


def test_a_ticked_box_takes_no_prose() -> None:
    text = f"{SHEET}\n<p>X</p>\t\nsus accesos.\nPlazo\tMayo de 2031"
    (table,) = read_text(text).tables
    assert texts(table)[1:3] == [
        ["Objetivo", "Reparar los tres puentes de la cuenca alta y\nsus accesos."],
        ["<p>X</p>", ""],
    ]


@pytest.mark.parametrize(
    "text",
    [
        # The cell above is whole, and the prose begins a sentence of its own.
        "Tema\tCaminos\nObjetivo\tReparar los tres puentes de la cuenca alta.\nNota del equipo"
        "\nPlazo\tMayo",
        # A wide table is no sheet: its cells do not run on.
        "a\tb\tc\td\ne\tf\tg\tuna celda larga que se corta sin terminar en\nminúscula\nh\ti\tj\tk",
    ],
)
def test_prose_that_continues_no_cell_stays_prose(text: str) -> None:
    content = read_text(text)
    assert len(content.tables) == 2
    assert len(content.prose) == 1


@given(LINES.map("\n".join))
def test_no_printed_character_is_lost(text: str) -> None:
    content = read_text(text)
    assert letters([*cells(content), *prose(content)]) == letters([text])


@given(LINES.map("\n".join))
def test_every_place_is_where_its_text_is_printed(text: str) -> None:
    content = read_text(text)
    lines = text.split("\n")
    blocks = [*content.prose, *(cell for table in content.tables for cell in table.cells)]
    for place in (place for block in blocks for place in block.places()):
        assert place.line is not None
        assert place.text in lines[place.line - 1]


@given(LINES.map("\n".join))
def test_rows_of_a_table_have_equal_length(text: str) -> None:
    for table in read_text(text).tables:
        assert len({len(row) for row in table.rows}) == 1
