"""One office in several spellings, and offices that only look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.offices import Likeness, compare_offices, group_offices
from pipeline.model import Refusal

SAME = [
    ("Comercial y Mercadeo", "Comercial y de Mercadeo"),
    ("Oficina de Planeación", "OFICINA DE PLANEACION"),
    ("Oficina de Planeación", "Oficina de Planeació"),
    ("Oficina de Planeación", "Oficina de Planeción"),
    ("Oficina de Planeación", "Ofic. de Planeación"),
    ("Departamento de Riego", "Dpto. Riego"),
    ("Oficina Control Interno", "Oficina de Control Interno (OCI)"),
    ("Unidad de Viveros", "Unidad de Vivero"),
    ("Secretaría Municipal de Salud", "Secretaría de Salud"),
    ("Ministerio de Aguas y Bosques", "MAB"),
    ("Oficina de Recursos Humanos", "Oficina de RRHH"),
    ("Riego y Viveros, Dirección de", "Dirección de Viveros y Riego"),
    ("\u200fOficina de Riego", "Oficina  de\nRiego"),
]
DIFFERENT = [
    ("Oficina de Planeación", "Oficina Jurídica"),
    ("Dirección de Formación", "Dirección de Información"),
    ("Auditoría Interna", "Auditoría Externa"),
    ("Comisaría I", "Comisaría II"),
    ("Unidad 1", "Unidad 2"),
    ("Zona Norte", "Zona Sur"),
    ("Dirección Nacional de Aguas", "Dirección Municipal de Aguas"),
    ("Secretaría General", "Secretaría"),
    ("Dirección de Rentas", "Dirección de Ventas"),
    ("Dirección de Obras", "Subdirección de Obras"),
    ("MAB", "MAC"),
    ("Monitoreo y Seguimiento", "Monitoreo"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spelling_variants_are_one_office(one: str, other: str) -> None:
    likeness = compare_offices(one, other)
    assert isinstance(likeness, Likeness)
    assert likeness.same, likeness
    assert likeness.score >= 80


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_look_alikes_are_two_offices_and_it_says_why(one: str, other: str) -> None:
    likeness = compare_offices(one, other)
    assert isinstance(likeness, Likeness)
    assert not likeness.same, likeness
    assert likeness.reason


@pytest.mark.parametrize(("one", "other"), [("", "Oficina"), ("Oficina", "de la"), ("-", "…")])
def test_without_a_name_there_is_nothing_to_compare(one: str, other: str) -> None:
    assert isinstance(compare_offices(one, other), Refusal)


def test_the_most_frequent_spelling_names_the_office_in_any_order() -> None:
    names = ["Oficina de Planeación"] * 3 + [
        "OFICINA DE PLANEACION",
        "Ofic. Planeación",
        "Jurídica",
    ]
    grouped = group_offices(names)
    assert grouped == group_offices(reversed(names))
    assert {grouped[name] for name in names} == {"Oficina de Planeación", "Jurídica"}


@given(st.lists(st.text(max_size=20), max_size=6))
def test_any_names_are_grouped(names: list[str]) -> None:
    grouped = group_offices(names)
    assert set(grouped) == set(names)
    assert set(grouped.values()) <= set(names)


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_the_same_both_ways(one: str, other: str) -> None:
    there, back = compare_offices(one, other), compare_offices(other, one)
    assert isinstance(there, Refusal) == isinstance(back, Refusal)
    if isinstance(there, Likeness) and isinstance(back, Likeness):
        assert there.same == back.same
