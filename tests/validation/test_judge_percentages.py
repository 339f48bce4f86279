"""Percentages against the counts of their row. Invented rows in the shapes that reports print."""

import pytest
from small import activity, reading, value, verdicts

from pipeline.model import Value
from pipeline.validation.percentages import percent_range, ratio_vs_percent

# percent, deliverable, progress, planned, description
AGREE = {
    "as printed": (40, "(5) Boletines", "Se publicaron dos (2) boletines.", "", "Publicar"),
    "rounded": (67, "(3) Ferias", "Se realizaron dos (2) ferias.", "", ""),
    "part of whole": (
        72,
        "Fichas al día",
        "Se encuentran listas 13 de 18 fichas.",
        "",
        "Subir fichas",
    ),
    "dates are deliveries": (
        67,
        "Ronda efectuada (3 veces al año)",
        "Se culminaron dos (2) rondas de tres (3).",
        "2020-05|2020-09|2021-01",
        "Realizar ronda de control",
    ),
    "more than promised": (100, "(2) Talleres", "Se han realizado (3) talleres.", "", ""),
    "more than promised, told above 100": (
        150,
        "(2) Talleres",
        "Se realizaron (3) talleres.",
        "",
        "",
    ),
    "another word for the same": (100, "(2) Espacios", "Se han realizado (3) encuentros.", "", ""),
    "zero": (0, "(2) Talleres", "Se realizaron cero (0) talleres.", "", ""),
}
DIFFER = {
    "too high": (60, "(5) Boletines", "Se realizó la publicación de dos (2) boletines.", "", ""),
    "between two steps": (55, "(2) Talleres", "Se ha realizado (1) taller.", "", ""),
    "part of whole": (
        50,
        "Fichas al día",
        "Se encuentran listas 13 de 18 fichas.",
        "",
        "Subir fichas",
    ),
    "all done and half told": (50, "(4) Informes", "Se elaboraron cuatro (4) informes.", "", ""),
}
UNSURE = {
    "no target": (60, "Documento con la estrategia", "Se realizaron 2 mesas.", "", ""),
    "no count done": (70, "Dos (2) cursos", "Se hizo la inscripción de los asistentes.", "", ""),
    "a target is not progress": (70, "100% de las fases", "Avanza la implementación.", "", ""),
    "counts other things": (70, "(2) cursos", "Participaron 10 asistentes.", "", ""),
    "counts other things, all done": (100, "(1) Curso", "Se realizó con 10 asistentes.", "", ""),
    "still to come": (
        50,
        "(4) Ferias",
        "Se realizó el plan; quedan pendientes dos (2) ferias.",
        "",
        "",
    ),
    "planned": (50, "(4) Ferias", "Se realizarán tres (3) ferias en octubre.", "", ""),
    "two numbers done": (
        80,
        "(4) Ferias",
        "Se realizaron (1) ferias y luego se realizaron (2) ferias.",
        "",
        "",
    ),
    "two targets": (50, "(1) Plan", "Se elaboró (1) plan.", "2020-05|2020-06|2020-07", ""),
    "law": (50, "Informe", "Se realizó según la Ley N° 20.500 y el caso 13-112.", "", ""),
    "half of a single thing": (50, "(1) Guía", "Se elaboró una (1) guía preliminar.", "", ""),
}


def judge(
    percent: int, deliverable: str, progress: str, planned: str, description: str
) -> list[str]:
    row = activity(
        "a1",
        percent_complete=value(percent, text=f"{percent}%"),
        deliverable=deliverable,
        progress=progress,
        planned=planned,
        description=description,
    )
    return verdicts(ratio_vs_percent(reading(row)))


@pytest.mark.parametrize("row", AGREE.values(), ids=AGREE)
def test_a_percentage_that_its_row_bears_out_passes(row: tuple[int, str, str, str, str]) -> None:
    assert judge(*row) == ["pass"]


@pytest.mark.parametrize("row", DIFFER.values(), ids=DIFFER)
def test_a_percentage_that_its_row_contradicts_fails(row: tuple[int, str, str, str, str]) -> None:
    assert judge(*row) == ["fail"]


@pytest.mark.parametrize("row", UNSURE.values(), ids=UNSURE)
def test_a_row_that_does_not_tell_is_not_judged(row: tuple[int, str, str, str, str]) -> None:
    assert judge(*row) == ["not_checkable"]


def test_not_applicable_is_no_percentage() -> None:
    row = activity(
        "a1", percent_complete=Value(None, state="not_applicable"), deliverable="(1) Feria"
    )
    assert not list(ratio_vs_percent(reading(row)))


def test_the_finding_quotes_both_counts_and_its_places() -> None:
    row = activity(
        "a1",
        percent_complete=value(60, 7, "60%"),
        deliverable=value("(5) Boletines", 7),
        progress=value("Se publicaron dos (2) boletines.", 8),
    )
    (check,) = ratio_vs_percent(reading(row))
    assert (check.stated, check.expected, check.difference) == ("60%", "40 %", "20.0")
    assert (check.words["done"], check.words["target"]) == ("dos (2) boletines", "(5) Boletines")
    assert check.evidence[0].text == "60%"


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        (0, "pass"),
        (100, "pass"),
        (101, "fail"),
        (-1, "fail"),
        (Value(None, state="illegible"), "not_checkable"),
    ],
)
def test_the_range_of_a_percentage(told: object, verdict: str) -> None:
    row = activity("a1", percent_complete=told)
    assert verdicts(percent_range(reading(row))) == [verdict]


def test_over_achievement_that_the_row_tells_is_within_range() -> None:
    row = activity(
        "a1",
        percent_complete=150,
        deliverable="(2) Talleres",
        progress="Se realizaron tres (3) talleres.",
    )
    assert verdicts(percent_range(reading(row))) == ["pass"]
