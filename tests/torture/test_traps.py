"""Every trap and every damaged report ends in a named state, and no neighbour notices."""

import json
import shutil
from pathlib import Path

import pytest
from extent import LONG
from mutations import mutate
from sample_readings import RAW
from traps import SLOW, TRAPS

from pipeline.engine import Limits
from pipeline.errors import ERRORS
from pipeline.run import _judge, _ledger, _refresh
from pipeline.validation import suites

NEIGHBOURS = ("avance-compromiso.pdf", "plan-nacional.txt", "seguimiento-anticorrupcion.txt")
LIMITS = Limits()
MUTANTS = 500 if LONG else 18


def read_folder(folder: Path) -> dict[str, list[dict[str, object]]]:
    """The rows of every table, of a run without publication and without suites."""
    from extractors.sources import find_sources

    found = find_sources([folder])
    with pytest.MonkeyPatch.context() as patch, _ledger(None, LIMITS) as ledger:
        patch.setattr(suites, "preload", lambda: None)
        fresh = _refresh(found, ledger, 2, LIMITS, lambda done, total, source: None)
        frames = _judge(found, fresh, ledger)
    return {name: frame.to_dict("records") for name, frame in frames.items()}


def put_neighbours(folder: Path) -> None:
    for place, name in enumerate(NEIGHBOURS):
        shutil.copy(RAW / name, folder / f"{'amz'[place]}-{name}")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The tables of a folder with every trap in it."""
    folder = tmp_path_factory.mktemp("hostile")
    reports = sorted([*RAW.glob("*.pdf"), *RAW.glob("*.txt")])
    made = {name: maker() for name, maker in TRAPS.items() if LONG or name not in SLOW}
    for name, data in {**made, **mutate(reports, MUTANTS)}.items():
        (folder / (name if "." in name else f"{name}.pdf")).write_bytes(data)
    put_neighbours(folder)
    return folder, read_folder(folder)


def test_there_are_enough_traps():
    assert len(set(TRAPS) - SLOW) >= 60


def test_every_file_is_there_and_its_end_has_a_name(hostile):
    folder, tables = hostile
    rows = {Path(str(row["source"])).name: row for row in tables["documents"]}

    told = [row["other_sources"] for row in rows.values()]
    others = sum(len(json.loads(names)) for names in told if isinstance(names, str))
    assert len(rows) + others == len(list(folder.iterdir()))
    for row in rows.values():
        assert row["status"] in {"ok", "partial", "failed"}
        assert (row["error"] in ERRORS) if row["status"] != "ok" else True
        if row["status"] == "failed":
            assert len(str(row["error_message"])) > 30 and len(str(row["error_message_en"])) > 30


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("empty.pdf", "empty"),
        ("zero-pages.pdf", "damaged_unreadable"),
        ("user-password.pdf", "encrypted"),
        ("unknown-security.pdf", "encrypted"),
        ("half-utf16.txt", "unknown_encoding"),
        ("two-encodings.txt", "unknown_encoding"),
        ("cut-at-1-tenths.pdf", "damaged_unreadable"),
    ],
)
def test_what_cannot_be_read_says_why(hostile, name, error):
    (row,) = (row for row in hostile[1]["documents"] if Path(str(row["source"])).name == name)
    assert (row["status"], row["error"]) == ("failed", error)


def test_the_neighbours_are_as_without_them(hostile, tmp_path):
    put_neighbours(tmp_path)
    alone, tables = read_folder(tmp_path), hostile[1]
    identifiers = {row["document_id"] for row in alone["documents"]}
    assert len(identifiers) == len(NEIGHBOURS)
    for name, rows in alone.items():
        beside = [row for row in tables[name] if owner(row) in identifiers]
        assert repr(plain(beside)) == repr(plain(rows)), name


def owner(row: dict[str, object]) -> object:
    return row.get("document_id") or str(row.get("record_id", "")).partition("-")[0]


def plain(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{name: value for name, value in row.items() if name != "source"} for row in rows]
