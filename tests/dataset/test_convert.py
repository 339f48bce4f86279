"""Values into columns: exactly, or refused with a reason."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dataset.convert import Unfit, WrongType, clean_text, convert, tell_decimal
from pipeline.dataset.schema import SCHEMA

ACTIVITIES, DOCUMENTS = SCHEMA["activities"], SCHEMA["documents"]


@pytest.mark.parametrize(
    ("value", "column", "stored"),
    [
        (Decimal("1500.50"), ACTIVITIES["amount"], Decimal("1500.5")),
        (Decimal("1E+3"), ACTIVITIES["amount"], Decimal(1000)),
        (18, ACTIVITIES["amount"], Decimal(18)),
        (Decimal("0"), ACTIVITIES["percent_complete"], Decimal(0)),
        (Decimal("150"), ACTIVITIES["percent_complete"], Decimal(150)),
        (date(2020, 5, 1), ACTIVITIES["planned_start"], date(2020, 5, 1)),
        (Decimal("3"), ACTIVITIES["ordinal"], 3),
        (12, ACTIVITIES["number"], "12"),
        ("", ACTIVITIES["number"], None),
        (None, ACTIVITIES["amount"], None),
        ("Año", ACTIVITIES["objective"], "Año"),
        (0.123456, DOCUMENTS["profile_score"], 0.1235),
    ],
)
def test_converts(value, column, stored):
    assert convert(value, column) == stored


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (Decimal("0.1234567"), "decimal places"),
        (Decimal("1E+32"), "digits"),
        (Decimal("NaN"), "finite"),
        (Decimal("Infinity"), "finite"),
    ],
)
def test_a_number_is_never_rounded(value, why):
    with pytest.raises(Unfit, match=why):
        convert(value, ACTIVITIES["amount"])


def test_a_percentage_beyond_its_limits_is_not_stored():
    with pytest.raises(Unfit, match="outside"):
        convert(Decimal("1E+9"), ACTIVITIES["percent_complete"])


@pytest.mark.parametrize(
    ("value", "column"),
    [(72.5, "percent_complete"), ("72", "amount"), ("2020-05-01", "planned_end"), ("3", "ordinal")],
)
def test_a_wrong_type_is_a_fault(value, column):
    with pytest.raises(WrongType):
        convert(value, ACTIVITIES[column])


def test_stray_bytes_and_nul_become_valid_text():
    assert clean_text(b"a\xf1o".decode("utf-8", "surrogateescape")) == "a\\udcf1o"
    assert clean_text("a\0b") == "a\ufffdb"


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("1500.00", "1500"),
        ("0.50", "0.5"),
        ("1E+2", "100"),
        ("-0", "0"),
        ("0E-9", "0"),
        ("100", "100"),
    ],
)
def test_tells_plain_digits(number, told):
    assert tell_decimal(Decimal(number)) == told


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=6, min_value=-(10**20), max_value=10**20
    )
)
def test_telling_a_decimal_keeps_its_value(number):
    assert Decimal(tell_decimal(number)) == number
