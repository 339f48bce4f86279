"""Which bytes each file holds now, and whether they still are the same later."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from extractors.archives import disk_file, read_member
from extractors.faults import SourceError
from extractors.sources import name_source
from pipeline.ledger.store import Ledger

_CHUNK = 2**20
_SETTLED = 2 * 10**9  # nanoseconds: a younger file may change again and bear the same times


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was found: its mark (size, times, place on the disk) and its bytes' hash.

    Without a hash it is no plain file, cannot be read, is too large, or changes right now.
    """

    path: Path
    mark: str = ""
    sha256: str = ""

    @property
    def source(self) -> str:
        """Its name as the user gave it."""
        return name_source(self.path)


def survey_files(paths: Iterable[Path], ledger: Ledger, largest: int) -> list[Seen]:
    """Each file with its hash; those that the ledger knows by their mark are not read."""
    return [_survey_file(path, ledger, largest) for path in paths]


def find_disturbed(seen: Iterable[Seen]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The files that are other ones by now, and those that are gone."""
    changed, vanished = [], []
    for one in seen:
        if not os.path.lexists(disk_file(one.path)):
            vanished.append(one.path)
        elif one.mark and mark_file(one.path) != one.mark:
            changed.append(one.path)
    return tuple(changed), tuple(vanished)


def mark_file(path: Path) -> str:
    """What changes when a file does, or its archive; "" for one that cannot be looked at."""
    try:
        return _mark(disk_file(path).stat())
    except OSError:
        return ""


def _mark(status: os.stat_result) -> str:
    parts = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev)
    return "-".join(map(str, parts))


def _survey_file(path: Path, ledger: Ledger, largest: int) -> Seen:
    with suppress(OSError, ValueError):
        home = disk_file(path)
        status = home.stat()
        mark = _mark(status)
        if home != path:
            return _survey_member(path, mark, ledger)
        if not stat.S_ISREG(status.st_mode) or status.st_size > largest:
            return Seen(path, mark)
        if known := ledger.known_hash(path, mark):
            return Seen(path, mark, known)
        sha256 = _hash_file(path, mark)
        if sha256 and time.time_ns() - status.st_ctime_ns > _SETTLED:
            ledger.note_hash(path, mark, sha256)
        return Seen(path, mark, sha256)
    return Seen(path)


def _survey_member(path: Path, mark: str, ledger: Ledger) -> Seen:
    """A report in an archive: its own bytes' hash, under the mark of the archive."""
    if known := ledger.known_hash(path, mark):
        return Seen(path, mark, known)
    try:
        sha256 = hashlib.sha256(read_member(path)).hexdigest()
    except SourceError:
        return Seen(path, mark)  # reading it will say why
    if mark_file(path) != mark:
        return Seen(path, mark)
    ledger.note_hash(path, mark, sha256)
    return Seen(path, mark, sha256)


def _hash_file(path: Path, mark: str) -> str:
    """The SHA-256 of a file, "" when it is not the marked one at the beginning and at the end."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a FIFO would wait
    with open(descriptor, "rb") as file:  # noqa: PTH123
        if _mark(os.fstat(descriptor)) != mark:
            return ""
        digest = _digest(file, os.fstat(descriptor).st_size)
        return digest if _mark(os.fstat(descriptor)) == mark else ""


def _digest(file: BinaryIO, size: int) -> str:
    digest = hashlib.sha256()
    while size > 0 and (chunk := file.read(min(_CHUNK, size))):
        digest.update(chunk)
        size -= len(chunk)
    return digest.hexdigest()
