"""The lines of a page outside its tables, in order of reading, with the columns they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extractors.columns_of_text import Pieces, part_columns
from extractors.geometry import Floats, Geometry, Ints, Words
from extractors.tables.flow import join_texts, order_words
from pipeline.model import Block, Box


@dataclass(frozen=True, slots=True)
class Lines:
    """A page's lines in order of reading; `columns` holds the box of each where there are some."""

    lines: tuple[Block, ...]
    columns: tuple[Box, ...] = ()


def order_lines(geometry: Geometry, words: Words, rest: Ints, tables: Sequence[Box] = ()) -> Lines:
    """The lines of the words outside tables.

    `words` are the page's (those of `extractors.tables.find.Found`, some of them parted), `rest`
    the indices of those that no table holds, `tables` where the tables stand: columns end above
    one that reaches over their gutter. Text set sideways and askew comes after the rest.
    """
    if not len(rest):
        return Lines(())
    groups, columns = _find_columns(words, rest, _obstacles(geometry, tables))
    flow = order_words(words, rest, groups)
    starts = np.flatnonzero(flow.begins)
    boxes = _around(words.boxes[flow.order], starts)
    texts = join_texts(words, flow, starts)
    sure = _confidences(geometry, words, flow.order, starts)
    lines = (
        Block(
            text,
            page=geometry.number,
            bbox=(box[0], box[1], box[2], box[3]),
            method=geometry.method,
            confidence=one,
        )
        for text, box, one in zip(texts, boxes.tolist(), sure, strict=True)
    )
    return Lines(tuple(lines), columns)


def _find_columns(words: Words, rest: Ints, obstacles: Floats) -> tuple[Ints, tuple[Box, ...]]:
    """The column of each word, in order of reading, and the columns' boxes if there are some."""
    upright = np.flatnonzero(words.turns[rest] == 0)
    groups = np.zeros(len(rest), dtype=np.int64)
    if not len(upright):
        return groups, ()
    at = rest[upright]
    begins = np.append(True, (np.diff(words.runs[at]) != 0) | (np.diff(at) != 1))
    starts = np.flatnonzero(begins)
    boxes = np.concatenate((_around(words.boxes[at], starts), obstacles))
    named = np.fromiter((words.texts[one][0].isalpha() for one in at), np.int64, len(at))
    counts = np.append(np.add.reduceat(named, starts), np.zeros(len(obstacles), np.int64))
    printed = np.arange(len(boxes)) < len(starts)
    order = np.lexsort((boxes[:, 0], boxes[:, 1] + boxes[:, 3]))
    parts = part_columns(Pieces(boxes[order], counts[order], printed[order]))
    if len(parts) == 1:
        return groups, ()
    of_piece = np.empty(len(boxes), dtype=np.int64)
    for number, part in enumerate(parts):
        of_piece[order[part]] = number
    groups[:] = len(parts)  # what is turned comes last
    groups[upright] = of_piece[np.cumsum(begins) - 1]
    return groups, tuple(_boxes_of(boxes[: len(starts)], of_piece[: len(starts)], len(parts)))


def _boxes_of(boxes: Floats, parts: Ints, count: int) -> list[Box]:
    found: list[Box] = []
    for number in range(count):
        inside = boxes[parts == number]
        if len(inside):
            low, high = inside[:, :2].min(axis=0).tolist(), inside[:, 2:].max(axis=0).tolist()
            found.append((low[0], low[1], high[0], high[1]))
    return found


def _obstacles(geometry: Geometry, tables: Sequence[Box]) -> Floats:
    """Where tables stand, and pictures that no text is printed over."""
    boxes = np.array(list(tables), dtype=np.float64).reshape(-1, 4)
    if not len(geometry.images) or not len(geometry.words):
        return boxes
    words = geometry.words.boxes
    x, y = (words[:, 0] + words[:, 2]) / 2, (words[:, 1] + words[:, 3]) / 2
    x0, top, x1, bottom = geometry.images.T[:, :, None]
    bare = ~((x0 < x) & (x < x1) & (top < y) & (y < bottom)).any(axis=1)
    return np.concatenate((boxes, geometry.images[bare]))


def _around(boxes: Floats, starts: Ints) -> Floats:
    """The boxes around the groups of boxes that begin at `starts`."""
    low = np.minimum.reduceat(boxes[:, :2], starts, axis=0)
    return np.column_stack((low, np.maximum.reduceat(boxes[:, 2:], starts, axis=0)))


def _confidences(geometry: Geometry, words: Words, order: Ints, starts: Ints) -> list[float | None]:
    """The lowest confidence that OCR told of a line's characters; None for print."""
    told = geometry.chars.confidences
    if not len(told) or np.isnan(told).all():
        return [None] * len(starts)
    lowest = np.array([told[a:b].min() for a, b in zip(words.starts, words.ends, strict=True)])
    of_lines = np.fmin.reduceat(lowest[order], starts)
    return [None if np.isnan(one) else float(one) for one in of_lines]
