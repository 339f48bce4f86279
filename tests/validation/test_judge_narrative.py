"""Progress and levels against the text of their row."""

from __future__ import annotations

import pytest
from small import activity, block, commitment, owner, reading, value, verdicts

from pipeline.model import Record, Value
from pipeline.validation.narrative import find_told, progress_percents
from pipeline.validation.progress import (
    na_variant,
    na_vs_progress,
    percent_vs_level,
    percent_vs_narrative,
)
from pipeline.validation.settings import default_settings
from pipeline.validation.status import (
    scope_changed,
    status_rollup,
    status_vs_dates,
    status_vs_text,
)

SETTINGS = default_settings()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("La actividad presenta un avance del 40 %.", ["40"]),
        ("El compromiso alcanza un 75% de avance.", ["75"]),
        ("Avance total del 33,5 % a la fecha.", ["33.5"]),
        ("Se lleva un 20 % de ejecución.", ["20"]),
        ("El 80 % de las oficinas usa el sistema.", []),
        ("Un avance del 30 % de las obras viales.", []),
        ("En el periodo anterior el avance era del 10 %.", []),
        ("Se espera un avance del 100 %.", []),
        ("El avance pasó del 20 % al 45 %.", []),
        ("Se ejecutó el 12% del presupuesto.", []),
    ],
)
def test_percentages_of_the_things_own_progress(text: str, told: list[str]) -> None:
    assert [str(percent) for percent, _ in progress_percents(text)] == told


@pytest.mark.parametrize(
    ("kind", "text", "sure"),
    [
        ("not_begun", "La actividad no se ha iniciado.", [True]),
        ("not_begun", "Aún no ha comenzado la obra.", [True]),
        ("not_begun", "La alcaldía de otro distrito no ha iniciado su licitación.", [False]),
        ("not_begun", "El taller no ha iniciado oficialmente.", [True]),
        ("not_begun", "Se espera que no ha iniciado nadie.", []),
        ("no_work", "No se adelantaron gestiones.", [True]),
        ("no_work", "No se adelantaron pagos.", []),
        ("work", "Se realizaron dos talleres.", [True]),
        ("work", "Los talleres se realizarán en mayo.", []),
        ("changed", "El compromiso ya no consiste en un portal.", [True]),
        ("changed", "El portal ya no consiste en una página.", []),
        ("in_time", "Esta etapa no se encuentra con retraso.", [True]),
        ("in_time", "Se encuentra con retraso.", []),
    ],
)
def test_what_a_sentence_says(kind: str, text: str, sure: list[bool]) -> None:
    record = activity("a1", description="Dictar el taller")
    assert [told.sure for told in find_told(kind, text, record)] == sure


def test_a_percentage_that_the_text_contradicts() -> None:
    def judge(text: str) -> list[str]:
        one = activity("a1", description="x", percent_complete=40, progress=text)
        return verdicts(percent_vs_narrative(reading(one), SETTINGS))

    assert judge("La actividad presenta un avance del 40,5 %.") == ["pass"]
    assert judge("La actividad presenta un avance del 60 %.") == ["fail"]
    assert judge("Avance del 60 %. Avance del 70 %.") == ["not_checkable"]
    assert judge("Se usó el 60 % de los fondos.") == []


@pytest.mark.parametrize(
    ("level", "percent", "verdict"),
    [
        ("complete", 100, "pass"),
        ("complete", 120, "pass"),
        ("complete", 60, "fail"),
        ("not_started", 0, "pass"),
        ("not_started", 30, "fail"),
        ("limited", 40, "pass"),
        ("substantial", 0, "fail"),
        ("in_progress", 100, "fail"),
    ],
)
def test_a_percentage_beside_a_level(level: str, percent: int, verdict: str) -> None:
    one = activity("a1", description="x", completion=level, percent_complete=percent)
    assert verdicts(percent_vs_level(reading(one))) == [verdict]


def not_applicable(name: str, text: str, printed: str = "N/A", line: int = 1) -> Record:
    percent = Value(None, block(printed, line), "not_applicable")
    return activity(name, "", line, description="Abrir la oficina", percent_complete=percent,
                    progress=text)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Se creó la oficina en mayo.", "fail"),
        ("No se adelantaron gestiones.", "fail"),
        ("La apertura está programada para octubre.", "pass"),
        ("El vecino país publicó: se publicaron guías.", "not_checkable"),
        ("", "not_checkable"),
    ],
)
def test_not_applicable_beside_a_text(text: str, verdict: str) -> None:
    assert verdicts(na_vs_progress(reading(not_applicable("a1", text)))) == [verdict]


def test_two_ways_of_writing_not_applicable() -> None:
    same = [not_applicable(f"a{at}", "x", "N/A", at) for at in (1, 2)]
    assert verdicts(na_variant(reading(*same))) == ["pass"]
    (check,) = na_variant(reading(*same, not_applicable("a3", "x", "NA", 3)))
    assert (check.verdict, check.stated, check.evidence[0].line) == ("fail", "N/A / NA", 3)
    assert list(na_variant(reading())) == []


@pytest.mark.parametrize(
    ("level", "text", "verdict"),
    [
        ("complete", "La meta aún no ha comenzado.", "fail"),
        ("complete", "Se entregó el informe.", "pass"),
        ("complete", "El taller se dictó; falta por pagar el local.", "fail"),
        ("substantial", "La Mesa del taller no ha iniciado oficialmente.", "fail"),
        ("substantial", "Otra entidad de la región no ha iniciado su obra.", "not_checkable"),
        ("not_started", "La actividad fue cumplida.", "fail"),
        ("not_started", "La meta se encuentra no iniciada.", "pass"),
    ],
)
def test_a_level_that_the_text_denies(level: str, text: str, verdict: str) -> None:
    one = activity("a1", description="Dictar el taller", completion=level, progress=text)
    assert verdicts(status_vs_text(reading(one))) == [verdict]


def test_the_ends_of_the_scale_are_levels_too() -> None:
    told = "La actividad no se ha iniciado."
    done, half = (
        activity("a1", description="x", percent_complete=percent, progress=told)
        for percent in (100, 50)
    )
    assert verdicts(status_vs_text(reading(done))) == ["fail"]
    assert verdicts(status_vs_text(reading(half))) == []


def test_no_delay_after_the_due_date() -> None:
    told = {"description": "x", "progress": "La actividad va sin retraso.", "completion": "limited"}
    late, early = (activity("a1", planned=due, **told) for due in ("2023-03", "2023-11"))
    papers = owner(cutoff_date="2023-08-31")
    assert verdicts(status_vs_dates(reading(papers, late))) == ["fail"]
    assert verdicts(status_vs_dates(reading(papers, early))) == ["pass"]
    assert verdicts(status_vs_dates(reading(late))) == ["not_checkable"]


@pytest.mark.parametrize(
    ("level", "below", "verdict"),
    [
        ("complete", ["complete", "complete"], "pass"),
        ("complete", ["complete", "limited"], "fail"),
        ("complete", ["complete", "no_evidence"], "pass"),
        ("limited", ["complete", "not_started"], "pass"),
        ("limited", ["complete", "complete"], "fail"),
        ("not_started", ["substantial"], "fail"),
    ],
)
def test_a_commitment_beside_its_milestones(level: str, below: list[str], verdict: str) -> None:
    one = commitment("1", completion=level)
    own = [activity(f"a{at}", "c1", completion=each) for at, each in enumerate(below)]
    assert verdicts(status_rollup(reading(one, *own))) == [verdict]


def test_a_promise_that_became_another() -> None:
    told = "El compromiso ya no consiste en crear la oficina."
    own = activity("a1", "c1", description="x", progress=told)
    above = commitment("1", results=told)
    assert verdicts(scope_changed(reading(above, own))) == ["fail"]  # told by the milestone alone
    plain = activity("a1", description="x", progress=value("Se abrió la oficina."))
    assert verdicts(scope_changed(reading(plain))) == ["pass"]
