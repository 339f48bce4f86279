"""Reports with a fault in them: declarations changed word by word, written, read and judged."""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
sys.path.insert(0, str(ROOT / "scripts"))

from make_samples import DECLARATIONS  # noqa: E402
from samples.as_pdf import write_pdf  # noqa: E402
from samples.as_text import write_text  # noqa: E402
from samples.model import load_report  # noqa: E402

from pipeline.model import Reading  # noqa: E402
from pipeline.run import read_reading  # noqa: E402
from pipeline.validation import validate  # noqa: E402
from pipeline.validation.findings import finding_rows  # noqa: E402

# What a longer or shorter text moves to another page is told anew, and truly.
OF_PAGES = ("capture.split_cell", "capture.split_label", "capture.label_carried")
OF_PAGES += ("capture.merged_cell", "capture.unclaimed_column")
# What the clean reports still raise: what their layout makes a reading repair or lose, and a form
# that has no place for a commitment's number.
OF_LAYOUT = (
    *OF_PAGES, "capture.row_shift", "status.mark_unplaced", "required.missing_identifier",
)  # fmt: skip
Fact = tuple[str, str, str]  # check, stated, expected


@dataclass(frozen=True)
class Edit:
    """`old` becomes `new` where it first stands behind `after` in a declaration."""

    old: str
    new: str
    after: str = ""


@dataclass(frozen=True)
class Finding:
    """A finding as a reviewer sees it: what it says, and the texts of its places."""

    check: str
    stated: str
    expected: str
    places: tuple[str, ...]
    message: str

    @property
    def fact(self) -> Fact:
        """What it says, wherever it stands."""
        return (self.check, self.stated, self.expected)


@cache
def declaration(report: str) -> str:
    """The declaration of a report without its planted faults."""
    own = HERE / f"{report}.toml"
    if own.is_file():
        return own.read_text(encoding="utf-8")
    cleaned = tomllib.loads((HERE / "clean.toml").read_text(encoding="utf-8"))
    edits = [Edit(old, new, after) for after, old, new in cleaned[report]]
    return change((DECLARATIONS / f"{report}.toml").read_text(encoding="utf-8"), edits)


def change(text: str, edits: Sequence[Edit]) -> str:
    """The text with every edit made; raises ValueError where a word is not there."""
    for edit in edits:
        start = text.index(edit.after) if edit.after else 0
        at = text.index(edit.old, start)
        text = text[:at] + edit.new + text[at + len(edit.old) :]
    return text


def cell(report: str, name: str, key: str, new: str) -> Edit:
    """A cell of the row that has `name` in one of its cells, printed anew."""
    text = declaration(report)
    start = text.rindex("[[part.row]]", 0, text.index(name))
    end = text.find("[[part", start + 1)
    row = text[start : end if end > 0 else len(text)]
    line = next(one for one in row.split("\n") if one.startswith(f"{key} = "))
    return Edit(row, row.replace(line, f'{key} = "{new}"'))


def read_report(report: str, edits: Sequence[Edit], form: str, folder: Path) -> Reading:
    """A report with these edits, written as "txt" or "pdf" and read."""
    source = folder / f"{report}.toml"
    source.write_text(change(declaration(report), edits), encoding="utf-8")
    made = load_report(source)
    path = folder / f"{report}.{form}"
    path.write_bytes(write_pdf(made) if form == "pdf" else write_text(made).encode())
    return read_reading(path, path.name)


def judge(readings: Sequence[Reading]) -> list[Finding]:
    """The findings of these readings."""
    return [_finding(row) for row in finding_rows(validate(readings))]


def _finding(row: dict[str, object]) -> Finding:
    places = tuple(str(place["text"]) for place in json.loads(str(row["evidence"])))
    told = [str(row[name] or "") for name in ("check", "stated", "expected")]
    return Finding(told[0], told[1], told[2], places, str(row["message_es"]))


def come(before: Sequence[Finding], after: Sequence[Finding]) -> list[Finding]:
    """The findings of `after` that `before` does not have, but for those of page breaks."""
    left = Counter(one.fact for one in before)
    found = []
    for one in after:
        if left[one.fact]:
            left[one.fact] -= 1
        else:
            found.append(one)
    return found
