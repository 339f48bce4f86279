"""Whether two printed names are of one office: spelling variants are, look-alikes are not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from normalizers.names import lexicon
from normalizers.text import fold, legible
from pipeline.model import Refusal

LONGEST_NAME = 300

_BRACKETS = re.compile(r"\(([^()]{1,60})\)")
_SIGNS = re.compile(r"[^\w\s]")
_INITIALS = 90.0  # scores, of 100
_OPTIONAL = 92.0
_LONG, _SHORT = 10, 6  # letters: a longer word may differ by two, a shorter one by none


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are (0 to 100), whether they name one office, and why."""

    score: float
    same: bool
    reason: str


def compare_offices(one: str, other: str) -> Likeness | Refusal:
    """By words: abbreviations spelled out, "de" and "y" left out, each word matched to one."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return Refusal("no name to compare")
    if sorted(first) == sorted(second):
        return Likeness(100.0, True, "the same words")
    if _are_initials(first, second) or _are_initials(second, first):
        return Likeness(_INITIALS, True, "one is the other's initials")
    return _match(first, second)


def group_offices(names: Iterable[str]) -> dict[str, str]:
    """Each printed name -> the name of its office: the most frequent spelling, then the longest.

    The order of `names` changes nothing.
    """
    counted = Counter(names)
    ordered = sorted(counted, key=lambda name: (-counted[name], -len(name), name))
    heads: dict[tuple[str, ...], str] = {}
    found: dict[str, str] = {}
    for name in ordered:
        key = tuple(sorted(_words(name)))
        head = heads.get(key) or next((one for one in heads.values() if _is_same(one, name)), name)
        heads.setdefault(key, head)
        found[name] = head
    return found


def _is_same(one: str, other: str) -> bool:
    likeness = compare_offices(one, other)
    return isinstance(likeness, Likeness) and likeness.same


def _words(name: str) -> list[str]:
    """The words that tell: folded, singular, spelled out; an acronym in brackets adds nothing."""
    small, short = set(lexicon()["small"]), lexicon()["abbreviations"]
    folded = fold(_BRACKETS.sub(" ", legible(name[:LONGEST_NAME]))).replace(".", " ")
    words = [short.get(word, word) for word in _SIGNS.sub(" ", folded).split()]
    return [_singular(word) for words_of in words for word in words_of.split() if word not in small]


def _singular(word: str) -> str:
    if len(word) > 5 and word.endswith("iones"):
        return word[:-2]
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("is") else word


def _are_initials(one: list[str], other: list[str]) -> bool:
    return len(one) == 1 and len(other) > 2 and one[0] == "".join(word[0] for word in other)


def _match(first: list[str], second: list[str]) -> Likeness:
    """Every word must find its like; a word such as "municipal" may stand in one name only."""
    left = list(second)
    over = []
    for word in first:
        like = next((one for one in left if _is_like(word, one)), None)
        left.remove(like) if like is not None else over.append(word)
    score = fuzz.token_sort_ratio(" ".join(first), " ".join(second))
    if not over and not left:
        return Likeness(round(score, 1), True, "each word has its like")
    optional = set(lexicon()["optional"])
    matched = min(len(first) - len(over), len(second) - len(left))
    if not (over and left) and {*over, *left} <= optional and matched > 1:
        return Likeness(_OPTIONAL, True, f"but for {', '.join((*over, *left))}")
    return Likeness(round(score, 1), False, f"{' '.join((*over, *left))!r} stands in one only")


def _is_like(one: str, other: str) -> bool:
    """Equal, cut short, or misspelled by a letter (two in a long word), never in the first."""
    if one == other:
        return True
    telling = lexicon()["telling"]
    shorter = min(len(one), len(other))
    if one in telling or other in telling or shorter < _SHORT or one[0] != other[0]:
        return False
    if any(char.isdigit() for char in one + other):
        return False
    return bool(OSA.distance(one, other) <= (2 if shorter >= _LONG else 1))
