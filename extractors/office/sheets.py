"""Sheets of a spreadsheet into tables and the lines around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extractors.office.grids import Cell, OfficeContent, Where, build_table
from pipeline.model import Block, Repair, Table


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's name and cells; `uncached` are those of formulas without a saved value."""

    name: str
    cells: tuple[Cell, ...] = ()
    uncached: tuple[Cell, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """A row in which something is printed; `after_blank`: none stands right above it."""

    cells: tuple[Cell, ...]
    after_blank: bool

    @property
    def printed(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.text.strip()]


def build_sheets(sheets: Sequence[Sheet], method: str) -> OfficeContent:
    """Each sheet as a page whose number counts from 1; a hidden one is not read, and that is told.

    Raises SourceError `too_large`.
    """
    tables: list[Table] = []
    prose: list[Block] = []
    repairs: list[Repair] = []
    for page, sheet in enumerate(sheets, start=1):
        for part in _parts(sheet):
            if _is_prose(part):
                prose += [_line(cell, page, method) for row in part for cell in row.printed]
            else:
                tables += _table(part, sheet, Where(len(tables) + 1, method, page))
        repairs += _repairs(sheet, page, method)
    return OfficeContent(
        tuple(tables), tuple(prose), repairs=tuple(repairs), page_count=len(sheets)
    )


def _parts(sheet: Sheet) -> Iterator[list[_Row]]:
    """Runs of rows: the lines above a table, the table, the lines below it, another table."""
    part: list[_Row] = []
    for segment in _segments(_rows(sheet.cells)):
        titles = _titles(segment)
        if _begins_table(part, segment[titles:]) or _is_prose(part) or not part:
            yield from [part] if part else []
            yield from [segment[:titles]] if titles else []
            part = segment[titles:]
        else:
            part = [*part, *segment]
    body = part[: len(part) - _notes(part)]
    yield from (one for one in (body, part[len(body) :]) if one)


def _rows(cells: Sequence[Cell]) -> Iterator[_Row]:
    covered = last = -1
    for number, group in groupby(sorted(cells, key=lambda one: one.row), lambda one: one.row):
        row = tuple(sorted(group, key=lambda cell: cell.column))
        printed = [cell for cell in row if cell.text.strip()]
        if printed:
            yield _Row(row, after_blank=number > max(last, covered) + 1)
            last = number
            covered = max(covered, *(cell.row + cell.row_span - 1 for cell in printed))


def _segments(rows: Iterator[_Row]) -> Iterator[list[_Row]]:
    segment: list[_Row] = []
    for row in rows:
        if row.after_blank and segment:
            yield segment
            segment = []
        segment.append(row)
    if segment:
        yield segment


def _titles(segment: Sequence[_Row]) -> int:
    """How many rows of one text each stand at the beginning."""
    return next((at for at, row in enumerate(segment) if not _is_line(row)), len(segment))


def _notes(part: Sequence[_Row]) -> int:
    """How many rows of one text each stand at the end, set apart from the rows above by white."""
    at = len(part)
    while at > 0 and _is_line(part[at - 1]):
        at -= 1
    apart = next((n for n in range(at, len(part)) if part[n].after_blank), len(part))
    return len(part) - apart if at else 0


def _is_line(row: _Row) -> bool:
    return len(row.printed) == 1 and not row.printed[0].typed


def _is_prose(part: Sequence[_Row]) -> bool:
    return all(map(_is_line, part))


def _begins_table(above: Sequence[_Row], below: Sequence[_Row]) -> bool:
    """Whether rows after white are another table: names, where there were numbers above."""
    named = bool(below) and not any(cell.typed for cell in below[0].printed)
    return named and len(below) > 1 and any(cell.typed for row in above for cell in row.printed)


def _table(part: Sequence[_Row], sheet: Sheet, where: Where) -> list[Table]:
    caption = Block(sheet.name, page=where.page, method=where.method) if sheet.name else None
    table = build_table([cell for row in part for cell in row.cells], where, caption)
    return [table] if table else []


def _line(cell: Cell, page: int, method: str) -> Block:
    return Block(cell.text, page=page, line=cell.line, method=method)


def _repairs(sheet: Sheet, page: int, method: str) -> Iterator[Repair]:
    if sheet.hidden:
        yield Repair("hidden_sheet", Block(sheet.name, page=page, method=method))
    if sheet.uncached:
        first = replace(_line(sheet.uncached[0], page, method), column=sheet.uncached[0].column + 1)
        told = {"count": str(len(sheet.uncached)), "sheet": sheet.name}
        yield Repair("formula_without_value", first, told)
