"""The measures of `benchmarks/` tell right from wrong: on tables and pages made here."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipeline.model import Block, Document, Repair, Table

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))

from completeness import count_characters, count_printed, count_published, count_unread
from tables_gold import Known
from tables_manifest import amount, holds_run
from tables_score import Score, find_relations, score_page
from tables_set_again import set_again
from twins import find_amounts

GOLD = [["Acción", "Meta", "Monto"], ["Publicar el plan", "", "1,200.50"], ["Informar", "3", "0"]]


def test_relations_pass_over_blanks():
    assert find_relations([[["a", "", "b"], ["c", "d", ""]]]) == {
        ("a", "b", "right"): 1,
        ("c", "d", "right"): 1,
        ("a", "c", "below"): 1,
    }


def test_same_cells_score_one_whatever_their_spaces():
    spaced = [[" Acción", "Meta", "Mon\nto"], ["Publicar el  plan", "", "1,200.50"], GOLD[2]]
    assert score_page([GOLD], [spaced]).f1 == 1.0


@pytest.mark.parametrize(
    ("found", "right", "relations"),
    [
        ([], 0, 0),
        ([GOLD[:2]], 5, 5),  # a row lost: what touches it
        ([GOLD, [["Índice", "1"]]], 10, 11),  # a table that is none
        ([[GOLD[0], ["Publicar el plan", "1,200.50", ""], GOLD[2]]], 7, 10),  # a cell moved
    ],
)
def test_faults_cost(found: list[list[list[str]]], right: int, relations: int):
    assert score_page([GOLD], found) == Score(right, relations, 10)


def test_similar_text_counts_only_where_asked():
    read = [["Acclón del comité de integridad", "7"]]
    gold = [["Acción del comité de integridad", "7"]]
    assert score_page([gold], [read]).right == 0
    assert score_page([gold], [read], similar=True).right == 1
    assert score_page([[["1,200.50", "7"]]], [[["1,200.60", "7"]]], similar=True).right == 0


@pytest.mark.parametrize("kind", ["horizontal", "unruled"])
def test_table_set_again_holds_its_gold(tmp_path: Path, kind: str):
    rows = [GOLD[0], *([f"Acción número {n}, con palabras", "", f"{n}.50"] for n in range(90))]
    known = Known(tmp_path / "made_chromium_ruled.pdf", "ruled", 1, {1: [rows]})
    made = set_again(known, tmp_path, kind)
    assert made.path.name == f"made_reportlab_{kind}.pdf"
    assert made.page_count > 1
    printed = count_printed(made.path)
    for page, tables in made.pages.items():
        texts = "".join(cell for table in tables for row in table for cell in row)
        assert not count_characters(texts) - printed[page]
        assert tables[0][0] == GOLD[0]
    assert sum(len(table) - 1 for tables in made.pages.values() for table in tables) == 90


def test_what_is_published_is_counted_once_by_page():
    cut = Block("ab", page=1, parts=(Block("a", page=1), Block("b", page=2)))
    unread = Repair("unread", Block("", page=1), {"characters": "3"})
    document = Document(
        "made",
        "0" * 64,
        tables=(Table(1, ((cut, None),)),),
        prose=(Block("b c", page=2),),
        repairs=(unread,),
    )
    assert count_published(document) == {1: {"a": 1}, 2: {"b": 2, "c": 1}}
    assert count_unread(document) == 3


def test_amounts_are_told_from_other_numbers():
    told = "En 2020, 12/10/2020: $ 50.00, $500, 20 %, -5,845,495.55 y 7 acciones"
    assert find_amounts(told) == {"50.00": 1, "500": 1, "20": 1, "-5,845,495.55": 1}


def test_runs_of_numbers_stand_in_one_row():
    row = ["999", "TOTAL", "$ 1,200.50", "(30.00)", "4 %", "n/a"]
    assert holds_run(row, [1200.5, -30, 4])
    assert not holds_run(row, [1200.5, 4])
    assert amount("3 de 4") is None
