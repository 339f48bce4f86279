"""Comparing texts as a reader would: without accents, inflection or the little words."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from normalizers.text import fold

LITTLE_WORDS = (
    "a al ante contra de del desde e el ella en entre es la las le les lo los o para por que se"
    " segun sobre su sus u un una unas uno unos y"
)
STOP_WORDS = frozenset(LITTLE_WORDS.split(" "))
SAME_TEXT = 85.0  # a label cut by a page, with a misprint or two
CLEARLY_BETTER = 5.0
_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(r"(?:es|os|as|[oae]s?|s)$")


@lru_cache(maxsize=2**16)
def stem(word: str) -> str:
    """A word without accents, gender and number: "trámites" and "trámite" are one."""
    folded = fold(word)
    return folded if len(folded) < 4 else _ENDING.sub("", folded)


def content_words(text: str) -> tuple[str, ...]:
    """The stems of the words that carry meaning, numbers included, in order."""
    words = _WORD.findall(fold(text))
    return tuple(stem(word) for word in words if word not in STOP_WORDS)


def is_likely_same(one: str, other: str) -> bool:
    """Whether two labels are the same text, one of them perhaps cut short or misprinted."""
    return likeness(one, other) >= SAME_TEXT


def likeness(one: str, other: str) -> float:
    """0-100: how far the shorter text stands in the longer one."""
    plain = [" ".join(_WORD.findall(fold(text))) for text in (one, other)]
    return fuzz.partial_ratio(plain[0], plain[1]) if all(plain) else 0.0


def best_label(text: str, labels: list[str]) -> int | None:
    """The position of the one label that `text` repeats; None where none or several do."""
    scores = sorted(((likeness(text, label), -at) for at, label in enumerate(labels)), reverse=True)
    if not scores or scores[0][0] < SAME_TEXT:
        return None
    if len(scores) > 1 and scores[0][0] - scores[1][0] < CLEARLY_BETTER:
        return None
    return -scores[0][1]


def shorten(text: str, width: int = 90) -> str:
    """One line of at most `width` characters, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[:width].rsplit(" ", 1)[0] + "…"
