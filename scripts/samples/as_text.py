"""A report as the text that a converter makes of its pages: tabs, leftovers, repeated headers."""

from __future__ import annotations

import re

from samples.model import Markup, Prose, Report, Sheet
from samples.pages import Cell, Line, header_lines, paginate

BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def write_text(report: Report) -> str:
    """The report's text, lines ended by LF."""
    parts = [
        _prose(part, report.markdown) if isinstance(part, Prose) else _sheet(part)
        for part in report.parts
        if isinstance(part, Prose | Sheet)
    ]
    return "\n\n" + "\n\n".join(parts) + "\n"


def _prose(part: Prose, markdown: bool) -> str:
    return part.text if markdown else BOLD.sub(r"\1", part.text)


def _sheet(sheet: Sheet) -> str:
    header = [_join(cells, sheet) for cells in header_lines(sheet.columns)]
    printed = []
    for number, lines in enumerate(paginate(sheet)):
        if lines[0].middle:  # a page filled by one cell comes out as prose
            printed.append("\n\n".join(cell.text for cell in lines[0].cells if cell.text))
            continue
        shown = header if number == 0 or sheet.repeat_header else []
        printed.append("\n".join([*shown, *_lines(lines, sheet)]))
    return ("\n" * (sheet.gap + 1)).join(printed)


def _lines(lines: list[Line], sheet: Sheet) -> list[str]:
    order = sorted(enumerate(lines), key=lambda item: item[0] + item[1].row.after * 1.5)
    return [_join(_shifted(line), sheet) for _, line in order]


def _shifted(line: Line) -> tuple[Cell, ...]:
    shift = line.row.shift if line.first else 0
    empty = (Cell(),) * abs(shift)
    if shift > 0:
        return (empty + line.cells)[: len(line.cells)]
    return line.cells[-shift:] + empty


def _join(cells: tuple[Cell, ...], sheet: Sheet) -> str:
    joined = "\t".join(_mark_up(cell.text, sheet.markup) for cell in cells)
    return joined.replace("$", "\\$") if sheet.escape_dollar else joined


def _mark_up(text: str, markup: Markup) -> str:
    if markup == "html":
        return "  ".join(_paragraph(part) for part in text.split("\n\n") if part)
    joined = " ".join(text.split())
    return BOLD.sub(r"<b>\1</b>" if markup == "bold" else r"\1", joined)


def _paragraph(text: str) -> str:
    marked = BOLD.sub(r"<b>\1</b>", text)
    if not marked.startswith("- "):
        return f"<p>{'          '.join(marked.splitlines())}</p>"
    items = " ".join(f"<li>{line}</li>" for line in marked.splitlines())
    return f'<ul style="list-style-type: none"> {items} </ul>'
