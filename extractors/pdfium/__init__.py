"""A page of a PDF, read once from PDFium into arrays, through ctypes alone."""

from __future__ import annotations

import numpy as np
import pypdfium2

from extractors.geometry import Geometry
from extractors.pdfium import raw
from extractors.pdfium.chars import Read, read_chars
from extractors.pdfium.objects import Objects, PageTooLarge, find_objects
from extractors.pdfium.shapes import Shapes, read_shapes
from extractors.pdfium.view import View, find_view
from extractors.words import find_words

__all__ = ["PageTooLarge", "read_geometry"]


def read_geometry(page: pypdfium2.PdfPage, number: int) -> Geometry:
    """What is printed and drawn on a page, whose number counts from 1.

    Raises PageTooLarge, and PdfiumError where PDFium cannot read the text of the page.
    """
    with np.errstate(all="ignore"):  # what a page says may be infinite: it is nowhere on the page
        view = find_view(page)
        objects = find_objects(raw.address(page.raw))
        read = _read_print(page, objects, view)
        return _gather(read, read_shapes(objects, view), view, number)


def _read_print(page: pypdfium2.PdfPage, objects: Objects, view: View) -> Read:
    text = page.get_textpage()  # type: ignore[no-untyped-call]
    try:
        return read_chars(raw.address(text.raw), objects, view)
    finally:
        text.close()


def _gather(read: Read, shapes: Shapes, view: View, number: int) -> Geometry:
    return Geometry(
        number=number,
        width=view.width,
        height=view.height,
        rotation=view.rotation,
        chars=read.chars,
        words=find_words(read.chars),
        rules=shapes.rules,
        rule_shades=shapes.rule_shades,
        fills=shapes.fills,
        fill_shades=shapes.fill_shades,
        images=shapes.images,
        paths=shapes.paths,
        unread=read.unread,
        hidden=read.hidden,
        doubled=read.doubled,
    )
