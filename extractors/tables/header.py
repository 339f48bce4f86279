"""The header of a table: how many rows it has, and what each column is called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.shapes import TYPED, shape
from extractors.tables.rows import Row, has_typed, printed, same_row, text
from pipeline.model import Block, Table, join_blocks

_LONG = 90  # a header cell is a name, not a sentence
_MOST = 3
_SLIP = 90  # likeness, 0-100, of a row of names with a letter misread


def find_header(rows: Sequence[Row]) -> int:
    """How many of the first rows are the header: by its repetition, by spans, by its gaps.

    0 when the first row is no header (a sheet of labels and values).
    """
    if len(rows) < 2 or not _looks_like_names(rows[0]):
        return 0
    return _by_repetition(rows) or _by_spans(rows) or _by_groups(rows) or _by_gaps(rows) or 1


def repeats(rows: Sequence[Row], header_rows: int, at: int) -> bool:
    """Whether the header stands again at row `at`."""
    again = rows[at : at + header_rows]
    return len(again) == header_rows and all(
        same_row(one, other) for one, other in zip(rows, again, strict=False)
    )


def _looks_like_names(row: Row) -> bool:
    cells = printed(row)
    years = re.compile(r"(19|20)\d{2}")
    typed = [c for c in cells if shape(c.text) in TYPED and not years.fullmatch(text(c))]
    return len(cells) >= 2 and not typed and all(len(text(c)) <= _LONG for c in cells)


def _by_repetition(rows: Sequence[Row]) -> int:
    for at in range(1, len(rows)):
        if same_row(rows[0], rows[at]):
            size = 1
            while size < min(_MOST, at, len(rows) - at) and _again(rows[size], rows[at + size]):
                size += 1
            return size
    return 0


def _again(row: Row, other: Row) -> bool:
    """Whether a row of names stands again, cell under cell, a letter misread or not.

    A row of the body may be alike ("Componente 1" and "Componente 2"), so its digits count.
    """
    return (
        not has_typed(row)
        and len(printed(row)) > 1
        and [bool(text(cell)) for cell in row] == [bool(text(cell)) for cell in other]
        and _digits(row) == _digits(other)
        and same_row(row, other, _SLIP)
    )


def _digits(row: Row) -> str:
    return re.sub(r"\D", "", " ".join(text(cell) for cell in row))


def _by_spans(rows: Sequence[Row]) -> int:
    spans = [cell.row_span for cell in rows[0] if cell is not None]
    deepest = max(spans, default=1)
    return deepest if 1 < deepest <= _MOST else 0


def _by_groups(rows: Sequence[Row]) -> int:
    """Under cells that each span columns, every row of names up to the first with a value."""
    groups = [cell for cell in rows[0] if cell is not None]
    if not any(cell.column_span > 1 and text(cell) for cell in groups):
        return 0
    size = 1
    while size < min(_MOST, len(rows) - 1) and _looks_like_names(rows[size]):
        size += 1
    return size if size > 1 else 0


def _by_gaps(rows: Sequence[Row]) -> int:
    """A second row that names what stands under the gaps of the first."""
    first, second = rows[0], rows[1]
    filled = sum(1 for a, b in zip(first, second, strict=True) if not text(a) and text(b))
    if filled >= 2 and not text(second[0]) and not has_typed(second):
        return 2
    return 0


def column_names(table: Table) -> list[Block | None]:
    """What each column is called: the header cells above it, group first, joined.

    A cell that spans columns names each of them; in text, where spans are lost, a group's name
    reaches over the gaps to its right that the next header row fills.
    """
    header = table.rows[: table.header_rows]
    width = len(table.rows[0]) if table.rows else 0
    return [_name(header, column) for column in range(width)]


def _name(header: Sequence[Sequence[Block | None]], column: int) -> Block | None:
    parts: list[Block] = []
    for depth, row in enumerate(header):
        cell = row[column]
        if not text(cell):
            below = depth + 1 < len(header) and text(header[depth + 1][column])
            cell = _spanning(row, column, guess=bool(below))
        if cell is not None and text(cell) and cell not in parts:
            parts.append(cell)
    return join_blocks(tuple(parts)) if parts else None


def _spanning(row: Sequence[Block | None], column: int, *, guess: bool) -> Block | None:
    for at in range(column - 1, -1, -1):
        cell = row[at]
        if cell is not None and (text(cell) or cell.bbox):
            reaches = cell.column_span > column - at
            return cell if reaches or (guess and cell.bbox is None) else None
    return None
