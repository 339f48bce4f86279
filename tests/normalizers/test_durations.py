"""Durations in months, and what is no number of months."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.durations import Duration, parse_duration
from pipeline.model import Refusal

PRINTS = {
    "2 meses": "2",
    "1 mes": "1",
    "1 mes.": "1",
    "10 MESES": "10",
    "2meses": "2",
    "Tres meses": "3",
    "un mes": "1",
    "doce meses": "12",
    "treinta y seis meses": "36",
    "dos (2) meses": "2",
    "Tres (3) meses": "3",
    "(4) meses": "4",
    "06 meses": "6",
    "2,5 meses": "2.5",
    "1.5 meses": "1.5",
    "un mes y medio": "1.5",
    "un año": "12",
    "1 año": "12",
    "2 años": "24",
    "un año y medio": "18",
    "1 año y 2 meses": "14",
    "1 año, 6 meses": "18",
    "medio año": "6",
    "un semestre": "6",
    "2 trimestres": "6",
    "un cuatrimestre": "4",
    "3 bimestres": "6",
    "una quincena": "0.5",
    "un bienio": "24",
    "Durante 2 meses": "2",
    "Plazo: 3 meses": "3",
    "por un año": "12",
    "6 meses calendario": "6",
}
DERIVED = {"30 días": "1", "90 días": "3", "180 días": "6", "365 días": "12", "52 semanas": "12"}
REFUSED = [
    "",
    "-",
    "N/A",
    "2",
    "meses",
    "mes y medio",
    "45 días",
    "12 semanas",
    "2-3 meses",
    "de 2 a 3 meses",
    "tres (2) meses",
    "2 meses cada año",
    "Permanente",
    "Anual",
    "Enero a marzo",
    "mayo de 2020",
    "31/12/2020",
    "9 rneses",
    "O meses",
    "1O meses",
    "2 meses 3 actividades",
    "2.000 meses",
    "$ 2",
    "100%",
    "varios meses",
    "aproximadamente 2 meses",
    "6 a 8 meses",
    "más de un año",
    "menos de 3 meses",
    "3 horas",
]


@pytest.mark.parametrize(("text", "months"), PRINTS.items())
def test_reads_as_printed(text: str, months: str) -> None:
    assert parse_duration(text) == Duration(Decimal(months))


@pytest.mark.parametrize(("text", "months"), DERIVED.items())
def test_days_that_make_months_say_so(text: str, months: str) -> None:
    read = parse_duration(text)
    assert isinstance(read, Duration)
    assert (read.months, read.state) == (Decimal(months), "derived")
    assert read.reason


@pytest.mark.parametrize("text", REFUSED)
def test_refuses(text: str) -> None:
    assert isinstance(parse_duration(text), Refusal)


PIECES = st.sampled_from(
    ["2", "(3)", "tres", "meses", "mes", "año", "y", "medio", "días", ",", "un"]
)


@given(st.text(max_size=150) | st.lists(PIECES, max_size=10).map(" ".join))
def test_any_text_gives_a_duration_or_a_refusal(text: str) -> None:
    assert isinstance(parse_duration(text), Duration | Refusal)


@given(st.integers(2, 999))
def test_whole_months_are_read_back(months: int) -> None:
    assert parse_duration(f"{months} meses") == Duration(Decimal(months))


@pytest.mark.parametrize("unit", ["(", "9", "un ", "mes ", "y "])
def test_a_long_text_is_refused(unit: str) -> None:
    assert isinstance(parse_duration(unit * 50_000), Refusal)
