"""Labels that stand once for many rows: axis, commitment, objective, carried down a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model import Block, Table

HIERARCHY = ("axis", "commitment", "objective")


@dataclass(frozen=True, slots=True)
class Label:
    """A label as it holds for a row: its Block, and whether it was carried from an earlier row."""

    block: Block
    carried: bool = False


@dataclass(slots=True)
class Labels:
    """The labels that hold at a row; a new label above resets those below it."""

    held: dict[str, Label] = field(default_factory=dict)

    def take(self, printed: Mapping[str, Block | None]) -> dict[str, Label]:
        """The labels of the next row, given what is printed in its label cells.

        `None` is a place covered by the cell above; blank text holds what was held, unless a label
        above it is new here: then the place is truly empty.
        """
        renewed = False
        for name in HIERARCHY:
            if name not in printed:
                continue
            block = printed[name]
            if block is not None and block.text.strip():
                self.held[name] = Label(block)
                renewed = True
            elif block is not None and renewed:
                self.held[name] = Label(block)
            elif name in self.held:
                self.held[name] = Label(self.held[name].block, carried=True)
        return dict(self.held)


def cell_at(table: Table, row: int, column: int) -> tuple[Block | None, bool]:
    """(the cell that holds for this place, whether it is another row's).

    A place that a cell to the left spans holds nothing of its own.
    """
    cells = table.rows[row]
    if cells[column] is not None:
        return cells[column], False
    if _covered_from_left(cells, column):
        return None, False
    for above in range(row - 1, table.header_rows - 1, -1):
        if (cell := table.rows[above][column]) is not None:
            return cell, True
    return None, False


def _covered_from_left(cells: Sequence[Block | None], column: int) -> bool:
    for at in range(column - 1, -1, -1):
        if (cell := cells[at]) is not None:
            return cell.column_span > column - at
    return False
