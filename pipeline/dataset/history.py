"""The versions of a dataset: which there are, whether they are whole, back to one, fewer."""

# pyarrow is partly typed: what it exports is not seen.
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.dataset.faults import NoVersion, VersionDamaged
from pipeline.dataset.versions import (
    MANIFEST,
    current_version,
    drop_build,
    hash_file,
    lock_dataset,
    point_to,
    remove_version,
)


@dataclass(frozen=True, slots=True)
class Published:
    """A version in a dataset's folder; `published` in UTC, to the second."""

    name: str
    path: Path
    current: bool
    published: str
    documents: int
    findings: int
    bytes: int


def list_versions(folder: Path) -> list[Published]:
    """Every version, the one last published first; none where there is no dataset."""
    current = current_version(folder)
    paths = [path for path in (folder / "versions").glob("[!.]*") if (path / MANIFEST).is_file()]
    paths.sort(key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    return [_describe(path, current) for path in paths]


def _describe(path: Path, current: Path | None) -> Published:
    rows = load_manifest(path).get("rows", {})
    told = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    return Published(
        name=path.name,
        path=path,
        current=current == path.resolve(),
        published=told.strftime("%Y-%m-%dT%H:%M:%SZ"),
        documents=rows.get("documents", 0),
        findings=rows.get("findings", 0),
        bytes=sum(file.stat().st_size for file in path.iterdir()),
    )


def load_manifest(version: Path) -> Mapping[str, Any]:
    """What a version tells of itself; empty when that cannot be read."""
    try:
        told = json.loads((version / MANIFEST).read_bytes().decode("utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def verify_version(version: Path) -> None:
    """Compare each file with the manifest's hash, and the rows. Raises VersionDamaged, OSError."""
    manifest = load_manifest(version)
    files = manifest.get("files")
    if not files or str(hash_file(version / MANIFEST)["sha256"])[:16] != version.name:
        raise VersionDamaged(version, MANIFEST)
    for name, told in files.items():
        path = version / name
        if not path.is_file() or hash_file(path) != told or not _has_rows(path, manifest["rows"]):
            raise VersionDamaged(version, name)


def is_whole(version: Path) -> bool:
    """Whether a version is there, as it was written."""
    try:
        verify_version(version)
    except (OSError, ValueError, KeyError, VersionDamaged):
        return False
    return True


def _has_rows(path: Path, rows: Mapping[str, int]) -> bool:
    return path.suffix != ".parquet" or pq.read_metadata(path).num_rows == rows[path.stem]


def roll_back(folder: Path, name: str = "") -> Published:
    """Make a version current again: the named one, else the one published before the current.

    Raises NoVersion, VersionDamaged, DatasetLocked.
    """
    with _locked(folder):
        wanted = _find(list_versions(folder), name)
        if wanted is None:
            raise NoVersion(folder, name)
        verify_version(wanted.path)
        point_to(wanted.path)
        return next(one for one in list_versions(folder) if one.name == wanted.name)


def _find(versions: list[Published], name: str) -> Published | None:
    if name:
        found = [one for one in versions if one.name.startswith(name)]
        return found[0] if len(found) == 1 else None
    at = next((place for place, one in enumerate(versions) if one.current), -1)
    return versions[at + 1] if at + 1 < len(versions) else None


def prune(folder: Path, keep: int) -> list[Published]:
    """Remove all versions but the current one and the `keep` last published others.

    What broken runs left goes too. Returns what was removed. Raises DatasetLocked.
    """
    with _locked(folder):
        others = [one for one in list_versions(folder) if not one.current]
        for one in others[keep:]:
            remove_version(one.path)
        drop_build(folder)
        for left in (folder / "versions").glob(".removing-*"):
            shutil.rmtree(left, ignore_errors=True)
    return others[keep:]


def _locked(folder: Path) -> Any:
    if not (folder / "versions").is_dir():  # nothing is made where there is no dataset
        raise NoVersion(folder)
    return lock_dataset(folder)
