"""Printed header -> what its amounts are: approved, accrued, paid; of which month or quarter."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from normalizers.edtf_words import MONTHS
from normalizers.likeness import Phrases, likeness, phrases_of
from normalizers.text import clean, fold, key

_GROUP = 0.9  # how sure a group's name must be to speak for a column whose own says nothing
LEAST = 0.66  # below this a header says nothing of a measure
_MONTH_SLIPS = {"enc": 1, "dec": 12}  # "ene" misread, "dic" in English
_FORMULA = re.compile(r"[\s(\[]*(?:[A-Z]|\d{1,2})(?:\s*=\s*[A-Z0-9()+\-–/*×x%\s]{1,40})?[\s)\]]*")
_LETTER = re.compile(r"\s[A-Z](?:\s*=.{0,40})?$")  # a column's letter after its name
_QUARTER = re.compile(
    r"(?:(?P<roman>[1il]{1,3}|[1il]v|[1-4])(?:er|ro|do|to)?|(?P<word>primer|segundo|tercer|cuarto))"
    r"o?trim(?:estre|e|s|est)?|trim(?:estre)?(?P<after>[il]{1,3}|[il]v|[1-4])|t(?P<short>[1-4])"
)
_ASIDE = re.compile(r"\([^)]{0,60}\)")
_WHEN = re.compile(  # "AL 30.06.2019", "2024", "a junio": when, not what
    r"(?:\bal?\s{1,3})?(?:\d{1,2}[./-]\d{1,2}[./-])?(?:19|20)\d{2}\b|\d/|\b(?:al?|en)\s{1,3}[^\W\d]{3,12}$",
    re.I,
)
_WORDS = ("primer", "segundo", "tercer", "cuarto")


@dataclass(frozen=True, slots=True)
class Measure:
    """What a column of numbers tells: its kind, of which part of the year, and how sure (0-1).

    `kind` is a name of measures.toml, "" where the header leaves it open. `part` is "01" to "12"
    for a month, "Q1" to "Q4" for a quarter, "" for the whole period.
    """

    kind: str = ""
    part: str = ""
    score: float = 0.0
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class MeasureLexicon:
    """measures.toml, its phrases in comparable form."""

    kinds: Mapping[str, Phrases]
    publishes: Mapping[str, str]
    units: Mapping[str, str]
    silent: frozenset[str]
    lines: Mapping[str, Phrases]


@cache
def measure_lexicon() -> MeasureLexicon:
    """The lexicon of what columns of amounts are."""
    text = Path(__file__).with_name("measures.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    kinds = data["kinds"]
    return MeasureLexicon(
        {name: phrases_of(entry) for name, entry in kinds.items()},
        {name: entry.get("publishes", name) for name, entry in kinds.items()},
        {name: entry.get("unit", "") for name, entry in kinds.items()},
        frozenset(map(key, data["silent"]["phrases"])),
        {name: phrases_of(entry) for name, entry in data["lines"].items()},
    )


def claim_measure(parts: Sequence[str]) -> Measure | None:
    """What a column is whose header is printed in these parts, the group first; None: no measure.

    The column's own name speaks first, its group only where that leaves the kind or time open.
    """
    told = Measure()
    for depth, text in enumerate(reversed([part for part in parts if not is_formula(part)])):
        one = _claim_part(clean(text))
        if one is None or (not told.score and depth and one.score < _GROUP):
            continue  # a column's own name that says nothing leaves it to a group that is sure
        kind, part = told.kind or one.kind, told.part or one.part
        evidence = "; ".join(filter(None, (told.evidence, one.evidence if one.kind else "")))
        told = Measure(kind, part, max(told.score, one.score), evidence)
        if told.kind:
            break
    return told if told.score else None


def _claim_part(text: str) -> Measure | None:
    part = part_of_year(text)
    if part:
        return Measure("", part, 0.9, f"time {part}")
    printed = {key(text), key(_LETTER.sub("", text))}
    if printed & measure_lexicon().silent:
        return Measure("", "", 0.7, "")
    return claim_kind(text)


def claim_kind(text: str) -> Measure | None:
    """The kind that a header names, however it names the time."""
    if "%" in text:
        return Measure("share", "", 1.0, "share: a percent sign")
    bare = _ASIDE.sub(" ", text)
    forms = {form for one in (text, bare, _WHEN.sub(" ", bare)) if (form := key(one))}
    kinds = measure_lexicon().kinds.items()
    scores = {name: max((likeness(form, one) for form in forms), default=0) for name, one in kinds}
    best = max(scores, key=lambda name: (scores[name], name))
    if scores[best] < LEAST:
        return None
    return Measure(best, "", scores[best], f"{best}: likeness {scores[best]:.2f}")


def part_of_year(text: str) -> str:
    """A month's name as "01" to "12", a quarter's as "Q1" to "Q4", any other header as ""."""
    name = key(clean(text))
    name = re.sub(r"(?:19|20)\d{2}$", "", name)
    return _month(name) or _quarter(name)


def _month(name: str) -> str:
    if name in _MONTH_SLIPS:
        return f"{_MONTH_SLIPS[name]:02d}"
    if len(name) < 3:
        return ""
    found = {number for month, number in MONTHS.items() if month.startswith(name)}
    return f"{found.pop():02d}" if len(found) == 1 else ""


def _quarter(name: str) -> str:
    match = _QUARTER.fullmatch(name)
    if not match:
        return ""
    if match["word"]:
        return f"Q{_WORDS.index(match['word']) + 1}"
    digits = match["roman"] or match["after"] or match["short"]
    if digits.isdigit() and digits not in ("1", "11", "111"):
        return f"Q{digits}"
    return "Q4" if digits.endswith("v") else f"Q{len(digits)}"


def part_of_row(text: str, unit: str) -> str:
    """The part of the year that a row is of: a month, a quarter, or "Primero" under "Trimestre"."""
    return part_of_year(text) or part_of_year(f"{text} {unit}") or _ordinal_part(text, unit)


def _ordinal_part(text: str, unit: str) -> str:
    ordinals = ("primero", "segundo", "tercero", "cuarto")
    name = key(text)
    return (
        f"Q{ordinals.index(name) + 1}"
        if key(unit).endswith("trimestre") and name in ordinals
        else ""
    )


def split_parts(text: str) -> list[str]:
    """The months that one header names together ("OCT NOV DIC"); empty for any other header."""
    words = clean(text).split()
    parts = [part_of_year(word) for word in words]
    return parts if len(words) > 1 and all(parts) else []


def is_formula(text: str) -> bool:
    """Whether a part of a header is a column's letter or formula: "A", "(3)", "C = A + B"."""
    return bool(_FORMULA.fullmatch(clean(text))) and not part_of_year(text)


def claim_line(text: str, role: str) -> float:
    """How sure (0-1) a header names the column of lines' codes or labels."""
    words, phrases = clean(text), measure_lexicon().lines[role]
    forms = {key(words) or words, key(_LETTER.sub("", words))} - {""}
    return max((likeness(form, phrases, words) for form in forms), default=0.0)


def settle_kinds(measures: Mapping[int, Measure], about: str) -> dict[int, Measure]:
    """The measures with open kinds filled: by the total beside the months, else by the title."""
    open_ones = {at for at, one in measures.items() if not one.kind}
    if not open_ones:
        return dict(measures)
    timed = [at for at in sorted(measures) if measures[at].part]
    kind, evidence = _kind_beside(measures, timed), "the total beside its months"
    if not kind:
        kind, evidence = kind_about(about), "the title of the table"
    return {
        at: replace(one, kind=kind, evidence=evidence if kind else "")
        if at in open_ones else one
        for at, one in measures.items()
    }  # fmt: skip


def _kind_beside(measures: Mapping[int, Measure], timed: Sequence[int]) -> str:
    """The kind of the first whole-period column right after the last month."""
    after = measures.get(timed[-1] + 1) if len(timed) > 1 else None
    return after.kind if after and after.kind not in ("available", "share", "difference") else ""


_ABOUT = (
    ("modified", r"presupuesto (?:institucional )?modificado|\bpim\b"),
    ("approved", r"presupuesto institucional de apertura|\bpia\b|presupuesto inicial"),
    (
        "collected",
        r"recaudacion|captacion|ingresos recaudad"
        r"|ejecucion de (?:presupuesto del? )?(?:los )?ingreso",
    ),
    ("scheduled", r"calendari|cronograma|programacion"),
    ("paid", r"\bpagad|\bgirad"),
    ("accrued", r"devengad|ejecucion|ejercid|ejecutad"),
    ("approved", r"presupuesto|aprobad"),
)


def kind_about(text: str) -> str:
    """The kind that a table's title tells its bare amounts are, "" where it does not."""
    folded = fold(text)
    return next((kind for kind, words in _ABOUT if re.search(words, folded)), "")
