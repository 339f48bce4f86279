"""PDF reports: pages into ruled tables and prose, with pdfplumber, counted again with PDFium."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from extractors.opening import OpenPdf, open_pdf
from extractors.tables.boxes import area, holds, middle, object_box
from extractors.tables.lines import join_lines
from extractors.tables.ruled import read_tables
from extractors.tables.second import find_grids
from pipeline.model import Block, Box, Page, Repair, Table

# A page under a picture of more than half of it, with fewer characters than this, is a scan that
# was stamped or numbered afterwards.
SCAN_CHARACTERS = 40
SCAN_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class PdfContent:
    """A PDF report in parts: tables page by page, the lines outside them, and what went wrong."""

    page_count: int
    pages: tuple[Page, ...]
    tables: tuple[Table, ...]
    prose: tuple[Block, ...]
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class _PageContent:
    page: Page
    tables: tuple[Table, ...] = ()
    repairs: tuple[Repair, ...] = ()


def read_pdf(path: Path) -> PdfContent:
    """Read every page of a local PDF; raise SourceError where none can be reached at all."""
    with open_pdf(path) as opened:
        contents = list(_read_pages(opened, path))
    repairs = (*opened.repairs, *(repair for content in contents for repair in content.repairs))
    return PdfContent(
        page_count=max(len(contents), opened.counted or 0),
        pages=tuple(content.page for content in contents),
        tables=tuple(table for content in contents for table in content.tables),
        prose=tuple(line for content in contents for line in content.page.lines),
        repairs=repairs,
    )


def _read_pages(opened: OpenPdf, path: Path) -> Iterator[_PageContent]:
    first = 1
    for number, page in enumerate(opened.pages, start=1):
        try:
            content = _read_page(page, number, first, None if opened.resaved else path)
        except Exception as error:  # one bad page must not cost the others
            content = _failed_page(number, error)
        finally:
            page.close()
        first += len(content.tables)
        yield content


def _read_page(page: Any, number: int, first: int, path: Path | None) -> _PageContent:
    seen = seen_box(page)
    # What lies outside is print nobody sees: rows hidden above the first, a cropped margin.
    whole = all(holds(seen, middle(object_box(char))) for char in page.chars)
    view = page if whole and seen == tuple(page.bbox) else page.crop(seen, strict=False)
    # A file that had to be resaved is not the one camelot would open.
    second = partial(find_grids, path, number, tuple(page.mediabox)) if path else list
    ruled = read_tables(view, number, first, second)
    lines = tuple(
        Block(line.text, page=number, bbox=_shift(line.bbox, seen), method="pdfplumber")
        for line in join_lines(ruled.rest)
    )
    width, height = seen[2] - seen[0], seen[3] - seen[1]
    return _PageContent(
        Page(number, width, height, lines, page.rotation),
        tuple(_shift_table(table, seen) for table in ruled.tables),
        tuple(_no_text(view, number)),
    )


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


def _no_text(page: Any, number: int) -> Iterator[Repair]:
    characters = sum(not char["text"].isspace() for char in page.chars)
    covered = max((_share(image, page) for image in page.images), default=0.0)
    if page.images and (not characters or (characters < SCAN_CHARACTERS and covered > SCAN_SHARE)):
        detail = {"page": str(number), "characters": str(characters)}
        yield Repair("no_text_layer", Block("", page=number), detail)


def _share(image: Any, page: Any) -> float:
    return area(object_box(image)) / float(page.width * page.height)


def _failed_page(number: int, error: Exception) -> _PageContent:
    detail = {"page": str(number), "error": type(error).__name__}
    repair = Repair("page_failed", Block("", page=number), detail)
    return _PageContent(Page(number, 0.0, 0.0), repairs=(repair,))


def _shift(box: Box, seen: Box) -> Box:
    x0, top, x1, bottom = (float(side) for side in box)
    return (x0 - seen[0], top - seen[1], x1 - seen[0], bottom - seen[1])


def _shift_table(table: Table, seen: Box) -> Table:
    def shifted(cell: Block | None) -> Block | None:
        return cell and replace(cell, bbox=_shift(cell.bbox, seen)) if cell and cell.bbox else cell

    return replace(table, rows=tuple(tuple(map(shifted, row)) for row in table.rows))
