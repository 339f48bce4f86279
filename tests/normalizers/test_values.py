"""A printed cell -> the Values of its field: never nothing, never a guess."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from literal import block

from normalizers.dates import DateContext
from normalizers.levels import read_legend
from normalizers.values import Context, read_field, read_text
from pipeline.model import Block, State

FIELDS = [
    "planned", "planned_start", "planned_end", "revised", "percent_complete", "amount",
    "duration_months", "completion", "description", "responsible",
]  # fmt: skip
NOTHING = Context()


def read(name: str, text: str, context: Context = NOTHING) -> dict[str, tuple[Any, str]]:
    fields = read_field(name, block(text), context)
    return {key: (value.value, value.state) for key, value in fields.items()}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "planned",
            "Marzo de 2031 – Junio de 2031",
            {
                "planned": ("2031-03/2031-06", "reported"),
                "planned_start": (date(2031, 3, 1), "derived"),
                "planned_end": (date(2031, 6, 30), "derived"),
            },
        ),
        (
            "planned",
            "15/05/2031\n14/09/2031",  # the last one decides
            {
                "planned": ("2031-05-15|2031-09-14", "reported"),
                "planned_end": (date(2031, 9, 14), "derived"),
            },
        ),
        (
            "planned_end",  # nothing is said of the start
            "30/06/2031",
            {
                "planned": ("2031-06-30", "reported"),
                "planned_end": (date(2031, 6, 30), "derived"),
            },
        ),
        (
            "planned_start",
            "mayo de 2031",
            {
                "planned": ("2031-05", "reported"),
                "planned_start": (date(2031, 5, 1), "derived"),
            },
        ),
        ("planned", "99/99/9999", {"planned": (None, "illegible")}),
        ("planned_end", "", {"planned_end": (None, "missing")}),
        (
            "percent_complete",
            "72 %",
            {
                "percent_complete": (Decimal(72), "reported"),
                "percent_state": ("reported", "derived"),
            },
        ),
        (
            "percent_complete",
            "0%",
            {
                "percent_complete": (Decimal(0), "reported"),
                "percent_state": ("reported", "derived"),
            },
        ),
        (
            "percent_complete",
            "N/A",  # never 0
            {
                "percent_complete": (None, "not_applicable"),
                "percent_state": ("not_applicable", "derived"),
            },
        ),
        (
            "percent_complete",
            "7O%",
            {"percent_complete": (None, "illegible"), "percent_state": ("illegible", "derived")},
        ),
        (
            "percent_complete",
            " ",
            {"percent_complete": (None, "missing"), "percent_state": ("missing", "derived")},
        ),
        ("amount", "1.234,50", {"amount": (Decimal("1234.50"), "reported")}),
        (
            "amount",
            "US$ 1,234.50",
            {"amount": (Decimal("1234.50"), "reported"), "currency": ("USD", "derived")},
        ),
        ("amount", "a convenir", {"amount": (None, "illegible")}),
        ("duration_months", "dos meses", {"duration_months": (Decimal(2), "reported")}),
        ("duration_months", "pronto", {"duration_months": (None, "illegible")}),
        ("completion", "Sustancial", {"completion": ("substantial", "reported")}),
        ("completion", "Bastante bien", {"completion": (None, "illegible")}),
        ("description", "<p>Abrir **actas**</p>", {"description": ("Abrir actas", "reported")}),
        ("description", "<p> </p>", {"description": (None, "missing")}),
    ],
)
def test_fields(name: str, text: str, expected: dict[str, tuple[Any, str]]) -> None:
    assert read(name, text) == expected


def test_the_printed_text_stays_beside_the_value() -> None:
    cell = block("**72 %**", 9)
    assert read_field("percent_complete", cell, NOTHING)["percent_complete"].block is cell


def test_a_misprint_that_the_profile_knows() -> None:
    context = Context(misprints={"7O%": "70%"})
    value = read_field("percent_complete", block("7O%"), context)["percent_complete"]
    assert (value.value, value.reason) == (Decimal(70), "the profile reads '7O%' as '70%'")
    assert value.block == block("7O%")


def test_a_corrected_misprint_does_not_say_that_it_is_as_printed() -> None:
    context = Context(misprints={"7O%": "70%"})
    value = read_field("percent_complete", block("7O%"), context)["percent_complete"]
    assert value.state != "reported"


def test_the_document_settles_what_a_cell_leaves_open() -> None:
    assert read("amount", "$ 1.500", Context(decimal_mark=",")) == {
        "amount": (Decimal(1500), "reported")
    }
    assert read("amount", "$ 5.00", Context(currency="USD"))["currency"] == ("USD", "derived")
    period = DateContext(date(2031, 1, 1), date(2031, 12, 31))
    assert read("planned_end", "30 de junio", Context(dates=period)) == {
        "planned": ("2031-06-30", "inferred"),
        "planned_end": (date(2031, 6, 30), "derived"),
    }


@pytest.mark.parametrize(
    ("name", "text", "context", "value"),
    [
        ("amount", "-", Context(nil_dash=True), Decimal(0)),
        ("amount", "-", NOTHING, None),
        ("amount", "1.234.5\n67", NOTHING, Decimal(1234567)),
        ("percent_complete", "0.72", Context(fractions=True), Decimal(72)),
        ("percent_complete", "0.72", NOTHING, Decimal("0.72")),
        ("completion", "Azul", Context(legend=read_legend("Azul: cumplida")), "complete"),
        ("completion", "Azul", NOTHING, None),
        ("planned", "05/06/2031", Context(dates=DateContext(day_first=None)), None),
        ("planned", "Mensual", NOTHING, None),
    ],
)
def test_the_column_settles_what_a_cell_leaves_open(
    name: str, text: str, context: Context, value: Any
) -> None:
    assert read(name, text, context)[name][0] == value


@pytest.mark.parametrize(
    ("text", "edtf", "reason"),
    [
        ("mensual, de enero a junio de 2031", "2031-01/2031-06", "recurs (R/P1M)"),
        ("Mensual", None, "recurs (R/P1M), no date: printed 'Mensual'"),
        ("enero a junio de 2031", "2031-01/2031-06", ""),
    ],
)
def test_how_often_is_told_in_the_reason(text: str, edtf: str | None, reason: str) -> None:
    planned = read_field("planned", block(text), NOTHING)["planned"]
    assert (planned.value, planned.reason) == (edtf, reason)


def test_broken_words_are_mended_by_the_document_s_own() -> None:
    context = Context(vocabulary=frozenset({"culminación"}))
    assert read_text(block("Fecha de culmina\nción"), context) == "Fecha de culminación"
    assert read_text(block("Fecha de culmina\nción"), NOTHING) == "Fecha de culmina ción"


@given(
    st.sampled_from(FIELDS),
    st.one_of(st.text(max_size=40), st.from_regex(r"[0-9 .,/%$-]{1,14}", fullmatch=True)),
)
def test_every_cell_gives_a_value_with_its_state_and_place(name: str, text: str) -> None:
    cell = block(text)
    fields = read_field(name, cell, NOTHING)
    assert fields
    for value in fields.values():
        assert value.state in get_args(State)
        assert value.block is cell
        assert value.state == "reported" or value.reason or value.state == "derived"
        assert (value.value is None) <= (value.state in ("missing", "not_applicable", "illegible",
                                                         "derived"))  # fmt: skip


@pytest.mark.parametrize("name", ["amount", "percent_complete", "planned_end"])
def test_a_figure_that_recognition_doubts_is_illegible(name: str) -> None:
    printed = {"amount": "4,194.31", "percent_complete": "72%", "planned_end": "30/06/2031"}[name]
    doubted = Block(printed, page=1, method="tesseract", confidence=64.0)
    read = read_field(name, doubted, Context())
    assert {one.state for one in read.values()} <= {"illegible", "derived"}
    assert read[name].value is None
    assert read[name].reason == "recognised with a confidence of 64 of 100"
    sure = read_field(name, replace(doubted, confidence=92.0), Context())
    assert all(one.value is not None for one in sure.values())


def test_words_that_recognition_doubts_are_kept() -> None:
    doubted = Block("Medir los pozos", page=1, method="tesseract", confidence=64.0)
    assert read_field("description", doubted, Context())["description"].value == "Medir los pozos"
