"""The municipality and the country that a text names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.places import Place, find_country, find_municipality
from pipeline.model import Refusal

MUNICIPALITIES = {
    "Municipio de San Juan del Roble": "San Juan del Roble",
    "Alcaldía Municipal de Villa Nueva, El Salvador": "Villa Nueva",
    "H. Ayuntamiento Constitucional de Santa María": "Santa María",
    "Municipalidad Distrital de Los Robles, Perú": "Los Robles",
    "GAD Parroquial Rural de Bella Sombra": "Bella Sombra",
    "Plan del Municipio de\nVilla Nueva 2031": "Villa Nueva",
    "Alcaldía de La Unión de los Ríos": "La Unión de los Ríos",
    "Municipio de Roble. Alcaldía de Roble. Municipio de Encino.": "Roble",
}
COUNTRIES = {
    "Alcaldía de Villa Nueva, El Salvador": "SV",
    "República de Colombia": "CO",
    "Plan del gobierno colombiano": "CO",
    "MÉXICO": "MX",
    "Chile, Chile y Perú": "CL",
    "los municipios peruanos": "PE",
}


@pytest.mark.parametrize(("text", "name"), MUNICIPALITIES.items())
def test_finds_the_municipality(text: str, name: str) -> None:
    found = find_municipality(text)
    assert isinstance(found, Place), found
    assert found.name == name


@pytest.mark.parametrize(("text", "code"), COUNTRIES.items())
def test_finds_the_country(text: str, code: str) -> None:
    found = find_country(text)
    assert isinstance(found, Place), found
    assert found.name == code


@pytest.mark.parametrize(
    "text",
    ["", "el municipio de la zona", "Municipio de Roble y Municipio de Encino", "chile verde"],
)
def test_refuses(text: str) -> None:
    assert isinstance(find_municipality(text), Refusal)


@pytest.mark.parametrize("text", ["", "chile verde", "Perú y Bolivia"])
def test_refuses_a_country(text: str) -> None:
    assert isinstance(find_country(text), Refusal)


@given(st.text(max_size=200))
def test_any_text_gives_a_place_or_a_refusal(text: str) -> None:
    assert isinstance(find_municipality(text), Place | Refusal)
    assert isinstance(find_country(text), Place | Refusal)
