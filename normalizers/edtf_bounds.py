"""EDTF level 1 strings: written from points in time, and read back as bounds.

A point is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, `~` after it where the print says "about". A period is
two points around `/`: `..` for an open end ("a partir de"), nothing for one that is not told
("Inicio: mayo" alone). Several dates or periods stand between `|`. Where an end of a period is
itself printed as a span ("Inicio: junio-julio"), its outer month is taken and the reason quotes it:
the period then covers all that is printed, and level 1 has no form for an imprecise end.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

_POINT = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?[~?%]?")

LAST = -1  # the day of a Point that is the last of its month, until the year is known


@dataclass(frozen=True, slots=True)
class Point:
    """A moment as precise as it was printed; `year` is None until the context tells it."""

    year: int | None
    month: int | None = None
    day: int | None = None
    about: bool = False

    @property
    def edtf(self) -> str:
        """`2020`, `2020-05` or `2020-05-31`."""
        parts = [f"{self.year or 0:04d}", *(f"{part:02d}" for part in self._rest() if part)]
        return "-".join(parts) + ("~" if self.about else "")

    def _rest(self) -> tuple[int | None, int | None]:
        return self.month, self.day

    @property
    def exists(self) -> bool:
        """Whether the calendar has it (29 February in any year, if the year is not known)."""
        if self.year is not None and not 1 <= self.year <= 9999:
            return False
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        last = monthrange(self.year or 2000, self.month)[1] if self.month else 31
        return self.day is None or self.day == LAST or 1 <= self.day <= last

    def settled(self) -> Point:
        """With a last day of a month told in figures; the year must be known."""
        if self.day != LAST or self.year is None or self.month is None:
            return self
        return replace(self, day=monthrange(self.year, self.month)[1])


def edtf_bounds(edtf: str) -> tuple[date | None, date | None]:
    """First day of the first date, last day of the last one; None for an open or unread end."""
    if not edtf:
        return None, None
    parts = edtf.split("|")
    start, _, _ = parts[0].partition("/")
    _, slash, end = parts[-1].partition("/")
    return _bound(start, False), _bound(end if slash else parts[-1], True)


def _bound(point: str, last: bool) -> date | None:
    match = _POINT.fullmatch(point)
    if not match:
        return None
    digit = "9" if last else "0"
    year = int(match[1].replace("X", digit))
    month = int(match[2]) if match[2] and match[2] != "XX" else (12 if last else 1)
    if not 1 <= year <= 9999 or not 1 <= month <= 12:
        return None
    length = monthrange(year, month)[1]
    day = int(match[3]) if match[3] and match[3] != "XX" else (length if last else 1)
    return date(year, month, day) if 1 <= day <= length else None
