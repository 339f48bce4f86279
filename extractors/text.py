"""Text reports: lines into tables (cells parted by tabs) and prose.

What is known of such files: a table is a run of lines with tabs; a page break leaves blank lines
and the header again; a cell of a two-column sheet may run on over lines without a tab.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Block, Table, join_blocks

_SENTENCE_END = re.compile(r"[.:;!?)\]}»”\"|>*]\s*$")


@dataclass(frozen=True, slots=True)
class TextContent:
    """A text report in parts: tables as printed, and the lines outside them."""

    tables: tuple[Table, ...]
    prose: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive lines of one nature, blank lines left out."""

    tabular: bool
    lines: tuple[Block, ...]


def read_text(text: str) -> TextContent:
    """Part a report's text into tables and prose; every non-blank line ends in one of the two."""
    runs = _join_sheets(list(_runs(text)))
    tables = [_table(run, number) for number, run in enumerate(_tabular(runs), start=1)]
    prose = [line for run in runs if not run.tabular for line in run.lines]
    return TextContent(tuple(tables), tuple(prose))


def _tabular(runs: Sequence[_Run]) -> Iterator[_Run]:
    return (run for run in runs if run.tabular)


def _runs(text: str) -> Iterator[_Run]:
    lines: list[Block] = []
    tabular = False
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        # A lone trailing tab is a leftover of a one-cell row, and still a row.
        is_row = "\t" in line
        if lines and is_row != tabular:
            yield _Run(tabular, tuple(lines))
            lines = []
        tabular = is_row
        lines.append(Block(line, line=number, method="text"))
    if lines:
        yield _Run(tabular, tuple(lines))


def _join_sheets(runs: list[_Run]) -> list[_Run]:
    """Give back to a sheet's cell the prose between two runs of rows that continues it."""
    joined: list[_Run] = []
    for run in runs:
        if run.tabular and len(joined) > 1 and _continues(joined[-2], joined[-1], run):
            prose, before = joined.pop(), joined.pop()
            run = _Run(True, (*before.lines, *prose.lines, *run.lines))
        joined.append(run)
    return joined


def _continues(before: _Run, prose: _Run, after: _Run) -> bool:
    if not before.tabular or not _is_sheet(before):
        return False
    cut = not _SENTENCE_END.search(_visible(_last_long_cell(before)))
    return _is_cell_tail(after.lines[0]) or (cut and prose.lines[0].text.strip()[:1].islower())


def _last_long_cell(run: _Run) -> str:
    cells = [cell for line in run.lines for cell in line.text.split("\t") if len(cell.strip()) > 40]
    return cells[-1] if cells else "."


def _visible(cell: str) -> str:
    return re.sub(r"<[^>]+>", "", cell).strip()


def _is_sheet(run: _Run) -> bool:
    """Two real columns: nearly every row has text in its first two cells only."""
    wide = sum(any(cell.strip() for cell in line.text.split("\t")[2:]) for line in run.lines)
    return wide <= max(1, len(run.lines) // 5)


def _is_cell_tail(line: Block) -> bool:
    """A row whose label is empty: more of the cell above."""
    first, *rest = line.text.split("\t")
    return not first.strip() and any(cell.strip() for cell in rest)


def _table(run: _Run, number: int) -> Table:
    width = max(line.text.count("\t") for line in run.lines) + 1
    rows: list[tuple[Block | None, ...]] = []
    for line in run.lines:
        if "\t" not in line.text and rows:
            at = max((i for i, row in enumerate(rows) if not _is_mark(row)), default=0)
            rows[at] = _append(rows[at], line)
        else:
            rows.append(_row(line, number, len(rows) + 1, width))
    return Table(number, tuple(rows), method="text")


def _row(line: Block, table: int, row: int, width: int) -> tuple[Block | None, ...]:
    cells = line.text.split("\t")
    cells += [""] * (width - len(cells))
    return tuple(
        replace(line, text=cell, table=table, row=row, column=column)
        for column, cell in enumerate(cells, start=1)
    )


def _is_mark(row: tuple[Block | None, ...]) -> bool:
    """Whether a row holds no more than an X: a box that was ticked, and no text to continue."""
    return len("".join(_visible(cell.text) for cell in row if cell)) <= 2


def _append(row: tuple[Block | None, ...], line: Block) -> tuple[Block | None, ...]:
    """The row with a line without tabs added to its last printed cell."""
    last = max((i for i, cell in enumerate(row) if cell and cell.text.strip()), default=0)
    cell = row[last]
    assert cell is not None
    tail = replace(line, table=cell.table, row=cell.row, column=cell.column)
    return (*row[:last], join_blocks((cell, tail), "\n"), *row[last + 1 :])
