"""What a value looks like to its parsers: enough to settle a label that two fields claim."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from normalizers.amounts import parse_amount
from normalizers.dates import parse_dates
from normalizers.durations import parse_duration
from normalizers.percent import parse_percent
from normalizers.text import absence, clean
from pipeline.model import Refusal

_LONGEST = 120  # characters: what is longer is told in words
_FIGURE = re.compile(r"[-+]?\d[\d.,']*")


def value_shape(text: str) -> str:
    """A shape as columns.toml names them, "text" for words, "" for a value that is not there."""
    text = clean(text)
    if absence(text):
        return ""
    if len(text) > _LONGEST or not re.search(r"\d", text):
        return "text"
    if _FIGURE.fullmatch(text):
        return "number"
    parsers: Mapping[str, Callable[[str], object]] = {
        "percent": parse_percent, "duration": parse_duration, "date": parse_dates,
        "money": parse_amount,
    }  # fmt: skip
    read = (name for name, parse in parsers.items() if not isinstance(parse(text), Refusal))
    return next(read, "text")
