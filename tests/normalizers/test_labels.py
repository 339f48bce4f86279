"""Labels that stand once for many rows."""

import pytest
from literal import block, page_table, table

from normalizers.labels import Label, Labels, cell_at
from pipeline.model import Block, Table


def held(*rows: dict[str, str | None]) -> list[dict[str, tuple[str, bool]]]:
    labels = Labels()
    taken = [
        labels.take({name: None if text is None else block(text) for name, text in row.items()})
        for row in rows
    ]
    return [{name: (one.block.text, one.carried) for name, one in row.items()} for row in taken]


def test_a_label_holds_until_the_next() -> None:
    assert held({"axis": "Agua"}, {"axis": ""}, {"axis": None}, {"axis": "Bosque"}) == [
        {"axis": ("Agua", False)},
        {"axis": ("Agua", True)},
        {"axis": ("Agua", True)},
        {"axis": ("Bosque", False)},
    ]


def test_a_new_label_above_empties_the_blank_ones_below() -> None:
    first = {"axis": "Agua", "commitment": "Pozos", "objective": "Medir"}
    second = {"axis": "Bosque", "commitment": "", "objective": ""}
    assert held(first, second)[1] == {
        "axis": ("Bosque", False),
        "commitment": ("", False),
        "objective": ("", False),
    }


def test_a_place_that_the_cell_above_covers_holds_under_a_new_label_too() -> None:
    first = {"axis": "Agua", "commitment": "Pozos"}
    assert held(first, {"axis": "Bosque", "commitment": None})[1]["commitment"] == ("Pozos", True)


def test_a_new_label_below_leaves_those_above() -> None:
    first = {"axis": "Agua", "commitment": "Pozos"}
    assert held(first, {"axis": "", "commitment": "Tomas"})[1] == {
        "axis": ("Agua", True),
        "commitment": ("Tomas", False),
    }


def test_before_any_label_nothing_holds() -> None:
    assert held({"axis": "", "commitment": None}) == [{}]


def test_what_was_taken_does_not_change_later() -> None:
    labels = Labels()
    first = labels.take({"axis": block("Agua")})
    labels.take({"axis": block("Bosque")})
    assert first == {"axis": Label(block("Agua"))}


MERGED = table([["Actividad", "Área"], ["Medir", "Obras"], ["Limpiar", None], ["Podar", ""]],
               header_rows=1)  # fmt: skip


@pytest.mark.parametrize(
    ("row", "column", "text", "from_above"),
    [(1, 1, "Obras", False), (2, 1, "Obras", True), (3, 1, "", False), (2, 0, "Limpiar", False)],
)
def test_the_cell_that_holds_for_a_place(
    row: int, column: int, text: str, from_above: bool
) -> None:
    cell, above = cell_at(MERGED, row, column)
    assert cell is not None
    assert (cell.text, above) == (text, from_above)


def test_the_header_is_no_row_above() -> None:
    whole = table([["Actividad", "Área"], ["Medir", None]], header_rows=1)
    assert cell_at(whole, 1, 1) == (None, False)


def test_a_place_that_a_cell_to_the_left_spans_has_nothing_of_its_own() -> None:
    rows = page_table([["Meta", "Área"], ["Diez", "Obras"], ["Total", None]], page=1).rows
    wide = Block("Total", page=1, bbox=(50, 140, 250, 160), column_span=2)
    assert cell_at(Table(1, (*rows[:2], (wide, None)), header_rows=1), 2, 1) == (None, False)
