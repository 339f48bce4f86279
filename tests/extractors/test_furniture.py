"""What runs on every page is set apart; what is said once stays, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from literal import block

from extractors.furniture import part_furniture
from pipeline.model import Block


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
