"""Lines of a cell into running text: a break inside a word is not a space."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

_LETTERS = r"[^\W\d_]+"
_WORD = re.compile(_LETTERS)
_HEAD = re.compile(_LETTERS)
_TAIL = re.compile(rf"({_LETTERS})(-?)$")
_RANGE = re.compile(r"\w-$")
# A narrow cell may break one word twice ("DESCRIP/CIÓ/N"); more often than this is no word.
_MAX_BREAKS = 3
_LONGEST_WORD = 60
# Capitals often go without these; never an ñ without its tilde.
_ACCENTS = {"\u0300", "\u0301"}


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words printed unbroken in these texts, casefolded, with and without accents.

    A word beside a line break may be half a word, so it does not count.
    """
    words = {word for text in texts for word in _unbroken(text)}
    return frozenset(words | {_plain(word) for word in words})


def fold_lines(text: str, vocabulary: frozenset[str]) -> str:
    """The lines joined by spaces, but by nothing where the break falls inside a word.

    That is so where the joined word occurs in the vocabulary and one of its pieces does not, and
    after a hyphen, which goes when the vocabulary knows the word without it.
    """
    # A soft hyphen is printed only because the line breaks there.
    lines = [line.strip() for line in text.replace("\u00ad\n", "").split("\n") if line.strip()]
    words = lines[:1]  # joined at the end: a long cell has as many pieces as lines
    at = 1
    while at < len(lines):
        taken = _count_pieces(words[-1], lines[at : at + _MAX_BREAKS], vocabulary)
        for line in lines[at : at + taken]:
            words[-1] = words[-1].removesuffix("-") + line
        if not taken:
            words += ["" if _RANGE.search(words[-1][-2:]) else " ", lines[at]]
        at += max(1, taken)
    return "".join(words)


def _count_pieces(folded: str, lines: Sequence[str], vocabulary: frozenset[str]) -> int:
    """How many of the next lines go on with the last word: the most that make a known word."""
    tail = _TAIL.search(folded[-_LONGEST_WORD:])
    most = 0
    pieces = [tail[1]] if tail else []
    for count, line in enumerate(lines if tail else (), start=1):
        head = _HEAD.match(line)
        if not head:
            break
        pieces.append(head[0])
        if _is_broken_word(pieces, bool(tail and tail[2]), vocabulary):
            most = count
        if head[0] != line.removesuffix("-"):
            break
    return most


def _is_broken_word(pieces: Sequence[str], hyphen: bool, vocabulary: frozenset[str]) -> bool:
    if not _is_known("".join(pieces), vocabulary):
        return False
    return hyphen or not all(_is_known(piece, vocabulary) for piece in pieces)


def _is_known(word: str, vocabulary: frozenset[str]) -> bool:
    return word.casefold() in vocabulary or _plain(word.casefold()) in vocabulary


def _unbroken(text: str) -> Iterator[str]:
    lines = text.split("\n")
    for number, line in enumerate(lines):
        words = [match[0] for match in _WORD.finditer(line)]
        starts_broken = number > 0
        ends_broken = number < len(lines) - 1 or line.rstrip().endswith(("-", "\u00ad"))
        yield from (word.casefold() for word in words[starts_broken : len(words) - ends_broken])


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in _ACCENTS))
