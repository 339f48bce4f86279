"""Adjacency of cells (ICDAR 2013): which texts stand next to each other in a row or a column.

A page's relations are a bag of `(text, next text, "right" | "below")`. The next cell is the nearest
one with text; blanks and covered places are passed over, so a spanning cell counts at its top left.
Nothing has to be matched first: a table that is none adds relations that are wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from rapidfuzz import fuzz, process

Rows = Sequence[Sequence[str]]
Relation = tuple[str, str, str]

SIMILAR = 95  # per cent, without white space: what the reports' own records count as equal
_DASHES = re.compile("[\u2010-\u2015\u2212\uf0b7]")
_BLANKS = re.compile(r"[\s\u00ad\u200b-\u200d\ufeff]+")


@dataclass(frozen=True, slots=True)
class Score:
    """Relations right, found and wanted; scores of pages add up to those of a file."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.found + other.found, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """Share of the relations found that are right; 1 when none was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the relations wanted that were found; 1 when none was wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.found + self.wanted
        return 2 * self.right / both if both else 1.0


def bare_text(text: str | None) -> str:
    """Text as compared: compatibility forms and dashes alike, without white space."""
    plain = unicodedata.normalize("NFKC", text or "")
    return _BLANKS.sub("", _DASHES.sub("-", plain))


def find_relations(tables: Iterable[Rows]) -> Counter[Relation]:
    """The relations of all tables of a page, rows of cell text."""
    found: Counter[Relation] = Counter()
    for rows in tables:
        texts = [[bare_text(cell) for cell in row] for row in rows]
        for line in texts:
            found.update(_neighbours(line, "right"))
        for column in zip_longest(*texts, fillvalue=""):
            found.update(_neighbours(column, "below"))
    return found


def _neighbours(line: Sequence[str], way: str) -> Iterable[Relation]:
    printed = [text for text in line if text]
    return ((first, second, way) for first, second in pairwise(printed))


def score_page(gold: Sequence[Rows], found: Sequence[Rows], *, similar: bool = False) -> Score:
    """One page's tables against its gold; `similar` takes a text for the gold's most like it."""
    wanted = find_relations(gold)
    relations = find_relations(found)
    if similar:
        relations = _as_gold_says(relations, wanted)
    return Score((wanted & relations).total(), relations.total(), wanted.total())


def _as_gold_says(relations: Counter[Relation], wanted: Counter[Relation]) -> Counter[Relation]:
    known = sorted({text for first, second, _ in wanted for text in (first, second)})
    meant: dict[str, str] = {}
    for text in {text for first, second, _ in relations for text in (first, second)}:
        best = process.extractOne(text, known, scorer=fuzz.ratio, score_cutoff=SIMILAR)
        meant[text] = best[0] if best else text
    told: Counter[Relation] = Counter()
    for (first, second, way), times in relations.items():
        told[meant[first], meant[second], way] += times
    return told
