"""The program as a person runs it: a mixed batch, published twice, and a value on its page."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
import pyarrow.parquet as parquet
import pytest
from PIL import Image, ImageChops
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from sample_readings import RAW

CUADRA = Path(sys.executable).with_name("cuadra")
PIXELS = 2  # a point, in the pictures of `cuadra show`
HEALTHY = (
    "avance-compromiso.pdf",
    "autoevaluacion-compromiso.txt",
    "plan-integridad-municipal.pdf",
    "plan-nacional.txt",
    "seguimiento-anticorrupcion.txt",
)
LATIN = "Informe – la niñez y el año\n\nAcción\tMeta\nReparar el baño\tUn baño\n"
FAILED = {
    "ausente.pdf": "missing",
    "clave.pdf": "encrypted",
    "comprimido.pdf": "damaged_unreadable",  # it begins as a ZIP, and is none
    "vacio.txt": "empty",
}


@dataclass(frozen=True)
class Ran:
    """A run of the whole batch: its exit code, what it printed, the version it published."""

    code: int
    summary: dict[str, Any]
    version: Path

    def rows(self, table: str) -> list[dict[str, Any]]:
        return list(parquet.read_table(self.version / f"{table}.parquet").to_pylist())

    def by_name(self) -> dict[str, dict[str, Any]]:
        return {Path(row["source"]).name: row for row in self.rows("documents")}


def cuadra(*args: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "LC_ALL": "C.UTF-8"}
    command = [str(CUADRA), *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=environ)


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of work: reports in `informes`, none in `notas`."""
    folder = tmp_path_factory.mktemp("lote")
    reports, notes = folder / "informes", folder / "notas"
    reports.mkdir()
    notes.mkdir()
    (notes / "leame.md").write_text("Nada que leer.")
    for name in HEALTHY:
        shutil.copy(RAW / name, reports)
    (reports / "latino.txt").write_bytes(LATIN.encode("cp1252"))
    (reports / "vacio.txt").write_bytes(b"")
    (reports / "comprimido.pdf").write_bytes(b"PK\x03\x04" + b"\0" * 100)
    canvas = Canvas(str(reports / "clave.pdf"), encrypt=StandardEncryption("secreta", "dueño"))
    canvas.drawString(100, 700, "Informe reservado")
    canvas.save()
    return folder


def publish(batch: Path, output: str, workers: int) -> Ran:
    inputs = ("informes", "notas", "ausente.pdf")
    options = ("--output", output, "--workers", workers, "--fail-on", "error")
    result = cuadra("run", *inputs, *options, "--json", "--lang", "es", cwd=batch)
    assert result.returncode in (0, 3), result.stderr
    version = (batch / output / "current").resolve()
    return Ran(result.returncode, json.loads(result.stdout), version)


@pytest.fixture(scope="module")
def published(batch: Path) -> Ran:
    return publish(batch, "salida", workers=2)


def test_some_documents_failed_and_the_rest_is_published(published: Ran) -> None:
    """Exit code 3 comes before that of `--fail-on`."""
    assert published.code == published.summary["exit_code"] == 3
    documents = published.by_name()
    assert set(documents) == {*HEALTHY, *FAILED, "latino.txt"}
    errors = {name: row["error"] for name, row in documents.items() if row["status"] != "ok"}
    assert errors == FAILED
    assert all(documents[name]["profile"] for name in HEALTHY)


def test_every_failure_says_what_to_do_in_both_languages(published: Ran) -> None:
    for name in FAILED:
        row = published.by_name()[name]
        assert len(row["error_message"]) > 30 and len(row["error_message_en"]) > 30
        assert row["error_message"] != row["error_message_en"]


def test_a_failed_document_has_no_records(published: Ran) -> None:
    failed = {row["document_id"] for row in published.rows("documents") if row["error"]}
    assert len(failed) == len(FAILED)
    for table in ("commitments", "activities", "stated_figures", "sections", "cells", "findings"):
        assert not failed & {row["document_id"] for row in published.rows(table)}


def test_the_healthy_ones_are_whole(published: Ran) -> None:
    identifiers = {name: row["document_id"] for name, row in published.by_name().items()}
    activities = [row["document_id"] for row in published.rows("activities")]
    counts = {name: activities.count(identifiers[name]) for name in (*HEALTHY, "latino.txt")}
    assert counts == {
        "avance-compromiso.pdf": 1,
        "autoevaluacion-compromiso.txt": 5,
        "plan-integridad-municipal.pdf": 21,
        "plan-nacional.txt": 0,
        "seguimiento-anticorrupcion.txt": 33,
        "latino.txt": 1,
    }


def test_an_old_encoding_is_read_without_a_loss(published: Ran) -> None:
    document = published.by_name()["latino.txt"]
    assert document["title"] == "Informe – la niñez y el año"
    own = [r for r in published.rows("activities") if r["document_id"] == document["document_id"]]
    assert [row["description"] for row in own] == ["Reparar el baño"]


def test_the_summary_tells_what_the_dataset_holds(published: Ran) -> None:
    summary = published.summary
    assert summary["dataset"]["version"] == published.version.name
    assert [Path(one).name for one in summary["missing"]] == ["ausente.pdf"]
    assert [Path(one).name for one in summary["skipped"]] == ["leame.md"]
    for table, count in summary["counts"].items():
        assert len(published.rows(table)) == count, table
    assert summary["counts"]["findings"] == len(summary["findings"]) > 0


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_runs_publish_the_same_bytes(batch: Path, published: Ran) -> None:
    """However many processes worked: the same version, byte for byte."""
    again = publish(batch, "otra", workers=1)
    assert again.version.name == published.version.name
    first, second = files(published.version), files(again.version)
    assert len(first) > 10
    assert [name for name in first.keys() | second.keys() if first.get(name) != second.get(name)] \
        == []  # fmt: skip


def test_a_finding_as_grave_as_asked_ends_with_1() -> None:
    result = cuadra("check", "plan-nacional.txt", "--workers", 1, "--fail-on", "error", cwd=RAW)
    assert result.returncode == 1, result.stderr


def red_box(picture: Path) -> tuple[int, int, int, int]:
    """The corners of what is drawn in red, in pixels, the last ones included."""
    with Image.open(picture) as image:
        red, green, blue = image.convert("RGB").split()
    strong = red.point(lambda level: 255 if level > 180 else 0)
    others = ImageChops.lighter(green, blue).point(lambda level: 255 if level < 60 else 0)
    left, top, right, bottom = ImageChops.darker(strong, others).getbbox() or (0, 0, 0, 0)
    return left, top, right - 1, bottom - 1


def test_a_value_is_outlined_on_its_page(batch: Path, published: Ran, tmp_path: Path) -> None:
    document = published.by_name()["avance-compromiso.pdf"]
    record = f"{document['document_id']}-a001"
    picture = tmp_path / "celda.png"
    asked = (record, "percent_complete", "--dataset", "salida", "--picture", picture)
    result = cuadra("show", *asked, "--lang", "en", cwd=batch)
    assert result.returncode == 0, result.stderr
    assert "45 %" in result.stdout and str(picture) in result.stdout

    (value,) = [
        row
        for row in published.rows("values")
        if (row["record_id"], row["field"]) == (record, "percent_complete")
    ]
    box = tuple(float(value[side]) for side in ("x0", "top", "x1", "bottom"))
    assert red_box(picture) == tuple(round(side * PIXELS) for side in box)
    with pdfplumber.open(RAW / "avance-compromiso.pdf") as pdf:
        assert pdf.pages[value["page"] - 1].crop(box).extract_text() == value["raw"] == "45 %"
