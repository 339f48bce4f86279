"""A report as PDF: real ruled tables, spans without inner rules, the header on each page."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from samples.model import Prose, Report, Sheet
from samples.pages import Cell, header_lines, paginate

MARGIN = 15 * mm
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10.5, leading=14.5, spaceAfter=8)
HEAD = ParagraphStyle("head", parent=BODY, fontName="Helvetica-Bold", keepWithNext=1)
STYLES = {
    "title": ParagraphStyle("title", parent=HEAD, fontSize=15, leading=19),
    "cover": ParagraphStyle(
        "cover", parent=HEAD, fontSize=18, leading=26, spaceBefore=50, alignment=TA_CENTER
    ),
    "heading": ParagraphStyle("heading", parent=HEAD, fontSize=12, leading=16),
    "caption": ParagraphStyle("caption", parent=HEAD, fontSize=10, leading=13),
    "body": BODY,
}


def write_pdf(report: Report) -> bytes:
    """The report's PDF: the same bytes on every machine, so uncompressed and without a date."""
    size = landscape(A4) if report.landscape else A4
    buffer = io.BytesIO()
    template = SimpleDocTemplate(
        buffer,
        pagesize=size,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=report.title,
        lang="es",
        invariant=1,
        pageCompression=0,
    )

    def draw_footer(canvas: Canvas, _template: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 7)
        footer = report.footer.format(page=canvas.getPageNumber())
        canvas.drawCentredString(size[0] / 2, 8 * mm, footer)

    template.build(_flow(report), onFirstPage=draw_footer, onLaterPages=draw_footer)
    return buffer.getvalue()


def _flow(report: Report) -> list[Flowable]:
    flow: list[Flowable] = []
    for part in report.parts:
        if isinstance(part, Prose):
            flow.append(_paragraph(part.text, STYLES[part.style]))
        elif isinstance(part, Sheet):
            flow += [*_tables(part), Spacer(1, 4 * mm)]
        else:
            flow.append(PageBreak())
    return flow


def _tables(sheet: Sheet) -> list[Flowable]:
    flow: list[Flowable] = []
    header = header_lines(sheet.columns)
    for lines in paginate(sheet):
        table = _table(sheet, header, [line.cells for line in lines])
        flow += [PageBreak(), table] if flow else [table]
    return flow


def _table(sheet: Sheet, header: list[tuple[Cell, ...]], lines: list[tuple[Cell, ...]]) -> Table:
    plain = ParagraphStyle(
        "cell", fontName="Helvetica", fontSize=sheet.size, leading=sheet.size * 1.2
    )
    bold = ParagraphStyle("head", parent=plain, fontName="Helvetica-Bold")
    grid = [*header, *lines]
    data = [
        [_paragraph(cell.text, bold if r < len(header) else plain) for cell in cells]
        for r, cells in enumerate(grid)
    ]
    widths = [column.width * mm for column in sheet.columns]
    # a page is cut where the declaration says, or building fails
    table = Table(data, colWidths=widths, splitByRow=0, splitInRow=0, hAlign="LEFT")
    table.setStyle(TableStyle([*_look(len(header), sheet.padding), *_spans(grid), *_shades(grid)]))
    return table


def _look(header_rows: int, padding: float) -> list[tuple[object, ...]]:
    look: list[tuple[object, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.6, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2.5),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2.5),
        ("TOPPADDING", (0, 0), (-1, -1), padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), padding + 1),
    ]
    if header_rows:
        look.append(("BACKGROUND", (0, 0), (-1, header_rows - 1), colors.HexColor("#e3ebe4")))
    return look


def _spans(grid: Sequence[tuple[Cell, ...]]) -> list[tuple[object, ...]]:
    spans: list[tuple[object, ...]] = []
    for r, cells in enumerate(grid):
        for c, cell in enumerate(cells):
            right = _run([place.kind for place in cells[c + 1 :]], "left")
            down = _run([line[c].kind for line in grid[r + 1 :]], "above")
            if cell.kind == "own" and (right or down):
                spans.append(("SPAN", (c, r), (c + right, r + down)))
    return spans


def _run(kinds: list[str], kind: str) -> int:
    """How many of `kinds` are `kind` before the first that is not."""
    return next((n for n, other in enumerate(kinds) if other != kind), len(kinds))


def _shades(grid: Sequence[tuple[Cell, ...]]) -> list[tuple[object, ...]]:
    return [
        ("BACKGROUND", (c, r), (c, r), colors.HexColor("#9cb8a3"))
        for r, cells in enumerate(grid)
        for c, cell in enumerate(cells)
        if cell.shaded
    ]


def _paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    marked = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text), flags=re.DOTALL)
    return Paragraph(marked.replace("\n", "<br/>"), style)
