"""A dataset's versions for a person: which there are, and fewer of them."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from pipeline.dataset.history import list_versions, prune
from pipeline.messages import say

_COLUMNS = ("name", "published", "documents", "findings", "size")


def tell_versions(folder: Path, lang: str, as_json: bool) -> str:
    """The versions of a dataset, the last published first, as a table or as JSON."""
    versions = list_versions(folder)
    if as_json:
        told = [{**asdict(one), "path": str(one.path)} for one in versions]
        return json.dumps(told, indent=2)
    if not versions:
        return say(lang, "versions.none", folder=folder)
    rows = [[say(lang, f"versions.{name}") for name in _COLUMNS]]
    for one in versions:
        size = f"{one.bytes / 2**20:.1f}"
        mark = f"  ({say(lang, 'versions.current')})" if one.current else ""
        rows.append([one.name, one.published, str(one.documents), str(one.findings), size + mark])
    return "\n".join("  ".join(cell.ljust(20) for cell in row).rstrip() for row in rows)


def prune_dataset(folder: Path, keep: int) -> int:
    """Remove old versions, and what the ledger keeps for none of the others; how many went."""
    from pipeline.dataset.versions import lock_dataset
    from pipeline.ledger.fingerprint import fingerprint_reading
    from pipeline.ledger.store import LEDGER, open_ledger

    removed = prune(folder, keep)
    if (folder / LEDGER).exists():
        with lock_dataset(folder), open_ledger(folder, fingerprint_reading(), {}) as ledger:
            ledger.forget_others(one.name for one in list_versions(folder))
    return len(removed)
