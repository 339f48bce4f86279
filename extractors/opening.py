"""Open a PDF so that no page is lost: PDFium's count of pages is held against qpdf's (pikepdf)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from extractors.sources import SourceError, forget_last_fault
from pipeline.model import Block, Repair


@dataclass(frozen=True, slots=True)
class OpenPdf:
    """A document of PDFium's, qpdf's count of its pages, and what it took to reach them."""

    pdf: pypdfium2.PdfDocument
    counted: int | None  # None: qpdf cannot open the file
    resaved: bool = False
    repairs: tuple[Repair, ...] = ()


@contextmanager
def open_pdf(path: Path) -> Iterator[OpenPdf]:
    """Open a local PDF, through a copy that qpdf wrote where PDFium alone loses pages.

    Raises SourceError: `encrypted`, or `damaged_unreadable` where no page can be reached.
    """
    data = path.read_bytes()
    counted = _count_pages(data)
    pdf, resaved = _open_whole(data, counted)
    try:
        if not len(pdf):
            raise SourceError("damaged_unreadable", "no pages")
        yield OpenPdf(pdf, counted, resaved, tuple(_repairs(len(pdf), counted, resaved)))
    finally:
        pdf.close()  # type: ignore[no-untyped-call]


def _open_whole(data: bytes, counted: int | None) -> tuple[pypdfium2.PdfDocument, bool]:
    """The document as PDFium sees it, and whether it had to be written anew to be whole."""
    try:
        pdf = _open(data)
    except SourceError as error:
        if error.code == "encrypted" or not counted:
            raise
        return _open(_resave(data)), True
    if counted is not None and len(pdf) < counted:
        whole = _open(_resave(data))
        if len(whole) > len(pdf):
            return whole, True
    return pdf, False


def _open(data: bytes) -> pypdfium2.PdfDocument:
    forget_last_fault()
    try:
        return pypdfium2.PdfDocument(data)  # type: ignore[no-untyped-call]
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pdfium.FPDF_ERR_PASSWORD  # type: ignore[attr-defined]
        code = "encrypted" if locked else "damaged_unreadable"
        raise SourceError(code, type(error).__name__) from error


def _count_pages(data: bytes) -> int | None:
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            return len(pdf.pages)
    except Exception:  # the first count stands, whatever stopped the second
        return None


def _resave(data: bytes) -> bytes:
    copy = io.BytesIO()
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
        pdf.save(copy)
    return copy.getvalue()


def _repairs(read: int, counted: int | None, resaved: bool) -> Iterator[Repair]:
    detail = {"read": str(read), "counted": str(counted or 0)}
    if resaved:
        yield Repair("damaged_repaired", Block(""), detail)
    if read < (counted or 0):
        yield Repair("missing_pages", Block("", page=read or None), detail)
