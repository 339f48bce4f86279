"""Nothing is keyed to the wording of one report: what says the same gives the same records.

By default a few variants of each family are tried on each report; CUADRA_VARIANTS=all tries all of
them (some minutes). `PYTHONPATH=tests python -m variants` tells what differs.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from places import SHARED_REPORTS

from pipeline.model import Reading
from variants.compare import Fact, failing, read_bytes
from variants.families import FAMILIES, Family
from variants.figures import changed_figures, expected_sums, plain, read_plan, removed_lines
from variants.progress import Changed, Told, changed_percents, moved_dates, removed_commitments
from variants.trials import MOST_LINES, Report, open_report, thin, try_variants
from variants.words import lexicon

RAW = Path(__file__).parents[2] / "data" / "raw"
OWN = sorted(path.stem for path in RAW.glob("*.txt"))
SEEDS = ("000", "001", "002", "003", "004")
ALL = os.environ.get("CUADRA_VARIANTS") == "all"
MOST = 10**6 if ALL else 3  # of a family on a report of our own
MOST_OF_SEEDS = 10**6 if ALL else 1
MOST_FIGURES = 10**6 if ALL else 6
FIGURE_CHECKS = ("sum.", "count.vs_list")
Make = Callable[[str, Reading], Iterator[tuple[str, str, Counter[Fact]]]]
TOLD = [
    Told("Producir piezas sobre la gestión del Instituto", "50%", "75 %", wrong=True),
    Told("Elaborar boletines sobre el uso de los recursos", "60%", "60 %"),
    Told("Monitorear la estrategia de simplificación", "67%", "66.7 %"),
    Told("Difundir el código de integridad en las sedes", "83%", "83.3 %"),
    Told("Capacitar al personal de ventanilla en trato digno", "50%", "50 %"),
]
COMMITTED = "Marzo de 2023 – Junio de 2023"
FULFILLED = "Inicio: abril-mayo 2023 Término: Enero 2024"
OVERDUE = ("date.overdue_incomplete", COMMITTED, "100 %")
DELAY = ("date.delay", FULFILLED, COMMITTED)
DATES_OF_A_SHEET = [
    (  # due after the cut-off: delayed still, not overdue
        COMMITTED,
        "Marzo de 2023 – Diciembre de 2023",
        [("date.delay", FULFILLED, "Marzo de 2023 – Diciembre de 2023")],
        [OVERDUE, DELAY],
    ),
    (COMMITTED, "Marzo de 2023 – Febrero de 2024", [], [OVERDUE, DELAY]),
    (FULFILLED, "Inicio: abril 2023 Término: Junio 2023", [], [DELAY]),
    ("45 %", "100 %", [], [OVERDUE]),
    ("Octubre 2023", "Mayo 2023", [], [OVERDUE]),
]


@cache
def opened(path: Path, folder: Path) -> Report:
    return open_report(path, folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("variants")


def find_report(name: str, folder: Path) -> Report:
    """A report of our own by its stem, or a real one by its number."""
    if name in OWN:
        return opened(RAW / f"{name}.txt", folder)
    found = sorted((SHARED_REPORTS / "seeds").glob(f"{name}_*.txt"))
    if not found:
        pytest.skip(f"the real reports are not here: {SHARED_REPORTS}")
    return opened(found[0], folder)


def choose(report: Report, name: str, family: Family) -> list[tuple[str, str | bytes]]:
    """The variants to try: few of many."""
    return thin(family.make(report.text), MOST if name in OWN else MOST_OF_SEEDS)


def cases() -> Iterator[tuple[str, Family]]:
    """Every report with every family that has variants of it."""
    for name in (*OWN, *SEEDS):
        paths = [RAW / f"{name}.txt", *(SHARED_REPORTS / "seeds").glob(f"{name}_*.txt")]
        text = next((p.read_text(encoding="utf-8") for p in paths if p.is_file()), None)
        for family in (one for one in FAMILIES if one.by_default or ALL):
            if text is None or any(True for _ in family.make(text)):
                yield name, family


@pytest.mark.parametrize(
    ("name", "family"), [pytest.param(n, f, id=f"{n}-{f.name}") for n, f in cases()]
)
def test_same_records(name: str, family: Family, folder: Path) -> None:
    report = find_report(name, folder)
    wrong = [
        f"{variant}: {line}"
        for variant, lines in try_variants(report, family, choose(report, name, family), folder)
        for line in lines[:MOST_LINES]
    ]
    assert wrong == []


def sums_of(reading: Reading) -> Counter[Fact]:
    """The failing sums and counts, their numbers without style."""
    facts = ((fact, times) for fact, times in failing(reading).items())
    return Counter(
        {
            (check, number(stated), number(expected)): times
            for (check, stated, expected), times in facts
            if check.startswith(FIGURE_CHECKS)
        }
    )


def number(text: str) -> str:
    """ "2370" for "$2,370.00"."""
    digits = re.sub(r"[^\d.]", "", text)
    return plain(Decimal(digits)) if digits else text


@pytest.mark.parametrize("make", [changed_figures, removed_lines], ids=["changed", "left out"])
@pytest.mark.parametrize("name", ["plan-integridad-municipal", "003"])
def test_a_figure_gives_its_own_sums(name: str, make: Make, folder: Path) -> None:
    report = find_report(name, folder)
    was, must = sums_of(report.reading), expected_sums(read_plan(report.reading))
    variants = list(make(report.text, report.reading))
    most = MOST_FIGURES if name in OWN else MOST_FIGURES // 3
    wrong = []
    for variant, changed, expected in variants[:: max(1, -(-len(variants) // most))]:
        now = sums_of(read_bytes(changed.encode(), folder))
        if (now - was, was - now) != (expected - must, must - expected):
            wrong.append((variant, now - was, was - now, expected - must, must - expected))
    assert variants
    assert wrong == []


def test_the_sums_expected_of_the_unchanged_plan(folder: Path) -> None:
    report = find_report("plan-integridad-municipal", folder)
    assert expected_sums(read_plan(report.reading)) == Counter(
        [
            ("sum.subtotal", "2370", "2730"),
            ("sum.cross_table", "450", "400"),
            ("sum.cross_table", "24080", "24030"),
            ("count.vs_list", "3", "2"),
        ]
    )


def assert_findings(report: Report, variants: Iterator[Changed], folder: Path, most: int) -> None:
    """Each variant's findings come and go as it says, and no other."""
    was = failing(report.reading)
    made = list(variants)
    wrong = []
    for variant, changed, comes, goes in made[:: max(1, -(-len(made) // most))]:
        now = failing(read_bytes(changed.encode(), folder))
        if (now - was, was - now) != (comes, goes):
            wrong.append((variant, now - was, was - now, "must:", comes, goes))
    assert made
    assert wrong == []


def test_a_percentage_that_its_counts_contradict(folder: Path) -> None:
    report = find_report("seguimiento-anticorrupcion", folder)
    assert_findings(report, changed_percents(report.text, TOLD), folder, MOST_FIGURES)


@pytest.mark.parametrize("name", ["seguimiento-anticorrupcion", "004"])
def test_a_deadline_moved_before_the_cut_off(name: str, folder: Path) -> None:
    report = find_report(name, folder)
    most = MOST_FIGURES if name in OWN else MOST_FIGURES // 3
    assert_findings(report, moved_dates(report.text, report.reading), folder, most)


@pytest.mark.parametrize("name", ["plan-nacional", "001"])
def test_a_commitment_left_out(name: str, folder: Path) -> None:
    report = find_report(name, folder)
    assert_findings(report, removed_commitments(report.text), folder, MOST_FIGURES)


@pytest.mark.parametrize(("printed", "other", "comes", "goes"), DATES_OF_A_SHEET)
def test_a_date_of_a_sheet(
    printed: str, other: str, comes: list[Fact], goes: list[Fact], folder: Path
) -> None:
    report = find_report("avance-compromiso", folder)
    was = failing(report.reading)
    assert printed in report.text
    now = failing(read_bytes(report.text.replace(printed, other).encode(), folder))
    assert (now - was, was - now) == (Counter(comes), Counter(goes))


def test_every_country_has_a_vocabulary_of_its_own() -> None:
    vocabularies = lexicon()["country"]
    assert len(vocabularies) >= 12
    assert len({str(words) for words in vocabularies.values()}) == len(vocabularies)
