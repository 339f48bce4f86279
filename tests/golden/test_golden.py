"""Every family's sample report becomes the records that a reader would write down."""

import json
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from sample_readings import FAMILIES, FORMATS, read_sample, tell_record

from pipeline.model import Record

HERE = Path(__file__).parent
GOLDEN: dict[str, dict[str, Any]] = {
    path.parent.name: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(HERE.glob("*/records.json"))
}
CASES = [(family, form) for family in GOLDEN for form in FORMATS]
FAULTS = [
    pytest.param(
        family, form, fault,
        marks=pytest.mark.xfail(strict=True, reason=fault["why"]),
        id=f"{family}-{form}-{fault['record']}-{fault['field']}",
    )
    for family, golden in GOLDEN.items()
    for fault in golden["known_faults"]
    for form in fault["formats"]
]  # fmt: skip

Facts = dict[tuple[str, str], Any]


def facts(told: list[dict[str, Any]]) -> Facts:
    """(record, field) -> (value, state), and what else a record is."""
    found: Facts = {}
    for record in told:
        name = record["id"]
        found[name, "kind"] = record["kind"]
        found[name, "parent"] = record.get("parent", "")
        found[name, "others"] = record.get("others", [])
        for field, value in record["fields"].items():
            found[name, field] = [value, record["states"].get(field, "reported")]
    return found


def expected(family: str, form: str) -> Facts:
    golden = GOLDEN[family]
    found = facts(golden["records"])
    lost = golden["lost_in_text"] if form == "txt" else {}
    return found | {(name, field): value for name, fields in lost.items()
                    for field, value in fields.items()}  # fmt: skip


def read(family: str, form: str) -> Facts:
    records = read_sample(FAMILIES[family], form).records
    return facts([tell_record(record) for record in records if not runs(record)])


def runs(record: Record) -> bool:
    """Whether a section holds the running lines of pages."""
    return record.kind == "section" and record.get("level") == 0


def is_of(fault: dict[str, Any], fact: tuple[str, str]) -> bool:
    return fnmatch(fact[0], fault["record"]) and fnmatch(fact[1], fault["field"])


def differences(family: str, form: str) -> dict[tuple[str, str], tuple[Any, Any]]:
    """What is expected and what is read, where these are not the same."""
    wanted, found = expected(family, form), read(family, form)
    return {
        fact: (wanted.get(fact), found.get(fact))
        for fact in sorted(wanted.keys() | found.keys())
        if wanted.get(fact) != found.get(fact)
    }


def test_every_family_has_its_golden_records() -> None:
    assert {name: golden["report"] for name, golden in GOLDEN.items()} == FAMILIES


@pytest.mark.parametrize(("family", "form"), CASES)
def test_the_sample_becomes_its_golden_records(family: str, form: str) -> None:
    faults = [one for one in GOLDEN[family]["known_faults"] if form in one["formats"]]
    told = differences(family, form)
    assert {f: d for f, d in told.items() if not any(is_of(one, f) for one in faults)} == {}


@pytest.mark.parametrize(("family", "form", "fault"), FAULTS)
def test_known_faults(family: str, form: str, fault: dict[str, Any]) -> None:
    assert [fact for fact in differences(family, form) if is_of(fault, fact)] == []


@pytest.mark.parametrize("family", GOLDEN)
def test_records_stand_in_reading_order(family: str) -> None:
    told = [tell_record(one)["id"] for one in read_sample(FAMILIES[family], "txt").records]
    assert told == [record["id"] for record in GOLDEN[family]["records"]]


@pytest.mark.parametrize("family", GOLDEN)
def test_text_and_pdf_tell_the_same(family: str) -> None:
    """But for what the text has lost, and what is read wrong today."""
    golden = GOLDEN[family]
    text, pdf = read(family, "txt"), read(family, "pdf")
    differ = {fact for fact in text.keys() | pdf.keys() if text.get(fact) != pdf.get(fact)}
    lost = {(name, field) for name, fields in golden["lost_in_text"].items() for field in fields}
    wrong = {fact for fact in differ if any(is_of(one, fact) for one in golden["known_faults"])}
    assert differ - wrong == lost


@pytest.mark.parametrize("family", GOLDEN)
def test_the_pdf_s_page_numbers_are_set_apart(family: str) -> None:
    reading = read_sample(FAMILIES[family], "pdf")
    pages = "\n".join(f"Página {n}" for n in range(1, reading.document.page_count + 1))
    (apart,) = [one for one in reading.records if runs(one)]
    assert apart.get("text").endswith(pages)  # after the contents, where there is a table of them


@pytest.mark.parametrize(("family", "form"), CASES)
def test_every_value_says_where_it_is_printed(family: str, form: str) -> None:
    for record in read_sample(FAMILIES[family], form).records:
        for name, value in record.fields.items():
            for place in value.block.places() if value.block else ():
                where = place.line if form == "txt" else place.page and place.bbox
                assert where, (record.record_id, name)
