"""Lines joined over columns and pages, broken words made whole, footnotes told apart."""

import pytest

from extractors.footnotes import note_mark, part_footnotes
from extractors.hyphens import find_words, join_lines
from extractors.paragraphs import paragraphs
from pipeline.model import Block, Box, Page

LEFT, RIGHT = (70.0, 100.0, 280.0, 700.0), (310.0, 100.0, 520.0, 700.0)


def line(text: str, box: Box, page: int = 1) -> Block:
    return Block(text, page=page, bbox=box, method="pdfium")


def in_column(column: Box, *texts: str, top: float = 100, page: int = 1) -> list[Block]:
    return [
        line(text, (column[0], top + 14 * at, column[2], top + 14 * at + 12), page)
        for at, text in enumerate(texts)
    ]


def told(*lines: Block, columns: tuple[Box, ...] = ()) -> list[str]:
    pages = [Page(number, 595, 842, columns=columns) for number in (1, 2)]
    return [one.text for one in paragraphs(lines, pages)]


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    left = in_column(LEFT, "El plan reúne las obras de la", "cuenca alta y de los caminos que")
    right = in_column(RIGHT, "llevan a las escuelas rurales.", "Otro texto que sigue después.")
    first, *rest = told(*left, *right, columns=(LEFT, RIGHT))
    assert rest == []
    assert first.startswith("El plan reúne las obras de la cuenca alta y de los caminos que llevan")


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("que se terminaron en la cuenca.", "otra frase en minúscula al empezar"),
        ("que se terminaron en la cuenca", "Otra frase que empieza de nuevo"),
        ("que se terminaron en la cuenca", "a) un punto de una lista nueva"),
    ],
)
def test_what_begins_anew_in_the_next_column(above: str, below: str) -> None:
    lines = [*in_column(LEFT, above), *in_column(RIGHT, below)]
    assert told(*lines, columns=(LEFT, RIGHT)) == [above, below]


def test_a_sentence_goes_on_over_the_page() -> None:
    lines = in_column(LEFT, *["El plan reúne las obras de la cuenca"] * 7, "y los caminos que")
    after = in_column(LEFT, "llevan a las escuelas.", page=2)
    (one,) = paragraphs([*lines, *after], [Page(1, 350, 842), Page(2, 350, 842)])
    assert one.text.endswith("y los caminos que llevan a las escuelas.")
    assert {part.page for part in one.parts} == {1, 2}


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["las comu-", "nidades del sur"], "las comunidades del sur"),
        (["las comu\u00ad", "nidades"], "las comunidades"),
        (["las comu\u2010", "nidades"], "las comunidades"),
        (["el plan 2019-", "2021 sigue"], "el plan 2019- 2021 sigue"),  # no word is broken
        (["ante la COVID-", "19 se"], "ante la COVID-19 se"),
        (["la vía Norte-", "Sur del país"], "la vía Norte-Sur del país"),
        (["obras -", "las demás"], "obras - las demás"),
        (["socio-", "ambiental"], "socioambiental"),
        (["lo político-", "administrativo"], "lo político-administrativo"),
        (["sin guion", "alguno"], "sin guion alguno"),
        (["uno-", "dos-", "tres"], "unodostres"),
    ],
)
def test_broken_words(lines: list[str], text: str) -> None:
    known = find_words(["Lo político y lo administrativo, en las comunidades."])
    printed = in_column(LEFT, *lines)
    joined = join_lines(printed, known)
    assert joined.text == text
    assert [part.text for part in joined.parts] == lines


def test_a_word_printed_with_its_hyphen_keeps_it() -> None:
    assert find_words(["el socio-ambiental y"]).glue("socio", "ambiental") == "-"
    assert find_words(["el socio-"]).known == {"el"}


@pytest.mark.parametrize(
    "item",
    ["• Obras", "a) Obras", "(iv) Obras", "\uf0b7 Obras", "12) Obras", "▪ Obras", "3. Obras"],
)
def test_items_of_lists_stand_alone(item: str) -> None:
    lines = in_column(LEFT, "Se acordó lo que sigue en la mesa de", item)
    assert told(*lines, columns=(LEFT,)) == [lines[0].text, item]


def test_a_raised_mark_parts_no_sentence() -> None:
    first = in_column(LEFT, "Las actividades muestran un avance con")
    raised = line("nivel de avance bajo1 en la cuenca.", (70, 111, 280, 126))
    assert told(*first, raised, columns=(LEFT,)) == [f"{first[0].text} {raised.text}"]


def test_a_first_line_set_in_begins_a_paragraph() -> None:
    full = "El plan reúne las obras de la cuenca alta."
    indented = line("Los talleres reunieron a la comarca y", (88, 114, 280, 126))
    rest = line("a sus familias.", (70, 128, 280, 140))
    text = f"{indented.text} {rest.text}"
    assert told(*in_column(LEFT, full), indented, rest, columns=(LEFT,)) == [full, text]
    hanging = line("Sigue el mismo punto.", (88, 114, 280, 126))
    item = in_column(LEFT, "• El plan reúne las obras de la cuenca.")
    assert told(*item, hanging, columns=(LEFT,)) == [f"{item[0].text} {hanging.text}"]


@pytest.mark.parametrize("text", ["a" * 200_000, "a" * 200_000 + "-", "- " * 100_000])
def test_a_line_without_end_is_kept(text: str) -> None:
    lines = in_column(LEFT, text, "b" * 200_000)
    kept = " ".join(told(*lines, columns=(LEFT,)))
    assert kept.replace(" ", "").count("b") == 200_000
    assert sum(len(one) for one in part_footnotes(lines)) >= 1


def small(text: str, top: float, x0: float = 70) -> Block:
    return line(text, (x0, top, x0 + 200, top + 8))


def test_footnotes_are_told_apart_with_their_marks() -> None:
    body = in_column(LEFT, *["El plan reúne las obras de la cuenca"] * 3, "alta1 y media.2")
    notes = [small("1 Véase el informe de la", 680), small("mesa técnica.", 690)]
    notes += [small("2Acta de la sesión.", 700)]
    text, found = part_footnotes([*body, *notes, *in_column(RIGHT, "Otra columna de texto")])
    assert [one.text for one in text] == [*(one.text for one in body), "Otra columna de texto"]
    assert found == ((notes[0], notes[1]), (notes[2],))
    assert note_mark(notes[2]) == ("2", "Acta de la sesión.")


def test_a_footnote_in_the_texts_own_type_stands_apart_and_is_called() -> None:
    body = in_column(LEFT, *["El plan reúne las obras de la cuenca"] * 3, "con avance bajo1 (alto)")
    raised = line("1 Según la escala del consejo, el", (60, 640, 280, 654))
    rest = in_column(LEFT, "nivel bajo es del 25 %.", top=655)
    assert part_footnotes([*body, raised, *rest]) == (tuple(body), ((raised, *rest),))
    close = line("1 Según la escala del consejo, el", (60, 157, 280, 171))
    assert part_footnotes([*body, close])[1] == ()


@pytest.mark.parametrize(
    "lines",
    [
        [small("Fuente: registro de obras.", 680)],  # no mark
        [small("70 a 74 años", 680)],  # of a chart: nothing calls it
        [small("1 Un cuadro en letra menor", 300), *in_column(LEFT, "Texto", top=400)],
        in_column(LEFT, "1 Texto de la misma altura", top=690),
    ],
)
def test_what_is_no_footnote(lines: list[Block]) -> None:
    body = in_column(LEFT, *["El plan reúne las obras de la cuenca"] * 4)
    assert part_footnotes([*body, *lines]) == ((*body, *lines), ())


def test_text_reports_have_no_footnotes() -> None:
    lines = [Block("1 Véase", line=1), Block("2 Acta", line=2)]
    assert part_footnotes(lines) == (tuple(lines), ())
