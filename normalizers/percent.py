"""Percentages as printed: `72 %` is Decimal("72"); an unreadable one is refused, never mended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalizers.figures import read_figure, read_words
from normalizers.text import absence, fold, legible
from pipeline.model import Refusal, State

LONGEST_PERCENT = 120
_MOST_FRACTION = 2  # done twice over: 200 %

_WORDS = r"""(?:avances?|cumplimiento|cumplid[oa]|cumplio|cumple|complet[oa]|completad[oa]
|ejecutad[oa]
|ejecucion|implementad[oa]|implementacion|sustancial|limitad[oa]|porcentaje|nivel|progreso|de|del
|el|la|un|al|en|es|proceso|finalizad[oa]|realizad[oa]|terminad[oa]|grado|fisico|financiero|real
|acumulad[oa]|total|logro|logrado|alcanzad[oa]|reportad[oa]|esta|se|lleva|va|con|actividad|meta
|indicador|periodo|corte|resultado|efectividad|eficacia|entregad[oa])"""
_AROUND = rf"(?:{_WORDS}[\s:=,.()-]{{1,3}}){{0,6}}"
_PERCENT = re.compile(
    rf"{_AROUND}(?P<before>%\s?)?(?P<sign>[+-]?)\s?(?P<figure>[0-9][0-9.,']{{0,20}}?|[.,][0-9]{{1,2}})\s{{0,3}}"
    rf"(?P<unit>%|por\s?cien(?:to)?|por\s100|pct|p\.\s?c\.?)?[.*:;]{{0,3}}"
    rf"(?:[\s:,.()-]{{1,3}}{_WORDS}){{0,6}}[.)]?",
    re.VERBOSE,
)
_BARE = re.compile(r"[+-]?\s?[0-9.,']+\*{0,3}")
_SPELLED = re.compile(
    rf"{_AROUND}(?P<words>[a-z ]{{2,60}}?)(?:\s(?:coma|punto|con)\s(?P<decimals>[a-z ]{{3,30}}?))?"
    rf"\s(?:por\s?cien(?:to)?)(?:[\s:,.()-]{{1,3}}{_WORDS}){{0,6}}\.?",
    re.VERBOSE,
)
_TOLD_TWICE = re.compile(r"(?P<one>[^()]{2,60})\((?P<two>[^()]{2,60})\)\.?")
_SIGNS = str.maketrans({"％": "%", "﹪": "%", "٪": "%", "−": "-", "–": "-"})
_THREE_DECIMALS = re.compile(r"[0-9]{2,3}[.,][0-9]{3}")


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage (72 is 72 %), or None with the state that says why there is none."""

    value: Decimal | None
    state: State = "reported"
    reason: str = ""


def parse_percent(text: str, *, fractions: bool = False) -> Percent | Refusal:
    """A percentage as printed. `fractions`: its column writes 0.72 for 72 % without the sign."""
    text = legible(text)
    if absent := absence(text):
        return Percent(None, *absent)
    if len(text) > LONGEST_PERCENT:
        return Refusal("too long to be a percentage")
    folded = " ".join(fold(text).translate(_SIGNS).split())
    read = _parse(folded, fractions)
    return _refusal(text) if read is None else read


def _parse(folded: str, fractions: bool) -> Percent | Refusal | None:
    """None where it is no percentage at all."""
    match = _PERCENT.fullmatch(folded)
    if match and (match["unit"] or match["before"] or _BARE.fullmatch(folded)):
        both = match["unit"] and match["before"]
        return None if both else _read(match, fractions)
    if spelled := _SPELLED.fullmatch(folded):
        return _read_spelled(spelled)
    if "cien" in folded and (twice := _TOLD_TWICE.fullmatch(folded)):
        return _read_twice(twice, fractions)
    return None


def _read_spelled(match: re.Match[str]) -> Percent | None:
    """`setenta y dos coma cinco por ciento`; decimals that begin with a nought are not read."""
    whole = read_words(_behind_words(match["words"]))
    decimals = read_words(match["decimals"]) if match["decimals"] else 0
    if whole is None or decimals is None:
        return None
    return Percent(Decimal(f"{whole}.{decimals}") if match["decimals"] else Decimal(whole))


def _behind_words(words: str) -> str:
    """The number's words, without an article before them ("el cien por ciento")."""
    return re.sub(r"^(?:(?:el|al|un|del)\s)(?!$)", "", words)


def _read_twice(match: re.Match[str], fractions: bool) -> Percent | Refusal | None:
    """A figure and its words in brackets, which must tell the same."""
    one, two = (_parse(match[name].strip(), fractions) for name in ("one", "two"))
    if not isinstance(one, Percent) or not isinstance(two, Percent):
        return one if isinstance(one, Refusal) else None
    return one if one.value == two.value else Refusal(f"{match['one']!r} is not {match['two']!r}")


def _read(match: re.Match[str], fractions: bool) -> Percent | Refusal:
    """The figure with its sign; three decimals after two digits or more are decimals."""
    printed = match["figure"]
    figure = read_figure(f"0{printed}" if printed[0] in ".," else printed.rstrip(".,"))
    state: State = "reported"
    reason = ""
    if isinstance(figure, Refusal):
        if not _THREE_DECIMALS.fullmatch(match["figure"]):
            return figure
        figure = Decimal(match["figure"].replace(",", "."))
        state, reason = "inferred", "three digits after the separator read as decimals"
    value = -figure if match["sign"] == "-" else figure
    if fractions and not match["unit"] and not match["before"]:
        return _scale(value)
    return Percent(value, state, reason)


def _scale(value: Decimal) -> Percent | Refusal:
    if abs(value) > _MOST_FRACTION:
        return Refusal(f"{value} stands in a column of fractions of one")
    return Percent(value * 100, "derived", "a fraction of one, printed without a sign")


@dataclass(frozen=True, slots=True)
class Fractions:
    """Whether a column writes 0.72 for 72 % (None: it does not tell), and what shows it."""

    fractions: bool | None
    evidence: tuple[str, ...] = ()


def decide_fractions(texts: Sequence[str]) -> Fractions:
    """What a column of percentages shows.

    A "%" or a figure above 2 tells percentages; figures of 0 to 1 with decimals among them, and no
    other, tell fractions. Only noughts and ones may be either.
    """
    figures = [text.strip() for text in texts if _BARE.fullmatch(text.strip()[:LONGEST_PERCENT])]
    signed = [text.strip() for text in texts if "%" in text[:LONGEST_PERCENT]]
    values = {text: read_figure(text.lstrip("+- ").rstrip("*")) for text in figures}
    numbers = {text: value for text, value in values.items() if isinstance(value, Decimal)}
    whole = [text for text, value in numbers.items() if value > _MOST_FRACTION]
    if signed or whole:
        return Fractions(False, tuple((signed + whole)[:3]))
    parts = [text for text, value in numbers.items() if 0 < value < 1]
    return Fractions(True, tuple(parts[:3])) if parts else Fractions(None, tuple(numbers)[:3])


def _refusal(text: str) -> Refusal:
    return Refusal(f"not a percentage: {text.strip()[:40]!r}")
