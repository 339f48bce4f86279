"""docs/checks.md lists what the catalogue holds."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.validation.catalogue import load_catalogue

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"


def test_the_page_lists_every_check_as_the_catalogue_has_it() -> None:
    rows = re.findall(r"(?m)^\| `([a-z_]+\.[a-z_]+)` \| (\w+) \| (\w+) \| (.+) \|$",
                      PAGE.read_text(encoding="utf-8"))  # fmt: skip
    told = {check: (kind, severity, title) for check, kind, severity, title in rows}
    assert told == {
        check: (entry.kind, entry.severity, entry.title["en"])
        for check, entry in load_catalogue().checks.items()
    }
