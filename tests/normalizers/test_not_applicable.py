"""The five meanings of N/A, told by a row's own words; nothing where no words tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.not_applicable import MEANINGS, NotApplicable, read_not_applicable
from pipeline.model import Refusal

ROWS = {
    "Actividad programada para el segundo cuatrimestre": "scheduled_later",
    "Se realizará en el mes de octubre de 2031": "scheduled_later",
    "Los talleres se llevarán a cabo en noviembre": "scheduled_later",
    "Quedó prevista para el próximo año": "scheduled_later",
    "Se reportará en el siguiente corte": "scheduled_later",
    "Reprogramado para diciembre": "scheduled_later",
    "No aplica para el periodo de seguimiento": "not_due",
    "La actividad aún no vence": "not_due",
    "No se tenía programada para este corte": "not_due",
    "No tiene actividades programadas en el cuatrimestre": "not_due",
    "La actividad se encuentra dentro del plazo": "not_due",
    "La obra fue suspendida por la emergencia": "suspended",
    "Suspensión de términos por el Decreto 7": "suspended",
    "Se canceló la feria": "suspended",
    "La meta fue desestimada por el comité": "suspended",
    "Los aforos quedaron aplazados": "suspended",
    "No se adelantaron gestiones": "not_started",
    "No se ha iniciado la actividad": "not_started",
    "Sin avances a la fecha": "not_started",
    "Pendiente de iniciar": "not_started",
    "No presenta avances": "not_started",
    "No se realizaron talleres": "not_started",
    "Se realizaron dos talleres de los tres previstos": "partly_done",
    "El manual está en proceso de revisión": "partly_done",
    "Se han capacitado 40 guardaparques": "partly_done",
    "13 de 18 viveros plantados": "partly_done",
    "Se elaboró el borrador": "partly_done",
}


@pytest.mark.parametrize(("row", "meaning"), ROWS.items())
def test_the_row_tells_what_na_means(row: str, meaning: str) -> None:
    read = read_not_applicable(row)
    assert isinstance(read, NotApplicable), read
    assert read.meaning == meaning
    assert read.quote in row


def test_each_of_the_five_meanings_is_told_by_some_row() -> None:
    assert set(ROWS.values()) == set(MEANINGS)


@pytest.mark.parametrize(
    "row", ["", "N/A", "-", "Oficina de Planeación", "1. Taller de riego", "…"]
)
def test_where_no_words_tell_na_stays_na(row: str) -> None:
    assert isinstance(read_not_applicable(row), Refusal)


def test_the_quote_is_the_sentence_that_tells() -> None:
    row = "La mesa existe desde 2030. La obra fue suspendida por lluvias. Sin más."
    assert read_not_applicable(row) == NotApplicable(
        "suspended", "La obra fue suspendida por lluvias"
    )


@given(st.text(max_size=300))
def test_any_row_gives_a_meaning_or_a_refusal(row: str) -> None:
    read = read_not_applicable(row)
    assert isinstance(read, Refusal) or read.meaning in MEANINGS
