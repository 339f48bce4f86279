"""Amounts of money: printed text in, Decimal and ISO 4217 code out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from normalizers.currencies import NO_DECIMALS, PLACE, SCALES, find_signs
from normalizers.figures import infer_decimal_mark, read_figure, read_words
from normalizers.text import absence, fold
from pipeline.model import Refusal, State

__all__ = ["Amount", "infer_decimal_mark", "parse_amount"]

LONGEST_AMOUNT = 120
_LEFTOVER = re.compile(  # "500.-", the full stop of a sentence, a footnote's star
    r"(?<=[0-9])(?:[.,]\s?[-=]{1,2}|\.|\s?\*{1,3})$"
)
_SIGN_PLACE = f" {PLACE}"
_FREE = {"sin costo", "sin costo alguno", "gratuito", "gratuita", "costo cero", "sin costos"}


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in its currency (None: no sign tells it), or None with the state that says why."""

    value: Decimal | None
    currency: str | None = None
    state: State = "reported"
    reason: str = ""


def parse_amount(
    text: str, *, currency: str | None = None, decimal_mark: str | None = None
) -> Amount | Refusal:
    """Money as printed. `currency` is what a bare "$" means here; `decimal_mark` the column's."""
    if len(text) > LONGEST_AMOUNT:
        return Refusal("too long to be an amount")
    folded = " ".join(fold(text).replace("\\$", "$").split())
    if absent := absence(folded.replace("$", "").strip() or folded):
        return Amount(None, currency, *absent)
    if folded.rstrip(".") in _FREE:
        return Amount(Decimal(0), currency, "inferred", f"printed {folded[:40]!r}")
    return _read(folded, currency, decimal_mark)


def _read(folded: str, currency: str | None, decimal_mark: str | None) -> Amount | Refusal:
    """The sign of money, the minus, the figure and its scale, with nothing left over."""
    rest, codes = find_signs(folded)
    if len(codes - {"$"}) > 1:
        return Refusal("two currencies in one place")
    printed = next(iter(codes - {"$"}), None)
    negative, rest = _take_minus(rest)
    scale, rest = _take_scale(rest)
    code = printed or currency
    value = _value(rest, bool(codes) or code in NO_DECIMALS, decimal_mark)
    if isinstance(value, Refusal):
        return value
    amount, state, reason = value
    amount = _scaled(-amount if negative else amount, scale)
    return Amount(amount, code, state, reason)


def _scaled(amount: Decimal, scale: Decimal) -> Decimal:
    """The product, without the decimals that a scale leaves behind (2.5 millones)."""
    product = amount * scale
    whole = product.to_integral_value()
    return whole if scale > 1 and product == whole else product


def _value(
    rest: str, is_money: bool, decimal_mark: str | None
) -> tuple[Decimal, State, str] | Refusal:
    """The bare figure. Where a sign says that it is money, three digits are no decimals."""
    rest = _LEFTOVER.sub("", rest.strip())
    rest = f"0{rest}" if re.fullmatch(r"[.,][0-9]{1,2}", rest) else rest
    figure = read_figure(rest, decimal_mark)
    if not isinstance(figure, Refusal):
        return figure, "reported", ""
    spelled = read_words(rest)
    if spelled is not None:
        return Decimal(spelled), "reported", ""
    thousands = re.fullmatch(r"([1-9][0-9]{0,2})[.,]([0-9]{3})", rest)
    if thousands and is_money and decimal_mark is None:
        value = Decimal("".join(thousands.groups()))
        return value, "inferred", "money bears no three decimals: read as thousands"
    return figure


def _take_minus(rest: str) -> tuple[bool, str]:
    """A minus before, or brackets around: accounting's negative."""
    rest = rest.strip(_SIGN_PLACE)
    if rest.startswith("(") and rest.endswith(")"):
        return True, rest[1:-1].strip(_SIGN_PLACE)
    if rest[:1] in ("-", "−", "–"):
        return True, rest[1:].strip(_SIGN_PLACE)
    return False, rest


def _take_scale(rest: str) -> tuple[Decimal, str]:
    """Such as 1,000,000 and "2" for "2 millones"."""
    for words, scale in SCALES:
        match = re.search(rf"(?<=[0-9a-z\s])\s?(?:{words})$", rest.strip())
        if match and match.start() > 0:
            return scale, rest.strip()[: match.start()]
    return Decimal(1), rest
