"""Tables as JSON, CSV and HTML: UTF-8 bytes, the same for the same tables, safe to open."""

from __future__ import annotations

import csv
import html
import io
import json
import unicodedata
from collections.abc import Iterator, Sequence

from pipeline.exports.tables import Placed, place_cells, table_pages, tell_table, text_rows
from pipeline.messages import say
from pipeline.model import Table
from pipeline.spreadsheet import neutralize

_STYLE = (
    "body{font-family:sans-serif}table{border-collapse:collapse;margin:1em 0}"
    "td,th{border:1px solid #999;padding:.2em .4em;vertical-align:top;white-space:pre-wrap}"
    "caption{text-align:left;font-weight:bold}"
)
# Nothing that a report says may run or be fetched, whatever a browser makes of it.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def as_json(tables: Sequence[Table], lang: str) -> bytes:
    """A list of tables, one a line."""
    told = (json.dumps(tell_table(table), ensure_ascii=False) for table in tables)
    lines = ",\n".join(_escape_unseen(one) for one in told)
    return f"[\n{lines}\n]\n".encode() if lines else b"[]\n"


def _escape_unseen(text: str) -> str:
    r"""JSON with what a terminal would obey, or nobody would see, as `\u` escapes."""
    unseen = {char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Cs"}}
    for char in sorted(unseen - {"\n"}):
        text = text.replace(char, json.dumps(char)[1:-1])
    return text


def as_csv(tables: Sequence[Table], lang: str) -> bytes:
    """The tables one after the other, an empty line between them; RFC 4180 with CRLF."""
    return b"\r\n".join(map(one_csv, tables))


def one_csv(table: Table) -> bytes:
    """One table; a text that a spreadsheet could run has an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([neutralize(visible(text)) for text in row] for row in text_rows(table))
    return out.getvalue().encode()


def visible(text: str) -> str:
    """The text in valid UTF-8 without what moves a cursor: control characters as U+FFFD."""
    return "".join(
        "\ufffd" if unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t" else char
        for char in text
    )


def as_html(tables: Sequence[Table], lang: str) -> bytes:
    """A page of its own with every table, spans kept."""
    body = "".join(_html_table(table, number, lang) for number, table in enumerate(tables, start=1))
    page = (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{say(lang, 'tables.title')}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}</body>\n</html>\n"
    )
    return page.encode()


def _html_table(table: Table, number: int, lang: str) -> str:
    rows: list[list[str]] = [[] for _ in table.rows]
    for placed in place_cells(table):
        rows[placed.row - 1].append(_html_cell(placed, table.header_rows))
    lines = "".join(f"<tr>{''.join(cells)}</tr>\n" for cells in rows)
    return (
        f"<table>\n<caption>{_escape(name_table(table, number, lang))}</caption>\n{lines}</table>\n"
    )


def _html_cell(placed: Placed, header_rows: int) -> str:
    tag = "th" if placed.row <= header_rows else "td"
    spans = {"rowspan": placed.row_span, "colspan": placed.col_span}
    told = "".join(f' {name}="{span}"' for name, span in spans.items() if span > 1)
    return f"<{tag}{told}>{_escape(placed.block.text)}</{tag}>"


def _escape(text: str) -> str:
    return html.escape(visible(text))


def name_table(table: Table, number: int, lang: str) -> str:
    """What the table is called: its number here, its pages, its caption."""
    parts = [say(lang, "tables.name", n=number), *_pages(table, lang)]
    name = ", ".join(parts)
    return f"{name}: {table.caption.text}" if table.caption else name


def _pages(table: Table, lang: str) -> Iterator[str]:
    pages = table_pages(table)
    if pages:
        yield say(lang, "place.page", n=tell_pages(pages))


def tell_pages(pages: Sequence[int]) -> str:
    """`3` or `3-5`: the first and the last page."""
    return str(pages[0]) if len(pages) == 1 else f"{pages[0]}-{pages[-1]}"
