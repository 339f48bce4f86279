"""The families of variants: what makes them, and what of the records they may change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from variants import columns, harmless, moves, words

Variants = Iterator[tuple[str, str]] | Iterator[tuple[str, bytes]]
_AMOUNT = re.compile(r"[^\d]*(\d[\d., ]*[.,]\d\d)[^\d]*")


def as_printed(text: str) -> str:
    """A text as it is."""
    return text


def without_case(text: str) -> str:
    """A text whose capitals do not count."""
    return text.casefold()


def digits_only(text: str) -> str:
    """An amount without its style: "135000" for "USD 1,350.00"; another text as it is."""
    match = _AMOUNT.fullmatch(text)
    return re.sub(r"\D", "", match[1]) if match else text


@dataclass(frozen=True)
class Family:
    """One kind of variant. `kinds` and `fields` are what it says otherwise and may."""

    name: str
    make: Callable[[str], Variants]
    kinds: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    alike: Callable[[str], str] = as_printed
    ordered: bool = True
    loses: bool = False  # cells of one row are gone
    by_default: bool = True


SECTIONS = frozenset({"section"})  # prose that prints the label itself
LABEL = frozenset({"label"})  # of a measure: the header as printed
FAMILIES = (
    Family("columns", columns.reordered),
    Family("words of countries", words.in_countries, SECTIONS, LABEL),
    Family("words in turns", words.in_turns, SECTIONS, LABEL),
    Family("words", words.one_by_one, SECTIONS, LABEL, by_default=False),
    Family("swapped", moves.swapped, ordered=False),
    Family("shifted", moves.shifted),
    Family("shifted and cut off", moves.shifted_off, loses=True),
    Family("broken", moves.broken),
    Family("unbroken", moves.unbroken),
    Family("cut", moves.cut),
    Family("cut before a capital", moves.cut_before_capital),
    Family("cut sheets", moves.cut_sheets),
    Family("resorted sheets", moves.resorted_sheets, fields=frozenset({"contact"})),
    Family("amounts", harmless.number_styles, SECTIONS, frozenset({"currency"}), digits_only),
    Family("months", harmless.months_in_capitals, SECTIONS, alike=without_case),
    Family("markup", harmless.markup),
    Family("white space", harmless.white_space),
    Family("encodings", harmless.encodings),
)
