"""What stands in a column, whatever its header says: figures, words, codes."""

from __future__ import annotations

import re
from collections import Counter

from normalizers.headers import name_parts, own_name
from normalizers.measures import claim_line
from normalizers.shapes import value_shape
from normalizers.text import clean
from pipeline.model import Table

SURE = 0.9  # how sure a header is that names what it means
FIGURES = frozenset({"money", "number", "percent"})
MOSTLY = 0.6
CODE = re.compile(r"[A-Z]{0,4}[\d_]{1,20}(?:[.\-/ ]{1,2}[A-Z0-9]{1,12}){0,12}\.?|[A-Z]{1,4}")


def tells_numbers(table: Table, column: int) -> bool:
    """Whether a column's cells are figures, or all blank: a form yet to be filled in."""
    shapes = column_shapes(table, column)
    figures = sum(shapes[one] for one in FIGURES)
    return figures >= MOSTLY * sum(shapes.values())


def tells_money(table: Table, column: int) -> bool:
    """Whether every printed cell of a column is an amount."""
    shapes = column_shapes(table, column)
    return bool(shapes["money"]) and shapes["money"] == sum(shapes.values())


def column_shapes(table: Table, column: int) -> Counter[str]:
    """How many printed cells of a column's body look like what; several figures are figures."""
    cells = (row[column] for row in table.rows[table.header_rows :])
    texts = (clean(cell.text) for cell in cells if cell is not None)
    return Counter(_shape(text) for text in texts if text)


def _shape(text: str) -> str:
    words = text.split()
    each = {value_shape(word.strip("()$")) for word in words} if len(words) < 15 else {"text"}
    if each <= {*FIGURES, ""}:
        return "money" if each & FIGURES else "number"  # "-" is a figure, nil or not
    return value_shape(text)


def has_text(table: Table, column: int) -> bool:
    """Whether anything is printed in a column below its header."""
    return bool(column_shapes(table, column))


def holds_codes(table: Table, column: int) -> bool:
    """Whether a column's cells are mostly codes; a blank column's header may say so."""
    texts = [clean(cell.text) for row in table.rows[table.header_rows :]
             if (cell := row[column]) and clean(cell.text) and cell.column_span == 1]  # fmt: skip
    if not texts:
        return claim_line(own_name(name_parts(table.names[column])), "code") >= SURE
    codes = sum(bool(CODE.fullmatch(text)) for text in texts)
    return codes >= MOSTLY * max(1, len(texts))
