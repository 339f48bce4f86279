"""Printed levels against the codelist, and what is no level."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.levels import Level, parse_level, read_legend
from pipeline.model import Refusal

CODELIST = {
    "complete": """Completo|COMPLETO|Completa|Completado|completada|Completados|Cumplido|Cumplida
        |Implementado|Implementada|Finalizado|Finalizada|Terminada|Ejecutada|Concluido|Realizado
        |Estado: Completo|**Estado: Completo**|<b>Completo</b>|Completo.|Completo, con retraso
        |Completo (100%)|Completo 100 %|Totalmente cumplido|Cumplimiento total
        |CUMPLIDA|Cumplidas|Implementadas|Culminada|Culminado|Lograda|Entregados|Se cumplió|Cumple
        |Totalmente implementada|Ejecutada totalmente|Meta cumplida|Cumplida en su totalidad
        |100% Cumplida|Ejecutada al 100%|Implementada / terminada|100 % - Cumplida
        |Semáforo: cumplida|Calificación: Completa|Completed|\u200fCompleto\u200e""",
    "substantial": """Sustancial|sustancial|Substancial|Cumplimiento sustancial|Sustancial (60%)
        |Estado: sustancial|Sustancialmente cumplida|Avance sustancial|Substantial
        |SUSTANCIAL|Sustancialmente completada|Implementada sustancialmente""",
    "limited": """Limitado|Limitada|Cumplimiento limitado|Nivel de cumplimiento: Limitado
        |Limitado y con retraso|LIMITADO|Limited|Cumplida limitadamente""",
    "not_started": """No iniciado|No iniciada|no  iniciado|Estado: No iniciado|Sin iniciar
        |No iniciado, sin retraso|Por iniciar|NO INICIADA|No se ha iniciado|Sin comenzar
        |Aún no inicia|No iniciadas|Not started""",
    "in_progress": """En proceso|EN PROCESO|En ejecución|En curso|En desarrollo|Iniciada
        |En implementación|En proceso (45%)|En trámite|En gestión|En elaboración|En revisión
        |En proceso de implementación|En fase de ejecución|En marcha|En construcción|In progress
        |En proceso de contratación|En etapa de diseño|Iniciado y en proceso""",
    "suspended": """Suspendida|Suspendido|Paralizado|En suspenso|SUSPENDIDA|Suspendidas
        |Temporalmente suspendida|En pausa|Detenida|Interrumpido""",
    "no_evidence": """Sin evidencia|Sin evidencia disponible|No hay evidencia|Sin evidencias
        |No presenta evidencia|No se cuenta con evidencia""",
}
PRINTS = [(text.strip(), level) for level, texts in CODELIST.items() for text in texts.split("|")]
REFUSED = [
    *("No completo", "Incompleto", "No cumplido", "Incumplida", "No sustancial", "No limitado"),
    *(
        "x",
        "X",
        "60%",
        "2 meses",
        "1",
        "12/05/2020",
        "Alto",
        "Medio",
        "Azul",
        "Gris",
        "Bueno",
        "Sí",
    ),
    *(
        "verde y rojo",
        "Verde claro",
        "Zona verde",
        "\U0001f7e2\U0001f534",
        "⚫",
        "Rojo: sin avance",
    ),
    *("Completar", "Comp1eto", "Casi completo", "Completo y limitado", "Completo o sustancial"),
    *("Nivel", "Estado:", "Cumplimiento", "Retrasado", "Con retraso", "Vencida"),
    *("El compromiso se encuentra completo", "No se encuentra iniciado", "Sin novedad"),
]


@pytest.mark.parametrize(("text", "level"), PRINTS)
def test_reads_as_printed(text: str, level: str) -> None:
    assert parse_level(text) == Level(level)


PLAIN = [print_ for print_ in PRINTS if print_[0].replace(" ", "").isalpha()]


@given(st.sampled_from(PLAIN), st.sampled_from(["{}", "  {} ", "Estado: {}", "{}.", "*{}*"]))
def test_a_level_is_read_back_in_any_case(print_: tuple[str, str], around: str) -> None:
    text, level = print_
    for cased in (text.upper(), text.lower()):
        assert parse_level(around.format(cased)) == Level(level)


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
        ("Parcialmente", "in_progress"),
        ("Parcialmente implementada (40%)", "in_progress"),
        ("Ejecutada parcialmente", "in_progress"),
        ("Con avances", "in_progress"),
        ("PENDIENTE", "not_started"),
        ("Por ejecutar", "not_started"),
        ("No ejecutada", "not_started"),
        ("No realizadas", "not_started"),
        ("No implementada", "not_started"),
        ("Sin avance", "not_started"),
        ("Programada", "not_started"),
        ("Desestimada", "suspended"),
        ("DESESTIMADO", "suspended"),
        ("Cancelada", "suspended"),
        ("Eliminada", "suspended"),
        ("Descartadas", "suspended"),
        ("Aplazada", "suspended"),
        ("Pospuesta", "suspended"),
        ("Reprogramada", "suspended"),
        ("Cerrada", "complete"),
        ("Abierta", "in_progress"),
        ("Verde", "complete"),
        ("VERDE (100%)", "complete"),
        ("Semáforo: verde", "complete"),
        ("\U0001f7e2", "complete"),
        ("Amarillo", "in_progress"),
        ("\U0001f7e1", "in_progress"),
        ("En amarillo", "in_progress"),
        ("Naranja", "in_progress"),
        ("ROJO", "not_started"),
        ("Roja", "not_started"),
        ("\U0001f534", "not_started"),
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


LEGEND = "Verde: cumplida (100%). Amarillo: en proceso. Rojo = no iniciada; Azul: suspendida"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Verde", "complete"),
        ("\U0001f7e1", "in_progress"),
        ("rojo", "not_started"),
        ("Azul", "suspended"),
        ("Limitado", "limited"),
    ],
)
def test_a_legend_tells_what_colours_mean(text: str, level: str) -> None:
    read = parse_level(text, legend=read_legend(LEGEND))
    assert isinstance(read, Level)
    assert (read.value, read.state) == (level, "reported")
    assert ("legend" in read.reason) == (text != "Limitado")


def test_a_legend_explains_words_too_and_leaves_out_what_is_no_level() -> None:
    legend = read_legend("Alto: cumplido | Medio: parcialmente cumplido | Nota: ver anexo 3")
    assert {name: level.value for name, level in legend.items()} == {
        "alto": "complete",
        "medio": "in_progress",
    }


@given(st.text(max_size=300))
def test_any_text_gives_a_legend(text: str) -> None:
    assert all(level.value in CODELIST for level in read_legend(text).values())


@pytest.mark.parametrize(("level", "texts"), CODELIST.items())
def test_each_level_has_prints(level: str, texts: str) -> None:
    assert len(texts.split("|")) >= 6, level


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
