"""The nouns of cuadra: read this first.

Seven nouns carry everything from a page to a finding: `Document`, `Page`, `Block`, `Table`,
`Value`, `Record`, `Check`. The other classes here are parts of those seven. All are frozen, so what
a stage made cannot be changed behind its back, and can be pickled, so they can leave a worker.

Boxes are pdfplumber's: `(x0, top, x1, bottom)` in points, origin at the top left of the page as
seen. Pages, lines, tables, rows and columns count from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as _field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

Box = tuple[float, float, float, float]

State = Literal[
    "reported",  # read as printed
    "derived",  # computed from something reported (a bound of a period)
    "inferred",  # completed from the context (a year)
    "carried",  # from a merged or earlier cell
    "corrected",  # by a reviewer
    "missing",  # the place is there, and empty
    "not_applicable",  # N/A in any spelling; never 0
    "illegible",  # printed, and not understood
]
Kind = Literal[
    "document", "commitment", "activity", "budget_line", "measure", "stated_figure", "section"
]
Verdict = Literal["pass", "fail", "not_checkable"]
Severity = Literal["error", "warning", "info"]
Status = Literal["ok", "partial", "failed"]


@dataclass(frozen=True, slots=True)
class Block:
    """Text exactly as printed, and where: the provenance that everything later holds.

    A line, a paragraph and a table cell are all Blocks; an empty cell has `text=""`. A cell cut by
    a page break is a Block made of `parts`, which keep their own places.
    """

    text: str
    page: int | None = None  # None in a text report
    line: int | None = None  # None in a PDF
    bbox: Box | None = None
    method: str = ""  # "text", "pdfplumber", "camelot", "spacy", ...
    confidence: float | None = None  # what the method reported, never invented
    table: int | None = None
    row: int | None = None
    column: int | None = None
    row_span: int = 1
    column_span: int = 1
    parts: tuple[Block, ...] = ()

    def places(self) -> tuple[Block, ...]:
        """The Blocks that each stand in one place: the parts, or this Block itself."""
        return self.parts or (self,)

    @property
    def position(self) -> tuple[int, int, float, float]:
        """Where it stands in reading order: page, line, top, left."""
        top, left = (self.bbox[1], self.bbox[0]) if self.bbox else (0.0, 0.0)
        return (self.page or 0, self.line or 0, top, left)

    def with_text(self, text: str) -> Block:
        """The same place with a piece of its text; of several places, the one that holds it."""
        start = _letters(text.strip().split("\n")[0])[:24]
        home = next((part for part in self.parts if start and start in _letters(part.text)), self)
        return replace(home, text=text, parts=())


def _letters(text: str) -> str:
    return re.sub(r"<[^>]+>|[\W_]+", "", text)


def join_blocks(blocks: tuple[Block, ...], separator: str = " ") -> Block:
    """One Block made of several in reading order; empty ones leave no text but keep no place."""
    printed = tuple(part for block in blocks for part in block.places() if part.text.strip())
    if len(printed) < 2:
        return printed[0] if printed else blocks[0]
    text = separator.join(part.text.strip() for part in printed)
    return replace(printed[0], text=text, parts=printed)


@dataclass(frozen=True, slots=True)
class Repair:
    """What a stage put right, lost or could not place: recorded here, judged by `validate`.

    `kind` is the capture check it will become ("row_shift", "split_cell", "label_carried", ...);
    `detail` holds the words that its message needs.
    """

    kind: str
    block: Block
    detail: Mapping[str, str] = _field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as seen: size in points, and its prose (the lines outside tables) in reading order.

    `columns` are the boxes of its columns of text in that order; none on a page in one column.
    `verdict` says what the page is ("digital", "scanned", "mixed", "lying", "outlined"), `method`
    how its characters were read, `unread` how many of them no reader could tell.
    """

    number: int
    width: float
    height: float
    lines: tuple[Block, ...] = ()
    rotation: int = 0
    columns: tuple[Box, ...] = ()
    verdict: str = ""
    method: str = ""
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Join:
    """Whether what a page begins with was taken for more of a table of the page before, and why.

    Reasons: "same_header", "same_sides", "level_rows" (cut across its width); and, not joined,
    "text_between", "other_columns", "other_sides".
    """

    page: int  # the later one
    joined: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells as printed. After stitching it may stand on several pages.

    `rows[r][c]` is a cell, or None where another cell's span covers the place; rows have equal
    length. The first `header_rows` rows are the header (0: not found yet). `extract` fills `names`
    (what each column is called), `shapes` (what its cells look like: "date", "percent", …) and
    `breaks`, `subtotals` and `totals` (the indices in `rows` of those that begin a page, or that
    state a sum). `joins` says of each page it goes over, or might have come from, why.
    """

    number: int
    rows: tuple[tuple[Block | None, ...], ...]
    caption: Block | None = None
    header_rows: int = 0
    method: str = ""
    repairs: tuple[Repair, ...] = ()
    names: tuple[Block | None, ...] = ()
    shapes: tuple[str, ...] = ()
    breaks: frozenset[int] = frozenset()
    subtotals: frozenset[int] = frozenset()
    totals: frozenset[int] = frozenset()
    joins: tuple[Join, ...] = ()

    @property
    def cells(self) -> Iterator[Block]:
        """Every printed cell, row by row."""
        return (cell for row in self.rows for cell in row if cell is not None)


@dataclass(frozen=True, slots=True)
class Document:
    """One input, read: its bytes' identity, its pages, its tables, its prose, and what went wrong.

    `prose` holds the text outside tables, in reading order, one Block a line or paragraph;
    `furniture` and `footnotes` what the file itself sets apart so: a DOCX does, a PDF does not.
    `error` is a code of `pipeline.errors`; `status` says whether anything could be read.
    """

    source: str
    sha256: str
    media_type: str = ""
    page_count: int = 0
    ocr_page_count: int = 0
    pages: tuple[Page, ...] = ()
    tables: tuple[Table, ...] = ()
    prose: tuple[Block, ...] = ()
    status: Status = "ok"
    error: str = ""
    error_detail: str = ""
    repairs: tuple[Repair, ...] = ()
    furniture: tuple[Block, ...] = ()
    footnotes: tuple[Block, ...] = ()

    @property
    def document_id(self) -> str:
        """First 16 hex digits of the SHA-256 of the bytes."""
        return self.sha256[:16]


@dataclass(frozen=True, slots=True)
class Told:
    """A row told in prose: Blocks under named fields, so that narrative takes the path of tables.

    `kind` says of what: "commitment", "milestone", "count", "period", "caption".
    """

    kind: str
    fields: Mapping[str, Block]


@dataclass(frozen=True, slots=True)
class Extract:
    """What `extract` made of a Document: whole tables, rows told in prose, paragraphs."""

    tables: tuple[Table, ...] = ()
    told: tuple[Told, ...] = ()
    paragraphs: tuple[Block, ...] = ()
    furniture: tuple[Block, ...] = ()  # contents, running lines, page numbers: set apart
    footnotes: tuple[Block, ...] = ()  # in reading order, apart from the paragraphs


@dataclass(frozen=True, slots=True)
class Value:
    """A typed value, how it came to be, and the Block it was printed in.

    `value` is text, Decimal, int, date or None; `reason` explains every state but `reported`.
    """

    value: str | Decimal | int | date | None
    block: Block | None = None
    state: State = "reported"
    reason: str = ""
    rule: str = ""  # which rule read it, for `cuadra show`: "percent.parse_percent"


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a published table, before it is a row.

    `fields` are the table's columns (schema.md); `others` what else was read of it, published in
    `values` only: `printed:<header>` for a column that no field claims, or a field's name again for
    another place that states it. `parent_id` is the commitment (of an activity or figure) or the
    record (of a measure).
    """

    kind: Kind
    record_id: str
    document_id: str
    fields: Mapping[str, Value] = _field(default_factory=dict)
    others: tuple[tuple[str, Value], ...] = ()
    repairs: tuple[Repair, ...] = ()
    parent_id: str = ""

    def get(self, name: str) -> Any:
        """The bare value of a field, or None when it is absent or null."""
        value = self.fields.get(name)
        return value.value if value else None

    def block(self, name: str) -> Block | None:
        """Where a field was printed, or None."""
        value = self.fields.get(name)
        return value.block if value else None


@dataclass(frozen=True, slots=True)
class Profile:
    """What is true of one family of reports: loaded from `pipeline/profiles/<name>.toml`."""

    name: str = ""  # empty: the generic path
    title: Mapping[str, str] = _field(default_factory=dict)  # language -> name of the family
    # Regular expression -> weight, matched on text without accents, case and spaces.
    signs: Mapping[str, float] = _field(default_factory=dict)
    columns: Mapping[str, str] = _field(default_factory=dict)  # printed header -> field
    ignore: tuple[str, ...] = ()  # printed headers nobody wants: a decision on record
    required: tuple[str, ...] = ()  # "activity.commitment_number"
    misprints: Mapping[str, str] = _field(default_factory=dict)  # printed -> meant
    defaults: Mapping[str, str] = _field(default_factory=dict)  # "country" -> "CO"


@dataclass(frozen=True, slots=True)
class Reading:
    """One document, all the way to records: what leaves a worker and what `validate` judges.

    `records` stand in reading order (a subtotal follows the rows it sums), the `document` record
    first. A failed document has no records.
    """

    document: Document
    profile: Profile = _field(default_factory=Profile)
    profile_score: float = 0.0
    records: tuple[Record, ...] = ()

    def of(self, *kinds: Kind) -> list[Record]:
        """The records of these kinds, in reading order."""
        return [record for record in self.records if record.kind in kinds]


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison performed. A finding is a Check whose verdict is `fail`.

    `words` fill the sentences of the catalogue in both languages. Checks with the same `group` have
    one cause and become one finding, whose places are all their `evidence`.
    """

    check: str  # "sum.subtotal"
    document_id: str
    verdict: Verdict
    record_type: str = ""
    record_id: str = ""
    field: str = ""
    stated: str = ""
    expected: str = ""
    difference: str = ""
    reason: str = ""
    severity: Severity | None = None  # None: the catalogue's
    evidence: tuple[Block, ...] = ()  # the first one is the place of the finding
    words: Mapping[str, str] = _field(default_factory=dict)
    group: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A parser's typed "I do not understand this", with the reason."""

    reason: str
