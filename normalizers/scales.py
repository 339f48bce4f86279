"""Numbers as sums of money tell them: "2.5 millones", "mil quinientos 50/100", "3 mil"."""

from __future__ import annotations

import re
from decimal import Decimal

from normalizers.currencies import PLACE
from normalizers.figures import read_figure, read_words
from pipeline.model import Refusal, State

_LEFTOVER = re.compile(  # "500.-", the full stop of a sentence, a footnote's star
    r"(?<=[0-9])(?:[.,]\s?[-=]{1,2}|\.|\s?\*{1,3})$"
)
_SCALES: list[tuple[str, Decimal]] = [
    (r"(?:mil\smillones|millardos?)(?:\sde)?", Decimal(10) ** 9),
    (r"(?:millon|millones|mills?\.?|mm)(?:\sde)?\.?", Decimal(10) ** 6),
    (r"(?:miles|mil|k)(?:\sde)?", Decimal(10) ** 3),
]
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:['’´][0-9]{3})?[.,][0-9]{3}")
_NO_DIGIT = re.compile(r"[^0-9]")
_CENTS = re.compile(r"\s(?:con\s|y\s)?(?P<cents>[0-9]{2})/100(?![0-9])")
_COMPOUND = re.compile(r"(?P<more>.{1,40}?millon(?:es)?)(?:\s(?:con|y))?\s(?P<less>.{1,40}?\smil)")

Number = tuple[Decimal, State, str]


def read_number(rest: str, is_money: bool, decimal_mark: str | None) -> Number | Refusal:
    """Words, or a figure and its scale: "mil quinientos 50/100", "2.5 millones", "3 mil"."""
    if rest[:1].isdigit() and rest[-1:].isdigit() and "/" not in rest:
        return _value(rest, is_money, decimal_mark)
    cents = _CENTS.search(rest)
    words = _CENTS.sub("", rest) if cents else rest
    spelled = read_words(words.strip(f" {PLACE}"))
    if spelled is not None:
        return Decimal(spelled) + (Decimal(cents["cents"]) / 100 if cents else 0), "reported", ""
    if compound := _COMPOUND.fullmatch(rest):
        parts = [read_number(compound[name], True, decimal_mark) for name in ("more", "less")]
        return _add(parts)
    scale, figure = _take_scale(rest)
    # "$ 2.500 millones" may be two and a half: the sign tells nothing where a scale stands.
    value = _value(figure, is_money and scale == 1, decimal_mark)
    return value if isinstance(value, Refusal) else (_scaled(value[0], scale), *value[1:])


def _add(parts: list[Number | Refusal]) -> Number | Refusal:
    more, less = parts
    if isinstance(more, Refusal) or isinstance(less, Refusal):
        return more if isinstance(more, Refusal) else less
    if more[0] != more[0].to_integral_value() or more[0] % 1_000_000 or less[0] >= 1_000_000:
        return Refusal("two figures in one place")
    return more[0] + less[0], "reported", ""


def _scaled(amount: Decimal, scale: Decimal) -> Decimal:
    """The product, without the decimals that a scale leaves behind (2.5 millones)."""
    product = amount * scale
    whole = product.to_integral_value()
    return whole if scale > 1 and product == whole else product


def _value(rest: str, is_money: bool, decimal_mark: str | None) -> Number | Refusal:
    """The bare figure. Where a sign says that it is money, three digits are no decimals."""
    rest = _LEFTOVER.sub("", rest.strip())
    rest = f"0{rest}" if re.fullmatch(r"[.,][0-9]{1,2}", rest) else rest
    figure = read_figure(rest, decimal_mark)
    if not isinstance(figure, Refusal):
        return figure, "reported", ""
    spelled = read_words(rest)
    if spelled is not None:
        return Decimal(spelled), "reported", ""
    if is_money and decimal_mark is None and _THOUSANDS.fullmatch(rest):
        value = Decimal(_NO_DIGIT.sub("", rest))
        return value, "inferred", "money bears no three decimals: read as thousands"
    return figure


def _take_scale(rest: str) -> tuple[Decimal, str]:
    """Such as 1,000,000 and "2" for "2 millones"."""
    for words, scale in _SCALES:
        match = re.search(rf"(?<=[0-9a-z\s])\s?(?:{words})$", rest.strip())
        if match and match.start() > 0:
            return scale, rest.strip()[: match.start()]
    return Decimal(1), rest
