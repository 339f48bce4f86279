"""Names that share a cell, and what stays one name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.names import Name, kind_of, parse_names
from pipeline.model import Refusal

ONE = [
    "Oficina de Planeación",
    "Secretaría de Planeación y Finanzas",
    "Dirección de Planeación, Presupuesto y Finanzas",
    "Comité de Control y Auditoría",
    "Oficina Comercial y de Mercadeo",
    "Ministerio de Aguas y Bosques (MAB)",
    "Servicio de Atención y Registro de Usuarios",
    "Unidad de Acceso a la Información Pública",
    "Todas las dependencias",
    "Juan Carlos de la Torre",
    "Lic. María Pérez",
    "Directora de Planeación",
    "MAB",
]
SEVERAL = {
    "Oficina de Planeación; Oficina Jurídica": ["Oficina de Planeación", "Oficina Jurídica"],
    "Oficina de Planeación / Oficina Jurídica": ["Oficina de Planeación", "Oficina Jurídica"],
    "Secretaría de Salud y Dirección de Obras": ["Secretaría de Salud", "Dirección de Obras"],
    "Gerencia General - Subgerencia Técnica": ["Gerencia General", "Subgerencia Técnica"],
    "Oficina de Planeación, Oficina Jurídica y Control Interno": [
        "Oficina de Planeación",
        "Oficina Jurídica y Control Interno",
    ],
    "Comité de Riego/ Comisión de ética/Gerencia": [
        "Comité de Riego",
        "Comisión de ética",
        "Gerencia",
    ],
    "Equipo MAB/Calidad": ["Equipo MAB/Calidad"],
    "Oficina de Riego/": ["Oficina de Riego"],
    "Dir. de Obras y Depto. de Riego": ["Dir. de Obras", "Depto. de Riego"],
    "MAB, MIRIEGO y SENAGUAS": ["MAB", "MIRIEGO", "SENAGUAS"],
    "Lic. María Pérez y Ing. Juan López": ["Lic. María Pérez", "Ing. Juan López"],
    "María Pérez y Juan López": ["María Pérez", "Juan López"],
    "María Pérez García, Directora de Planeación": [
        "María Pérez García",
        "Directora de Planeación",
    ],
    "Alcalde Municipal; Concejo Municipal": ["Alcalde Municipal", "Concejo Municipal"],
    "Profesional de Riego y Jefe de Control": ["Profesional de Riego", "Jefe de Control"],
    "- Oficina de Riego\n- Vivero municipal": ["Oficina de Riego", "Vivero municipal"],
    "1. Oficina de Riego\n2. Vivero municipal": ["Oficina de Riego", "Vivero municipal"],
    "Dirección de\nPlaneación": ["Dirección de Planeación"],
    "Dirección de Obras\nUnidad de Riego": ["Dirección de Obras", "Unidad de Riego"],
    "Dirección de Obras,\nPlaneación y Riego": ["Dirección de Obras, Planeación y Riego"],
    "Secretarías de Salud, Educación y Riego": [
        "Secretaría de Salud",
        "Secretaría de Educación",
        "Secretaría de Riego",
    ],
}
KINDS = {
    "Oficina de Planeación": "office",
    "Depto. de Riego": "office",
    "Secretaría de Salud": "office",
    "Directora de Planeación": "role",
    "Jefe de Control": "role",
    "Lic. María Pérez": "person",
    "María de los Ángeles Pérez": "person",
    "Rosa de los vientos": "other",
    "MAB": "acronym",
    "Todas las dependencias": "other",
    "": "other",
}


@pytest.mark.parametrize("text", ONE)
def test_one_name_stays_one(text: str) -> None:
    assert parse_names(text) == (Name(text, kind_of(text)),)


@pytest.mark.parametrize(("text", "names"), SEVERAL.items())
def test_names_that_share_a_cell_are_parted(text: str, names: list[str]) -> None:
    read = parse_names(text)
    assert not isinstance(read, Refusal)
    assert [name.text for name in read] == names


@pytest.mark.parametrize(("text", "kind"), KINDS.items())
def test_the_kind_of_a_name(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_a_plural_that_tells_several_offices_says_so() -> None:
    read = parse_names("Direcciones de Obras y Riego")
    assert not isinstance(read, Refusal)
    assert all("one word for several" in name.reason for name in read)


@pytest.mark.parametrize("text", ["", "-", "N/A", "...", "•", ";;;", "x" * 3000])
def test_refuses(text: str) -> None:
    assert isinstance(parse_names(text), Refusal)


PIECES = st.sampled_from(
    [
        "Oficina",
        "de",
        "y",
        ",",
        ";",
        "/",
        "\n",
        "- ",
        "María",
        "Pérez",
        "MAB",
        "Lic.",
        "(",
        "Direcciones",
    ]
)


@given(st.text(max_size=200) | st.lists(PIECES, max_size=12).map(" ".join))
def test_any_text_gives_names_or_a_refusal(text: str) -> None:
    read = parse_names(text)
    assert isinstance(read, Refusal) or all(name.text.strip() for name in read)


@given(st.lists(st.sampled_from(ONE), min_size=1, max_size=5, unique=True))
def test_names_are_read_back_from_a_list(names: list[str]) -> None:
    for text in ("; ".join(names), "\n".join(f"- {name}" for name in names)):
        read = parse_names(text)
        assert not isinstance(read, Refusal)
        assert [name.text for name in read] == names
