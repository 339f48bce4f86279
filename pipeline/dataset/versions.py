"""Immutable versions in a folder, the pointer to the current one, and the lock around both.

`DIR/versions/<name>/` is a version, named by the hash of its manifest; `DIR/current` a symbolic
link to one of them, replaced in one step; `DIR/.lock` is held while a run works on the dataset, and
says who does. Names that begin with a dot are no versions: what a run builds, or prune removes.
"""

from __future__ import annotations

import errno
import fcntl
import filecmp
import hashlib
import json
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from pipeline.dataset.faults import DatasetLocked

MANIFEST = "manifest.json"
LOCK = ".lock"
_BUILDING, _NEXT = ".building", ".current.next"


@contextmanager
def lock_dataset(folder: Path) -> Iterator[None]:
    """Hold the dataset until the block ends; raises `DatasetLocked` if another run has it.

    The system's lock goes with the process, however it ends: what a dead one wrote holds nobody.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DatasetLocked(folder, _read_holder(folder / LOCK)) from None
        with suppress(OSError):  # a full disk: the lock holds without a name
            _write_holder(file)
        yield


def _write_holder(file: TextIO) -> None:
    file.truncate(0)
    json.dump({"host": socket.gethostname(), "pid": os.getpid()}, file)
    file.flush()


def _read_holder(path: Path) -> str:
    """Who wrote the lock, as a person reads it; "" when it does not say."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return f"PID {int(told['pid'])}, {told['host']}"
    except (OSError, ValueError, TypeError, KeyError):
        return ""


def new_build(folder: Path) -> Path:
    """An empty folder to build a version in; what a broken run left is removed."""
    build = folder / "versions" / _BUILDING
    shutil.rmtree(build, ignore_errors=True)
    (folder / _NEXT).unlink(missing_ok=True)
    build.mkdir(parents=True)
    return build


def drop_build(folder: Path) -> None:
    """Remove what was not finished: it may be what fills the disk."""
    shutil.rmtree(folder / "versions" / _BUILDING, ignore_errors=True)


def store_build(build: Path) -> Path:
    """Give the finished build the name that its manifest's hash says, for good."""
    for file in sorted(build.iterdir()):
        _sync(file)
    _sync(build)
    name = hashlib.sha256((build / MANIFEST).read_bytes()).hexdigest()[:16]
    version = build.with_name(name)
    if version.exists() and _same_files(build, version):
        shutil.rmtree(build)
    else:
        remove_version(version)  # it was damaged after it was published
        build.rename(version)
    os.utime(version)  # the order of publication, by which `rollback` knows the former one
    _sync(version.parent)
    return version


def point_to(version: Path) -> None:
    """Make this version the current one, in one step: a reader sees the old or the new one.

    Raises FileExistsError where something that is no pointer of ours bears its name.
    """
    folder = version.parent.parent
    if (folder / "current").exists() and not (folder / "current").is_symlink():
        raise FileExistsError(errno.EEXIST, "not a dataset's pointer", str(folder / "current"))
    link = folder / _NEXT
    link.unlink(missing_ok=True)
    link.symlink_to(Path("versions") / version.name)
    link.replace(folder / "current")
    _sync(folder)


def remove_version(version: Path) -> None:
    """Remove a version whole: one that is half removed bears no version's name."""
    doomed = version.with_name(f".removing-{version.name}")
    shutil.rmtree(doomed, ignore_errors=True)
    if version.exists():
        version.rename(doomed)
    shutil.rmtree(doomed, ignore_errors=True)


def current_version(folder: Path) -> Path | None:
    """The folder of the current version, or None before the first publication."""
    link = folder / "current"
    return link.resolve() if link.exists() else None


def _same_files(one: Path, other: Path) -> bool:
    names = [file.name for file in one.iterdir()]
    same, _, _ = filecmp.cmpfiles(one, other, names, shallow=False)
    return len(same) == len(names)


def hash_file(path: Path) -> dict[str, object]:
    """A file's size and SHA-256, as manifests tell them."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": digest}


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
