"""A table while it is put right: rows that may change, and where pages broke between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rapidfuzz import fuzz

from extractors.shapes import TYPED, Shape, dominant, shape
from pipeline.model import Block, Repair, Table

Row = list[Block | None]
NEAR = 250  # rows before and after one that are looked at to judge it

_INLINE = re.compile(r"</?(?:b|i|u|em|strong|span|font|sub|sup)\b[^>]*>|\*\*", re.I)
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>")
_TOTAL = re.compile(
    r"\W*(?:(?P<sub>sub\W*total(?:es)?|(?:suma|total)\s+parcial)"
    r"|(?:(?:gran|monto|importe)\s+)?total(?:es)?|sumas?(?! de ))\b", re.I
)  # fmt: skip


@dataclass(slots=True)
class Grid:
    """Rows of a table over all its pages; `breaks` are the indices of rows that begin a page."""

    rows: list[Row]
    header_rows: int = 0
    breaks: set[int] = field(default_factory=set)
    repairs: list[Repair] = field(default_factory=list)

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.rows[0]) if self.rows else 0

    def _sums(self, *, sub: bool) -> frozenset[int]:
        words = ((at, total_word(row)) for at, row in enumerate(self.rows))
        return frozenset(at for at, word in words if word and bool(word["sub"]) is sub)

    def shapes(self) -> list[Shape]:
        """The dominant shape of each column's body."""
        body = [row for row in self.rows[self.header_rows :] if not is_total(row)]
        return [dominant(shape(text(row[c])) for row in body) for c in range(self.width)]

    def fill_rates(self) -> list[float]:
        """The share of body rows with text in each column."""
        body = [row for row in self.rows[self.header_rows :] if not is_total(row)]
        return [
            sum(1 for row in body if text(row[c])) / max(1, len(body)) for c in range(self.width)
        ]

    def above(self, index: int, column: int) -> int | None:
        """The row of the nearest printed cell above in this column, header excluded."""
        for at in range(index - 1, self.header_rows - 1, -1):
            if text(self.rows[at][column]) and not is_total(self.rows[at]):
                return at
        return None

    def near(self, index: int) -> list[tuple[int, Row]]:
        """The rows of the body around one, numbered: enough to see what is usual in a column.

        A table may be of thousands of pages, and is asked at the head of each.
        """
        first = max(self.header_rows, index - NEAR)
        return list(enumerate(self.rows[first : index + NEAR + 1], first))

    def freeze(self, table: Table) -> Table:
        """The table with these rows in place of its own."""
        rows = tuple(tuple(row) for row in self.rows)
        return replace(
            table,
            rows=rows,
            header_rows=self.header_rows,
            repairs=tuple(self.repairs),
            shapes=tuple(self.shapes()),
            breaks=frozenset(self.breaks),
            subtotals=self._sums(sub=True),
            totals=self._sums(sub=False),
        )


def text(cell: Block | None) -> str:
    """The visible text of a cell, without markup; "" where a span covers the place."""
    return _visible(cell.text) if cell else ""


@lru_cache(maxsize=65536)  # a cell is looked at again and again
def _visible(text: str) -> str:
    return " ".join(_MARKUP.sub(" ", _INLINE.sub("", text)).split())


def printed(row: Sequence[Block | None]) -> list[Block]:
    """The cells of a row that hold text."""
    return [cell for cell in row if cell is not None and cell.text.strip()]


def is_total(row: Sequence[Block | None]) -> bool:
    """Whether the row states a subtotal or total: it is judged, never aligned or joined."""
    return total_word(row) is not None


def total_word(row: Sequence[Block | None]) -> re.Match[str] | None:
    """The words of a subtotal or total in the first printed cells of a row; `sub` tells which.

    A row with a date or a duration of its own is an activity that begins with the word.
    """
    cells = printed(row)
    if any(shape(text(cell)) in ("date", "duration") for cell in cells):
        return None
    found = (_TOTAL.match(text(cell).replace("\\", "")) for cell in cells[:2])
    return next((match for match in found if match), None)


def squash(text: str) -> str:
    """Letters and digits only, lower case: equal however a cell broke its words over lines."""
    return re.sub(r"<[^>]+>|[\W_]+", "", text).lower()


def same_row(one: Sequence[Block | None], other: Sequence[Block | None], least: float = 85) -> bool:
    """Whether two rows print the same (OCR's slips allowed), as a repeated header does."""
    first, second = (squash("".join(text(cell) for cell in row)) for row in (one, other))
    return bool(first) and bool(second) and fuzz.ratio(first, second) >= least


def has_typed(row: Sequence[Block | None]) -> bool:
    """Whether a cell of the row is a date, a percentage, an amount, a duration or a number."""
    return any(shape(text(cell)) in TYPED for cell in row)
