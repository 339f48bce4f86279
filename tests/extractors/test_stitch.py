"""Tables over pages made whole: one header, no printed cell without its place."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from literal import block, page_table, table, texts

from extractors.tables.rows import same_row
from extractors.tables.stitch import stitch
from extractors.text import read_text
from pipeline.model import Block, Join, Table

HEADER = ["Eje", "Actividad", "Fecha"]
FIRST = [["Agua", "Medir los pozos", "30/06/2031"], ["", "Limpiar las tomas", "31/07/2031"]]
SECOND = [["Bosque", "Plantar cedros", "30/09/2031"]]


def line(text: str, page: int, top: float) -> Block:
    return Block(text, page=page, bbox=(50, top, 300, top + 12), method="pdfplumber")


def stitched(*tables: Table, lines: Iterable[Block] = ()) -> list[list[list[str | None]]]:
    return [texts(whole) for whole in stitch(tables, tuple(lines))]


def test_pages_of_one_table_are_one_with_one_header() -> None:
    (whole,) = stitch([page_table([HEADER, *FIRST], 1), page_table([HEADER, *SECOND], 2)], ())
    assert texts(whole) == [HEADER, *FIRST, *SECOND]
    assert whole.header_rows == 1
    assert whole.breaks == {3}
    assert [name.text if name else None for name in whole.names] == HEADER
    assert whole.shapes == ("text", "text", "date")


def test_a_page_without_the_header_goes_on_too() -> None:
    (whole,) = stitch([page_table([HEADER, *FIRST], 1), page_table(SECOND, 2)], ())
    assert texts(whole) == [HEADER, *FIRST, *SECOND]
    assert whole.breaks == {3}


@pytest.mark.parametrize(
    ("below", "lines"),
    [
        (page_table(SECOND, 3), []),  # a page lies between
        (page_table(SECOND, 1, top=300), []),  # on the same page
        (page_table(SECOND, 2, left=90), []),  # other sides
        (page_table([["Bosque", "Plantar cedros"]], 2), []),  # other columns
        (page_table(SECOND, 2), [line("Cuadro 2", 1, 200)]),  # a line between: under the first
        (page_table(SECOND, 2), [line("Cuadro 2", 2, 60)]),  # or above the second
    ],
)
def test_tables_that_are_two(below: Table, lines: list[Block]) -> None:
    assert stitched(page_table([HEADER, *FIRST], 1), below, lines=lines) == [
        [HEADER, *FIRST],
        texts(below),
    ]


def test_text_tables_are_parted_by_the_reader_alone() -> None:
    assert len(stitched(table([HEADER, *FIRST]), table([HEADER, *SECOND], line=9))) == 2


def test_a_repeated_header_of_a_text_report_goes_and_marks_the_page() -> None:
    (whole,) = stitch([table([HEADER, *FIRST, HEADER, *SECOND])], ())
    assert texts(whole) == [HEADER, *FIRST, *SECOND]
    assert whole.breaks == {3}


def test_sums_are_told_apart_from_rows() -> None:
    rows = [["Sub total", "", "5"], ["", "TOTAL DEL EJE", "9"], ["Suma de voluntades", "b", "1"]]
    (whole,) = stitch([table([HEADER, *FIRST, *rows])], ())
    assert (whole.subtotals, whole.totals) == ({3}, {4})


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], None),
        ([block("CUADRO N° 3 OBRAS", 2)], "CUADRO N° 3 OBRAS"),
        ([block("**Tabla 1. Obras**", 2), block("(en miles)", 3)], "**Tabla 1. Obras**"),
        ([block("El cuadro que sigue", 2)], None),  # no number
        ([block("Cuadro 3 Obras", 20)], None),  # after the table
    ],
)
def test_the_caption_is_the_nearest_above(lines: list[Block], expected: str | None) -> None:
    (whole,) = stitch([table([HEADER, *FIRST], line=5)], lines)
    assert (whole.caption.text if whole.caption else None) == expected


def test_pages_that_begin_with_like_rows_lose_none() -> None:
    likes = [["Agua", f"Informe del {quarter} trimestre", "30/06/2031"] for quarter in ("1°", "2°")]
    (whole,) = stitch([table([HEADER, likes[0], *FIRST, HEADER, likes[1]])], ())
    assert texts(whole) == [HEADER, likes[0], *FIRST, likes[1]]


def test_pages_that_begin_with_like_rows_of_text_lose_none() -> None:
    likes = [["Agua", f"Elaborar el informe del {n} trimestre", "Obras"] for n in ("1°", "2°")]
    rest = [["Agua", "Medir los pozos", "Obras"]]
    (whole,) = stitch([table([HEADER, likes[0], *rest, HEADER, likes[1]])], ())
    assert texts(whole) == [HEADER, likes[0], *rest, likes[1]]


def test_a_row_of_its_own_after_a_break_is_not_fused_with_the_one_above() -> None:
    rows = [["Agua", "medir los pozos", "30/06/2031"], ["Agua", "limpiar las tomas", "31/07/2031"]]
    (whole,) = stitch([page_table([HEADER, rows[0]], 1), page_table([HEADER, rows[1]], 2)], ())
    assert texts(whole) == [HEADER, *rows]


def test_a_sheet_without_a_label_loses_no_cell() -> None:
    long = "Se repararon los tres puentes de la cuenca alta"
    (whole,) = stitch(
        [table([["Tema", "Caminos", ""], ["Avance", long, ""], ["", "No", long]])], ()
    )
    assert "No" in str(texts(whole)) and str(texts(whole)).count(long) == 2


CELLS = st.one_of(
    st.sampled_from(["", "", *HEADER, "Sub total", "Total", "30/06/2031", "72%", "$ 5.00", "X"]),
    st.sampled_from(["sigue en minúscula", "Agua", "una celda que pasa de los treinta caracteres"]),
    st.text("aZñ1%$. /<b>", max_size=8),
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=6).map("\t".join), max_size=12)


@given(ROWS.map("\n".join))
def test_every_printed_cell_keeps_its_place(text: str) -> None:
    """Of a header printed again, and of nothing else, the places are dropped."""
    content = read_text(text)
    whole = stitch(content.tables, content.prose)
    kept = {place for one in whole for cell in one.cells for place in cell.places()}
    for before, after in zip(content.tables, whole, strict=True):
        headers = after.rows[: after.header_rows]
        rows = (row for row in before.rows if not any(same_row(row, one) for one in headers))
        printed = {place for row in rows for cell in row if cell for place in cell.places()}
        assert {place for place in printed if place.text.strip()} <= kept


@given(ROWS.map("\n".join))
def test_what_is_told_of_rows_and_columns_fits_the_table(text: str) -> None:
    content = read_text(text)
    for whole in stitch(content.tables, content.prose):
        width = len(whole.rows[0])
        assert {len(row) for row in whole.rows} == {width}
        assert len(whole.names) == len(whole.shapes) == width
        assert whole.breaks | whole.subtotals | whole.totals <= set(range(len(whole.rows) + 1))
        assert not whole.subtotals & whole.totals


def test_pages_in_pieces_keep_their_boxes() -> None:
    tables = [page_table([HEADER, *FIRST], 1), page_table(SECOND, 2)]
    (whole,) = stitch(tables, ())
    places = {(cell.page, cell.bbox) for cell in whole.cells}
    assert places == {(cell.page, cell.bbox) for one in tables for cell in one.cells}


@pytest.mark.parametrize(
    ("below", "lines", "joins"),
    [
        (page_table([HEADER, *SECOND], 2), [], [Join(2, True, "same_header")]),
        (page_table(SECOND, 2), [], [Join(2, True, "same_sides")]),
        (page_table(SECOND, 2, left=90), [], [Join(2, False, "other_sides")]),
        (page_table([["Bosque", "a", "b", "c"]], 2), [], [Join(2, False, "other_columns")]),
        (page_table(SECOND, 2), [line("Nota", 1, 200)], [Join(2, False, "text_between")]),
        (page_table(SECOND, 3), [], []),  # no page that could go on
    ],
)
def test_each_join_says_why(below: Table, lines: list[Block], joins: list[Join]) -> None:
    *_, last = stitch([page_table([HEADER, *FIRST], 1), below], lines)
    assert list(last.joins) == joins


PLAN = [["Código", "Concepto"], ["1.1", "Personal"], ["1.2", "Bienes"], ["1.3", "Obras"]]
SPENT = [["Enero", "Febrero"], ["10.00", "11.00"], ["20.00", "21.00"], ["30.00", "31.00"]]


def test_a_table_cut_across_its_width_is_joined_by_rows() -> None:
    (whole,) = stitch([page_table(PLAN, 1), page_table(SPENT, 2)], ())
    assert texts(whole) == [[*one, *two] for one, two in zip(PLAN, SPENT, strict=True)]
    assert whole.joins == (Join(2, True, "level_rows"),)
    assert [(cell.page, cell.column) for cell in whole.rows[1] if cell] == [
        (1, 1), (1, 2), (2, 3), (2, 4),
    ]  # fmt: skip


def test_a_table_cut_both_ways_is_whole() -> None:
    more = [["2.1", "Becas"], ["2.2", "Ayudas"], ["2.3", "Premios"]]
    paid = [["1.00", "2.00"], ["3.00", "4.00"], ["5.00", "6.00"]]
    pages = [PLAN, SPENT, [PLAN[0], *more], [SPENT[0], *paid]]
    (whole,) = stitch([page_table(rows, at) for at, rows in enumerate(pages, start=1)], ())
    left, right = [*PLAN, *more], [*SPENT, *paid]
    assert texts(whole) == [[*one, *two] for one, two in zip(left, right, strict=True)]


@pytest.mark.parametrize(
    "right",
    [
        page_table(SPENT[:3], 2),  # fewer rows
        page_table(SPENT, 2, top=108),  # not level
        page_table([["Obra", "Enero"], *([f"Calle {n}", "1.00"] for n in (1, 2, 3))], 2),  # labels
        page_table([["Código", "Enero"], *SPENT[1:]], 2),  # a name again
        page_table([["5.00", "6.00"], *SPENT[1:]], 2),  # no names: more rows
    ],
)
def test_level_tables_that_are_not_one_by_width(right: Table) -> None:
    tables = stitch([page_table(PLAN, 1), right], ())
    assert all(len(whole.rows[0]) == 2 for whole in tables)
