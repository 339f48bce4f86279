"""Blocks and tables written as literals, for the tests of what reads and interprets them."""

from collections.abc import Sequence
from typing import Any

from pipeline.model import Block, Box, Record, Table


def block(text: str, line: int = 1, **rest: Any) -> Block:
    return Block(text, line=line, method="text", **rest)


def table(rows: Sequence[Sequence[str | None]], line: int = 1, **rest: Any) -> Table:
    """A table of a text report, a row a line; None is a place that another cell covers."""
    made = tuple(
        tuple(
            None
            if text is None
            else Block(text, line=line + at, method="text", table=1, row=at + 1, column=column)
            for column, text in enumerate(cells, start=1)
        )
        for at, cells in enumerate(rows)
    )
    return Table(1, made, method="text", **rest)


def page_table(
    rows: Sequence[Sequence[str | None]], page: int, top: float = 100, left: float = 50
) -> Table:
    """A ruled table of a PDF: cells of 100 by 20 points from `left`, `top`."""
    made = tuple(
        tuple(
            None
            if text is None
            else Block(
                text,
                page=page,
                bbox=box(left, top, at, column),
                method="pdfplumber",
                table=1,
                row=at + 1,
                column=column + 1,
            )
            for column, text in enumerate(cells)
        )
        for at, cells in enumerate(rows)
    )
    return Table(1, made, method="pdfplumber")


def box(left: float, top: float, row: int, column: int) -> Box:
    x, y = left + 100 * column, top + 20 * row
    return (x, y, x + 100, y + 20)


def texts(whole: Table) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in whole.rows]


def values(record: Record) -> dict[str, Any]:
    """The bare values of a record, without those that only restate another."""
    return {name: value.value for name, value in record.fields.items() if value.state != "derived"}
