"""Rows told in prose: what is found, what is left alone, where each was printed."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from literal import block, table

from extractors.narrative import milestones, tell
from pipeline.model import Block, Told


def told(*lines: str, kind: str = "") -> list[dict[str, str]]:
    blocks = [block(text, line=at) for at, text in enumerate(lines, start=1)]
    return [fields(one) for one in tell((), blocks) if kind in ("", one.kind)]


def fields(one: Told) -> dict[str, str]:
    return {name: found.text for name, found in one.fields.items()}


def test_numbered_commitments_follow_their_heading() -> None:
    found = told(
        "1. Antes de la lista",
        "Compromisos",
        "1. Abrir las actas",
        "Las actas se publican cada mes.",
        "Con su índice.",
        "2. Medir los pozos",
        "Cada pozo tendrá un medidor.",
        "SEGUIMIENTO",
        "3. Ya no es compromiso",
        kind="commitment",
    )
    assert found == [
        {
            "number": "1",
            "title": "Abrir las actas",
            "description": "Las actas se publican cada mes. Con su índice.",
        },
        {"number": "2", "title": "Medir los pozos", "description": "Cada pozo tendrá un medidor."},
    ]


@pytest.mark.parametrize(
    "text",
    ["Compromiso 3: Abrir las actas", "**COMPROMISO N° 3. Abrir las actas**",
     "Compromiso nro. 3 – Abrir las actas"],
)  # fmt: skip
def test_a_commitment_that_names_itself(text: str) -> None:
    (found,) = told(text, kind="commitment")
    assert (found["number"], found["title"]) == ("3", "Abrir las actas")


@pytest.mark.parametrize(
    "text",
    ["El compromiso 3 se cumplió", "Compromiso 3", "3. Abrir las actas", "Compromisos: 3 y 4"],
)
def test_what_is_no_commitment(text: str) -> None:
    assert told(text, kind="commitment") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Total de compromisos: 12", [{"value": "12", "noun": "compromisos"}]),
        ("Número de actividades 11", [{"value": "11", "noun": "actividades"}]),
        ("Cantidad de mesas de trabajo: siete", [{"value": "siete", "noun": "mesas de trabajo"}]),
        (
            "Hubo tres mesas: Agua, bosques; Caminos; Escuelas. Cada una sesionó.",
            [{"value": "tres", "noun": "mesas", "listed": "Agua, bosques; Caminos; Escuelas"}],
        ),
        ("Hubo tres mesas: Agua, Caminos y Escuelas.", []),  # commas may stand inside an item
        ("Se hicieron en 6 provincias.", []),
        ("Compromisos subnacionales: No", []),
        ("", []),
    ],
)
def test_declared_counts(text: str, expected: list[dict[str, str]]) -> None:
    assert told(text, kind="count") == expected


@pytest.mark.parametrize(
    "text",
    [
        "La Ley N° 18.930 ordena: publicar las actas; responder las consultas.",
        "El artículo 5 establece: publicar las actas; responder las consultas.",
        "En 2031 se realizaron: dos ferias; un taller.",
    ],
)
def test_laws_articles_and_years_declare_no_count(text: str) -> None:
    assert told(text, kind="count") == []


@pytest.mark.parametrize(
    "text",
    [
        "A las 9 horas se trataron: el puente; la escuela; el riego.",
        "Dentro de los 10 días siguientes: publicar el acta; avisar a las partes.",
        "Se citó a 40 personas para tratar: el puente; la escuela.",
        "El 15 de mayo se acordó: publicar el acta; avisar; cerrar.",
        "En un plazo de tres meses deberá: publicar el acta; avisar.",
        "Con una inversión de 2 millones se hizo: un puente; una escuela; un canal.",
        "En la sesión 14 se aprobó: el acta; el plan.",
        "Los compromisos 3 y 4 comprenden: actas; pozos; tomas.",
        "La comuna tiene cinco distritos y en ellos: Norte; Sur.",
    ],
)
def test_sentences_with_a_number_and_a_list_declare_no_count(text: str) -> None:
    assert told(text, kind="count") == []


@pytest.mark.parametrize(
    "text",
    [
        "Se formaron siete mesas de trabajo: Agua; Bosque.",
        "El plan tiene tres ejes estratégicos: Agua; Bosque.",
    ],
)
def test_things_counted_and_listed(text: str) -> None:
    assert len(told(text, kind="count")) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2031-2033", ["2031-2033"]),
        ("2031 al 2033", ["2031 al 2033"]),
        ("PLAN DE OBRAS 2031 – 2033", ["2031 – 2033"]),
        ("2. METODOLOGÍA DEL PLAN DE OBRAS 2031 al 2032", ["2031 al 2032"]),
        ("El plan anterior, de 2027 a 2030, se cerró con retraso.", []),  # told in a sentence
        ("Obras de 2031", []),
        ("2031-2033 y más", []),
    ],
)
def test_periods_of_the_plan(text: str, expected: list[str]) -> None:
    assert [one["period"] for one in told(text, kind="period")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CUADRO N°. 4 OBRAS DE LA CUENCA", [{"label": "cuadro", "number": "4"}]),
        ("Tabla 12: Obras", [{"label": "tabla", "number": "12"}]),
        ("El cuadro 4 muestra las obras", []),
        ("Cuadro de obras", []),
    ],
)
def test_captions(text: str, expected: list[dict[str, str]]) -> None:
    assert [dict(sorted(one.items())) for one in told(text, kind="caption")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3.1 Eje estratégico 1: Agua limpia", ["Agua limpia"]),
        ("PILAR II. Agua limpia", ["Agua limpia"]),
        ("Componente N° 2 – Agua limpia", ["Agua limpia"]),
        ("El eje 1: agua limpia", []),
        ("Eje 1", []),
    ],
)
def test_axes(text: str, expected: list[str]) -> None:
    assert [one["axis"] for one in told(text, kind="axis")] == expected


HTML = (
    "<p><b>1. Inventario de pozos (Marzo a abril 2031)</b></p> <p><b>Estado: Completo</b></p>"
    " <p>Se contaron los pozos.</p> <p><b>2. Medidores</b></p>"
    " <ul><li>- Compra (Mayo 2031)</li> <li>- Montaje (Junio 2031)</li></ul>"
    " <p>Estado: No iniciado</p> <p>Falta el contrato.</p>"
)
LINES = (
    "**1. Inventario de pozos (Marzo a abril 2031)\nEstado: Completo**\nSe contaron los pozos.\n"
    "**2. Medidores**\n- Compra (Mayo 2031)\n- Montaje (Junio 2031)\n**Estado:** No iniciado\n"
    "Falta el contrato."
)


@pytest.mark.parametrize("text", [HTML, LINES])
def test_milestones_of_one_cell(text: str) -> None:
    first, second = map(fields, milestones(block(text)))
    assert first == {
        "description": "Inventario de pozos",
        "number": "1",
        "planned": "Marzo a abril 2031",
        "completion": "Completo",
        "progress": "Se contaron los pozos.",
    }
    assert second["planned"] == "Mayo 2031\nJunio 2031"
    assert (second["description"], second["progress"]) == ("Medidores", "Falta el contrato.")
    assert second["completion"] == "No iniciado"


@pytest.mark.parametrize(
    "text",
    [
        "1. Inventario (Marzo 2031) Estado: Completo",  # too short to be a list of milestones
        "1. Inventario de los pozos de toda la cuenca alta y media\n2. Medidores en todos ellos",
        "Estado: Completo. No hay una lista de hitos en este texto, que es largo y corrido.",
    ],
)
def test_texts_without_milestones(text: str) -> None:
    assert list(milestones(block(text))) == []


def test_numbers_out_of_turn_are_text() -> None:
    text = (
        "1. Inventario de los pozos de la cuenca\nEstado: Completo\n7. Séptimo pozo, sin agua\n"
        "2. Medidores\nEstado: Limitado"
    )
    found = [fields(one) for one in milestones(block(text))]
    assert [one["number"] for one in found] == ["1", "2"]
    assert found[0]["progress"] == "7. Séptimo pozo, sin agua"


def test_a_milestone_says_which_piece_of_a_cut_cell_holds_it() -> None:
    one = block("1. Inventario de los pozos de la cuenca alta\nEstado: Completo", 4)
    two = block("2. Medidores en los pozos\nEstado: Limitado", 9)
    whole = Block(f"{one.text}\n{two.text}", line=4, parts=(one, two))
    places = [told.fields["description"].line for told in milestones(whole)]
    assert places == [4, 9]


def test_prose_and_cells_are_told_in_reading_order() -> None:
    cell = "Avance", f"{LINES}"
    found = tell(
        (table([list(cell)], line=5),),
        (block("CUADRO N° 1 OBRAS", 2), block("Total de compromisos: 4", 9)),
    )
    assert [one.kind for one in found] == ["caption", "milestone", "milestone", "count"]


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=300))
def test_any_text_is_told_or_not_but_never_raises(text: str) -> None:
    lines = tuple(block(line, at) for at, line in enumerate(text.split("\n"), start=1))
    for one in tell((table([["Avance", text]]),), lines):
        assert all(found.line for found in one.fields.values())


@pytest.mark.parametrize(
    ("text", "imported"),
    [
        ("Se cavaron tres pozos. Nota: falta uno. Sobra otro; es poco.", False),
        ("Total de compromisos: 12", True),
        ("Tres mesas: agua; riego; S.A. de pozos.", True),
    ],
)
def test_spacy_is_imported_only_where_something_may_be_counted(text: str, imported: bool) -> None:
    code = (
        "import sys; from extractors.narrative import tell; from pipeline.model import Block;"
        f"tell((), [Block({text!r}, line=1)]); print('spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(imported)
