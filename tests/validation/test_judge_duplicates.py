"""Duplicates: one activity told twice, never two that look alike."""

from typing import Any

import pytest
from small import activity, reading, tally

from pipeline.model import Record, Value
from pipeline.validation.duplicates import duplicates

CONSISTENT, CONTRADICTORY = "duplicate.consistent", "duplicate.contradictory"


def row(name: str, description: str, target: str = "Guía al día", **rest: Any) -> Record:
    given = {"planned": "2020-12-31", "percent_complete": 50, **rest}
    return activity(name, description=description, deliverable=target, **given)


def judge(*records: Record) -> dict[tuple[str, str], int]:
    return dict(tally(list(duplicates(reading(*records)))))


def test_the_same_with_the_same_progress_counts_twice() -> None:
    found = judge(
        row("a1", "Actualizar la Guía de Vecino"), row("a2", "Actualizar la guía del vecino")
    )
    assert found == {(CONSISTENT, "fail"): 1, (CONTRADICTORY, "pass"): 1}


@pytest.mark.parametrize("other", [55, Value(None, state="not_applicable")])
def test_the_same_with_another_progress_contradicts_itself(other: object) -> None:
    pair = row("a1", "Realizar ferias"), row("a2", "Realizar ferias", percent_complete=other)
    assert judge(*pair) == {(CONTRADICTORY, "fail"): 1}


def test_three_of_a_kind_are_one_finding() -> None:
    (check, _) = duplicates(reading(*(row(f"a{at}", "Realizar ferias") for at in range(3))))
    assert (check.words["count"], len(check.evidence)) == ("3", 6)


LOOK_ALIKES = {
    "other targets and dates": [
        row("a1", "Verificar el mapa", "Informe al 30 de abril", planned="2020-05-15"),
        row("a2", "Verificar el mapa", "Informe al 31 de agosto", planned="2020-09-14"),
    ],
    "other targets": [row("a1", "Verificar", "Informe 1"), row("a2", "Verificar", "Informe 2")],
    "other dates": [row("a1", "Verificar"), row("a2", "Verificar", planned="2021-01-15")],
    "other subjects in one merged cell": [
        row("a1", "Publicación sobre los indicadores"),
        row("a2", "Publicación sobre el presupuesto"),
    ],
    "two offices": [
        row("a1", "Revisar el plan", responsible="Oficina de Planeación"),
        row("a2", "Revisar el plan", responsible="Auditoría Interna"),
    ],
    "a merged cell that names several rows": [
        row("a1", "Realizar ferias"),
        activity("a2", description=Value("Realizar ferias", state="carried"), deliverable="Guía"),
    ],
    "a single activity more words": [
        row("a1", "Realizar la audiencia pública"),
        row("a2", "Realizar la audiencia pública participativa"),
    ],
}


@pytest.mark.parametrize("records", LOOK_ALIKES.values(), ids=LOOK_ALIKES)
def test_look_alikes_are_never_flagged(records: list[Record]) -> None:
    assert not [key for key in judge(*records) if key[1] == "fail"]


def test_spellings_of_one_office_are_one_office() -> None:
    offices = "Oficina Comercial y Mercadeo.", "Oficina Comercial y de Mercadeo - Planeación"
    pair = [row(f"a{at}", "Revisar el plan", responsible=told) for at, told in enumerate(offices)]
    assert judge(*pair)[CONSISTENT, "fail"] == 1


def test_without_target_or_date_nobody_can_say() -> None:
    pair = [activity(f"a{at}", description="Realizar ferias", planned="2020-05") for at in range(2)]
    assert judge(*pair)[CONSISTENT, "not_checkable"] == 1


def test_an_unread_progress_contradicts_nothing() -> None:
    unread = row("a2", "Realizar ferias", percent_complete=Value(None, state="missing"))
    assert judge(row("a1", "Realizar ferias"), unread) == {(CONTRADICTORY, "not_checkable"): 1}


def test_different_activities_are_a_comparison_that_passed() -> None:
    assert judge(row("a1", "Sembrar"), row("a2", "Podar")) == {(CONSISTENT, "pass"): 1}
