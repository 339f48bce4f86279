"""Amounts of money: printed text in, Decimal and ISO 4217 code out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from normalizers.broken import mend_figures
from normalizers.conventions import Convention, decide_convention, infer_decimal_mark
from normalizers.currencies import (
    NO_DECIMALS,
    PLACE,
    find_signs,
    name_currency,
    spell_scales,
)
from normalizers.scales import read_number
from normalizers.text import absence, fold, legible
from pipeline.model import Refusal, State

__all__ = ["Amount", "Convention", "decide_convention", "infer_decimal_mark", "parse_amount"]

LONGEST_AMOUNT = 160
_SIGN_PLACE = f" {PLACE}"
_FREE = {
    "sin costo", "sin costo alguno", "gratuito", "gratuita", "costo cero", "sin costos",
    "no tiene costo", "no genera costo", "sin costo adicional", "no requiere recursos",
    "no requiere presupuesto", "no requiere", "-0-",
}  # fmt: skip
_TOLD_TWICE = re.compile(  # "$ 1,500.00 (mil quinientos pesos)", or the other way round
    r"(?P<one>[^()]{1,100})\((?P<two>[^()]{1,120})\)"
)
_TAX = re.compile(
    r"[\s,(]{1,3}(?:(?:iva|igv|itbms|isv|impuestos?)\sinclu[iy]\w{2,4}|incluy?e\siva)\)?$"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in its currency (None: no sign tells it), or None with the state that says why."""

    value: Decimal | None
    currency: str | None = None
    state: State = "reported"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """What is known where the amount stands."""

    currency: str | None
    decimal_mark: str | None


def parse_amount(
    text: str,
    *,
    currency: str | None = None,
    decimal_mark: str | None = None,
    nil_dash: bool = False,
) -> Amount | Refusal:
    """Money as printed. `currency` is the country's; `decimal_mark` and `nil_dash` the column's.

    A line break in `text` may cut a figure; one that parts two figures is a refusal.
    """
    text = legible(text)
    if len(text) > LONGEST_AMOUNT:
        return Refusal("too long to be an amount")
    folded = fold(text).replace("\\$", "$").strip()
    mended = mend_figures(folded) if "\n" in folded else folded
    if isinstance(mended, Refusal):
        return mended
    amount = _parse(" ".join(mended.split()), _Place(currency, decimal_mark), nil_dash)
    if isinstance(amount, Refusal) or mended.split() == folded.split():
        return amount
    return _noted(amount, "a figure broken over lines")


def _parse(folded: str, place: _Place, nil_dash: bool) -> Amount | Refusal:
    bare = find_signs(folded)[0].strip(_SIGN_PLACE) if len(folded) < 24 else folded
    if absent := absence(bare if bare or not folded else folded):
        if nil_dash and set(bare) == {"-"}:
            return Amount(Decimal(0), place.currency, "inferred", "printed '-', nil in this column")
        return Amount(None, place.currency, *absent)
    if folded.rstrip(".") in _FREE:
        return Amount(Decimal(0), place.currency, "inferred", f"printed {folded[:40]!r}")
    taxed = _TAX.search(folded)
    folded = folded[: taxed.start()] if taxed else folded
    twice = _TOLD_TWICE.fullmatch(folded)
    if twice and twice["one"].strip(_SIGN_PLACE + "$-"):
        return _read_twice(twice, place)
    amount = _read(folded, place)
    return _noted(amount, f"printed {taxed[0].strip(' ,()')!r}", "reported") if taxed else amount


def _noted(amount: Amount | Refusal, reason: str, state: State = "inferred") -> Amount | Refusal:
    if isinstance(amount, Refusal) or amount.value is None:
        return amount
    stays = amount.state if amount.state != "reported" else state
    return replace(amount, state=stays, reason="; ".join(filter(None, (amount.reason, reason))))


def _read_twice(twice: re.Match[str], place: _Place) -> Amount | Refusal:
    """A figure and its words in brackets, which must tell the same."""
    one, two = _read(twice["one"].strip(), place), _read(twice["two"].strip(), place)
    if isinstance(one, Refusal) or isinstance(two, Refusal):
        return one if isinstance(one, Refusal) else two
    if one.value != two.value:
        return Refusal(f"{twice['one'].strip()!r} is not {twice['two'].strip()[:40]!r}")
    codes = {one.currency, two.currency} - {None, place.currency}
    if len(codes) > 1:
        return Refusal("two currencies in one place")
    return replace(one, currency=codes.pop() if codes else one.currency)


def _read(folded: str, place: _Place) -> Amount | Refusal:
    """The sign of money, the minus, the figure and its scale, with nothing left over."""
    spelled = spell_scales(folded, place.currency)
    if isinstance(spelled, Refusal):
        return spelled
    rest, codes = find_signs(spelled)
    named = name_currency(codes, place.currency)
    if isinstance(named, Refusal):
        return named
    negative, rest = _take_minus(rest)
    value = read_number(rest, bool(codes) or named[0] in NO_DECIMALS, place.decimal_mark)
    if isinstance(value, Refusal):
        return value
    amount, state, reason = value
    reasons = "; ".join(filter(None, (reason, named[1])))
    return Amount(-amount if negative else amount, named[0], state, reasons)


def _take_minus(rest: str) -> tuple[bool, str]:
    """A minus before, or brackets around: accounting's negative."""
    rest = rest.strip(_SIGN_PLACE).removeprefix("+").strip(_SIGN_PLACE)
    if rest.startswith("(") and rest.endswith(")"):
        return True, rest[1:-1].strip(_SIGN_PLACE)
    if rest[:1] in ("-", "−", "–"):
        return True, rest[1:].strip(_SIGN_PLACE)
    return False, rest
