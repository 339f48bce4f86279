"""Which columns of a table are sums or shares of others: inferred from its rows, not configured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, permutations
from typing import Literal, cast

import numpy as np
import numpy.typing as npt

from pipeline.validation.columns import Column, Grid, is_share
from pipeline.validation.money import decimals
from pipeline.validation.settings import Settings

MOST = 16  # columns that are tried three by three
PARTS = 3  # columns of months that make a row's total
LARGEST = 9 * 10**15  # in the smallest unit printed: sums stay exact in 64 bits
Kind = Literal["sum", "share", "periods"]
Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
# kind, whole, parts, rows that bear it out, rows that tell it, rows where it holds
Candidate = tuple[Kind, int, tuple[int, ...], int, int, int]


@dataclass(frozen=True, slots=True)
class Relation:
    """`whole` = the sum of `parts`, or 100 · parts[0] / parts[1] where it is a share.

    `support` rows bear it out with no part blank or zero; `rows` tell all its columns.
    """

    kind: Kind
    whole: Column
    parts: tuple[Column, ...]
    support: int
    rows: int
    held: int


def find_relations(grid: Grid, settings: Settings) -> list[Relation]:
    """The relations that enough rows support; those that repeat another one's columns left out."""
    scaled = _scale(grid)
    if scaled is None:
        return []
    numbers, told, places = scaled
    least = int(settings.threshold("relation_rows"))
    share = float(settings.threshold("relation_share"))
    found = [
        Relation(
            kind, grid.columns[whole], tuple(grid.columns[at] for at in parts), good, rows, held
        )
        for kind, whole, parts, good, rows, held in _candidates(grid, numbers, told, places)
        if good >= least and held >= share * rows
    ]
    return _without_repeats(found)


def _scale(grid: Grid) -> tuple[Numbers, Flags, int] | None:
    """The amounts as whole numbers of the smallest unit printed, and which are told."""
    amounts = [[line.amount(column) for column in grid.columns] for line in grid.lines]
    printed = [amount for row in amounts for amount in row if amount is not None]
    places = max(map(decimals, printed), default=0)
    if not printed or max(map(abs, printed)).scaleb(places) > LARGEST // 100:
        return None
    numbers = [[int((amount or Decimal(0)).scaleb(places)) for amount in row] for row in amounts]
    told = [[amount is not None for amount in row] for row in amounts]
    return np.array(numbers, dtype=np.int64), np.array(told, dtype=np.bool_), places


def _candidates(grid: Grid, numbers: Numbers, told: Flags, places: int) -> Iterator[Candidate]:
    amounts = [at for at, column in enumerate(grid.columns) if not is_share(column)][:MOST]
    for parts in _months(grid):
        for whole in set(amounts) - set(parts):
            if _is_yearly(grid.columns[whole], grid.columns[parts[0]]):
                yield _try_sum("periods", whole, parts, numbers, told)
    for first, second in combinations(amounts, 2):
        for whole in (at for at in amounts if at not in (first, second)):
            yield _try_sum("sum", whole, (first, second), numbers, told)
    shares = [at for at, column in enumerate(grid.columns) if is_share(column)]
    for whole in shares:
        for pair in permutations(amounts, 2):
            yield _try_share(whole, pair, numbers, told, places)


def _months(grid: Grid) -> Iterator[tuple[int, ...]]:
    """The columns of one kind that each tell another stretch of the year."""
    kinds: dict[tuple[str, int], list[int]] = {}
    for at, column in enumerate(grid.columns):
        if column[2] and not is_share(column):
            kinds.setdefault((column[0], len(column[2])), []).append(at)
    for found in kinds.values():
        if len(found) >= PARTS and len({grid.columns[at][2] for at in found}) == len(found):
            yield tuple(found)


def _is_yearly(whole: Column, part: Column) -> bool:
    return not whole[2] or len(whole[2]) < len(part[2]) or "/" in whole[2]


def _try_sum(
    kind: Kind, whole: int, parts: tuple[int, ...], numbers: Numbers, told: Flags
) -> Candidate:
    known = cast(Flags, told[:, [whole, *parts]].all(axis=1))
    adds = cast(Flags, numbers[:, list(parts)].sum(axis=1) == numbers[:, whole])
    holds = known & adds
    telling = holds & (np.count_nonzero(numbers[:, list(parts)], axis=1) >= 2)
    return (
        kind,
        whole,
        parts,
        _distinct(numbers[telling][:, [whole, *parts]]),
        *_count(known, holds),
    )


def _try_share(
    whole: int, parts: tuple[int, int], numbers: Numbers, told: Flags, places: int
) -> Candidate:
    part, base = parts
    known: Flags = told[:, [whole, *parts]].all(axis=1) & (numbers[:, base] != 0)
    unit = 10.0**places
    expected = np.divide(
        100.0 * numbers[:, part], numbers[:, base], where=known, out=np.zeros(len(numbers))
    )
    holds: Flags = known & (np.abs(numbers[:, whole] / unit - expected) <= 1.0)
    partial = numbers[:, part] != numbers[:, base]
    telling = holds & (numbers[:, part] != 0) & partial
    return (
        "share",
        whole,
        parts,
        _distinct(numbers[telling][:, [whole, *parts]]),
        *_count(known, holds),
    )


def _distinct(rows: Numbers) -> int:
    """How many different rows: a total and its only line bear a relation out once."""
    return len(np.unique(rows, axis=0))


def _count(known: Flags, holds: Flags) -> tuple[int, int]:
    return int(known.sum()), int(holds.sum())


def _without_repeats(found: Sequence[Relation]) -> list[Relation]:
    """The best borne out first; one that shares two columns with it is its look-alike.

    Where paid equals accrued in most rows, what holds for one seems to hold for the other.
    """
    kept: list[Relation] = []
    for one in sorted(found, key=_rank):
        columns = {one.whole, *one.parts}
        if all(len(columns & {each.whole, *each.parts}) < 2 for each in kept):
            kept.append(one)
    return kept


def _rank(one: Relation) -> tuple[bool, float, int, tuple[Column, ...]]:
    return one.kind == "sum", -one.held / one.rows, -one.support, (one.whole, *one.parts)
