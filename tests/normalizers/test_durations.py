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
    "2 (dos) meses": "2",
    "12 (doce) meses": "12",
    "seis (06) meses": "6",
    "año y medio": "18",
    "Mes y medio": "1.5",
    "dos años y medio": "30",
    "2 ½ años": "30",
    "2 1/2 meses": "2.5",
    "½ año": "6",
    "media quincena": "0.25",
    "cuatro años": "48",
    "1 año 6 meses": "18",
    "2 años y seis meses": "30",
    "24 meses (2 años)": "24",
    "Dos años (24 meses)": "24",
    "Plazo de ejecución: 6 meses": "6",
    "Duración: 18 meses": "18",
    "Vigencia de 4 años": "48",
    "Tiempo estimado = 3 meses": "3",
    "Por un periodo de dos años": "24",
    "un trienio": "36",
    "2 bienios": "48",
    "una década": "120",
    "un lustro": "60",
    "120 meses": "120",
    "0 meses": "0",
    "\u200f3 meses\u200e": "3",
    "UN (1) AÑO": "12",
}
DERIVED = {
    "30 días": ("1", "P30D"),
    "90 días": ("3", "P90D"),
    "180 días": ("6", "P180D"),
    "365 días": ("12", "P365D"),
    "360 días calendario": ("12", "P360D"),
    "45 días": ("1.5", "P45D"),
    "10 días": ("0.33", "P10D"),
    "quince (15) días": ("0.5", "P15D"),
    "120 días naturales": ("4", "P120D"),
    "ciento veinte (120) días": ("4", "P120D"),
    "ciento ochenta días": ("6", "P180D"),
    "52 semanas": ("12", "P52W"),
    "12 semanas": ("2.8", "P12W"),
    "una semana": ("0.23", "P1W"),
    "tres semanas": ("0.7", "P3W"),
    "1 mes y 15 días": ("1.5", "P1M15D"),
}
EXACT = {
    "18 meses": "P1Y6M",
    "un año y medio": "P1Y6M",
    "2 años": "P2Y",
    "3 meses": "P3M",
    "1.5 meses": "P1.5M",
    "2 trimestres": "P6M",
}
REFUSED = [
    "",
    "-",
    "N/A",
    "2",
    "meses",
    "10 días hábiles",
    "cinco (5) días laborables",
    "24 meses (3 años)",
    "2 (tres) meses",
    "6 meses (aprox.)",
    "3 meses por vigencia",
    "años",
    "un",
    "y medio",
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


@pytest.mark.parametrize(("text", "told"), DERIVED.items())
def test_days_and_weeks_are_told_in_months_and_kept_exactly(
    text: str, told: tuple[str, str]
) -> None:
    read = parse_duration(text)
    assert isinstance(read, Duration)
    assert (read.months, read.iso, read.state) == (Decimal(told[0]), told[1], "derived")
    assert "30 days a month" in read.reason


@pytest.mark.parametrize(("text", "iso"), EXACT.items())
def test_months_and_years_as_iso(text: str, iso: str) -> None:
    read = parse_duration(text)
    assert isinstance(read, Duration)
    assert read.iso == iso


@pytest.mark.parametrize("text", REFUSED)
def test_refuses(text: str) -> None:
    assert isinstance(parse_duration(text), Refusal)


PIECES = st.sampled_from(
    ["2", "(3)", "tres", "meses", "mes", "año", "y", "medio", "días", ",", "un"]
)


@given(st.text(max_size=150) | st.lists(PIECES, max_size=10).map(" ".join))
def test_any_text_gives_a_duration_or_a_refusal(text: str) -> None:
    assert isinstance(parse_duration(text), Duration | Refusal)


@given(st.integers(1, 40), st.integers(1, 11))
def test_years_and_months_are_read_back(years: int, months: int) -> None:
    read = parse_duration(f"{years} años y {months} meses")
    assert isinstance(read, Duration)
    assert (read.months, read.iso) == (12 * years + months, f"P{years}Y{months}M")


@given(st.integers(2, 999))
def test_whole_months_are_read_back(months: int) -> None:
    assert parse_duration(f"{months} meses") == Duration(Decimal(months))


@pytest.mark.parametrize("unit", ["(", "9", "un ", "mes ", "y "])
def test_a_long_text_is_refused(unit: str) -> None:
    assert isinstance(parse_duration(unit * 50_000), Refusal)
