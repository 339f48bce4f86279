"""The prose of a file as text: what comes where."""

import pytest

from pipeline.exports.prose import tell_prose
from pipeline.exports.reading import FileRead
from pipeline.model import Block, Box, Document, Extract, Page, Table

LEFT, RIGHT = (60.0, 100.0, 285.0, 700.0), (310.0, 100.0, 535.0, 700.0)


def at(text: str, box: Box, page: int = 1) -> Block:
    return Block(text, page=page, bbox=box)


def table(box: Box, page: int = 1) -> Table:
    return Table(1, ((at("Obra", box, page), at("Meta\ty más", box, page)),))


def told(
    *blocks: Block, tables: tuple[Table, ...] = (), columns: tuple[Box, ...] = ()
) -> list[str]:
    pages = (Page(1, 595, 842, columns=columns),)
    read = FileRead(Document("p", "", pages=pages), Extract(tables, (), blocks))
    return tell_prose(read, (), with_tables=True).rstrip("\n").split("\n\n")


UP, DOWN = at("arriba", (60, 110, 285, 300)), at("abajo", (60, 400, 285, 690))
BESIDE = at("al lado", (310, 110, 535, 690))
ROWS = "Obra\tMeta y más"


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        ((60, 310, 285, 390), ["arriba", ROWS, "abajo", "al lado"]),  # within the left column
        ((310, 20, 535, 90), ["arriba", "abajo", ROWS, "al lado"]),  # over the right one
        ((60, 20, 535, 90), [ROWS, "arriba", "abajo", "al lado"]),  # over both
        ((60, 710, 535, 800), ["arriba", "abajo", "al lado", ROWS]),  # under both
    ],
)
def test_a_table_stands_where_it_is_read(box: Box, expected: list[str]) -> None:
    assert told(UP, DOWN, BESIDE, tables=(table(box),), columns=(LEFT, RIGHT)) == expected


def test_tables_of_other_pages_and_of_texts() -> None:
    later = at("otra página", (60, 50, 285, 80), page=2)
    assert told(UP, later, tables=(table((60, 400, 285, 500)),)) == ["arriba", ROWS, "otra página"]
    lines = [Block("uno", line=1), Block("dos", line=9)]
    rows = Table(1, ((Block("Obra", line=4), Block("Meta", line=4)),))
    assert told(*lines, tables=(rows,)) == ["uno", "Obra\tMeta", "dos"]


def test_headings_are_marked_by_depth_and_footnotes_come_last() -> None:
    blocks = (at("2.1 Obras de la cuenca", LEFT), at("ANEXOS", LEFT), at("un texto\x1b[2J", LEFT))
    parts = Extract((), (), blocks, footnotes=(at("3 Véase el acta.", LEFT), at("sin marca", LEFT)))
    text = tell_prose(FileRead(Document("p", ""), parts), (), with_tables=False)
    assert text.split("\n\n") == [
        "## 2.1 Obras de la cuenca",
        "# ANEXOS",
        "un texto\ufffd[2J",
        "[^3]: Véase el acta.",
        "sin marca\n",
    ]


def test_a_paragraph_over_two_pages_is_cut_where_asked() -> None:
    parts = (at("uno", LEFT), at("dos", LEFT, page=2))
    whole = Block("uno dos", page=1, bbox=LEFT, parts=parts)
    read = FileRead(Document("p", ""), Extract(paragraphs=(whole,)))
    assert tell_prose(read, ((2, 2),), with_tables=False) == "dos\n"
    assert tell_prose(read, ((3, 3),), with_tables=False) == ""
