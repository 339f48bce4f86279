"""Open a PDF so that no page is lost: pdfplumber's count is held against PDFium's."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
from pdfminer.pdfdocument import PDFPasswordIncorrect

from extractors.sources import SourceError
from pipeline.model import Block, Repair

# Its warnings quote what is printed on the page.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class OpenPdf:
    """pdfplumber's pages, PDFium's count of them, and what it took to reach them."""

    pages: tuple[Any, ...]
    counted: int | None  # None: PDFium cannot open the file
    resaved: bool = False
    repairs: tuple[Repair, ...] = ()


@contextmanager
def open_pdf(path: Path) -> Iterator[OpenPdf]:
    """Open a local PDF, through a copy that PDFium wrote where pdfplumber alone loses pages."""
    data = path.read_bytes()
    counted = _count_pages(data)
    pdf, resaved = _open_whole(data, counted)
    try:
        pages = tuple(pdf.pages)
        yield OpenPdf(pages, counted, resaved, tuple(_repairs(len(pages), counted, resaved)))
    finally:
        pdf.close()


def _open_whole(data: bytes, counted: int | None) -> tuple[Any, bool]:
    """The document as pdfplumber sees it, and whether it had to be written anew to be whole."""
    try:
        pdf = _open(data)
    except SourceError as error:
        if error.code == "encrypted" or not counted:
            raise
        return _open(_resave(data)), True
    if counted is not None and len(pdf.pages) < counted:
        whole = _open(_resave(data))
        if len(whole.pages) > len(pdf.pages):
            return whole, True
    return pdf, False


def _open(data: bytes) -> Any:
    try:
        pdf = pdfplumber.open(io.BytesIO(data))
        len(pdf.pages)  # walks the page tree, which is where damage shows
    except Exception as error:
        # pdfplumber wraps what pdfminer raised, whose own message is empty.
        cause = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
        code = "encrypted" if isinstance(cause, PDFPasswordIncorrect) else "damaged_unreadable"
        raise SourceError(code, type(cause).__name__) from error
    return pdf


def _count_pages(data: bytes) -> int | None:
    try:
        with pypdfium2.PdfDocument(data) as pdf:  # type: ignore[no-untyped-call]
            return len(pdf)
    except pypdfium2.PdfiumError:
        return None


def _resave(data: bytes) -> bytes:
    with pypdfium2.PdfDocument(data) as pdf:  # type: ignore[no-untyped-call]
        copy = io.BytesIO()
        pdf.save(copy)
        return copy.getvalue()


def _repairs(read: int, counted: int | None, resaved: bool) -> Iterator[Repair]:
    detail = {"read": str(read), "counted": str(counted or 0)}
    if resaved:
        yield Repair("damaged_repaired", Block(""), detail)
    if read < (counted or 0):
        yield Repair("missing_pages", Block("", page=read or None), detail)
