"""Footnotes: small type at the foot of a page or column, begun by a mark that the text calls."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.model import Block

_SMALL = 0.92  # of the height of the text's lines
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
        for run in _small_runs(lines, usual)
        for note in _notes(run)
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


def _small_runs(lines: Sequence[Block], usual: float) -> Iterator[list[Block]]:
    """The small lines that end a column: after them the page ends, or the text begins higher."""
    for _, page in groupby(lines, key=lambda line: line.page):
        run: list[Block] = []
        last: Block | None = None
        for line in page:
            if line.bbox is None:
                return
            if last is not None and last.bbox is not None and line.bbox[1] < last.bbox[1]:
                yield run
                run = []
            run = [*run, line] if _height(line) <= _SMALL * usual else []
            last = line
        yield run


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
