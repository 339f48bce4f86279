"""ZIP files, safely: what they claim is checked before a byte is unpacked, and while it is.

A DOCX, an XLSX, an ODT and an archive of reports are all ZIP files, under the same limits.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import IO

from extractors.faults import SourceError

BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
MAX_ENTRIES = 10_000
MAX_UNPACKED = 2**30  # bytes of all entries together
MAX_RATIO = 100  # unpacked to packed
SMALL = 2**16  # bytes: what unpacks to less is no bomb, whatever its ratio
_CHUNK = 2**20
_END, _WIDE_END = b"PK\x05\x06", b"PK\x06\x06"
_TAIL = 2**16 + 200  # bytes at the end of a file in which its list of entries is told
_LARGEST_LIST = 2**25  # bytes of it
_UNKNOWN = 2**32 - 1
UNREADABLE = (  # what reading a damaged file raises; a method that is not known; a password
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError,
    NotImplementedError, RuntimeError, struct.error,
)  # fmt: skip


def open_zip(file: IO[bytes]) -> zipfile.ZipFile:
    """The ZIP file, within all limits.

    Raises SourceError: damaged_unreadable, too_large (entries, bytes or ratio).
    """
    try:
        check_directory(file)
        opened = zipfile.ZipFile(file)
    except UNREADABLE as error:
        raise SourceError("damaged_unreadable", "ZIP") from error
    check_limits(opened.infolist())
    return opened


def check_directory(file: IO[bytes]) -> None:
    """Refuse a list of entries that could not be held in memory, before it is read."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    file.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        return  # zipfile will say that it is damaged
    counts = [struct.unpack_from("<H", tail, at + 10)[0]]
    wide = tail.rfind(_WIDE_END)
    if wide >= 0 and len(tail) >= wide + 48:
        counts += struct.unpack_from("<QQ", tail, wide + 32)
    listed = struct.unpack_from("<L", tail, at + 12)[0]
    length = max(counts[2:] or [listed])
    if max(counts[:2]) > MAX_ENTRIES or (length != _UNKNOWN and length > _LARGEST_LIST):
        raise SourceError("too_large", f"ZIP, > {MAX_ENTRIES}")


def check_limits(entries: Iterable[zipfile.ZipInfo]) -> None:
    """Refuse a bomb by what it claims to unpack to. Raises SourceError `too_large`."""
    entries = list(entries)
    if len(entries) > MAX_ENTRIES:
        raise SourceError("too_large", f"ZIP, > {MAX_ENTRIES}")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise SourceError("too_large", f"ZIP, > {MAX_UNPACKED // 2**30} GiB")
    for entry in entries:
        ratio = entry.file_size // max(1, entry.compress_size)
        if entry.file_size > SMALL and ratio > MAX_RATIO:
            raise SourceError("too_large", f"ZIP, {ratio}:1")


def read_entry(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, largest: int) -> bytes:
    """An entry's bytes; a claim that was a lie ends in an error, never in more bytes.

    Raises SourceError: encrypted, too_large, damaged_unreadable.
    """
    if entry.flag_bits & 0x1:
        raise SourceError("encrypted", "ZIP")
    if entry.file_size > largest:
        raise SourceError("too_large", f"{largest / 2**20:g} MiB")
    try:
        with opened.open(entry) as file:
            return _read_whole(file, entry.file_size)
    except UNREADABLE as error:
        raise SourceError("damaged_unreadable", "ZIP") from error


def is_safe(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a plain file or folder whose name stays inside its archive."""
    name = entry.orig_filename.replace("\\", "/")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    plain = kind in (0, stat.S_IFREG, stat.S_IFDIR)
    inside = not name.startswith("/") and ":" not in name.split("/")[0] and "\0" not in name
    return plain and inside and ".." not in PurePosixPath(name).parts and bool(name.strip("/"))


def _read_whole(file: IO[bytes], size: int) -> bytes:
    pieces: list[bytes] = []
    while piece := file.read(_CHUNK):
        pieces.append(piece)
        size -= len(piece)
        if size < 0:
            raise SourceError("damaged_unreadable", "ZIP")
    return b"".join(pieces)
