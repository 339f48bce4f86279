"""Printed header or label -> field of the schema, by the lexicon and by how the cells look."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from normalizers.likeness import Phrases, first_phrase, likeness, phrases_of
from normalizers.text import clean, key
from pipeline.model import Profile

_LEAST = 0.62  # below this a header is left unclaimed
_INSTRUCTED = 50  # characters: a label this long holds an instruction too
_ALIKE = 0.95  # the very phrase, or one with a letter misread
_SAME = 0.2  # what the very phrase has over one that resembles it


@dataclass(frozen=True, slots=True)
class Claim:
    """What a header means: a field, and how sure (0–1)."""

    field: str
    score: float


@dataclass(frozen=True, slots=True)
class _Entry:
    told: Phrases
    shapes: frozenset[str]

    @property
    def phrases(self) -> tuple[str, ...]:
        """What it is printed as, in comparable form."""
        return self.told.phrases


@cache
def lexicon() -> Mapping[str, _Entry]:
    """The lexicon of columns.toml, phrases in comparable form."""
    data = tomllib.loads(Path(__file__).with_name("columns.toml").read_text(encoding="utf-8"))
    return {name: _entry(entry) for name, entry in data["fields"].items()}


def _entry(entry: Mapping[str, Sequence[str]]) -> _Entry:
    return _Entry(phrases_of(entry), frozenset(entry.get("shapes", ())))


def claim(header: str, shape: str = "", profile: Profile | None = None) -> Claim | None:
    """The field that a header or label means, or None. `shape`: what its cells look like."""
    printed = key(clean(header)) or clean(header)  # "#" has no letters
    meant = _declared(printed, profile)
    if meant or not printed:
        return Claim(meant, 1.0) if meant else None
    forms = {printed, *_shorter(clean(header))}
    words = clean(header)
    scores = {name: max(likeness(form, e.told, words) for form in forms)
              for name, e in lexicon().items()}  # fmt: skip
    fitting = {n: s + _weight(s, _fit(lexicon()[n], shape))
               for n, s in scores.items() if s >= _LEAST}  # fmt: skip
    if not fitting:
        return None
    best = max(fitting, key=lambda name: (fitting[name], name))
    return Claim(best, min(1.0, scores[best]))


def _weight(score: float, fit: float) -> float:
    """What the cells say of a field, and the very phrase where they do not contradict it."""
    return fit + (_SAME if score == 1.0 and fit >= 0 else 0.0)


def _shorter(label: str) -> Iterator[str]:
    """A label without its bracket, and a long one without the instruction printed after it.

    "Breve descripción (Límite de 140 caracteres)"; "Tema Se refiere a las áreas que …".
    """
    yield key(re.sub(r"\([^)]*\)", " ", label))
    if len(label) > _INSTRUCTED and (start := re.search(r"(?<=[^\W\d_.])\s+(?=[A-ZÁÉÍÓÚ])", label)):
        yield key(label[: start.start()])


def _declared(printed: str, profile: Profile | None) -> str:
    """What the family's profile says of this header: a field, or "" when it says nothing."""
    declared = profile.columns if profile else {}
    return next((field for text, field in declared.items() if key(text) == printed), "")


def _fit(entry: _Entry, shape: str) -> float:
    """A field whose cells look as expected wins over one whose cells do not.

    Words are no sign of one field: any may be told in words.
    """
    if not shape or not entry.shapes:
        return 0.0
    if shape not in entry.shapes:
        return -0.15
    return 0.0 if shape == "text" else 0.15


def claim_columns(
    headers: Sequence[str], shapes: Sequence[str], profile: Profile | None = None
) -> list[Claim | None]:
    """The field of each column; one that two columns claim goes to the better score.

    Of equal scores the phrase that the lexicon has first wins, then the first column.
    """
    claims = [claim(h, s, profile) for h, s in zip(headers, shapes, strict=True)]
    best: dict[str, int] = {}
    for at, one in enumerate(claims):
        held = claims[best[one.field]] if one and one.field in best else None
        if one and (
            held is None or _rank(one, headers[at]) > _rank(held, headers[best[one.field]])
        ):
            best[one.field] = at
    return [one if one and best[one.field] == at else None for at, one in enumerate(claims)]


def _rank(one: Claim, header: str) -> tuple[float, int]:
    score = 1.0 if one.score >= _ALIKE else round(one.score, 1)
    return score, -first_phrase(key(clean(header)), lexicon()[one.field].told)
