"""What a document says of itself, and where it says it."""

from datetime import date

import pytest
from literal import block, table

from normalizers.metadata import Metadata, country_currency, read_metadata
from pipeline.model import Block, Document, Extract, Profile, Table, Told


def read(
    *lines: str, tables: tuple[Table, ...] = (), told: tuple[Told, ...] = (), **rest: str
) -> Metadata:
    prose = tuple(block(text, at) for at, text in enumerate(lines, start=1))
    document = Document("x", "0" * 64, tables=tables, prose=prose)
    return read_metadata(document, Extract(tables, told, prose), Profile(defaults=rest))


def of(name: str, *lines: str) -> object:
    value = read(*lines).fields.get(name)
    return value.value if value else None


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["Municipio de Albor", "Plan de caminos"], "Plan de caminos"),
        (["PLAN DE ACCIÓN PARA LOS CAMINOS DE ALBOR"], "Plan de Acción para los Caminos de Albor"),
        (["Segundo informe de caminos"], "Segundo informe de caminos"),
        (["Informe de caminos – Octubre 2031"], "Informe de caminos"),
        (["Informe de caminos – tramo norte"], "Informe de caminos – tramo norte"),
        (["**Reporte** de caminos"], "Reporte de caminos"),
        (["Caminos de Albor"], "Caminos de Albor"),  # the first line, where none names itself
        (["Título: Caminos", "Plan de obras"], "Caminos"),
        ([], None),
    ],
)
def test_titles(lines: list[str], title: str | None) -> None:
    assert of("title", *lines) == title


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["Municipio de Valle Azul", "Plan de caminos"], "Municipio de Valle Azul"),
        (["MINISTERIO DE AGUAS"], "Ministerio de Aguas"),
        (["Entidad: **Instituto de Aguas.**"], "Instituto de Aguas"),
        (["Plan de caminos", "La alcaldía aprobó el plan."], None),  # a sentence
        (["Plan de caminos", "ministerio de aguas"], None),
        (["Plan de caminos"], None),
    ],
)
def test_institutions(lines: list[str], name: str | None) -> None:
    assert of("institution", *lines) == name


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Vigencia: 2031", "period", "2031"),
        ("Período del plan: 2031-2033", "period", "2031/2033"),
        ("Fecha de publicación: 14 de septiembre de 2031", "published_date", "2031-09-14"),
        ("Fecha de corte: 31 de agosto de 2031", "cutoff_date", "2031-08-31"),
        ("Con corte al 31/08/2031", "cutoff_date", "2031-08-31"),
        ("Plan: Caminos de todos", "plan", "Caminos de todos"),
        ("Plan de caminos", "plan", None),  # a title, no label
        ("Vigencia: la que corresponda", "period", None),
        ("El año fue seco", "period", None),
    ],
)
def test_labels(line: str, field: str, value: str | None) -> None:
    assert of(field, line) == value


def test_a_label_and_its_value_in_two_cells() -> None:
    sheet = table([["Entidad", "Instituto de Aguas"], ["Fecha de corte", "31/08/2031"]])
    fields = read(tables=(sheet,)).fields
    assert fields["institution"].value == "Instituto de Aguas"
    assert fields["cutoff_date"].value == "2031-08-31"
    assert fields["cutoff_date"].block == sheet.rows[1][1]


def told(period: str, plan: str | None = None) -> Told:
    fields = {"period": block(period, 5)}
    return Told("period", fields | ({"plan": block(plan, 5)} if plan else {}))


def test_the_first_period_told_is_the_plan_s_and_the_others_stand_beside() -> None:
    found = read("Plan de caminos", told=(told("2031-2033"), told("2031 al 2032", "PLAN 2031")))
    assert found.fields["period"].value == "2031/2033"
    assert found.fields["period_start"].value == date(2031, 1, 1)
    assert found.fields["period_end"].value == date(2033, 12, 31)
    assert [(name, value.value) for name, value in found.others] == [("period", "2031/2032")]


def test_a_labelled_period_comes_before_a_told_one() -> None:
    found = read("Plan de caminos", "Período: 2031-2032", told=(told("2031-2033"),))
    assert found.fields["period"].value == "2031/2032"
    assert [value.value for _, value in found.others] == ["2031/2033"]


def test_the_period_of_another_plan_is_not_this_one_s() -> None:
    other = told("2027-2030", "Plan de acción nacional")
    assert "period" not in read("Plan de caminos", told=(other,)).fields


def test_captions_are_kept_in_order() -> None:
    captions = tuple(
        Told("caption", {"number": block(str(n), n), "label": block("cuadro", n)})
        for n in (1, 2, 4)
    )
    assert [(name, value.value) for name, value in read("x", told=captions).others] == [
        ("caption:cuadro", 1), ("caption:cuadro", 2), ("caption:cuadro", 4),
    ]  # fmt: skip


def cutoff(title: str, *headers: str) -> object:
    names: tuple[Block, ...] = tuple(block(text, 3) for text in headers)
    tables = (table([list(headers), ["a"] * len(headers)], header_rows=1, names=names),)
    value = read(title, tables=tables if headers else ()).fields.get("cutoff_date")
    return value.value if value else None


@pytest.mark.parametrize(
    ("title", "headers", "value"),
    [
        ("Seguimiento", ["Acción", "% de avance (31-08-2031)"], "2031-08-31"),
        ("Reporte de caminos – Octubre 2031", [], "2031-10"),
        ("Plan de caminos – Octubre 2031", [], None),  # tells of what is to come
        ("Seguimiento", ["Acción", "Fecha límite 31/08/2031"], None),
        ("Seguimiento", ["Avance a 31/08/2031 y a 31/12/2031"], None),  # which one?
    ],
)
def test_the_cut_off_without_a_label(title: str, headers: list[str], value: str | None) -> None:
    assert cutoff(title, *headers) == value


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["El Salvador, plan de caminos", "Caminos de El Salvador"], "SV"),
        (["Chile y Perú; Chile otra vez"], "CL"),
        (["Caminos  de El  Salvador"], "SV"),
        (["Caminos de\u00a0Costa\u00a0Rica"], "CR"),
        (["Caminos de <b>Costa</b> <b>Rica</b>"], "CR"),
        (["Plan de caminos"], None),
        (["La república de Altavega"], None),
    ],
)
def test_countries(lines: list[str], code: str | None) -> None:
    assert of("country", *lines) == code


def test_a_country_says_that_it_is_inferred() -> None:
    value = read("Plan de caminos de Chile").fields["country"]
    assert (value.state, bool(value.reason), value.block) == (
        "inferred", True, block("Plan de caminos de Chile"),
    )  # fmt: skip


def test_the_family_s_country_where_none_is_named() -> None:
    value = read("Plan de caminos", country="CO").fields["country"]
    assert (value.value, value.state, value.block) == ("CO", "inferred", None)


@pytest.mark.parametrize(
    ("lines", "code"),
    [(["Chile", "CHI 5"], "CHI 5"), (["Chile", "ARG 5"], None), (["CHI 5"], None)],
)
def test_the_code_of_a_plan(lines: list[str], code: str | None) -> None:
    assert of("plan", *lines) == code


@pytest.mark.parametrize(
    ("country", "code"),
    [("CL", "CLP"), ("CO", "COP"), ("MX", "MXN"), ("SV", "USD"), ("EC", "USD"), ("", None),
     ("ZZ", None)],
)  # fmt: skip
def test_currencies(country: str, code: str | None) -> None:
    assert country_currency(country) == code


def test_every_value_says_where_it_is_printed() -> None:
    fields = read("Municipio de Albor", "Plan de caminos", "Vigencia: 2031").fields
    assert {name: value.block and value.block.line for name, value in fields.items()} == {
        "institution": 1, "title": 2, "period": 3, "period_start": 3, "period_end": 3,
    }  # fmt: skip
