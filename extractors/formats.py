"""Which files are reports, by suffix where a folder is searched, and by first bytes everywhere."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import IO

from extractors.faults import SourceError
from extractors.zips import BEGINNINGS, UNREADABLE, check_directory

HEADER_WINDOW = 1024  # a PDF may begin so far into its file

# fmt: off
REPORT_SUFFIXES = frozenset((
    ".pdf", ".txt", ".text", ".docx", ".docm", ".xlsx", ".xlsm", ".odt", ".ods", ".htm", ".html",
    ".xhtml", ".zip",
))
# Documents that cannot be read yet: kept, to be told as failed, for they may be reports.
DOCUMENT_SUFFIXES = frozenset((
    ".doc", ".rtf", ".xls", ".xlsb", ".ppt", ".pptx", ".odp", ".mht", ".tif", ".tiff", ".rar",
    ".7z", ".gz", ".ps",
))
OTHER_SUFFIXES = frozenset((
    ".md", ".json", ".jsonl", ".toml", ".yaml", ".yml", ".csv", ".tsv", ".parquet", ".duckdb",
    ".xml", ".ini", ".log", ".py", ".ipynb", ".sql", ".css", ".js", ".png", ".jpg", ".jpeg",
    ".gif", ".bmp", ".svg", ".webp", ".mp3", ".mp4",
))
# fmt: on

# How a file that is no report begins, and what to call it in any language.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC/XLS/PPT"),
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"BZh", "BZIP2"),
    (b"\xfd7zXZ\0", "XZ"),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3\0", "SQLite"),
    (b"{\\rtf", "RTF"),
    (b"%!PS", "PostScript"),
)
ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")  # in what DOCX with a password becomes
# What is read beside PDF and text: its name here, and its media type.
_OOXML = "application/vnd.openxmlformats-officedocument"
OFFICE_TYPES = {
    "DOCX": f"{_OOXML}.wordprocessingml.document",
    "XLSX": f"{_OOXML}.spreadsheetml.sheet",
    "ODT": "application/vnd.oasis.opendocument.text",
    "ODS": "application/vnd.oasis.opendocument.spreadsheet",
    "HTML": "text/html",
}
ZIP_MEMBERS: tuple[tuple[bytes, str], ...] = (
    (b"word/document.xml", "DOCX"),
    (b"xl/workbook.", "XLSX"),
    (b"ppt/presentation.xml", "PPTX"),
    (b"application/vnd.oasis.opendocument.text", "ODT"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ODS"),
    (b"application/vnd.oasis.opendocument.presentation", "ODP"),
    (b"application/epub+zip", "EPUB"),
)
MARKUP = re.compile(  # possessive: a hostile page must not make it go back
    r"\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--(?:(?!-->).)*+-->\s*+)*+<(!doctype\s+html|html|head|body|table|svg)\b",
    re.IGNORECASE | re.DOTALL,
)


def name_format(data: bytes) -> str:
    """Name the format that a file's first bytes, or a ZIP file's entries, tell; else nothing."""
    if data.startswith(BEGINNINGS):
        return name_zip(data)
    return next((name for beginning, name in SIGNATURES if data.startswith(beginning)), "")


def name_zip(source: bytes | Path) -> str:
    """What a ZIP file is, by its entries; by its bytes where it is cut and has no list of them."""
    try:
        with _open(source) as file, zipfile.ZipFile(file) as opened:
            names = [entry.filename.encode("utf-8", "replace") for entry in opened.infolist()]
            declared = opened.open("mimetype").read(256) if b"mimetype" in names else b""
    except (*UNREADABLE, SourceError):
        data = source if isinstance(source, bytes) else b""
        return next((name for member, name in ZIP_MEMBERS if member in data), "ZIP")
    told = (name for member, name in ZIP_MEMBERS if _is_member(member, names) or member in declared)
    return next(told, "ZIP")


def _open(source: bytes | Path) -> IO[bytes]:
    """A ZIP file whose list of entries is no bomb. Raises SourceError, OSError."""
    file: IO[bytes] = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    try:
        check_directory(file)
    except SourceError:
        file.close()
        raise
    return file


def _is_member(member: bytes, names: list[bytes]) -> bool:
    return b"/" in member and any(name.startswith(member) for name in names)


def is_pdf(data: bytes) -> bool:
    """Whether a PDF begins within the first 1024 bytes."""
    return re.search(rb"%PDF-\d", data[:HEADER_WINDOW]) is not None


def name_markup(text: str) -> str:
    """Say `HTML` or `SVG` when a text is a page of it, else nothing; stray tags do not count."""
    markup = MARKUP.match(text)
    return {"svg": "SVG"}.get(markup[1].lower(), "HTML") if markup else ""
