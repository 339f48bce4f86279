"""Deadlines counted in working days, with the holidays of the document's country."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from normalizers.dates import edtf_bounds
from pipeline.model import Check, Reading
from pipeline.validation.comparing import compared, document_record, not_checkable
from pipeline.validation.settings import Settings

SATURDAY = 5
FEAST = 7  # days that unknown holidays may add at most
LONGEST = 400  # working days that are counted; a deadline further away is none


def date_published_late(reading: Reading, settings: Settings) -> Iterator[Check]:
    """The follow-up is published within the working days after its cut-off that its family sets."""
    days = settings.rule(reading.profile.name, "publication_working_days")
    owner = document_record(reading)
    if days is None or not owner.get("published_date"):
        return
    check, field = "date.published_late", "published_date"
    blocks = [owner.block(field), owner.block("cutoff_date")]
    cutoff = edtf_bounds(str(owner.get("cutoff_date") or ""))[1]
    published = edtf_bounds(str(owner.get(field)))[0]
    country = str(owner.get("country") or "")
    if cutoff is None or published is None:
        yield not_checkable(check, owner, "no_cutoff", blocks, field=field)
        return
    due = add_working_days(cutoff, int(days), country)
    weekends = add_working_days(cutoff, int(days), "") or date.max
    ok = published <= (due or weekends)
    is_unsure = due is None or not country
    if not ok and is_unsure and published <= weekends + timedelta(days=FEAST):
        yield not_checkable(check, owner, "holidays_unknown", blocks, field=field)
        return
    due = due or weekends
    words = {"due": str(due), "days": str(int(days)), "published": str(published)}
    expected = "" if ok else f"≤ {due}"
    stated = str(owner.get(field))
    yield compared(
        check, owner, ok, blocks, field=field, stated=stated, expected=expected, words=words
    )


def add_working_days(start: date, days: int, country: str) -> date | None:
    """The last of so many working days after `start`; None where the holidays are not known.

    Without a country ("") only weekends are free.
    """
    if country and not _holidays(country, start.year):
        return None
    day, left = start, min(days, LONGEST)
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day, country)
    return day


def is_working_day(day: date, country: str) -> bool:
    """Whether offices work on a day in a country (ISO 3166-1 alpha-2; "" knows no holidays)."""
    return day.weekday() < SATURDAY and (not country or day not in _holidays(country, day.year))


@cache
def _holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of a year; none where the library does not know the country."""
    import holidays  # 250 modules: only where a deadline is counted

    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()
