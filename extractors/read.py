"""Any input into a Document; a bad file is a Document too, with its error code."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from extractors.formats import OFFICE_TYPES
from extractors.sources import Source, SourceError, decode_text, load_source
from extractors.text import read_text
from pipeline.model import Document, Repair, Status

# Repairs that leave something of a document unread, gravest first: its error code.
_PARTIAL = ("missing_pages", "page_failed", "ocr_missing", "damaged_repaired")
_CODES = {"missing_pages": "damaged_repaired"}


def read_document(
    path: Path, source: str, is_asked: Callable[[int], bool] | None = None
) -> Document:
    """Read one file, or those of a PDF's pages that are asked for.

    `source` is its name as the user gave it. Never raises for its content.
    """
    try:
        loaded = load_source(path)
        if loaded.media_type == "application/pdf":
            return _read_pdf(loaded, source, is_asked)
        if loaded.media_type in OFFICE_TYPES.values():
            return _read_office(loaded, source)
        return _read_text(loaded, source)
    except SourceError as error:
        return failed_document(source, error.code, error.detail, error.sha256)


def failed_document(source: str, code: str, detail: str = "", sha256: str = "") -> Document:
    """A document of which nothing was read; one without bytes is known by its name alone."""
    known = sha256 or hashlib.sha256(source.encode("utf-8", "surrogateescape")).hexdigest()
    return Document(source, known, status="failed", error=code, error_detail=detail)


def hash_file(path: Path) -> str:
    """The SHA-256 of a file's bytes, "" when they cannot be read."""
    try:
        if not path.is_file():  # a pipe would wait for ever
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _read_text(loaded: Source, source: str) -> Document:
    content = read_text(decode_text(loaded.data))
    return Document(
        source,
        loaded.sha256,
        loaded.media_type,
        page_count=1,
        tables=content.tables,
        prose=content.prose,
    )


def _read_office(loaded: Source, source: str) -> Document:
    from extractors.office import read_office  # lxml is not for text reports

    try:
        content = read_office(loaded.media_type, loaded.data)
    except SourceError as error:
        raise SourceError(error.code, error.detail, loaded.sha256) from error
    empty = not (content.tables or content.prose or content.footnotes)
    return Document(
        source,
        loaded.sha256,
        loaded.media_type,
        page_count=content.page_count,
        tables=content.tables,
        prose=content.prose,
        status="failed" if empty else "ok",
        error="empty" if empty else "",
        repairs=content.repairs,
        furniture=content.furniture,
        footnotes=content.footnotes,
    )


def _read_pdf(loaded: Source, source: str, is_asked: Callable[[int], bool] | None) -> Document:
    from extractors.pages import read_pdf  # PDFium and NumPy are not for text reports

    with _on_disk(loaded) as path:
        content = read_pdf(path, is_asked)
    document = Document(
        source,
        loaded.sha256,
        loaded.media_type,
        page_count=content.page_count,
        ocr_page_count=sum(page.method == "tesseract" for page in content.pages),
        pages=content.pages,
        tables=content.tables,
        prose=content.prose,
        repairs=content.repairs,
    )
    return _with_status(document, whole=is_asked is None)


@contextmanager
def _on_disk(loaded: Source) -> Iterator[Path]:
    """The file; of one inside an archive, a copy that is there for a while."""
    if os.path.lexists(loaded.path):
        yield loaded.path
        return
    with tempfile.TemporaryDirectory(prefix="cuadra-") as folder:
        path = Path(folder, "report.pdf")
        path.write_bytes(loaded.data)
        yield path


def _with_status(document: Document, *, whole: bool) -> Document:
    """Partial when something named could not be read, failed when nothing could.

    Of a document that was not read whole some pages may be empty.
    """
    kinds = {repair.kind for repair in document.repairs}
    worst = next((kind for kind in _PARTIAL if kind in kinds), "")
    empty = not (document.tables or document.prose)
    if not worst:
        failed = empty and whole
        return replace(document, status="failed", error="no_text_layer") if failed else document
    code = _CODES.get(worst, worst)
    lost = empty or kinds & {"missing_pages", "page_failed", "ocr_missing"}
    status: Status = "failed" if empty else "partial" if lost else "ok"
    detail = _pages([repair for repair in document.repairs if repair.kind == worst])
    return replace(document, status=status, error=code, error_detail=detail)


def _pages(repairs: list[Repair]) -> str:
    pages = sorted(repair.block.page for repair in repairs if repair.block.page)
    return f"p. {', '.join(map(str, pages))}" if pages else ""
