"""What a sample report is made of, and its declaration (TOML) read into that."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

CUT = "¦"  # in a cell: a page ends here
ABOVE = "^"  # a cell merged with the one above it

Markup = Literal["plain", "bold", "html"]
SHEET_OPTIONS = ("name", "markup", "repeat_header", "gap", "escape_dollar", "size", "padding")


@dataclass(frozen=True)
class Prose:
    """Lines outside tables; `style` names how the PDF shows them."""

    text: str
    style: str = "body"


@dataclass(frozen=True)
class PageBreak:
    """The next part begins a page."""


@dataclass(frozen=True)
class Column:
    """A column of a sheet: `width` in millimetres; a `merge` column repeats what stands above."""

    key: str
    width: float
    header: str = ""
    group: str = ""
    merge: bool = False


@dataclass(frozen=True)
class Row:
    """The printed cells by column key, and what happens to the row on the page or in the text.

    `shift` moves the cells of the text version to the right (or left), losing what falls off;
    `after` prints it so many rows later there. Neither touches the PDF.
    """

    cells: Mapping[str, str]
    spans: Mapping[str, int]
    shaded: tuple[str, ...] = ()
    page: bool = False
    shift: int = 0
    after: int = 0


@dataclass(frozen=True)
class Sheet:
    """A ruled table. In the text version `gap` blank lines stand between its pages.

    `escape_dollar` leaves the dollar sign escaped there, as Markdown does. In the PDF `size` is the
    letters' and `padding` stands above and below each cell's text, both in points.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    name: str = ""
    markup: Markup = "plain"
    repeat_header: bool = True
    gap: int = 1
    escape_dollar: bool = False
    size: float = 9
    padding: float = 3


@dataclass(frozen=True)
class Report:
    """A whole report, in reading order."""

    stem: str
    title: str
    landscape: bool
    markdown: bool  # the text version keeps ** as it was written
    footer: str
    parts: tuple[Prose | PageBreak | Sheet, ...]


def load_report(path: Path) -> Report:
    """The report that a TOML file declares."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    columns = {
        name: tuple(Column(**column) for column in listed)
        for name, listed in told.get("columns", {}).items()
    }
    parts: list[Prose | PageBreak | Sheet] = []
    for part in told["part"]:
        parts.append(_read_part(part, columns, told.get("texts", {}), parts))
    return Report(
        stem=path.stem,
        title=told["title"],
        landscape=told.get("landscape", False),
        markdown=told.get("markdown", False),
        footer=told.get("footer", ""),
        parts=tuple(parts),
    )


def _read_part(
    part: dict[str, Any],
    columns: Mapping[str, tuple[Column, ...]],
    texts: Mapping[str, str],
    before: list[Prose | PageBreak | Sheet],
) -> Prose | PageBreak | Sheet:
    if part.get("page_break"):
        return PageBreak()
    if "prose" in part:
        return Prose(part["prose"].strip("\n"), part.get("style", "body"))
    rows = [_read_row(row, texts) for row in part.get("row", [])]
    if sources := part.get("rows_from"):
        sheets = [sheet for sheet in before if isinstance(sheet, Sheet) and sheet.name in sources]
        rows = _derive_rows(sheets, part["having"], part.get("pages_before", []))
    options = {key: part[key] for key in SHEET_OPTIONS if key in part}
    return Sheet(columns[part["table"]], tuple(rows), **options)


def _read_row(row: dict[str, Any], texts: Mapping[str, str]) -> Row:
    cells = {key: text for key, text in row.items() if not key.startswith("_")}
    return Row(
        # "@name" is a text that several tables print
        cells={k: texts[v[1:]] if v.startswith("@") else v.strip("\n") for k, v in cells.items()},
        spans=row.get("_span", {}),
        shaded=tuple(row.get("_months", "").split()),
        page=row.get("_page", False),
        shift=row.get("_shift", 0),
        after=row.get("_after", 0),
    )


def _derive_rows(sheets: list[Sheet], having: str, pages_before: list[int]) -> list[Row]:
    """The rows of other sheets that fill a column, uncut, for a table that tells them again."""
    rows = [row for sheet in sheets for row in sheet.rows if having in row.cells]
    return [
        Row(
            cells={key: text.replace(CUT, " ") for key, text in row.cells.items()},
            spans={},
            shaded=row.shaded,
            page=ordinal in pages_before,
        )
        for ordinal, row in enumerate(rows, start=1)
    ]
