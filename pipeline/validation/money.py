"""Amounts: exact sums, what printed decimals allow, and digits in the document's own style."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from pipeline.model import Record

_DIGITS = re.compile(r"[0-9][0-9.,'  ]*[0-9]|[0-9]")
_COMMA_DECIMALS = re.compile(r",[0-9]{1,2}$|^[0-9]{1,3}(?:\.[0-9]{3})+(?:,|$)")
_SWAP = str.maketrans(",.", ".,")


def sum_amounts(amounts: Iterable[Decimal]) -> Decimal:
    """The exact sum."""
    return sum(amounts, Decimal(0))


def decimals(amount: Decimal) -> int:
    """How many decimals an amount was printed with."""
    exponent = amount.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def tolerance(stated: Decimal, amounts: Sequence[Decimal]) -> Decimal:
    """What rounding alone explains: nothing where all were printed with the same decimals."""
    finest = max(map(decimals, amounts))
    if finest > decimals(stated):
        return Decimal(5).scaleb(-decimals(stated) - 1)
    is_stated_finer = stated != round(stated, finest)
    return Decimal(5).scaleb(-finest - 1) * len(amounts) if is_stated_finer else Decimal(0)


def as_printed(amount: Decimal, model: str) -> str:
    """An amount with the marks and the sign of money of `model`, an amount of the same document."""
    match = _DIGITS.search(model)
    if match is None:
        return f"{amount:,f}"
    digits = f"{amount:,.{max(decimals(amount), _model_decimals(match[0]))}f}"
    if _COMMA_DECIMALS.search(match[0]):
        digits = digits.translate(_SWAP)
    elif "," not in match[0] and len(re.sub(r"[.,].*", "", match[0])) > 3:
        digits = digits.replace(",", "")
    return model[: match.start()] + digits + model[match.end() :]


def _model_decimals(digits: str) -> int:
    tail = re.search(r"[.,]([0-9]{1,2})$", digits)
    return len(tail[1]) if tail else 0


def currencies(records: Iterable[Record]) -> set[str]:
    """The currencies that these records name; a record that names none adds none."""
    return {str(record.get("currency")) for record in records if record.get("currency")}
