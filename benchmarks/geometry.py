"""PDFium's print against pdfplumber's: `python benchmarks/geometry.py [FOLDER] [PAGES]`.

Reads the first pages (4 unless told) of each PDF of `../shared/reports` or of the folder given with
`read_geometry` (characters, words, rules, fills) and with pdfplumber (characters alone); shows
milliseconds of processor time a page, and the pages of which both do not read the same characters.
"""

from __future__ import annotations

import logging
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pdfplumber
import pypdfium2
from pdfplumber.utils.text import LIGATURES

from extractors.geometry import Geometry, are_blank
from extractors.pdfium import read_geometry

SHARED = Path(__file__).resolve().parents[2] / "shared" / "reports"
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Compared:
    """One page: milliseconds of both readers, and how many characters only one of them has."""

    name: str
    ours: float
    theirs: float
    count: int
    only_ours: int
    only_theirs: int


def timed(call: Callable[[], _Result]) -> tuple[float, _Result]:
    """Milliseconds of processor time that a call takes, and what it gives."""
    start = time.process_time()
    result = call()
    return (time.process_time() - start) * 1000, result


def our_characters(page: Geometry) -> Counter[str]:
    """The characters seen, blanks left out."""
    return Counter(map(chr, page.chars.codes[~are_blank(page.chars.codes)].tolist()))


def their_characters(page: Any) -> Counter[str]:
    """All that pdfplumber tells, ligatures spelt out and soft hyphens made hyphens."""
    spelt = "".join(LIGATURES.get(char["text"], char["text"]) for char in page.chars)
    spelt = spelt.replace("\u00ad", "-")
    return Counter(letter for letter in spelt if not letter.isspace())


def compare(path: Path, pages: int) -> Iterator[Compared]:
    """The first pages of a file, read by both."""
    with pypdfium2.PdfDocument(path) as one, pdfplumber.open(path) as other:
        for index in range(min(pages, len(one), len(other.pages))):
            ours, page = timed(lambda at=index: read_geometry(one[at], at + 1))
            theirs, _ = timed(lambda at=index: other.pages[at].chars)
            mine, his = our_characters(page), their_characters(other.pages[index])
            yield Compared(
                f"{path.name} {index + 1}",
                ours,
                theirs,
                mine.total(),
                (mine - his).total(),
                max(0, (his - mine).total() - page.hidden),
            )
            other.pages[index].close()


def main(folder: Path = SHARED, pages: int = 4) -> None:
    """Compare all files and print the medians over pages with print on them."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    found = [page for path in sorted(folder.rglob("*.pdf")) for page in compare(path, pages)]
    for page in found:
        if page.only_ours or page.only_theirs:
            print(f"{page.name}: +{page.only_ours} -{page.only_theirs} of {page.count}")
    printed = [page for page in found if page.count]
    ours = statistics.median(page.ours for page in printed)
    theirs = statistics.median(page.theirs for page in printed)
    ratio = statistics.median(page.theirs / page.ours for page in printed)
    print(f"{len(printed)} pages with print, {sum(page.count for page in printed)} characters")
    print(f"ms a page, median: {ours:.1f}; pdfplumber's characters {theirs:.1f}, {ratio:.1f} times")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]), *map(int, sys.argv[2:3]))
