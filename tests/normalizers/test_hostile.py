"""No cell is a trap: every parser answers a huge or senseless text, whatever it is."""

from collections.abc import Callable

import pytest
from literal import block

from normalizers.amounts import decide_convention, parse_amount
from normalizers.colours import read_colour
from normalizers.counts import find_counts, parse_count
from normalizers.dates import decide_day_first, find_dates, parse_dates
from normalizers.durations import parse_duration
from normalizers.levels import parse_level, read_legend
from normalizers.names import parse_names
from normalizers.not_applicable import read_not_applicable
from normalizers.offices import compare_offices
from normalizers.percent import decide_fractions, parse_percent
from normalizers.places import find_country, find_municipality
from normalizers.tallies import parse_tallies
from normalizers.text import absence, clean, fold, key, legible
from normalizers.values import Context, read_field
from normalizers.words import fold_lines, vocabulary

LONG = 100_000
CELLS: dict[str, Callable[[str], object]] = {  # what one cell is given to: milliseconds
    "dates": parse_dates,
    "amounts": parse_amount,
    "amounts of a column": lambda text: parse_amount(text, currency="CLP", decimal_mark=","),
    "percent": parse_percent,
    "durations": parse_duration,
    "count": parse_count,
    "tallies": parse_tallies,
    "levels": parse_level,
    "colours": read_colour,
    "names": parse_names,
    "offices": lambda text: compare_offices(text, text[1:]),
    "absence": absence,
    "a field of dates": lambda text: read_field("planned", block(text), Context()),
    "a field of amounts": lambda text: read_field("amount", block(text), Context()),
}
TEXTS: dict[str, Callable[[str], object]] = {  # what a long text is given to, up to a limit
    "dates in text": find_dates,
    "counts in text": find_counts,
    "convention": lambda text: decide_convention([text]),
    "day first": lambda text: decide_day_first([text]),
    "fractions": lambda text: decide_fractions([text]),
    "legend": read_legend,
    "municipality": find_municipality,
    "country": find_country,
    "not applicable": read_not_applicable,
    "fold": fold,
    "key": key,
    "clean": clean,
    "legible": legible,
    "vocabulary": lambda text: fold_lines(text, vocabulary([text])),
}
UNITS = [
    "a", "9", " ", "\n", "a\n", "1\n", ".", ",", "-", "(", ")", "[", "*", "/", "'", "$", "%", "…",
    "\u200b", "\u200f", "\u202e", "\ufeff", "\u0301", "ñ", "é", "İ", "ﬁ", "\U0001f7e2", "\ud800",
    "\x00", "9.", "9,", "1/", "1-", "- ", "( ", "1 y ", "y ", "de ", "mayo ", "2020 ", "mil ",
    "dos ", "un ", "no ", "S/ ", "$ 1,", "<b>", "&lt;", "I ", "1º ", "cada ", "vez al ",
    "uno de ", "Oficina de ", "Ing. ", "A, ", "Verde: ", "Municipio de ", "1) a ", "13 de ",
    "se ", "por ciento ", "primer ", "1er trim ", "quincena de ",
]  # fmt: skip


def _answers(read: Callable[[str], object], length: int, whole: int = LONG) -> list[str]:
    """What it says of each unit repeated; a parser may raise nothing."""
    return [repr(read((unit * whole)[:length])) for unit in UNITS]


@pytest.mark.parametrize("length", [160, 2000, LONG])
@pytest.mark.parametrize("name", CELLS)
def test_a_senseless_cell_is_answered_alike_each_time(name: str, length: int) -> None:
    assert _answers(CELLS[name], length) == _answers(CELLS[name], length)


@pytest.mark.parametrize("name", TEXTS)
def test_a_senseless_text_is_answered_alike_each_time(name: str) -> None:
    assert _answers(TEXTS[name], LONG // 10) == _answers(TEXTS[name], LONG // 10)
