"""The command line: its words in both languages, its exit codes, what it tells at the end."""

import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
from collections import Counter
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from rich.console import Console

from pipeline import report
from pipeline.cli import run_cli
from pipeline.dataset.faults import DatasetLocked, NotPublished
from pipeline.dataset.publish import Version
from pipeline.messages import LANGUAGES, choose_language, load_messages, say
from pipeline.run import NoReports, Summary
from pipeline.show import NotShown, draw_values, find_values, print_values

ROOT = Path(__file__).resolve().parents[1]
OKAY, BAD = "a" * 16, "b" * 16
VERSION = Version("0123456789abcdef", Path("out/versions/0123456789abcdef"), {})


def document(**changes):
    row = {
        "document_id": OKAY,
        "source": "informes/plan_valle_azul.pdf",
        "profile": "plan_azul",
        "status": "ok",
        "error": None,
        "error_message": None,
        "page_count": 9,
        "commitments": 3,
        "activities": 12,
        "records": 15,
    }
    return row | changes


def finding(**changes):
    row = {
        "finding_id": "f1",
        "check": "sum.subtotal",
        "severity": "error",
        "document_id": OKAY,
        "record_id": f"{OKAY}-f001",
        "page": 4,
        "line": None,
        "message_es": "Pág. 4. El subtotal dice 50 y sus filas suman 60.",
        "message_en": "Page 4. The subtotal says 50 and its rows sum to 60.",
        "evidence": json.dumps([{"page": 4}, {"page": 5}]),
    }
    return row | changes


def check(name, verdict):
    return {"check": name, "verdict": verdict}


def summary(documents=(), findings=(), checks=(), missing=(), skipped=(), version=None):
    counts = {"documents": len(documents)}
    return Summary(documents, counts, findings, checks, version, tuple(missing), tuple(skipped))


def printed(function, *args):
    console = Console(file=StringIO(), width=120, markup=False, emoji=False, highlight=False)
    function(console, *args)
    return console.file.getvalue()


# Words


def test_every_message_has_both_languages_and_the_same_words() -> None:
    for section, names in load_messages().items():
        for name, sentences in names.items():
            assert set(sentences) >= set(LANGUAGES), f"{section}.{name}"
            words = {lang: set(re.findall(r"\{(\w+)\}", sentences[lang])) for lang in LANGUAGES}
            assert words["es"] == words["en"], f"{section}.{name}"


def test_every_message_named_in_the_code_exists() -> None:
    messages = load_messages()
    for path in sorted((ROOT / "pipeline").glob("*.py")):
        for section, name in re.findall(r'"(\w+)\.(\w+)"', path.read_text(encoding="utf-8")):
            if section in messages and name != "parquet":
                assert name in messages[section], f"{path.name}: {section}.{name}"


@pytest.mark.parametrize(
    ("args", "environ", "expected"),
    [
        ([], {}, "es"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "C.UTF-8"}, "es"),
        ([], {"LANG": "en_US.UTF-8", "LC_ALL": "es_CL.UTF-8"}, "es"),
        ([], {"LC_MESSAGES": "en", "LC_ALL": ""}, "en"),
        (["run", "--lang", "en"], {"LANG": "es_SV"}, "en"),
        (["run", "--lang=es"], {"LANG": "en_GB"}, "es"),
        (["run", "--lang"], {"LANG": "en_GB"}, "en"),
    ],
)
def test_language(args, environ, expected) -> None:
    assert choose_language(args, environ) == expected


@pytest.mark.parametrize("command", [[], ["run"], ["check"], ["show"], ["tables"], ["text"]])
@pytest.mark.parametrize(
    ("lang", "present", "absent"),
    [("es", ["Uso:", "Opciones:"], ["Usage", "Show"]), ("en", ["Usage:", "Options:"], ["Uso:"])],
)
def test_help_is_all_in_one_language(capsys, command, lang, present, absent) -> None:
    assert run_cli([*command, "--help"], lang) == 0
    text = capsys.readouterr().out
    assert all(word in text for word in present)
    assert not any(word in text for word in absent)


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["fly"], "There is no command fly."),
        (["run", "--fly"], "There is no option --fly."),
        (["run", "--workers", "0"], "--workers is not valid; expected a number greater than zero."),
        (["run", "--lang", "fr"], "--lang is not valid; expected one of: es, en."),
        (["run", "--output"], "The option --output needs a value."),
        (["check"], "FILE is missing."),
        (["show"], "RECORD_ID is missing."),
        (["show", "a", "b", "c"], "There are too many arguments"),
        ([], "Usage: cuadra"),
    ],
)
def test_misspelt_commands_end_with_2_and_say_why(capsys, args, sentence) -> None:
    assert run_cli(args, "en") == 2
    assert sentence in capsys.readouterr().err


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from pipeline.cli import run_cli; run_cli(['run', '--help'], 'es');"
        "print(sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    heavy = {"pandas", "pyarrow", "rich", "spacy", "great_expectations", "pdfplumber", "camelot"}
    assert not heavy & set(re.findall(r"'(\w+)'", result.stderr))


def test_the_installed_command_knows_its_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    args = [str(Path(sys.executable).with_name("cuadra")), "--version"]
    result = subprocess.run(args, capture_output=True, text=True, check=True, env=os.environ)
    assert result.stdout == f"cuadra {version}\n"


# What a run tells


@pytest.mark.parametrize(
    ("parts", "fail_on", "expected"),
    [
        ({"documents": [document()]}, "info", 0),
        ({"documents": [document()], "findings": [finding()]}, "never", 0),
        ({"documents": [document()], "findings": [finding()]}, "error", 1),
        ({"documents": [document()], "findings": [finding(severity="info")]}, "warning", 0),
        ({"documents": [document()], "findings": [finding(severity="warning")]}, "info", 1),
        ({"documents": [document(status="failed")], "findings": [finding()]}, "error", 3),
        ({"documents": [document(status="partial")]}, "error", 0),
        ({"documents": [document()], "missing": [Path("no.pdf")]}, "never", 3),
    ],
)
def test_exit_code(parts, fail_on, expected) -> None:
    assert report.exit_code(summary(**parts), fail_on) == expected


@pytest.mark.parametrize(
    ("verdicts", "lang", "sentence"),
    [
        ({}, "es", "No había sumas que verificar."),
        ({"pass": 31}, "es", "Se verificaron 31 sumas: todas cuadran."),
        ({"pass": 31}, "en", "31 sums were verified: all add up."),
        ({"pass": 1}, "es", "Se verificó 1 suma: cuadra."),
        ({"fail": 1}, "es", "Se verificó 1 suma: no cuadra."),
        ({"pass": 30, "fail": 1}, "es", "Se verificaron 31 sumas: 1 no cuadra."),
        ({"pass": 28, "fail": 3}, "es", "Se verificaron 31 sumas: 3 no cuadran."),
        (
            {"pass": 2, "not_checkable": 1},
            "en",
            "2 sums were verified: all add up. 1 sum could not be verified.",
        ),
        (
            {"not_checkable": 4},
            "es",
            "No había sumas que verificar. No se pudieron verificar 4 sumas.",
        ),
    ],
)
def test_sums(verdicts, lang, sentence) -> None:
    assert report.sums_sentence(Counter(verdicts), lang) == sentence


def test_documents_are_listed_with_their_counts() -> None:
    failed = document(
        document_id=BAD,
        source="informes/clave.pdf",
        profile="",
        status="failed",
        error="encrypted",
        error_message="Pide una contraseña.",
        error_message_en="It asks for a password.",
        page_count=None,
        commitments=None,
        activities=None,
    )
    made = summary([document(), failed], [finding()])
    text = printed(report.print_documents, made, "es")
    row = next(line for line in text.splitlines() if "plan_valle_azul.pdf" in line)
    cells = row.split()
    assert cells == ["plan_valle_azul.pdf", "plan_azul", "leído", "9", "3", "12", "1"]
    assert "clave.pdf: Pide una contraseña." in text
    assert "clave.pdf: It asks for a password." in printed(report.print_documents, made, "en")


@pytest.mark.parametrize(
    ("lang", "cell", "sentence"),
    [
        ("es", "leído; nada reconocido", "En un documento no se reconoció nada:"),
        ("en", "read; nothing recognized", "In one document nothing was recognized:"),
    ],
)
def test_a_document_that_gives_no_record_says_so(lang, cell, sentence) -> None:
    bare = document(document_id=BAD, source="gastos.pdf", commitments=0, activities=0, records=0)
    figures = document(document_id="c" * 16, commitments=0, activities=0, records=4)
    failed = document(document_id="d" * 16, status="failed", records=0)
    text = printed(report.print_documents, summary([document(), bare, figures, failed]), lang)
    assert [line for line in text.splitlines() if cell in line and "gastos.pdf" in line]
    assert text.count(cell) == 1
    assert sentence in text
    assert sentence not in printed(report.print_documents, summary([document(), figures]), lang)


def test_findings_stand_under_their_document_the_gravest_first() -> None:
    other = finding(
        finding_id="f2", severity="warning", page=1, evidence="[]", message_en="Page 1. Late."
    )
    line = finding(
        finding_id="f3", document_id=BAD, page=None, line=17, message_en="Line 17. Twice."
    )
    across = finding(finding_id="f4", document_id="", page=None, message_en="Moved.", evidence="[]")
    documents = [document(), document(document_id=BAD, source="notas.txt")]
    made = summary(documents, [across, other, finding(), line])
    lines = [text for text in printed(report.print_findings, made, "en").splitlines() if text]
    assert lines[0] == "plan_valle_azul.pdf"
    assert lines[1].startswith(
        "  ERROR   Page 4. The subtotal says 50 and its rows sum to 60. (and one"
    )
    assert lines[1].endswith(f"[sum.subtotal {OKAY}-f001]")
    assert lines[2].startswith("  WARNING Page 1. Late.  [")
    assert lines[3] == "notas.txt"
    assert "Line 17. Twice." in lines[4]
    assert lines[5] == "Across documents"
    assert lines[-1] == "Findings: 3 errors, 1 warning, 0 notes"


def test_other_checks_are_counted_by_theme() -> None:
    checks = [
        check("sum.total", "pass"),
        check("date.order", "fail"),
        check("date.order", "pass"),
        check("date.delay", "not_checkable"),
    ]
    text = printed(report.print_checks, checks, "es")
    assert "Se verificó 1 suma: cuadra." in text
    row = next(line for line in text.splitlines() if "Fechas" in line)
    assert re.findall(r"\d+", row) == ["3", "1", "1", "1"]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\nb\t c", "a b c"),
        ("rojo \x1b[31m", "rojo \\x1b[31m"),
        ("[bold]no[/bold] :smile:", "[bold]no[/bold] :smile:"),
        ("fdp.\u202egnp", "fdp.\\u202egnp"),
        ("caf\udce9", "caf\\udce9"),
    ],
)
def test_text_of_reports_cannot_drive_the_terminal(text, clean) -> None:
    assert report.clean_text(text) == clean
    row = finding(message_es=text)
    assert clean in printed(report.print_findings, summary([document()], [row]), "es")


def test_json_summary_is_one_object_of_plain_characters() -> None:
    checks = [check("sum.total", "pass"), check("sum.total", "fail")]
    made = summary(
        [document(source="caf\udce9.pdf")], [finding()], checks, [Path("x")], version=VERSION
    )
    text = report.summary_json(made, Path("out"), 3)
    content = json.loads(text)
    assert text.isascii()
    assert content["exit_code"] == 3
    assert content["dataset"] == {"folder": "out/current", "version": "0123456789abcdef"}
    assert content["checks"] == {"sum": {"pass": 1, "fail": 1}}
    assert content["findings"][0]["evidence"] == [{"page": 4}, {"page": 5}]
    assert content["missing"] == ["x"]


# cuadra show


def value(**changes):
    row = {
        "record_id": f"{OKAY}-a002",
        "field": "percent_complete",
        "value": "72",
        "state": "reported",
        "reason": None,
        "raw": "72%",
        "page": 9,
        "line": None,
        "x0": 10.0,
        "top": 20.0,
        "x1": 30.0,
        "bottom": 40.0,
        "table": 1,
        "row": 3,
        "column": 6,
        "method": "pdfplumber",
        "confidence": None,
    }
    return row | changes


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    folder = tmp_path / "set"
    (folder / "current").mkdir(parents=True)
    values = [value(), value(field="deliverable", value="(18) actas", raw="(18) [b]actas", page=8)]
    row = {
        "document_id": OKAY,
        "source": str(tmp_path / "r.pdf"),
        "media_type": "application/pdf",
        "sha256": "0" * 64,
    }
    parquet.write_table(pa.Table.from_pylist(values), folder / "current" / "values.parquet")
    parquet.write_table(pa.Table.from_pylist([row]), folder / "current" / "documents.parquet")
    return folder


def test_show_tells_the_print_the_place_and_the_state(dataset: Path) -> None:
    values, origin = find_values(dataset, f"{OKAY}-a002", "percent_complete")
    text = printed(print_values, values, origin, "es")
    for expected in ("72%", "pág. 9", "cuadro 1, fila 3, columna 6", "como está impreso"):
        assert expected in text
    assert "actas" not in text


def test_show_without_a_field_shows_all(capsys, dataset: Path) -> None:
    assert run_cli(["show", f"{OKAY}-a002", "--dataset", str(dataset)], "en") == 0
    assert "(18) [b]actas" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["nobody-a001"], "The record nobody-a001 is not in"),
        ([f"{OKAY}-a002", "colour"], "It has: deliverable, percent_complete."),
    ],
)
def test_show_what_is_not_there(capsys, dataset: Path, args, sentence) -> None:
    assert run_cli(["show", *args, "--dataset", str(dataset)], "en") == 2
    assert sentence in capsys.readouterr().err


def test_show_without_a_dataset(capsys, tmp_path: Path) -> None:
    assert run_cli(["show", "x", "--dataset", str(tmp_path)], "es") == 2
    assert "No hay un conjunto de datos publicado" in capsys.readouterr().err


def test_a_picture_needs_the_report_that_was_read(dataset: Path, tmp_path: Path) -> None:
    values, origin = find_values(dataset, f"{OKAY}-a002", None)
    for key in ("error.no_source", "error.source_changed"):
        with pytest.raises(NotShown) as refused:
            draw_values(values, origin, tmp_path / "cell.png")
        assert refused.value.key == key
        assert say("en", key, **refused.value.words)
        (tmp_path / "r.pdf").write_bytes(b"another one")
    with pytest.raises(NotShown) as refused:
        draw_values([value(page=None)], origin, tmp_path / "cell.png")
    assert refused.value.key == "error.no_picture"


def test_a_picture_of_the_cell(capsys, dataset: Path, tmp_path: Path) -> None:
    row = parquet.read_table(dataset / "current" / "documents.parquet").to_pylist()[0]
    path = Path(row["source"])
    canvas = Canvas(str(path), pagesize=(200, 100))
    for _ in range(9):
        canvas.drawString(12, 70, "72%")
        canvas.showPage()
    canvas.save()
    row["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    parquet.write_table(pa.Table.from_pylist([row]), dataset / "current" / "documents.parquet")
    picture = tmp_path / "cell.png"
    args = ["show", f"{OKAY}-a002", "percent_complete", "--dataset", str(dataset)]
    assert run_cli([*args, "--picture", str(picture)], "en") == 0
    assert f"Picture of page 9: {picture}" in capsys.readouterr().out
    with Image.open(picture) as image:
        red = [
            x for x in range(image.width) if image.getpixel((x, image.height * 30 // 100))[1] < 9
        ]
        assert min(red) / image.width == pytest.approx(10 / 200, abs=0.02)
        assert max(red) / image.width == pytest.approx(30 / 200, abs=0.02)
    assert run_cli([*args, "--picture", str(tmp_path / "no" / "cell.png")], "en") == 2
    assert "could not be written" in capsys.readouterr().err


# From the recipe to the exit code


@pytest.fixture
def recipe(monkeypatch):
    """Stand in for the recipe: what it is given is kept, what it should do is set by the test."""
    calls = []

    def work(inputs, output=None, *, workers, limits, on_progress):
        calls.append({"inputs": inputs, "output": output, "workers": workers, "limits": limits})
        on_progress(1, 2, "a.pdf")
        if stand_in.fault:
            raise stand_in.fault
        return stand_in.result

    made = summary([document()], [finding()], [check("sum.total", "pass")], version=VERSION)
    stand_in = SimpleNamespace(fault=None, result=made, calls=calls)
    monkeypatch.setattr("pipeline.run.run", work)
    monkeypatch.setattr("pipeline.run.check", work)
    return stand_in


def test_run_tells_everything_and_where_the_dataset_is(capsys, recipe) -> None:
    assert run_cli(["run", "a.pdf", "b", "--output", "out", "--workers", "3"], "en") == 0
    told = capsys.readouterr()
    assert recipe.calls[0]["inputs"] == (Path("a.pdf"), Path("b"))
    assert (recipe.calls[0]["output"], recipe.calls[0]["workers"]) == (Path("out"), 3)
    for expected in ("plan_valle_azul.pdf", "Page 4.", "1 sum was verified: it adds up."):
        assert expected in told.out
    assert told.out.endswith("Dataset: out/current (version 0123456789abcdef)\n")
    assert told.err == ""


def test_run_reads_the_samples_when_nothing_is_named(recipe) -> None:
    assert run_cli(["run", "--timeout", "7"], "es") == 0
    assert recipe.calls[0]["inputs"] == (Path("data/raw"),)
    assert recipe.calls[0]["output"] == Path("data/processed")
    assert recipe.calls[0]["limits"].deadline(1000) == 7


def test_run_prints_only_json_when_asked(capsys, recipe) -> None:
    assert run_cli(["run", "--json", "--fail-on", "error"], "es") == 1
    content = json.loads(capsys.readouterr().out)
    assert content["exit_code"] == 1
    assert [row["document_id"] for row in content["documents"]] == [OKAY]


def test_check_publishes_nothing(capsys, recipe) -> None:
    assert run_cli(["check", "a.pdf", "--fail-on", "warning"], "es") == 1
    assert recipe.calls[0]["output"] is None
    assert "Conjunto de datos" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "fault", "code", "sentence"),
    [
        ("run", NoReports(), 4, "There is no report to read in: a.pdf"),
        ("check", NoReports(), 2, "There is no report to read in: a.pdf"),
        ("run", DatasetLocked(Path("out")), 5, "Another run holds out"),
        ("run", NotPublished([]), 4, "Nothing was published"),
        ("run", PermissionError(13, "Permission denied"), 4, "Cause: Permission denied"),
        ("run", KeyboardInterrupt(), 130, "Interrupted"),
    ],
)
def test_what_stops_a_run(capsys, recipe, command, fault, code, sentence) -> None:
    recipe.fault = fault
    assert run_cli([command, "a.pdf"], "en") == code
    told = capsys.readouterr()
    assert sentence in told.err
    assert told.out == ""


# The whole of it, as a person types it


@pytest.fixture(scope="module")
def ended(tmp_path_factory):
    """Run once on a sample, a file that is no report and a name that leads nowhere."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "roto.pdf").write_bytes(b"%PDF-1.7 and no more")
    sample = ROOT / "data" / "raw" / "avance-compromiso.pdf"
    inputs = [str(sample), str(folder / "roto.pdf"), str(folder / "nada.pdf")]
    args = ["run", *inputs, "--output", str(folder / "set"), "--lang", "en"]
    return type_cuadra(*args), folder / "set"


def type_cuadra(*args):
    command = [str(Path(sys.executable).with_name("cuadra")), *args]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def test_a_bad_file_stops_no_other(ended) -> None:
    result, dataset = ended
    assert result.returncode == 3, result.stderr
    assert result.stderr == ""
    rows = parquet.read_table(dataset / "current" / "documents.parquet").to_pylist()
    assert {Path(row["source"]).name: row["status"] for row in rows} == {
        "avance-compromiso.pdf": "ok",
        "roto.pdf": "failed",
        "nada.pdf": "failed",
    }
    assert result.stdout.splitlines()[-1].startswith(f"Dataset: {dataset}/current (version ")


def test_the_cell_of_a_published_value(ended, tmp_path: Path) -> None:
    dataset = ended[1]
    rows = parquet.read_table(dataset / "current" / "activities.parquet").to_pylist()
    record = next(row["activity_id"] for row in rows if row["percent_complete"] is not None)
    args = ["show", record, "percent_complete", "--dataset", str(dataset), "--lang", "es"]
    result = type_cuadra(*args, "--picture", str(tmp_path / "cell.png"))
    assert result.returncode == 0, result.stderr
    assert "pág. 1" in result.stdout
    with Image.open(tmp_path / "cell.png") as image:
        assert image.format == "PNG"


def test_check_in_json_and_by_its_exit_code(tmp_path: Path) -> None:
    sample = "data/raw/avance-compromiso.txt"
    result = type_cuadra("check", sample, "--json", "--fail-on", "warning")
    content = json.loads(result.stdout)
    assert [row["source"] for row in content["documents"]] == [sample]
    grave = [row for row in content["findings"] if row["severity"] in {"error", "warning"}]
    assert result.returncode == content["exit_code"] == (1 if grave else 0)
    assert result.stderr == ""


def test_a_folder_without_reports(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    output = tmp_path / "set"
    result = type_cuadra("run", str(tmp_path / "empty"), "--output", str(output), "--lang", "en")
    assert (result.returncode, result.stdout) == (4, "")
    assert "There is no report to read" in result.stderr
    assert not (output / "current").exists()
