"""What the sentences of a report say of progress, by the lexicon of narrative.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from normalizers.text import clean, fold
from pipeline.model import Reading, Record
from pipeline.validation.words import content_words

PLAIN = frozenset({"changed", "no_work"})  # said in words that leave no doubt
LONGEST = 20_000  # characters of one text that are looked at
_ENDS = re.compile(r"(?<=[.;!?])\s+(?=[\W_]*[A-ZÁÉÍÓÚÑ¿¡0-9])|\n+")
_LINK = re.compile(r"\S+://\S+|www\.\S+")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that says something, and whether it surely speaks of the record itself."""

    sentence: str
    sure: bool


@cache
def lexicon() -> Mapping[str, Any]:
    """narrative.toml."""
    return tomllib.loads(Path(__file__).with_name("narrative.toml").read_text(encoding="utf-8"))


@cache
def patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of one entry of the lexicon."""
    entry = lexicon()[name]
    return tuple(re.compile(text) for text in ([entry] if isinstance(entry, str) else entry))


@lru_cache(maxsize=2**12)  # several checks look at one text in turn
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, without links."""
    bare = _LINK.sub(" ", text[:LONGEST])
    return tuple(told for one in _ENDS.split(bare) if (told := clean(one)))


def find_told(kind: str, text: str, record: Record) -> list[Told]:
    """The sentences that say `kind` ("not_begun", "work", ...) in the text of a record.

    One is sure when its subject is the thing itself ("la actividad", "no se ha …") or shares a word
    with the record's own description.
    """
    found = []
    for sentence in sentences(text):
        folded = fold(sentence)
        match = next((m for pattern in patterns(kind) if (m := pattern.search(folded))), None)
        if match is None or (kind not in PLAIN and _is_unsure(folded)):
            continue
        after = content_words(sentence[match.end() : match.end() + 80])
        before = content_words(sentence[: match.start()])
        own = frozenset(_words_of(record))
        about = bool(own & {*before, *after}) or _is_own(folded)
        found.append(Told(sentence, about))
    return found


def progress_percents(text: str) -> Iterator[tuple[Decimal, str]]:
    """Each percentage that a text tells of the thing's own progress, with its sentence."""
    for sentence in sentences(text):
        folded = fold(sentence)
        if _is_unsure(folded) or folded.count("%") > 1:
            continue
        match = next((m for p in patterns("progress_percent") if (m := p.search(folded))), None)
        if match:
            yield Decimal(match[1].replace(",", ".")), sentence


def tellers(reading: Reading) -> list[Record]:
    """The records that tell progress of their own: not a commitment that its milestones tell."""
    told = {one.parent_id for one in reading.of("activity") if one.get("progress")}
    return [one for one in reading.of("activity", "commitment") if one.record_id not in told]


def told_text(record: Record) -> str:
    """What a record tells of its progress."""
    return "\n".join(str(record.get(name)) for name in ("progress", "results") if record.get(name))


def told_field(record: Record) -> str:
    """The field that the progress is told in, for the place of a finding."""
    return "progress" if record.get("progress") else "results"


def _words_of(record: Record) -> tuple[str, ...]:
    return content_words(f"{record.get('description') or ''} {record.get('title') or ''}")


def _is_own(folded: str) -> bool:
    return any(pattern.search(folded) for pattern in patterns("own_subject"))


def _is_unsure(folded: str) -> bool:
    return any(pattern.search(folded) for pattern in patterns("unsure"))
