"""The only use of dateparser: one single date with more around it (weekday, hour, other order).

It is asked only for a text that plainly holds one day, one month and one year, and is believed only
when its answer is made of the numbers printed: alone it reads "72" and "20%" as dates and swaps
day and month.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import Any

from normalizers.edtf_bounds import Point
from normalizers.edtf_lexicon import MONTHS
from normalizers.text import fold

_BESIDE = re.compile(
    r"del?|el|las?|al?|dia|mes|ano|horas?|hrs?|h|[ap]m|m|p|t|z|lunes|martes|miercoles|jueves|viernes"
    r"|sabado|domingo"
)
_TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]{1,6})?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")  # another is a misprint, or no year
_ITEM = re.compile(r"[0-9]{1,2}[.)]\s")  # "1. Agosto de 2015": the first of a list, no day
_LONGEST = 60


def read_single(text: str, day_first: bool | None) -> Point | None:
    """The day that `text` prints, or None where it is not plainly one date."""
    folded = " ".join(fold(text).split())
    numbers = _numbers(folded)
    if numbers is None or day_first is None:
        return None
    found = _parser(day_first).get_date_data(folded).date_obj
    if found is None or sorted((found.day, found.month, found.year)) != sorted(numbers):
        return None
    if len(set(numbers)) > 2 and not _in_order(folded, found, day_first):
        return None
    return Point(found.year, found.month, found.day)


def _numbers(folded: str) -> list[int] | None:
    """Day, month and year as printed, if there are just these and no unknown word."""
    rest = _TIME.sub(" ", folded)
    words = re.findall(r"[a-z]+", rest)
    months = [MONTHS[word] for word in words if word in MONTHS]
    digits = re.findall(r"[0-9]+", rest)
    known = all(word in MONTHS or _BESIDE.fullmatch(word) for word in words)
    plain = known and len(folded) <= _LONGEST and len(months) < 2 and not _ITEM.match(folded)
    years = [number for number in digits if _YEAR.fullmatch(number)]
    small = [number for number in digits if len(number) < 3]
    if not plain or len(years) != 1 or len(small) != 2 - len(months) or len(digits) > 3:
        return None
    return [*months, *map(int, digits)]


def _in_order(folded: str, found: datetime, day_first: bool) -> bool:
    """Two small numbers must stand in the order that the country writes (a misprint is no swap)."""
    small = [int(number) for number in re.findall(r"(?<![0-9:])[0-9]{1,2}(?![0-9:])", folded)]
    if len(small) != 2:
        return True
    year_first = bool(re.match(r"[a-z\s,]*[0-9]{4}", folded))
    day = small[0] if day_first and not year_first else small[1]
    return found.day == day


@cache
def _parser(day_first: bool) -> Any:
    """Imported when first needed: the import takes a tenth of a second."""
    from dateparser.date import DateDataParser

    settings = {
        "PARSERS": ["absolute-time"],
        "REQUIRE_PARTS": ["day", "month", "year"],
        "RELATIVE_BASE": datetime(2000, 1, 1),
        "DATE_ORDER": "DMY" if day_first else "MDY",
        "TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    return DateDataParser(languages=["es"], settings=settings)
