"""Whole documents in this process: what is raised on the samples, and the way without a family."""

import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sample_readings import FAMILIES, FORMATS, RAW, ROOT, read_sample, read_sample_document

from extractors.extract import extract
from pipeline.dataset.frames import build_frames
from pipeline.model import Block, Document
from pipeline.run import NoReports, check, read_reading, run
from pipeline.validation import validate
from pipeline.validation.findings import finding_rows

sys.path.insert(0, str(ROOT / "benchmarks"))

import accuracy

Row = dict[str, Any]
EXPECTED: dict[str, Any] = tomllib.loads((RAW / "expected.toml").read_text(encoding="utf-8"))
CASES = [(stem, form) for stem in sorted(FAMILIES.values()) for form in FORMATS]
# What these checks state and expect are numbers; others tell dates and texts in their own words.
OF_NUMBERS = ("sum.", "count.", "ratio.")


# --- the planted faults


@cache
def found_in(stem: str, form: str) -> tuple[Row, ...]:
    return tuple(finding_rows(validate([read_sample(stem, form)])))


def expected_of(stem: str, form: str) -> list[Row]:
    return [one for one in EXPECTED[stem] if form in one.get("formats", FORMATS)]


FAULTS = [
    pytest.param(stem, form, one, id=f"{stem}.{form}-{one['check']}-{one['quote'][:20]}")
    for stem, form in CASES
    for one in expected_of(stem, form)
]


def squash(text: str) -> str:
    return re.sub(r"<[^>]+>|[\W_]+", "", text).lower()


def printed_at(document: Document, quote: str) -> list[Block]:
    """The cells and lines that print the quote, a paragraph's lines read on."""
    wanted = squash(quote)
    cells = (place for table in document.tables for cell in table.cells for place in cell.places())
    paragraphs = (place for one in extract(document).paragraphs for place in same(one, wanted))
    return [place for place in (*cells, *paragraphs) if wanted in squash(place.text)]


def same(paragraph: Block, wanted: str) -> Iterator[Block]:
    """The lines of a paragraph that holds what is wanted, each with the whole text."""
    if wanted in squash(paragraph.text):
        for place in paragraph.places():
            yield replace(place, text=paragraph.text)


def stands_at(finding: Row, quote: str, document: Document) -> bool:
    """Whether a place of the finding is in the row or line that prints the quote."""
    printed = printed_at(document, quote)
    return any(beside(place, one) for place in json.loads(finding["evidence"]) for one in printed)


def beside(place: Row, block: Block) -> bool:
    if block.bbox is None or place["top"] is None:
        return (place["page"], place["line"]) == (block.page, block.line)
    overlap = place["top"] < block.bbox[3] and block.bbox[1] < place["bottom"]
    return place["page"] == block.page and overlap


def number(text: str | None) -> Decimal | None:
    figure = re.sub(r"[^\d.]", "", text or "")
    return Decimal(figure) if figure else None


def raises(finding: Row, fault: Row, document: Document) -> bool:
    if finding["check"] != fault["check"] or not stands_at(finding, fault["quote"], document):
        return False
    if not fault["check"].startswith(OF_NUMBERS):
        return True
    told = number(finding["stated"]), number(finding["expected"])
    return told == (number(fault["stated"]), number(fault["expected"]))


@pytest.mark.parametrize(("stem", "form", "fault"), FAULTS)
def test_every_planted_fault_is_found_at_its_place(stem: str, form: str, fault: Row) -> None:
    document = read_sample_document(stem, form)
    told = [row for row in found_in(stem, form) if row["check"] == fault["check"]]
    assert any(raises(row, fault, document) for row in told), told


@pytest.mark.parametrize(("stem", "form"), CASES)
def test_nothing_else_is_raised(stem: str, form: str) -> None:
    document = read_sample_document(stem, form)
    may = {one["check"] for one in EXPECTED["may"].get(stem, ())}
    false_alarms = [
        (row["check"], row["message_en"])
        for row in found_in(stem, form)
        if (row["severity"] != "info" or row["kind"] == "inconsistency")
        and row["check"] not in may
        and not any(raises(row, fault, document) for fault in expected_of(stem, form))
    ]
    assert false_alarms == []


@pytest.mark.parametrize(("stem", "form"), CASES)
def test_what_was_verified_is_told_too(stem: str, form: str) -> None:
    verdicts = Counter(check.verdict for check in validate([read_sample(stem, form)]))
    assert verdicts["pass"] > 0


def test_a_family_s_reports_are_judged_alike_in_any_order() -> None:
    readings = [read_sample(stem, form) for stem, form in CASES]
    assert validate(readings) == validate(readings[::-1])


# --- a report of no family


MINUTES = """ACTA DE LA SESIÓN ORDINARIA N° 14

Municipalidad de Puerto Albor

En la ciudad de Puerto Albor se reunió el Concejo para tratar la marcha del programa de caminos \
vecinales y la situación de la biblioteca.

2. Acuerdos

El Concejo encargó un informe sobre el puente del arroyo Hondo.

Acuerdo\tEncargado\tVotos a favor
Informar sobre el puente del arroyo Hondo\tDirección de Obras\t7
Reponer los estantes de la biblioteca\tBiblioteca Municipal\t6

3. Cierre

Sin más asuntos, la sesión terminó a las once horas.
"""
BUDGET = """CÉDULA PRESUPUESTARIA DE GASTOS

Gobierno Parroquial de Santa Lluvia

Partida\tDenominación\tAsignación inicial\tReformas\tCodificado
51.01.05\tRemuneraciones unificadas\t42000.00\t0.00\t42000.00
53.02.01\tTransporte de personal\t1500.00\t-300.00\t1200.00
\tTOTAL\t43500.00\t-300.00\t43200.00
"""
WORKS = """PLAN OPERATIVO ANUAL 2031

Universidad Técnica de Las Cumbres

Programa\tActividad\tMeta\tFecha límite\tPresupuesto\tColor de la carpeta
Extensión\tAbrir dos huertos escolares\t2 huertos\t30/06/2031\t$ 1,200.00\tVerde
Bienestar\tReparar la residencia\tResidencia reparada\t30/11/2031\t$ 8,500.00\tRoja
"""


def frames_of(folder: Path, text: str) -> dict[str, pd.DataFrame]:
    path = folder / "informe.txt"
    path.write_text(text, encoding="utf-8")
    reading = read_reading(path, "informe.txt")
    return build_frames([reading], validate([reading]))


def cells(frames: dict[str, pd.DataFrame]) -> list[list[str]]:
    table = frames["cells"].sort_values(["row", "column"])
    return [list(rows["text"].fillna("")) for _, rows in table.groupby("row")]


def printed(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines() if "\t" in line]


@pytest.mark.parametrize("text", [MINUTES, BUDGET, WORKS], ids=["minutes", "budget", "works"])
def test_its_tables_are_kept_cell_by_cell(tmp_path: Path, text: str) -> None:
    frames = frames_of(tmp_path, text)
    (document,) = frames["documents"].to_dict("records")
    assert document["status"] == "ok"
    assert not document["profile"] or pd.isna(document["profile"])
    assert 0 <= document["profile_score"] < 0.6
    assert cells(frames) == printed(text)


def test_its_prose_is_kept_in_sections(tmp_path: Path) -> None:
    frames = frames_of(tmp_path, MINUTES)
    sections = frames["sections"][["number", "heading", "text"]].fillna("").to_dict("records")
    assert [(one["number"], one["heading"]) for one in sections] == [
        ("", "ACTA DE LA SESIÓN ORDINARIA N° 14"),
        ("", "Municipalidad de Puerto Albor"),
        ("2", "Acuerdos"),
        ("3", "Cierre"),
    ]
    told = " ".join(f"{one['number']} {one['heading']} {one['text']}" for one in sections)
    prose = [line for line in MINUTES.splitlines() if line.strip() and "\t" not in line]
    assert all(re.sub(r"^\d\. ", "", line) in told for line in prose)
    assert frames["documents"]["institution"].tolist() == ["Municipalidad de Puerto Albor"]


def test_a_table_without_a_known_column_gives_no_records(tmp_path: Path) -> None:
    for text in (MINUTES, BUDGET):
        frames = frames_of(tmp_path, text)
        assert frames["activities"].empty and frames["commitments"].empty
        assert frames["findings"].query("kind == 'inconsistency'").empty


def test_what_the_lexicon_understands_becomes_records(tmp_path: Path) -> None:
    frames = frames_of(tmp_path, WORKS)
    first, second = frames["activities"].to_dict("records")
    assert (first["description"], first["deliverable"]) == (
        "Abrir dos huertos escolares",
        "2 huertos",
    )
    assert str(first["planned_end"]) == "2031-06-30"
    assert [one["amount"] for one in (first, second)] == [Decimal(1200), Decimal(8500)]
    assert frames["commitments"]["axis"].tolist() == ["Extensión", "Bienestar"]


def test_what_no_field_claims_is_a_value_and_a_finding(tmp_path: Path) -> None:
    frames = frames_of(tmp_path, WORKS)
    kept = frames["values"].query("field == 'printed:Color de la carpeta'")
    assert list(zip(kept["value"], kept["line"], kept["column"], strict=True)) == [
        ("Verde", 6, 6),
        ("Roja", 7, 6),
    ]
    told = frames["findings"].query("check == 'capture.unclaimed_column'")
    assert len(told) == 1 and "Color de la carpeta" in told["message_en"].iloc[0]


RIVERS = """MEDICIONES DE LOS RÍOS

Estación\tTurbiedad\tCaudal medio
Puente Viejo\talta\tregular
Toma de agua\tbaja\tabundante
Molino\tmedia\tescaso
"""


def test_a_table_that_nobody_takes_is_told(tmp_path: Path) -> None:
    findings = frames_of(tmp_path, RIVERS)["findings"]
    assert any("Turbiedad" in text for text in findings["message_en"])


def test_a_budget_gives_its_lines_and_their_measures(tmp_path: Path) -> None:
    frames = frames_of(tmp_path, BUDGET)
    assert "51.01.05" in set(frames["budget_lines"].astype(str).to_numpy().ravel())
    assert {Decimal("42000.00"), Decimal("-300.00"), Decimal("1200.00")} <= set(
        frames["measures"]["value"]
    )


# --- the recipe


def test_without_a_report_there_is_nothing_to_judge(tmp_path: Path) -> None:
    with pytest.raises(NoReports) as caught:
        check([tmp_path, tmp_path / "ausente.pdf"])
    assert caught.value.missing == (tmp_path / "ausente.pdf",)
    with pytest.raises(NoReports):
        run([tmp_path], tmp_path / "salida")
    assert not (tmp_path / "salida").exists()


def test_a_check_tells_of_every_document_and_publishes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORKS, encoding="utf-8")
    (tmp_path / "b.txt").write_text(WORKS, encoding="utf-8")  # the same bytes
    (tmp_path / "c.txt").write_bytes(b"")
    steps: list[tuple[int, int]] = []
    summary = check(
        [tmp_path, tmp_path / "ausente.pdf"],
        workers=1,
        on_progress=lambda done, total, _: steps.append((done, total)),
    )
    told = {Path(str(row["source"])).name: row for row in summary.documents}
    assert {name: row["error"] for name, row in told.items()} == {
        "a.txt": None, "c.txt": "empty", "ausente.pdf": "missing",
    }  # fmt: skip
    assert (told["a.txt"]["activities"], told["a.txt"]["commitments"]) == (2, 2)
    assert told["a.txt"]["records"] >= 4 and told["c.txt"]["records"] == 0
    assert summary.version is None
    assert summary.missing == (tmp_path / "ausente.pdf",)
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt", "c.txt"]


# --- reports with known records


def gold_cases(folder: Path, group: str) -> Iterator[tuple[Path, Path]]:
    return ((report, gold) for name, report, gold in accuracy.cases(folder) if name == group)


@pytest.mark.parametrize(("group", "least"), [("text", 0.98), ("ruled PDF", 0.97)])
def test_real_reports_give_their_known_records(
    shared_reports: Path, group: str, least: float
) -> None:
    wrong: list[tuple[str, str, str]] = []
    judged = 0
    for report, gold in gold_cases(shared_reports, group):
        known = json.loads(gold.read_text(encoding="utf-8"))
        scores = accuracy.score_reading(known, read_reading(report, report.name))
        judged += len(scores)
        wrong += [(report.name, field, why) for field, right, why in scores if not right]
    assert judged
    assert 1 - len(wrong) / judged >= least, wrong
