"""Tables inside a frame whose foot or head they stand on: lines that hang together by it alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from extractors.geometry import Flags
from extractors.tables.grid import NARROWEST_COLUMN
from extractors.tables.rules import Lines

Group = tuple[Lines, Lines]  # lines across and down that hang together
Parts = Callable[[Lines, Lines], Iterator[tuple[Flags, Flags]]]

FEWEST_DOWN = 3  # lines of the inner table: two columns
FEWEST_ACROSS = 2  # beside the one of the frame
FRAME = 2  # lines down of the frame


def part_nested(group: Group, parts: Parts) -> list[Group]:
    """The group, or the frame and each table inside it that only shares its first or last line.

    `parts` tells which lines across and down hang together.
    """
    across, down = group
    if len(across) < FEWEST_ACROSS + FRAME or len(down) < FEWEST_DOWN + FRAME:
        return [group]
    for at in (int(across.at.argmax()), int(across.at.argmin())):
        others = np.arange(len(across)) != at
        frame = across.select(~others)
        inner = [
            (lying, standing)
            for lying, standing in parts(across.select(others), down)
            if _is_inner(across.select(others).select(lying), down.select(standing), frame)
        ]
        if inner:
            return list(_part(group, others, inner, frame))
    return [group]


def _is_inner(lying: Lines, standing: Lines, frame: Lines) -> bool:
    """Whether these are a table's lines that stand well inside the sides of a frame."""
    return (
        len(lying) >= FEWEST_ACROSS
        and len(standing) >= FEWEST_DOWN
        and bool(standing.at.min() > frame.starts[0] + NARROWEST_COLUMN)
        and bool(standing.at.max() < frame.ends[0] - NARROWEST_COLUMN)
        and bool(lying.starts.min() > frame.starts[0] + NARROWEST_COLUMN)
        and bool(lying.ends.max() < frame.ends[0] - NARROWEST_COLUMN)
    )


def _part(
    group: Group, others: Flags, inner: list[tuple[Flags, Flags]], frame: Lines
) -> Iterator[Group]:
    across, down = group
    left = np.ones(len(across), np.bool_), np.ones(len(down), np.bool_)
    for lying, standing in inner:
        own = np.zeros(len(across), np.bool_)
        own[np.flatnonzero(others)[lying]] = True
        left[0][own], left[1][standing] = False, False
        sides = down.select(standing)
        edge = Lines(frame.at, np.array([sides.at.min()]), np.array([sides.at.max()]))
        yield join_lines(across.select(own), edge), sides
    if left[1].any():
        yield across.select(left[0]), down.select(left[1])


def join_lines(one: Lines, other: Lines) -> Lines:
    """The lines of both."""
    return Lines(
        np.concatenate((one.at, other.at)),
        np.concatenate((one.starts, other.starts)),
        np.concatenate((one.ends, other.ends)),
    )
