"""Percentages as printed: `72 %` is Decimal("72"); an unreadable one is refused, never mended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from normalizers.figures import read_figure, read_words
from normalizers.text import absence, fold
from pipeline.model import Refusal, State

LONGEST_PERCENT = 120

_WORDS = r"""(?:avance|cumplimiento|cumplid[oa]|complet[oa]|completad[oa]|ejecutad[oa]|ejecucion
|implementad[oa]|implementacion|sustancial|limitad[oa]|porcentaje|nivel|progreso|de|del|el|un|al
|en|proceso|finalizad[oa]|realizad[oa]|grado|fisico)"""
_AROUND = rf"(?:{_WORDS}[\s:,.()-]{{1,3}}){{0,6}}"
_PERCENT = re.compile(
    rf"{_AROUND}(?P<sign>[+-]?)\s?(?P<figure>[0-9][0-9.,']{{0,20}}?)\s{{0,3}}"
    rf"(?P<unit>%|por\s?cien(?:to)?|por\s100)?[.*]{{0,3}}(?:[\s:,.()-]{{1,3}}{_WORDS}){{0,6}}[.)]?",
    re.VERBOSE,
)
_SPELLED = re.compile(r"(?P<words>[a-z ]{2,40}?)\s(?:por\s?cien(?:to)?)")


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage (72 is 72 %), or None with the state that says why there is none."""

    value: Decimal | None
    state: State = "reported"
    reason: str = ""


def parse_percent(text: str, *, fractions: bool = False) -> Percent | Refusal:
    """A percentage as printed. `fractions`: its column writes 0.72 for 72 % without the sign."""
    if absent := absence(text):
        return Percent(None, *absent)
    if len(text) > LONGEST_PERCENT:
        return Refusal("too long to be a percentage")
    folded = " ".join(fold(text).replace("％", "%").replace("−", "-").split())
    if spelled := _SPELLED.fullmatch(folded):
        number = read_words(spelled["words"])
        return Percent(Decimal(number)) if number is not None else _refusal(text)
    match = _PERCENT.fullmatch(folded)
    if not match or (not match["unit"] and not _is_bare(folded)):
        return _refusal(text)
    return _read(match, fractions)


def _is_bare(folded: str) -> bool:
    return bool(re.fullmatch(r"[+-]?\s?[0-9.,']+\*{0,3}", folded))


def _read(match: re.Match[str], fractions: bool) -> Percent | Refusal:
    """The figure with its sign; three decimals after two digits or more are decimals."""
    figure = read_figure(match["figure"].rstrip(".,"))
    state: State = "reported"
    reason = ""
    if isinstance(figure, Refusal):
        if not re.fullmatch(r"[0-9]{2,3}[.,][0-9]{3}", match["figure"]):
            return figure
        figure = Decimal(match["figure"].replace(",", "."))
        state, reason = "inferred", "three digits after the separator read as decimals"
    value = -figure if match["sign"] == "-" else figure
    if fractions and not match["unit"]:
        return _scale(value)
    return Percent(value, state, reason)


def _scale(value: Decimal) -> Percent | Refusal:
    if abs(value) > 2:
        return Refusal(f"{value} stands in a column of fractions of one")
    return Percent(value * 100, "derived", "a fraction of one, printed without a sign")


def _refusal(text: str) -> Refusal:
    return Refusal(f"not a percentage: {text.strip()[:40]!r}")
