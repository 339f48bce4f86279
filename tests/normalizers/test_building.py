"""Records in the making: identifiers by content and position, commitments found again."""

from dataclasses import replace

import pytest
from literal import block

from normalizers.building import Building, carried, split_number
from normalizers.values import Context
from pipeline.model import Value

DOCUMENT = "0123456789abcdef"


@pytest.fixture
def building() -> Building:
    return Building(DOCUMENT, Context())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3.1.1 Caminos rurales", ("3.1.1", "Caminos rurales")),
        ("3. Caminos", ("3", "Caminos")),
        ("Compromiso N° 4: Caminos", ("4", "Caminos")),
        ("LÍNEA DE ACCIÓN 2.1 – Caminos", ("2.1", "Caminos")),
        ("Subcomponente 5 Caminos", ("5", "Caminos")),
        ("Compromiso N° 4:Caminos", ("4", "Caminos")),
        ("Compromiso 4: «Caminos»", ("4", "«Caminos»")),
        ("Caminos 3", ("", "Caminos 3")),
        ("3-D en las escuelas", ("", "3-D en las escuelas")),
        ("3", ("", "3")),
        ("2031 Caminos", ("", "2031 Caminos")),  # a year is no number
        ("10 % de los caminos", ("", "10 % de los caminos")),
        ("", ("", "")),
    ],
)
def test_numbered_labels(text: str, expected: tuple[str, str]) -> None:
    assert split_number(text) == expected


def test_identifiers_count_each_kind(building: Building) -> None:
    kinds = ("commitment", "activity", "activity", "stated_figure", "measure", "section",
             "budget_line")  # fmt: skip
    made = [building.add(kind, {}).record_id for kind in kinds]
    letters = ("c001", "a001", "a002", "f001", "m001", "s001", "b001")
    assert made == [f"{DOCUMENT}-{one}" for one in letters]
    assert [record.record_id for record in building.records] == made


def test_a_commitment_is_one_under_its_axis(building: Building) -> None:
    agua, bosque = block("Agua"), block("Bosque")
    first = building.commitment(block("3.1 Abrir\nactas"), agua)
    assert building.commitment(block("3.1 ABRIR ACTAS"), block("AGUA")) == first
    assert building.commitment(block("3.1 Abrir actas"), bosque) != first
    record = building.get(first)
    assert record and {name: value.value for name, value in record.fields.items()} == {
        "axis": "Agua", "number": "3.1", "title": "Abrir actas",
    }  # fmt: skip


def test_a_blank_label_is_a_missing_title(building: Building) -> None:
    record = building.get(building.commitment(block(""), block("Agua")))
    assert record and record.fields["title"] == Value(None, block(""), "missing", "blank")


def test_an_axis_alone_groups_activities_too(building: Building) -> None:
    record = building.get(building.commitment(None, block("Agua")))
    assert record and set(record.fields) == {"axis"}


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("3.1 Abrir actas", True),
        ("3.1 Otro título", True),  # the number decides
        ("3.2 Abrir actas", False),
        ("Medir los POZOS", True),  # by its title where it has no number
        ("Pozos", False),
    ],
)
def test_a_commitment_named_in_another_table(building: Building, label: str, found: bool) -> None:
    building.commitment(block("3.1 Abrir actas"), None)
    building.commitment(block("Medir los pozos"), None)
    assert bool(building.find_commitment(block(label))) is found


def test_a_record_put_in_place_of_another(building: Building) -> None:
    one, two = building.add("activity", {}), building.add("activity", {})
    building.replace(replace(one, parent_id="x"))
    assert [record.parent_id for record in building.records] == ["x", ""]
    assert building.get(two.record_id) == two
    assert building.get("nobody") is None


def test_only_a_reported_value_becomes_a_carried_one() -> None:
    assert carried(Value("a", block("a")), "merged") == Value("a", block("a"), "carried", "merged")
    missing = Value(None, block(""), "missing", "blank")
    assert carried(missing, "merged") == missing
