"""Printed headers and labels -> fields of the schema."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.columns import claim, claim_columns, lexicon
from pipeline.dataset.schema import SCHEMA
from pipeline.model import Profile


def field_of(header: str, shape: str = "", profile: Profile | None = None) -> str:
    found = claim(header, shape, profile)
    return found.field if found else ""


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Actividad", "description"),
        ("ACTIVIDADES", "description"),
        ("Acciones concretas", "description"),
        ("**Meta o producto**", "deliverable"),
        ("META\nO PRODUC\nTO", "deliverable"),  # broken over lines
        ("Medios de verificacion", "verification"),  # without its accent
        ("Medlos de verificación", "verification"),  # a slip of OCR
        ("FECHA DE INICIO", "planned_start"),
        ("Fecha de finalización", "planned_end"),
        ("Fecha reprogramada", "revised"),
        ("Duración", "duration_months"),
        ("% DE AVANCE (31-08-2031)", "percent_complete"),
        ("Estado", "completion"),
        ("Descripción de los avances", "progress"),
        ("Próximos pasos", "next_steps"),
        ("Presupuesto", "amount"),
        ("N° de actividades", "activity_count"),
        ("Dependencia responsable", "responsible"),
        ("Apoyo (externo) y origen de los recursos", "support_external"),
        ("Línea de acción", "commitment"),
        ("Subcomponente", "commitment"),
        ("COMPONENTE", "axis"),
        ("N°", "number"),
        ("Breve descripción del compromiso (Límite de 140 caracteres)", "description"),
        (
            "Tema Indique el área general que atiende el compromiso, por ejemplo Salud o Vivienda",
            "theme",
        ),
        ("Correo electrónico", "contact"),
        ("Color de la carpeta", ""),
        ("Acuerdo", ""),
        ("Devengado", ""),
        ("", ""),
        ("  ", ""),
        ("—", ""),
    ],
)
def test_headers(header: str, field: str) -> None:
    assert field_of(header) == field


def test_a_header_that_is_a_sign() -> None:
    assert field_of("#") == "number"


@pytest.mark.parametrize(
    ("header", "shape", "field"),
    [
        ("Plazo de ejecución", "duration", "duration_months"),
        ("Plazo de ejecución", "date", "planned"),
        ("Tiempo de inicio y final", "duration", "duration_months"),
        ("Tiempo de inicio y final", "date", "planned"),
        ("Avance", "percent", "percent_complete"),
        ("Nivel de avance (%)", "percent", "percent_complete"),
        ("Nivel de avance", "text", "completion"),
        ("Grado de cumplimiento", "percent", "percent_complete"),
        ("Grado de cumplimiento", "text", "completion"),
        ("Cumplimiento", "percent", "percent_complete"),
        ("Grado de ejecución", "text", "completion"),
        ("Descripción de resultados", "text", "results"),
    ],
)
def test_cells_settle_a_header_that_two_fields_claim(header: str, shape: str, field: str) -> None:
    assert field_of(header, shape) == field


def test_a_claim_says_how_sure_it_is() -> None:
    exact, slip, inside = (
        claim(header) for header in ("Actividad", "Responsabie", "Responsable de la obra")
    )
    assert exact and slip and inside
    assert exact.score == 1.0 > slip.score > inside.score > 0.6


def test_the_profile_has_the_first_word() -> None:
    profile = Profile(columns={"Acuerdo": "description", "Actividad": "deliverable"})
    assert field_of("ACUERDO", profile=profile) == "description"
    assert field_of("actividad", profile=profile) == "deliverable"
    assert field_of("Meta", profile=profile) == "deliverable"


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (["Eje", "Actividad", "Meta"], ["axis", "description", "deliverable"]),
        # The better score has it, then the first.
        (["Responsable de apoyo", "Responsable"], ["", "responsible"]),
        (["Actividad", "Actividades"], ["description", ""]),
        (["", "Color"], ["", ""]),
        ([], []),
    ],
)
def test_a_field_has_one_column(headers: list[str], fields: list[str]) -> None:
    claims = claim_columns(headers, ["text"] * len(headers))
    assert [one.field if one else "" for one in claims] == fields


def test_every_field_of_the_lexicon_is_a_column_somewhere() -> None:
    columns = {name for table in SCHEMA.values() for name in table.names}
    inner = {"commitment", "activity_count", "other_actors"}  # labels, figures, parts of two fields
    assert lexicon().keys() - inner <= columns
    assert all(entry.phrases for entry in lexicon().values())


def test_no_phrase_is_of_two_fields_whose_cells_look_alike() -> None:
    owners: dict[str, list[str]] = {}
    for name, entry in lexicon().items():
        for phrase in entry.phrases:
            owners.setdefault(phrase, []).append(name)
    shared = {phrase: names for phrase, names in owners.items() if len(set(names)) > 1}
    for phrase, names in shared.items():
        shapes = [lexicon()[name].shapes for name in names]
        assert all(shapes) and not frozenset.intersection(*shapes), (phrase, names)


@given(st.text(max_size=80), st.sampled_from(["", "date", "percent", "text"]))
def test_any_header_is_claimed_or_not(header: str, shape: str) -> None:
    found = claim(header, shape)
    assert found is None or (found.field in lexicon() and 0.62 <= found.score <= 1)
