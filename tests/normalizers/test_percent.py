"""Every print of a percentage, and what is refused rather than mended."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.percent import Fractions, Percent, decide_fractions, parse_percent
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
    "%72": "72",
    "% 72": "72",
    "72 pct": "72",
    "72 p.c.": "72",
    "72 por 100": "72",
    "100%:": "100",
    "0.00%": "0.00",
    "00%": "0",
    "99,99 %": "99.99",
    "\u200f72%\u200e": "72",
    "٪72": "72",
    "–5 %": "-5",
    "100% ejecutado": "100",
    "Ejecutado 100%": "100",
    "Avance físico: 75 %": "75",
    "Avance acumulado = 75 %": "75",
    "80% de cumplimiento": "80",
    "El avance es del 80%": "80",
    "Se cumplió al 100%": "100",
    "La actividad va en el 45%": "45",
    "Porcentaje de avance: 45,5 %": "45.5",
    "Al 100%": "100",
    "cero por ciento": "0",
    "ciento por ciento": "100",
    "ciento veinte por ciento": "120",
    "setenta y dos coma cinco por ciento": "72.5",
    "noventa y nueve punto noventa y nueve por ciento": "99.99",
    "cincuenta por ciento de avance": "50",
    "Avance: cincuenta por ciento": "50",
    "al cien por ciento": "100",
    "72% (setenta y dos por ciento)": "72",
    "Setenta y dos por ciento (72 %)": "72",
    "45": "45",
    "45.": "45",
    "12*": "12",
    "0,5": "0.5",
    ".5%": "0.5",
    ",75 %": "0.75",
    "100,00": "100.00",
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
    "%72%",
    "72% (setenta por ciento)",
    "mucho por ciento",
    "por ciento",
    "un y por ciento",
    "1/2 %",
    "100/100",
    "50% + 20%",
    "entre 50% y 60%",
    "hasta el 80%",
    "72% de los 18 viveros",
    "℅ 72",
    "#¿NOMBRE?",
    "Completo",
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


@pytest.mark.parametrize(
    ("texts", "fractions", "evidence"),
    [
        (["0.72", "1", "0"], True, ("0.72",)),
        (["0,5", "0,25", "N/A", "1"], True, ("0,5", "0,25")),
        (["1", "0", "1"], None, ("1", "0")),
        (["72", "1"], False, ("72",)),
        (["0.5 %", "1"], False, ("0.5 %",)),
        (["N/A", "", "Completo"], None, ()),
        ([], None, ()),
    ],
)
def test_a_column_shows_whether_it_writes_fractions(
    texts: list[str], fractions: bool | None, evidence: tuple[str, ...]
) -> None:
    assert decide_fractions(texts) == Fractions(fractions, evidence)


@given(st.lists(st.text("0123456789.,% ", max_size=8), max_size=8))
def test_any_column_shows_fractions_or_not(texts: list[str]) -> None:
    assert decide_fractions(texts).fractions in (None, True, False)


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
