"""Any input, safely: which files are reports, what they are by content, how their text is encoded.

Nothing here trusts a name, follows a link out of a folder, opens an address, or reads more than a
limit. What cannot be read raises SourceError with a code of the published codelist.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pypdfium2

from extractors.archives import is_archive, list_archive, part_path, read_member, refuse_archive
from extractors.faults import SourceError
from extractors.formats import (
    DOCUMENT_SUFFIXES,
    ENCRYPTED_OFFICE,
    HEADER_WINDOW,
    OFFICE_TYPES,
    OTHER_SUFFIXES,
    REPORT_SUFFIXES,
    is_pdf,
    name_format,
    name_markup,
)

__all__ = [
    "Found",
    "Source",
    "SourceError",
    "check_content",
    "count_pages",
    "decode_text",
    "find_sources",
    "is_address",
    "is_spooled",
    "load_source",
    "name_source",
]

PDF = "application/pdf"
TEXT = "text/plain"
MAX_BYTES = 256 * 2**20
STANDARD_INPUT = "-"
SPOOL_PREFIX = "cuadra-stdin-"  # of the folder that holds what came through it
LOCKED = (4, 5)  # PDFium: wrong password, unknown security scheme
PLAIN_SUFFIXES = frozenset({".pdf", ".txt", ".text"})  # never looked into for an archive
BYTES_A_PAGE = 4096  # of text, for a deadline

BOMS: tuple[tuple[bytes, str], ...] = (  # UTF-32 first: its mark begins with that of UTF-16
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")  # Path folds the second slash
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")  # tabs, newlines, page and line breaks are text
UTF8_LETTER = re.compile(
    rb"\xc3[\x80-\xbf]"
)  # an accented letter in UTF-8; never Spanish in cp1252
OTHER_CODEPAGE = re.compile(r"[a-z][¢¤‡Ž][a-z]")  # ó, ñ of CP850; á, é of Mac Roman, seen as cp1252


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, the inputs that could not be reached, and the files left aside."""

    paths: tuple[Path, ...] = ()
    missing: tuple[Path, ...] = ()
    skipped: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One input's bytes, their hash, and what they are by content."""

    path: Path
    data: bytes
    sha256: str
    media_type: str


# --- Which files ---------------------------------------------------------------------------------

Sorting = Literal["paths", "missing", "skipped"]


def find_sources(inputs: Sequence[Path]) -> Found:
    """Every report among files and folders, sorted, each once; a file named is always one.

    Addresses (`https://…`) count as missing: nothing outside the machine is opened. A folder or
    link that cannot be entered counts as missing too, for reports may lie behind it.
    """
    sorted_inputs = (item for path in inputs for item in _sort_input(path))
    found = [one for item in sorted_inputs for one in _open_archive(*item)]
    paths = _unique(path for sorting, path in found if sorting == "paths")
    return Found(
        paths,
        tuple(sorted({path for sorting, path in found if sorting == "missing"})),
        tuple(sorted({p for sorting, p in found if sorting == "skipped"} - set(paths))),
    )


def _open_archive(sorting: Sorting, path: Path) -> Iterator[tuple[Sorting, Path]]:
    """The reports in an archive; the archive itself too, where something in it has to be told."""
    if sorting != "paths" or path.suffix.lower() in PLAIN_SUFFIXES or not is_archive(path):
        yield sorting, path
        return
    try:
        listing = list_archive(path)
    except (SourceError, OSError):
        yield "paths", path
        return
    yield from (("paths", path / name) for name in listing.members)
    yield from (("skipped", path / name) for name in listing.skipped)
    if listing.refused or not listing.members:
        yield "paths", path


def _sort_input(path: Path) -> Iterator[tuple[Sorting, Path]]:
    # Path.exists raises where a folder may not be entered.
    if is_address(path):
        yield "missing", path
    elif not os.path.exists(path):  # noqa: PTH110
        yield "paths" if part_path(path) else "missing", path
    elif path.is_dir():
        yield from _sort_folder(path, path.resolve())
    else:
        yield "paths", path


def is_address(path: Path) -> bool:
    """Whether a path is a web or other address: `https:`, `s3:`, `file:`."""
    return ADDRESS.match(str(path)) is not None


def is_spooled(path: Path) -> bool:
    """Whether a path holds what came through standard input: it is gone after the run."""
    return any(part.startswith(SPOOL_PREFIX) for part in path.parts)


def name_source(path: Path) -> str:
    """The name of a source as the user gave it: `-`, or `-/inner.pdf`, of standard input."""
    if is_address(path):
        return str(path).replace(":/", "://", 1)  # Path folds them
    parts = path.parts
    spool = next((at for at, part in enumerate(parts) if part.startswith(SPOOL_PREFIX)), None)
    return str(path) if spool is None else "/".join(parts[spool + 1 :])


def _sort_folder(folder: Path, root: Path) -> Iterator[tuple[Sorting, Path]]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield "missing", folder
        return
    for entry in entries:
        try:
            mode = entry.lstat().st_mode
        except OSError:
            yield "missing", entry
            continue
        if stat.S_ISDIR(mode) and not entry.name.startswith("."):
            yield from _sort_folder(entry, root)
        else:
            yield _sort_entry(entry, root), entry


def _sort_entry(entry: Path, root: Path) -> Sorting:
    """Left aside: hidden, special, linked from outside. Then the suffix decides, then content."""
    hidden = entry.name.startswith(".")
    if hidden or not entry.is_file() or not entry.resolve().is_relative_to(root):
        return "skipped"
    suffix = entry.suffix.lower()
    if suffix in REPORT_SUFFIXES | DOCUMENT_SUFFIXES:
        return "paths"
    if suffix in OTHER_SUFFIXES:
        return "skipped"
    return "paths" if _begins_as_pdf(entry) else "skipped"


def _begins_as_pdf(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return is_pdf(file.read(HEADER_WINDOW))
    except OSError:
        return True  # it cannot be told: let it fail by name


def _unique(paths: Iterator[Path]) -> tuple[Path, ...]:
    """Each file once, by the place it really stands in; a link gives way to its target."""
    kept: dict[Path, Path] = {}
    for path in sorted(paths, key=lambda path: (path.is_symlink(), path)):
        kept.setdefault(path.resolve(), path)
    return tuple(sorted(kept.values()))


# --- What they are -------------------------------------------------------------------------------


def load_source(path: Path, *, max_bytes: int = MAX_BYTES) -> Source:
    """A file's bytes, once it is sure that they can be read as PDF or text.

    Raises SourceError: missing, empty, unreadable_file, too_large, unsupported, encrypted,
    damaged_unreadable, unknown_encoding.
    """
    data = _read_bytes(path, max_bytes)
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        return Source(path, data, sha256, check_content(data))
    except SourceError as error:
        raise SourceError(error.code, error.detail, sha256) from error


def _read_bytes(path: Path, max_bytes: int) -> bytes:
    if is_address(path):
        raise SourceError("address")
    if not os.path.lexists(path) and part_path(path):
        return read_member(path, max_bytes)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a FIFO would wait
        with open(descriptor, "rb") as file:  # noqa: PTH123
            _require_regular(os.fstat(descriptor), max_bytes)
            data = file.read(max_bytes + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise SourceError("missing") from error
    except (OSError, ValueError) as error:
        raise SourceError("unreadable_file", type(error).__name__) from error
    if len(data) > max_bytes:  # it grew
        raise SourceError("too_large", _megabytes(max_bytes))
    return data


def _require_regular(status: os.stat_result, max_bytes: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise SourceError("unreadable_file", stat.filemode(status.st_mode))
    if status.st_size > max_bytes:
        raise SourceError("too_large", _megabytes(max_bytes))


def _megabytes(size: int) -> str:
    return f"{size / 2**20:g} MiB"


def check_content(data: bytes) -> str:
    """The media type of these bytes, if they can be read; SourceError says what they are if not."""
    if not data.strip():
        raise SourceError("empty")
    if name := name_format(data):
        return _office_type(name, data)
    if is_pdf(data):
        check_pdf(data)
        return PDF
    text = decode_text(data)
    if not text.strip("\ufeff \t\n\f\v\xa0"):
        raise SourceError("empty")
    name = name_markup(text)
    return _office_type(name, data) if name else TEXT


def _office_type(name: str, data: bytes) -> str:
    if name in OFFICE_TYPES:
        return OFFICE_TYPES[name]
    if ENCRYPTED_OFFICE in data:
        raise SourceError("encrypted", "DOCX/XLSX")
    if name == "ZIP":
        raise refuse_archive(data)
    raise SourceError("unsupported", name)


def check_pdf(data: bytes) -> None:
    """Refuse a PDF that asks for a password or holds nothing.

    PDFium's word on damage is not the last one: another reader may recover the pages.
    """
    forget_last_fault()
    try:
        with pypdfium2.PdfDocument(data) as document:  # type: ignore[no-untyped-call]
            if len(document) == 0:
                raise SourceError("damaged_unreadable", "0 p.")
    except pypdfium2.PdfiumError as error:
        if error.err_code in LOCKED:
            raise SourceError("encrypted") from error
        if b" obj" not in data:
            raise SourceError("damaged_unreadable", "PDF") from error


def forget_last_fault() -> None:
    """Make PDFium forget the document before: a refusal without a code of its own has that one's.

    So a file without pages was told as encrypted where one with a password had come before it.
    """
    with suppress(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(b"no PDF")  # type: ignore[no-untyped-call]


def count_pages(path: Path) -> int:
    """Pages of a PDF, or of a text printed at 4 KiB a page: cheap, for a deadline; 0 if unknown."""
    source: Path | bytes = path
    if not os.path.lexists(path) and part_path(path):
        source = read_member(path)
    elif not path.is_file():  # a pipe would wait for ever
        return 0
    beginning, size = _measure(source)
    if not is_pdf(beginning):
        return size // BYTES_A_PAGE
    try:
        with pypdfium2.PdfDocument(source) as document:  # type: ignore[no-untyped-call]
            return len(document)
    except pypdfium2.PdfiumError:
        return 0


def _measure(source: Path | bytes) -> tuple[bytes, int]:
    """(the beginning, the size in bytes) of a file or of what was read of one."""
    if isinstance(source, bytes):
        return source[:HEADER_WINDOW], len(source)
    with source.open("rb") as file:
        return file.read(HEADER_WINDOW), source.stat().st_size


# --- How their text is encoded -------------------------------------------------------------------


def decode_text(data: bytes) -> str:
    """Text by its mark, else strict UTF-8, else cp1252; every line ends in a newline character.

    Raises SourceError `unknown_encoding`: a guess would turn names into other names.
    """
    text = _decode(data).replace("\r\n", "\n").replace("\r", "\n")
    if control := CONTROL.search(text.removesuffix("\x1a")):  # DOS ended files so
        raise SourceError("unknown_encoding", f"U+{ord(control[0]):04X}")
    return text.removesuffix("\x1a")


def _decode(data: bytes) -> str:
    mark, encoding = next((item for item in BOMS if data.startswith(item[0])), (b"", "utf-8"))
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        if mark or UTF8_LETTER.search(data):  # UTF-8 with a fault: cp1252 would mangle every accent
            raise SourceError("unknown_encoding", f"{encoding}, byte {error.start}") from error
    return _decode_cp1252(data)


def _decode_cp1252(data: bytes) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise SourceError("unknown_encoding", f"byte {error.start}") from error
    if OTHER_CODEPAGE.search(text):
        raise SourceError("unknown_encoding", "CP850 / Mac Roman")
    return text
