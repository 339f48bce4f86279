"""How well tables are read: `benchmarks/tables.py [--peers | --facts | --gold] [--only NAME]`.

Adjacency F1 of cuadra's cells against `../shared/reports/pdf/*.gold.json`, per file and per kind of
table, page by page before stitching, beside pdfplumber. `--peers` adds every flavour of camelot.
`--facts` counts instead what of the real pages is reproduced that was settled by eye (tests/real),
and `--gold` the facts of the real reports' manifest.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from tables_facts import print_facts
from tables_gold import KINDS, SHARED, Known, load_known
from tables_manifest import print_manifest
from tables_peers import READERS, Reading
from tables_score import Score, score_page
from tables_set_again import set_again

TARGETS = {"ruled": 0.995, "borderless": 0.97, "unruled": 0.97, "horizontal": 0.95, "scanned": 0.95}
QUICK = ("cuadra", "pdfplumber")


def known_files(folder: Path, scratch: Path) -> Iterator[Known]:
    """Every file whose tables are known, and the ruled ones set again in the scratch folder."""
    for known in load_known(folder / "pdf"):
        yield known
        if known.kind == "ruled":
            yield set_again(known, scratch, "unruled")
            yield set_again(known, scratch, "horizontal")


def score_file(known: Known, reading: Reading) -> Score:
    """All pages of a file; pages without tables too. Scanned text is equal where it is alike."""
    pages = range(1, known.page_count + 1)
    scores = (
        score_page(
            known.pages.get(page, []),
            reading.pages.get(page, []),
            similar=known.kind == "scanned",
        )
        for page in pages
    )
    return sum(scores, start=Score())


def measure(files: Sequence[Known], names: Sequence[str]) -> None:
    """Print a row a file and reader, then the kinds beside each other."""
    kinds: dict[tuple[str, str], Score] = defaultdict(Score)
    print("| file | kind | reader | precision | recall | F1 | CPU s | pages failed |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for known in files:
        for name in names:
            begun = time.process_time()
            reading = READERS[name](known.path, known.page_count)
            spent = time.process_time() - begun
            score = score_file(known, reading)
            kinds[known.kind, name] += score
            told = f"{score.precision:.4f} | {score.recall:.4f} | {score.f1:.4f}"
            failed = len(reading.failed)
            row = f"| {known.name} | {known.kind} | {name} | {told} | {spent:.1f} | {failed} |"
            print(row, flush=True)
    print_kinds(kinds, names)


def print_kinds(kinds: dict[tuple[str, str], Score], names: Sequence[str]) -> None:
    """F1 of every reader by kind, relations of all files together, with the target."""
    print("\n| kind | target | " + " | ".join(names) + " |")
    print("| --- | --- | " + " | ".join("---" for _ in names) + " |")
    for kind in KINDS:
        if (kind, names[0]) in kinds:
            told = " | ".join(f"{kinds[kind, name].f1:.4f}" for name in names)
            print(f"| {kind} | {TARGETS[kind]} | {told} |")


def main() -> None:
    """Measure what the options ask for; see the module's first lines."""
    options = parse_options()
    if not options.folder.is_dir():
        raise SystemExit(f"the reports are not here: {options.folder}")
    if options.facts:
        print_facts(options.folder / "real", options.only)
        return
    if options.gold:
        print_manifest(options.folder / "real", options.only)
        return
    names = tuple(options.reader or (READERS if options.peers else QUICK))
    with tempfile.TemporaryDirectory() as scratch:
        files = [
            known
            for known in known_files(options.folder, Path(scratch))
            if options.only in f"{known.name} {known.kind}"
        ]
        measure(files, names)


def parse_options() -> argparse.Namespace:
    """What to measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=SHARED)
    parser.add_argument("--peers", action="store_true", help="every flavour of camelot too")
    parser.add_argument("--facts", action="store_true", help="the facts of real pages instead")
    parser.add_argument("--gold", action="store_true", help="the facts of the manifest instead")
    parser.add_argument("--reader", action="append", choices=list(READERS), help="only these")
    parser.add_argument("--only", default="", help="part of a file's name, or a kind")
    return parser.parse_args()


if __name__ == "__main__":
    main()
