"""Every print of a percentage, and what is refused rather than mended."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.percent import Percent, parse_percent
from pipeline.model import Refusal

PRINTS = {
    "0 %": "0",
    "0%": "0",
    "72%": "72",
    "72 %": "72",
    " 72\u00a0% ": "72",
    "72％": "72",
    "72": "72",
    "100": "100",
    "100%.": "100",
    "0,5 %": "0.5",
    "72,5%": "72.5",
    "72.50 %": "72.50",
    "97.25": "97.25",
    "0,384%": "0.384",
    "150%": "150",
    "1,234.5%": "1234.5",
    "-5%": "-5",
    "−5 %": "-5",
    "+5%": "5",
    "72%*": "72",
    "100 por ciento": "100",
    "100 porciento": "100",
    "cien por ciento": "100",
    "Cien por cien": "100",
    "setenta y dos por ciento": "72",
    "100 % de avance": "100",
    "Avance: 60%": "60",
    "Sustancial (60%)": "60",
    "60% (sustancial)": "60",
    "Cumplimiento del 35 %": "35",
    "Completo 100%": "100",
}
REFUSED = [
    "7O%",
    "l00%",
    "72%%",
    "> 90%",
    "menos del 50%",
    "casi 80%",
    "50% a 60%",
    "50% 60%",
    "50-60%",
    "(5%)",
    "1.000%",
    "2 meses",
    "13 de 18",
    "Sí",
    "X",
    "%",
    "72²%",
    "setenta y mucho por ciento",
    "12/05/2020",
    "$ 72",
    "72 actividades",
    "aprox. 72%",
    "1.2.3%",
]


@pytest.mark.parametrize(("text", "value"), PRINTS.items())
def test_reads_as_printed(text: str, value: str) -> None:
    assert parse_percent(text) == Percent(Decimal(value))


@pytest.mark.parametrize("text", REFUSED)
def test_refuses(text: str) -> None:
    assert isinstance(parse_percent(text), Refusal)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("N/A", "not_applicable"),
        ("NA", "not_applicable"),
        ("n.a.", "not_applicable"),
        ("N / A", "not_applicable"),
        ("No aplica", "not_applicable"),
        ("NO APLICA.", "not_applicable"),
        ("", "missing"),
        ("   ", "missing"),
        ("-", "missing"),
        ("--", "missing"),
        ("—", "missing"),
        ("…", "missing"),
        ("n.d.", "missing"),
        ("N/D", "missing"),
        ("S/D", "missing"),
        ("S/I", "missing"),
        ("Sin información", "missing"),
        ("sin dato", "missing"),
    ],
)
def test_absence_is_a_state_and_never_zero(text: str, state: str) -> None:
    percent = parse_percent(text)
    assert isinstance(percent, Percent)
    assert (percent.value, percent.state) == (None, state)
    assert percent.reason


def test_three_decimals_are_said_to_be_read_as_such() -> None:
    percent = parse_percent("33.333%")
    assert isinstance(percent, Percent)
    assert (percent.value, percent.state) == (Decimal("33.333"), "inferred")


@pytest.mark.parametrize(
    ("text", "value", "state"),
    [("0.72", "72", "derived"), ("1", "100", "derived"), ("72%", "72", "reported")],
)
def test_a_column_of_fractions(text: str, value: str, state: str) -> None:
    percent = parse_percent(text, fractions=True)
    assert isinstance(percent, Percent)
    assert (percent.value, percent.state) == (Decimal(value), state)


def test_a_column_of_fractions_holds_no_seventy_two() -> None:
    assert isinstance(parse_percent("72", fractions=True), Refusal)


@given(st.text(max_size=200) | st.text("0123456789.,% ()-+NAnapor cient", max_size=40))
def test_any_text_gives_a_percentage_or_a_refusal(text: str) -> None:
    percent = parse_percent(text)
    assert isinstance(percent, Percent | Refusal)
    if isinstance(percent, Percent):
        assert (percent.value is None) == (percent.state in ("missing", "not_applicable"))


@given(st.integers(0, 999), st.sampled_from(["{}%", "{} %", "{},0 %", "{}.00%", "{}"]))
def test_a_whole_percentage_is_read_back(number: int, spelling: str) -> None:
    percent = parse_percent(spelling.format(number))
    assert isinstance(percent, Percent)
    assert percent.value == number


@pytest.mark.parametrize("unit", ["(", "9", "9.", "de ", " ", "avance "])
def test_a_long_text_is_refused_or_blank(unit: str) -> None:
    percent = parse_percent(unit * 50_000)
    assert isinstance(percent, Refusal) or percent.state == "missing"
