"""Tables over many pages made whole: one header, its repetitions gone, rows and labels joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.captions import find_caption
from extractors.tables.align import align_lone_cells, align_rows
from extractors.tables.cuts import join_cell_tails, join_cut_labels, join_cut_rows
from extractors.tables.header import column_names, find_header, repeats
from extractors.tables.rows import Grid, Row, printed, same_row
from pipeline.model import Block, Table

_EDGE = 6.0  # points that the sides of one table may differ from page to page
_LABEL_EDGE = 75.0  # the same for the labels of a sheet, whose pages are laid out one by one


def stitch(tables: Sequence[Table], lines: Sequence[Block]) -> tuple[Table, ...]:
    """The tables, whole; cells keep the places they were printed in. `lines`: the prose."""
    return tuple(_mend(group, lines) for group in _groups(tables, lines))


def _groups(tables: Sequence[Table], lines: Sequence[Block]) -> Iterator[list[Table]]:
    group: list[Table] = []
    for table in tables:
        if group and not _goes_on(group[-1], table, group[0], lines):
            yield group
            group = []
        group.append(table)
    if group:
        yield group


def _goes_on(above: Table, below: Table, first: Table, lines: Sequence[Block]) -> bool:
    """Whether `below` is more of the same table: next page, same sides, nothing in between."""
    (a, a_box), (b, b_box) = _extent(above), _extent(below)
    if a is None or b is None or b != a + 1 or a_box is None or b_box is None:
        return False
    if any(_between(line, a, a_box[3], b, b_box[1]) for line in lines):
        return False
    again = same_row(first.rows[0], below.rows[0])
    sides = abs(a_box[0] - b_box[0]) < _EDGE and abs(a_box[2] - b_box[2]) < _EDGE
    alike = len(above.rows[0]) == len(below.rows[0]) or _same_labels(above, below)
    return alike and (again or sides)


def _same_labels(above: Table, below: Table) -> bool:
    """Whether both are sheets whose column of labels has one width (boxes may part the other)."""
    edges = [cell.bbox[2] for cell in (above.rows[-1][0], below.rows[0][0]) if cell and cell.bbox]
    few = all(len(printed(row)) <= 2 for row in (above.rows[-1], below.rows[0]))
    return few and len(edges) == 2 and abs(edges[0] - edges[1]) < _LABEL_EDGE


def _extent(table: Table) -> tuple[int | None, tuple[float, float, float, float] | None]:
    cells = [cell for cell in table.cells if cell.bbox]
    boxes = [cell.bbox for cell in cells if cell.bbox]
    if not boxes:
        return None, None
    return cells[0].page, (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip


def _between(line: Block, page: int, bottom: float, next_page: int, top: float) -> bool:
    if line.bbox is None or line.page is None or not line.text.strip():
        return False
    below = line.page == page and line.bbox[1] >= bottom - 1
    return below or (line.page == next_page and line.bbox[3] <= top + 1)


def _mend(group: Sequence[Table], lines: Sequence[Block]) -> Table:
    grid = _drop_headers(_pile(group))
    if _is_sheet(grid):
        join_cell_tails(grid)
    elif grid.header_rows:
        _mend_rows(grid, moved=group[0].method == "text")
    table = replace(grid.freeze(group[0]), caption=find_caption(group[0], lines))
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
