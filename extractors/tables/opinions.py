"""What other libraries see of a page's rules: pdfplumber, then camelot by vector and by picture.

Each is imported and the file opened for it only when it is asked: seconds that most reports never
need. Their boxes are brought into the coordinates of the page as seen here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractors.tables.boxes import object_box
from extractors.tables.grid import Grid, make_grid
from pipeline.model import Box

# Pages of one document that others are asked about: each takes up to a second.
MOST_ASKED = 12
# A page larger than this (points) is not rendered for camelot.
LARGEST = 3000.0


@dataclass(slots=True)
class Readers:
    """The other readers of one file, and how often they may still be asked."""

    path: Path
    left: int = MOST_ASKED

    def ask(self, page: int) -> Iterator[list[Grid]]:
        """The grids of a page as each of the others sees them, one reader after the other."""
        if self.left <= 0:
            return
        self.left -= 1
        seen = _ask_pdfplumber(self.path, page)
        yield seen.grids
        if seen.frame:
            yield _ask_camelot(self.path, page, seen, "vector")
            if _may_render(seen):
                yield _ask_camelot(self.path, page, seen, "raster")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page in pdfplumber's coordinates: media box turned as the page is, the crop in it."""

    grids: list[Grid] = field(default_factory=list)
    frame: Box | None = None
    crop: Box = (0.0, 0.0, 0.0, 0.0)


def _may_render(seen: _Seen) -> bool:
    """Whether camelot may read a picture of the page; of a cropped one it mistakes the scale."""
    frame = seen.frame or (0.0, 0.0, 0.0, 0.0)
    largest = max(frame[2] - frame[0], frame[3] - frame[1])
    return largest <= LARGEST and seen.crop == tuple(map(float, frame))


def _ask_pdfplumber(path: Path, number: int) -> _Seen:
    try:
        import pdfplumber

        with pdfplumber.open(path, pages=[number]) as pdf:
            page = pdf.pages[0]
            crop = seen_box(page)
            finder = page.debug_tablefinder()
            rules = [_shift(object_box(edge), crop) for edge in finder.edges]
            cells = [[_shift(cell, crop) for cell in table.cells] for table in finder.tables]
            grids = [make_grid(boxes, "pdfplumber", rules) for boxes in cells]
            x0, top, x1, bottom = page.mediabox
            return _Seen(grids, (x0, top, x1, bottom), crop)
    except Exception:  # the own grid stands, whatever stopped the others
        return _Seen()


def _ask_camelot(path: Path, number: int, seen: _Seen, engine: str) -> list[Grid]:
    if seen.frame is None:
        return []
    try:
        from camelot.io import read_pdf

        # An absolute path, since camelot would fetch what looks like an address.
        name, pages = str(path.resolve()), str(number)
        tables = read_pdf(name, pages=pages, flavor="lattice", engine=engine)
    except Exception:  # see above
        return []
    # A table that camelot turned upright is measured in a frame of its own.
    boxes = [list(_boxes(table.cells, seen)) for table in tables if not table.rotation]
    return [make_grid(cells, "camelot") for cells in boxes if cells]


def seen_box(page: Any) -> Box:
    """The crop box in pdfplumber's coordinates, turned as the page is: what a reader sees."""
    mx0, my0, mx1, my1 = page.page_obj.mediabox
    cx0, cy0, cx1, cy1 = page.page_obj.cropbox
    # What the crop takes away, from the left round to the bottom of the page before it is turned.
    away = [max(0.0, cut) for cut in (cx0 - mx0, my1 - cy1, mx1 - cx1, cy0 - my0)]
    quarters = page.rotation // 90 % 4
    left, top, right, bottom = away[-quarters:] + away[:-quarters]
    x0, y0, x1, y1 = page.bbox
    seen = (x0 + left, y0 + top, x1 - right, y1 - bottom)
    return seen if seen[0] < seen[2] and seen[1] < seen[3] else (x0, y0, x1, y1)


def _boxes(cells: Sequence[Sequence[Any]], seen: _Seen) -> Iterator[Box]:
    """Boxes of the cells, those with no rule between them joined, measured from the top."""
    left, _, _, foot = seen.frame or (0.0, 0.0, 0.0, 0.0)
    taken: set[tuple[int, int]] = set()
    for row in range(len(cells)):
        for column in range(len(cells[row])):
            if (row, column) in taken:
                continue
            bottom, right = _reach(cells, row, column)
            taken |= {(r, c) for r in range(row, bottom + 1) for c in range(column, right + 1)}
            first, last = cells[row][column], cells[bottom][right]
            box = (left + first.x1, foot - first.y2, left + last.x2, foot - last.y1)
            yield _shift(box, seen.crop)


def _reach(cells: Sequence[Sequence[Any]], row: int, column: int) -> tuple[int, int]:
    """The last row and column of the rectangle without inner rules that begins here."""
    right = column
    while right + 1 < len(cells[row]) and not cells[row][right].right:
        right += 1
    bottom = row
    while bottom + 1 < len(cells) and not any(
        cell.bottom for cell in cells[bottom][column : right + 1]
    ):
        bottom += 1
    return bottom, right


def _shift(box: Iterable[float], crop: Box) -> Box:
    x0, top, x1, bottom = (float(side) for side in box)
    return (x0 - crop[0], top - crop[1], x1 - crop[0], bottom - crop[1])
