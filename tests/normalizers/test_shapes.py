"""What a value looks like to its parsers."""

import pytest

from normalizers.columns import lexicon
from normalizers.shapes import value_shape


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("45 %", "percent"),
        ("<b>45 %</b>", "percent"),
        ("avance de 45 %", "percent"),
        ("45", "number"),
        ("2031", "number"),
        ("3 meses", "duration"),
        ("Marzo de 2031 – Junio de 2031", "date"),
        ("31/08/2031", "date"),
        ("USD 1,200.00", "money"),
        ("Sustancial", "text"),
        ("Se midieron 3 pozos.", "text"),
        ("3 " * 100, "text"),
        ("", ""),
        ("<p></p>", ""),
        ("N/A", ""),
    ],
)
def test_shapes(text: str, shape: str) -> None:
    assert value_shape(text) == shape


def test_every_shape_of_the_lexicon_is_one_a_value_may_have() -> None:
    told = {value_shape(text) for text in ("5 %", "5", "5 meses", "mayo de 2031", "$ 5", "Sí")}
    assert {shape for entry in lexicon().values() for shape in entry.shapes} <= told
