"""Every print of an amount of money, and the ones that may mean two."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.amounts import (
    Amount,
    Convention,
    decide_convention,
    infer_decimal_mark,
    parse_amount,
)
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
    "un millón doscientos mil pesos": ("1200000", None),
    "dos mil quinientos millones": ("2500000000", None),
    "mil quinientos dólares 50/100": ("1500.50", "USD"),
    "Mil quinientos con 75/100 soles": ("1500.75", "PEN"),
    "3 millones 200 mil": ("3200000", None),
    "3 millones con 200 mil pesos": ("3200000", None),
    "$ 2.5 mdp": ("2500000", None),
    "12 mdd": ("12000000", "USD"),
    "1.5 mmdp": ("1500000000", None),
    "MM$ 12,5": ("12500000", None),
    "MM$1.2": ("1200000", None),
    "MMUS$ 3": ("3000000", "USD"),
    "US$ 25k": ("25000", "USD"),
    "2 mill. de dólares": ("2000000", "USD"),
    "500 miles de pesos": ("500000", None),
    "$ 1,500.00 (mil quinientos pesos 00/100 M.N.)": ("1500.00", None),
    "Mil quinientos dólares (US$ 1,500.00)": ("1500", "USD"),
    "USD 300 (trescientos dólares)": ("300", "USD"),
    "$1.500.000 M/CTE": ("1500000", None),
    "$ 1.500.000 mcte.": ("1500000", None),
    "1.500.000 pesos moneda corriente": ("1500000", None),
    "2 500 000 guaraníes": ("2500000", "PYG"),
    "Gs. 2.500.000": ("2500000", "PYG"),
    "S/1,200.50": ("1200.50", "PEN"),
    "S/.1,200.50": ("1200.50", "PEN"),
    "S/ 1'200,000.50": ("1200000.50", "PEN"),
    "nuevos soles 1 200,50": ("1200.50", "PEN"),
    "Q.1,200.00": ("1200.00", "GTQ"),
    "1,200.00 quetzales": ("1200.00", "GTQ"),
    "₡15.000,50": ("15000.50", "CRC"),
    "₡ 1 500 000": ("1500000", "CRC"),
    "15 000,50 colones": ("15000.50", "CRC"),
    "300,50 €": ("300.50", "EUR"),
    "€300.50": ("300.50", "EUR"),
    "1.234.567,89 €": ("1234567.89", "EUR"),
    "Lps. 1,500.00": ("1500.00", "HNL"),
    "1,500.00 lempiras": ("1500.00", "HNL"),
    "C$300.00": ("300.00", "NIO"),
    "B/.300.00": ("300.00", "PAB"),
    "Bs. 1.300,50": ("1300.50", None),
    "1.300,50 bolivianos": ("1300.50", "BOB"),
    "RD$1,200.00": ("1200.00", "DOP"),
    "$U 300,00": ("300.00", "UYU"),
    "AR$ 1.200,00": ("1200.00", "ARS"),
    "CLP $1.500.000": ("1500000", "CLP"),
    "UF 1.250,5": ("1250.5", "CLF"),
    "U$D 300": ("300", "USD"),
    "300 dólares americanos": ("300", "USD"),
    "300.00 dólares de los Estados Unidos": ("300.00", "USD"),
    "US$1,234,567": ("1234567", "USD"),
    "\u202a$ 25,000.00\u202c": ("25000.00", None),
    "1\u00a0234\u00a0567,89": ("1234567.89", None),
    "1´234´567.89": ("1234567.89", None),
    "-$300.00": ("-300.00", None),
    "– 1.234,50": ("-1234.50", None),
    "$(300.00)": ("-300.00", None),
    "(S/ 1,200.50)": ("-1200.50", "PEN"),
    "(0.50)": ("-0.50", None),
    "$0": ("0", None),
    "0.00": ("0.00", None),
    "0,00 €": ("0.00", "EUR"),
    "+500.00": ("500.00", None),
    "US$ 3,5 MM": ("3500000", "USD"),
    "$ 12 millones 500 mil": ("12500000", None),
    "1 200 €": ("1200", "EUR"),
    "300 000": ("300000", None),
    "$ 300,00**": ("300.00", None),
}
REFUSED = [
    "1.000",
    "1,000",
    "1.000 anuales",
    "0.1.000",
    "(1,234)",
    "2.500 millones",
    "$ 2.500 millones",
    "$ 1.500.000.00",
    "De $1,000 a $2,000",
    "$ 2,000 mensuales",
    "Sin presupuesto",
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
    "3 millones 200",
    "3.5 millones 200 mil",
    "$ 1.500.000,oo",
    "$ 1,500.00 (mil seiscientos pesos)",
    "USD 300 (trescientos euros)",
    "$ 1,500.00 (aprox.)",
    "$ 300.00 + IVA",
    "100\n200",
    "$ 25,000.00\n$ 1,200.00",
    "1,234.50\n300.00",
    "125\n000.00",
    "'",
    "$$$",
    "2.5M",
]


@pytest.mark.parametrize(("text", "value", "code"), [(t, *read) for t, read in PRINTS.items()])
def test_reads_as_printed(text: str, value: str, code: str | None) -> None:
    assert parse_amount(text) == Amount(Decimal(value), code)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234,\n567.89", "1234567.89"),
        ("1.234.5\n67", "1234567"),
        ("25,000\n.00", "25000.00"),
        ("25,000.\n00", "25000.00"),
        ("$ 1,234,5\n67.00", "1234567.00"),
        ("25,000.0\n0", "25000.00"),
    ],
)
def test_a_figure_broken_over_lines_is_mended_and_says_so(text: str, value: str) -> None:
    read = parse_amount(text)
    assert isinstance(read, Amount), read
    assert (read.value, read.state) == (Decimal(value), "inferred")
    assert "broken over lines" in read.reason


@pytest.mark.parametrize(
    "text", ["$\n25,000.00", "25,000.00\npesos", "\n25,000.00\n", "25,000.00\r"]
)
def test_a_line_break_beside_a_figure_breaks_nothing(text: str) -> None:
    assert parse_amount(text) == Amount(Decimal("25000.00"))


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
    ("text", "local", "code"),
    [
        ("$ 5.50", "COP", "COP"),
        ("$ 5.50", "PEN", "USD"),
        ("$ 5.50", "GTQ", "USD"),
        ("$ 5.50", "PAB", "USD"),
        ("$ 5.50", "USD", "USD"),
        ("5.50 pesos", "CLP", "CLP"),
        ("5.50 pesos", "PEN", None),
        ("$ 5.50 pesos", "MXN", "MXN"),
        ("Bs 5,50", "BOB", "BOB"),
        ("Bs 5,50", "VES", "VES"),
        ("Bs 5,50", "USD", None),
        ("¢ 5.50", "CRC", "CRC"),
        ("5.50 M.N.", "HNL", "HNL"),
        ("5.50", "HNL", "HNL"),
        ("S/ 5.50", "CLP", "PEN"),
    ],
)
def test_the_country_tells_what_a_sign_of_many_means(
    text: str, local: str, code: str | None
) -> None:
    read = parse_amount(text, currency=local)
    assert isinstance(read, Amount)
    assert read.currency == code
    assert bool(read.reason) == (code != local and "S/" not in text)


def test_m_before_the_sign_is_a_thousand_in_chile_only() -> None:
    assert parse_amount("M$ 1.234.567", currency="CLP") == Amount(Decimal(1234567000), "CLP")
    assert isinstance(parse_amount("M$ 1.234.567", currency="MXN"), Refusal)


def test_a_dash_is_nil_only_in_a_column_that_writes_it_so() -> None:
    nil = parse_amount("-", nil_dash=True)
    assert nil == Amount(Decimal(0), None, "inferred", "printed '-', nil in this column")
    assert parse_amount("$ -", nil_dash=True) == nil
    assert parse_amount("N/A", nil_dash=True) == Amount(
        None, None, "not_applicable", "printed 'n/a'"
    )


def test_a_tax_told_beside_the_amount_is_kept() -> None:
    read = parse_amount("$ 1.500.000 (IVA incluido)", currency="COP")
    assert read == Amount(Decimal(1500000), "COP", "reported", "printed 'iva incluido'")


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


@pytest.mark.parametrize("text", ["$1'500.000", "$ 1´500,000"])
def test_an_apostrophe_of_millions_before_thousands(text: str) -> None:
    read = parse_amount(text)
    assert isinstance(read, Amount)
    assert (read.value, read.state) == (Decimal(1500000), "inferred")


@pytest.mark.parametrize("text", ["Gratuito", "No requiere recursos", "-0-", "Sin costo alguno."])
def test_what_costs_nothing_is_zero(text: str) -> None:
    read = parse_amount(text)
    assert isinstance(read, Amount)
    assert (read.value, read.state) == (0, "inferred")


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


def test_the_evidence_of_a_convention_is_kept() -> None:
    column = decide_convention(["1,500.00", "$ 2,350.75", "300", "1.000"])
    assert column == Convention(".", ("1,500.00", "2,350.75"))


def test_figures_that_contradict_are_told() -> None:
    column = decide_convention(["1,500.00", "1.500,00"])
    assert column.decimal_mark is None
    assert {*column.evidence, *column.against} == {"1,500.00", "1.500,00"}


def test_one_misprint_among_many_figures_does_not_undo_the_convention() -> None:
    column = decide_convention([*(f"1,{n}.00" for n in range(100, 140)), "1.500,00"])
    assert (column.decimal_mark, column.against) == (".", ("1.500,00",))


def test_numbers_of_sections_tell_nothing_where_amounts_do() -> None:
    assert infer_decimal_mark(["3.1 Metas", "3.2", "1.10", "1.234.567", "$ 300,50"]) == ","


@pytest.mark.parametrize(
    ("texts", "nil"),
    [
        (["$ -", "$ 1,500.00"], True),
        (["S/ -", "-"], True),
        (["-", "1,500.00"], False),
        (["$ - sin definir el monto de la actividad", "1,500.00"], False),
        ([], False),
    ],
)
def test_a_column_shows_that_it_writes_nil_as_a_dash(texts: list[str], nil: bool) -> None:
    assert decide_convention(texts).nil_dash == nil


MONEY = st.text("0123456789.,' $()-USDQ/LlBbRr€\\", max_size=30)


@given(st.text(max_size=200) | MONEY, st.sampled_from([None, "CLP", "USD"]))
def test_any_text_gives_an_amount_or_a_refusal(text: str, currency: str | None) -> None:
    read = parse_amount(text, currency=currency)
    assert isinstance(read, Amount | Refusal)
    if isinstance(read, Amount):
        assert (read.value is None) == (read.state in ("missing", "not_applicable"))


SPELLINGS = {"plain": "", "dot": ".", "comma": ",", "space": " ", "apostrophe": "'"}


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from([*SPELLINGS.values()]))
def test_cents_are_read_back(value: Decimal, thousands: str) -> None:
    cents = "," if thousands == "." else "."
    text = f"{value:,.2f}".replace(".", "c").replace(",", thousands).replace("c", cents)
    for spelling in (text, f"$ {text}", f"{text} USD"):
        read = parse_amount(spelling)
        assert isinstance(read, Amount), spelling
        assert read.value == value


@given(st.lists(st.text("0123456789., '", max_size=12), max_size=8))
def test_any_column_shows_a_mark_or_none(texts: list[str]) -> None:
    assert infer_decimal_mark(texts) in (None, ".", ",")


@pytest.mark.parametrize("unit", ["(", "9", "9.", "$ ", "1,000", "mil "])
def test_a_long_text_is_refused(unit: str) -> None:
    assert isinstance(parse_amount(unit * 50_000), Refusal)
