"""Printed levels against the codelist, and what is no level."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.levels import Level, parse_level
from pipeline.model import Refusal

CODELIST = {
    "complete": """Completo|COMPLETO|Completa|Completado|completada|Completados|Cumplido|Cumplida
        |Implementado|Implementada|Finalizado|Finalizada|Terminada|Ejecutada|Concluido|Realizado
        |Estado: Completo|**Estado: Completo**|<b>Completo</b>|Completo.|Completo, con retraso
        |Completo (100%)|Completo 100 %|Totalmente cumplido|Cumplimiento total""",
    "substantial": """Sustancial|sustancial|Substancial|Cumplimiento sustancial|Sustancial (60%)
        |Estado: sustancial|Sustancialmente cumplida|Avance sustancial""",
    "limited": """Limitado|Limitada|Cumplimiento limitado|Nivel de cumplimiento: Limitado
        |Limitado y con retraso""",
    "not_started": """No iniciado|No iniciada|no  iniciado|Estado: No iniciado|Sin iniciar
        |No iniciado, sin retraso|Por iniciar""",
    "in_progress": """En proceso|EN PROCESO|En ejecución|En curso|En desarrollo|Iniciada
        |En implementación|En proceso (45%)""",
    "suspended": "Suspendida|Suspendido|Paralizado|En suspenso",
    "no_evidence": "Sin evidencia|Sin evidencia disponible|No hay evidencia",
}
PRINTS = [(text.strip(), level) for level, texts in CODELIST.items() for text in texts.split("|")]
REFUSED = [
    *("No completo", "Incompleto", "No cumplido", "Incumplida", "No sustancial", "No limitado"),
    *("x", "X", "60%", "2 meses", "1", "12/05/2020", "Alto", "Medio", "Verde", "Bueno", "Sí"),
    *("Completar", "Comp1eto", "Casi completo", "Completo y limitado", "Completo o sustancial"),
    *("Nivel", "Estado:", "Cumplimiento", "Retrasado", "Con retraso", "Cancelada", "Eliminada"),
    *("El compromiso se encuentra completo", "No se encuentra iniciado", "Sin novedad"),
]


@pytest.mark.parametrize(("text", "level"), PRINTS)
def test_reads_as_printed(text: str, level: str) -> None:
    assert parse_level(text) == Level(level)


@pytest.mark.parametrize("text", REFUSED)
def test_refuses(text: str) -> None:
    assert isinstance(parse_level(text), Refusal)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Pendiente", "not_started"),
        ("Pendientes", "not_started"),
        ("Parcial", "in_progress"),
        ("Parcialmente cumplida", "in_progress"),
        ("Cumplimiento parcial", "in_progress"),
    ],
)
def test_a_word_beside_the_codelist_is_inferred_with_a_reason(text: str, level: str) -> None:
    read = parse_level(text)
    assert isinstance(read, Level)
    assert (read.value, read.state) == (level, "inferred")
    assert read.reason


@pytest.mark.parametrize(
    ("text", "state"), [("", "missing"), ("-", "missing"), ("N/A", "not_applicable")]
)
def test_absence_is_a_state(text: str, state: str) -> None:
    read = parse_level(text)
    assert isinstance(read, Level)
    assert (read.value, read.state) == ("", state)


WORDS = st.sampled_from(
    ["Completo", "no", "iniciado", "Estado:", "60%", "(", ")", ",", "con retraso"]
)


@given(st.text(max_size=150) | st.lists(WORDS, max_size=8).map(" ".join))
def test_any_text_gives_a_level_or_a_refusal(text: str) -> None:
    read = parse_level(text)
    assert isinstance(read, Level | Refusal)
    if isinstance(read, Level):
        assert read.value in (*CODELIST, "")


@pytest.mark.parametrize("unit", ["(", "estado: ", "completo ", "<b>", "% "])
def test_a_long_text_is_refused(unit: str) -> None:
    assert isinstance(parse_level(unit * 50_000), Refusal)
