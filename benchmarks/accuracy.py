"""Accuracy on reports with known records: `python benchmarks/accuracy.py`, per field and in all.

Reads `../shared/reports` (or the folder given): `seeds/*.txt` and `pdf/*_ruled.pdf` against
`gold/*.json`. Text is equal at 0.95 similarity without white space and markup; a gold field ending
in `_prefix` or `_contains` states only that; `{"any": […]}` lists what may be said.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz
from rich.console import Console
from rich.table import Table

from pipeline.model import Reading, Record
from pipeline.run import read_reading

Gold = Mapping[str, Any]
Score = tuple[str, bool, str]  # field, right, what was wrong
KINDS = {"commitments": "commitment", "activities": "activity", "stated_figures": "stated_figure"}
KNOWN_BY = {"commitments": ("number", "title"), "activities": ("description",)}


def bare(text: object) -> str:
    """Text without white space and markup."""
    return re.sub(r"<[^>]*>|\*\*|\s+", "", str(text)).lower()


def agrees(expected: Any, found: Any) -> bool:
    """Whether one value says what the gold says."""
    if isinstance(expected, dict) and "any" in expected:
        return any(agrees(one, found) for one in expected["any"])
    if expected is None or expected == "":
        return found is None or found == ""
    if found is None:
        return False
    if isinstance(expected, int | float):
        return isinstance(found, int | Decimal) and Decimal(str(expected)) == found
    return str(expected) == str(found) or fuzz.ratio(bare(expected), bare(found)) >= 95


def field_agrees(name: str, expected: Any, values: Mapping[str, Any]) -> bool:
    """A gold field, with its ending, against a record's values."""
    if name.endswith("_prefix"):
        return bare(values.get(name.removesuffix("_prefix"))).startswith(bare(expected))
    if name.endswith("_contains"):
        text = bare(values.get(name.removesuffix("_contains")))
        wanted = expected if isinstance(expected, list) else [expected]
        return all(bare(one) in text for one in wanted)
    return agrees(expected, values.get(name))


def values_of(record: Record, reading: Reading) -> dict[str, Any]:
    """A record's bare values, with the labels of the commitment it belongs to."""
    by_id = {one.record_id: one for one in reading.records}
    parent = by_id.get(record.parent_id)
    values = {name: record.get(name) for name in record.fields}
    if record.kind != "commitment":
        values["commitment"] = [parent.get("number"), parent.get("title")] if parent else [None]
        values["axis"] = _axis(record, parent)
    return values


def _axis(record: Record, parent: Record | None) -> Any:
    if record.kind == "stated_figure" and record.get("scope") == "axis":
        return record.get("scope_label")
    return parent.get("axis") if parent else None


def label_agrees(expected: Any, found: Sequence[Any]) -> bool:
    """A commitment is named by its number or its title; none of both agrees with no name."""
    wanted = expected["any"] if isinstance(expected, dict) else [expected]
    named = [one for one in found if one]
    return any(any(agrees(w, one) for one in named) if w else not named for w in wanted)


def score_record(kind: str, gold: Gold, values: Mapping[str, Any] | None) -> Iterator[Score]:
    """Every field that the gold record states."""
    for name, expected in gold.items():
        if values is None:
            yield f"{kind}.{name}", False, f"no record for {expected!r}"
        elif name == "commitment":
            right = label_agrees(expected, values["commitment"])
            yield f"{kind}.{name}", right, f"{expected!r} != {values['commitment']!r}"
        elif name == "scope":
            right = values.get("scope") in str(expected)
            yield f"{kind}.{name}", right, f"{expected!r} != {values.get('scope')!r}"
        elif name != "additional_info":
            right = field_agrees(name, expected, values)
            got = values.get(re.sub(r"_(prefix|contains)$", "", name))
            yield f"{kind}.{name}", right, f"{expected!r} != {got!r}"


def likeness(kind: str, gold: Gold, values: Mapping[str, Any]) -> float:
    """How much a record looks like the one the gold means."""
    if kind == "activities":
        names = ("description", "deliverable", "planned_end", "amount", "percent_complete")
    else:
        names = tuple(gold)
    return sum(
        (5.0 if name in ("description", "number", "value") else 1.0)
        for name in names
        if name in gold and _near(name, gold[name], values)
    )


def _near(name: str, expected: Any, values: Mapping[str, Any]) -> bool:
    if name == "commitment":
        return label_agrees(expected, values["commitment"])
    if name == "scope":
        return values.get("scope") in str(expected)
    return field_agrees(name, expected, values)


def score_kind(kind: str, golds: Sequence[Gold], reading: Reading) -> Iterator[Score]:
    """Match each gold record to the likest record not yet taken, in order; extra ones are wrong."""
    records = [one for one in reading.records if one.kind == KINDS[kind]]
    left = [values_of(one, reading) for one in records]
    for gold in golds:
        best = max(left, key=lambda values: likeness(kind, gold, values), default=None)
        if best is not None and likeness(kind, gold, best) > 0:
            left.remove(best)
        else:
            best = None
        yield from score_record(kind, gold, best)
    # The known records do not list every figure that a report declares: those are not judged.
    if golds and kind != "stated_figures":
        for values in left:
            yield f"{kind}.extra", False, str(values.get("description") or values.get("title"))[:60]


def score_reading(gold: Gold, reading: Reading) -> list[Score]:
    """Every value that the gold of one report states."""
    document = {name: reading.records[0].get(name) for name in reading.records[0].fields}
    scores = list(score_record("document", gold["document"], document))
    for kind in KINDS:
        scores += score_kind(kind, gold[kind], reading)
    return scores


def cases(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """(set, report, gold) of the texts and of the ruled PDFs."""
    for path in sorted((folder / "seeds").glob("*.txt")):
        yield "text", path, folder / "gold" / f"{path.name[:3]}.json"
    for path in sorted((folder / "pdf").glob("*_ruled.pdf")):
        yield "ruled PDF", path, folder / "gold" / f"{path.name[:3]}.json"


def main(arguments: Sequence[str]) -> None:
    """Print the share of right values per set and report, and per field; what is wrong with -v."""
    folders = [Path(one) for one in arguments if not one.startswith("-")]
    folder = folders[0] if folders else Path("../shared/reports")
    console = Console(width=120)
    fields: dict[tuple[str, str], Counter[bool]] = {}
    for group, report, gold in cases(folder):
        scores = score_reading(json.loads(gold.read_text()), read_reading(report, report.name))
        right = sum(1 for _, good, _ in scores if good)
        console.print(f"{group}  {report.name}: {right}/{len(scores)} = {right / len(scores):.4f}")
        for name, good, why in scores:
            fields.setdefault((group, name), Counter())[good] += 1
            if not good and "-v" in arguments:
                console.print(f"    {name}: {why[:200]}", style="red", markup=False)
    print_fields(console, fields)


def print_fields(console: Console, fields: Mapping[tuple[str, str], Counter[bool]]) -> None:
    """The table of fields, and the totals of the sets."""
    groups = sorted({group for group, _ in fields}, reverse=True)
    table = Table("field", *groups, title="values right / values judged")
    for name in sorted({name for _, name in fields}):
        table.add_row(name, *(_share(fields.get((group, name))) for group in groups))
    table.add_section()
    totals = [sum((c for (g, _), c in fields.items() if g == group), Counter()) for group in groups]
    table.add_row("all", *(_share(total) for total in totals))
    console.print(table)


def _share(counts: Counter[bool] | None) -> str:
    if not counts:
        return ""
    return f"{counts[True]}/{counts.total()} = {counts[True] / counts.total():.4f}"


if __name__ == "__main__":
    main(sys.argv[1:])
