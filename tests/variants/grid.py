"""A text report as rows of cells, its tables found by tabs alone: no help from the code under test.

`Rows` are the report's lines, split at tabs; a line without a tab is a row of one cell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

Rows = list[list[str]]

_TYPES = {
    "date": re.compile(r"(\d{1,2}/\d{1,2}/\d{4}\s*)+"),
    "percent": re.compile(r"\d{1,3}\s*%|N/?A"),
    "duration": re.compile(r"\d+ (mes|meses|días|semanas)"),
    "money": re.compile(r"(\\?\$|US\$|USD)\s*[\d.,]+"),
}
TOTAL = re.compile(r"\W*(sub\W*)?total\b", re.I)
FEWEST_COLUMNS = 4  # of a wide table; below it is a sheet, or a list


def split_rows(text: str) -> Rows:
    """The lines of a text, split at tabs."""
    return [line.split("\t") for line in text.split("\n")]


def join_rows(rows: Rows) -> str:
    """The text again."""
    return "\n".join("\t".join(row) for row in rows)


def printed(row: Sequence[str]) -> list[int]:
    """The columns that hold text."""
    return [at for at, cell in enumerate(row) if cell.strip()]


@cache
def bare(cell: str) -> str:
    """A cell's words without markup."""
    return " ".join(re.sub(r"<[^>]+>|\*\*|\\(?=\$)", " ", cell).split())


@cache
def kind_of(cell: str) -> str:
    """What a whole cell looks like: "date", "percent", "duration", "money", or ""."""
    text = cell.strip()
    return next((name for name, pattern in _TYPES.items() if pattern.fullmatch(text)), "")


@dataclass(frozen=True)
class Grid:
    """A wide table of the text: the lines that are its rows, page breaks and all."""

    rows: Rows  # of the whole text
    lines: tuple[int, ...]  # which of them are the table's

    @cached_property
    def width(self) -> int:
        """The number of columns that hold text somewhere, header and all."""
        return max(printed(self.rows[at])[-1] for at in self.lines if printed(self.rows[at])) + 1

    @cached_property
    def tiers(self) -> int:
        """How many rows the header has: two where the second names what the first leaves open."""
        first, second = (self.rows[at] for at in self.lines[:2])
        filled = set(printed(second)) - set(printed(first))
        return 2 if len(filled) > 1 and not second[0].strip() else 1

    @cached_property
    def headers(self) -> tuple[int, ...]:
        """The lines where the header begins, each time it is printed."""
        first = [bare(cell) for cell in self.rows[self.lines[0]] if cell.strip()]
        again = ([bare(cell) for cell in self.rows[at] if cell.strip()] for at in self.lines)
        return tuple(at for at, cells in zip(self.lines, again, strict=True) if cells == first)

    @cached_property
    def body(self) -> tuple[int, ...]:
        """The lines below the headers."""
        named = {at + tier for at in self.headers for tier in range(self.tiers)}
        return tuple(at for at in self.lines if at not in named)

    @cached_property
    def kinds(self) -> list[str]:
        """What most cells of each column look like."""
        body = [self.padded(at) for at in self.body if not self.is_total(at)]
        columns = ([row[c] for row in body if row[c].strip()] for c in range(self.width))
        return [_most(Counter(map(kind_of, cells)), len(cells)) for cells in columns]

    def padded(self, at: int) -> list[str]:
        """A row with every cell of the table."""
        row = self.rows[at][: self.width]
        return row + [""] * (self.width - len(row))

    def is_total(self, at: int) -> bool:
        """Whether a row states a subtotal or a total."""
        cells = [bare(cell) for cell in self.rows[at] if cell.strip()]
        return any(TOTAL.match(cell) for cell in cells[:2])

    def offset(self, at: int) -> int:
        """By how many columns the converter moved a row to the right; negative: to the left."""
        kinds = [kind_of(cell) for cell in self.padded(at)]
        if self.is_total(at):
            return 0

        def hits(by: int) -> int:
            pairs = ((c, c - by) for c in range(self.width) if 0 <= c - by < self.width)
            return sum(1 for c, home in pairs if kinds[c] and kinds[c] == self.kinds[home])

        return max(range(-3, 4), key=lambda by: (hits(by), -abs(by)))

    def is_full(self, at: int) -> bool:
        """Whether a row stands where it should and holds a value in every typed column."""
        row = self.padded(at)
        typed = [c for c, kind in enumerate(self.kinds) if kind]
        return bool(typed) and all(kind_of(row[c]) == self.kinds[c] for c in typed)


def _most(count: Counter[str], cells: int) -> str:
    kind, times = count.most_common(1)[0] if count else ("", 0)
    return kind if times * 2 > cells else ""


def find_grids(rows: Rows) -> Iterator[Grid]:
    """The wide tables: runs of lines with tabs, blank lines between them or not."""
    run: list[int] = []
    for at, row in enumerate([*rows, ["end"]]):
        if len(row) > 1:
            run.append(at)
        elif row[0].strip():
            if _is_wide(rows, run):
                yield Grid(rows, tuple(run))
            run = []


def _is_wide(rows: Rows, run: Sequence[int]) -> bool:
    sizes = [len(printed(rows[at])) for at in run]
    return len(run) > 1 and sizes[0] >= FEWEST_COLUMNS and max(sizes) >= FEWEST_COLUMNS
