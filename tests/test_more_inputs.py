"""Standard input and addresses, on the command line."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

CUADRA = (sys.executable, "-m", "pipeline.cli")
REPORT = "Informe de avance\nActividad\tAvance\nSeñalizar rutas\t72%\nPintar\t50%\n".encode()


def cuadra(*args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*CUADRA, *args], input=stdin, capture_output=True, check=False)


def spooled() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("cuadra-stdin-*"))


def test_the_tables_of_standard_input() -> None:
    before = spooled()
    ran = cuadra("tables", "-", "--format", "csv", stdin=REPORT)
    assert ran.returncode == 0
    assert ran.stdout.decode().splitlines()[0].lstrip("\ufeff") == "Actividad,Avance"
    assert spooled() <= before


def test_a_run_of_standard_input_names_it_so(tmp_path: Path) -> None:
    ran = cuadra("run", "-", "--output", str(tmp_path), "--json", stdin=REPORT)
    assert ran.returncode == 0, ran.stderr.decode()
    rows = (tmp_path / "current" / "documents.csv").read_text(encoding="utf-8").splitlines()
    header, row = (line.split(",") for line in rows[:2])
    assert row[header.index("source")].lstrip("'") == "-"  # CSV guards it against formulas
    assert json.loads(ran.stdout)


def test_nothing_on_standard_input_is_an_empty_file() -> None:
    ran = cuadra("tables", "-", "--lang", "en")
    assert (ran.returncode, ran.stdout) == (3, b"")
    assert "The file - is empty." in ran.stderr.decode()


@pytest.mark.parametrize("command", ["tables", "check"])
@pytest.mark.parametrize(
    ("lang", "sentence"), [("es", "es una dirección"), ("en", "is an address, and cuadra opens")]
)
def test_an_address_is_refused_in_plain_words(command: str, lang: str, sentence: str) -> None:
    ran = cuadra(command, "https://example.org/a.pdf", "--lang", lang)
    assert (ran.returncode, ran.stdout) == (2, b"")
    told = ran.stderr.decode()
    assert sentence in told and "https://example.org/a.pdf" in told
    assert "Traceback" not in told
