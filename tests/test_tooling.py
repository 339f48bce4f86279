"""What the papers say is so: links, options, tables, targets; and no test reaches the network."""

import os
import re
import socket
import subprocess
import tomllib
from pathlib import Path

import pytest

from pipeline.cli import build_cli
from pipeline.messages import LANGUAGES

ROOT = Path(__file__).resolve().parents[1]
READMES = {"en": ROOT / "README.md", "es": ROOT / "README.es.md"}
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_links_between_papers_lead_somewhere(paper: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", paper.read_text(encoding="utf-8"))
    assert [link for link in links if not (paper.parent / link).exists()] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_option_is_in_the_readme(lang: str) -> None:
    text = READMES[lang].read_text(encoding="utf-8")
    for name, command in build_cli(lang).commands.items():
        assert f"cuadra {name}" in text
        flags = {flag for param in command.params for flag in param.opts if flag.startswith("--")}
        assert {flag for flag in flags - {"--help"} if f"`{flag}" not in text} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_of_the_dataset_is_in_the_readme(lang: str) -> None:
    schema = tomllib.loads((ROOT / "pipeline/dataset/schema.toml").read_text(encoding="utf-8"))
    text = READMES[lang].read_text(encoding="utf-8")
    assert {name for name in schema["tables"] if f"`{name}`" not in text} == set()


def test_every_target_of_the_makefile_is_explained() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.findall(r"^\.PHONY: (.+)$", text, re.M)[0].split())
    command = ["make", "--no-print-directory", "help"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert {line.split()[0] for line in shown.stdout.splitlines()} == phony


def test_integration_runs_what_a_person_runs() -> None:
    assert "run: .ci/run" in (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    assert "make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", [".ci/run", "scripts/setup.sh"])
def test_scripts_are_executable_and_well_formed(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    checked = subprocess.run(["bash", "-n", script], cwd=ROOT, capture_output=True, check=False)
    assert checked.stderr == b""


def test_no_test_reaches_the_network() -> None:
    with socket.socket() as client, pytest.raises(RuntimeError, match="reach the network"):
        client.connect(("127.0.0.1", 9))
    with socket.socket() as client, pytest.raises(RuntimeError, match="reach the network"):
        client.connect_ex(("127.0.0.1", 9))
