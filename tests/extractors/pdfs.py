"""Small PDFs of our own making, for the tests of PDF reading."""

from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

WIDTH, HEIGHT = A4
RULED = ("GRID", (0, 0), (-1, -1), 0.8, colors.black)


def make_flow(path: Path, flowables: Sequence[Flowable]) -> Path:
    """A document that platypus lays out."""
    SimpleDocTemplate(str(path), pagesize=A4, invariant=1).build(list(flowables))
    return path


def make_pages(path: Path, *pages: Callable[[Canvas], object], **options: object) -> Path:
    """A document of pages drawn one by one."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1, **options)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def ruled(rows: Sequence[Sequence[str]], *style: tuple[object, ...], **options: object) -> Table:
    """A table with rules around every cell, spans by style commands."""
    return Table([list(row) for row in rows], style=[RULED, *style], **options)


def paragraph(text: str) -> Paragraph:
    """A paragraph of body text."""
    return Paragraph(text, getSampleStyleSheet()["BodyText"])
