"""From tables and told rows to records: which reader takes which table, in which order."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from literal import values

from extractors.extract import extract
from extractors.text import read_text
from normalizers.measures import part_of_year
from normalizers.records import normalize
from pipeline.model import Block, Document, Extract, Profile, Record
from pipeline.profiles import load_profiles


def records(text: str, profile: Profile | None = None) -> list[Record]:
    content = read_text(text)
    document = Document("x", "0" * 64, "text/plain", 1, tables=content.tables, prose=content.prose)
    return normalize(document, extract(document), profile or Profile())


def kinds(found: Sequence[Record]) -> list[str]:
    return [one.record_id.rpartition("-")[2] or "doc" for one in found if one.kind != "section"]


def rows(*lines: str) -> str:
    return "\n".join(line.replace(" | ", "\t") for line in lines)


PLAN = rows(
    "Eje | Actividad | Meta | Fecha límite | Costo | Color",
    "Agua | Medir los pozos | Informe | 30/06/2031 | $ 5.00 | Verde",
    "Agua | Limpiar las tomas | Cinco tomas | 31/07/2031 | $ 8.00 | Azul",
)


def test_the_document_comes_first_and_bears_its_identity() -> None:
    first = records("Plan de caminos")[0]
    assert (first.kind, first.record_id, first.document_id) == ("document", "0" * 16, "0" * 16)
    assert first.get("title") == "Plan de caminos"


def test_a_table_of_activities() -> None:
    found = records(PLAN)
    assert kinds(found) == ["0" * 16, "c001", "a001", "a002"]
    assert values(found[2]) == {
        "description": "Medir los pozos",
        "deliverable": "Informe",
        "planned": "2031-06-30",
        "amount": Decimal("5.00"),
    }
    assert [(name, value.value) for name, value in found[2].others] == [("printed:Color", "Verde")]


def test_a_header_that_the_profile_ignores_or_renames() -> None:
    profile = Profile(ignore=("COLOR",), columns={"Costo": "resources"})
    activity = records(PLAN, profile)[2]
    assert activity.others == ()
    assert (activity.get("resources"), activity.get("amount")) == ("$ 5.00", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A general budget: labels and amounts.
        (rows("Línea de acción | Número de actividades | Total de presupuesto",
              "3.1 Agua | 2 | $ 13.00", "Total |  | $ 13.00"),
         ["f001", "f002", "f003"]),
        # A sheet of labels and values.
        (rows("Actividad | Medir los pozos", "Meta | Informe", "Próximos pasos | Montar",
              "Responsable | Obras"),
         ["a001"]),
        # A budget by line.
        (rows("Partida | Codificado | Saldo", "51.01 | 900 | 4"), ["b001", "m001", "m002"]),
        # Nothing that the lexicon knows: the table stays in `cells`.
        (rows("Animal | Color | Peso", "Vaca | Parda | 900"), []),
        # A table of contents.
        (rows("Actividad | 3", "Meta | 4", "Responsable | 9", "Objetivo | 12"), []),
        ("", []),
    ],
)  # fmt: skip
def test_each_table_goes_to_the_reader_that_fits(text: str, expected: list[str]) -> None:
    assert kinds(records(text))[1:] == expected


MONTHS = " | ".join(["Ene", "Feb", "Mar", "Abr", "May", "Jun", "Jul"])


def test_a_schedule_beside_a_plan_tells_of_its_activities() -> None:
    schedule = rows(
        f"Actividad | Número de actividades | {MONTHS}",
        "Medir los pozos | 4 | X |  |  |  |  |  | ",
    )
    found = records(f"{PLAN}\n\nCronograma.\n\n{schedule}")
    assert kinds(found)[1:] == ["c001", "a001", "a002", "m001", "m002"]
    sessions, month = found[4:6]
    assert (sessions.parent_id, sessions.get("value")) == (found[2].record_id, Decimal(4))
    assert (month.get("kind"), month.get("unit")) == ("scheduled", "X")


def test_months_are_no_unclaimed_columns() -> None:
    schedule = rows(f"Actividad | Responsable | {MONTHS}", "Medir los pozos | Obras | X")
    found = records(schedule)
    assert kinds(found)[1:] == ["a001", "m001"]
    assert found[1].others == ()
    assert (found[2].get("label"), found[2].get("value")) == ("Ene", Decimal(1))


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Enero", True),
        ("ENE.", True),
        ("Sept", True),
        ("Setiembre", True),
        ("Dici\nembre", True),
        ("Enc", True),  # misread
        ("Mayores", False),
        ("Marca", False),
        ("Di", False),
        ("Año", False),
        ("", False),
    ],
)
def test_headers_that_are_months(header: str, expected: bool) -> None:
    assert bool(part_of_year(header)) is expected


def test_the_axis_is_the_heading_above_the_table() -> None:
    table = rows("Línea de acción | Acción | Plazo", "3.1 Pozos | Medir | 2 meses")
    text = f"Eje 1: Agua\n\n{table}\n\nEje 2: Bosque\n\n{table.replace('3.1', '3.2')}"
    commitments = [one for one in records(text) if one.kind == "commitment"]
    assert [(one.get("axis"), one.get("number")) for one in commitments] == [
        ("Agua", "3.1"),
        ("Bosque", "3.2"),
    ]


def test_the_commitments_of_a_sheet_and_of_prose_are_one() -> None:
    sheet = rows(
        "Tema | Agua", "Compromiso 7: Pozos | ", "Problema | Falta agua", "Ambición | Alta"
    )
    found = records(f"Compromiso 7: Pozos\n\n{sheet}")
    assert kinds(found)[1:] == ["c001"]
    assert found[1].get("theme") == "Agua"


def test_milestones_belong_to_the_commitment_above_them() -> None:
    text = (
        "Compromiso 7: Pozos\n\n1. Inventario de los pozos de la cuenca (Marzo 2031)\n"
        "Estado: Completo\nSe contaron todos.\n"
    )
    found = records(text)
    assert kinds(found)[1:] == ["c001", "a001"]
    activity = found[2]
    assert activity.parent_id == found[1].record_id
    assert values(activity) == {
        "number": "1",
        "description": "Inventario de los pozos de la cuenca",
        "planned": "2031-03",
        "completion": "complete",
        "progress": "Se contaron todos.",
    }


@pytest.mark.parametrize(
    ("text", "kind", "label", "value", "listed"),
    [
        ("Total de compromisos: 12", "commitment_count", "compromisos", 12, None),
        ("Número de actividades: once", "activity_count", "actividades", 11, None),
        ("Hubo tres mesas: a, b; c; d.", "other_count", "mesas", 3, 3),
    ],
)
def test_declared_counts(text: str, kind: str, label: str, value: int, listed: int | None) -> None:
    figure = records(text)[1]
    assert [figure.get(name) for name in ("kind", "scope", "scope_label", "value")] == [
        kind, "document", label, Decimal(value),
    ]  # fmt: skip
    told = dict(figure.others).get("listed")
    assert (told.value if told else None) == listed


def sections(text: str) -> list[tuple[object, ...]]:
    found = [one for one in records(text) if one.kind == "section"]
    return [
        tuple(one.get(name) for name in ("level", "number", "heading", "text")) for one in found
    ]


def test_the_narrative_is_kept_whole_in_reading_order() -> None:
    text = "Antes.\n\n1. Agua\n\nDos pozos.\n**Tres tomas.**\n\n1.1 Pozos\n\nCIERRE\n\nFin."
    assert sections(text) == [
        (1, None, None, "Antes."),
        (1, "1", "Agua", "Dos pozos.\nTres tomas."),
        (2, "1.1", "Pozos", None),
        (1, None, "CIERRE", "Fin."),
    ]


def test_running_lines_are_a_last_section_of_no_level() -> None:
    document = Document("x", "0" * 64)
    furniture = (Block("Página 1", page=1), Block("Página 2", page=2))
    found = normalize(document, Extract((), (), (), furniture), Profile())
    assert [(one.kind, one.get("level"), one.get("text")) for one in found[1:]] == [
        ("section", 0, "Página 1\nPágina 2")
    ]


def test_the_currency_of_the_amounts_is_the_document_s() -> None:
    found = records(f"Plan de caminos de Chile\n\n{PLAN}")
    assert found[0].get("currency") == "CLP"
    assert records(PLAN)[0].get("currency") is None  # "$" alone names no currency


def test_a_required_period_gives_dates_their_year() -> None:
    text = "Vigencia: 2031\n\n" + PLAN.replace("30/06/2031", "30 de junio")
    activity = next(one for one in records(text) if one.kind == "activity")
    assert (activity.get("planned"), activity.fields["planned"].state) == ("2031-06-30", "inferred")


CELLS = st.one_of(
    st.sampled_from(["", "", "Actividad", "Meta", "Fecha límite", "% de avance", "Costo", "Eje"]),
    st.sampled_from(["Compromiso", "Objetivo", "Total", "Sub total", "Número de actividades"]),
    st.sampled_from(["Tema", "Problema", "Cumplimiento", "No iniciado", "Limitado", "Completo"]),
    st.sampled_from(["X", "Gobierno", "Sociedad civil", "Ene", "Feb", "Mar", "Abr", "May", "Jun"]),
    st.sampled_from(["30/06/2031", "100%", "N/A", "$ 1,200.00", "1.500", "2 meses", "-", "0"]),
    st.sampled_from(["Compromiso n° 3: Actas", "1. Actas", "Total de compromisos: 4", "Eje 1: Ya"]),
    st.sampled_from(["tres mesas: a; b; c", "Compromisos", "CUADRO N° 2", "2031-2033"]),
    st.just("1. Meta uno (mayo 2031)</p> <p>Estado: Completo</p> y después pasó bastante tiempo"),
    st.text("aZñ1º%$.,()\\<>*&;: -/\x00Ⅳ٣", max_size=10),
)
REPORTS = st.lists(
    st.one_of(
        st.lists(CELLS, min_size=1, max_size=7).map("\t".join),
        st.text(st.characters(exclude_categories=("Cs",)), max_size=40),
    ),
    max_size=14,
).map("\n".join)


@settings(max_examples=80)
@given(REPORTS, st.sampled_from([Profile(), *load_profiles()]))
def test_any_text_makes_records_that_hold_together(text: str, profile: Profile) -> None:
    found = records(text, profile)
    known = [one.record_id for one in found]
    assert found[0].kind == "document"
    assert len(set(known)) == len(known)
    for one in found:
        assert one.document_id == "0" * 16
        assert one.parent_id in ("", *known)
        for value in one.fields.values():
            assert value.state in ("reported", "derived") or value.reason


@settings(max_examples=15)
@given(REPORTS)
def test_the_same_text_makes_the_same_records(text: str) -> None:
    assert records(text) == records(text)
