"""What aligns and is no table: prose, lists, contents, charts, letterheads, signatures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from extractors.tables.lines_of_cells import Line, is_typed
from extractors.tables.rows_by_alignment import Placed

_MARK = re.compile(
    r"[^\w\s$%]{1,2}|[oO§]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,6})[.)\]-]{1,2}|\d{1,2}(?:\.\d{1,2}){1,3}\.?"
)
_CENTS = re.compile(r"\d{1,2}[.,]\d{2}")
_COUNT = re.compile(r"\d{1,3}")
_LEADERS = re.compile(r"\.{4,}|…{2,}|(?:\. ){3,}|_{5,}")
_PAGE = re.compile(r"\d{1,4}")
_NUMBER = re.compile(r"-?\d{1,3}(?:[ .,]?\d{3})*%?")
_LABEL = re.compile(r".*:\s*")

_FEW_ROWS = 3
_FEW_LABELS = 6
_FEW_COLUMNS = 4  # signatures stand in no more
_FULL = 1.4  # cells a column, from which two rows of so many columns are a table
_SPARSE = 0.3
_CROSSED = 0.35
_WORDY = 3.5  # words a line, from which a column reads as prose
_LONG = 10  # lines: a column of prose


@dataclass(frozen=True, slots=False)
class Look:
    """What the cells of a supposed table look like."""

    placed: Sequence[Placed]
    columns: int
    ruled: bool  # whether rules stand above and under its header and at its foot

    @cached_property
    def rows(self) -> dict[int, list[Placed]]:
        """The cells by the row they begin in, in reading order."""
        rows: dict[int, list[Placed]] = defaultdict(list)
        for one in sorted(self.placed, key=lambda one: (one.row, one.paragraph.first)):
            rows[one.row].append(one)
        return rows

    @cached_property
    def marks(self) -> list[list[str]]:
        """The lines of each column's own cells."""
        columns: list[list[str]] = [[] for _ in range(self.columns)]
        for line in self.lines:
            if line.first == line.last:
                columns[line.first].append(line.text)
        return columns

    @cached_property
    def texts(self) -> list[list[str]]:
        """The texts of each column's own cells, from the top."""
        columns: list[list[str]] = [[] for _ in range(self.columns)]
        for row in sorted(self.rows):
            for one in self.rows[row]:
                if one.paragraph.first == one.paragraph.last:
                    columns[one.paragraph.first].append(one.paragraph.text)
        return columns

    @cached_property
    def lines(self) -> list[Line]:
        """All lines."""
        return [line for one in self.placed for line in one.paragraph.lines]

    @cached_property
    def has_header(self) -> bool:
        """Whether the first row is set bold and the last is not; figures are no header."""
        first, last = self.rows[min(self.rows)], self.rows[max(self.rows)]
        typed = sum(is_typed(one.paragraph.text) for one in first)
        return 2 * typed < len(first) and _is_bold(first) and not _is_bold(last)

    @cached_property
    def is_typed(self) -> bool:
        """Whether dates, amounts or percentages stand in the columns after the first."""
        texts = [text for column in self.texts[1:] for text in column]
        return sum(is_typed(text) for text in texts) * 4 > len(texts)


def _is_bold(row: Sequence[Placed]) -> bool:
    return all(line.bold for one in row for line in one.paragraph.lines)


def is_table(look: Look) -> bool:
    """Whether these cells are a table's."""
    return bool(look.placed) and not any(refuse(look) for refuse in REFUSALS)


def _is_poor(look: Look) -> bool:
    wide = sum(len(row) > 1 for row in look.rows.values())
    filled = sum(len(row) for row in look.rows.values())
    widest = max(_reach(row) for row in look.rows.values())
    return (
        wide < 2
        or filled < _SPARSE * look.columns * len(look.rows)
        or (look.columns > _FEW_ROWS and 2 * widest <= look.columns)
    )


def _reach(row: Sequence[Placed]) -> int:
    """How many columns the cells of a row cover."""
    return sum(one.paragraph.last - one.paragraph.first + 1 for one in row)


def _is_crossed(look: Look) -> bool:
    return sum(line.last > line.first for line in look.lines) > _CROSSED * len(look.lines)


def _is_list(look: Look) -> bool:
    """All columns but one hold marks or numbers of a list."""
    return sum(not _is_marks(column) for column in look.marks) < 2


def _is_marks(column: Sequence[str]) -> bool:
    if not column:
        return True
    if _are_amounts(column):
        return False
    marks = sum(_MARK.fullmatch(text) is not None for text in column)
    counts = sum(_COUNT.fullmatch(text) is not None for text in column)
    ascending = counts == len(column) and all(int(b) - int(a) == 1 for a, b in pairwise(column))
    return marks > 0.6 * len(column) or (ascending and len(column) > 1)


def _are_amounts(column: Sequence[str]) -> bool:
    """Whether small amounts stand in no order, as the numbers of chapters do."""
    cents = [text for text in column if _CENTS.fullmatch(text)]
    values = [float(text.replace(",", ".")) for text in cents]
    return 2 * len(cents) > len(column) and any(b <= a for a, b in pairwise(values))


def _is_contents(look: Look) -> bool:
    leaders = sum(_LEADERS.search(line.text) is not None for line in look.lines)
    if leaders > 0.2 * len(look.rows):
        return True
    pages = look.texts[-1]
    if look.columns > _FEW_ROWS or len(pages) < _FEW_ROWS or look.is_typed is False:
        return False
    numbers = [int(text) for text in pages if _PAGE.fullmatch(text)]
    return len(numbers) == len(pages) and numbers == sorted(numbers) and numbers[0] < numbers[-1]


def _is_chart(look: Look) -> bool:
    """Whether a line is the scale of an axis, or numbers stand alone in their rows."""
    lines: dict[int, list[str]] = defaultdict(list)
    for line in sorted(look.lines, key=lambda line: line.x0):
        lines[line.number] += line.text.split()
    if any(_is_scale(texts) for texts in lines.values()):
        return True
    lone = sum(len(row) == 1 and _is_number(row[0]) for row in look.rows.values())
    return lone > 1 and lone * 5 >= len(look.rows)


def _is_number(one: Placed) -> bool:
    return all(_NUMBER.fullmatch(text) for text in one.paragraph.text.split())


def _is_scale(texts: Sequence[str]) -> bool:
    """Whether these are round numbers at even steps."""
    numbers = [int(re.sub(r"\D", "", text)) for text in texts if _NUMBER.fullmatch(text)]
    if len(numbers) < _FEW_ROWS or len(numbers) < len(texts):
        return False
    steps = {b - a for a, b in pairwise(numbers)}
    step = abs(min(steps))
    return len(steps) == 1 and step > 1 and all(number % step == 0 for number in numbers)


def _is_prose(look: Look) -> bool:
    """Whether most cells go on in mid-sentence, or long columns of prose share no rows."""
    later = [text for column in look.texts[1:] for text in column if text[:1].isalpha()]
    lower = sum(text[:1].islower() for text in later)
    if later and lower * 2 >= len(later) and not look.is_typed:
        return True
    wordy = [column for column in range(look.columns) if _is_wordy(look, column)]
    if len(wordy) < 2 or len(wordy) < look.columns:
        return False
    together = sum(len(row) == look.columns for row in look.rows.values())
    return together * 2 < len(look.rows) or len(look.lines) > _LONG * len(look.rows) * look.columns


def _is_wordy(look: Look, column: int) -> bool:
    lines = [line for line in look.lines if line.first == line.last == column]
    words = sum(len(line.text.split()) for line in lines)
    return words > _WORDY * max(len(lines), 1)


def _is_small(look: Look) -> bool:
    """Names over offices, a letterhead's corners: a few rows of text that no header leads."""
    wide = look.columns > _FEW_COLUMNS and len(look.placed) > _FULL * look.columns
    if look.has_header or look.ruled or wide or len(look.rows) > _FEW_ROWS:
        return False
    return not look.is_typed or len(look.rows) < _FEW_ROWS


def _is_form(look: Look) -> bool:
    labels = look.texts[0]
    marked = sum(_LABEL.fullmatch(text) is not None for text in labels)
    return look.columns == 2 and len(labels) < _FEW_LABELS and marked * 2 > len(labels)


REFUSALS: tuple[Callable[[Look], bool], ...] = (
    _is_poor, _is_crossed, _is_list, _is_contents, _is_chart, _is_prose, _is_small, _is_form,
)  # fmt: skip
