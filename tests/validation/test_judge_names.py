"""Names, structure and the same thing told in two tables."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small import activity, block, commitment, figure, owner, reading, record, value, verdicts

from pipeline.model import Block, Reading, Table
from pipeline.validation.across_tables import xtable_objective_missing, xtable_responsible
from pipeline.validation.entities import acronym_undefined, entity_foreign, entity_name_variant
from pipeline.validation.required import required_partial_field
from pipeline.validation.structure import (
    caption_duplicate,
    header_vs_content,
    index_vs_body,
    length_limit,
    sequence_parent_child,
)


def table(*rows: tuple[str, ...], number: int = 1) -> Table:
    cells = tuple(
        tuple(Block(text, line=at * 10 + number, table=number, row=at, column=column)
              for column, text in enumerate(row, 1))
        for at, row in enumerate(rows, 1)
    )  # fmt: skip
    return Table(number, cells)


def with_tables(told: Reading, *tables: Table) -> Reading:
    return replace(told, document=replace(told.document, tables=tables))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La municipalidad de Puerto Hondo impulsa el acceso.", "fail"),
        ("La Municipalidad de Valle Sereno impulsa el acceso.", "pass"),
        ("La municipalidad de Valle impulsa el acceso.", "pass"),  # cut short
        ("Convenio con la Municipalidad de Puerto Hondo.", "not_checkable"),
    ],
)
def test_another_municipality(text: str, expected: str) -> None:
    papers = owner(institution="Municipio de Valle Sereno")
    told = record("section", "s1", "", 4, text=text)
    found = verdicts(entity_foreign(reading(papers, told)))
    assert (found[0] if expected != "pass" else found[-1]) == expected
    assert found.count("fail") == (expected == "fail")


def test_another_kind_of_institution_is_not_asked() -> None:
    told = record("section", "s1", text="La municipalidad de Puerto Hondo.")
    assert verdicts(entity_foreign(reading(owner(institution="Ministerio de Salud"), told))) == []


@pytest.mark.parametrize(
    ("one", "verdict"),
    [
        ("Oficina Comercial y Mercadeo", "pass"),  # beside "Comercial y de Mercadeo"
        ("Oficina Comercial y de Mercade", "pass"),
        ("Oficina Comerical y de Mercadeo", "fail"),
        ("Oficina de Sistemas", "pass"),
    ],
)
def test_an_office_spelt_otherwise(one: str, verdict: str) -> None:
    usual = [
        activity(f"a{at}", description="x", responsible="Oficina Comercial y de Mercadeo")
        for at in (1, 2)
    ]
    other = activity("a3", description="x", responsible=one)
    assert verdicts(entity_name_variant(reading(*usual, other))) == [verdict]


def test_initials_that_nobody_spells_out() -> None:
    one = activity("a1", description="x", responsible="OGTI")
    told = record("section", "s1", text="La Oficina General de Tecnología (OGTI) responde.")
    usual = activity("a1", description="x", responsible="RRHH")
    assert verdicts(acronym_undefined(reading(one))) == ["fail"]
    assert verdicts(acronym_undefined(reading(one, told))) == ["pass"]
    assert verdicts(acronym_undefined(reading(usual))) == []
    listed = table(("OGTI", "Oficina General de Tecnología"))
    assert verdicts(acronym_undefined(with_tables(reading(one), listed))) == ["fail"]


def test_an_office_that_another_table_names_otherwise() -> None:
    plan = [
        activity(f"a{at}", description=f"Elaborar el {what}", responsible=office)
        for at, (what, office) in enumerate(
            (("plan", "Recursos Humanos"), ("mapa", "Auditoría Interna"), ("código", "Gerencia"))
        )
    ]
    header = ("Acciones concretas", "Responsables")
    same = table(header, ("Elaborar el plan", "Recursos humanos"), number=2)
    other = table(header, ("Elaborar el mapa", "Tesorería"), number=2)
    assert verdicts(xtable_responsible(with_tables(reading(*plan), same))) == ["pass"]
    assert verdicts(xtable_responsible(with_tables(reading(*plan), other))) == ["fail"]
    shifted = table(
        header, ("Elaborar el plan", "Gerencia"), ("Elaborar el mapa", "Recursos Humanos"),
        ("Elaborar el código", "Auditoría Interna"), number=2,
    )  # fmt: skip
    checks = list(xtable_responsible(with_tables(reading(*plan), shifted)))
    assert verdicts(checks) == ["fail"] * 3
    assert {(check.group, check.words["shift"]) for check in checks} == {("responsible:2", "row")}


def test_an_objective_that_the_plan_does_not_have() -> None:
    above = commitment("3.1")
    own = activity("a1", "c3.1", description="x", objective="Ordenar el archivo municipal.")

    def judge(label: str) -> list[str]:
        row = figure(10, "objective", "c3.1", 9, scope_label=label, table="general budget")
        return verdicts(xtable_objective_missing(reading(above, own, row)))

    assert judge("Ordenar el archivo municipal") == ["pass"]
    assert judge("Comprar uniformes deportivos para la liga") == ["fail"]


def test_a_number_under_another_commitment() -> None:
    above = commitment("3.1")
    own = [
        activity(f"a{number}", "c3.1", number=number, description="x")
        for number in ("3.1.2", "3.2.1", "4", "3.1")
    ]
    assert verdicts(sequence_parent_child(reading(above, *own))) == ["pass", "fail"]


def test_one_number_for_two_captions() -> None:
    def judge(*titles: str) -> list[str]:
        others = tuple(("caption:cuadro", value(1, at, "1")) for at, _ in enumerate(titles, 1))
        told = [
            record("section", f"s{at}", "", at, heading=title) for at, title in enumerate(titles, 1)
        ]
        return verdicts(caption_duplicate(reading(owner(others), *told)))

    assert judge("Cuadro 1. Acciones") == ["pass"]
    assert judge("Cuadro 1. Acciones", "Cuadro 1. Presupuesto") == ["fail"]
    assert judge("Cuadro 1. Acciones", "Cuadro 1. Acciones (continuación)") == ["pass"]


def test_an_entry_of_the_contents_without_a_heading() -> None:
    contents = table(("Presentación", "3"), ("Metodología", "4"), ("Presupuesto", "7"),
                     ("Seguimiento", "9"), ("Anexo de indicadores", "12"))  # fmt: skip
    told = [
        record("section", f"s{at}", heading=heading)
        for at, heading in enumerate(
            ("Presentación", "2. Metodología", "Presupuesto", "Seguimiento")
        )
    ]
    (check,) = index_vs_body(with_tables(reading(*told), contents))
    assert (check.verdict, check.stated) == ("fail", "Anexo de indicadores")
    (check,) = index_vs_body(with_tables(reading(*told[:2]), contents))
    assert check.verdict == "not_checkable"


def test_a_header_of_dates_over_lengths_of_time() -> None:
    months = value(2, 20, "2 meses")
    assert months.block is not None
    placed = replace(months, block=replace(months.block, table=1, column=2))
    one = activity("a1", description="x", duration_months=placed)
    wrong = table(("Acción", "Tiempo de inicio y final"), ("x", "2 meses"))
    right = table(("Acción", "Plazo de ejecución"), ("x", "2 meses"))
    assert verdicts(header_vs_content(with_tables(reading(one), wrong))) == ["fail"]
    assert verdicts(header_vs_content(with_tables(reading(one), right))) == ["pass"]


def test_a_text_longer_than_its_limit() -> None:
    label = "Breve descripción (Límite de 20 caracteres)"
    long, short = table((label, "Un texto que se pasa del límite")), table((label, "Un texto"))
    assert verdicts(length_limit(with_tables(reading(), long))) == ["fail"]
    assert verdicts(length_limit(with_tables(reading(), short))) == ["pass"]


@pytest.mark.parametrize(
    ("planned", "expected"),
    [("2023-03/..", ["fail"]), ("2023-03/2023-06", ["pass"]), ("2023-03", [])],
)
def test_half_a_period(planned: str, expected: list[str]) -> None:
    one = activity("a1", description="x", planned=planned)
    assert verdicts(required_partial_field(reading(one))) == expected


def test_the_place_of_a_finding_is_where_it_is_printed() -> None:
    papers = owner(institution="Municipio de Valle Sereno")
    text = "Uno. La municipalidad de Puerto Hondo aprobó el plan."
    told = record("section", "s1", text=value(text, 7))
    first = next(iter(entity_foreign(reading(papers, told))))
    assert first.evidence[0] == block(text.removeprefix("Uno. "), 7)
