"""The header of a table found by what its words mean, where its place or depth was missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalizers.columns import claim
from normalizers.measures import claim_line, claim_measure, is_formula, split_parts
from normalizers.shapes import value_shape
from normalizers.shared_names import share_names
from normalizers.text import clean
from pipeline.model import Block, Table, join_blocks

_SEARCHED = 8  # rows among which a header may stand
_LONGEST = 90  # letters: a name, no sentence
_DEEPEST = 6
_HARDLY = 3  # times as many cells as under the name
_MOST_NAMES = 5  # names among which one may look like a figure: a letter misread
_RESTS = 2  # names of a header that stand higher or lower than the others
_NAMED = 0.7  # how sure a name is known: "total" too, which leaves the kind open
_GROUPED = 3  # rows of names under each other
_VALUES = frozenset({"percent", "duration", "date", "money", "number"})
Row = Sequence[Block | None]


def with_header(table: Table) -> Table:
    """The table with its header rows and names put right; as it came where nothing speaks for it.

    A header is made whole: rows that its cells reach into belong to it. A table without one, or
    with one of which no name is known, is searched for a row that names its columns.
    """
    last = _reach(table.rows, 0, table.header_rows)
    known = _count_known(_names(table, 0, last)) if last else 0
    if known < 2 and (found := _search(table)) is not None:
        return _headed(table, *found)
    last = _with_rests(table.rows, 0, last)[1] if last else 0
    if last > table.header_rows:
        return _headed(table, 0, last)
    shared = share_names(table.names)
    return replace(table, names=tuple(shared)) if tuple(shared) != table.names else table


def _headed(table: Table, first: int, last: int) -> Table:
    whole = replace(table, header_rows=last, names=tuple(_names(table, first, last)))
    moved = _with_names_moved(whole)
    return replace(moved, names=tuple(share_names(moved.names)))


def _with_names_moved(table: Table) -> Table:
    """The table with the names that stand beside their columns over them.

    Without rules a name set apart from what it names makes two columns: one with a name and hardly
    a cell, and beside it one with cells and no name.
    """
    filled = [_count_filled(table, column) for column in range(len(table.names))]
    names = list(table.names)
    for at, name in enumerate(table.names):
        for to in (at - 1, at + 1):
            beside = 0 <= to < len(names) and names[to] is None and filled[to] > 0
            if name is not None and beside and filled[at] * _HARDLY < filled[to]:
                names[to], names[at] = name, None
                break
    return replace(table, names=tuple(names))


def _count_filled(table: Table, column: int) -> int:
    cells = (row[column] for row in table.rows[table.header_rows :])
    return sum(cell is not None and bool(clean(cell.text)) for cell in cells)


def _reach(rows: Sequence[Row], first: int, last: int) -> int:
    """Where a header that begins at `first` ends, its cells' spans counted in."""
    ends = last
    for at in range(first, last):
        spans = [cell.row_span for cell in rows[at] if cell is not None]
        ends = max([ends, *(at + span for span in spans)])
    ends = min(ends, len(rows) - 1, first + _DEEPEST)
    if ends <= last or any(_is_body(row) or _is_told(row) for row in rows[last:ends]):
        return last
    return ends


def _is_told(row: Row) -> bool:
    return any(len(clean(cell.text)) > _LONGEST for cell in row if cell is not None)


def _is_body(row: Row) -> bool:
    return any(value_shape(cell.text) in _VALUES for cell in row if cell is not None)


def _search(table: Table) -> tuple[int, int] | None:
    """(first, end) of the rows that name the most columns; None when none names enough."""
    best: tuple[int, int, int] = (0, 0, 0)
    for at, row in enumerate(table.rows[:_SEARCHED]):
        cells = _name_cells(row)
        if len(cells) < 3:
            continue
        for end in _ends(table.rows, at):
            known = _count_known(_names(table, at, end))
            if (known >= 3 or known * 2 > len(cells)) and known > best[0]:
                best = (known, at, end)
    return _with_rests(table.rows, *best[1:]) if best[0] else None


def _with_rests(rows: Sequence[Row], first: int, end: int) -> tuple[int, int]:
    """A header between rules or without any, with the rows that hold only the rest of its names."""
    if first and _fills_gaps(rows[first - 1], rows[first]):
        first -= 1
    if end < len(rows) - 1 and _fills_gaps(rows[end], rows[end - 1]):
        end += 1
    return first, end


def _fills_gaps(rest: Row, header: Row) -> bool:
    """Whether a row prints one or two names, each where the header is blank."""
    cells = [(at, cell) for at, cell in enumerate(rest) if cell is not None and clean(cell.text)]
    gaps = [at for at, _ in cells if (over := header[at]) is not None and not clean(over.text)]
    return 0 < len(cells) <= _RESTS and len(gaps) == len(cells) and bool(_name_cells(rest))


def _name_cells(row: Row) -> list[Block]:
    """The printed cells of a row that may name columns; none where one is a value or long."""
    cells = [cell for cell in row if cell is not None and clean(cell.text)]
    values = sum(value_shape(cell.text) in _VALUES for cell in cells)
    slip = values == 1 and len(cells) > _MOST_NAMES
    if (values and not slip) or any(len(clean(cell.text)) > _LONGEST for cell in cells):
        return []
    return cells


def _ends(rows: Sequence[Row], at: int) -> list[int]:
    """Where a header that begins at this row may end: after its spans, or rows of names below."""
    ends = [_reach(rows, at, at + 1)]
    grouped = any(cell is not None and 1 < cell.column_span < len(rows[at]) for cell in rows[at])
    while grouped and len(ends) < _GROUPED and ends[-1] < len(rows) - 1:
        if len(_name_cells(rows[ends[-1]])) < 3:
            break
        ends.append(_reach(rows, at, ends[-1] + 1))
    return ends


def _names(table: Table, first: int, last: int) -> list[Block | None]:
    """What each column is called by these rows: the cells above it, the group's first, joined."""
    width = len(table.rows[0]) if table.rows else 0
    return [_name(table.rows[first:last], column) for column in range(width)]


def _name(rows: Sequence[Row], column: int) -> Block | None:
    parts: list[Block] = []
    for row in rows:
        cell = _over(row, column)
        if cell is not None and clean(cell.text) and cell not in parts:
            parts.append(cell)
    return join_blocks(tuple(parts)) if parts else None


def _over(row: Row, column: int) -> Block | None:
    """The cell of a row that stands over a column: its own, or one to the left that reaches it."""
    for at in range(column, -1, -1):
        if (cell := row[at]) is not None:
            return cell if at == column or cell.column_span > column - at else None
    return None


def name_parts(name: Block | None) -> list[str]:
    """The parts of a column's name, the group first; empty where it has none."""
    return [clean(part.text) for part in name.places()] if name is not None else []


def own_name(parts: Sequence[str]) -> str:
    """The last part of a name that is no letter or formula of its column."""
    return next((part for part in reversed(parts) if not is_formula(part)), "".join(parts[-1:]))


def _count_known(names: Sequence[Block | None]) -> int:
    """How many different names mean something."""
    different = {tuple(name_parts(name)) for name in names if name is not None}
    return sum(is_known(parts) for parts in different)


def is_known(parts: Sequence[str]) -> bool:
    """Whether a column so named means a field, an amount, a time or a line's name."""
    own = parts[-1]
    lines = max(claim_line(own, "code"), claim_line(own, "label"))
    measure = claim_measure(parts)
    return bool(
        claim(own) or lines >= 0.9 or (measure and measure.score >= _NAMED) or split_parts(own)
    )
