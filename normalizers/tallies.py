"""Target and done as one cell tells them: "(5) Piezas", "13 de 18", "3 veces al año"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from normalizers.counts import Count, find_counts
from normalizers.figures import NUMBER_WORDS, read_words
from normalizers.recurrence import RECURS, read_interval, read_recurrence
from normalizers.text import absence, fold, legible
from pipeline.model import Refusal, State

LONGEST_CELL = 2_000

_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_SPELLED = rf"(?:{_WORDS})(?:\s(?:y\s)?(?:{_WORDS})){{0,5}}"


def _number(name: str) -> str:
    """Digits, words, or words with digits in brackets."""
    return (
        rf"(?:(?P<{name}_w>{_SPELLED})(?:\s?\((?P<{name}_p>[0-9]{{1,6}})\))?"
        rf"|\(?(?P<{name}_d>[0-9]{{1,3}}(?:[.,][0-9]{{3}}){{1,2}}|[0-9]{{1,7}})\)?"
        rf"(?:\s\((?P<{name}_s>{_SPELLED})\))?)"
    )


_ALONE = re.compile(_number("one") + r"(?:\s(?:und|unid|uds?|u))?\.?")
_LABEL = re.compile(  # "Meta: 5", "Número de informes: 4"
    r"^(?:meta|total|cantidad|numero|(?:numero|cantidad|total|no\.|nro\.?"
    r"|n[°º]\.?)\sde\s[a-z ]{3,40})"
    r"\s?[:=]\s?(?=\S)"
)
_OF = re.compile(
    rf"{_number('one')}\s(?:de|sobre)\s(?:(?:un\s)?total\sde\s|l[oa]s\s)?{_number('two')}\.?"
)
_SLASH = re.compile(r"(?P<one_d>[0-9]{1,5})\s?/\s?(?P<two_d>[0-9]{1,5})")
_FIRST_MONTHS = 12  # "3/5" may be the third of May
_PER = re.compile(
    r"\s(?:al|por|a\sl[oa]|cada|x)\s(?P<unit>dia|semana|quincena|mes|bimestre|trimestre"
    r"|cuatrimestre|semestre|ano|vigencia)(?![a-z])"
)
_ALONE_PER = re.compile(_number("one") + _PER.pattern + r"\.?")
_LENGTHS = {
    "dia": "P1D", "semana": "P1W", "quincena": "P15D", "mes": "P1M", "bimestre": "P2M",
    "trimestre": "P3M", "cuatrimestre": "P4M", "semestre": "P6M", "ano": "P1Y", "vigencia": "P1Y",
}  # fmt: skip
_ONE = re.compile(r"(?:un|una|el|la)?\s?(?P<noun>[a-z]{4,30})(?=\s)")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many are to be, how many are done, of what; `per` is the time in which (ISO 8601)."""

    target: Decimal | None = None
    done: Decimal | None = None
    noun: str = ""
    per: str = ""
    state: State = "reported"
    reason: str = ""


def parse_tallies(text: str) -> tuple[Tally, ...] | Refusal:
    """All the targets and counts that a cell tells, in order; a state where it tells none."""
    text = " ".join(legible(text[: 2 * LONGEST_CELL]).split())
    if absent := absence(text):
        return (Tally(None, None, "", "", *absent),)
    if len(text) > LONGEST_CELL:
        return Refusal("too long to be a target")
    folded = fold(text)
    tallies = tuple(_from_count(one, folded) for one in find_counts(text) if _is_thing(one))
    if tallies:
        return tallies
    tally = _read_numbers(_LABEL.sub("", folded, count=1)) or _read_often(folded)
    if isinstance(tally, Refusal):
        return tally
    return (tally,) if tally else Refusal(f"not a count: {text[:40]!r}")


def _is_thing(count: Count) -> bool:
    """Whether its noun is a thing: "(1 mensual)" counts none."""
    return RECURS.fullmatch(fold(count.noun)) is None


def _read_numbers(folded: str) -> Tally | Refusal | None:
    """A number alone ("Dos (2)"), or a part of a whole without a noun ("13 de 18")."""
    for pattern in (_ALONE, _ALONE_PER):
        if alone := pattern.fullmatch(folded):
            number = _value(alone, "one")
            per = _LENGTHS[alone["unit"]] if pattern is _ALONE_PER else ""
            return number if isinstance(number, Refusal) else Tally(number, per=per)
    if part := _OF.fullmatch(folded):
        return _part(_value(part, "one"), _value(part, "two"))
    slash = _SLASH.fullmatch(folded)
    if slash and int(slash["two_d"]) > _FIRST_MONTHS:
        return _part(Decimal(slash["one_d"]), Decimal(slash["two_d"]))
    return None


def _part(done: Decimal | Refusal, target: Decimal | Refusal) -> Tally | Refusal:
    if isinstance(done, Refusal):
        return done
    return target if isinstance(target, Refusal) else Tally(target, done)


def _value(match: re.Match[str], name: str) -> Decimal | Refusal:
    """The number; words and digits beside them must agree."""
    groups = match.groupdict()
    digits = groups[f"{name}_d"] or groups[f"{name}_p"]
    words = groups[f"{name}_w"] or groups.get(f"{name}_s")
    printed = int(re.sub("[.,]", "", digits)) if digits else None
    spelled = read_words(words) if words else None
    if words and spelled is None:
        return Refusal(f"not a number: {words!r}")
    if printed is not None and spelled is not None and printed != spelled:
        return Refusal(f"{words!r} is not {digits}")
    return Decimal(printed if printed is not None else spelled or 0)


def _read_often(folded: str) -> Tally | None:
    """How often is a target too: "cuatrimestralmente" is three in a year."""
    recurrence = read_recurrence(folded)
    if recurrence and recurrence.in_year:
        reason = f"{recurrence.iso}: {recurrence.in_year} in a year"
        return Tally(Decimal(recurrence.in_year), None, "veces", "P1Y", "derived", reason)
    one = _ONE.match(folded) if recurrence is None else None
    often = RECURS.fullmatch(folded, one.end() + 1) if one else None
    if one and often:
        return Tally(Decimal(1), None, one["noun"], read_interval(often).interval)
    return None


def _from_count(count: Count, folded: str) -> Tally:
    """The count, and the time after its noun: "2 informes por semestre", "1 taller mensual"."""
    per = _per(folded[count.end :], adjective=count.value == 1)
    if count.kind in ("done", "of"):
        return Tally(count.of, count.value, count.noun, per)
    return Tally(count.value, None, count.noun, per)


def _per(after: str, *, adjective: bool) -> str:
    """Twelve "informes mensuales" may be twelve in all: an adjective tells the time of one only."""
    if unit := _PER.match(after):
        return _LENGTHS[unit["unit"]]
    often = RECURS.match(after, 1) if adjective and after.startswith(" ") else None
    return read_interval(often).interval if often else ""
