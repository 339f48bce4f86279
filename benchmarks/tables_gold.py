"""The tables that are known: printed reports beside the project, and the same with fewer rules.

`../shared/reports/pdf/*.gold.json` states each page's tables; a spanning cell's text stands at its
top left, and `covered` marks the rest, which is empty. Their rows are also set anew without rules
and with horizontal rules only, in a temporary folder: nothing of those reports stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Rows = Sequence[Sequence[str]]

SHARED = Path(__file__).resolve().parents[2] / "shared" / "reports"
KINDS = ("ruled", "borderless", "unruled", "horizontal", "scanned")


@dataclass(frozen=True, slots=True)
class Known:
    """A PDF whose tables are known: `pages[n]` are those of page n, counted from 1."""

    path: Path
    kind: str
    page_count: int
    pages: Mapping[int, Sequence[Rows]]

    @property
    def name(self) -> str:
        """The file's name, for tables of figures."""
        return self.path.stem


def load_known(folder: Path) -> Iterator[Known]:
    """Every PDF of a folder that has its gold beside it, by name."""
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        pages = {int(page): [_rows(table) for table in ts] for page, ts in gold["pages"].items()}
        yield Known(path.with_name(gold["pdf"]), _kind(path.name), gold["n_pages"], pages)


def _rows(table: Mapping[str, Sequence[Sequence[object]]]) -> Rows:
    flags = table["covered"]
    return [
        ["" if covered else str(text) for text, covered in zip(row, hidden, strict=True)]
        for row, hidden in zip(table["rows"], flags, strict=True)
    ]


def _kind(name: str) -> str:
    return next((kind for kind in ("ruled", "borderless") if kind in name), "scanned")
