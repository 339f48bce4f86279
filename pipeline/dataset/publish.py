"""Publish: the frames into an immutable version, and only then the pointer to it."""

# pyarrow is partly typed: what it exports is not seen.
# mypy: disable-error-code="name-defined, attr-defined, no-untyped-call"

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from pipeline.dataset.datapackage import describe_package
from pipeline.dataset.faults import NotPublished
from pipeline.dataset.history import verify_version
from pipeline.dataset.schema import SCHEMA
from pipeline.dataset.versions import (
    MANIFEST,
    drop_build,
    hash_file,
    lock_dataset,
    new_build,
    point_to,
    store_build,
)
from pipeline.dataset.write import to_arrow, write_csv, write_parquet


@dataclass(frozen=True, slots=True)
class Version:
    """A published version: its name (a hash of its content), its folder and its manifest."""

    name: str
    path: Path
    manifest: Mapping[str, Any]


def publish(
    frames: Mapping[str, pd.DataFrame],
    folder: Path,
    *,
    inputs: Mapping[str, object],
    code_version: str,
    configuration: Mapping[str, object],
    locked: bool = False,
) -> Version:
    """Write a version and make it current; the same arguments give the same name and bytes.

    Raises `NotPublished` if a structural suite fails and `DatasetLocked` if another run holds the
    folder (`locked`: the caller holds it already); the former version then stands untouched.
    """
    told = {"code_version": code_version, "configuration": configuration, "inputs": inputs}
    with nullcontext() if locked else lock_dataset(folder):
        results = _validated(frames)
        build = new_build(folder)
        try:
            manifest = _write_version(frames, results, told, build)
            version = store_build(build)
            verify_version(version)
        except BaseException:
            drop_build(folder)
            raise
        point_to(version)
    return Version(version.name, version, manifest)


def load_frames(version: Path) -> dict[str, pd.DataFrame]:
    """The tables of a published version, as `build_frames` made them."""
    return {name: load_frame(version, name) for name in SCHEMA}


def load_frame(version: Path, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """One table of a published version, or some columns of it."""
    table = pq.read_table(version / f"{name}.parquet", columns=columns)
    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def _validated(frames: Mapping[str, pd.DataFrame]) -> Mapping[str, Any]:
    from pipeline.validation.suites import validate_frames  # its library takes seconds to import

    outcome = validate_frames(frames)
    if outcome.failures:
        raise NotPublished(outcome.failures)
    return outcome.results


def _write_version(
    frames: Mapping[str, pd.DataFrame],
    results: Mapping[str, Any],
    told: Mapping[str, Any],
    build: Path,
) -> Mapping[str, Any]:
    _write_tables(frames, build)
    write_json(results, build / "validation.json")
    write_json(describe_package(_file_hashes(build)), build / "datapackage.json")
    rows = {name: len(frames[name]) for name in SCHEMA}
    manifest = {"dataset": "cuadra", **told, "rows": rows, "files": _file_hashes(build)}
    write_json(manifest, build / MANIFEST)
    return manifest


def _write_tables(frames: Mapping[str, pd.DataFrame], build: Path) -> None:
    for table in SCHEMA.values():
        data = to_arrow(frames[table.name], table)
        write_parquet(data, build / f"{table.name}.parquet")
        if not table.parquet_only:
            write_csv(data, build / f"{table.name}.csv")


def _file_hashes(build: Path) -> dict[str, dict[str, object]]:
    return {file.name: hash_file(file) for file in sorted(build.iterdir())}


def write_json(content: Mapping[str, Any], path: Path) -> None:
    r"""JSON in UTF-8, keys sorted; a stray byte of a file name stays readable as `\udcf1`."""
    told = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    path.write_bytes(told.encode("utf-8", "backslashreplace"))
