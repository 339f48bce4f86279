"""What `cuadra tables` and `cuadra text` do: read one file, lay it out, write it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.engine import Limits
from pipeline.errors import describe
from pipeline.exports.layouts import as_csv, as_html, as_json, one_csv
from pipeline.exports.reading import (
    Drawn,
    FileRead,
    NotRead,
    Spans,
    draw_pages,
    is_asked,
    picture_of,
    read_file,
)
from pipeline.exports.tables import page_boxes, table_pages
from pipeline.messages import say
from pipeline.model import Document, Table

Layout = Callable[[Sequence[Table], str], bytes]
FAILED, USAGE, NOT_WRITTEN = 3, 2, 4


class Refused(Exception):
    """The command ends with this exit code and this sentence."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True, slots=True)
class Asked:
    """A file, the pages wanted of it (none named: all), what it may cost, and in which language."""

    path: Path
    spans: Spans
    limits: Limits
    lang: str


def _as_xlsx(tables: Sequence[Table], lang: str) -> bytes:
    from pipeline.exports.workbook import as_xlsx

    return as_xlsx(tables, lang)


LAYOUTS: Mapping[str, Layout] = {
    "json": as_json,
    "csv": as_csv,
    "xlsx": _as_xlsx,
    "html": as_html,
}


def tables(
    asked: Asked, layout: str, output: Path | None, picture: Path | None, whole: bool
) -> None:
    """Write a file's tables, whole or page by page. Raises Refused."""
    if layout == "xlsx" and output is None and sys.stdout.isatty():
        raise Refused(USAGE, say(asked.lang, "error.binary"))
    read = _read(asked)
    found = read.extract.tables if whole else read.document.tables
    if layout == "csv" and output is not None and output.is_dir():
        for number, table in enumerate(found, start=1):
            _write(output / f"table-{number:03d}.csv", one_csv(table), asked.lang)
    else:
        _write(output, LAYOUTS[layout](found, asked.lang), asked.lang)
    if picture is not None:
        _draw(asked, found, read.document, picture)


def text(asked: Asked, output: Path | None, with_tables: bool) -> None:
    """Write a file's prose. Raises Refused."""
    from pipeline.exports.prose import tell_prose

    prose = tell_prose(_read(asked), asked.spans, with_tables)
    _write(output, prose.encode("utf-8", "backslashreplace"), asked.lang)


def _read(asked: Asked) -> FileRead:
    """The file; what could be read only in part is told on standard error."""
    try:
        read = read_file(asked.path, asked.spans, asked.limits)
    except NotRead as error:
        code = USAGE if error.code in ("missing", "address") else FAILED
        raise Refused(code, _why(asked, error.code, error.detail)) from error
    document = read.document
    if not any(is_asked(page, asked.spans) for page in range(1, document.page_count + 1)):
        told = say(asked.lang, "error.no_such_page", n=document.page_count)
        raise Refused(USAGE, told)
    if document.error:
        print(_why(asked, document.error, document.error_detail), file=sys.stderr)
    return read


def _why(asked: Asked, code: str, detail: str) -> str:
    from extractors.sources import name_source
    from pipeline.report import clean_text

    source = clean_text(name_source(asked.path))
    return describe(code, asked.lang, source=source, detail=clean_text(detail))


def _write(output: Path | None, data: bytes, lang: str) -> None:
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise _not_written(output, error, lang) from error


def _not_written(path: Path, error: OSError, lang: str) -> Refused:
    reason = error.strerror or type(error).__name__
    return Refused(NOT_WRITTEN, say(lang, "error.not_written", path=path, reason=reason))


def _draw(asked: Asked, found: Sequence[Table], document: Document, folder: Path) -> None:
    boxes = _boxes(found)
    if not boxes:
        print(say(asked.lang, "tables.no_picture"), file=sys.stderr)
        return
    try:
        draw_pages(asked.path, folder, boxes, document, asked.limits)
    except NotRead as error:
        raise Refused(FAILED, _why(asked, error.code, error.detail)) from error
    except OSError as error:
        raise _not_written(folder, error, asked.lang) from error
    for page in boxes:
        told = say(asked.lang, "show.picture", n=page, path=picture_of(folder, page))
        print(told, file=sys.stderr)


def _boxes(found: Sequence[Table]) -> Drawn:
    pages = sorted({page for table in found for page in table_pages(table)})
    return {page: tuple(box for one in found for box in page_boxes(one, page)) for page in pages}
