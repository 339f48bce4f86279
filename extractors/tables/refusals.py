"""What aligns and is no table: prose in columns, lists, contents, letterheads, signatures."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.tables.bands import Placed


def is_table(placed: Sequence[Placed], columns: int, height: float) -> bool:
    """Whether these cells are a table's."""
    rows: dict[int, set[int]] = {}
    for one in placed:
        rows.setdefault(one.row, set()).add(one.paragraph.first)
    return sum(len(filled) > 1 for filled in rows.values()) > 1
