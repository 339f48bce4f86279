"""What a version changes against the one before: documents, records and findings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.dataset.schema import SCHEMA

Key = tuple[str, ...]
Counts = Mapping[str, int]  # "new", "changed", "gone"
NOTHING: Counts = {"new": 0, "changed": 0, "gone": 0}
RECORDS = tuple(table.name for table in SCHEMA.values() if table.record not in ("", "document"))
# Columns that name a document or record by its bytes: they say nothing of what changed in it.
_BYTES = ("document_id", "sha256", "finding_id", "check_id", "group", "thread", "thread_score")


def compare_versions(before: Path | None, after: Path) -> dict[str, Counts]:
    """How many documents, records and findings are new, changed and gone.

    A document is known by its source, a record by its document and place, a finding by its check
    and record. `before` is None where nothing was published.
    """
    if before == after:
        return dict.fromkeys(("documents", "records", "findings"), NOTHING)
    old, new = _former(before), _digests(after)
    return {name: _compare(old[name], new[name]) for name in new}


_EMPTY: Mapping[str, Mapping[Key, bytes]] = {"documents": {}, "records": {}, "findings": {}}


def _former(version: Path | None) -> Mapping[str, Mapping[Key, bytes]]:
    try:
        return _digests(version) if version else _EMPTY
    except (OSError, ValueError, KeyError):  # damaged, or of a program with other tables
        return _EMPTY


def _compare(old: Mapping[Key, bytes], new: Mapping[Key, bytes]) -> Counts:
    both = old.keys() & new.keys()
    return {
        "new": len(new) - len(both),
        "changed": sum(old[key] != new[key] for key in both),
        "gone": len(old) - len(both),
    }


def _digests(version: Path) -> Mapping[str, Mapping[Key, bytes]]:
    documents = _read(version, "documents")
    sources = {str(row["document_id"]): str(row["source"]) for row in documents}
    records = (pair for name in RECORDS for pair in _records(version, name, sources))
    return {
        "documents": {(str(row["source"]),): _digest(row, ()) for row in documents},
        "records": dict(records),
        "findings": dict(_findings(version, sources)),
    }


def _records(version: Path, name: str, sources: Mapping[str, str]) -> Iterator[tuple[Key, bytes]]:
    (own,) = SCHEMA[name].key
    identifiers = [column.name for column in SCHEMA[name] if column.references]
    for row in _read(version, name):
        source = sources.get(str(row["document_id"]), "")
        yield (name, source, _place(row[own])), _digest(row, (own, *identifiers, *_BYTES))


def _findings(version: Path, sources: Mapping[str, str]) -> Iterator[tuple[Key, bytes]]:
    seen: dict[Key, int] = {}
    for row in _read(version, "findings"):
        source = sources.get(str(row["document_id"] or ""), "")
        key = (source, str(row["check"]), _place(row["record_id"]), str(row["field"] or ""))
        seen[key] = seen.get(key, 0) + 1
        yield (*key, str(seen[key])), _digest(row, ("record_id", *_BYTES))


def _place(identifier: object) -> str:
    """What stands after the document's own part: `a002`."""
    return str(identifier or "").partition("-")[2]


def _digest(row: Mapping[str, object], without: Sequence[str]) -> bytes:
    told = repr([value for name, value in row.items() if name not in without])
    return hashlib.blake2b(told.encode("utf-8", "backslashreplace"), digest_size=16).digest()


def _read(version: Path, name: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = pq.read_table(version / f"{name}.parquet").to_pylist()  # type: ignore[no-untyped-call]
    return rows
