"""Running headers, footers, page numbers and stamps: of the page, not of the text. Set apart."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.tables.rows import squash
from pipeline.model import Block, Page, Table

_LEAST = 3  # pages that a line stands on before it is a running one
_STEP = 2  # from page to page: headers of left and right pages take turns
_MARGIN = 0.12  # of the page's height, above and below: where running lines stand
_LEVEL = 8.0  # points by which the height of a running line differs
_LONGEST = 40  # characters of a page number with its words
_ROWS = 5  # of a table that only heads its page
_HEAD = 0.25  # of the page's height that such a table may reach down to
_ASLANT = 12  # how much higher than its letters are wide a line set askew is
_PAGE_NUMBER = re.compile(
    r"[\s|–—-]*(?P<word>p[aá]g(?:ina)?s?\.?)?\s*(?P<number>\d{1,3})"
    r"(?P<count>\s*(?:de|/)\s*\d{1,3})?[\s|–—-]*",
    re.I,
)
_RULE = re.compile(r"[\s._…–—=~*-]{3,}")  # a rule typed with dots or dashes

Parted = tuple[tuple[Block, ...], tuple[Block, ...]]


def part_furniture(lines: Sequence[Block], page_count: int, pages: Sequence[Page] = ()) -> Parted:
    """(the text's lines, the furniture), both in order.

    A line runs when it stands on half of the pages, or at one height in the margin of three that
    follow each other (every second page counts: left and right). What stands on the first page
    alone, as a letterhead does, is text.
    """
    numbers = _Numbers.of(lines, pages)
    often = Counter(key for line in lines if line.page and (key := _numberless(line)))
    least = max(_LEAST, page_count // 2)
    in_margin = _running(lines, numbers.heights)

    def runs(line: Block) -> bool:
        repeated = often[_numberless(line)] >= least or id(line) in in_margin
        of_page = repeated or numbers.counts(line) or _is_aslant(line)
        printed = line.page is not None and line.line is None  # a sheet has no margins
        return printed and (of_page or bool(_RULE.fullmatch(line.text)))

    text = tuple(line for line in lines if not runs(line))
    return text, tuple(line for line in lines if runs(line))


def part_heads(
    tables: Sequence[Table], pages: Sequence[Page]
) -> tuple[tuple[Table, ...], tuple[Block, ...]]:
    """(the tables, the cells of those that head every page as the first of them did).

    The first one stays: it may be the only place that tells the document's title or code.
    """
    heights = {page.number: page.height for page in pages}
    heads: defaultdict[str, list[Table]] = defaultdict(list)
    for table in tables:
        if _is_head(table, heights):
            heads[squash(re.sub(r"\d+", "", "".join(one.text for one in table.cells)))].append(
                table
            )
    again = [one for group in heads.values() if len(group) >= _LEAST for one in group[1:]]
    numbers = {table.number for table in again}
    cells = tuple(cell for table in again for cell in table.cells if cell.text.strip())
    return tuple(table for table in tables if table.number not in numbers), cells


def _is_head(table: Table, heights: Mapping[int, float]) -> bool:
    """Whether a table is of few rows at the very top of its page."""
    places = [(cell.bbox, cell.page) for cell in table.cells if cell.bbox and cell.page]
    return (
        bool(places)
        and len(table.rows) <= _ROWS
        and all(box[3] <= _HEAD * heights.get(page, 0.0) for box, page in places)
    )


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What the numbers that stand alone on their line tell: those that count the pages."""

    heights: Mapping[int, float]  # of the pages
    offsets: Mapping[int, int]  # number less page -> how often

    @classmethod
    def of(cls, lines: Iterable[Block], pages: Sequence[Page]) -> _Numbers:
        heights = {page.number: page.height for page in pages if page.height > 0}
        offsets = Counter(
            int(match["number"]) - line.page
            for line in lines
            if line.page and _stands_in_margin(line, heights) and (match := _page_number(line))
        )
        return cls(heights, offsets)

    def counts(self, line: Block) -> bool:
        """Whether the line is a page number: in the margin, and in step with other pages."""
        match = _page_number(line)
        if match is None or line.page is None:
            return False
        if line.bbox is None or line.page not in self.heights:
            return True
        if not _stands_in_margin(line, self.heights):
            return False
        offset = int(match["number"]) - line.page
        told = match["word"] or match["count"]
        return bool(told) or offset == 0 or self.offsets[offset] > 1


def _page_number(line: Block) -> re.Match[str] | None:
    return _PAGE_NUMBER.fullmatch(line.text) if len(line.text) <= _LONGEST else None


def _stands_in_margin(line: Block, heights: Mapping[int, float]) -> bool:
    height = heights.get(line.page or 0)
    if line.bbox is None or height is None:
        return False
    middle = (line.bbox[1] + line.bbox[3]) / 2 / height
    return not _MARGIN < middle < 1 - _MARGIN


def _running(lines: Sequence[Block], heights: Mapping[int, float]) -> set[int]:
    """The ids of lines that stand at one height in the margin of pages that follow each other."""
    alike: defaultdict[str, list[Block]] = defaultdict(list)
    for line in lines:
        if _stands_in_margin(line, heights) and (text := _numberless(line)):
            alike[text].append(line)
    groups = (group for group in alike.values() if len(group) >= _LEAST)
    return {id(line) for group in groups for run in _runs(group) for line in run}


def _runs(group: Sequence[Block]) -> Iterable[list[Block]]:
    """Lines level with each other on three or more pages in step."""
    levels = sorted(group, key=_top)
    cuts = [0, *(at for at, (a, b) in enumerate(pairwise(levels), 1) if _top(b) - _top(a) > _LEVEL)]
    for start, stop in pairwise([*cuts, len(levels)]):
        run: list[Block] = []
        for line in sorted(levels[start:stop], key=lambda line: line.page or 0):
            if run and (line.page or 0) - (run[-1].page or 0) > _STEP:
                yield from [run] if _spans(run) else []
                run = []
            run.append(line)
        yield from [run] if _spans(run) else []


def _spans(run: Sequence[Block]) -> bool:
    return len({line.page for line in run}) >= _LEAST


def _top(line: Block) -> float:
    return line.bbox[1] if line.bbox else 0.0


def _is_aslant(line: Block) -> bool:
    """Whether a line is set askew, as watermarks and stamps are: its box is no line's."""
    if line.bbox is None:
        return False
    width, height = line.bbox[2] - line.bbox[0], line.bbox[3] - line.bbox[1]
    return min(width, height) * len(line.text) >= _ASLANT * max(width, height) > 0


def _numberless(line: Block) -> str:
    return squash(re.sub(r"\d+", "", line.text))
