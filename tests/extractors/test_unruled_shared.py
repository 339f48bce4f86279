"""Reports printed without rules, whose cells are known: how many neighbours are read as such."""

import json
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from unruled_pages import texts

from extractors.pdfium import read_geometry
from extractors.tables.unruled import find_unruled

Pair = tuple[str, str, bool]


def normal(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in plain.lower() if letter.isalnum())


def neighbours(rows: Sequence[Sequence[str]]) -> Counter[Pair]:
    """Pairs of cells with print that have none between them, side by side or one over another."""
    cells = [[normal(text) for text in row] for row in rows]
    lines = [(line, True) for line in cells]
    lines += [(list(column), False) for column in zip(*cells, strict=True)]
    found: Counter[Pair] = Counter()
    for line, beside in lines:
        filled = [text for text in line if text]
        found.update((one, other, beside) for one, other in pairwise(filled))
    return found


@pytest.mark.parametrize("name", ["000", "003", "004"])
def test_neighbours_of_cells_are_read_as_such(shared_reports: Path, name: str) -> None:
    path = shared_reports / "pdf" / f"{name}_chromium_borderless.pdf"
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    told, read, hit = 0, 0, 0
    for index, page in enumerate(pypdfium2.PdfDocument(path)):
        geometry = read_geometry(page, index + 1)
        known: Counter[Pair] = Counter()
        for table in gold["pages"].get(str(index + 1), []):
            known += neighbours(table["rows"])
        found: Counter[Pair] = Counter()
        for grid in find_unruled(geometry, []):
            found += neighbours(texts(grid, geometry))
        told, read, hit = told + known.total(), read + found.total(), hit + (known & found).total()
    assert 2 * hit / (told + read) >= 0.97
