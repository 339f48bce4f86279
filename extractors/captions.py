"""Captions tied to their tables: above them, or else right below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.tables.boxes import box_of
from pipeline.model import Block, Box, Table

_CAPTION = re.compile(r"\W*(?:cuadro|tabla|matriz|anexo|figura|gr[aá]fico)\b.{0,12}\d", re.I)
_NEAREST = 3  # lines above a table among which its caption is sought
_BELOW = 2.5  # heights of a line from the foot of a table to a caption printed under it
_LONG = 400  # characters: a longer paragraph is a text that begins by naming a table


def is_caption(line: Block) -> bool:
    """Whether a line reads as a caption: Cuadro 3, Tabla N.º 2, Anexo 1."""
    return _CAPTION.match(line.text.strip("*# ")) is not None


def find_caption(table: Table, lines: Sequence[Block]) -> Block | None:
    """The nearest line above the table, in its column, that reads as a caption."""
    first = next(table.cells, None)
    if first is None:
        return None
    box = _extent(table, first.page)
    above = [line for line in lines if _precedes(line, first, box)]
    on_page = [line for line in above if line.page == first.page]
    on_page.sort(key=lambda line: line.position)
    near = [*(line for line in above if line.page != first.page), *on_page][-_NEAREST:]
    return next((line for line in reversed(near) if is_caption(line)), None)


def tie_captions(
    tables: Sequence[Table], lines: Sequence[Block], paragraphs: Sequence[Block]
) -> tuple[Table, ...]:
    """The tables with whole captions: those of several lines, and those printed below.

    A caption above another table is that table's.
    """
    taken = {id(table.caption) for table in tables if table.caption}
    whole = {id(one.places()[0]): one for one in paragraphs if len(one.text) <= _LONG}

    def tied(table: Table) -> Table:
        below = (line for line in _right_below(table, lines) if id(line) not in taken)
        caption = table.caption or next(filter(is_caption, below), None)
        return replace(table, caption=whole.get(id(caption), caption)) if caption else table

    return tuple(map(tied, tables))


def _precedes(line: Block, cell: Block, table: Box | None) -> bool:
    if line.line is not None and cell.line is not None:
        return line.line < cell.line
    if line.bbox is None or table is None or line.page is None or cell.page is None:
        return False
    if line.page != cell.page:
        return line.page < cell.page
    return line.bbox[3] <= table[1] + 1 and _share_column(line.bbox, table)


def _right_below(table: Table, lines: Sequence[Block]) -> Iterator[Block]:
    last = max((cell.page or 0 for cell in table.cells), default=0)
    box = _extent(table, last)
    for line in lines:
        if box is None or line.bbox is None or line.page != last:
            continue
        reach = _BELOW * (line.bbox[3] - line.bbox[1])
        if -1 <= line.bbox[1] - box[3] <= reach and _share_column(line.bbox, box):
            yield line


def _extent(table: Table, page: int | None) -> Box | None:
    boxes = [cell.bbox for cell in table.cells if cell.bbox and cell.page == page]
    return box_of(boxes) if boxes else None


def _share_column(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0]
