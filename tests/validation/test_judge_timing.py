"""Dates against periods, and deadlines in working days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from small import activity, block, commitment, owner, reading, value, verdicts

from pipeline.model import Profile
from pipeline.validation.deadlines import add_working_days, date_published_late, is_working_day
from pipeline.validation.settings import default_settings
from pipeline.validation.timing import (
    date_implicit_year,
    date_milestone_order,
    date_next_steps_after_end,
    date_outside_period,
    date_stale_measurement,
    period_unit,
)

SETTINGS = default_settings()


@pytest.mark.parametrize(
    ("planned", "verdict"),
    [
        ("2023-11-30", "pass"),
        ("2024-01-31", "pass"),  # the closing tasks of January
        ("2024-03-01", "fail"),
        ("2022-12-15", "fail"),
    ],
)
def test_a_date_outside_the_period(planned: str, verdict: str) -> None:
    one = activity("a1", description="x", planned=planned)
    assert verdicts(date_outside_period(reading(owner(period="2023"), one), SETTINGS)) == [verdict]


def test_a_disputed_period_accuses_nothing() -> None:
    papers = owner((("period", value("2024")),), period="2023")
    one = activity("a1", description="x", planned="2024-06")
    assert verdicts(date_outside_period(reading(papers, one), SETTINGS)) == ["not_checkable"]


def test_a_milestone_outside_its_commitment() -> None:
    above = commitment("1", planned="2022-03/2024-06")
    own = [
        activity(f"a{at}", "c1", description="x", planned=planned)
        for at, planned in enumerate(("2022-03/2022-04", "2024-05/2024-08", "2023-07/2023-03"))
    ]
    assert verdicts(date_milestone_order(reading(above, *own))) == ["pass", "fail", "not_checkable"]


def test_next_steps_after_the_end() -> None:
    def judge(steps: str, **rest: str) -> list[str]:
        one = commitment("1", planned="2017/2018-06", next_steps=steps, **rest)
        return verdicts(date_next_steps_after_end(reading(one)))

    assert judge("Lanzamiento en septiembre de 2018") == ["fail"]
    assert judge("Lanzamiento en mayo de 2018") == ["pass"]
    assert judge("Lanzamiento en noviembre") == []
    assert judge("Lanzamiento en septiembre de 2018", revised="2018/2018-12") == ["pass"]


def test_a_year_that_is_inferred() -> None:
    plain = activity("a1", planned="2016-11/2017-01")
    printed = block("Noviembre a enero 2017")
    told = replace(plain.fields["planned"], state="inferred", block=printed)
    inferred = replace(plain, fields={**plain.fields, "planned": told})
    assert verdicts(date_implicit_year(reading(inferred))) == ["fail"]
    assert verdicts(date_implicit_year(reading(plain))) == ["pass"]
    dotted = replace(told, block=block("31.12.12"))  # its year is printed, short
    short = replace(plain, fields={**plain.fields, "planned": dotted})
    assert verdicts(date_implicit_year(reading(short))) == ["pass"]


def test_an_old_measurement() -> None:
    papers = owner(cutoff_date="2023-08-31")

    def judge(text: str, percent: int = 50) -> list[str]:
        one = activity("a1", description="x", percent_complete=percent, progress=text)
        return verdicts(date_stale_measurement(reading(papers, one), SETTINGS))

    assert judge("Medición con corte al 31 de diciembre de 2022.") == ["fail"]
    assert judge("Medición con corte al 31 de mayo de 2023.") == ["pass"]
    assert judge("Se publicó con corte al 30 de abril de 2020.", 100) == []
    assert judge("La sesión fue el 30 de abril de 2020.") == []


@pytest.mark.parametrize(
    ("target", "text", "expected"),
    [
        ("1 informe semestral", "El informe del segundo trimestre está en ajustes.", ["fail"]),
        ("1 informe semestral", "El informe del primer semestre se publicó.", ["pass"]),
        ("1 informe semestral", "La oficina abrió en el segundo trimestre.", []),
        ("1 informe semestral", "El informe se publicó en el primer cuatrimestre.", []),
        ("1 informe", "El informe del segundo trimestre está en ajustes.", []),
    ],
)
def test_two_units_of_time(target: str, text: str, expected: list[str]) -> None:
    one = activity("a1", description="x", deliverable=target, progress=text)
    assert verdicts(period_unit(reading(one))) == expected


def test_working_days_leave_out_weekends_and_holidays() -> None:
    assert not is_working_day(date(2023, 9, 16), "CO")
    assert not is_working_day(date(2023, 11, 6), "CO")  # a holiday moved to its Monday
    assert is_working_day(date(2023, 11, 6), "")
    assert add_working_days(date(2020, 8, 31), 10, "CO") == date(2020, 9, 14)
    assert add_working_days(date(2023, 10, 31), 10, "CO") == date(2023, 11, 16)
    assert add_working_days(date(2023, 10, 31), 10, "") == date(2023, 11, 14)
    assert add_working_days(date(2023, 10, 31), 10, "XX") is None


@pytest.mark.parametrize(
    ("published", "country", "verdict"),
    [
        ("2023-11-16", "CO", "pass"),
        ("2023-11-17", "CO", "fail"),
        ("2023-11-16", None, "not_checkable"),
        ("2023-12-20", None, "fail"),
    ],
)
def test_publication_on_the_tenth_working_day(
    published: str, country: str | None, verdict: str
) -> None:
    papers = owner(cutoff_date="2023-10-31", published_date=published, country=country)
    follow_up = replace(reading(papers), profile=Profile("paac_follow_up"))
    assert verdicts(date_published_late(follow_up, SETTINGS)) == [verdict]
    assert verdicts(date_published_late(reading(papers), SETTINGS)) == []
