"""A page that cannot be read into arrays, as PDFium's plain text: lines without places."""

from __future__ import annotations

from typing import Any

from pipeline.model import Block, Page

MOST = 100_000  # characters: a page of print has five thousand
BREAKS: dict[int, str | None] = {
    code: "\n" for code in (0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)
}
CONTROLS: dict[int, str | None] = {
    code: None for code in (*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF)
}


def read_plain(pdf: Any, number: int) -> Page:
    """Page `number` of PDFium's document; what is beyond MOST characters counts as unread.

    Raises PdfiumError where PDFium cannot read the page at all.
    """
    page = pdf[number - 1]
    try:
        width, height = page.get_size()
        text, unread = _read_text(page)
    finally:
        page.close()
    printed = (line.strip() for line in text.translate(CONTROLS | BREAKS).split("\n"))
    lines = tuple(Block(line, page=number, method="pdfium") for line in printed if line)
    return Page(number, width, height, lines, method="pdfium", unread=unread)


def _read_text(page: Any) -> tuple[str, int]:
    text = page.get_textpage()
    try:
        count = text.count_chars()
        read = min(count, MOST)
        return text.get_text_range(0, read, errors="replace") if read else "", count - read
    finally:
        text.close()
