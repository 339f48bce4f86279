"""(d) One percentage, one date changed, one commitment left out: which findings must follow."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model import Reading, Record
from variants.compare import Fact
from variants.grid import join_rows, split_rows

Changed = tuple[str, str, Counter[Fact], Counter[Fact]]  # name, text, findings that come, that go
_ITEM = re.compile(r"(\d{1,2})\. \S")
_COUNT = re.compile(r"compromisos: (\d+)", re.I)


@dataclass(frozen=True)
class Told:
    """A row that tells how much of what was done: its words, its percentage, what that must be."""

    words: str  # of the row's activity
    printed: str
    right: str
    wrong: bool = False  # what is printed differs already


def changed_percents(text: str, told: list[Told]) -> Iterator[Changed]:
    """Each told percentage changed, so that its row's own counts make another.

    A right one, changed, must come as ratio.vs_percent; a wrong one must change what it states.
    """
    rows = split_rows(text)
    for one in told:
        at = next(i for i, row in enumerate(rows) if one.words in row and one.printed in row)
        column = rows[at].index(one.printed)
        goes = Counter({("ratio.vs_percent", one.printed, one.right): 1} if one.wrong else {})
        for other in ("10%", "38 %", "97%"):
            row = [*rows[at][:column], other, *rows[at][column + 1 :]]
            comes = Counter({("ratio.vs_percent", other, one.right): 1})
            changed = join_rows([*rows[:at], row, *rows[at + 1 :]])
            yield f"{one.printed} -> {other} at line {at + 1}", changed, comes, goes


def moved_dates(text: str, reading: Reading) -> Iterator[Changed]:
    """Each deadline that is still to come moved before the cut-off.

    Unfinished work is then overdue: one finding. Finished work, and what is not applicable yet, is
    not. Rows told twice are left out: with another date they are no duplicates any more.
    """
    rows = split_rows(text)
    cutoff = str(reading.records[0].get("cutoff_date") or "")
    for activity in _due_later(reading, cutoff):
        block = activity.block("planned")
        assert block is not None and block.line and block.column
        at, column = block.line - 1, block.column - 1
        past = f"15/03/{cutoff[:4]}"
        row = [*rows[at][:column], past, *rows[at][column + 1 :]]
        percent = activity.get("percent_complete")
        late = percent is not None and percent < 100
        comes = Counter({("date.overdue_incomplete", past, "100 %"): 1} if late else {})
        yield (
            f"{block.text} -> {past} at line {at + 1}",
            join_rows([*rows[:at], row, *rows[at + 1 :]]),
            comes,
            Counter(),
        )


def _due_later(reading: Reading, cutoff: str) -> Iterator[Record]:
    seen = Counter(_words(one) for one in reading.of("activity"))
    for one in reading.of("activity"):
        end, block = one.get("planned_end"), one.block("planned")
        single = block is not None and re.fullmatch(r"\d\d/\d\d/\d{4}", block.text.strip())
        own = "planned" in one.fields and one.fields["planned"].state == "reported"
        later = bool(cutoff and end) and end.isoformat() > cutoff
        if single and own and later and seen[_words(one)] == 1:
            yield one


def _words(activity: Record) -> tuple[str, str]:
    """What two tellings of one activity share, however its name is spelled: product and date."""
    return str(activity.get("deliverable")).casefold(), str(activity.get("planned"))


def removed_commitments(text: str) -> Iterator[Changed]:
    """Each numbered commitment of a declared list left out, and no other word changed."""
    rows = split_rows(text)
    starts = [at for at, row in enumerate(rows) if len(row) == 1 and _ITEM.match(row[0])]
    declared = next((int(m[1]) for row in rows if (m := _COUNT.search(row[0]))), 0)
    numbers = {int(rows[at][0].split(".")[0]): at for at in starts} if declared else {}
    before = _list_findings(declared, set(numbers))
    for number, at in numbers.items():
        end = min((one for one in starts if one > at), default=len(rows))
        after = _list_findings(declared, set(numbers) - {number})
        changed = join_rows([*rows[:at], *rows[end:]])
        yield f"without commitment {number}", changed, after - before, before - after


def _list_findings(declared: int, numbers: set[int]) -> Counter[Fact]:
    """A count that is not the declared one; each number up to the declared one that is absent."""
    found: list[Fact] = []
    if declared != len(numbers):
        found.append(("count.vs_list", str(declared), str(len(numbers))))
    for missing in sorted(set(range(1, declared + 1)) - numbers):
        around = [
            max((n for n in numbers if n < missing), default=None),
            min((n for n in numbers if n > missing), default=None),
        ]
        stated = " → ".join(str(n) for n in around if n is not None)
        found.append(("sequence.gap", stated, str(missing)))
    return Counter(found)
