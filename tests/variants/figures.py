"""(d) One figure changed: what must be found follows from the printed figures alone.

`read_plan` arranges the unchanged report's figures; `expected_sums` states every sum finding that a
plan with these figures must give, and no more. A variant changes one cell of the text and the same
figure of the plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.model import Reading, Record
from variants.compare import Fact
from variants.grid import find_grids, join_rows, split_rows
from variants.moves import own_rows

CHANGE = Decimal("137.00")  # no difference of two amounts, no digits swapped


@dataclass
class Figure:
    """An amount or a count where it is printed: its record, its line and its column."""

    record: Record
    value: Decimal
    line: int
    column: int


@dataclass
class Subtotal:
    """A printed subtotal and the lines it sums."""

    figure: Figure
    lines: list[Figure] = field(default_factory=list)


@dataclass
class Axis:
    """A printed total of an axis and its subtotals."""

    figure: Figure
    subtotals: list[Subtotal] = field(default_factory=list)


@dataclass
class BudgetRow:
    """A row of the general budget: its amount, its count, and the lines of its objective."""

    amount: Figure
    count: Figure | None
    lines: list[Figure]


@dataclass
class Plan:
    """Every figure of a plan with subtotals, totals of axes and a general budget."""

    axes: list[Axis]
    budget: list[BudgetRow]
    total: Figure | None

    @property
    def matched_rows(self) -> list[BudgetRow]:
        """The budget's rows but those of a commitment where an objective has no line in the plan.

        There nobody can say which of its rows a line counts in.
        """
        unsure = {row.amount.record.parent_id for row in self.budget if not row.lines}
        return [row for row in self.budget if row.amount.record.parent_id not in unsure]

    @property
    def figures(self) -> Iterator[tuple[str, Figure]]:
        """Every figure with what it is."""
        for axis in self.axes:
            for subtotal in axis.subtotals:
                yield from (("line", line) for line in subtotal.lines)
                yield "subtotal", subtotal.figure
            yield "axis total", axis.figure
        for row in self.budget:
            yield "budget row", row.amount
            if row.count is not None:
                yield "budget count", row.count
        if self.total is not None:
            yield "grand total", self.total


def read_plan(reading: Reading) -> Plan:
    """The plan of an unchanged report, from its records in reading order."""
    plan = Plan([], [], None)
    lines: list[Figure] = []
    subtotals: list[Subtotal] = []
    for record in reading.of("activity", "stated_figure"):
        figure = _figure(record)
        if figure is None:
            continue
        scope, table = record.get("scope"), record.get("table")
        if record.kind == "activity":
            lines.append(figure)
        elif table == "plan" and scope != "axis":
            subtotals.append(Subtotal(figure, lines))
            lines = []
        elif table == "plan":
            plan.axes.append(Axis(figure, subtotals))
            subtotals = []
        elif scope == "document":
            plan.total = figure
        elif record.get("kind") == "amount":
            plan.budget.append(BudgetRow(figure, None, _lines_of(plan, record, reading)))
        elif plan.budget:
            plan.budget[-1].count = figure
    return plan


def _figure(record: Record) -> Figure | None:
    name = "amount" if record.kind == "activity" else "value"
    block, value = record.block(name), record.get(name)
    told = record.kind == "activity" or record.get("table") in {"plan", "general budget"}
    if not told or block is None or value is None or not block.line or not block.column:
        return None
    return Figure(record, value, block.line - 1, block.column - 1)


def _lines_of(plan: Plan, row: Record, reading: Reading) -> list[Figure]:
    """The plan's lines of a budget row: those of its commitment whose objective it names."""
    own = [
        line for axis in plan.axes for sub in axis.subtotals for line in sub.lines
        if line.record.parent_id == row.parent_id
    ]  # fmt: skip
    label = _plain(row.get("scope_label"))
    named = [line for line in own if _plain(line.record.get("objective"))[:40] == label[:40]]
    rivals = {line.record.get("objective") for line in own}
    return named if named or len(rivals) > 1 else own


def _plain(text: object) -> str:
    return "".join(char for char in str(text or "").casefold() if char.isalnum())


def expected_sums(plan: Plan) -> Counter[Fact]:
    """(check, stated, expected) of every sum and count finding that these figures must give.

    - a subtotal differs from its lines: sum.subtotal;
    - an axis total differs from its subtotals and from its lines: sum.total, against the subtotals;
    - a budget row differs from the lines of its objective: sum.cross_table;
    - its count differs from their number: count.vs_list;
    - the grand total differs from the budget's rows: sum.grand_total, and from the totals of the
      axes: sum.cross_table.
    """
    found: list[Fact] = []

    def compare(check: str, figure: Figure, *ways: Decimal) -> None:
        if figure.value not in ways:
            found.append((check, plain(figure.value), plain(ways[0])))

    for axis in plan.axes:
        for subtotal in axis.subtotals:
            compare("sum.subtotal", subtotal.figure, total(subtotal.lines))
        lines = [line for subtotal in axis.subtotals for line in subtotal.lines]
        compare("sum.total", axis.figure, total([s.figure for s in axis.subtotals]), total(lines))
    for row in plan.matched_rows:
        compare("sum.cross_table", row.amount, total(row.lines))
        if row.count is not None:
            compare("count.vs_list", row.count, Decimal(len(row.lines)))
    if plan.total is not None:
        compare("sum.grand_total", plan.total, total([row.amount for row in plan.budget]))
        compare("sum.cross_table", plan.total, total([axis.figure for axis in plan.axes]))
    return Counter(found)


def total(figures: Sequence[Figure]) -> Decimal:
    """The exact sum."""
    return sum((figure.value for figure in figures), Decimal(0))


def plain(value: Decimal) -> str:
    """A figure without marks: "2370" for 2,370.00."""
    return f"{value.normalize():f}"


def changed_figures(text: str, reading: Reading) -> Iterator[tuple[str, str, Counter[Fact]]]:
    """(name, text, sum findings) of the report with each figure changed alone."""
    rows, plan = split_rows(text), read_plan(reading)
    for what, figure in plan.figures:
        old, new = figure.value, figure.value + (1 if what == "budget count" else CHANGE)
        row = list(rows[figure.line])
        row[figure.column] = _print(row[figure.column], new)
        figure.value = new
        changed = join_rows([*rows[: figure.line], row, *rows[figure.line + 1 :]])
        yield f"{what}, line {figure.line + 1}", changed, expected_sums(plan)
        figure.value = old


def removed_lines(text: str, reading: Reading) -> Iterator[tuple[str, str, Counter[Fact]]]:
    """(name, text, sum findings) of the report with a line of the plan left out."""
    rows, plan = split_rows(text), read_plan(reading)
    own = {at for grid in find_grids(rows) for at in own_rows(grid) if at + 1 in grid.body}
    for subtotal in [subtotal for axis in plan.axes for subtotal in axis.subtotals]:
        for line in [one for one in subtotal.lines if one.line in own]:
            without = _without(plan, line)
            changed = join_rows([*rows[: line.line], *rows[line.line + 1 :]])
            yield f"line {line.line + 1} left out", changed, expected_sums(without)


def _without(plan: Plan, line: Figure) -> Plan:
    def rest(lines: list[Figure]) -> list[Figure]:
        return [one for one in lines if one is not line]

    axes = [
        Axis(axis.figure, [Subtotal(sub.figure, rest(sub.lines)) for sub in axis.subtotals])
        for axis in plan.axes
    ]
    budget = [BudgetRow(row.amount, row.count, rest(row.lines)) for row in plan.budget]
    return Plan(axes, budget, plan.total)


def _print(cell: str, value: Decimal) -> str:
    """The new figure in the cell's own style."""
    digits = "".join(char for char in cell if char.isdigit() or char in ".,").strip(".,")
    style = f"{value:,.2f}" if "," in digits or value >= 10_000 else f"{value:.2f}"
    return cell.replace(digits, style if "." in digits else f"{value:f}")
