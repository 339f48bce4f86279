"""Counts told in text: "(5) piezas", "13 de 18 trámites"; laws, files, phones, dates are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from normalizers.counts_lexicon import (
    ADDRESS,
    BEFORE,
    DOING,
    DONE_OF,
    ITEM,
    LEFT,
    NO_NOUN,
    NO_VERB,
    OPENING,
    PART_OF,
    PLAIN,
    VERB,
)
from normalizers.dates import find_dates
from normalizers.figures import NUMBER_WORDS, read_words
from normalizers.text import fold
from pipeline.model import Refusal

__all__ = ["NUMBER_WORDS", "Count", "find_counts", "parse_count"]

LONGEST_TEXT = 50_000


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things: `text[start:end]` tells it; `of` is the whole it is a part of."""

    value: Decimal
    noun: str
    start: int
    end: int
    kind: Literal["target", "done", "of", "plain"]
    of: Decimal | None = None


def find_counts(text: str) -> list[Count]:
    """The counts of things told in `text`, in order, none overlapping; none in the first doubt."""
    text = text[:LONGEST_TEXT]
    folded = fold(text)
    taken = bytearray(len(text))
    for start, end in _no_counts(text, folded):
        taken[start:end] = b"x" * (end - start)
    found: list[Count] = []
    for count in _candidates(text, folded):
        if not any(taken[count.start : count.end]):
            taken[count.start : count.end] = b"x" * (count.end - count.start)
            found.append(count)
    return sorted(found, key=lambda count: count.start)


def _no_counts(text: str, folded: str) -> Iterator[tuple[int, int]]:
    """Dates and addresses, whose numbers count nothing."""
    yield from ((start, end) for start, end, _ in find_dates(text))
    yield from (match.span() for match in ADDRESS.finditer(folded))


def _candidates(text: str, folded: str) -> Iterator[Count]:
    enumerated = _is_enumeration(folded)
    for kind, pattern in (("of", PART_OF), ("done", DONE_OF), ("plain", PLAIN)):
        for match in pattern.finditer(folded):
            count = _read(text, folded, match, kind)
            if count and not (enumerated and _is_bracket(match)):
                yield count
    opening = OPENING.match(folded)
    if opening and not enumerated and _is_noun(opening["n"]):
        noun = text[opening.start("n") : opening.end("n")]
        yield Count(Decimal(opening["p1"]), noun, opening.start("p1"), opening.end(), "target")


def _is_bracket(match: re.Match[str]) -> bool:
    return bool(match["p1"]) and not match["w1"]


def _is_enumeration(folded: str) -> bool:
    """Whether "1) … 2) … 3) …" numbers a list and counts nothing."""
    numbers = [int(number) for number in ITEM.findall(folded)]
    return len(numbers) > 1 and numbers[:2] == [1, 2]


def _read(text: str, folded: str, match: re.Match[str], kind: str) -> Count | None:
    value = _value(match, "1")
    whole = _value(match, "2") if kind != "plain" else None
    if value is None or (kind != "plain" and whole is None) or not _is_noun(match["n"]):
        return None
    before = folded[max(0, match.start() - 60) : match.start()]
    noun = text[match.start("n") : match.end("n")]
    if BEFORE.search(before) or _is_year(match) or _is_code(match, noun):
        return None
    return Count(value, noun, match.start(), match.end(), _kind(text, match, kind), whole)


def _kind(text: str, match: re.Match[str], kind: str) -> Literal["target", "done", "of", "plain"]:
    """Done where the sentence tells it before; a target where the text opens with it."""
    if kind != "plain":
        return "of" if kind == "of" else "done"
    before = text[max(0, match.start() - 300) : match.start()]
    clause = re.split(r"[.,:;]\s", before)[-1]
    if DOING.search(clause) and not LEFT.search(fold(clause)):
        return "done"
    opens = not re.split(r"[.;]\s", before)[-1].strip(' (*-•"')
    return "target" if opens or match["n"] == "veces" else "plain"


def _is_noun(word: str) -> bool:
    return word not in NUMBER_WORDS and not NO_NOUN.fullmatch(word)


def _is_year(match: re.Match[str]) -> bool:
    groups = match.groupdict()
    return any(re.fullmatch(r"(?:19|20)[0-9]{2}", groups.get(name) or "") for name in ("d1", "d2"))


def _is_code(match: re.Match[str], noun: str) -> bool:
    """The number of a row, a post or a budget line: "58 Investigador", "30000 SERVICIOS"."""
    folded = match["n"]
    if VERB.fullmatch(folded) and not NO_VERB.fullmatch(folded):
        return True
    digits = match["d1"] or ""
    if match["w1"] or not (digits or noun[0].isupper()):
        return False
    one, plural = _value(match, "1") == 1, folded.endswith("s")
    if digits.startswith(("00", "0")) and (noun.isupper() or len(digits) != 2):
        return True
    if len(digits) == 5 or (len(digits) == 4 and noun.isupper()):
        return True
    return (not one and not plural) or (one and plural and bool(digits) and noun.isupper())


def _value(match: re.Match[str], at: str) -> Decimal | None:
    """The number, or None where the word and the digits beside it disagree."""
    digits = match[f"p{at}"] or match[f"d{at}"]
    words = match[f"w{at}"] or match[f"s{at}"]
    spelled = read_words(words) if words else None
    if words and spelled is None:
        return None
    if digits is None:
        return None if spelled is None else Decimal(spelled)
    number = Decimal(re.sub("[.,]", "", digits))
    return number if spelled is None or spelled == number else None


_DECLARED = re.compile(
    r"(?:[^\d:]{3,80}[:\s]\s{0,3})?(?P<number>[0-9]{1,3}(?:[.,][0-9]{3}){1,2}|[0-9]{1,7})\.?"
)


_DECLARES = re.compile(r"(?:total|numero|cantidad|nro\.?|no\.?|n[°º])\s(?:total\s)?de\s")


def parse_count(text: str) -> Decimal | Refusal:
    """The one count that a cell or declaration states: "11", "once", "Total de metas: 11"."""
    folded = fold(" ".join(text[:300].split()))
    spelled = read_words(folded)
    if spelled is not None:
        return Decimal(spelled)
    match = _DECLARED.fullmatch(folded)
    label = folded[: match.start("number")] if match else ""
    if match and (_DECLARES.match(label) or not BEFORE.search(label)):
        return Decimal(re.sub("[.,]", "", match["number"]))
    counts = find_counts(text[:300])
    if len(counts) == 1 and counts[0].of is None:
        return counts[0].value
    return Refusal(f"not one count: {text.strip()[:40]!r}")
