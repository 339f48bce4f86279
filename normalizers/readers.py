"""Each table to the reader that fits it: plan, schedule, budget by line, general budget, sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from normalizers.borrowed import borrow_header
from normalizers.budget import read_budget, read_schedule
from normalizers.building import Building
from normalizers.column_meanings import Columns
from normalizers.headers import name_parts, own_name, with_header
from normalizers.lines import find_year, read_lines
from normalizers.measures import part_of_year
from normalizers.plan import read_plan
from normalizers.sheet import is_sheet, read_sheet
from normalizers.text import clean, fold
from normalizers.timed import read_calendar
from normalizers.title_sheets import TitleSheets
from normalizers.understand import understand
from pipeline.model import Block, Document, Extract, Profile, Table, Told

_NEAR = 12  # lines above a table that may be its title
_SURE = 0.95
_WIDE = 3  # columns of a list of actions
_ACTION = re.compile(r"\b(?:accion|actividad|tarea|hito|medida)")
_OF_ROWS = frozenset({
    "deliverable", "planned", "planned_start", "planned_end", "revised", "duration_months",
    "percent_complete", "completion", "progress", "verification", "resources", "amount",
    "responsible", "support_internal", "support_external", "challenges", "next_steps", "results",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Understood:
    """A table with its header put right, what its columns mean, and what stands over it."""

    table: Table
    columns: Columns
    about: tuple[str, ...]

    @property
    def is_plan(self) -> bool:
        """Whether its rows are activities: described, told something of, no grid of months."""
        fields = self.columns.fields
        told = bool(_OF_ROWS & set(fields)) or self._lists_actions()
        return "description" in fields and told and self._months() < 6

    def _lists_actions(self) -> bool:
        """Whether a header says that actions are listed, beside other words told of them."""
        at = self.columns.fields.get("description", -1)
        claimed = self.columns.claims.get(at)
        named = fold(" ".join(name_parts(self.table.names[at])[-1:])) if at >= 0 else ""
        sure = claimed is not None and claimed.score >= _SURE and _ACTION.search(named) is not None
        figures = {"number", "money", "percent", "mark"} & set(self.table.shapes)
        return sure and not figures and not self._months() and len(self.table.names) >= _WIDE

    @property
    def is_list_of_commitments(self) -> bool:
        """Commitments under their axes and nothing told of them."""
        fields = set(self.columns.fields)
        figures = {"number", "money", "percent"} & set(self.table.shapes)
        listed = fields <= {"axis", "commitment", "objective"} and not figures
        return {"axis", "commitment"} <= fields and listed

    @property
    def has_body(self) -> bool:
        """Whether anything stands below the header."""
        body = self.table.rows[self.table.header_rows :]
        return any(cell is not None and clean(cell.text) for row in body for cell in row)

    @property
    def is_monthly_plan(self) -> bool:
        """A plan over a grid of months; one that tells amounts only is a ledger of a budget."""
        fields = set(self.columns.fields)
        return (
            "description" in fields
            and bool((_OF_ROWS - {"amount"}) & fields)
            and self._months() > 0
        )

    @property
    def is_schedule(self) -> bool:
        """A grid of months beside what is to be done."""
        return self._months() >= 6

    @property
    def is_general_budget(self) -> bool:
        """Amounts by commitment or objective."""
        fields = self.columns.fields
        return "amount" in fields and bool({"commitment", "objective"} & set(fields))

    def _months(self) -> int:
        return sum(part_of_year(own_name(name_parts(one))).isdigit()
                   for one in self.table.names if one)  # fmt: skip


def understand_tables(document: Document, extract: Extract, profile: Profile) -> list[Understood]:
    """Every whole table of a document understood; one without a header may borrow the last's."""
    found: list[Understood] = []
    for table in extract.tables:
        whole = with_header(table)
        about = _about(whole, document)
        if not any(whole.names) and found:
            whole = borrow_header(found[-1].table, whole)
        columns = understand(whole, profile, " ".join(about))
        found.append(Understood(whole, columns, (*about, *_header_texts(whole))))
    return found


def _about(table: Table, document: Document) -> tuple[str, ...]:
    """What stands over a table, the nearest first: its title rows, its caption, lines above."""
    named = {part for name in table.names if name is not None for part in name.places()}
    titles = [text for cell, text in _header_cells(table) if cell not in named]
    caption = [clean(table.caption.text)] if table.caption else []
    first = next(table.cells, None)
    page = first.page if first is not None else None
    above = [line for line in document.prose if first is not None and line.page == page
             and line.position <= first.position]  # fmt: skip
    return (*titles, *caption, *(clean(line.text) for line in above[: -_NEAR - 1 : -1]))


def _header_cells(table: Table) -> list[tuple[Block, str]]:
    rows = table.rows[: table.header_rows]
    return [(cell, clean(cell.text)) for row in rows for cell in row if cell is not None]


def _header_texts(table: Table) -> list[str]:
    return [text for _, text in _header_cells(table)]


def read_tables(
    building: Building, tables: Sequence[Understood], profile: Profile, told: Sequence[Told]
) -> list[Table]:
    """Read every table; returned are those that no reader takes: they stay in `cells`."""
    left: list[Table] = []
    sheets = TitleSheets()
    for one, reader in zip(tables, choose_readers(tables, profile), strict=True):
        if reader is None:
            if not sheets.take(building, one.table, profile):
                left.append(one.table)
        else:
            _READERS[reader](building, one, profile, told)
    return left


def choose_readers(tables: Sequence[Understood], profile: Profile) -> list[str | None]:
    """The reader that fits each table, by its name; None where none does."""
    plans = any(one.is_plan for one in tables if not one.columns.is_ledger)
    return [_choose(one, profile, plans) for one in tables]


def _choose(one: Understood, profile: Profile, plans: bool) -> str | None:
    if not one.has_body:
        return None
    if one.columns.is_ledger:
        return "lines"
    if one.columns.period >= 0:
        return "calendar"
    if one.is_plan or one.is_list_of_commitments or (not plans and one.is_monthly_plan):
        return "plan"
    if one.is_schedule:
        return "schedule"
    if one.is_general_budget:
        return "budget"
    return "sheet" if is_sheet(one.table, profile) else None


_Reader = Callable[[Building, Understood, Profile, Sequence[Told]], object]
_READERS: Mapping[str, _Reader] = {
    "lines": lambda b, one, profile, told: read_lines(b, one.table, one.columns, _year(b, one)),
    "plan": lambda b, one, profile, told: read_plan(
        b, one.table, one.columns, _axis_above(one.table, told), _year(b, one)
    ),
    "calendar": lambda b, one, profile, told: read_calendar(
        b, one.table, one.columns, _year(b, one)
    ),
    "schedule": lambda b, one, profile, told: read_schedule(
        b, one.table, one.columns, _year(b, one)
    ),
    "budget": lambda b, one, profile, told: read_budget(b, one.table, one.columns),
    "sheet": lambda b, one, profile, told: read_sheet(b, one.table, profile),
}


def _year(building: Building, one: Understood) -> int | None:
    """The year that a table's months are of: told over it, else the report's own."""
    dates = building.context.dates
    same = dates.start and dates.end and dates.start.year == dates.end.year
    return find_year(one.about) or (dates.start.year if same and dates.start else None)


def _axis_above(table: Table, told: Sequence[Told]) -> Block | None:
    """The last heading of an axis before the table."""
    first = next(table.cells, None)
    above = [one.fields["axis"] for one in told if one.kind == "axis"
             and first is not None and one.fields["axis"].position < first.position]  # fmt: skip
    return above[-1] if above else None
