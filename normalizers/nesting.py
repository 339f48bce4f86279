"""Which line of a budget stands under which: by codes, by layout, and by what sums close."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from normalizers.text import key

_TOTAL = re.compile(r"(?:sub|gran)?total|suma(?!s?de)|parcial")
_NO_SUM = re.compile(r"totalde(?:actividades|acciones|compromisos|plazas|proyectos)")
_CLASSIFIED = 3  # digits of a code whose noughts at the end stand for what is below
_LONGEST = 200  # lines that one sum closes
_AGREES = Decimal("0.5")  # share of the measures in which a sum must come out


@dataclass(slots=True)
class Draft:
    """A line before it is a record: its printed code and label, and its amounts by column."""

    code: str
    label: str
    depth: int  # which of the label columns names it, 0 the outermost
    amounts: Mapping[int, Decimal]  # columns whose amounts add up, by column
    parent: int | None = None
    total: bool = False
    closed: bool = field(default=False)


def nest(lines: Sequence[Draft]) -> None:
    """Fill each line's `parent` (an index) and `total`; lines that nothing places keep None."""
    for at, line in enumerate(lines):
        line.total = is_total_label(line.label) or is_total_label(line.code)
        line.parent = None if line.total else _above(lines, at)
    _drop_unsummed(lines)
    _find_printed_above(lines)
    _close_totals(lines)


def _drop_unsummed(lines: Sequence[Draft]) -> None:
    """Free the lines under one that they do not add up to, where codes are no hierarchy at all.

    They are none where fewer than half of the lines with others below are the sums of these.
    """
    sums: dict[int, dict[int, Decimal]] = {}
    for line in lines:
        if line.parent is not None and _nonzero(lines[line.parent]):
            _add(sums.setdefault(line.parent, {}), line)
    shares = {at: _share(lines[at], below) for at, below in sums.items()}
    if sum(share == 1 for share in shares.values()) * 2 >= len(shares):
        return
    for line in lines:
        if line.parent is not None and shares.get(line.parent, Decimal(1)) < _AGREES:
            line.parent = None


def is_total_label(text: str) -> bool:
    """Whether a label says that its line is a sum: "TOTAL", "T O T A L E S", "Parcial fte."."""
    printed = key(text)
    return bool(_TOTAL.match(printed)) and not _NO_SUM.match(printed)


def levels(lines: Sequence[Draft]) -> list[int]:
    """How deep each line stands: 0 for a sum of the whole, 1 for a line that no line is above."""
    return [_level(lines, at) for at in range(len(lines))]


def _level(lines: Sequence[Draft], at: int) -> int:
    above, line = 0, lines[at]
    while line.parent is not None and above < len(lines):
        above, line = above + 1, lines[line.parent]
    return above + (not line.total)


def _above(lines: Sequence[Draft], at: int) -> int | None:
    """The nearest earlier line whose code or place is above this line's, through its ancestors."""
    above: int | None = at - 1 if at else None
    while above is not None and not _holds(lines[above], lines[at]):
        above = lines[above].parent
    return above


def _holds(upper: Draft, lower: Draft) -> bool:
    if upper.total:
        return False
    if upper.code and lower.code:
        return is_above(upper.code, lower.code)
    return upper.depth < lower.depth


def is_above(upper: str, lower: str) -> bool:
    """Whether a code is an ancestor of another: 2.1 of 2.1.3; 10000 of 11300; 51 of 510105."""
    one, other = _steps(upper), _steps(lower)
    if len(one) == 1 and len(other) == 1:
        first, second = one[0], other[0]
        if first.isdigit() and len(first) == len(second) >= _CLASSIFIED:
            first = first.rstrip("0")
        return bool(first) and len(first) < len(second) and second.startswith(first)
    return 0 < len(one) < len(other) and other[: len(one)] == one


def _steps(code: str) -> list[str]:
    return [step for step in re.split(r"[.\-/\s]+", code.strip()) if step]


def _find_printed_above(lines: Sequence[Draft]) -> None:
    """A line whose amounts are the sums of those right below it holds them."""
    at = 0
    while at < len(lines):
        run = _summed_below(lines, at) if _is_free(lines, at) else []
        for below in run:
            lines[below].parent = at
        at += 1


def _is_free(lines: Sequence[Draft], at: int) -> bool:
    line = lines[at]
    has_below = at + 1 < len(lines) and lines[at + 1].parent == at
    return line.parent is None and not line.total and bool(_nonzero(line)) and not has_below


def _summed_below(lines: Sequence[Draft], at: int) -> list[int]:
    """The free lines after `at` that add up to it in every measure; two measures at least."""
    sums: dict[int, Decimal] = {}
    run: list[int] = []
    if len(_nonzero(lines[at])) < 2:
        return []
    for below in range(at + 1, min(len(lines), at + _LONGEST)):
        if not _is_loose(lines, below):
            break
        run.append(below)
        _add(sums, lines[below])
        if _share(lines[at], sums) == 1 and not _equals(lines[at], lines[below]):
            return run
        if len(run) == 1 and _share(lines[at], sums) == 1:
            return run if _one_below(lines, at) else []
    return []


def _is_loose(lines: Sequence[Draft], at: int) -> bool:
    return lines[at].parent is None and not lines[at].total and bool(lines[at].amounts)


def _equals(one: Draft, other: Draft) -> bool:
    return one.amounts == other.amounts


def _one_below(lines: Sequence[Draft], at: int) -> bool:
    """Whether a line that repeats the one above it is its only part: three amounts alike."""
    return len(_nonzero(lines[at])) >= 3


def _close_totals(lines: Sequence[Draft]) -> None:
    """Each printed sum holds the last lines still open that add up to it."""
    opened: list[int] = []
    for at, line in enumerate(lines):
        if line.parent is not None:
            continue
        closes = _closed_by(lines, at, opened)
        if closes:
            line.total = True
            for below in closes:
                lines[below].parent = at
            opened = opened[: -len(closes)]
        opened.append(at)


def _closed_by(lines: Sequence[Draft], at: int, opened: Sequence[int]) -> list[int]:
    """The last open lines that a sum closes; of a line not called a sum, all and exactly."""
    if not _nonzero(lines[at]) or not opened:
        return []
    best: tuple[Decimal, int] = (Decimal(0), 0)
    for size, share in _suffixes(lines, at, opened):
        best = max(best, (share, size))
    share, size = best
    if lines[at].total:
        return list(opened[-size:]) if share >= _AGREES else []
    whole = share == 1 and size == len(opened) and size > 1 and len(_nonzero(lines[at])) > 1
    bare = not any(line.parent == at for line in lines)
    return list(opened) if whole and bare else []


def _suffixes(
    lines: Sequence[Draft], at: int, opened: Sequence[int]
) -> Iterator[tuple[int, Decimal]]:
    """How many of the last open lines, and the share of measures in which they add up."""
    sums: dict[int, Decimal] = {}
    for size, below in enumerate(reversed(opened[-_LONGEST:]), start=1):
        _add(sums, lines[below])
        yield size, _share(lines[at], sums)


def _nonzero(line: Draft) -> list[int]:
    return [column for column, amount in line.amounts.items() if amount]


def _add(sums: dict[int, Decimal], line: Draft) -> None:
    for column, amount in line.amounts.items():
        sums[column] = sums.get(column, Decimal(0)) + amount


def _share(line: Draft, sums: Mapping[int, Decimal]) -> Decimal:
    """The share of a line's amounts other than nil that these sums equal."""
    told = _nonzero(line)
    equal = sum(sums.get(column) == line.amounts[column] for column in told)
    return Decimal(equal) / len(told)
