"""A column's own prints say how its cells are read."""

from decimal import Decimal

import pytest
from literal import table

from normalizers.column_context import read_contexts
from normalizers.values import Context, read_field


def read(field: str, *cells: str) -> list[object]:
    """The values of a column of these cells."""
    whole = table([["Nombre"], *([cell] for cell in cells)], header_rows=1)
    context = read_contexts(Context(), whole, {field: 0})[field]
    read = (read_field(field, row[0], context)[field] for row in whole.rows[1:] if row[0])
    return [value.value for value in read]


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        (("05/06/2031", "31/12/2031"), "2031-06-05"),
        (("05/06/2031", "12/31/2031"), "2031-05-06"),  # the month first, as the second one shows
        (("05/06/2031", "07/08/2031"), "2031-06-05"),  # nothing tells: as in Spanish
        (("05/06/2031", "12/31/2031", "31/12/2031"), None),  # it contradicts itself
    ],
)
def test_the_order_of_day_and_month(cells: tuple[str, ...], first: str | None) -> None:
    assert str(read("planned", *cells)[0] or "") == (first or "")


def test_fractions_of_one_are_percentages() -> None:
    assert read("percent_complete", "0.72", "1", "0.5") == [Decimal(72), Decimal(100), Decimal(50)]
    assert read("percent_complete", "72%", "1") == [Decimal(72), Decimal(1)]


def test_the_decimal_mark_of_a_column_decides_what_is_ambiguous() -> None:
    assert read("amount", "1.000", "2.500,50") == [Decimal(1000), Decimal("2500.50")]
    assert read("amount", "1,000", "2,500.50") == [Decimal(1000), Decimal("2500.50")]


def test_other_fields_are_read_as_the_document_says() -> None:
    context = Context(currency="PEN")
    assert read_contexts(context, table([["a"], ["b"]], header_rows=1), {"responsible": 0}) == {
        "responsible": context
    }
