"""Real pages say what was seen on them: one test a table, where the reports lie beside us."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import facts
import pytest
from facts import TableFacts, check_table

from extractors.read import read_document
from pipeline.model import Block, Document, Table

TABLES = list(facts.load_facts())
KNOWN = tomllib.loads(Path(__file__).with_name("known.toml").read_text(encoding="utf-8"))["tables"]


def key(table: TableFacts) -> str:
    """The table's name, and which of those with that name it is."""
    alike = [one for one in TABLES if one.name == table.name]
    return f"{table.name} #{alike.index(table) + 1}"


@cache
def _read(path: Path) -> Document:
    return read_document(path, path.name)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_table_is_read_as_seen(table: TableFacts, shared_reports: Path):
    path = shared_reports / "real" / table.file
    if not path.is_file():
        pytest.skip(f"this report is not here: {path}")
    known = KNOWN.get(key(table), {"facts": []})
    wrong = [fact for fact in check_table(table, _read(path)) if not fact.reproduced]
    new = [fact for fact in wrong if fact.place not in known["facts"]]
    told = "; ".join(f"{fact.place}: {fact.found!r}, seen {fact.wanted!r}" for fact in new)
    assert not new, f"{table.name}: {told}"
    mended = set(known["facts"]) - {fact.place for fact in wrong}
    # What a scan gives depends on the language data installed; what print gives, on nothing.
    assert table.style == "scanned" or not mended, f"take out of known.toml: {sorted(mended)}"
    if known["facts"]:
        pytest.xfail(known["reason"])


def test_known_faults_are_of_tables_that_are():
    assert set(KNOWN) <= {key(table) for table in TABLES}


def test_facts_are_enough_and_of_every_style():
    styles = {table.style for table in TABLES}
    assert styles == set(facts.STYLES)
    assert len(TABLES) >= 60
    assert all(len(table.cells) >= 3 or table.rows for table in TABLES)


def test_facts_hold_no_words():
    for table in TABLES:
        for row, column, text in table.cells:
            hashed = text.startswith("#") and len(text) == facts.HASH_LENGTH + 1
            assert hashed or facts.FIGURE.fullmatch(text), f"{table.name}, cell {row},{column}"


def test_wrong_cell_is_named():
    cells = ((1, 1, "12"), (2, 1, "7"), (-1, -1, facts.hash_letters("Órgano 1")), (3, 1, "9"))
    seen = TableFacts("made", "made.pdf", 1, 1, "ruled", 2, 2, cells)
    texts = (("12", ""), ("8", "ORGANO  1"))
    rows = tuple(tuple(Block(text, page=1) for text in row) for row in texts)
    checked = check_table(seen, Document("made", "0" * 64, tables=(Table(1, rows),)))
    wrong = {fact.place: (fact.wanted, fact.found) for fact in checked if not fact.reproduced}
    assert wrong == {"cell 2,1": ("7", "8"), "cell 3,1": ("9", "?")}


def test_unread_page_reproduces_nothing():
    seen = TableFacts("made", "made.pdf", 2, 1, "ruled", 1, 1, ((1, 1, ""),))
    checked = check_table(seen, Document("made", "0" * 64))
    assert not any(fact.reproduced for fact in checked)
