"""How well unseen reports' columns are understood: `benchmarks/columns.py [--gold] [--only NAME]`.

Every table of the real reports that states activities or budgets, without a profile, against what
its columns mean as settled by eye on the rendered pages (`columns_truth.toml`: page, place among
the page's tables, a field a column; "-" is a column that the schema has no field for, "a|b" either
is right). A column that no reader takes counts as unclaimed. `--gold` says instead which facts of
the real reports' manifest the records reproduce.
"""

from __future__ import annotations

import argparse
import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from columns_gold import print_gold

from extractors.extract import extract
from extractors.read import read_document
from normalizers.headers import name_parts, own_name
from normalizers.readers import Understood, choose_readers, understand_tables
from normalizers.text import key
from pipeline.model import Block, Document, Profile, Table

SHARED = Path(__file__).parents[1] / "../shared/reports/real"
TRUTH = Path(__file__).with_name("columns_truth.toml")
NONE = "-"


@dataclass(slots=True)
class Count:
    """Columns of one document: mapped right, wrong, unclaimed; left as printed, as they should."""

    right: int = 0
    wrong: int = 0
    unclaimed: int = 0
    left: int = 0

    def add(self, other: Count) -> None:
        """Count another's columns too."""
        self.right += other.right
        self.wrong += other.wrong
        self.unclaimed += other.unclaimed
        self.left += other.left


def short_hash(name: str) -> str:
    """Six hex digits that tell a header without saying it."""
    return hashlib.sha256(key(name).encode()).hexdigest()[:6] if key(name) else ""


def meanings(one: Understood, reader: str | None) -> list[tuple[str, str]]:
    """(short hash of the name, meaning) of each printed column; "" where nothing claims it."""
    found: dict[int, str] = {}
    if reader is not None:
        found |= {at: field for field, at in one.columns.fields.items()}
        found |= dict.fromkeys(one.columns.labels, "label")
        for at, measure in one.columns.measures.items():
            found[at] = "@".join(filter(None, (measure.kind or "other", measure.part)))
        if one.columns.code >= 0:
            found[one.columns.code] = "code"
        if one.columns.period >= 0:
            found[one.columns.period] = "period"
    return list(_printed(one.table, found))


def _printed(table: Table, found: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """A header over several columns names one printed column."""
    names: Sequence[Block | None] = table.names or [None] * len(table.rows[0])
    last: Block | None = None
    for at, name in enumerate(names):
        if name is not None and name == last:
            continue
        last = name
        same = [found.get(to, "") for to, other in enumerate(names) if other == name and name]
        said = next(filter(None, same), "") if name else found.get(at, "")
        if name is not None or said:
            yield short_hash(own_name(name_parts(name))), said


def judge(truth: Mapping[str, Any], read: Sequence[tuple[str, str]]) -> Count:
    """The columns of one table against the truth."""
    count = Count()
    fields: Sequence[str] = truth["fields"]
    said = _align(truth.get("hashes", [""] * len(fields)), read)
    for wanted, found in zip(fields, said, strict=True):
        options = wanted.split("|")
        if found:
            count.right += found in options
            count.wrong += found not in options
        elif NONE in options:
            count.left += 1
        else:
            count.unclaimed += 1
    return count


def _align(hashes: Sequence[str], read: Sequence[tuple[str, str]]) -> list[str]:
    """What is said of each true column: by place where as many were read, else by name."""
    if len(hashes) == len(read):
        return [said for _, said in read]
    found = [""] * len(hashes)
    matcher = SequenceMatcher(None, hashes, [name for name, _ in read], autojunk=False)
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            if hashes[block.a + step]:
                found[block.a + step] = read[block.b + step][1]
    return found


def likeness(truth: Mapping[str, Any], read: Sequence[tuple[str, str]]) -> float:
    """How sure a table read is the one of the truth."""
    hashes = truth.get("hashes", [])
    same = SequenceMatcher(None, hashes, [name for name, _ in read], autojunk=False).ratio()
    width = len(truth["fields"]) == len(read)
    return same + 0.5 * width


def measure(document: Document, truths: Sequence[Mapping[str, Any]]) -> Count:
    """All judged tables of a document, each with the table of its page that is most like it."""
    tables = understand_tables(document, extract(document), Profile())
    readers = choose_readers(tables, Profile())
    pages: dict[int, list[list[tuple[str, str]]]] = defaultdict(list)
    for one, reader in zip(tables, readers, strict=True):
        first = next(one.table.cells, None)
        pages[(first.page or 0) if first else 0].append(meanings(one, reader))
    total = Count()
    for truth in truths:
        offered = pages[truth["page"]]
        best = max(offered, key=lambda read: likeness(truth, read), default=[])
        if likeness(truth, best) >= 0.5:
            offered.remove(best)
        else:
            best = []
        total.add(judge(truth, best))
    return total


def print_columns(only: str) -> None:
    """A row a document and the sum."""
    entries = tomllib.loads(TRUTH.read_text(encoding="utf-8"))["table"]
    by_document: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for entry in entries:
        by_document[entry["document"]].append(entry)
    total = Count()
    print("| document | tables | right | wrong | unclaimed | left as printed |")
    print("| --- | --- | --- | --- | --- | --- |")
    for slug, truths in sorted(by_document.items()):
        if only not in slug:
            continue
        count = measure(read_document(SHARED / f"{slug}.pdf", slug), truths)
        total.add(count)
        row = (count.right, count.wrong, count.unclaimed, count.left)
        print(f"| {slug} | {len(truths)} | {' | '.join(map(str, row))} |", flush=True)
    claimed = total.right + total.wrong + total.unclaimed
    shares = (f"{100 * one / max(1, claimed):.1f} %" for one in
              (total.right, total.wrong, total.unclaimed))  # fmt: skip
    print(f"\nof {claimed} columns with a field: right, wrong, unclaimed {', '.join(shares)};")
    print(f"{total.left} columns that the schema has no field for were left as printed")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", action="store_true")
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    print_gold(SHARED, asked.only) if asked.gold else print_columns(asked.only)
