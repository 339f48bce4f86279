"""What a run tells: made from the frames just published, or from a version that stands already."""

# pyarrow is partly typed: what it exports is not seen.
# mypy: disable-error-code="attr-defined, no-untyped-call"

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.dataset.diff import Counts
    from pipeline.dataset.publish import Version
    from pipeline.ledger.refresh import Refresh

Row = Mapping[str, Any]
RECOGNIZED = ("commitments", "activities", "budget_lines", "measures", "stated_figures")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run tells: rows of `documents`, `findings`, `checks`, and the published version.

    `work` counts the files `read` now, the contents `known` from earlier runs, `duplicates` of
    others; `changes` what is new, changed and gone since the former version; `quarantined` were
    left alone because they crashed or overran a limit before; `changed` and `vanished` did so
    while the run was at work.
    """

    documents: Sequence[Row]
    counts: Mapping[str, int]  # rows by table
    findings: Sequence[Row]
    checks: Sequence[Row]
    version: Version | None = None
    missing: tuple[Path, ...] = ()
    skipped: tuple[Path, ...] = ()
    work: Mapping[str, int] = field(default_factory=dict)
    changes: Mapping[str, Counts] = field(default_factory=dict)
    quarantined: tuple[str, ...] = ()
    changed: tuple[Path, ...] = ()
    vanished: tuple[Path, ...] = ()


def summarize(frames: Mapping[str, pd.DataFrame]) -> Summary:
    """The rows that a run tells, each document with how many records it gave."""
    return Summary(
        documents=_document_rows(frames),
        counts={name: len(frame) for name, frame in frames.items()},
        findings=_rows(frames["findings"]),
        checks=_rows(frames["checks"]),
    )


def summarize_published(output: Path, name: str) -> Summary | None:
    """What an earlier run made of the very same, made current again; None if it is not whole."""
    from pipeline.dataset.history import is_whole, load_manifest
    from pipeline.dataset.publish import Version, load_frame
    from pipeline.dataset.versions import point_to

    path = output / "versions" / name
    if not name or not is_whole(path):
        return None
    point_to(path)
    columns = {"documents": None, "findings": None, "checks": ["check", "verdict"]}
    columns |= {table: ["document_id"] for table in RECOGNIZED}
    frames = {table: load_frame(path, table, some) for table, some in columns.items()}
    manifest = load_manifest(path)
    known = replace(summarize(frames), counts=manifest["rows"])
    return replace(known, version=Version(name, path, manifest))


def tell_work(summary: Summary, fresh: Refresh) -> Summary:
    """The summary with what was done, and what changed meanwhile."""
    return replace(
        summary,
        work={"read": fresh.read, "known": fresh.known, "duplicates": fresh.duplicates},
        quarantined=fresh.quarantined,
        changed=fresh.changed,
        vanished=fresh.vanished,
    )


def _document_rows(frames: Mapping[str, pd.DataFrame]) -> list[Row]:
    """The rows of `documents`, each with how many commitments, activities and records it gave."""
    counts = {name: frames[name]["document_id"].value_counts().to_dict() for name in RECOGNIZED}

    def count(document_id: str, *tables: str) -> int:
        return sum(int(counts[name].get(document_id, 0)) for name in tables)

    return [
        row
        | {name: count(row["document_id"], name) for name in ("commitments", "activities")}
        | {"records": count(row["document_id"], *RECOGNIZED)}
        for row in _rows(frames["documents"])
    ]


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values; an absent one is None."""
    import pyarrow as pa

    rows: list[dict[str, Any]] = pa.Table.from_pandas(frame, preserve_index=False).to_pylist()
    return rows
