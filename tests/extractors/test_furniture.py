"""What runs on every page is set apart; what is said once stays, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from literal import block

from extractors.furniture import part_furniture, part_heads
from pipeline.model import Block, Page, Table


def lines_of(*pages: list[str]) -> list[Block]:
    return [Block(text, page=number) for number, texts in enumerate(pages, 1) for text in texts]


def parted(lines: list[Block]) -> tuple[list[str], list[str]]:
    text, furniture = part_furniture(lines, max((line.page or 0 for line in lines), default=0))
    return [line.text for line in text], [line.text for line in furniture]


def test_a_line_on_each_page_runs() -> None:
    head = "Informe de caminos – abril"
    lines = lines_of([head, "Uno"], [head, "Dos"], [head, "Tres"], [head, "Uno"])
    assert parted(lines) == (["Uno", "Dos", "Tres", "Uno"], [head] * 4)


def test_numbers_that_count_pages_do_not_hide_it() -> None:
    lines = lines_of(*([f"Comarca de Albor, hoja {n}", f"Texto {'abc'[n]}"] for n in range(3)))
    assert parted(lines)[1] == [f"Comarca de Albor, hoja {n}" for n in range(3)]


@pytest.mark.parametrize("text", ["Página 3", "pág. 3", "3", "- 3 -", "3/12", "Pág. 3 de 12"])
def test_page_numbers(text: str) -> None:
    assert parted(lines_of([text, "Texto"])) == (["Texto"], [text])


@pytest.mark.parametrize("text", ["3. Obras", "En la página 3", "2024-2026", "2031 a 2032"])
def test_numbers_that_are_text(text: str) -> None:
    assert parted(lines_of([text])) == ([text], [])


@pytest.mark.parametrize("text", ["100 %", "$ 350", "2031"])
def test_numbers_alone_that_count_no_pages(text: str) -> None:
    assert parted(lines_of([text])) == ([text], [])


def test_a_line_on_two_pages_of_nine_is_text() -> None:
    pages = [[f"Texto {letter}"] for letter in "abcdefg"]
    lines = lines_of(["Sin novedad"], *pages, ["Sin novedad"])
    assert parted(lines)[1] == []


def test_text_reports_have_no_furniture() -> None:
    lines = [block("3", 1), block("Página 3", 2), *(block("Igual", n) for n in range(3, 9))]
    assert part_furniture(lines, 1) == (tuple(lines), ())


@given(
    st.lists(
        st.builds(
            Block,
            st.one_of(st.text(max_size=8), st.sampled_from(["Igual", "Página 2", "7"])),
            page=st.one_of(st.none(), st.integers(1, 5)),
        )
    ),
    st.integers(0, 9),
)
def test_every_line_goes_to_one_side_in_order(lines: list[Block], pages: int) -> None:
    text, furniture = part_furniture(lines, pages)
    assert sorted(map(id, (*text, *furniture))) == sorted(map(id, lines))
    for side in (text, furniture):
        assert [id(one) for one in side] == [
            id(one) for one in lines if id(one) in set(map(id, side))
        ]


# With their places on the page

PAGES = [Page(number, 595, 842) for number in range(1, 13)]


def placed(text: str, page: int, top: float, x0: float = 70, x1: float = 300) -> Block:
    return Block(text, page=page, bbox=(x0, top, x1, top + 12))


def set_apart(lines: list[Block]) -> list[str]:
    text, furniture = part_furniture(lines, len(PAGES), PAGES)
    assert sorted(map(id, (*text, *furniture))) == sorted(map(id, lines))
    return [line.text for line in furniture]


def test_headers_of_left_and_right_pages_take_turns() -> None:
    left = [placed("Comarca de Albor", page, 30) for page in (2, 4, 6)]
    right = [placed(f"Informe anual, {page}", page, 31) for page in (3, 5, 7)]
    assert set_apart([*left, *right]) == [line.text for line in (*left, *right)]


@pytest.mark.parametrize(
    "lines",
    [
        [placed("Introducción", page, 60) for page in (2, 6, 11)],  # chapters far apart
        [placed("Sin novedad", page, 400) for page in (2, 3, 4)],  # not in the margin
        [placed("Sin novedad", page, 30 + 15 * page) for page in (1, 2, 3)],  # not level
        [placed("Comarca de Albor", 1, 30)],  # the letterhead
    ],
)
def test_what_stands_at_no_running_place(lines: list[Block]) -> None:
    assert set_apart(lines) == []


def test_page_numbers_count_in_the_margin_and_in_step() -> None:
    numbers = [placed(str(page + 2), page, 800) for page in (3, 4, 5)]
    axis = [placed("0", page, 400) for page in (3, 4, 5)]
    alone = [placed("250", 6, 800)]
    assert set_apart([*numbers, *axis, *alone]) == ["5", "6", "7"]


def test_a_number_that_says_page_counts_wherever_it_stands_in_the_margin() -> None:
    assert set_apart([placed("Página 9 de 20", 3, 20), placed("8", 8, 810)]) == [
        "Página 9 de 20",
        "8",
    ]


def test_bare_numbers_and_amounts_repeat_without_running() -> None:
    assert set_apart([placed(text, 3, 400) for text in ("21,271", "100", "6 6 5", "(2017)")]) == []


def test_stamps_and_typed_rules_are_set_apart() -> None:
    stamp = Block("COPIA SIN VALOR LEGAL", page=2, bbox=(100, 200, 420, 560))
    capital = Block("El primer párrafo empieza con una capital", page=2, bbox=(70, 60, 270, 96))
    assert set_apart([stamp, capital, placed("________", 2, 400)]) == [stamp.text, "________"]


def head(number: int, *texts: str, top: float = 30) -> Table:
    cells = (
        Block(text, page=number, bbox=(70 + 90 * at, top, 150 + 90 * at, top + 20), table=number)
        for at, text in enumerate(texts)
    )
    return Table(number, (tuple(cells),))


def test_a_table_that_heads_every_page_stays_on_the_first() -> None:
    heads = [head(n, "FORMATO DE PLAN", "Versión 02", f"Página {n} de 4") for n in (1, 2, 3, 4)]
    tables, cells = part_heads(heads, PAGES)
    assert tables == (heads[0],)
    assert [cell.text for cell in cells][:3] == ["FORMATO DE PLAN", "Versión 02", "Página 2 de 4"]


@pytest.mark.parametrize(
    "tables",
    [
        [head(n, "Obra", "Meta") for n in (1, 2)],  # too few
        [head(n, "Obra", "Meta", top=400) for n in (1, 2, 3)],  # not at the top
        [head(n, "Obra", "abc"[n - 1]) for n in (1, 2, 3)],  # each says something else
    ],
)
def test_tables_that_head_no_pages(tables: list[Table]) -> None:
    assert part_heads(tables, PAGES) == (tuple(tables), ())
