"""Variants that are not read as they should be yet, each with the reason: left out of the tests.

`python -m variants` tries them too. Take an entry out when what it names is mended.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class KnownGap:
    """Variants of a family that differ: patterns of the reports and of the variants' names."""

    family: str
    reports: str
    names: str
    reason: str


@dataclass(frozen=True)
class KnownWords:
    """Other words for a concept that are not understood."""

    place: str
    concept: str
    words: frozenset[str]
    reason: str


KNOWN_WORDS: tuple[KnownWords, ...] = ()
KNOWN_GAPS = (
    KnownGap(
        "columns",
        "seguimiento",
        r"labels last",
        "extractors/tables/align.py: a lone cell is not seen as a merged row's in the first column",
    ),
    KnownGap(
        "columns",
        "00[34]",
        r"backwards|first label last|labels last|last column first|shuffled .",
        "extractors/tables/cuts.py: _join_labels joins only labels left of the first typed column; "
        "extractors/tables/header.py: no slip in a repeated header whose first cell is full",
    ),
    KnownGap(
        "shifted",
        "003",
        r".*",
        "extractors/tables/align.py: cells side by side are parted for a column that is fuller",
    ),
    KnownGap(
        "shifted and cut off",
        "003",
        r".*",
        "extractors/tables/align.py: cells side by side are parted for a column that is fuller",
    ),
    KnownGap(
        "cut",
        "003",
        r"line 250, column 1",
        "extractors/tables/align.py: a label that goes on is taken for a merged row's lone cell",
    ),
    KnownGap(
        "cut",
        "seguimiento|004",
        r"line (47|69), .*",
        "extractors/tables/stitch.py: lone cells are aligned before the row above them is joined",
    ),
    KnownGap(
        "cut before a capital",
        "",
        r".*",
        "extractors/tables/cuts.py: what goes on is known by its lower case only",
    ),
    KnownGap(
        "markup",
        "00[34]",
        r".*",
        "extractors/tables/header.py: _looks_like_names measures and types a name with its tags",
    ),
)


def is_known(family: str, report: str, name: str) -> bool:
    """Whether a variant is known to differ."""
    return any(
        gap.family == family and re.match(gap.reports, report) and re.fullmatch(gap.names, name)
        for gap in KNOWN_GAPS
    )


def is_known_word(place: str, concept: str, word: str) -> bool:
    """Whether a word is known not to be understood."""
    return any(
        (gap.place, gap.concept) == (place, concept) and word in gap.words for gap in KNOWN_WORDS
    )
