"""Lines of prose into paragraphs, over columns and pages where a sentence goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from math import inf

from extractors.hyphens import Words, ends_in_hyphen, find_words, join_lines
from pipeline.model import Block, Box, Page

_LEEWAY = 0.2  # of a line's height: white beyond the usual that parts two paragraphs
_FEW = 8  # lines that do not show where the right margin is
_SIZES = 1.5  # points by which the height of a paragraph's lines differs
_RAISED = 1.35  # of the other line's height: one with a raised mark
_ITEM = re.compile(  # what begins an item of a list, or a numbered heading
    r"\d{1,2}(?:\.\d{1,2})*[.)]?\s+\S"
    r"|[-•*✓▪●○◦‣➢►\uf0a7\uf0b7\uf0d8\uf0fc]\s"
    r"|\(?(?:[a-zñ]|[ivx]{2,4}|\d{1,2})\)\s",
)
_INDENT = (0.7, 4.0)  # heights of a line by which a first line may be set in
_END = re.compile(r"[.:;!?»”\")]$")
_GOES_ON = re.compile(r"(?:[^\W_]|[,\-\u2010\u00ad])$")  # no sentence ends so
_EMPHASIS = re.compile(r"<[^>]+>|\*\*|^#+\s*")

Place = tuple[int | None, int]  # a page, and a column of it


@dataclass(frozen=True)
class _Layout:
    """How lines are set: the white between them, and where the lines of each column end."""

    lines: Sequence[Block]
    pages: Sequence[Page]

    @cached_property
    def spacing(self) -> float:
        """The usual white between lines of a paragraph: the lower quartile of what is printed."""
        whites = sorted(w for a, b in pairwise(self.lines) if -0.5 < (w := _white(a, b)) < 1.5)
        return whites[len(whites) // 4] if whites else 0.0

    @cached_property
    def _columns(self) -> dict[int | None, tuple[Box, ...]]:
        return {page.number: page.columns for page in self.pages if page.columns}

    @cached_property
    def _margins(self) -> dict[Place, float]:
        """Where the lines of a page in one column end when they are full.

        The longest shows it; where there are few lines, as far from the right edge as they begin
        from the left.
        """
        widths = {page.number: page.width for page in self.pages}
        margins: dict[Place, float] = {}
        for number, group in groupby(self.lines, key=lambda line: line.page):
            boxes = [line.bbox for line in group if line.bbox is not None]
            margin = max((box[2] for box in boxes), default=0.0)
            if len(boxes) < _FEW and number in widths and boxes:
                margin = max(margin, widths[number] - min(box[0] for box in boxes))
            margins[number, 0] = margin
        return margins

    def place(self, line: Block) -> Place:
        """The page and the column that a line stands in."""
        columns = self._columns.get(line.page, ())
        at = next((n for n, box in enumerate(columns) if line.bbox and _holds(box, line.bbox)), 0)
        return line.page, at

    def margin(self, place: Place) -> float:
        """Where the lines of a column end when they are full."""
        page, column = place
        columns = self._columns.get(page)
        return columns[column][2] if columns else self._margins.get(place, 0.0)


def paragraphs(lines: Sequence[Block], pages: Sequence[Page] = ()) -> tuple[Block, ...]:
    """Lines of one paragraph joined; in a text report a line is a paragraph already.

    A word that the end of a line broke is made whole; `parts` keep the lines as printed.
    """
    layout = _Layout(lines, pages)
    groups: list[list[Block]] = []
    for line in lines:
        if not line.text.strip():
            continue
        if groups and _goes_on(groups[-1][-1], line, layout):
            groups[-1].append(line)
        else:
            groups.append([line])
    words = _known_words(lines)
    return tuple(join_lines(group, words) for group in groups)


def _known_words(lines: Sequence[Block]) -> Words:
    if not any(line.bbox is not None and ends_in_hyphen(line) for line in lines):
        return find_words(())
    return find_words(line.text for line in lines)


def _goes_on(above: Block, below: Block, layout: _Layout) -> bool:
    """Whether a line is more of the paragraph above: alike, not a new start, and close to it.

    In the next column or page the sentence must go on as well.
    """
    if above.bbox is None or below.bbox is None or _begins_item(below):
        return False
    goes_on = _sentence_goes_on(above, below)
    if not _are_alike(above, below, goes_on):
        return False
    place, next_place = layout.place(above), layout.place(below)
    had_room = _had_room(above, below, layout.margin(place))
    if place == next_place:
        close = _white(above, below) <= layout.spacing + _LEEWAY and not _is_indented(above, below)
        return close and (not had_room or goes_on)
    follows = place[0] == next_place[0] or below.page == (above.page or 0) + 1
    return follows and not had_room and goes_on


def _are_alike(above: Block, below: Block, goes_on: bool) -> bool:
    """Whether two lines are set in one size; a raised mark makes one of a sentence higher."""
    low, high = sorted(line.bbox[3] - line.bbox[1] for line in (above, below) if line.bbox)
    return high - low < _SIZES or (goes_on and high <= _RAISED * low)


def _is_indented(above: Block, below: Block) -> bool:
    """Whether a sentence begins to the right of the line above, as the first of a paragraph does.

    The lines of an item hang so too, to the right of its mark.
    """
    if above.bbox is None or below.bbox is None or _begins_item(above):
        return False
    height = above.bbox[3] - above.bbox[1]
    indent = below.bbox[0] - above.bbox[0]
    ended = _END.search(above.text.strip()) is not None
    return _INDENT[0] * height <= indent <= _INDENT[1] * height and ended


def _sentence_goes_on(above: Block, below: Block) -> bool:
    cut = _GOES_ON.search(above.text.strip()) is not None
    return cut and below.text.strip()[:1].islower()


def _begins_item(line: Block) -> bool:
    return _ITEM.match(" ".join(_EMPHASIS.sub(" ", line.text).split())) is not None


def _white(above: Block, below: Block) -> float:
    """The white between two lines, in heights of a line; infinite on different pages."""
    if above.bbox is None or below.bbox is None or above.page != below.page:
        return inf
    height = above.bbox[3] - above.bbox[1]
    return (below.bbox[1] - above.bbox[3]) / height if height > 0 else inf


def _holds(column: Box, line: Box) -> bool:
    """Whether the middle of a line stands in a column."""
    x, y = (line[0] + line[2]) / 2, (line[1] + line[3]) / 2
    return column[0] <= x <= column[2] and column[1] <= y <= column[3]


def _had_room(above: Block, below: Block, margin: float) -> bool:
    """Whether the next line's first word would have fitted above: then the paragraph ended there.

    A line that ends early by the typesetter's choice is the sign that parts a heading from a text
    printed close below it.
    """
    assert above.bbox is not None and below.bbox is not None
    text = below.text.strip()
    width = (below.bbox[2] - below.bbox[0]) / max(1, len(text))
    return above.bbox[2] + width * (len(text.split()[0]) + 1) < margin
