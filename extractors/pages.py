"""PDF reports: each page read once into arrays, then into tables and prose; scans through OCR."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.geometry import Geometry
from extractors.opening import OpenPdf, open_pdf
from extractors.pdfium import read_geometry
from extractors.plain import read_plain
from extractors.reading_order import order_lines
from extractors.scans.verdict import Verdict, judge_page
from extractors.straightened import put_back
from extractors.tables.choose import Choice
from extractors.tables.find import Ask, find_grids, make_tables
from extractors.tables.headed import join_headers
from extractors.tables.opinions import Readers
from extractors.tables.totals import find_totals
from extractors.tables.unruled import find_unruled
from pipeline.model import Block, Box, Page, Repair, Table

IsAsked = Callable[[int], bool]  # of a page, counted from 1
Pictures = dict[bytes, Any]  # what `extractors.scans.read` knows of pictures already met


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


def read_pdf(path: Path, is_asked: IsAsked | None = None) -> PdfContent:
    """Read every page of a local PDF, or those asked for; `page_count` counts them all.

    Raises SourceError where none can be reached at all.
    """
    with open_pdf(path) as opened:
        count = len(opened.pdf)
        asked = [at for at in range(1, count + 1) if is_asked is None or is_asked(at)]
        contents = list(_read_pages(opened, path, asked))
    repairs = (*opened.repairs, *(repair for content in contents for repair in content.repairs))
    return PdfContent(
        page_count=max(count, opened.counted or 0),
        pages=tuple(content.page for content in contents),
        tables=tuple(table for content in contents for table in content.tables),
        prose=tuple(line for content in contents for line in content.page.lines),
        repairs=repairs,
    )


def _read_pages(opened: OpenPdf, path: Path, asked: Iterable[int]) -> Iterator[_PageContent]:
    # A file that had to be saved anew is not the one that other readers would open.
    ask = None if opened.resaved else Readers(path).ask
    pictures: Pictures = {}
    first = 1
    for number in asked:
        try:
            content = _read_page(opened.pdf, number, first, ask, pictures)
        except Exception as error:  # one bad page must not cost the others
            content = _failed_page(opened.pdf, number, error)
        first += len(content.tables)
        yield content


def _read_page(
    pdf: Any, number: int, first: int, ask: Ask | None, pictures: Pictures
) -> _PageContent:
    page = pdf[number - 1]
    try:
        geometry = read_geometry(page, number)
        verdict = judge_page(geometry)
        geometry, repairs = _see(page, geometry, verdict, pictures)
    finally:
        page.close()
    choices = _find_grids(geometry, ask)
    found = make_tables(geometry, choices, first)
    lines = order_lines(geometry, found.words, found.rest, _boxes(choices))
    seen = Page(
        number,
        geometry.width,
        geometry.height,
        lines.lines,
        geometry.rotation,
        lines.columns,
        verdict=verdict.kind,
        method=geometry.method,
        unread=geometry.unread,
    )
    seen, tables = put_back(seen, found.tables, geometry)
    return _PageContent(seen, tuple(tables), repairs)


def _find_grids(geometry: Geometry, ask: Ask | None) -> list[Choice]:
    """Ruled grids first; those without rules only on what these leave of the page."""
    ruled = find_grids(geometry, ask)
    ruled, others = join_headers(geometry, ruled, find_unruled(geometry, _boxes(ruled)))
    others += find_totals(geometry, [*(choice.grid for choice in ruled), *others])
    return [*ruled, *map(Choice, others)]


def _boxes(choices: Sequence[Choice]) -> list[Box]:
    return [choice.grid.bbox for choice in choices]


def _see(
    page: Any, geometry: Geometry, verdict: Verdict, pictures: Pictures
) -> tuple[Geometry, tuple[Repair, ...]]:
    """The page with what its pictures say, where they have to be read; or what kept us from it."""
    if not verdict.needs_ocr:
        return geometry, ()
    from extractors.scans.ocr import ocr_available  # OpenCV is slow to import: for scans alone
    from extractors.scans.read import read_scan

    missing = ocr_available()
    if missing is None:
        return read_scan(page, geometry, verdict, pictures), ()
    detail = {"page": str(geometry.number), "reason": missing, "verdict": verdict.kind}
    return geometry, (Repair("ocr_missing", Block("", page=geometry.number), detail),)


def _failed_page(pdf: Any, number: int, error: Exception) -> _PageContent:
    """What PDFium tells of a page by itself, and that the rest of it is lost."""
    detail = {"page": str(number), "error": type(error).__name__}
    try:
        page = read_plain(pdf, number)
    except Exception:  # there is nothing to be had of it
        page = Page(number, 0.0, 0.0)
    return _PageContent(page, repairs=(Repair("page_failed", Block("", page=number), detail),))
