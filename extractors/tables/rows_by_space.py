"""Paragraphs into rows by the white between them, and by cells in the middle of several rows."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.tables.paragraphs import Paragraph, by_overlap
from extractors.tables.rows_by_alignment import (
    CENTRED,
    OVERLAP,
    Placed,
    columns_of,
    is_one_row,
    split_aligned,
)


def find_rows(paragraphs: Sequence[Paragraph], height: float) -> list[Placed]:
    """The paragraphs in their rows, counted from 0 at the top."""
    bands = _join_header(by_overlap(paragraphs, OVERLAP * height), height)
    return _stack(bands, height)


def _stack(bands: Sequence[Sequence[Paragraph]], height: float) -> list[Placed]:
    """The rows of each band, one band under the other."""
    placed: list[Placed] = []
    base = 0
    for band in bands:
        rows = _split(band, height)
        placed += [Placed(one.paragraph, base + one.row, one.span) for one in rows]
        base += max((one.row + one.span for one in rows), default=0)
    return placed


def _split(band: Sequence[Paragraph], height: float) -> list[Placed]:
    if is_one_row(band, height):
        return [Placed(one, 0) for one in band]
    return split_centred(band, height) or split_aligned(band, height)


def split_centred(band: Sequence[Paragraph], height: float) -> list[Placed]:
    """Rows where some cells stand in the middle of all of them; none where none do."""
    middle = (min(one.top for one in band) + max(one.bottom for one in band)) / 2
    alone = [one for one in band if _is_alone(one, band)]
    for reach in CENTRED:
        whole = [one for one in alone if abs(one.middle - middle) <= reach * height]
        parts = by_overlap([one for one in band if one not in whole], OVERLAP * height)
        if whole and len(parts) > 1 and _are_levels(parts):
            return _under(whole, parts, height)
    return []


def _under(
    whole: Sequence[Paragraph], parts: Sequence[Sequence[Paragraph]], height: float
) -> list[Placed]:
    """Rows of the parts, one under the other, beside cells that span all of them."""
    placed = _stack(parts, height)
    rows = max(one.row + one.span for one in placed)
    return [Placed(one, 0, rows) for one in whole] + placed


def _are_levels(parts: Sequence[Sequence[Paragraph]]) -> bool:
    """Whether the lowest part has two columns more than the rest: names under a common name."""
    above = {column for part in parts[:-1] for one in part for column in columns_of(one)}
    lowest = {column for one in parts[-1] for column in columns_of(one)}
    return len(lowest) > len(lowest & above) + 1 or any(one.last > one.first for one in parts[0])


def _is_alone(one: Paragraph, band: Sequence[Paragraph]) -> bool:
    return not any(
        other is not one and other.first <= one.last and one.first <= other.last for other in band
    )


def _join_header(bands: Sequence[Sequence[Paragraph]], height: float) -> list[list[Paragraph]]:
    """The first two bands as one where cells of the second stand in the middle of both."""
    if len(bands) > 1:
        both = [*bands[0], *bands[1]]
        if not is_one_row(bands[1], height) and split_centred(both, height):
            return [both, *map(list, bands[2:])]
    return [list(band) for band in bands]
