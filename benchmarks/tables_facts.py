"""How many facts of real pages a reading reproduces, by style of table and by file."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

# The facts and their check stand with the tests, which hold each of them.
sys.path.append(str(Path(__file__).resolve().parents[1] / "tests" / "real"))

from facts import STYLES, check_table, load_facts

from extractors.read import read_document
from pipeline.model import Document


def print_facts(folder: Path, only: str) -> None:
    """A row a table that is not reproduced in full, then facts and tables by style."""
    documents: dict[str, Document] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for table in load_facts():
        if only not in table.name:
            continue
        if table.file not in documents:
            documents[table.file] = read_document(folder / table.file, table.file)
        checked = check_table(table, documents[table.file])
        wrong = [fact.place for fact in checked if not fact.reproduced]
        counts[table.style, "tables"] += 1
        counts[table.style, "whole"] += not wrong
        counts[table.style, "facts"] += len(checked)
        counts[table.style, "right"] += len(checked) - len(wrong)
        if wrong:
            told = ", ".join(wrong[:8]) + (", …" if len(wrong) > 8 else "")
            right = f"{len(checked) - len(wrong)}/{len(checked)}"
            print(f"{table.name} ({table.style}): {right}; not {told}", flush=True)
    print_styles(counts)


def print_styles(counts: Counter[tuple[str, str]]) -> None:
    """Facts reproduced of each style, and tables without a fault."""
    print("\n| style | tables whole | facts reproduced | share |")
    print("| --- | --- | --- | --- |")
    for style in (*STYLES, "all"):
        styles = STYLES if style == "all" else (style,)
        whole, tables, right, facts = (
            sum(counts[one, what] for one in styles)
            for what in ("whole", "tables", "right", "facts")
        )
        if facts:
            print(f"| {style} | {whole}/{tables} | {right}/{facts} | {right / facts:.1%} |")
