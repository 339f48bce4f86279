"""A sheet told in several small tables: the first name an activity, the next tell of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from normalizers.building import Building
from normalizers.columns import claim
from normalizers.text import clean
from normalizers.values import read_field
from pipeline.model import Block, Profile, Record, Table, Value

_ROWS = 4  # rows of a table that only names
_SURE = 0.95
_ABOVE = ("axis", "commitment")


@dataclass(slots=True)
class TitleSheets:
    """What the small tables of a document have named so far."""

    held: dict[str, Block] = field(default_factory=dict)
    apart: bool = False  # whether the axis was named in a table of its own, above others
    open: str = ""  # identifier of the activity that the next tables tell of

    def take(self, building: Building, table: Table, profile: Profile) -> bool:
        """Whether the table names an activity or what stands over it, or tells of the open one."""
        named = _named(table, profile)
        if named:
            self._name(building, named)
            return True
        return bool(self.open) and self._tell(building, table)

    def _name(self, building: Building, named: dict[str, Block]) -> None:
        described = named.get("description")
        if described is not None and "axis" in named and "commitment" not in named and self.apart:
            named = {**named, "commitment": named["axis"], "axis": self.held["axis"]}
        self.apart = self.apart or (described is None and "axis" in named)
        self.held |= {name: block for name, block in named.items() if name in _ABOVE}
        if described is None:
            self.open = ""
            return
        label, axis = self.held.get("commitment"), self.held.get("axis")
        parent = building.commitment(label, axis) if label or axis else ""
        fields = read_field("description", described, building.context)
        self.open = building.add("activity", fields, parent_id=parent).record_id

    def _tell(self, building: Building, table: Table) -> bool:
        """Keep every row of a label and a value with the activity, as printed."""
        pairs = [(label, value) for row in table.rows if (pair := _pair(row)) is not None
                 for label, value in [pair]]  # fmt: skip
        record = building.get(self.open)
        if not pairs or record is None:
            return False
        others = tuple((f"printed:{clean(label.text).rstrip(':')}", Value(clean(value.text), value))
                       for label, value in pairs)  # fmt: skip
        building.replace(_with_others(record, others))
        return True


def _with_others(record: Record, others: tuple[tuple[str, Value], ...]) -> Record:
    return replace(record, others=(*record.others, *others))


def _pair(row: tuple[Block | None, ...]) -> tuple[Block, Block] | None:
    cells = [cell for cell in row if cell is not None and clean(cell.text)]
    return (cells[0], cells[1]) if len(cells) == 2 and row[0] is cells[0] else None


def _named(table: Table, profile: Profile) -> dict[str, Block]:
    """The fields that a small table of labels and values names; {} for any other table."""
    if len(table.rows) > _ROWS or any(_pair(row) is None for row in table.rows):
        return {}
    found: dict[str, Block] = {}
    for label, value in (pair for row in table.rows if (pair := _pair(row)) is not None):
        one = claim(clean(label.text).rstrip(":"), profile=profile)
        if one is None or one.score < _SURE or one.field not in (*_ABOVE, "description"):
            return {}
        # Of two levels over the activity, the first is the axis.
        name = "commitment" if one.field == "axis" and "axis" in found else one.field
        found[name] = value
    return found
