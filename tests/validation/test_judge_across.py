"""Two documents of one plan, and what may be set."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from small import activity, block, commitment, figure, owner, reading, record

from pipeline.model import Check, Document, Reading, Record, Value
from pipeline.validation import validate
from pipeline.validation.catalogue import load_catalogue
from pipeline.validation.cross_document import across_documents
from pipeline.validation.settings import (
    SettingsError,
    default_settings,
    describe_settings,
    load_settings,
)

SETTINGS = default_settings()
TITLES = ("Publicar el presupuesto", "Capacitar a la ventanilla", "Abrir la sala de consulta",
          "Simplificar los permisos")  # fmt: skip


def report(name: str, cutoff: str, *records: Record, **fields: Any) -> Reading:
    """A follow-up of one institution, its identifiers its own."""
    given = {"institution": "Instituto de Aguas", "period": "2023", "cutoff_date": cutoff, **fields}
    told = reading(owner(**given), *records)
    document = name * 16
    own = tuple(
        replace(one, document_id=document, record_id=f"{document}-{one.record_id}",
                parent_id=f"{document}-{one.parent_id}" if one.parent_id else "")
        for one in told.records
    )  # fmt: skip
    return Reading(Document(f"{name}.txt", name * 64), told.profile, records=own)


def activities(**changed: Any) -> list[Record]:
    """Four activities; the first one's fields changed."""
    usual = {"percent_complete": 50, "planned": "2023-11", "deliverable": "Informe"}
    return [
        activity(
            f"a{at}", "", at + 1, description=title, **({**usual, **changed} if not at else usual)
        )
        for at, title in enumerate(TITLES)
    ]


def judge(*readings: Reading) -> list[Check]:
    return list(across_documents(readings, SETTINGS))


def failed(*readings: Reading) -> Counter[str]:
    return Counter(check.check for check in judge(*readings) if check.verdict == "fail")


def test_nothing_changed() -> None:
    told = judge(report("a", "2023-04-30", *activities()), report("b", "2023-08-31", *activities()))
    assert Counter((check.check, check.verdict) for check in told) == {
        ("xdoc.progress_regression", "pass"): 4,
        ("xdoc.date_moved", "pass"): 4,
        ("xdoc.vanished", "pass"): 1,
    }
    assert {check.document_id for check in told} == {"b" * 16}


@pytest.mark.parametrize(
    ("before", "after", "check"),
    [
        ({}, {"percent_complete": 30}, "xdoc.progress_regression"),
        ({}, {"planned": "2023-12"}, "xdoc.date_moved"),
        (
            {"percent_complete": Value(None, block("N/A"), "not_applicable")},
            {"percent_complete": 100},
            "xdoc.na_to_done",
        ),
    ],
)
def test_one_change(before: dict[str, Any], after: dict[str, Any], check: str) -> None:
    first = report("a", "2023-04-30", *activities(**before))
    later = report("b", "2023-08-31", *activities(**after))
    assert failed(later, first) == {check: 1}


def test_an_activity_that_vanished_and_a_new_one() -> None:
    first = report("a", "2023-04-30", *activities())
    assert failed(first, report("b", "2023-08-31", *activities()[1:])) == {"xdoc.vanished": 1}
    new = activity("a9", description="Sembrar árboles en la ribera", percent_complete=10)
    later = report("b", "2023-08-31", *activities(), new)
    assert failed(first, later) == {"xdoc.appeared": 1}


def test_documents_that_nothing_ties() -> None:
    first = report("a", "2023-04-30", *activities())
    other = report(
        "b", "2023-08-31", *activities(percent_complete=1), institution="Otro Ministerio"
    )
    same_day = report("b", "2023-04-30", *activities(percent_complete=1))
    unnamed = report("b", "2023-08-31", *activities(percent_complete=1), institution=None)
    assert judge(first, other) == judge(first, same_day) == judge(first, unnamed) == []


def test_look_alikes_are_refused() -> None:
    twins = [
        activity(f"a{at}", description="Evaluar el mapa", percent_complete=percent)
        for at, percent in enumerate((90, 80))
    ]
    later = [replace(one, fields={**one.fields, "percent_complete": Value(None)}) for one in twins]
    assert failed(report("a", "2023-04-30", *twins), report("b", "2023-08-31", *later)) == {}


def test_a_figure_told_otherwise() -> None:
    first = report("a", "2023-04-30", figure(1200, "document", kind="amount"))
    later = report("b", "2023-08-31", figure(1300, "document", kind="amount"))
    assert failed(first, later) == {"xdoc.figure_changed": 1}
    assert failed(first, report("b", "2023-08-31", figure(1200, "document"))) == {}


def test_a_commitment_that_is_cited_and_not_there() -> None:
    listed = [commitment(number, title=f"Título {number}") for number in ("1", "2", "3")]
    plan = report("a", "2023-01-31", *listed)
    cites = record("section", "s1", text="Sigue a los compromisos (1 y 6) del plan.")
    law = record("section", "s2", text="El compromiso 2.500 de la Ley 6 y el compromiso 3 siguen.")
    later = report("b", "2023-08-31", cites, law)
    told = [(c.stated, c.verdict) for c in judge(plan, later) if c.check == "xdoc.reference"]
    assert told == [("1", "pass"), ("6", "fail"), ("3", "pass")]


def test_settings_of_a_users_own(tmp_path: Path) -> None:
    path = tmp_path / "mis-reglas.toml"
    path.write_text(
        '[thresholds]\npercent_points = 12\n[severity]\n"percent.range" = "info"\n'
        '[off]\nchecks = ["date.*"]\n[profiles.paac_follow_up]\noff = ["na.variant"]\n',
        encoding="utf-8",
    )
    own = load_settings(path)
    one = activity("a1", description="x", percent_complete=140, planned="2023/2022")
    papers = owner(cutoff_date="2023-08-31")
    told = validate([reading(papers, one)], own)
    assert {check.check for check in told} & {"date.order", "date.overdue_incomplete"} == set()
    assert [c.severity for c in told if c.check == "percent.range"] == ["info"]
    assert own.is_off("na.variant", "paac_follow_up") and not own.is_off("na.variant", "ogp_plan")
    assert own.rule("paac_follow_up", "publication_working_days") == 10
    assert describe_settings(own)["off"] == {"": ["date.*"], "paac_follow_up": ["na.variant"]}
    assert describe_settings(own)["thresholds"]["percent_points"] == "12"
    assert own.threshold("thread_score") == SETTINGS.threshold("thread_score")


@pytest.mark.parametrize(
    "text",
    [
        "[umbrales]\nx = 1\n",
        "[thresholds]\npercent_pints = 2\n",
        "[thresholds]\npercent_points = -1\n",
        '[thresholds]\npercent_points = "dos"\n',
        '[severity]\n"percent.range" = "grave"\n',
        '[severity]\n"percent.rango" = "info"\n',
        '[off]\nchecks = ["fechas.*"]\n',
        "off = 3\n",
        "[profiles]\nogp_plan = 3\n",
        "no es toml",
    ],
)
def test_a_slip_in_the_settings_is_told(text: str, tmp_path: Path) -> None:
    path = tmp_path / "mal.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError):
        load_settings(path)
    with pytest.raises(SettingsError):
        load_settings(tmp_path / "ausente.toml")


def test_every_check_of_the_catalogue_has_a_kind_of_its_own() -> None:
    for check, entry in load_catalogue().checks.items():
        assert (entry.kind == "gap") == check.startswith("required.")
