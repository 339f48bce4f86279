"""The ledger: readings by the hash of their file, in one SQLite file of the dataset's folder.

It is a memory and never a source: what is damaged, from another program or under other limits is
read again. Whoever opens it holds the dataset's lock.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.ledger.codec import decode_reading
from pipeline.model import Reading

LEDGER = ".ledger.sqlite"
QUARANTINED = frozenset({"crashed", "timeout", "out_of_memory"})
# What the machine, not the file, may have caused: it is tried again each time.
PASSING = frozenset({"missing", "unreadable_file", "ocr_missing"})
_COMMIT_AFTER = 1.0  # seconds: a killed run loses no more than that of its readings
_TABLES = """
CREATE TABLE IF NOT EXISTS readings (
    sha256 TEXT PRIMARY KEY, code TEXT NOT NULL, limits TEXT NOT NULL, status TEXT NOT NULL,
    error TEXT NOT NULL, digest TEXT NOT NULL, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (name BLOB PRIMARY KEY, mark TEXT NOT NULL, sha256 TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS runs (key TEXT PRIMARY KEY, version TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS inputs (place INTEGER PRIMARY KEY, name BLOB NOT NULL);
CREATE TEMP TABLE passing (source BLOB PRIMARY KEY, data BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished reading as data, and what decides whether it may serve again."""

    sha256: str
    status: str
    error: str
    data: bytes

    @property
    def digest(self) -> str:
        """The hash of the data: what tells damage, and one result from another."""
        return hashlib.sha256(self.data).hexdigest()


class Ledger:
    """What was read under `code` (a fingerprint) and `limits`; every fault is an OSError."""

    def __init__(
        self, database: sqlite3.Connection, code: str, limits: Mapping[str, float]
    ) -> None:
        self._database = database
        self._code = code
        self._limits = json.dumps(limits, sort_keys=True)
        self._committed = time.monotonic()

    def find(self, sha256: str) -> Kept | None:
        """The reading of a file with this hash, or None when it has to be read."""
        query = "SELECT code, limits, status, error, digest, data FROM readings WHERE sha256 = ?"
        row = self._one(query, sha256)
        if row is None:
            return None
        code, limits, status, error, digest, data = row
        kept = Kept(sha256, status, error, data)
        holds = code == self._code and (status == "ok" or limits == self._limits)
        return kept if holds and digest == kept.digest else None

    def keep(self, kept: Kept) -> None:
        """Remember a reading for later runs."""
        row = (kept.sha256, self._code, self._limits, kept.status, kept.error, kept.digest)
        self._run("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?, ?, ?)", *row, kept.data)
        self._commit_sometimes()

    def pass_on(self, source: str, data: bytes) -> None:
        """Remember a reading for this run only."""
        self._run("INSERT OR REPLACE INTO passing VALUES (?, ?)", os.fsencode(source), data)

    def load(self, sha256: str) -> Reading:
        """The Reading that `find` found. Raises NotDecoded for what the program did not write."""
        return self._decode("SELECT data FROM readings WHERE sha256 = ?", sha256)

    def load_passing(self, source: str) -> Reading:
        """The Reading of this run only."""
        return self._decode("SELECT data FROM passing WHERE source = ?", os.fsencode(source))

    def known_hash(self, path: Path, mark: str) -> str:
        """The hash of a file that still bears this mark, or ""."""
        query = "SELECT sha256 FROM files WHERE name = ? AND mark = ?"
        row = self._one(query, os.fsencode(path.absolute()), mark)
        return str(row[0]) if row else ""

    def note_hash(self, path: Path, mark: str, sha256: str) -> None:
        """Remember the hash of a file with this mark."""
        name = os.fsencode(path.absolute())
        self._run("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", name, mark, sha256)
        self._commit_sometimes()

    def published(self, key: str) -> str:
        """The name of the version that a run with this key made, or ""."""
        row = self._one("SELECT version FROM runs WHERE key = ?", key)
        return str(row[0]) if row else ""

    def note_published(self, key: str, version: str) -> None:
        """Remember which version a run made."""
        self._run("INSERT OR REPLACE INTO runs VALUES (?, ?)", key, version)

    def note_inputs(self, inputs: Iterable[Path]) -> None:
        """Remember what the last run was given."""
        self._run("DELETE FROM inputs")
        for place, path in enumerate(inputs):
            self._run("INSERT INTO inputs VALUES (?, ?)", place, os.fsencode(path))

    def inputs(self) -> tuple[Path, ...]:
        """What the last run was given."""
        rows = self._all("SELECT name FROM inputs ORDER BY place")
        return tuple(Path(os.fsdecode(name)) for (name,) in rows)

    def forget_quarantined(self) -> int:
        """Let what crashed or overran a limit be read again; how many documents that are."""
        marks = ", ".join("?" * len(QUARANTINED))
        query = f"DELETE FROM readings WHERE error IN ({marks})"
        return self._run(query, *sorted(QUARANTINED)).rowcount

    def forget_others(self, versions: Iterable[str]) -> None:
        """Drop what no run will ask for: other programs' readings, runs of other versions."""
        self._run("DELETE FROM readings WHERE code <> ?", self._code)
        kept = set(versions)
        for (name,) in self._all("SELECT DISTINCT version FROM runs"):
            if name not in kept:
                self._run("DELETE FROM runs WHERE version = ?", name)
        for (name,) in self._all("SELECT name FROM files"):
            if not os.path.lexists(name):
                self._run("DELETE FROM files WHERE name = ?", name)
        self.commit()
        self._run("VACUUM")

    def commit(self) -> None:
        """Make what was noted outlast this process."""
        with _faults():
            self._database.commit()
        self._committed = time.monotonic()

    def _commit_sometimes(self) -> None:
        if time.monotonic() - self._committed > _COMMIT_AFTER:
            self.commit()

    def _run(self, query: str, *values: object) -> sqlite3.Cursor:
        with _faults():
            return self._database.execute(query, values)

    def _decode(self, query: str, key: object) -> Reading:
        row = self._one(query, key)
        if row is None:
            raise KeyError(key)
        return decode_reading(row[0])

    def _one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        with _faults():
            row: tuple[Any, ...] | None = self._database.execute(query, values).fetchone()
        return row

    def _all(self, query: str) -> list[tuple[Any, ...]]:
        with _faults():
            return self._database.execute(query).fetchall()


@contextmanager
def open_ledger(folder: Path | None, code: str, limits: Mapping[str, float]) -> Iterator[Ledger]:
    """The ledger of a dataset's folder; None: one that is forgotten at the end.

    One that is damaged is replaced by an empty one. Raises OSError.
    """
    with _faults():
        database = _open(folder / LEDGER if folder else None)
    ledger = Ledger(database, code, limits)
    try:
        yield ledger
        ledger.commit()
    except BaseException:
        with suppress(OSError):  # the disk is full, say: the first fault is the one to tell
            ledger.commit()
        raise
    finally:
        database.close()


def _open(path: Path | None) -> sqlite3.Connection:
    if path is None:
        return _prepare("")  # SQLite's own temporary file
    try:
        return _prepare(str(path))
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:  # damaged
        for file in (path, path.with_name(f"{path.name}-journal")):
            file.unlink(missing_ok=True)
        return _prepare(str(path))


def _prepare(name: str) -> sqlite3.Connection:
    database = sqlite3.connect(name, timeout=5)
    try:
        if database.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("damaged")
        database.executescript(_TABLES)
    except BaseException:
        database.close()
        raise
    return database


@contextmanager
def _faults() -> Iterator[None]:
    """SQLite's faults as what they are: the disk's."""
    try:
        yield
    except sqlite3.Error as fault:
        code = errno.ENOSPC if "full" in str(fault) else errno.EIO
        raise OSError(code, f"{os.strerror(code)} (ledger: {fault})") from fault
