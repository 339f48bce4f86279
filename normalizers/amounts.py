"""Amounts of money: printed text in, Decimal and ISO 4217 code out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from normalizers.currencies import NO_CENTS, SCALES, find_signs
from normalizers.figures import infer_decimal_mark, read_figure, read_words
from normalizers.text import absence, fold
from pipeline.model import Refusal, State

__all__ = ["Amount", "infer_decimal_mark", "parse_amount"]

LONGEST_AMOUNT = 120
_FREE = {"sin costo", "sin costo alguno", "gratuito", "gratuita", "costo cero", "sin costos"}
_FIGURE = re.compile(r"[0-9][0-9.,' \u00a0\u2009\u202f’‘´]{0,38}|[.,][0-9]{1,2}(?![0-9])")


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
    if scale is None:
        return Refusal("its scale may be thousands or millions")
    code = printed or currency
    value = _value(rest, code, decimal_mark)
    if isinstance(value, Refusal):
        return value
    amount, state, reason = value
    return Amount((-amount if negative else amount) * scale, code, state, reason)


def _value(
    rest: str, code: str | None, decimal_mark: str | None
) -> tuple[Decimal, State, str] | Refusal:
    """The bare figure; a currency without cents tells what three digits after a mark are."""
    rest = re.sub(r"(?<=[0-9])[.,]?\s?[-=]$|(?<=[0-9])\.$|(?<=[0-9])\s?\*{1,3}$", "", rest.strip())
    rest = f"0{rest}" if re.fullmatch(r"[.,][0-9]{1,2}", rest) else rest
    figure = read_figure(rest, decimal_mark)
    if not isinstance(figure, Refusal):
        return figure, "reported", ""
    spelled = read_words(rest)
    if spelled is not None:
        return Decimal(spelled), "reported", ""
    if code in NO_CENTS and decimal_mark is None:
        digits = re.fullmatch(r"([0-9]{1,3})[.,]([0-9]{3})", rest)
        if digits:
            return Decimal("".join(digits.groups())), "inferred", f"{code} has no cents"
    return figure


def _take_minus(rest: str) -> tuple[bool, str]:
    """A minus before, or brackets around: accounting's negative."""
    rest = rest.strip()
    if rest.startswith("(") and rest.endswith(")"):
        return True, rest[1:-1]
    if rest[:1] in ("-", "−", "–"):
        return True, rest[1:]
    return False, rest


def _take_scale(rest: str) -> tuple[Decimal | None, str]:
    """ "2 millones" -> 1,000,000 and "2"; None where the scale itself may mean two."""
    for words, scale in SCALES:
        match = re.search(rf"(?<=[0-9a-z\s])\s?(?:{words})$", rest.strip())
        if match and match.start() > 0:
            return scale, rest.strip()[: match.start()]
    return Decimal(1), rest
