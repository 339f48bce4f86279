"""Reports that exist as text and as scan: `python benchmarks/twins.py`.

Whether both give the same amounts: those of the manifest of `../shared/reports/real` that are
`related`, one with a text layer and one scanned, and the scans of `../shared/reports/pdf`, which
name the pages they were made of. What is printed is what PDFium's text of the page says; an amount
is a number with a separator or a sign of money or per cent, and counts as often as it is printed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from tables_gold import SHARED

from extractors.read import read_document
from normalizers.values import SURE
from pipeline.model import Document

TARGET = 0.97
SIGNS = re.compile(r"(?<=\$)\s+|\s+(?=%)")  # the blanks between a sign and its number
AMOUNT = re.compile(
    r"(?<![\w.,/])(?:-?\d[\d.,]*[.,]\d+(?![\w.,]*\d)|(?<=\$)\d+(?![\w.,]*\d)|\d+(?=%))"
)


@dataclass(frozen=True, slots=True)
class Twin:
    """A scan, the text version, and for each page of the scan the page it shows."""

    text: Path
    scan: Path
    pages: dict[int, int]


def find_twins(folder: Path) -> Iterator[Twin]:
    """The pairs of both folders, each once."""
    for path in sorted((folder / "pdf").glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if "src" in gold:
            name, sources = gold["src"]
            pages = dict(enumerate(sources, start=1))
            yield Twin(path.with_name(name), path.with_name(gold["pdf"]), pages)
    yield from _related(folder / "real")


def _related(folder: Path) -> Iterator[Twin]:
    entries = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    known = {entry["slug"]: entry for entry in entries}
    for entry in entries:
        for other in (known.get(one["slug"]) for one in entry.get("related", ())):
            if other and other["scanned"] and entry["text_layer"] and other["pages"]:
                pages = {page: page for page in range(1, other["pages"] + 1)}
                yield Twin(folder / entry["file"], folder / other["file"], pages)


def find_amounts(text: str) -> Counter[str]:
    """The amounts of a text, with their separators, without currency signs and percent signs."""
    return Counter(AMOUNT.findall(SIGNS.sub("", text)))


def printed_amounts(path: Path, number: int) -> Counter[str]:
    """The amounts that a page's text layer holds."""
    pdf = pypdfium2.PdfDocument(path)
    text = pdf[number - 1].get_textpage().get_text_bounded()
    pdf.close()
    return find_amounts(text)


def read_amounts(
    document: Document, number: int, *, tables: bool, least: float = 0.0
) -> Counter[str]:
    """The amounts that the reading gives for a page: those of its cells, or all.

    `least`: recognised with this confidence or more, as what is taken for a figure is.
    """
    found: Counter[str] = Counter()
    cells = [cell for table in document.tables for cell in table.cells]
    for block in cells if tables else [*cells, *document.prose]:
        for place in block.places():
            if place.page == number and (place.confidence or 0.0) >= least:
                found.update(find_amounts(place.text))
    return found


def share(wanted: Counter[str], found: Counter[str]) -> str:
    """How many of the wanted were found, as the tables here tell it."""
    right, whole = (wanted & found).total(), wanted.total()
    return f"{right}/{whole} ({right / whole:.1%})" if whole else "none"


def main() -> None:
    """Print a row a page, then all pages together."""
    all_wanted: Counter[tuple[str, int, str]] = Counter()
    all_found: Counter[tuple[str, int, str]] = Counter()
    taken, exact = 0, 0
    print("| scan | page | amounts of the text: in its cells | scan: in cells | on the page |")
    print("| --- | --- | --- | --- | --- |")
    for twin in find_twins(SHARED):
        text = read_document(twin.text, twin.text.name)
        scan = read_document(twin.scan, twin.scan.name)
        for page, source in twin.pages.items():
            wanted = printed_amounts(twin.text, source)
            cells = read_amounts(scan, page, tables=True)
            whole = read_amounts(scan, page, tables=False)
            sure = read_amounts(scan, page, tables=True, least=SURE)
            taken, exact = taken + sure.total(), exact + (sure & wanted).total()
            own = share(wanted, read_amounts(text, source, tables=True))
            told = f"{own} | {share(wanted, cells)} | {share(wanted, whole)}"
            print(f"| {twin.scan.stem} | {page} | {told} |", flush=True)
            all_wanted.update({(twin.scan.stem, page, one): n for one, n in wanted.items()})
            all_found.update({(twin.scan.stem, page, one): n for one, n in whole.items()})
    right, wanted_in_all = (all_wanted & all_found).total(), all_wanted.total()
    print(f"\n{right} of {wanted_in_all} amounts exact: {right / max(1, wanted_in_all):.2%}")
    print(f"target: {TARGET:.0%}")
    print(f"taken for figures (confidence of {SURE:.0f} and more): {taken}, of which {exact} exact")


if __name__ == "__main__":
    main()
