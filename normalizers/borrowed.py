"""A table without a header that goes on under another's: names taken over by place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalizers.shared_names import split_name
from normalizers.text import clean
from pipeline.model import Block, Table

_FIGURES = 3  # columns of figures of a table that a header alone may stand over
_AWAY = 20.0  # points by which equal columns of two pages may differ


def borrow_header(above: Table, table: Table) -> Table:
    """The table with the names of the one above it, where that is its header; else as it came.

    The one above has as many columns in the same places, or it is a header alone whose cells stand
    over the columns; a cell over several columns whose words name each is shared out among them.
    """
    if not above.names or not table.rows or not above.header_rows:
        return table
    if len(above.names) == len(table.rows[0]):
        return _named(table, above.names) if _same_places(above, table) else table
    if above.header_rows < len(above.rows) and not _is_header_alone(above):
        return table
    if len(table.rows[0]) < len(above.names) or _count_figures(table) < _FIGURES:
        return table
    names = _share_out(above, table)
    return _named(table, names) if names else table


def _count_figures(table: Table) -> int:
    return sum(shape in ("money", "number") for shape in table.shapes)


def _named(table: Table, names: Sequence[Block | None]) -> Table:
    return replace(table, names=tuple(names))  # no row of its own is a header


def _is_header_alone(table: Table) -> bool:
    """Whether nothing stands below the header."""
    body = table.rows[table.header_rows :]
    return not any(cell is not None and clean(cell.text) for row in body for cell in row)


def _spans(table: Table, first: int = 0) -> list[tuple[float, float] | None]:
    """The left and right edge of each column, by its cells of one column."""
    found: list[tuple[float, float] | None] = []
    for column in range(len(table.rows[0])):
        cells = [row[column] for row in table.rows[first:]]
        boxes = [one.bbox for one in cells if one and one.bbox and one.column_span == 1]
        found.append((min(b[0] for b in boxes), max(b[2] for b in boxes)) if boxes else None)
    return found


def _same_places(above: Table, table: Table) -> bool:
    pairs = [(one, other) for one, other in zip(_spans(above), _spans(table), strict=True)
             if one and other]  # fmt: skip
    near = sum(abs(one[0] - other[0]) <= _AWAY or abs(one[1] - other[1]) <= _AWAY
               for one, other in pairs)  # fmt: skip
    return bool(pairs) and near * 5 >= len(pairs) * 4


def _share_out(above: Table, table: Table) -> list[Block | None]:
    """A name a column of the table below, [] where the header's cells do not cover its columns."""
    spans = _spans(table)
    over: dict[int, list[int]] = {}
    for column, span in enumerate(spans):
        at = _column_over(above, (span[0] + span[1]) / 2) if span else None
        if at is None:
            return []
        over.setdefault(at, []).append(column)
    names: list[Block | None] = [None] * len(spans)
    for at, columns in over.items():
        for column, name in zip(columns, split_name(above.names[at], len(columns)), strict=True):
            names[column] = name
    return names


def _column_over(above: Table, x: float) -> int | None:
    """The column of the header whose cell stands over this place."""
    spans = _spans(above)
    return next((at for at, span in enumerate(spans) if span and span[0] <= x <= span[1]), None)
