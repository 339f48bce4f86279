"""How well a printed header is explained by the phrases of a lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from normalizers.text import key

_SLIP = 88.0  # likeness at which two spellings are one (OCR's slips)
_INSIDE = 0.2  # what a phrase loses that is only a part of a word
_LONE = 0.12  # what a short word loses in a header that says much more
_WORD = 8  # letters of a short word
_SHORTEST = 6  # letters of a phrase that may stand inside a longer header


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one meaning in comparable form; `whole` count only as the whole header.

    `signed` were written with a percent sign: they explain only a header that has one.
    """

    phrases: tuple[str, ...]
    whole: frozenset[str] = frozenset()
    signed: frozenset[str] = frozenset()


def phrases_of(entry: Mapping[str, Iterable[str]]) -> Phrases:
    """An entry of a lexicon's TOML; a phrase without letters ("#") stays as it is."""
    phrases = tuple(entry.get("phrases", ()))
    return Phrases(
        tuple(key(phrase) or phrase for phrase in phrases),
        frozenset(key(phrase) or phrase for phrase in entry.get("whole", ())),
        frozenset(key(phrase) for phrase in phrases if "%" in phrase)
        - frozenset(key(phrase) for phrase in phrases if "%" not in phrase),
    )


def likeness(printed: str, entry: Phrases, words: str = "") -> float:
    """0-1: 1 for the very phrase, less for one inside a longer header by how much it explains.

    `words` is the same header with its blanks: a phrase that begins or ends inside a word of it
    ("materia" in "materialización") explains little.
    """
    if printed in entry.whole:
        return 1.0
    signs = frozenset() if "%" in words or not words else entry.signed
    able = (phrase for phrase in entry.phrases if phrase not in signs)
    return max((phrase_likeness(printed, phrase, words) for phrase in able), default=0.0)


def phrase_likeness(printed: str, phrase: str, words: str = "") -> float:
    """How much of a header (in comparable form) one phrase explains, 0-1."""
    if printed == phrase:
        return 1.0
    if len(phrase) >= 5 and fuzz.ratio(printed, phrase) >= _SLIP:
        return 0.95
    if len(phrase) < _SHORTEST or phrase not in printed:
        return 0.0
    start = 0.08 if printed.startswith(phrase) else 0.0
    share = len(phrase) / len(printed)
    cut = _INSIDE if words and not _is_run_of_words(phrase, words) else 0.0
    lone = _LONE if len(phrase) < _WORD and share < 0.5 else 0.0
    return 0.55 + start + 0.3 * share - cut - lone


def _is_run_of_words(phrase: str, words: str) -> bool:
    """Whether some of the header's words, one after the other, are the phrase (or its plural)."""
    keys = [one for word in words.split() if (one := key(word))]
    for first in range(len(keys)):
        run = ""
        for word in keys[first:]:
            run += word
            if run in (phrase, f"{phrase}s", f"{phrase}es"):
                return True
            if not phrase.startswith(run):
                break
    return False


def first_phrase(printed: str, entry: Phrases) -> int:
    """The place in the lexicon of the first phrase that a header holds; after all where none."""
    held = (at for at, one in enumerate(entry.phrases) if one in printed)
    return next(held, len(entry.phrases))
