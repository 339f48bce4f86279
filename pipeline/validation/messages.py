"""Filling the catalogue's sentences with the words of a check, in either language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import Formatter

from pipeline.model import Check
from pipeline.validation.catalogue import Language, load_catalogue

SHOWN = 12  # items that a sentence lists; the places of all are in the evidence
PAGE = {"es": ("Pág. {}. ", "Págs. {}. "), "en": ("Page {}. ", "Pages {}. ")}
LINE = {"es": ("Línea {}. ", "Líneas {}. "), "en": ("Line {}. ", "Lines {}. ")}
MORE = {"es": "y {} más", "en": "and {} more"}


def write_message(members: Sequence[Check], language: Language) -> str:
    """Where, what is wrong, and what to do, for one check or for several of one cause."""
    entry = load_catalogue().entry(members[0].check)
    sentence = _fill(entry.sentence[language], members[0], language)
    items = [_fill(entry.item[language], each, language) for each in members]
    if len(set(items)) > 1 and entry.many[language]:
        told = "; ".join(_cut(list(dict.fromkeys(items)), language))
        words = {"count": str(len(members)), "items": told}
        sentence = _fill(entry.many[language], members[0], language, words)
    return f"{_where(members, language)}{_capital(sentence)} {entry.advice[language]}".strip()


def _fill(
    template: str, check: Check, language: Language, words: Mapping[str, str] | None = None
) -> str:
    """A sentence with its words; a word nobody gave leaves nothing, its phrase neither."""
    facts = {"stated": check.stated, "expected": check.expected, "difference": check.difference}
    given = {**facts, **check.words, **(words or {})}
    names = [name for _, name, _, _ in Formatter().parse(template) if name]
    filled = {name: _phrase(name, given.get(name, ""), given, language) for name in names}
    return " ".join(template.format_map(filled).split())


def _phrase(name: str, value: str, given: Mapping[str, str], language: Language) -> str:
    """A code such as cause=digits_swapped in words; other values as they are."""
    phrase = load_catalogue().phrases.get(f"{name}.{value}")
    if phrase is None:
        return value
    others = {key: word for key, word in given.items() if key != name}
    return Formatter().vformat(phrase[language], (), _Blank(others))


class _Blank(dict[str, str]):
    """Words by name; one that is not there is blank."""

    def __missing__(self, key: str) -> str:
        return ""


def _where(members: Sequence[Check], language: Language) -> str:
    """The pages, or the lines of a text report, of the first place of each."""
    places = [check.evidence[0].places()[0] for check in members if check.evidence]
    pages = sorted({place.page for place in places if place.page})
    lines = sorted({place.line for place in places if place.line})
    numbers, forms = (pages, PAGE) if pages else (lines, LINE)
    if not numbers:
        return ""
    told = ", ".join(_cut([str(number) for number in numbers], language))
    return forms[language][len(numbers) > 1].format(told)


def _cut(items: list[str], language: Language) -> list[str]:
    if len(items) <= SHOWN:
        return items
    return [*items[:SHOWN], MORE[language].format(len(items) - SHOWN)]


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
