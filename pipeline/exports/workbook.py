"""Tables as an XLSX workbook: a sheet each, every cell text, nothing cut without a word.

The only import of XlsxWriter. A sheet takes 1,048,576 rows and 16,384 columns, a cell 32,767
characters: a larger table goes on in further sheets, a longer text on a sheet of its own.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from pipeline.exports.layouts import tell_pages, visible
from pipeline.exports.tables import Placed, place_cells, table_pages
from pipeline.messages import say
from pipeline.model import Table
from pipeline.spreadsheet import is_risky

ROWS, COLUMNS, CHARACTERS = 1_048_576, 16_384, 32_767
_SHOWN = 1_000  # characters of a long text that stay in its cell
_PIECE = CHARACTERS // 2  # a character may count as two
_WIDTH = 28  # of a column, in characters
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_MADE = datetime(2000, 1, 1)  # a file's date would change its bytes


class _Book:
    """A workbook with the formats of its cells, and the texts too long for one."""

    def __init__(self, out: io.BytesIO, lang: str) -> None:
        self.book: Any = xlsxwriter.Workbook(out, _OPTIONS)
        self.book.set_properties({"created": _MADE})
        self.lang = lang
        self.long: list[list[str]] = []
        wrapped = {"text_wrap": True, "valign": "top", "border": 1}
        self.formats = {
            (bold, quoted): self.book.add_format(
                {**wrapped, "bold": bold, "quote_prefix": quoted, "num_format": "@"}
            )
            for bold in (False, True)
            for quoted in (False, True)
        }

    def write_table(self, table: Table, number: int) -> None:
        """A sheet for the table, more of them where it is larger than a sheet."""
        blocks: dict[tuple[int, int], list[Placed]] = {(0, 0): []}
        for placed in place_cells(table):
            spot = ((placed.row - 1) // ROWS, (placed.col - 1) // COLUMNS)
            blocks.setdefault(spot, []).append(placed)
        for part, cells in enumerate(blocks.values(), start=1):
            name = _sheet_name(table, number, part)
            sheet = self.book.add_worksheet(name)
            sheet.set_column(0, _last_column(cells), _WIDTH)
            for placed in cells:
                self._write_cell(sheet, placed, placed.row <= table.header_rows, name)

    def _write_cell(self, sheet: Any, placed: Placed, bold: bool, name: str) -> None:
        row, column = (placed.row - 1) % ROWS, (placed.col - 1) % COLUMNS
        last = min(row + placed.row_span, ROWS) - 1, min(column + placed.col_span, COLUMNS) - 1
        text = visible(placed.block.text)
        style = self.formats[bold, is_risky(text)]
        shown = self._shorten(text, name, placed)
        if last != (row, column):
            sheet.merge_range(row, column, *last, "", style)
        sheet.write_string(row, column, shown, style)

    def _shorten(self, text: str, name: str, placed: Placed) -> str:
        if _length(text) <= CHARACTERS:
            return text
        pieces = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
        self.long.append([name, str(placed.row), str(placed.col), *pieces])
        told = say(self.lang, "tables.long_text", sheet=self._long_name(), row=len(self.long) + 1)
        return text[:_SHOWN] + f"… [{told}]"

    def _long_name(self) -> str:
        return say(self.lang, "tables.long_texts")

    def write_long(self) -> None:
        """The texts that no cell holds, in pieces from left to right, if there are any."""
        if not self.long:
            return
        sheet = self.book.add_worksheet(self._long_name())
        columns = [say(self.lang, f"tables.{name}") for name in ("sheet", "row", "col", "text")]
        for row, texts in enumerate([columns, *self.long]):
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text, self.formats[row == 0, is_risky(text)])

    def write_nothing(self) -> None:
        """A sheet that says that there is no table: a workbook needs one."""
        self.book.add_worksheet().write_string(0, 0, say(self.lang, "tables.none"))


def as_xlsx(tables: Sequence[Table], lang: str) -> bytes:
    """A workbook of these tables, the same bytes for the same tables."""
    out = io.BytesIO()
    book = _Book(out, lang)
    for number, table in enumerate(tables, start=1):
        book.write_table(table, number)
    book.write_long()
    if not tables:
        book.write_nothing()
    book.book.close()
    return out.getvalue()


def _sheet_name(table: Table, number: int, part: int) -> str:
    pages = table_pages(table)
    place = f" (p. {tell_pages(pages)})" if pages else ""
    return f"{number}{place}" + (f" +{part - 1}" if part > 1 else "")


def _last_column(cells: Iterable[Placed]) -> int:
    return max((placed.col - 1) % COLUMNS for placed in cells) if cells else 0


def _length(text: str) -> int:
    """As a spreadsheet counts: in units of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
