"""The gold's tables set again, with horizontal rules only or none: wrapped cells, repeated headers.

Two manners of rules by turns: one under every row, and three a page (above and under the header,
under the last row). The gold is what was set: the header again and the rows that fell on the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

import matplotlib
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph
from tables_gold import Known, Rows

WIDTH, HEIGHT = landscape(A4)
MARGIN, FOOT = 36.0, 48.0
PADDING = 3.0  # at every side of a cell
LONGEST = 400  # letters of a column's longest cell that still widen it
CAPTION = "Cuadro {}. Lo previsto y lo alcanzado, con quien responde de ello"
RUNNING = "Anexo del informe: cuadros de actividades"
_FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
for _name, _file in (("Set", "DejaVuSans.ttf"), ("SetBold", "DejaVuSans-Bold.ttf")):
    pdfmetrics.registerFont(TTFont(_name, _FONTS / _file))
SIZE, LEADING = 6.0, 7.4
TEXT = ParagraphStyle("text", fontName="Set", fontSize=SIZE, leading=LEADING, splitLongWords=True)
HEAD = ParagraphStyle("head", parent=TEXT, fontName="SetBold")


@dataclass(frozen=True, slots=True)
class Long:
    """A table as it was before pages cut it: the header's rows, and all others."""

    header: Rows
    body: Rows


def set_again(known: Known, folder: Path, kind: str) -> Known:
    """Set one report's tables into a PDF of this folder, "horizontal" or "unruled" as `kind` says.

    The gold of a page is what was set there.
    """
    path = folder / f"{known.name.replace('chromium_ruled', f'reportlab_{kind}')}.pdf"
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=True)
    sheet = _Sheet(canvas, rules=kind == "horizontal")
    for number, table in enumerate(_join_pages(known), start=1):
        sheet.set_table(table, number, every_row=number % 2 == 1)
    sheet.end_page()
    sheet.canvas.save()
    return Known(path, kind, sheet.page - 1, sheet.gold)


def _join_pages(known: Known) -> Iterator[Long]:
    tables = [table for _, tables in sorted(known.pages.items()) for table in tables]
    for header, parts in groupby(tables, key=lambda rows: rows[: _header_rows(rows)]):
        body: list[Sequence[str]] = []
        for rows in parts:
            first, *others = [*rows[len(header) :], []]
            body[-1:] = _join_cut(body[-1:], first)
            body += others[:-1]
        yield Long(header, body)


def _join_cut(above: list[Sequence[str]], row: Sequence[str]) -> list[Sequence[str]]:
    """The row above and a page's first one; one row where a cell goes on in lower case."""
    if above and any(text[:1].islower() for text in row):
        return [[f"{one} {more}".strip() for one, more in zip(above[0], row, strict=True)]]
    return [*above, row] if row else above


def _header_rows(rows: Rows) -> int:
    """Two where the first label goes down over the second row."""
    return 2 if len(rows) > 2 and not rows[1][0] else 1


class _Sheet:
    """The page being set: where the next row goes, and what stands on each page."""

    def __init__(self, canvas: Any, *, rules: bool) -> None:
        self.canvas, self.rules, self.page, self.top = canvas, rules, 1, MARGIN
        self.gold: dict[int, list[Rows]] = {}

    def set_table(self, table: Long, number: int, *, every_row: bool) -> None:
        """All rows, on as many pages as they take, the header on each."""
        widths = _widths(table)
        header = [_cells(row, widths, HEAD, wide=True) for row in table.header]
        body = [_cells(row, widths, TEXT, wide=False) for row in table.body]
        self._begin(header, table, number, room=_height(body[0]) if body else 0.0)
        for row, cells in zip(table.body, body, strict=True):
            if self.top + _height(cells) > HEIGHT - FOOT:
                self._end_table(every_row)
                self.end_page()
                self._begin(header, table, number, room=_height(cells))
            self._set_row(cells)
            self.gold[self.page][-1] = [*self.gold[self.page][-1], row]
            if every_row:
                self._rule()
        self._end_table(every_row)

    def _begin(self, header: list[list[_Cell]], table: Long, number: int, room: float) -> None:
        needed = 24.0 + sum(map(_height, header)) + room
        if self.top + needed > HEIGHT - FOOT and self.top > MARGIN:
            self.end_page()
        if self.top + needed > HEIGHT - FOOT:
            raise ValueError(f"a row of table {number} is higher than a page")
        self.canvas.setFont("Set", 8)
        self.canvas.drawString(MARGIN, HEIGHT - self.top - 12, CAPTION.format(number))
        self.top += 24
        self._rule()
        for cells in header:
            self._set_row(cells)
        self._rule()
        self.gold.setdefault(self.page, []).append(table.header)

    def _set_row(self, cells: Sequence[_Cell]) -> None:
        for cell in cells:
            below = HEIGHT - self.top - PADDING - cell.height
            cell.paragraph.drawOn(self.canvas, cell.left + PADDING, below)
        self.top += _height(cells)

    def _rule(self) -> None:
        if self.rules:
            self.canvas.setLineWidth(0.5)
            self.canvas.line(MARGIN, HEIGHT - self.top, WIDTH - MARGIN, HEIGHT - self.top)

    def _end_table(self, every_row: bool) -> None:
        if not every_row:
            self._rule()
        self.top += 18

    def end_page(self) -> None:
        """Running line and number, then the next page."""
        self.canvas.setFont("Set", 7)
        self.canvas.drawString(MARGIN, FOOT / 2, RUNNING)
        self.canvas.drawRightString(WIDTH - MARGIN, FOOT / 2, str(self.page))
        self.canvas.showPage()
        self.page, self.top = self.page + 1, MARGIN


@dataclass(frozen=True, slots=True)
class _Cell:
    left: float
    height: float
    paragraph: Any


def _cells(
    row: Sequence[str], widths: Sequence[float], style: ParagraphStyle, *, wide: bool
) -> list[_Cell]:
    """The printed cells of a row; a header's label has the room of the empty cells after it."""
    cells = []
    for column, text in enumerate(row):
        if not text:
            continue
        end = column + 1
        while wide and end < len(row) and not row[end]:
            end += 1
        paragraph: Any = Paragraph(escape(text), style)
        _, height = paragraph.wrap(sum(widths[column:end]) - 2 * PADDING, HEIGHT)
        cells.append(_Cell(MARGIN + sum(widths[:column]), height, paragraph))
    return cells


def _height(cells: Sequence[_Cell]) -> float:
    return max((cell.height for cell in cells), default=LEADING) + 2 * PADDING


def _widths(table: Long) -> list[float]:
    """Columns of at least their longest word; what is left goes by their longest cells."""
    columns = list(zip(*table.header, *table.body, strict=True))
    words = [[word for text in column for word in text.split()] for column in columns]
    least = [max((_measure(word) for word in some), default=0) + 2 * PADDING for some in words]
    room = WIDTH - 2 * MARGIN
    scale = min(1.0, 0.8 * room / sum(least))
    least = [scale * width for width in least]
    shares = [min(max(map(len, column)), LONGEST) + 1 for column in columns]
    rest = room - sum(least)
    return [width + rest * share / sum(shares) for width, share in zip(least, shares, strict=True)]


def _measure(word: str) -> float:
    return float(pdfmetrics.stringWidth(word, "SetBold", SIZE))
