"""One header cell over several columns whose words name each of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from normalizers.columns import claim
from normalizers.measures import claim_line, claim_measure
from normalizers.text import clean
from pipeline.model import Block, join_blocks

_MOST_WORDS = 24  # words of a header cell that names several columns
_NAMED = 0.7  # how sure each piece must be of an amount for a cell to be cut


def share_names(names: Sequence[Block | None]) -> list[Block | None]:
    """The names, with each cell that stands over several columns and lists their amounts cut up."""
    shared = list(names)
    first = 0
    while first < len(names):
        last = first + 1
        while last < len(names) and names[last] is not None and names[last] == names[first]:
            last += 1
        pieces = split_name(names[first], last - first)
        if last - first > 1 and all(map(_is_amount, pieces)) and len(set(pieces)) > 1:
            shared[first:last] = pieces
        first = last
    return shared


def _is_amount(name: Block | None) -> bool:
    told = claim_measure([clean(name.places()[-1].text)]) if name is not None else None
    return told is not None and told.score >= _NAMED


def split_name(name: Block | None, count: int) -> list[Block | None]:
    """A name shared out among its columns: its own words cut where each piece means most."""
    if name is None or count == 1:
        return [name] * count
    *groups, own = name.places()
    words = clean(own.text).split()
    if not count <= len(words) <= _MOST_WORDS:
        return [name] * count
    pieces = _cut(tuple(words), count, tuple(clean(one.text) for one in groups))
    return [join_blocks((*groups, own.with_text(piece))) for piece in pieces]


def _cut(words: tuple[str, ...], count: int, groups: tuple[str, ...]) -> list[str]:
    """The words in `count` runs whose meanings together are surest."""

    @cache
    def best(start: int, left: int) -> tuple[float, tuple[str, ...]]:
        if left == 1:
            piece = " ".join(words[start:])
            return _worth(piece, groups), (piece,)
        tries = []
        for end in range(start + 1, len(words) - left + 2):
            piece = " ".join(words[start:end])
            worth, rest = best(end, left - 1)
            tries.append((worth + _worth(piece, groups), (piece, *rest)))
        return max(tries, key=lambda one: one[0])

    return list(best(0, count)[1])


def _worth(piece: str, groups: tuple[str, ...]) -> float:
    measure = claim_measure([piece])
    field = claim(piece)
    return max(measure.score if measure else 0.0, field.score / 2 if field else 0.0,
               claim_line(piece, "label"), claim_line(piece, "code"))  # fmt: skip
