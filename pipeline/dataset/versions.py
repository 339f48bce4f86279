"""Immutable versions in a folder, the pointer to the current one, and the lock around both.

`DIR/versions/<name>/` is a version, named by the hash of its manifest; `DIR/current` a symbolic
link to one of them, replaced in one step; `DIR/.lock` is held while a run works on the dataset.
"""

from __future__ import annotations

import errno
import fcntl
import filecmp
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.dataset.faults import DatasetLocked

MANIFEST = "manifest.json"
_BUILDING, _NEXT = ".building", ".current.next"


@contextmanager
def lock_dataset(folder: Path) -> Iterator[None]:
    """Hold the dataset until the block ends; raises `DatasetLocked` if another run has it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as file:  # the lock goes with the process, however it ends
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DatasetLocked(folder) from None
        yield


def new_build(folder: Path) -> Path:
    """An empty folder to build a version in; what a broken run left is removed."""
    build = folder / "versions" / _BUILDING
    shutil.rmtree(build, ignore_errors=True)
    (folder / _NEXT).unlink(missing_ok=True)
    build.mkdir(parents=True)
    return build


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
        shutil.rmtree(version, ignore_errors=True)  # it was damaged after it was published
        build.rename(version)
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


def current_version(folder: Path) -> Path | None:
    """The folder of the current version, or None before the first publication."""
    link = folder / "current"
    return link.resolve() if link.exists() else None


def _same_files(one: Path, other: Path) -> bool:
    names = [file.name for file in one.iterdir()]
    same, _, _ = filecmp.cmpfiles(one, other, names, shallow=False)
    return len(same) == len(names)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
