"""Every print of an amount of money, and the ones that may mean two."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.amounts import Amount, infer_decimal_mark, parse_amount
from pipeline.model import Refusal

PRINTS = {
    "$ 25,000.00": ("25000.00", None),
    "\\$1350.00": ("1350.00", None),
    "$1,500.00": ("1500.00", None),
    "$50.00": ("50.00", None),
    "50.00": ("50.00", None),
    "7,050.00": ("7050.00", None),
    "30": ("30", None),
    "0": ("0", None),
    "$ 0.00": ("0.00", None),
    "$ .50": ("0.50", None),
    "1.234.567,89": ("1234567.89", None),
    "1.234.567": ("1234567", None),
    "1,234,567.89": ("1234567.89", None),
    "1 500,00": ("1500.00", None),
    "1 234 567": ("1234567", None),
    "1\u202f234\u202f567,5": ("1234567.5", None),
    "1'234,567.89": ("1234567.89", None),
    "1’234’567": ("1234567", None),
    "12,5": ("12.5", None),
    "1234,567": ("1234.567", None),
    "USD 300": ("300", "USD"),
    "US$ 300.00": ("300.00", "USD"),
    "U$S 300": ("300", "USD"),
    "300 dólares": ("300", "USD"),
    "$300.00 USD": ("300.00", "USD"),
    "S/ 1,200.50": ("1200.50", "PEN"),
    "S/. 1,200.50": ("1200.50", "PEN"),
    "1,200.50 soles": ("1200.50", "PEN"),
    "Q 1,200.00": ("1200.00", "GTQ"),
    "Q500.00": ("500.00", "GTQ"),
    "₡ 15 000,50": ("15000.50", "CRC"),
    "€ 300": ("300", "EUR"),
    "300 euros": ("300", "EUR"),
    "B/. 300.00": ("300.00", "PAB"),
    "L. 1,500.00": ("1500.00", "HNL"),
    "C$ 300.00": ("300.00", "NIO"),
    "RD$ 1,200.00": ("1200.00", "DOP"),
    "R$ 1.200,00": ("1200.00", "BRL"),
    "₲ 1.500.000": ("1500000", "PYG"),
    "COP 1.500.000": ("1500000", "COP"),
    "$1,500.00 MXN": ("1500.00", "MXN"),
    "$ 300.00 M.N.": ("300.00", None),
    "Bs 300,50": ("300.50", None),
    "-1,234.50": ("-1234.50", None),
    "- $ 300.00": ("-300.00", None),
    "$ -300.00": ("-300.00", None),
    "−300.00": ("-300.00", None),
    "(1,234.50)": ("-1234.50", None),
    "($ 1,234.50)": ("-1234.50", None),
    "30.-": ("30", None),
    "$ 1.500.000.-": ("1500000", None),
    "300.00*": ("300.00", None),
    "2 millones": ("2000000", None),
    "2.5 millones de pesos": ("2500000", None),
    "dos millones de dólares": ("2000000", "USD"),
    "3 mil millones": ("3000000000", None),
    "500 mil": ("500000", None),
    "mil quinientos dólares": ("1500", "USD"),
}
REFUSED = [
    "1.000",
    "1,000",
    "1.000 anuales",
    "0.1.000",
    "(1,234)",
    "2.500 millones",
    "12 50",
    "1.23.456",
    "1,2345.67",
    "1.234,567.89",
    "12,34,567",
    "$7,O50",
    "S1,500.00",
    "1$234",
    "USD 300 EUR",
    "$ 100.00 $ 200.00",
    "$ 25,000.00 anual",
    "100%",
    "2 meses",
    "31/12/2020",
    "M$ 1.234",
    "Recursos propios",
    "$",
    "USD",
    "1..000",
    "300.00-",
    "3 millones 200 mil",
]


@pytest.mark.parametrize(("text", "value", "code"), [(t, *read) for t, read in PRINTS.items()])
def test_reads_as_printed(text: str, value: str, code: str | None) -> None:
    assert parse_amount(text) == Amount(Decimal(value), code)


@pytest.mark.parametrize("text", REFUSED)
def test_refuses(text: str) -> None:
    assert isinstance(parse_amount(text), Refusal)


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("1.000", ",", "1000"),
        ("1.000", ".", "1.000"),
        ("$ 1,234", ".", "1234"),
        ("(1,234)", ".", "-1234"),
        ("12.500 millones", ",", "12500000000"),
        ("1.000,50", ",", "1000.50"),
    ],
)
def test_the_decimal_mark_of_the_column_decides(text: str, mark: str, value: str) -> None:
    read = parse_amount(text, decimal_mark=mark)
    assert isinstance(read, Amount), read
    assert (read.value, read.state) == (Decimal(value), "reported")


@pytest.mark.parametrize(("text", "mark"), [("1,234.50", ","), ("12,5", "."), ("1.234.567", ".")])
def test_an_amount_against_its_column_is_refused(text: str, mark: str) -> None:
    assert isinstance(parse_amount(text, decimal_mark=mark), Refusal)


def test_a_bare_sign_takes_the_currency_given_and_a_printed_code_wins() -> None:
    bare, printed = parse_amount("$ 5.50", currency="MXN"), parse_amount("USD 5", currency="MXN")
    assert isinstance(bare, Amount)
    assert isinstance(printed, Amount)
    assert (bare.currency, printed.currency) == ("MXN", "USD")


@pytest.mark.parametrize(
    ("text", "currency"),
    [("$ 1.000", None), ("US$ 1,000", None), ("1.000", "CLP"), ("1,000 euros", None)],
)
def test_money_has_no_three_decimals_and_says_that_this_was_inferred(
    text: str, currency: str | None
) -> None:
    read = parse_amount(text, currency=currency)
    assert isinstance(read, Amount)
    assert (read.value, read.state) == (Decimal(1000), "inferred")
    assert "thousands" in read.reason


@pytest.mark.parametrize(
    ("text", "state"),
    [("", "missing"), ("$ -", "missing"), ("-", "missing"), ("N/A", "not_applicable")],
)
def test_absence_is_a_state_and_never_zero(text: str, state: str) -> None:
    read = parse_amount(text)
    assert isinstance(read, Amount)
    assert (read.value, read.state) == (None, state)


def test_without_cost_is_zero_and_says_why() -> None:
    assert parse_amount("Sin costo") == Amount(Decimal(0), None, "inferred", "printed 'sin costo'")


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["1,500.00", "300"], "."),
        (["1.500,00"], ","),
        (["1.234.567", "1.000"], ","),
        (["12,5"], ","),
        (["1.000", "2.000"], None),
        (["1,153", "36,500", "671,200", "27,710", "2,843"], "."),
        (["1.153", "36.500", "671.200", "27.710", "2.843"], ","),
        (["1.153"] * 9, None),
        (["1.153", "36,500", "671,200", "27,710", "2,843"], None),
        (["1,500.00", "1.500,00"], None),
        ([], None),
        (["Fondos propios", "-"], None),
    ],
)
def test_a_column_shows_its_decimal_mark(texts: list[str], mark: str | None) -> None:
    assert infer_decimal_mark(texts) == mark


MONEY = st.text("0123456789.,' $()-USDQ/LlBbRr€\\", max_size=30)


@given(st.text(max_size=200) | MONEY, st.sampled_from([None, "CLP", "USD"]))
def test_any_text_gives_an_amount_or_a_refusal(text: str, currency: str | None) -> None:
    read = parse_amount(text, currency=currency)
    assert isinstance(read, Amount | Refusal)
    if isinstance(read, Amount):
        assert (read.value is None) == (read.state in ("missing", "not_applicable"))


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(["{:,.2f}", "$ {:,.2f}", "{:.2f}"]))
def test_cents_are_read_back(value: Decimal, spelling: str) -> None:
    read = parse_amount(spelling.format(value))
    assert isinstance(read, Amount)
    assert read.value == value


@given(st.lists(st.text("0123456789., '", max_size=12), max_size=8))
def test_any_column_shows_a_mark_or_none(texts: list[str]) -> None:
    assert infer_decimal_mark(texts) in (None, ".", ",")


@pytest.mark.parametrize("unit", ["(", "9", "9.", "$ ", "1,000", "mil "])
def test_a_long_text_is_refused(unit: str) -> None:
    assert isinstance(parse_amount(unit * 50_000), Refusal)
