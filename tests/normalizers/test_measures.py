"""Headers of amounts: what kind they tell, and of which part of the year."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.measures import (
    Measure,
    claim_line,
    claim_measure,
    is_formula,
    kind_about,
    measure_lexicon,
    part_of_row,
    part_of_year,
    settle_kinds,
    split_parts,
)
from pipeline.dataset.schema import SCHEMA


@pytest.mark.parametrize(
    ("parts", "kind", "part"),
    [
        (["EGRESOS", "APROBADO"], "approved", ""),
        (["PIA"], "approved", ""),
        (["PIA 2031"], "approved", ""),
        (["Ampliaciones / (Reducciones)"], "adjustment", ""),
        (["PIM AL 30.06.2031"], "modified", ""),
        (["Codificado", "C = A + B"], "modified", ""),  # the formula is no name
        (["Comprom.", "D"], "committed", ""),
        (["Devengado"], "accrued", ""),
        (["Devengdo"], "accrued", ""),  # a letter lost
        (["PAGADO"], "paid", ""),
        (["Recaudos", "Del mes"], "collected", ""),  # its group tells the kind
        (["Recaudos", "Ms. ant."], "collected", ""),  # a name that says nothing
        (["Subejercicio"], "available", ""),
        (["Saldo x Comprometer"], "available", ""),
        (["Variación", "Monto"], "difference", ""),
        (["Variación", "%"], "share", ""),
        (["% avance en la recaudación"], "share", ""),
        (["Avance de metas", "Alcanzada"], "done", ""),
        (["Avance de metas", "Programada"], "target", ""),
        (["Ene"], "", "01"),
        (["Devengado", "SET"], "accrued", "09"),
        (["Programación", "I T RI M E S T R E"], "", "Q1"),  # a letter a line
        (["Total"], "", ""),
    ],
)
def test_what_a_header_tells(parts: list[str], kind: str, part: str) -> None:
    found = claim_measure(parts)
    assert found is not None
    assert (found.kind, found.part) == (kind, part)
    assert 0.66 <= found.score <= 1


@pytest.mark.parametrize("header", ["Comisiones", "Descripción", "Actividad", "Marca", "—", ""])
def test_headers_of_no_measure(header: str) -> None:
    assert claim_measure([header]) is None


def test_evidence_is_kept() -> None:
    found = claim_measure(["Presupuesto modificado"])
    assert found is not None
    assert "modified" in found.evidence


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Enero", "01"), ("Sept.", "09"), ("Setiembre", "09"), ("dic 2031", "12"), ("May", "05"),
        ("I Trimestre", "Q1"), ("III TRIM", "Q3"), ("IV Trimestre", "Q4"), ("lV trimestre", "Q4"),
        ("2do trimestre", "Q2"), ("Tercer trimestre", "Q3"), ("T2", "Q2"), ("Trimestre 4", "Q4"),
        ("Enero 31", ""), ("Marca", ""), ("Ma", ""), ("Trimestre", ""), ("", ""),
    ],
)  # fmt: skip
def test_parts_of_the_year(text: str, part: str) -> None:
    assert part_of_year(text) == part


@pytest.mark.parametrize(
    ("text", "unit", "part"),
    [("Primero", "Trimestre", "Q1"), ("Cuarto", "Avance Trimestre", "Q4"), ("Enero", "Mes", "01"),
     ("2", "Trimestre", "Q2"), ("Acumulado", "Trimestre", ""), ("Primero", "Lugar", "")],
)  # fmt: skip
def test_rows_of_time(text: str, unit: str, part: str) -> None:
    assert part_of_row(text, unit) == part


def test_months_in_one_header() -> None:
    assert split_parts("OCT NOV DIC") == ["10", "11", "12"]
    assert split_parts("OCT y más") == split_parts("Octubre") == []


@pytest.mark.parametrize(("text", "formula"), [
    ("A", True), ("(3)", True), ("C = A + B", True), ("G=C-D", True), ("N°", False),
    ("N°(*)()", False), ("AB", False), ("Ene", False), ("", False),
])  # fmt: skip
def test_letters_and_formulas_of_columns(text: str, formula: bool) -> None:
    assert is_formula(text) is formula


def test_the_total_beside_the_months_tells_their_kind() -> None:
    months = {at: Measure("", f"{at:02d}", 0.9) for at in range(1, 4)}
    whole = settle_kinds({**months, 4: Measure("accrued", "", 1.0)}, "Presupuesto 2031")
    assert {one.kind for one in whole.values()} == {"accrued"}


@pytest.mark.parametrize(("title", "kind"), [
    ("Presupuesto institucional de apertura", "approved"),
    ("Presupuesto Institucional Modificado", "modified"),
    ("Resumen de recaudación de ingresos", "collected"),
    ("Calendario de pagos del presupuesto", "scheduled"),
    ("Ejecución de presupuesto del gasto", "accrued"),
    ("Lista de asistentes", ""),
])  # fmt: skip
def test_the_title_tells_the_kind_of_bare_amounts(title: str, kind: str) -> None:
    assert kind_about(title) == kind
    assert settle_kinds({1: Measure("", "01", 0.9)}, title)[1].kind == kind


def test_names_of_lines() -> None:
    assert claim_line("Partida", "code") == claim_line("NOMBRE DEL PROGRAMA A", "label") == 1.0
    assert claim_line("Apellidos", "label") < 0.66


def test_every_kind_is_published_as_one_of_the_codelist() -> None:
    lexicon = measure_lexicon()
    assert set(lexicon.publishes.values()) <= set(SCHEMA["measures"]["kind"].enum)
    assert all(one.phrases or one.whole for one in lexicon.kinds.values())


def test_no_phrase_is_of_two_kinds() -> None:
    owners: dict[str, set[str]] = {}
    for kind, entry in measure_lexicon().kinds.items():
        for phrase in (*entry.phrases, *entry.whole):
            owners.setdefault(phrase, set()).add(kind)
    assert not {phrase: kinds for phrase, kinds in owners.items() if len(kinds) > 1}


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_header_is_a_measure_or_none(parts: list[str]) -> None:
    found = claim_measure(parts)
    assert found is None or found.kind in {"", *measure_lexicon().kinds}
