"""Tables over many pages made whole: one header, its repetitions gone, rows and labels joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.captions import find_caption
from extractors.tables.align import align_lone_cells, align_rows
from extractors.tables.cuts import join_cell_tails, join_cut_labels, join_cut_rows
from extractors.tables.header import column_names, find_header, repeats
from extractors.tables.joins import join_widths, judge_join
from extractors.tables.rows import Grid, Row, printed
from pipeline.model import Block, Table


def stitch(tables: Sequence[Table], lines: Sequence[Block]) -> tuple[Table, ...]:
    """The tables, whole; cells keep the places they were printed in. `lines`: the prose.

    Each says of the pages it goes over, and of one it might have, why it was joined or not.
    """
    return tuple(_mend(group, lines) for group in _groups(tuple(join_widths(tables)), lines))


def _groups(tables: Sequence[Table], lines: Sequence[Block]) -> Iterator[list[Table]]:
    group: list[Table] = []
    for table in tables:
        join = judge_join(group[-1], table, group[0], lines) if group else None
        if group and not (join and join.joined):
            yield group
            group = []
        group.append(replace(table, joins=(*table.joins, join)) if join else table)
    if group:
        yield group


def _mend(group: Sequence[Table], lines: Sequence[Block]) -> Table:
    grid = _drop_headers(_pile(group))
    if _is_sheet(grid):
        join_cell_tails(grid)
    elif grid.header_rows:
        _mend_rows(grid, moved=group[0].method == "text")
    joins = tuple(join for table in group for join in table.joins)
    caption = group[0].caption or find_caption(group[0], lines)
    table = replace(grid.freeze(group[0]), caption=caption, joins=joins)
    return replace(table, names=tuple(column_names(table)))


def _mend_rows(grid: Grid, *, moved: bool) -> None:
    """Rows under their columns, then whole: what goes on stands under what it goes on with."""
    if moved:
        align_rows(grid)
    join_cut_rows(grid)
    if moved:
        align_lone_cells(grid)
    join_cut_labels(grid)


def _is_sheet(grid: Grid) -> bool:
    """Labels and values: two columns, but for a few rows of boxes."""
    wide = sum(len(printed(row)) > 2 for row in grid.rows)
    return grid.width == 2 or wide * 5 <= len(grid.rows)


def _pile(group: Sequence[Table]) -> Grid:
    grid = Grid([])
    for table in group:
        if grid.rows:
            grid.breaks.add(len(grid.rows))
        grid.rows.extend(_row(row) for row in table.rows)
    width = max(len(row) for row in grid.rows)
    grid.rows = [row + [None] * (width - len(row)) for row in grid.rows]
    grid.header_rows = find_header(grid.rows)
    return grid


def _row(row: Sequence[Block | None]) -> Row:
    return list(row)


def _drop_headers(grid: Grid) -> Grid:
    """The header once, at the top; where it stood again, a page began."""
    size = grid.header_rows
    rows, breaks, at = grid.rows[:size], set[int](), size
    while at < len(grid.rows):
        again = size > 0 and repeats(grid.rows, size, at)
        if again or at in grid.breaks:
            breaks.add(len(rows))
        if again:
            at += size
            continue
        rows.append(grid.rows[at])
        at += 1
    return Grid(rows, size, breaks - {len(rows)}, grid.repairs)
