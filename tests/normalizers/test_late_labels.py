"""A label printed on the page after its first rows: noted, and the carried one kept."""

import pytest
from literal import block

from normalizers.building import Building
from normalizers.labels import Label
from normalizers.late_labels import note_late_labels
from normalizers.values import Context
from pipeline.model import Repair, Value

OLD, NEW = block("Aguas subterráneas", 3), block("Caminos vecinales", 9)


def noted(*descriptions: str, new: Label | None = None, old: Label | None = None) -> list[int]:
    """Which of these activities got a repair when the label changed."""
    building = Building("0" * 16, Context())
    for at, text in enumerate(descriptions):
        building.add("activity", {"description": Value(text, block(text, 4 + at))})
    before = {"axis": old or Label(OLD)}
    note_late_labels(building, before, {"axis": new or Label(NEW)})
    return [at for at, one in enumerate(building.of("activity")) if one.repairs]


@pytest.mark.parametrize(
    ("descriptions", "expected"),
    [
        (["Medir las aguas subterráneas", "Reparar los caminos vecinales"], [1]),
        (["Trazar caminos vecinales", "Reparar los camino vecinal"], [0, 1]),  # other forms
        (["Trazar caminos vecinales", "Medir el agua"], []),  # only the last ones, without a gap
        (["Medir el agua"], []),
        (["Reparar los caminos"], []),  # one word of the label is too little
        (["Caminos vecinales junto a las aguas subterráneas"], []),  # names the old one too
        ([], []),
    ],
)
def test_rows_that_the_new_label_names(descriptions: list[str], expected: list[int]) -> None:
    assert noted(*descriptions) == expected


@pytest.mark.parametrize("new", [Label(NEW, carried=True), Label(block(" "))])
def test_a_label_that_is_not_new_says_nothing(new: Label) -> None:
    assert noted("Reparar los caminos vecinales", new=new) == []


def test_the_record_says_which_label_and_which_it_carries() -> None:
    building = Building("0" * 16, Context())
    row = block("Reparar los caminos vecinales", 7)
    building.add("activity", {"description": Value(row.text, row)}, parent_id="c")
    note_late_labels(building, {"axis": Label(OLD)}, {"axis": Label(NEW)})
    (record,) = building.records
    detail = {"label": "Caminos vecinales", "carried": "Aguas subterráneas"}
    assert record.repairs == (Repair("label_carried", row, detail),)
    assert record.parent_id == "c"
