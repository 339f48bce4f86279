"""Rows that are the rest of a name which the row above had no room for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.tables.lines_of_cells import Line
from extractors.tables.paragraphs import Paragraph, make_paragraph
from extractors.tables.row_starts import fits
from extractors.tables.rows_by_alignment import Placed

FARTHEST = 1.8  # parts of the type's height between such lines, middle to middle
FIGURES = 0.5  # share of the rows that hold figures, from which a row without any stands out


def join_continued(placed: Sequence[Placed], height: float) -> list[Placed]:
    """The cells, a row that is but the rest of a name joined to the one above.

    The row above has a code or another name before it and figures after it; its last line leaves
    no room for the first word of the next.
    """
    rows = _rows(placed)
    if not rows or sum(_has_figures(row) for row in rows.values()) < FIGURES * len(rows):
        return list(placed)
    edges = _edges(placed)
    joined: dict[int, list[Placed]] = {}
    for number, row in sorted(rows.items()):
        above = joined[max(joined)] if joined else []
        rest = row[0] if len(row) == 1 else None
        whole = _find_broken(above, rest, edges, height) if rest else None
        if whole and rest:
            above[above.index(whole)] = _append(whole, rest.paragraph)
        else:
            joined[number] = list(row)
    numbers = {number: at for at, number in enumerate(sorted(joined))}
    gone = sorted(set(rows) - set(joined))
    told = [(one, numbers[number]) for number, row in joined.items() for one in row]
    return [
        replace(one, row=number, span=_shorten(one, gone)) if gone or one.row != number else one
        for one, number in told
    ]


def _rows(placed: Sequence[Placed]) -> Mapping[int, list[Placed]]:
    rows: dict[int, list[Placed]] = defaultdict(list)
    for one in sorted(placed, key=lambda one: one.paragraph.first):
        rows[one.row].append(one)
    return rows


def _has_figures(row: Sequence[Placed]) -> bool:
    return any(line.typed for one in row[1:] for line in one.paragraph.lines)


def _edges(placed: Sequence[Placed]) -> dict[int, float]:
    """Where the text of each column ends on the right, that of cells over several left out."""
    edges: dict[int, float] = defaultdict(float)
    for one in placed:
        if one.paragraph.first == one.paragraph.last:
            right = max(line.x1 for line in one.paragraph.lines)
            edges[one.paragraph.first] = max(edges[one.paragraph.first], right)
    return edges


def _find_broken(
    above: Sequence[Placed], rest: Placed, edges: Mapping[int, float], height: float
) -> Placed | None:
    """The cell of the row above that the lone cell `rest` goes on with."""
    first = rest.paragraph.lines[0]
    column = rest.paragraph.first
    same = [one for one in above if (one.paragraph.first, one.paragraph.last) == (column, column)]
    before = any(one.paragraph.last < column for one in above)
    after = any(line.typed for one in above for line in _after(one, column))
    if not (same and before and after) or first.typed or rest.paragraph.last != column:
        return None
    last = same[0].paragraph.lines[-1]
    near = first.middle - last.middle <= FARTHEST * height and first.bold == last.bold
    return same[0] if near and not fits(last, first, edges[column], height) else None


def _after(one: Placed, column: int) -> Sequence[Line]:
    return one.paragraph.lines if one.paragraph.first > column else ()


def _append(one: Placed, rest: Paragraph) -> Placed:
    return replace(one, paragraph=make_paragraph((*one.paragraph.lines, *rest.lines)))


def _shorten(one: Placed, gone: Sequence[int]) -> int:
    """How many rows the cell spans without those that are no longer."""
    return one.span - sum(one.row < row < one.row + one.span for row in gone)
