"""How well a printed header is explained by the phrases of a lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from normalizers.text import key

_SLIP = 88.0  # likeness at which two spellings are one (OCR's slips)
_SHORTEST = 6  # letters of a phrase that may stand inside a longer header


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one meaning in comparable form; `whole` count only as the whole header."""

    phrases: tuple[str, ...]
    whole: frozenset[str] = frozenset()


def phrases_of(entry: Mapping[str, Iterable[str]]) -> Phrases:
    """An entry of a lexicon's TOML; a phrase without letters ("#") stays as it is."""
    return Phrases(
        tuple(key(phrase) or phrase for phrase in entry.get("phrases", ())),
        frozenset(key(phrase) or phrase for phrase in entry.get("whole", ())),
    )


def likeness(printed: str, entry: Phrases) -> float:
    """0-1: 1 for the very phrase, less for one inside a longer header by how much it explains."""
    if printed in entry.whole:
        return 1.0
    return max((phrase_likeness(printed, phrase) for phrase in entry.phrases), default=0.0)


def phrase_likeness(printed: str, phrase: str) -> float:
    """How much of a header (in comparable form) one phrase explains, 0-1."""
    if printed == phrase:
        return 1.0
    if len(phrase) >= 5 and fuzz.ratio(printed, phrase) >= _SLIP:
        return 0.95
    if len(phrase) < _SHORTEST or phrase not in printed:
        return 0.0
    start = 0.08 if printed.startswith(phrase) else 0.0
    return 0.55 + start + 0.3 * len(phrase) / len(printed)
