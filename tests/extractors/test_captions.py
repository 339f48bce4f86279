"""Captions tied to the tables that they name."""

import pytest
from literal import block

from extractors.captions import find_caption, tie_captions
from extractors.paragraphs import paragraphs
from pipeline.model import Block, Box, Page, Table

LEFT, RIGHT = (70.0, 280.0), (310.0, 520.0)


def line(text: str, top: float, sides: tuple[float, float] = LEFT, page: int = 1) -> Block:
    return Block(text, page=page, bbox=(sides[0], top, sides[1], top + 12))


def table(top: float, sides: tuple[float, float] = LEFT, page: int = 1, number: int = 1) -> Table:
    box: Box = (sides[0], top, sides[1], top + 40)
    return Table(number, ((Block("Obra", page=page, bbox=box, table=number),),))


def test_a_caption_stands_above_in_the_tables_own_column() -> None:
    mine, other = line("Tabla 1. Obras", 190), line("Tabla 2. Metas", 150, RIGHT)
    lines = [mine, other, *(line("texto", 160 + 12 * at, RIGHT) for at in range(3))]
    assert find_caption(table(204), lines) is mine


@pytest.mark.parametrize(
    "lines",
    [
        [line("Tabla 1. Obras", 190, RIGHT)],
        [line("Tabla 1. Obras", 100), *(line("texto", 120 + 12 * at) for at in range(3))],
        [line("Tabla de obras", 190)],  # no number: a title
    ],
)
def test_what_is_no_caption_of_it(lines: list[Block]) -> None:
    assert find_caption(table(204), lines) is None


def test_a_caption_of_the_page_before_is_found() -> None:
    caption = line("Cuadro 3. Metas", 780)
    assert find_caption(table(60, page=2), [caption]) is caption


def test_captions_below_are_tied_unless_another_table_has_them() -> None:
    caption = line("Cuadro 3. Metas", 250)
    (one,) = tie_captions([table(200)], [caption], ())
    assert one.caption is caption
    below = Table(2, table(270, number=2).rows, caption=caption)
    assert [t.caption for t in tie_captions([table(200), below], [caption], ())] == [None, caption]


def test_a_caption_of_two_lines_is_whole() -> None:
    lines = [line("Tabla 1. Avance de las obras de", 170), line("la cuenca alta", 184)]
    found = find_caption(table(204), lines)
    (one,) = tie_captions(
        [Table(1, table(204).rows, caption=found)], lines, paragraphs(lines, [Page(1, 350, 842)])
    )
    assert one.caption is not None
    assert one.caption.text == "Tabla 1. Avance de las obras de la cuenca alta"


def test_text_reports_know_lines() -> None:
    rows = ((block("Obra", 5),),)
    lines = [block("Tabla 1. Obras", 3), block("Tabla 2. Metas", 9)]
    assert find_caption(Table(1, rows), lines) is lines[0]
