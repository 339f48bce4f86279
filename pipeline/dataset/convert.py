"""One Python value into what its column stores: exactly, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Context, Decimal

from pipeline.dataset.schema import DECIMAL_DIGITS, DECIMAL_PLACES, Column

_WIDE = Context(prec=DECIMAL_DIGITS + DECIMAL_PLACES)


class Unfit(ValueError):
    """A number of the document that the column cannot hold exactly; the argument says why."""


class WrongType(TypeError):
    """A value of a type that no such column takes: a fault of the stage that made it."""


def clean_text(text: str) -> str:
    r"""The text in valid UTF-8: a stray byte of a file name shows as `\udcf1`, NUL as U+FFFD."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\ufffd")


def tell_decimal(number: Decimal) -> str:
    """A decimal in plain digits without trailing zeros: `1500`, `0.5`, never `1.5E+3`."""
    if number == 0 or abs(number.adjusted()) > 99:  # 1E+999999 would be a megabyte of zeros
        return "0" if number == 0 else str(number)
    told = format(number, "f")
    return told.rstrip("0").rstrip(".") if "." in told else told


def tell_text(value: object) -> str | None:
    """Any value as the text that tables and CSV show; nothing and empty are None."""
    if isinstance(value, Decimal):
        return tell_decimal(value)
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else clean_text(str(value)) or None


def _json(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return tell_text(value)
    return clean_text(json.dumps(value, ensure_ascii=False, sort_keys=True))


def _date(value: object) -> date:
    if type(value) is date:
        return value
    raise WrongType(type(value).__name__)


def _integer(value: object) -> int:
    if isinstance(value, int | Decimal) and value == int(value):
        return int(value)
    raise WrongType(type(value).__name__)


def _float(value: object) -> float:
    if isinstance(value, int | float | Decimal):
        return round(float(value), 4)  # a ten-thousandth of a point: noise beyond that
    raise WrongType(type(value).__name__)


def _decimal(value: object) -> Decimal:
    if not isinstance(value, int | Decimal):
        raise WrongType(type(value).__name__)  # a float among them: money is never one
    number = Decimal(value)
    if not number.is_finite():
        raise Unfit("not a finite number")
    if number.adjusted() >= DECIMAL_DIGITS - DECIMAL_PLACES:
        raise Unfit(f"more than {DECIMAL_DIGITS - DECIMAL_PLACES} digits")
    stored = number.quantize(Decimal(1).scaleb(-DECIMAL_PLACES), context=_WIDE)
    if stored != number:
        raise Unfit(f"more than {DECIMAL_PLACES} decimal places")
    return stored


def _within(number: Decimal, column: Column) -> Decimal:
    low, high = column.min, column.max
    if (low is not None and number < low) or (high is not None and number > high):
        raise Unfit(f"outside {low} to {high}")
    return number


CONVERTERS: Mapping[str, Callable[[object], object]] = {
    "text": tell_text,
    "edtf": tell_text,
    "json": _json,
    "date": _date,
    "integer": _integer,
    "float": _float,
    "decimal": _decimal,
    "percent": _decimal,
}


def convert(value: object, column: Column) -> object:
    """The value as the column stores it; raises `Unfit` or `WrongType`, never rounds a decimal."""
    if value is None or value == "":
        return None
    stored = CONVERTERS[column.type](value)
    return _within(stored, column) if isinstance(stored, Decimal) else stored
