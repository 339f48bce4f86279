"""Lines into paragraphs, and which of them are headings."""

import pytest
from literal import block

from extractors.paragraphs import paragraphs
from extractors.prose import heading, part_contents, plain
from pipeline.model import Block, Page

PAGE = Page(1, 595, 842)


def line(text: str, top: float, x1: float = 520, page: int = 1, height: float = 12) -> Block:
    return Block(text, page=page, bbox=(70, top, x1, top + height), method="pdfplumber")


def told(*lines: Block) -> list[str]:
    return [one.text for one in paragraphs(lines, [PAGE])]


def test_lines_of_a_text_report_are_paragraphs() -> None:
    assert told(block("Uno", 1), block("  ", 2), block("Dos", 3)) == ["Uno", "Dos"]


def test_close_full_lines_are_one_paragraph() -> None:
    lines = [line("El plan reúne las obras de la", 100), line("cuenca alta.", 114, 150)]
    (one,) = paragraphs(lines, [PAGE])
    assert one.text == "El plan reúne las obras de la cuenca alta."
    assert one.parts == tuple(lines)


@pytest.mark.parametrize(
    "below",
    [
        line("Otro párrafo, tras un blanco.", 160),
        line("2. Obras de la cuenca", 114),
        line("- Obras de la cuenca", 114),
        line("Letra más grande", 114, height=18),
        line("En otra página.", 100, page=2),
    ],
)
def test_what_begins_a_paragraph(below: Block) -> None:
    first = [line("El plan reúne las obras de la", 86), line("cuenca alta y de la cuenca", 100)]
    assert told(*first, below) == [
        "El plan reúne las obras de la cuenca alta y de la cuenca",
        below.text,
    ]


def test_a_line_that_ends_early_ends_its_paragraph() -> None:
    lines = [line("Presentación", 100, 140), line("El plan reúne las obras de la cuenca.", 114)]
    assert told(*lines) == ["Presentación", "El plan reúne las obras de la cuenca."]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("**Tema** del <b>plan</b>", "Tema del plan"),
        ("## Obras", "Obras"),
        ("  dos   espacios ", "dos espacios"),
        ("", ""),
    ],
)
def test_plain_text(printed: str, expected: str) -> None:
    assert plain(block(printed)) == expected


LONG = block("Un párrafo que sigue y que es bastante largo para ser el texto de una sección." * 2)


@pytest.mark.parametrize(
    ("text", "following", "expected"),
    [
        ("3.1 Obras de la cuenca", None, ("3.1", "Obras de la cuenca")),
        ("3. Obras de la cuenca", None, ("3", "Obras de la cuenca")),
        ("3) Obras", None, ("3", "Obras")),
        ("3. Se repararon los puentes.", None, None),
        ("3. se repararon los puentes", None, None),
        ("PRESENTACIÓN", None, ("", "PRESENTACIÓN")),
        ("ONU", None, None),  # too short to tell
        ("# Obras", None, ("", "Obras")),
        ("Alcance del informe", LONG, ("", "Alcance del informe")),
        ("Alcance del informe", block("Breve."), None),
        ("Alcance del informe", None, None),
        ("Alcance del informe:", LONG, None),
        ("", None, None),
        ("X" * 201, None, None),
    ],
)
def test_headings(text: str, following: Block | None, expected: tuple[str, str] | None) -> None:
    assert heading(block(text), following) == expected


def contents_of(*texts: str) -> list[str]:
    blocks = [block(text, at) for at, text in enumerate(texts, start=1)]
    text, contents = part_contents(blocks)
    assert sorted(one.line or 0 for one in (*text, *contents)) == [one.line for one in blocks]
    return [one.text for one in contents]


ENTRIES = ["1. Obras 3", "1.1 Puentes ...... 3", "2. Escuelas 14", "Anexo 2030 20"]


def test_a_table_of_contents_is_set_apart() -> None:
    assert contents_of("CONTENIDO", *ENTRIES, "1. Obras", "El texto.") == ENTRIES


@pytest.mark.parametrize(
    "texts",
    [
        ENTRIES[:3],  # too few to tell
        ["Obras 9", "Puentes 7", "Escuelas 5", "Caminos 3"],  # pages do not fall
        ["Se hicieron obras.", "Otra frase.", "Otra más.", "Y otra."],
        ["Plan 2030", "Plan 2031", "Plan 2032", "Plan 2033"],  # years
    ],
)
def test_lines_that_are_no_contents(texts: list[str]) -> None:
    assert contents_of(*texts) == []


@pytest.mark.parametrize(
    "texts",
    [
        ["Mesas de trabajo: 3", "Sesiones: 5", "Ferias: 7", "Total de compromisos: 12"],
        ["Acuerdo N° 1", "Acuerdo N° 2", "Acuerdo N° 3", "Acuerdo N° 4"],
        ["Escuelas del norte 12", "Escuelas del sur 15", "Del este 20", "Del oeste 33"],
    ],
)
def test_declared_numbers_are_no_contents(texts: list[str]) -> None:
    assert contents_of(*texts) == []
