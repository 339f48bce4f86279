"""Whether tables of two pages are one: more rows of it, or more columns; and why, or why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.tables.boxes import box_of
from extractors.tables.rows import has_typed, printed, same_row
from pipeline.model import Block, Box, Join, Table

_EDGE = 6.0  # points that the sides of one table may differ from page to page
_LABEL_EDGE = 75.0  # the same for the labels of a sheet, whose pages are laid out one by one
_LEVEL = 2.0  # points that a row cut across its width may stand higher on the next page
_FEWEST = 3  # rows that show two parts of a table to be level


@dataclass(frozen=True, slots=True)
class _Extent:
    """The first and the last page of a table, and the box around its cells."""

    first: int
    last: int
    box: Box


def judge_join(above: Table, below: Table, first: Table, lines: Sequence[Block]) -> Join | None:
    """Whether `below` is more rows of the table that `first` began; None on the same page.

    More of a table stands on the next page, with nothing in between, in as many columns, and
    repeats its header or has its sides.
    """
    a, b = _extent(above), _extent(below)
    if a is None or b is None or b.first != a.last + 1:
        return None
    if any(_is_between(line, a, b) for line in lines):
        return Join(b.first, False, "text_between")
    if len(above.rows[0]) != len(below.rows[0]) and not _same_labels(above, below):
        return Join(b.first, False, "other_columns")
    if same_row(first.rows[0], below.rows[0]):
        return Join(b.first, True, "same_header")
    sides = abs(a.box[0] - b.box[0]) < _EDGE and abs(a.box[2] - b.box[2]) < _EDGE
    return Join(b.first, sides, "same_sides" if sides else "other_sides")


def join_widths(tables: Sequence[Table]) -> Iterator[Table]:
    """The tables, those that were cut across their width onto the next page joined by rows."""
    left: Table | None = None
    for table in tables:
        if left is not None and _is_beside(left, table):
            left = _set_beside(left, table)
            continue
        if left is not None:
            yield left
        left = table
    if left is not None:
        yield left


def _is_beside(left: Table, right: Table) -> bool:
    """Whether the next page goes on to the right: its rows are level, its columns are others."""
    a, b = _extent(left), _extent(right)
    if a is None or b is None or b.first != a.last + 1:
        return False
    levels, others = _levels(left, a.first), _levels(right, b.first)
    level = len(levels) == len(others) >= _FEWEST and all(
        abs(one - other) < _LEVEL for one, other in zip(levels, others, strict=True)
    )
    names = {cell.text.strip() for cell in printed(left.rows[0])}
    new = names.isdisjoint(cell.text.strip() for cell in printed(right.rows[0]))
    return level and new and not has_typed(right.rows[0]) and _is_of_values(right)


def _levels(table: Table, page: int) -> list[float]:
    """Where each row begins on a page, from the top."""
    tops = ([c.bbox[1] for c in row if c and c.bbox and c.page == page] for row in table.rows)
    return [max(one) for one in tops if one]


def _is_of_values(table: Table) -> bool:
    """Whether the part has rows of values and no labels: what it says needs the part before."""
    body = [row for row in table.rows[1:] if printed(row)]
    return bool(body) and all(has_typed(row) and has_typed(row[:1]) for row in body)


def _set_beside(left: Table, right: Table) -> Table:
    width = len(left.rows[0])
    moved = (
        tuple(cell and replace(cell, column=width + (cell.column or 0)) for cell in row)
        for row in right.rows
    )
    rows = tuple((*one, *other) for one, other in zip(left.rows, moved, strict=True))
    extent = _extent(right)
    joins = (*left.joins, Join(extent.first if extent else 0, True, "level_rows"))
    return replace(left, rows=rows, repairs=(*left.repairs, *right.repairs), joins=joins)


def _same_labels(above: Table, below: Table) -> bool:
    """Whether both are sheets whose column of labels has one width (boxes may part the other)."""
    edges = [cell.bbox[2] for cell in (above.rows[-1][0], below.rows[0][0]) if cell and cell.bbox]
    few = all(len(printed(row)) <= 2 for row in (above.rows[-1], below.rows[0]))
    return few and len(edges) == 2 and abs(edges[0] - edges[1]) < _LABEL_EDGE


def _extent(table: Table) -> _Extent | None:
    placed = [(cell.page, cell.bbox) for cell in table.cells if cell.page and cell.bbox]
    if not placed:
        return None
    pages = [page for page, _ in placed]
    return _Extent(min(pages), max(pages), box_of(box for _, box in placed))


def _is_between(line: Block, above: _Extent, below: _Extent) -> bool:
    if line.bbox is None or line.page is None or not line.text.strip():
        return False
    under = line.page == above.last and line.bbox[1] >= above.box[3] - 1
    return under or (line.page == below.first and line.bbox[3] <= below.box[1] + 1)
