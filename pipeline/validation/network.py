"""The network of sums of a budget: columns that add up, lines under lines, totals under all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from normalizers.text import clean, fold
from pipeline.model import Block, Check, Reading, Record
from pipeline.validation.causes import Addition, likely_cause
from pipeline.validation.columns import Column, Grid, Line, find_grids, is_read_by_ocr, is_share
from pipeline.validation.comparing import compared, is_reading_lost, not_checkable, subject
from pipeline.validation.money import as_printed, decimals
from pipeline.validation.relations import Relation, find_relations
from pipeline.validation.settings import Settings

Cell = tuple[str, Column]
_TOTAL = re.compile(r"(?:gran\s)?(?:sub)?(?:total|suma)(?:es)?\b")
OCR_SUM = "capture.ocr_sum"


@dataclass(frozen=True, slots=True)
class Part:
    """An amount that enters a sum, its cell, and where it was printed."""

    amount: Decimal
    cell: Cell
    block: Block | None


def _part(line: Line, column: Column) -> Part | None:
    amount = line.amount(column)
    cell = (line.record.record_id, column)
    return None if amount is None else Part(amount, cell, line.block(column))


@dataclass(frozen=True, slots=True)
class Sum:
    """A printed amount, what it should add, and the name of its column."""

    check: str
    line: Line
    column: Column
    parts: tuple[Part, ...]
    group: str = ""

    @property
    def stated(self) -> Decimal:
        """The printed amount; only sums whose amounts are all told are made."""
        return self.line.amount(self.column) or Decimal(0)

    @property
    def expected(self) -> Decimal:
        """What its parts add up to."""
        return sum((part.amount for part in self.parts), Decimal(0))

    @property
    def cells(self) -> frozenset[Cell]:
        """The cells that enter it."""
        own = (self.line.record.record_id, self.column)
        return frozenset([own, *(part.cell for part in self.parts)])

    @property
    def slack(self) -> Decimal:
        """What rounding may explain: half of the last digit a number."""
        numbers = [self.stated, *(part.amount for part in self.parts)]
        last = max(decimals(number) for number in numbers)
        if self.check == "sum.periods" and all(number == int(number) for number in numbers):
            last = 0  # a year parted into months, each rounded to a whole unit and printed ".00"
        return Decimal(5).scaleb(-last - 1) * len(numbers)

    @property
    def holds(self) -> bool:
        """Whether it adds up; whole units may have been rounded, cents are exact."""
        difference = abs(self.stated - self.expected)
        return difference == 0 or (self.slack >= 1 and difference < self.slack)


@dataclass(frozen=True, slots=True)
class Judged:
    """A comparison of the network, the cells that entered it, and by how much it is off."""

    check: Check
    cells: frozenset[Cell] = frozenset()
    off: Decimal = Decimal(0)


def network(reading: Reading, settings: Settings) -> Iterator[Check]:
    """Every relation between the columns and the lines of each budget, row by row.

    One wrong cell breaks every sum it enters by the same amount: it is told once.
    """
    grids = find_grids(reading)
    below = _lines_below(grids)
    judged: list[Judged] = []
    for grid in grids:
        for relation in find_relations(grid, settings):
            for line in grid.lines:
                judged += _row(reading, line, relation, grid)
        judged += _hierarchy(reading, grid, below, settings)
        judged += _totals(reading, grid, below)
    yield from (one.check for one in judged if one.check.verdict != "fail")
    yield from _tell_causes([one for one in judged if one.check.verdict == "fail"])


def _tell_causes(failures: list[Judged]) -> Iterator[Check]:
    """The cell that most failures share, by the same amount, first; what it explains is told."""
    left = failures
    while left:
        times = Counter((cell, one.off) for one in left for cell in sorted(one.cells))
        if not times:
            yield from (one.check for one in left)
            return
        (cell, off), _ = times.most_common(1)[0]
        own = [one for one in left if cell in one.cells and one.off == off]
        left = [one for one in left if one not in own]
        yield own[0].check
        for one in own[1:]:
            yield replace(one.check, verdict="not_checkable", reason="told_by_sum", group="")


def _lines_below(grids: Sequence[Grid]) -> dict[str, list[Line]]:
    """The lines right under each line, wherever a page break put them.

    A dotted code ("2.1.1.18") says more than the place: it may be printed after "2.1.2".
    """
    lines = [line for grid in grids for line in grid.lines]
    codes: dict[str, str] = {}
    for line in lines:
        codes.setdefault(_code(line), line.record.record_id)
    below: dict[str, list[Line]] = {}
    for line in lines:
        parent = _parent_by_code(_code(line), codes) or line.record.parent_id
        if parent and parent != line.record.record_id and not _is_total(line):
            below.setdefault(parent, []).append(line)
    return below


def _code(line: Line) -> str:
    return str(line.record.get("code") or "").strip(" .")


def _parent_by_code(code: str, codes: Mapping[str, str]) -> str:
    while "." in code:
        code = code.rpartition(".")[0]
        if code in codes:
            return codes[code]
    return ""


def _row(reading: Reading, line: Line, relation: Relation, grid: Grid) -> Iterator[Judged]:
    amounts = [line.amount(column) for column in (relation.whole, *relation.parts)]
    if None in amounts:
        return
    if relation.kind == "share":
        yield from _share(line, relation)
        return
    parts = tuple(part for column in relation.parts if (part := _part(line, column)))
    check = "sum.periods" if relation.kind == "periods" else "sum.columns"
    one = Sum(check, line, relation.whole, parts, f"row:{line.record.record_id}")
    words = {"relation": _tell(relation), "rows": str(relation.support)}
    yield _judge(reading, one, words | _shifted(one, line, grid, relation))


def _share(line: Line, relation: Relation) -> Iterator[Judged]:
    stated, part, base = (line.amount(each) for each in (relation.whole, *relation.parts))
    if stated is None or part is None or not base:
        return
    expected = 100 * part / base
    blocks = [line.block(each) for each in (relation.whole, *relation.parts)]
    block = blocks[0]
    text = clean(block.text) if block else f"{stated:f}"
    facts = {
        "field": "value",
        "stated": text,
        "expected": f"{expected.quantize(Decimal('0.01')):f}",
    }
    ok = abs(stated - expected) <= 1
    if not ok and is_read_by_ocr(blocks):
        yield Judged(_by_ocr(line.record, blocks, facts))
        return
    words = {"subject": subject(line.record), "column": _name(relation.whole),
             "relation": _tell(relation), "rows": str(relation.support)}  # fmt: skip
    facts["difference"] = f"{(stated - expected).quantize(Decimal('0.01')):f}"
    yield Judged(compared("ratio.columns", line.record, ok, blocks, words=words, **facts))


def _shifted(one: Sum, line: Line, grid: Grid, relation: Relation) -> dict[str, str]:
    """Where the amount that would add up stands in another column of the row."""
    others = [column for column in grid.columns if column not in (relation.whole, *relation.parts)]
    found = one.expected and any(line.amount(column) == one.expected for column in others)
    is_swap = not one.holds and found and one.stated != one.expected
    return {"shifted": "column"} if is_swap else {}


def _hierarchy(
    reading: Reading, grid: Grid, below: Mapping[str, list[Line]], settings: Settings
) -> Iterator[Judged]:
    """Each line against the lines right under it, where most lines of the table do add up."""
    sums = [
        one
        for line in grid.lines
        for column in grid.columns
        if not is_share(column) and len(below.get(line.record.record_id, [])) > 1
        for one in _sum_below(line, column, below[line.record.record_id])
    ]
    telling = [one for one in sums if sum(bool(part.amount) for part in one.parts) > 1]
    good = [one for one in telling if one.holds]
    is_sure = len(good) >= int(settings.threshold("relation_rows")) - 1
    if is_sure and len(good) >= float(settings.threshold("relation_share")) * len(telling):
        for one in sums:
            yield _judge(reading, one, {"rows": str(len(good))})
    elif telling:
        blocks = [telling[0].line.block(telling[0].column)]
        unsure = telling[0].line.record
        yield Judged(not_checkable("sum.hierarchy", unsure, "relation_unsure", blocks))


def _sum_below(line: Line, column: Column, below: Sequence[Line]) -> Iterator[Sum]:
    parts = tuple(part for each in below if (part := _part(each, column)))
    if line.amount(column) is not None and len(parts) == len(below):
        yield Sum("sum.hierarchy", line, column, parts, f"line:{line.record.record_id}")


def _is_total(line: Line) -> bool:
    return bool(_TOTAL.match(fold(clean(str(line.record.get("label") or "")))))


def _totals(reading: Reading, grid: Grid, below: Mapping[str, list[Line]]) -> Iterator[Judged]:
    """Each row of totals that no lines stand under against those above it."""
    above: list[Line] = []
    for line in grid.lines:
        if _is_total(line) and above and line.record.record_id not in below:
            yield from _total(reading, grid, line, above)
        above.append(line)


def _total(reading: Reading, grid: Grid, total: Line, above: Sequence[Line]) -> Iterator[Judged]:
    best: list[Sum] = []
    for way in _ways(above):
        sums = [
            Sum("sum.column", total, column, parts, f"total:{total.record.record_id}")
            for column in grid.columns
            if not is_share(column)
            and total.amount(column) is not None
            and (parts := tuple(part for line in way if (part := _part(line, column))))
        ]
        good = sum(one.holds and one.stated != 0 for one in sums)
        if good > sum(one.holds and one.stated != 0 for one in best) or not best:
            best = sums
    good = sum(one.holds and one.stated != 0 for one in best)
    if not good or good * 2 < sum(one.stated != 0 for one in best):
        blocks = [total.block(column) for column in grid.columns][:1]
        yield Judged(not_checkable("sum.column", total.record, "relation_unsure", blocks))
        return
    for one in best:
        yield _judge(reading, one, {})


def _ways(above: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines that a total may close: all at the top, those since the last one, the last ones."""
    since = max((at for at, line in enumerate(above) if _is_total(line)), default=-1) + 1
    totals = [line for line in above if _is_total(line)]
    for lines in (above[since:], above):
        own = [line for line in lines if not _is_total(line)]
        known = {line.record.record_id for line in own}
        parents = {line.record.parent_id for line in own}
        yield [line for line in own if line.record.parent_id not in known]
        yield [line for line in own if line.record.record_id not in parents]
    if len(totals) > 1:
        yield totals


def _judge(reading: Reading, one: Sum, words: dict[str, str]) -> Judged:
    record = one.line.record
    blocks = [one.line.block(one.column), *(part.block for part in one.parts)]
    block = blocks[0]
    text = clean(block.text) if block else f"{one.stated:f}"
    facts: dict[str, Any] = {
        "field": "value",
        "stated": text,
        "expected": as_printed(one.expected, text),
        "difference": f"{one.stated - one.expected:f}",
    }
    if not one.holds:
        if is_read_by_ocr(blocks):
            off = abs(one.stated - one.expected)
            return Judged(_by_ocr(record, blocks, facts), one.cells, off)
        if is_reading_lost(reading, blocks):
            return Judged(not_checkable(one.check, record, "pages_unread", blocks, **facts))
    told = {
        "subject": subject(record),
        "column": _name(one.column),
        "count": str(len(one.parts)),
        **words,
    }
    if not one.holds:
        told |= _cause(one, text, words)
        facts["group"] = one.group
        if abs(one.stated - one.expected) <= one.slack:
            facts["severity"] = "info"
    check = compared(one.check, record, one.holds, blocks, words=told, **facts)
    return Judged(check, one.cells, abs(one.stated - one.expected))


def _cause(one: Sum, text: str, words: dict[str, str]) -> dict[str, str]:
    found = likely_cause(Addition(one.stated, [part.amount for part in one.parts]))
    if found:
        return {"cause": found[0], "culprit": as_printed(found[1], text)}
    if words.get("shifted"):
        return {"cause": "shifted_column", "culprit": as_printed(one.expected, text)}
    return {}


def _by_ocr(record: Record, blocks: Sequence[Block | None], facts: dict[str, Any]) -> Check:
    """What recognition of text read and does not add up is the reading's until somebody looks."""
    told = {name: facts[name] for name in ("field", "stated", "expected")}
    return compared(
        OCR_SUM,
        record,
        False,
        blocks,
        words={"subject": subject(record)},
        reason="read_by_ocr",
        group=f"ocr:{record.record_id}",
        **told,
    )


def _name(column: Column) -> str:
    return clean(column[1]) or column[0]


def _tell(relation: Relation) -> str:
    """The relation in the table's own words: "Modificado = Aprobado + Ampliaciones"."""
    parts = [_name(column) for column in relation.parts]
    if relation.kind == "share":
        return f"{_name(relation.whole)} = 100 × {parts[0]} / {parts[1]}"
    if relation.kind == "periods":
        return f"{_name(relation.whole)} = {parts[0]} + … + {parts[-1]}"
    return f"{_name(relation.whole)} = {' + '.join(parts)}"
