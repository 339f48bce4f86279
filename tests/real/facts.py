"""Facts settled by eye on pages of real reports: figures and places, never a report's words.

`facts/<slug>.toml` holds the tables of one report. Rows and columns count from 1 at the top left of
the printed grid, its header's rows among them, or from -1 at its end where a header can be counted
in more than one way. A cell is told by what is printed there when that is a figure, a date or a
mark (white space does not count), and by a hash of its letters when it is words.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.model import Document, Table

FOLDER = Path(__file__).with_name("facts")
STYLES = ("ruled", "banded", "unruled", "rotated", "scanned", "wide")
HASH_LENGTH = 12
FIGURE = re.compile(r"[-+(]?[$S/.]*[\d.,:/%()\u2013-]+|[Xx✓•-]|")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to be reproduced: `place` names it, `wanted` is what the page shows."""

    place: str  # "rows", "columns", "order", "cell 3,2"
    wanted: str
    found: str

    @property
    def reproduced(self) -> bool:
        """Whether the reading says what the page shows."""
        return self.wanted == self.found


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What was seen of one table: its page, which of the page's tables it is, and cells of it.

    `order`, `rows` and `columns` are None where the print leaves them open. `cells` are
    `(row, column, text)`, the text a figure, "" for a blank cell, or "#" and a hash of letters.
    """

    slug: str
    file: str
    page: int
    order: int | None
    style: str
    rows: int | None
    columns: int | None
    cells: tuple[tuple[int, int, str], ...]

    @property
    def name(self) -> str:
        """Report, page and table, for a failure's message."""
        return f"{self.slug} p{self.page} t{self.order or '?'}"


def load_facts() -> Iterator[TableFacts]:
    """Every table of every file, by name and place."""
    for path in sorted(FOLDER.glob("*.toml")):
        declared = tomllib.loads(path.read_text(encoding="utf-8"))
        for table in declared["tables"]:
            yield _load_table(path.stem, declared["file"], table)


def _load_table(slug: str, file: str, table: Mapping[str, Any]) -> TableFacts:
    cells = tuple((int(row), int(column), str(text)) for row, column, text in table["cells"])
    return TableFacts(
        slug,
        file,
        table["page"],
        table.get("order"),
        table["style"],
        table.get("rows"),
        table.get("columns"),
        cells,
    )


def squash(text: str) -> str:
    """Text without white space, compatibility forms and dashes alike."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"\s+", "", re.sub("[\u2010-\u2015\u2212]", "-", plain))


def hash_letters(text: str) -> str:
    """The first digits of the SHA-256 of a text's letters and digits, without accents and case."""
    parts = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(one for one in parts if one.isalnum())
    return "#" + hashlib.sha256(letters.encode()).hexdigest()[:HASH_LENGTH]


def tell_cell(text: str) -> str:
    """A cell as facts tell it: a figure or mark in clear, words as a hash."""
    bare = squash(text)
    return bare if FIGURE.fullmatch(bare) else hash_letters(text)


def check_table(facts: TableFacts, document: Document) -> list[Fact]:
    """Each fact of a table against the table of the page that reproduces most of them."""
    tables = [table for table in document.tables if _page(table) == facts.page]
    tables.sort(key=_place)
    checked = [_check(facts, table, order) for order, table in enumerate(tables, start=1)]
    return max(checked, key=_reproduced, default=_check(facts, None, 0))


def _reproduced(facts: Sequence[Fact]) -> int:
    return sum(fact.reproduced for fact in facts)


def _page(table: Table) -> int | None:
    return next((cell.page for cell in table.cells if cell.page), None)


def _place(table: Table) -> tuple[float, float]:
    """Top and left, so that the order is that of a reader."""
    boxes = [cell.bbox for cell in table.cells if cell.bbox]
    return min((box[1] for box in boxes), default=0.0), min((box[0] for box in boxes), default=0.0)


def _check(facts: TableFacts, table: Table | None, order: int) -> list[Fact]:
    rows = table.rows if table else ()
    found = []
    if facts.order is not None:
        found.append(Fact("order", str(facts.order), str(order)))
    if facts.rows is not None:
        found.append(Fact("rows", str(facts.rows), str(len(rows))))
    if facts.columns is not None:
        found.append(Fact("columns", str(facts.columns), str(len(rows[0]) if rows else 0)))
    for row, column, text in facts.cells:
        found.append(Fact(f"cell {row},{column}", text, _tell_at(table, row, column)))
    return found


def _tell_at(table: Table | None, row: int, column: int) -> str:
    """What the reading has at a place; "?" where it has no such place."""
    rows = table.rows if table else ()
    line = rows[_index(row)] if -len(rows) <= _index(row) < len(rows) else ()
    if not -len(line) <= _index(column) < len(line):
        return "?"
    cell = line[_index(column)]
    return tell_cell(cell.text) if cell else ""


def _index(count: int) -> int:
    return count - 1 if count > 0 else count
