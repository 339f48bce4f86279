"""Which family a report is of, from its content alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from pipeline.model import Document, Profile

_LEAST = 0.6  # of a profile's weights: below, the report goes the generic path
_MOST_CELLS = 400


def recognize(document: Document, profiles: Sequence[Profile]) -> tuple[Profile, float]:
    """The family whose signs the report shows best, and its score (0–1).

    Below the least score: the empty profile (the generic path), with the best score there was.
    """
    text = _fold(_texts(document))
    scored = [(_score(profile, text), profile) for profile in profiles]
    score, best = max(scored, key=lambda one: (one[0], one[1].name), default=(0.0, Profile()))
    return (best, score) if score >= _LEAST else (Profile(), score)


def _texts(document: Document) -> Iterable[str]:
    """What names a family: the prose, and the first cells of the tables."""
    yield from (line.text for line in document.prose)
    for table in document.tables:
        cells = [cell.text for cell in table.cells]
        yield from cells[:_MOST_CELLS]


def _fold(texts: Iterable[str]) -> str:
    """Lines without markup, accents, case or white space: words broken over lines are whole."""
    bare = (re.sub(r"<[^>]+>|[\s*\\]+", "", text) for text in texts)
    decomposed = unicodedata.normalize("NFKD", "\n".join(bare).casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _score(profile: Profile, text: str) -> float:
    """The share of the profile's weights whose signs the text shows."""
    total = sum(profile.signs.values())
    seen = sum(weight for sign, weight in profile.signs.items() if re.search(sign, text))
    return round(seen / total, 4) if total else 0.0
