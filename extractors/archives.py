"""ZIP archives of reports: each report inside is a document of its own, `archive.zip/inner.pdf`.

Nothing is unpacked to the disk: a member is a path that leads through a file, and is read from it.
Limits (`extractors.zips`) hold for an archive and all archives in it together.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath

from extractors.faults import SourceError
from extractors.formats import (
    DOCUMENT_SUFFIXES,
    HEADER_WINDOW,
    OTHER_SUFFIXES,
    REPORT_SUFFIXES,
    is_pdf,
    name_zip,
)
from extractors.zips import (
    BEGINNINGS,
    MAX_ENTRIES,
    MAX_UNPACKED,
    UNREADABLE,
    is_safe,
    open_zip,
    read_entry,
)

DEEPEST = 2  # archives inside each other, the outer one counted
MAX_MEMBER = 256 * 2**20  # bytes
_NAMED = 3  # entries that a refusal names


@dataclass(slots=True)
class Listing:
    """What an archive holds: reports, files left aside, and entries that are never opened."""

    members: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    entries: int = 0
    unpacked: int = 0

    def count(self, opened: zipfile.ZipFile) -> None:
        """Hold the limits over all archives inside. Raises SourceError `too_large`."""
        self.entries += len(opened.infolist())
        self.unpacked += sum(entry.file_size for entry in opened.infolist())
        if self.entries > MAX_ENTRIES:
            raise SourceError("too_large", f"ZIP, > {MAX_ENTRIES}")
        if self.unpacked > MAX_UNPACKED:
            raise SourceError("too_large", f"ZIP, > {MAX_UNPACKED // 2**30} GiB")


def is_archive(path: Path) -> bool:
    """Whether a plain file is a ZIP archive, and no office file."""
    return _begins_as_zip(path) and name_zip(path) == "ZIP"


def _begins_as_zip(path: Path) -> bool:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would wait for ever
            return False
        with path.open("rb") as file:
            return file.read(4).startswith(BEGINNINGS)
    except (OSError, ValueError):
        return False


def list_archive(path: Path) -> Listing:
    """The paths inside an archive, sorted. Raises SourceError for one that is refused whole."""
    with path.open("rb") as file, open_zip(file) as opened:
        return _list(opened)


def refuse_archive(data: bytes) -> SourceError:
    """Why an archive is no document itself: a limit, entries that are never opened, or its kind."""
    try:
        with open_zip(io.BytesIO(data)) as opened:
            listing = _list(opened)
    except SourceError as error:
        return error
    if not (listing.members or listing.refused):
        return SourceError("unsupported", "ZIP")
    names = listing.refused or listing.members
    more = "…" if len(names) > _NAMED else ""
    return SourceError("unsupported", f"ZIP: {', '.join(names[:_NAMED])}{more}")


def part_path(path: Path) -> tuple[Path, str] | None:
    """(the archive on the disk, the path in it) of a member; None for any other path."""
    for parent in path.parents:
        if os.path.isfile(parent):  # noqa: PTH113  (a name may be too long to ask for)
            inner = path.relative_to(parent).as_posix()
            return (parent, inner) if _begins_as_zip(parent) else None
        if os.path.isdir(parent):  # noqa: PTH112
            return None
    return None


def disk_file(path: Path) -> Path:
    """The file on the disk that a path's bytes come from: a member's archive, else itself."""
    parts = None if os.path.lexists(path) else part_path(path)
    return parts[0] if parts else path


def read_member(path: Path, largest: int = MAX_MEMBER) -> bytes:
    """The bytes of a member. Raises SourceError, `missing` when there is no such member."""
    parts = part_path(path)
    if parts is None:
        raise SourceError("missing")
    archive, inner = parts
    try:
        status = archive.stat()
        opened = _open_on_disk(archive, status.st_mtime_ns, status.st_size)
        return _read(opened, inner, largest, (str(archive), status.st_mtime_ns), 1)
    except OSError as error:
        raise SourceError("unreadable_file", type(error).__name__) from error


@lru_cache(maxsize=1)
def _open_on_disk(path: Path, changed: int, size: int) -> zipfile.ZipFile:
    """The archive, kept open while its members are read one after the other."""
    return open_zip(path.open("rb"))


@lru_cache(maxsize=1)
def _keep_inner(inner: _Inner) -> zipfile.ZipFile:
    return open_zip(io.BytesIO(read_entry(inner.opened, inner.entry, MAX_MEMBER)))


@dataclass(frozen=True, slots=True)
class _Inner:
    """An archive in an archive, known by its place."""

    place: tuple[str | int, ...]
    opened: zipfile.ZipFile = field(compare=False)
    entry: zipfile.ZipInfo = field(compare=False)


def _read(
    opened: zipfile.ZipFile, inner: str, largest: int, place: tuple[str | int, ...], depth: int
) -> bytes:
    entries = _by_path(opened)
    if inner in entries:
        data = read_entry(opened, entries[inner], largest)
        if depth == DEEPEST and data.startswith(BEGINNINGS) and name_zip(data) == "ZIP":
            raise SourceError("too_large", "/".join(["ZIP"] * (DEEPEST + 1)))
        return data
    for parent in PurePosixPath(inner).parents:
        name = str(parent)
        if name in entries and depth < DEEPEST:
            within = _keep_inner(_Inner((*place, name), opened, entries[name]))
            rest = str(PurePosixPath(inner).relative_to(parent))
            return _read(within, rest, largest, (*place, name), depth + 1)
    raise SourceError("missing")


def _by_path(opened: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Entries that may be opened by their paths; of two with one path, the first."""
    entries: dict[str, zipfile.ZipInfo] = {}
    for entry in opened.infolist():
        if not entry.is_dir() and is_safe(entry):
            entries.setdefault(str(PurePosixPath(entry.filename)), entry)
    return entries


def _list(opened: zipfile.ZipFile, listing: Listing | None = None, prefix: str = "") -> Listing:
    listing = listing or Listing()
    listing.count(opened)
    safe = _by_path(opened)
    kept = {id(entry) for entry in safe.values()}
    listing.refused += sorted(
        prefix + entry.filename
        for entry in opened.infolist()
        if id(entry) not in kept and not (entry.is_dir() and is_safe(entry))
    )
    for name, entry in sorted(safe.items()):
        inside = _open_inner(opened, entry) if prefix.count("\0") < DEEPEST - 1 else None
        if inside is not None:
            with inside:
                _list(inside, listing, f"{prefix}{name}\0")
        else:
            told = listing.members if _is_report(opened, name, entry) else listing.skipped
            told.append(prefix + name)
    if not prefix:
        for names in (listing.members, listing.skipped, listing.refused):
            names[:] = sorted(name.replace("\0", "/") for name in names)
    return listing


def _open_inner(opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> zipfile.ZipFile | None:
    """An archive in an archive; None for another file, and for one to be refused by its name."""
    if PurePosixPath(entry.filename).suffix.lower() != ".zip":
        return None
    try:
        data = read_entry(opened, entry, MAX_MEMBER)
        return open_zip(io.BytesIO(data)) if name_zip(data) == "ZIP" else None
    except SourceError:
        return None


def _is_report(opened: zipfile.ZipFile, path: str, entry: zipfile.ZipInfo) -> bool:
    """As in a folder: hidden files are left aside, then the suffix decides, then content."""
    parts = PurePosixPath(path).parts
    if any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return False
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in REPORT_SUFFIXES | DOCUMENT_SUFFIXES:
        return True
    return suffix not in OTHER_SUFFIXES and _begins_as_pdf(opened, entry)


def _begins_as_pdf(opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    try:
        with opened.open(entry) as file:
            return is_pdf(file.read(HEADER_WINDOW))
    except UNREADABLE:
        return False
