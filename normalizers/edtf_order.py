"""Whether a column writes the day or the month first, decided by its dates, evidence kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_NUMERIC = re.compile(
    r"(?<![0-9/.-])(?P<one>[0-9]{1,2})(?P<mark>[/.-])(?P<two>[0-9]{1,2})(?P=mark)"
    r"(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9/-])"
)
_DOTTED = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}")
MOST = 20  # how many to one: fewer dates against are misprints
_KEPT = 3


@dataclass(frozen=True, slots=True)
class DayOrder:
    """True: day first; False: month first; None: nothing tells, or the column contradicts itself.

    `dotted`: days are printed as 31.12.20, so 01.03.10 is a day there and no number of a section.
    `evidence` quotes dates that can be read one way only, `against` those that contradict them.
    """

    day_first: bool | None
    evidence: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    dotted: bool = False


def decide_day_first(texts: Iterable[str]) -> DayOrder:
    """What the numeric dates in these texts show: 31/12/2020 has the day first, 12/31/2020 last."""
    days: dict[str, None] = {}
    months: dict[str, None] = {}
    for text in texts:
        for match in _NUMERIC.finditer(text):
            one, two = int(match["one"]), int(match["two"])
            if 12 < one <= 31 and 1 <= two <= 12:
                days[match[0]] = None
            elif 12 < two <= 31 and 1 <= one <= 12:
                months[match[0]] = None
    if not days and not months:
        return DayOrder(None)
    more, less = (days, months) if len(days) >= len(months) else (months, days)
    decided = len(more) >= MOST * len(less)
    shown, against = tuple(more)[:_KEPT], tuple(less)[:_KEPT]
    dotted = any(_DOTTED.fullmatch(date) for date in days)
    return DayOrder(more is days if decided else None, shown, against, dotted)
