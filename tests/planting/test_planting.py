"""The short form of the planting test; `benchmarks/planting.py` tries every fault in both forms.

By default one fault of each check is tried as text, some as PDF; CUADRA_PLANTING=all tries all.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from planting.faults import Fault, faults
from planting.harmless import Harmless, harmless, try_harmless, try_variants
from planting.pairs import pair_faults, try_pair
from planting.reports import OF_LAYOUT, judge, read_report
from planting.trials import tell, try_fault

ALL = os.environ.get("CUADRA_PLANTING") == "all"
FAULTS, PAIRS, HARMLESS = faults(), list(pair_faults()), list(harmless())
REPORTS = sorted({fault.report for fault in FAULTS})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("planting")


def some(listed: list[Fault], form: str, each: int = 1) -> list[Fault]:
    """So many faults of each check in one form, those in the middle of their list."""
    chosen: dict[str, list[Fault]] = {}
    for fault in listed:
        if form in fault.forms:
            chosen.setdefault(fault.check, []).append(fault)
    if ALL:
        return [fault for of in chosen.values() for fault in of]
    return [fault for of in chosen.values() for fault in of[len(of) // 2 :][:each]]


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("form", ["txt", "pdf"])
def test_a_clean_report_contradicts_itself_nowhere(report: str, form: str, folder: Path) -> None:
    found = judge([read_report(report, [], form, folder)])
    assert [one.message for one in found if one.check not in OF_LAYOUT] == []


@pytest.mark.parametrize("fault", some(FAULTS, "txt"), ids=lambda fault: fault.name)
def test_a_fault_in_a_text_is_found_alone(fault: Fault, folder: Path) -> None:
    assert tell([try_fault(fault, "txt", folder)]) == []


@pytest.mark.parametrize("fault", some(FAULTS, "pdf")[:: 1 if ALL else 4], ids=lambda f: f.name)
def test_a_fault_in_a_pdf_is_found_alone(fault: Fault, folder: Path) -> None:
    assert tell([try_fault(fault, "pdf", folder)]) == []


@pytest.mark.parametrize("fault", some(PAIRS, "txt"), ids=lambda fault: fault.name)
def test_a_fault_between_two_documents_is_found_alone(fault: Fault, folder: Path) -> None:
    assert tell([try_pair(fault, "txt", folder)]) == []


@pytest.mark.parametrize("change", HARMLESS[:: 1 if ALL else 6], ids=lambda change: change.name)
def test_a_harmless_change_raises_nothing(change: Harmless, folder: Path) -> None:
    assert [one.message for one in try_harmless(change, "txt", folder)] == []


@pytest.mark.skipif(not ALL, reason="the variants are tried whole only: CUADRA_PLANTING=all")
@pytest.mark.parametrize("report", REPORTS)
def test_a_variant_raises_nothing(report: str, folder: Path) -> None:
    tried = list(try_variants(report, 2, folder))
    assert tried
    assert [f"{name}: {one.message}" for name, found in tried for one in found] == []


def test_there_are_enough_of_them() -> None:
    """At least 200 faults, two of each check planted, 100 changes that are none."""
    times = Counter(fault.check for fault in (*FAULTS, *PAIRS))
    assert sum(times.values()) >= 200
    assert [check for check, count in times.items() if count < 2] == []
    assert len(HARMLESS) >= 60
