"""The amounts of a budget's lines as columns of numbers: what the network of sums works on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalizers.text import fold
from pipeline.model import Block, Reading, Record

# kind, header, period: what makes two measures one column
Column = tuple[str, str, str]
OCR = "tesseract"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a budget (or an activity) and its amounts by column; the first of a kind counts."""

    record: Record
    cells: Mapping[Column, Record]

    def amount(self, column: Column) -> Decimal | None:
        """The amount in a column, or None where it is blank or was not read."""
        cell = self.cells.get(column)
        value = cell.get("value") if cell else None
        return value if isinstance(value, Decimal) else None

    def block(self, column: Column) -> Block | None:
        """Where the amount of a column was printed."""
        cell = self.cells.get(column)
        return cell.block("value") if cell else None


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of a budget, in reading order, and its columns from left to right."""

    lines: tuple[Line, ...]
    columns: tuple[Column, ...]


def find_grids(reading: Reading) -> list[Grid]:
    """The tables whose lines carry amounts, as grids; tables with the same columns are one."""
    owners = {one.record_id: one for one in reading.of("budget_line", "activity")}
    cells: dict[int, dict[str, dict[Column, Record]]] = {}
    for measure in reading.of("measure"):
        block = measure.block("value")
        if measure.parent_id in owners and block is not None:
            rows = cells.setdefault(block.table or 0, {})
            rows.setdefault(measure.parent_id, {}).setdefault(_column(measure), measure)
    grids: dict[frozenset[Column], dict[str, dict[Column, Record]]] = {}
    for table in cells.values():
        same = frozenset(column for amounts in table.values() for column in amounts)
        grids.setdefault(same, {}).update(table)
    return [_grid(owners, rows) for rows in grids.values()]


def _grid(owners: Mapping[str, Record], rows: Mapping[str, Mapping[Column, Record]]) -> Grid:
    lines = tuple(Line(owners[record_id], amounts) for record_id, amounts in rows.items())
    return Grid(lines, _in_order(lines))


def _column(measure: Record) -> Column:
    return (
        str(measure.get("kind") or ""),
        str(measure.get("label") or ""),
        str(measure.get("period") or ""),
    )


def _in_order(lines: Sequence[Line]) -> tuple[Column, ...]:
    places: dict[Column, int] = {}
    for line in lines:
        for column in line.cells:
            block = line.block(column)
            at = block.column or 0 if block else 0
            places[column] = min(at, places.get(column, at))
    return tuple(sorted(places, key=lambda column: (places[column], column)))


def is_share(column: Column) -> bool:
    """Whether a column tells percentages: these do not add up."""
    return "%" in column[1] or "porcentaje" in fold(column[1])


def is_read_by_ocr(blocks: Sequence[Block | None]) -> bool:
    """Whether one of these places was read by recognition of text."""
    return any(OCR in place.method for block in blocks if block for place in block.places())
