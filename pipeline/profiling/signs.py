"""Signs by which a family is known, proposed from what one report of it prints."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from normalizers.text import clean, key
from pipeline.model import Document, Profile
from pipeline.profiling.survey import Grid, Sign
from pipeline.recognize import recognize

_MOST = 10
_TITLES = 4  # signs from titles and headings; the rest are headers
_HEADER_WORDS = 5  # of a header that goes on as an instruction
_LONGEST_HEADING = 120  # characters
_NUMBER = re.compile(r"^(?:\d{1,2}\.?)+\s*|^[IVX]+\.\s*")
_SINGLE = 12  # letters of a word that is a sign alone
_FEW, _SHORT_SINGLE = 6, 7  # where signs are few, shorter words are too
_WORD = re.compile(r"[^\W\d_]+")
_CLAIMED = ("lexicon", "profile", "budget")


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """(words that tell a kind of report, words that join them), in comparable form."""
    data = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return frozenset(map(key, data["telling"])), frozenset(map(key, data["linking"]))


def propose_signs(document: Document, title: str, grids: Sequence[Grid]) -> tuple[Sign, ...]:
    """At most ten signs that the report shows, the heaviest first; none where nothing is typical.

    Titles give the words that tell a kind of report, headers those that the lexicon knows: never
    the name of a place, an office or a person.
    """
    titles = _best(_runs(title), document, _TITLES)
    headings = _best(_headings(document), document, _TITLES - len(titles))
    light = [replace(sign, weight=1) for sign in headings]
    headers = [_shortened(header) for header in _headers(grids)]
    told = _apart((*titles, *light, *_best(headers, document, _MOST)))
    if len(told) < _FEW:
        told = _apart((*told, *_best(headers, document, _MOST, single=_SHORT_SINGLE)))
    return tuple(sorted(told[:_MOST], key=lambda one: -one.weight))


def name_family(title: str) -> str:
    """What a title says of the kind of report, without places, offices and people, or ""."""
    return ", ".join(_runs(title))


def _apart(signs: Iterable[Sign]) -> list[Sign]:
    """The signs that stand within none of those before them."""
    kept: list[Sign] = []
    for sign in signs:
        if all(sign.sign not in one.sign for one in kept):
            kept.append(sign)
    return kept


def check_signs(document: Document, profile: Profile) -> tuple[Sign, ...]:
    """A profile's own signs, and which of them the report shows."""
    return tuple(Sign(sign, weight, _shows(document, sign))
                 for sign, weight in profile.signs.items())  # fmt: skip


def _shows(document: Document, sign: str) -> bool:
    return recognize(document, [Profile("one", signs={sign: 1})])[1] == 1.0


def _headings(document: Document) -> Iterator[str]:
    """Short lines that say a kind of report or part and nothing else, up to a colon or figure."""
    for line in document.prose:
        text = clean(line.text)
        if 0 < len(text) <= _LONGEST_HEADING and not text.endswith((".", ",", ";")):
            bare = _NUMBER.sub("", text)
            name = re.split(r"\s*[\d:(–]", bare)[0].strip()
            yield from (run for run in _runs(name) if run == name)


def _headers(grids: Iterable[Grid]) -> Iterator[str]:
    read = (grid for grid in grids if grid.reader)
    return (column.name for grid in read for column in grid.columns if column.by in _CLAIMED)


def _shortened(header: str) -> str:
    """A header without what changes: a date, a bracket, the instruction after its name."""
    words = re.split(r"\s*[\d(:]", header)[0].split()[:_HEADER_WORDS]
    while words and key(words[-1]) in _words()[1]:
        words.pop()
    return " ".join(words)


def _runs(text: str) -> Iterator[str]:
    """The longest runs of telling words in a text: "Plan de acción", two telling words at least."""
    telling, linking = _words()
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        if key(word[0]) not in telling | linking:
            yield from _trimmed(text, run)
            run = []
        elif run and not _is_near(text, run[-1], word):
            yield from _trimmed(text, run)
            run = [word]
        else:
            run.append(word)
    yield from _trimmed(text, run)


def _is_near(text: str, last: re.Match[str], word: re.Match[str]) -> bool:
    return not text[last.end() : word.start()].strip()


def _trimmed(text: str, run: Sequence[re.Match[str]]) -> Iterator[str]:
    told = [word for word in run if key(word[0]) in _words()[0]]
    if len(told) > 1:
        yield text[told[0].start() : told[-1].end()]


def _best(
    texts: Iterable[str], document: Document, most: int, *, single: int = _SINGLE
) -> list[Sign]:
    """The signs of the longest of these texts that the report shows; of like ones the longest."""
    found: dict[str, Sign] = {}
    for text in sorted(dict.fromkeys(texts), key=lambda one: -len(one)):
        sign = write_sign(text)
        within = any(sign in longer for longer in found)
        weight = _weight(text, single)
        if len(found) < most and not within and weight and _shows(document, sign):
            found[sign] = Sign(sign, weight, printed=text)
    return list(found.values())


def _weight(text: str, single: int) -> int:
    """1 to 3 by how many words of a text say something; 0 for one word of few letters."""
    said = [word for word in _WORD.findall(text) if key(word) not in _words()[1]]
    if len(said) < 2 and len(key(text)) < single:
        return 0
    return min(3, max(1, len(said) - 1))


def write_sign(text: str) -> str:
    r"""A regular expression for a text as signs are matched: no accents, capitals, white space.

    What stands between words (a slash, a bracket) is `\W*`.
    """
    pieces = re.findall(r"\w+|[^\w\s]+", re.sub(r"^\W+|\W+$", "", text))
    return "".join(key(one) if re.match(r"\w", one) else r"\W*" for one in pieces)
