"""Durations in months: "2 meses", "un año y medio"; what is no number of months is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from normalizers.figures import read_figure, read_words
from normalizers.text import fold
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
_DAYS = {30 * months: months for months in range(1, 12)} | {360: 12, 365: 12, 366: 12}
_UNIT = r"(?:mes(?:es)?|(?:quincena|bimestre|trimestre|cuatrimestre|semestre|ano|bienio|trienio" \
        r"|cuatrienio|quinquenio|lustro|decada|semana|dia)s?)"  # fmt: skip
_PART = re.compile(
    rf"(?:(?P<half_first>medio|media|1/2|½)|(?P<words>[a-z]{{2,14}}(?:\sy\s[a-z]{{3,6}})?)?\s?"
    rf"(?P<figure>\(?\s?[0-9]{{1,4}}(?:[.,][0-9]{{1,2}})?\s?\)?)?)\s?(?P<unit>{_UNIT})"
    rf"(?:\scalendario)?(?P<half>\sy\s(?:medio|media))?"
)
_BEFORE = re.compile(
    r"(?:(?:durante|plazo|duracion|tiempo|de|por|en|total|estimad[oa])[\s:]{1,3}){1,4}"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in months."""

    months: Decimal
    state: State = "reported"
    reason: str = ""


def parse_duration(text: str) -> Duration | Refusal:
    """The months of "9 meses", "Tres (3) meses", "1 año y 2 meses", "90 días" (30 days a month)."""
    if len(text) > LONGEST_DURATION:
        return Refusal("too long to be a duration")
    folded = " ".join(fold(text).split()).rstrip(" .")
    for start in _starts(folded):
        parts = _split(folded[start:])
        if parts:
            return _add([_read(part) for part in parts])
    return Refusal(f"not a duration: {text.strip()[:40]!r}")


def _starts(folded: str) -> list[int]:
    """Where the figure may begin: at once, or behind words such as "durante"."""
    before = _BEFORE.match(folded)
    return [before.end(), 0] if before else [0]


def _split(folded: str) -> list[re.Match[str]]:
    """The parts joined by "y" or a comma, or nothing where anything else stands between."""
    parts = list(_PART.finditer(folded))
    if not parts or parts[0].start() or parts[-1].end() != len(folded):
        return []
    between = [folded[one.end() : two.start()] for one, two in pairwise(parts)]
    return parts if all(gap.strip() in ("y", ",", "con", "") for gap in between) else []


def _read(part: re.Match[str]) -> Duration | Refusal:
    number = Decimal("0.5") if part["half_first"] else _number(part["words"], part["figure"])
    if isinstance(number, Refusal):
        return number
    number += Decimal("0.5") if part["half"] else 0
    unit = part["unit"].removesuffix("s") if part["unit"] not in ("mes", "meses") else "mes"
    if unit in _MONTHS:
        return Duration(number * _MONTHS[unit])
    months = _DAYS.get(int(number)) if unit == "dia" and number == int(number) else None
    months = 12 if unit == "semana" and number == 52 else months
    if months is None:
        return Refusal(f"{number} {part['unit']} are no whole number of months")
    return Duration(Decimal(months), "derived", f"{number} {part['unit']} at 30 days a month")


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
    for part in parts:
        if isinstance(part, Refusal):
            return part
        state = part.state if part.state != "reported" else total.state
        total = Duration(total.months + part.months, state, part.reason or total.reason)
    return total
