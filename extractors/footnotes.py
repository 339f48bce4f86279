"""Footnotes: small type at the foot of a page or column, begun by a mark that the text calls."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set

from pipeline.model import Block

_SMALL = 0.92  # of the height of the text's lines
_RAISED = 1.3  # of it: a line with a raised mark
_APART = 0.6  # of it: white above notes in type like the text's
_MOST = 15  # lines of such notes
_MARK = re.compile(r"\[?(\d{1,3}|[*†‡]{1,3})[\]).]?\s*(?=[^\W\d_])")
_LETTER, _AFTER = r"[^\W\d_]", r"[.,;:)\]»”\"]"
_CALL = re.compile(rf"(?:(?<={_LETTER})|(?<={_LETTER}{_AFTER}))\[?(\d{{1,3}}|[*†‡]{{1,3}})(?!\w)")


def part_footnotes(
    lines: Sequence[Block],
) -> tuple[tuple[Block, ...], tuple[tuple[Block, ...], ...]]:
    """(the text's lines, the lines of each footnote) of lines in order of reading."""
    usual = _usual_height(lines)
    calls = _calls(lines, usual)
    notes = [
        note
        for column in _columns(lines)
        for note in _notes(_foot(column, usual, calls[column[0].page]))
        if note_mark(note[0])[0] in calls[note[0].page]
    ]
    of_notes = {id(line) for note in notes for line in note}
    return tuple(line for line in lines if id(line) not in of_notes), tuple(notes)


def note_mark(note: Block) -> tuple[str, str]:
    """(the mark, the text) of a footnote; no mark where it is printed otherwise."""
    match = _MARK.match(note.text.strip())
    return (match[1], note.text.strip()[match.end() :]) if match else ("", note.text)


def _calls(lines: Sequence[Block], usual: float) -> dict[int | None, set[str]]:
    """The marks that the text of each page prints after its words, where a note is called."""
    calls: defaultdict[int | None, set[str]] = defaultdict(set)
    for line in lines:
        if _height(line) > _SMALL * usual:
            calls[line.page].update(_CALL.findall(line.text))
    return calls


def _usual_height(lines: Sequence[Block]) -> float:
    """The height of most of the text's lines, to half a point; 0 without places."""
    heights: Counter[float] = Counter()
    for line in lines:
        if line.bbox is not None:
            heights[_height(line)] += len(line.text)
    return max(heights, key=lambda height: (heights[height], height), default=0.0)


def _height(line: Block) -> float:
    return round(2 * (line.bbox[3] - line.bbox[1])) / 2 if line.bbox else 0.0


def _columns(lines: Sequence[Block]) -> Iterator[list[Block]]:
    """The lines of each column: where the next line stands higher, or the page ends, it ends."""
    column: list[Block] = []
    for line in lines:
        if line.bbox is None:
            continue
        last = column[-1] if column else None
        if last and last.bbox and (last.page != line.page or line.bbox[1] < last.bbox[1]):
            yield column
            column = []
        column.append(line)
    if column:
        yield column


def _foot(column: Sequence[Block], usual: float, calls: Set[str]) -> Sequence[Block]:
    """The lines that may be notes: small ones, or those from a called mark set apart by white.

    A raised mark makes its line as high as one of the text.
    """
    start = len(column)
    while start and _height(column[start - 1]) <= _SMALL * usual:
        start -= 1
    for at in range(max(1, len(column) - _MOST), start):
        called = note_mark(column[at])[0] in calls
        level = all(_height(line) <= _RAISED * usual for line in column[at:])
        if called and level and _white(column[at - 1], column[at]) >= _APART * usual:
            return column[at:]
    return column[start:]


def _white(above: Block, below: Block) -> float:
    return below.bbox[1] - above.bbox[3] if above.bbox and below.bbox else 0.0


def _notes(run: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    note: list[Block] = []
    for line in run:
        if _MARK.match(line.text.strip()):
            if note:
                yield tuple(note)
            note = [line]
        elif note:
            note.append(line)
    if note:
        yield tuple(note)
