"""Pages without rules of our own making, and what the finder of such tables makes of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

import numpy as np
import pypdfium2
from pdfs import HEIGHT, make_pages
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from extractors.geometry import Geometry
from extractors.pdfium import read_geometry
from extractors.tables.grid import Cell, Grid
from extractors.tables.unruled import find_unruled
from pipeline.model import Box

Draw = Callable[[Canvas], object]


@dataclass
class Look:
    """How a table is set: widths of its columns and all other measures in points."""

    widths: Sequence[float]
    at: tuple[float, float] = (60.0, 720.0)  # left, top from the foot of the page
    font: str = "Helvetica"
    bold: str = "Helvetica-Bold"
    size: float = 9.0
    leading: float = 1.2
    pad: tuple[float, float] = (4.0, 3.0)  # beside and above the text
    align: Sequence[int] = field(default_factory=list)  # 0 left, 1 middle, 2 right
    valign: str = "top"
    rules: str = ""  # "every" row, or "header" only
    bands: bool = False


def draw_table(canvas: Canvas, rows: Sequence[Sequence[str]], look: Look) -> float:
    """Set the rows; the foot of the table is returned."""
    cells = [
        [_paragraph(text, look, r, c) for c, text in enumerate(row)] for r, row in enumerate(rows)
    ]
    high = [[_wrap(cell, look, c) for c, cell in enumerate(row)] for row in cells]
    tops = list(accumulate((-max(row) - 2 * look.pad[1] for row in high), initial=look.at[1]))
    lefts = list(accumulate(look.widths, initial=look.at[0]))
    for r, row in enumerate(cells):
        if look.bands and r % 2:
            canvas.setFillGray(0.85)
            canvas.rect(lefts[0], tops[r + 1], lefts[-1] - lefts[0], tops[r] - tops[r + 1], 0, 1)
        for c, cell in enumerate(row):
            room = tops[r] - tops[r + 1] - 2 * look.pad[1] - high[r][c]
            drop = {"top": 0.0, "middle": room / 2, "bottom": room}[look.valign]
            cell.drawOn(canvas, lefts[c] + look.pad[0], tops[r] - look.pad[1] - drop - high[r][c])
    _rule(canvas, tops, lefts, look)
    return tops[-1]


def _rule(canvas: Canvas, tops: Sequence[float], lefts: Sequence[float], look: Look) -> None:
    if look.rules:
        inner = tops[1:-1] if look.rules == "every" else tops[1:2]
        for y in (tops[0], *inner, tops[-1]):
            canvas.line(lefts[0], y, lefts[-1], y)


def _paragraph(text: str, look: Look, row: int, column: int) -> Paragraph:
    font = look.font if row else look.bold
    align = look.align[column] if look.align else 0
    style = ParagraphStyle(
        "cell", fontName=font, fontSize=look.size, leading=look.size * look.leading, alignment=align
    )
    return Paragraph(text, style)


def _wrap(cell: Paragraph, look: Look, column: int) -> float:
    return float(cell.wrap(look.widths[column] - 2 * look.pad[0], HEIGHT)[1])


def draw_prose(canvas: Canvas, text: str, box: Box, size: float = 10, align: int = 0) -> float:
    """Set a paragraph from the top of a box measured from the foot; its own foot is returned."""
    style = ParagraphStyle("prose", fontSize=size, leading=size * 1.2, alignment=align)
    paragraph = Paragraph(text, style)
    _, high = paragraph.wrap(box[2] - box[0], HEIGHT)
    paragraph.drawOn(canvas, box[0], box[3] - high)
    return float(box[3] - high)


def read(path: Path, draw: Draw) -> Geometry:
    """The page that this draws."""
    document = pypdfium2.PdfDocument(make_pages(path, draw))
    return read_geometry(document[0], 1)


def find(path: Path, draw: Draw, taken: Sequence[Box] = ()) -> list[list[list[str]]]:
    """The texts of the tables found on the page that this draws."""
    geometry = read(path, draw)
    return [texts(grid, geometry) for grid in find_unruled(geometry, taken)]


def texts(grid: Grid, geometry: Geometry) -> list[list[str]]:
    """The words of each cell in the order of printing; "" where a span covers."""
    rows = [[""] * grid.shape[1] for _ in range(grid.shape[0])]
    for text, box in zip(geometry.words.texts, geometry.words.boxes.tolist(), strict=True):
        cell = cell_at(grid, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        if cell:
            rows[cell.row][cell.column] += (" " if rows[cell.row][cell.column] else "") + text
    return rows


def cell_at(grid: Grid, x: float, y: float) -> Cell | None:
    """The cell that holds a point."""
    (index,) = grid.find_cells(np.array([x]), np.array([y])).tolist()
    return grid.cells[index] if index >= 0 else None
