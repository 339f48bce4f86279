"""Durations: "2 meses", "un año y medio", "12 semanas" -> months, and exactly as ISO 8601."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from normalizers.figures import read_figure, read_words
from normalizers.text import fold, legible
from pipeline.model import Refusal, State

LONGEST_DURATION = 100

_MONTHS: dict[str, Decimal] = {
    "quincena": Decimal("0.5"),
    "mes": Decimal(1),
    "bimestre": Decimal(2),
    "trimestre": Decimal(3),
    "cuatrimestre": Decimal(4),
    "semestre": Decimal(6),
    "ano": Decimal(12),
    "bienio": Decimal(24),
    "trienio": Decimal(36),
    "cuatrienio": Decimal(48),
    "quinquenio": Decimal(60),
    "lustro": Decimal(60),
    "decada": Decimal(120),
}
_DAYS: dict[str, int] = {"dia": 1, "semana": 7}
_YEARS = {Decimal(days): Decimal(12) for days in (360, 365, 366)}
_CENT = Decimal("0.01")
_UNIT = r"(?:mes(?:es)?|(?:quincena|bimestre|trimestre|cuatrimestre|semestre|ano|bienio|trienio" \
        r"|cuatrienio|quinquenio|lustro|decada|semana|dia)s?)"  # fmt: skip
_DIGITS = r"[0-9]{1,4}(?:[.,][0-9]{1,2})?"
_WORDS = r"[a-z]{2,14}(?:\s(?:y\s)?[a-z]{2,14}){0,2}"
_PART = re.compile(
    rf"(?:(?P<half_first>medio|media|1/2|½)|(?P<first>{_DIGITS})\s?\((?P<said>{_WORDS})\)"
    rf"|(?P<words>{_WORDS})?\s?(?P<figure>\(?\s?{_DIGITS}\s?\)?)?(?P<and_half>\s?(?:½|1/2))?)"
    rf"\s?(?<![a-z])(?P<unit>{_UNIT})(?:\s(?:calendario|corridos|naturales|consecutivos))?"
    r"(?P<half>\sy\s(?:medio|media))?"
)
_BEFORE = re.compile(
    r"(?:(?:durante|plazo|duracion|tiempo|vigencia|periodo|de|por|en|un|una|total|estimad[oa]"
    r"|ejecucion"
    r"|implementacion|contractual|aproximad[oa])[\s:=]{1,3}){1,6}"
)
_TOLD_TWICE = re.compile(r"(?P<one>[^()]{3,60})\s\((?P<two>[^()]{3,60})\)")
_WORKING = re.compile(r"\bdias?\s(?:habil(?:es)?|laborables?)")


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in months; `iso` (ISO 8601) is exact: "P45D" is 1.5 months only about."""

    months: Decimal
    state: State = "reported"
    reason: str = ""
    iso: str = field(default="", compare=False)


def parse_duration(text: str) -> Duration | Refusal:
    """The months of "9 meses", "Tres (3) meses", "1 año y 2 meses", "90 días" (30 days a month)."""
    text = legible(text)
    if len(text) > LONGEST_DURATION:
        return Refusal("too long to be a duration")
    folded = " ".join(fold(text).split()).rstrip(" .")
    if _WORKING.search(folded):
        return Refusal("working days are no months without a calendar")
    read = _parse(folded)
    twice = _TOLD_TWICE.fullmatch(folded) if read is None else None
    if twice:
        return _told_twice(_parse(twice["one"]), _parse(twice["two"]), text)
    return Refusal(f"not a duration: {text.strip()[:40]!r}") if read is None else read


def _parse(folded: str) -> Duration | Refusal | None:
    """None where the text is no duration at all."""
    for start in _starts(folded):
        parts = _split(folded[start:])
        if parts:
            return _add([_read(part) for part in parts])
    return None


def _told_twice(
    one: Duration | Refusal | None, two: Duration | Refusal | None, text: str
) -> Duration | Refusal:
    """Both lengths must be the same: "24 meses (2 años)"."""
    if not isinstance(one, Duration) or not isinstance(two, Duration):
        return Refusal(f"not a duration: {text.strip()[:40]!r}")
    return one if one.months == two.months else Refusal(f"two lengths: {text.strip()[:40]!r}")


def _starts(folded: str) -> list[int]:
    """Where the figure may begin: at once, or behind words such as "durante"."""
    before = _BEFORE.match(folded)
    article = re.search(r"un[oa]?[\s:=]{1,3}$", before[0]) if before else None
    starts = [before.end() - len(article[0])] if before and article else []
    return [*starts, before.end(), 0] if before else [0]


def _split(folded: str) -> list[re.Match[str]]:
    """The parts joined by "y" or a comma, or nothing where anything else stands between."""
    parts = list(_PART.finditer(folded))
    if not parts or parts[0].start() or parts[-1].end() != len(folded):
        return []
    between = [folded[one.end() : two.start()] for one, two in pairwise(parts)]
    return parts if all(gap.strip() in ("y", ",", "con", "") for gap in between) else []


def _read(part: re.Match[str]) -> Duration | Refusal:
    number = _count(part)
    if isinstance(number, Refusal):
        return number
    number += Decimal("0.5") if part["half"] or part["and_half"] else 0
    unit = part["unit"].removesuffix("s") if part["unit"] not in ("mes", "meses") else "mes"
    if unit in _MONTHS:
        months = number * _MONTHS[unit]
        return Duration(months, iso=_iso_months(months))
    return _from_days(number * _DAYS[unit], f"{number} {part['unit']}")


def _count(part: re.Match[str]) -> Decimal | Refusal:
    """How many units: half a one, one and a half ("año y medio"), or a number."""
    if part["half_first"]:
        return Decimal("0.5")
    if part["first"]:
        return _number(part["said"], part["first"])
    if part["half"] and not part["words"] and not part["figure"]:
        return Decimal(1)
    return _number(part["words"], part["figure"])


def _from_days(days: Decimal, printed: str) -> Duration:
    """At 30 days a month, two decimals; 360, 365 and 366 days and 52 weeks are a year."""
    months = Decimal(12) if days == 364 else _YEARS.get(days, days / 30)
    whole = months.to_integral_value()
    months = whole if months == whole else months.quantize(_CENT).normalize()
    iso = f"P{days.normalize():f}D" if days % 7 or "semana" not in printed else f"P{days / 7:f}W"
    return Duration(months, "derived", f"{printed} at 30 days a month", iso)


def _iso_months(months: Decimal) -> str:
    """`P1Y6M`; a part of a month is printed with its decimals."""
    years, rest = divmod(months, 12)
    tail = f"{rest.normalize():f}M" if rest or not years else ""
    return f"P{years:f}Y{tail}" if years else f"P{tail}"


def _number(words: str | None, figure: str | None) -> Decimal | Refusal:
    """The number, told in words, in digits, or in both, which must then agree."""
    spelled = read_words(words) if words else None
    printed = read_figure(figure.strip("() ")) if figure else None
    if isinstance(printed, Refusal):
        return printed
    if words and spelled is None:
        return Refusal(f"not a number: {words!r}")
    if printed is not None and spelled is not None and printed != spelled:
        return Refusal(f"{words!r} is not {printed}")
    if printed is None and spelled is None:
        return Refusal("a unit of time without a number")
    return printed if printed is not None else Decimal(spelled or 0)


def _add(parts: list[Duration | Refusal]) -> Duration | Refusal:
    total = Duration(Decimal(0))
    isos = []
    for part in parts:
        if isinstance(part, Refusal):
            return part
        isos.append(part.iso)
        state = part.state if part.state != "reported" else total.state
        total = Duration(total.months + part.months, state, part.reason or total.reason)
    months = all("D" not in iso and "W" not in iso for iso in isos)
    iso = _iso_months(total.months) if months else "P" + "".join(one[1:] for one in isos)
    return Duration(total.months, total.state, total.reason, iso)
