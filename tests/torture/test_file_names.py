"""Names and paths as archives have them: read, or left aside by name; never waited for."""

import json
import os
import socket
import unicodedata
from pathlib import Path

import pytest

from pipeline.report import summary_json
from pipeline.run import run

TEXT = "Informe número {}\n\nAcción\tMeta\nReparar el camino\t{} km\n"
READ = [
    b"two words.txt", "ñandú.txt".encode(), unicodedata.normalize("NFD", "ñandú.txt").encode(),
    b"ca\xf1o.txt", b"\xff\xfe.txt", b"line\nbreak.txt", b"tab\there.txt", b"bell\x07.txt",
    b"it's.txt", b'quo"te.txt', b"-v.txt", b"--output=x.txt", b"$(id).txt", b"`id`.txt",
    b"%s%n.txt", b"=1+1.txt", b"[bold]x[/bold].txt", b"a" * 251 + b".txt", "📄.txt".encode(),
    "\u202etxt.fdp.txt".encode(), b"CON.txt", b"a..txt", b"UPPER.TXT", b"back\\slash.txt",
    b"a;b&c|d.txt", b"https:.txt", b"folder.pdf/inside.txt", b"d/" * 40 + b"deep.txt",
]  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("names") / "in"
    for number, name in enumerate(READ):
        path = os.fsencode(folder) + b"/" + name
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        with open(path, "wb") as file:  # noqa: PTH123
            file.write(TEXT.format(number, number).encode())
    return folder


@pytest.fixture(scope="module")
def left_aside(archive):
    """What is in the folder and no report: made so that opening it would hang or leave."""
    outside = archive.parent / "outside.txt"
    outside.write_text("private")
    (archive / ".hidden.txt").write_text("hidden")
    (archive / ".pdf").mkdir()
    (archive / "dangling.pdf").symlink_to("nowhere")
    (archive / "around.pdf").symlink_to("around.pdf")
    (archive / "outside.pdf").symlink_to(outside)
    (archive / "device.pdf").symlink_to("/dev/zero")
    os.mkfifo(archive / "pipe.pdf")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(archive)
        server.bind("socket.pdf")
        os.chdir(here)
    names = (".hidden.txt", ".pdf", "dangling.pdf", "around.pdf", "outside.pdf", "device.pdf")
    return {*names, "pipe.pdf", "socket.pdf"}


def test_every_name_is_read_or_told(archive, left_aside, passed):
    output = archive.parent / "out"
    summary = run([archive], output, workers=1)
    sources = {os.fsencode(str(row["source"]).encode().decode("unicode_escape"))
               if "\\udc" in str(row["source"]) else os.fsencode(str(row["source"]))
               for row in summary.documents}  # fmt: skip
    assert len(summary.documents) == len(READ)
    assert len(sources & {os.fsencode(archive) + b"/" + name for name in READ}) >= len(READ) - 2
    assert {row["status"] for row in summary.documents} == {"ok"}
    assert {path.name for path in summary.skipped} == left_aside
    assert json.loads(summary_json(summary, output, 0))["work"]["read"] == len(READ)
    again = run([archive], output, workers=1)
    assert again.work == {"read": 0, "known": len(READ), "duplicates": 0}
    assert again.version.name == summary.version.name


def test_special_files_given_by_name_are_refused_by_name(archive, left_aside, passed, tmp_path):
    names = ("pipe.pdf", "device.pdf", "socket.pdf", "around.pdf", "two words.txt")
    summary = run([archive / name for name in names], tmp_path / "out", workers=1)
    told = {Path(str(row["source"])).name: row["error"] for row in summary.documents}
    assert told == {
        "pipe.pdf": "unreadable_file",
        "device.pdf": "unreadable_file",
        "socket.pdf": "unreadable_file",
        "around.pdf": "missing",
        "two words.txt": None,
    }
