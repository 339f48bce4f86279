"""One file read for its tables or its prose alone, in a process that may be killed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from pipeline.engine import Job, Limits, run_all
from pipeline.model import Box, Document, Extract

T = TypeVar("T")
Spans = tuple[tuple[int, int], ...]  # first and last page, both counted
Drawn = dict[int, tuple[Box, ...]]

_SPAN = re.compile(r"\s*([1-9]\d{0,8})\s*(?:-\s*([1-9]\d{0,8})?\s*)?")
_LAST = 10**9
_LONGEST = 6_000  # pixels of a picture's longer side: a page may be 200 inches long
_SCALE = 2.0  # pixels a point


class NotRead(Exception):
    """Nothing of the file could be read: an error code of `pipeline.errors`, and its detail."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file's document and what was made of it; the extract is empty where nothing was read."""

    document: Document
    extract: Extract = field(default_factory=Extract)


def parse_pages(text: str) -> Spans:
    """The pages of `1,3-5,8-`; ValueError for what is no list of pages."""
    return tuple(map(_parse_span, text.split(",")))


def _parse_span(part: str) -> tuple[int, int]:
    match = _SPAN.fullmatch(part)
    if match is None:
        raise ValueError(part)
    first = int(match[1])
    last = int(match[2]) if match[2] else _LAST if "-" in part else first
    if last < first:
        raise ValueError(part)
    return first, last


def is_asked(page: int | None, spans: Spans) -> bool:
    """Whether a page is among those asked for; all are where none is named."""
    return not spans or (page is not None and any(a <= page <= b for a, b in spans))


def read_file(path: Path, spans: Spans, limits: Limits) -> FileRead:
    """The file with its tables whole. Raises NotRead when there is nothing."""
    from extractors.sources import count_pages

    read = _work_alone(path, _Read(spans), limits, count_pages)
    if read.document.status == "failed":
        raise NotRead(read.document.error, read.document.error_detail)
    return read


def draw_pages(path: Path, folder: Path, boxes: Drawn, document: Document, limits: Limits) -> None:
    """A PNG for each page with boxes: `page-003.png`. Raises NotRead when PDFium fails, OSError."""
    from extractors.sources import count_pages

    sides = {page.number: max(page.width, page.height) for page in document.pages}
    folder.mkdir(parents=True, exist_ok=True)
    draw = _Draw(folder.resolve(), boxes, {page: _scale(sides.get(page, 0)) for page in boxes})
    _work_alone(path, draw, limits, count_pages)


def picture_of(folder: Path, page: int) -> Path:
    """Where the picture of a page goes."""
    return folder / f"page-{page:03d}.png"


def _scale(side: float) -> float:
    return min(_SCALE, _LONGEST / side) if side > 0 else _SCALE


def _work_alone(
    path: Path, work: Callable[[Path, str], T], limits: Limits, count: Callable[[Path], int]
) -> T:
    from extractors.sources import name_source

    job = Job(path, name_source(path))
    (outcome,) = run_all([job], work, limits=limits, workers=1, count_pages=count)
    if outcome.result is None:
        raise NotRead(outcome.error, outcome.detail)
    return outcome.result


@dataclass(frozen=True, slots=True)
class _Read:
    """The worker's part: only the pages asked for are read."""

    spans: Spans

    def __call__(self, path: Path, source: str) -> FileRead:
        from extractors.extract import part_document
        from extractors.read import read_document

        asked = partial(is_asked, spans=self.spans) if self.spans else None
        document = read_document(path, source, asked)
        if document.status == "failed":
            return FileRead(document)
        pages = tuple(replace(page, lines=()) for page in document.pages)
        return FileRead(replace(document, pages=pages, prose=()), part_document(document))


@dataclass(frozen=True, slots=True)
class _Draw:
    folder: Path
    boxes: Drawn
    scales: dict[int, float]

    def __call__(self, path: Path, source: str) -> bool:
        from extractors.picture import draw_boxes

        for page, boxes in self.boxes.items():
            draw_boxes(path, page, boxes, picture_of(self.folder, page), self.scales[page])
        return True
