"""The numbers and bullets that a word processor prints before paragraphs and does not store."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from extractors.office.package import local_name

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: what its numbers look like, and with which one it begins."""

    kind: str
    pattern: str  # "%1.%2." for the numbers of levels 1 and 2
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """Every list of a document, and how far each has come."""

    lists: Mapping[str, tuple[str, Mapping[int, _Level]]]  # id -> the list it follows, its levels
    counts: dict[str, list[int | None]] = field(default_factory=dict)

    def mark(self, number: str, level: int) -> str:
        """The mark before the next paragraph of a list; "" where there is none."""
        home, levels = self.lists.get(number, ("", {}))
        told = levels.get(level)
        if told is None:
            return ""
        counts = self.counts.setdefault(home, [None] * _LEVELS)
        last = counts[level]
        counts[level] = told.start if last is None else last + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        if told.kind == "bullet":
            return "•"
        return re.sub(r"%(\d)", lambda part: _tell(counts, levels, int(part[1]) - 1), told.pattern)


def _tell(counts: list[int | None], levels: Mapping[int, _Level], level: int) -> str:
    told = levels.get(level)
    if told is None or not 0 <= level < _LEVELS:
        return ""
    count = counts[level]
    return _SPELL.get(told.kind, str)(told.start if count is None else count)


def load_numbering(root: etree._Element | None) -> Numbering:
    """The lists that a DOCX declares in its part `numbering`."""
    if root is None:
        return Numbering({})
    patterns = {
        _value(one, "abstractNumId"): dict(_levels(one)) for one in root.iter("{*}abstractNum")
    }
    lists = {}
    for one in root.iter("{*}num"):
        home = one.find("{*}abstractNumId")
        followed = _value(home, "val") if home is not None else ""
        lists[_value(one, "numId")] = (followed, patterns.get(followed, {}))
    return Numbering(lists)


def _levels(element: etree._Element) -> Iterator[tuple[int, _Level]]:
    for level in element.iter("{*}lvl"):
        told = {local_name(child): _value(child, "val") for child in level}
        at, start = _value(level, "ilvl"), told.get("start", "1")
        if at.isdigit() and int(at) < _LEVELS and told.get("numFmt") != "none":
            first = int(start) if start.isdigit() and len(start) < 6 else 1
            yield int(at), _Level(told.get("numFmt", ""), told.get("lvlText", ""), first)


def _value(element: etree._Element, name: str) -> str:
    values = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(values, "")


def _letters(count: int) -> str:
    return chr(97 + (count - 1) % 26) * min(1 + (count - 1) // 26, 50)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    text = ""
    for size, sign in _ROMAN:
        text += sign * (count // size)
        count %= size
    return text


_SPELL: Mapping[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperRoman": _roman,
    "decimalZero": lambda count: f"{count:02}",
}
