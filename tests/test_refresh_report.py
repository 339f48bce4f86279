"""What a refresh tells a person and a machine; the limits and `--debug` on the command line."""

import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from pipeline import report
from pipeline.cli import run_cli
from pipeline.engine import Limits
from pipeline.run import Summary


def document(number, status="ok", error=None):
    return {
        "document_id": f"{number:016x}",
        "source": f"in/{number}.pdf",
        "profile": "",
        "status": status,
        "error": error,
        "error_message": "No se leyó.",
        "page_count": 1,
        "commitments": 0,
        "activities": 0,
        "records": 1,
    }


def finding(number):
    return {
        "finding_id": f"f{number}",
        "check": "sum.total",
        "severity": "error",
        "document_id": f"{1:016x}",
        "record_id": None,
        "page": number,
        "line": None,
        "message_es": f"Hallazgo {number}.",
        "evidence": "[]",
    }


def summary(documents=(), findings=(), **told):
    return Summary(documents, {}, findings, (), **told)


NOTHING = {"new": 0, "changed": 0, "gone": 0}
DONE = summary(
    [document(1), document(2, "failed", "timeout"), document(3, "failed", "timeout"),
     document(4, "failed", "empty"), document(5, "partial", "page_failed")],
    work={"read": 2, "known": 3, "duplicates": 1},
    changes={"documents": NOTHING | {"new": 1, "gone": 2}, "records": NOTHING, "findings": NOTHING},
    quarantined=("in/2.pdf",), changed=(Path("in/7\n.pdf"),), vanished=(Path("in/8.pdf"),),
)  # fmt: skip


def printed(function, *args):
    console = Console(file=StringIO(), width=120, markup=False, emoji=False, highlight=False)
    function(console, *args)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        (
            "es",
            [
                "Archivos leídos ahora: 2; contenidos ya leídos antes: 3; archivos repetidos: 1.",
                "Leídos en parte: 1 (page_failed 1).",
                "No leídos: 3 (timeout 2, empty 1).",
                "En cuarentena, sin volver a intentarlo: 1 (2.pdf).",
                "Documentos: 1 nuevos, 0 cambiados, 2 que ya no están.",
            ],
        ),
        (
            "en",
            [
                "Files read now: 2; contents read before: 3; repeated files: 1.",
                "Not read: 3 (timeout 2, empty 1).",
                "In quarantine, not tried again: 1 (2.pdf). 'cuadra retry' tries them again.",
                "Changed while they were read: 1 (7 .pdf).",
                "Vanished while they were read: 1 (8.pdf).",
                "Documents: 1 new, 0 changed, 2 gone.",
            ],
        ),
    ],
)
def test_a_refresh_tells_what_it_did(lang, sentences):
    text = printed(report.print_work, DONE, lang)
    for sentence in sentences:
        assert sentence in text
    assert "Records" not in text and "Registros" not in text  # nothing of them changed


def test_an_unchanged_archive_is_told_as_such():
    same = summary([document(1)], changes={"documents": NOTHING, "records": NOTHING})
    assert "Nothing changed since the former version." in printed(report.print_work, same, "en")


def test_the_machine_is_told_the_same():
    told = json.loads(report.summary_json(DONE, None, 3))
    assert told["work"] == {"read": 2, "known": 3, "duplicates": 1}
    assert told["reasons"] == {"partial": {"page_failed": 1}, "failed": {"timeout": 2, "empty": 1}}
    assert told["changes"]["documents"] == {"new": 1, "changed": 0, "gone": 2}
    assert (told["quarantined"], told["vanished"]) == (["in/2.pdf"], ["in/8.pdf"])


def test_of_very_many_only_the_troubled_and_the_first_are_shown():
    many = [document(number) for number in range(report.LISTED)] + [
        document(999_999, "failed", "empty")
    ]
    text = printed(report.print_documents, summary(many), "es")
    assert "999999.pdf" in text and " 0.pdf" not in text
    assert f"Otros {report.LISTED} documentos no se muestran" in text
    found = [finding(number) for number in range(report.LISTED + 7)]
    text = printed(report.print_findings, summary(many, found), "es")
    assert f"Hallazgo {report.LISTED - 1}." in text and f"Hallazgo {report.LISTED}." not in text
    assert "y 7 hallazgos más" in text and f"{report.LISTED + 7} errores" in text


@pytest.fixture
def given(monkeypatch):
    """The limits that the recipe was given."""
    kept = []

    def work(*args, limits, **others):
        kept.append(limits)
        return DONE

    for name in ("run", "check", "retry"):
        monkeypatch.setattr(f"pipeline.run.{name}", work)
    return kept


def test_limits_come_from_the_command_line_the_environment_and_a_file(
    given, tmp_path, monkeypatch, capsys
):
    config = tmp_path / "limits.toml"
    config.write_text('[limits]\nseconds = 9\nmemory_bytes = "1GiB"\n')
    monkeypatch.setenv("CUADRA_SECONDS_PER_PAGE", "4")
    for command in (["run", "a"], ["check", "a"], ["retry"]):
        assert run_cli([*command, "--config", str(config), "--memory", "3GiB"], "en") == 3
    assert given == [Limits(9, 4, memory_bytes=3 * 2**30)] * 3
    assert run_cli(["run", "a", "--timeout", "7"], "en") == 3
    assert given[-1].deadline(1_000) == 7


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--memory", "much"], "memory_bytes"),
        (["--config", "nowhere.toml"], "nowhere.toml"),
    ],
)
def test_a_setting_that_cannot_be_ends_with_2(given, capsys, args, sentence):
    assert run_cli(["run", "a", *args], "en") == 2
    assert sentence in capsys.readouterr().err and given == []


def test_only_debug_shows_a_traceback(monkeypatch, capsys):
    def fail(*args, **options):
        raise RuntimeError("of ours")

    monkeypatch.setattr("pipeline.run.run", fail)
    monkeypatch.delenv("CUADRA_DEBUG", raising=False)
    assert run_cli(["run", "a"], "en") == 4
    assert "--debug shows where" in (told := capsys.readouterr().err) and "Traceback" not in told
    assert run_cli(["run", "a", "--debug"], "en") == 4
    assert "RuntimeError: of ours" in capsys.readouterr().err
