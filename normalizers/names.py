"""Names of offices and people in one cell: split where several share it, each with its kind."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from normalizers.text import absence, clean, fold, legible
from pipeline.model import Refusal

Kind = Literal["office", "role", "person", "acronym", "other"]

LONGEST_CELL = 2_000

_BULLET = re.compile(r"^\s{0,9}(?:[-–—•·*►▪]|\(?[0-9]{1,2}[.)-])\s{0,9}")
_HARD = re.compile(r"\s{0,9}[;|•·]\s{0,9}|\s{1,9}/\s{0,9}|/\s{1,9}")
_SOFT = re.compile(
    r"(?<=[^\W\d_])/(?=[A-ZÁÉÍÓÚÑ])|\s{0,9},\s{1,9}(?:y\s{1,9}|e\s{1,9})?|\s{1,9}(?:y|e|–|-|—)\s{1,9}"
)
_WORD = re.compile(r"[^\W_]+")
_ACRONYM = re.compile(r"[A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ0-9.&-]{1,11}")
_LIST = re.compile(r"\s{0,3},\s{1,3}|\s{1,3}[ye]\s{1,3}")


@dataclass(frozen=True, slots=True)
class Name:
    """One name as printed, and whether it is an office, a post ("Directora de …") or a person."""

    text: str
    kind: Kind
    reason: str = ""


@cache
def lexicon() -> dict[str, Any]:
    """`names.toml`: the words of names."""
    return tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon()[name])


def parse_names(text: str) -> tuple[Name, ...] | Refusal:
    """The names that share a cell, in order; a line break or an "y" inside a name parts nothing."""
    text = legible(text)
    if len(text) > LONGEST_CELL:
        return Refusal("too long to be names")
    if absent := absence(text):
        return Refusal(f"{absent[0]}: {absent[1]}")
    pieces = [piece for line in _lines(text) for part in _HARD.split(line) for piece in _soft(part)]
    names = tuple(name for piece in pieces for name in _names(piece))
    return names or Refusal(f"not a name: {text.strip()[:40]!r}")


def kind_of(text: str) -> Kind:
    """What a single name is, by its first word, and a person's by a usual given name."""
    words = _folded_words(text)
    if not words:
        return "other"
    if words[0] in _words("honorifics") and len(words) > 1:
        return "person"
    if _ACRONYM.fullmatch(text.strip()) and words[0] not in _words("heads"):
        return "acronym"
    if words[0] in _words("roles"):
        return "role"
    if _is_head(words):
        return "office"
    return "person" if _is_person(text, words) else "other"


def _lines(text: str) -> Iterator[str]:
    """Lines joined where the next one goes on with the name, parted where it begins another."""
    held = ""
    for line in text.split("\n"):
        bare = clean(_BULLET.sub("", line))
        if held and (_BULLET.match(line) or _begins(bare)) and not _goes_on(held):
            yield held
            held = bare
        else:
            held = f"{held} {bare}".strip()
    if held:
        yield held


def _goes_on(held: str) -> bool:
    """Whether a name cannot end here: after "de", "y" or a comma."""
    words = _folded_words(held)
    return held.endswith(",") or (bool(words) and words[-1] in _words("small"))


def _soft(part: str) -> Iterator[str]:
    """Cut at commas and "y" only where another name begins behind."""
    start = 0
    for match in _SOFT.finditer(part):
        rest = part[match.end() :]
        joined = match[0].strip() in ("y", "e")
        slash = match[0] == "/" and _is_head(_folded_words(rest[:120]))
        if (slash or _begins(rest, weak=not joined)) and _WORD.search(part[start : match.start()]):
            yield part[start : match.start()]
            start = match.end()
    yield part[start:]


def _begins(rest: str, *, weak: bool = True) -> bool:
    """Whether a name of an office, a post or a person begins here; `weak` heads count too."""
    words = _folded_words(rest[:120])
    if not words:
        return False
    first = re.match(r"\s*(\S+)", rest)
    if first and first[1][0].islower():
        return False
    return bool(
        words[0] in _words("honorifics") | _words("roles")
        or (words[0] in _words("heads") and len(words) > 1)
        or (weak and words[0] in _words("weak_heads") and words[1:2] in (["de"], ["del"]))
        or (words[0] in lexicon()["abbreviations"] and words[1:2] in (["de"], ["del"]))
        or (first and _ACRONYM.fullmatch(first[1].rstrip(",;")) and len(first[1]) > 2)
        or _is_person(rest, words)
    )


def _is_head(words: list[str]) -> bool:
    first = lexicon()["abbreviations"].get(words[0], words[0])
    return (
        first in _words("heads") or first in _words("weak_heads") or first in lexicon()["plurals"]
    )


def _is_person(text: str, words: list[str]) -> bool:
    """A usual given name and one to four more words, all with capitals but for "de", "la"."""
    if words[0] not in _words("given"):
        return False
    printed = re.split(r"[,;/(–-]|\s[ye]\s", text)[0].split()
    named = [word for word in printed if fold(word).strip(".") not in _words("small")]
    return 2 <= len(named) <= 5 and all(word[0].isupper() for word in named)


def _folded_words(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]


def _names(piece: str) -> list[Name]:
    """The name, or the offices that one plural tells: "Secretarías de Salud y Educación"."""
    text = piece.strip(" .,:/-–—*\t")
    words = _folded_words(text)
    if not words:
        return []
    single = lexicon()["plurals"].get(words[0])
    if single and words[1:2] in (["de"], ["del"]):
        what = re.split(r"\s+", text, maxsplit=2)[-1]
        reason = f"one word for several: {text[:60]!r}"
        return [Name(f"{single} de {one.strip()}", "office", reason) for one in _LIST.split(what)]
    return [Name(text, kind_of(text))]
