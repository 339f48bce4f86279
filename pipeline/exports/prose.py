"""The prose of a file: paragraphs in reading order, headings marked, tables in place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from extractors.footnotes import note_mark
from extractors.prose import heading, plain
from pipeline.exports.layouts import visible
from pipeline.exports.reading import FileRead, Spans, is_asked
from pipeline.exports.tables import extent, text_rows
from pipeline.model import Block, Box, Page, Table, join_blocks

_DEEPEST = 6  # marks of a heading
# Marks of lists in type that only its own font can show.
_MARKS = str.maketrans(dict.fromkeys("\uf0a7\uf0b7\uf0d8\uf0fc", "•"))


def tell_prose(read: FileRead, spans: Spans, with_tables: bool) -> str:
    """Paragraphs parted by empty lines, footnotes last; tables as lines, tabs between cells."""
    blocks = [block for one in read.extract.paragraphs if (block := _asked(one, spans))]
    tables = list(read.extract.tables) if with_tables else []
    notes = [block for one in read.extract.footnotes if (block := _asked(one, spans))]
    told = (*_pieces(blocks, tables, _Places(read.document.pages)), *map(_tell_note, notes))
    pieces = [visible(piece) for piece in told if piece]
    return "\n\n".join(pieces).translate(_MARKS) + "\n" if pieces else ""


def _asked(block: Block, spans: Spans) -> Block | None:
    """What stands of a paragraph on the pages asked for."""
    parts = tuple(part for part in block.places() if is_asked(part.page or 1, spans))
    if len(parts) == len(block.places()):
        return block
    return join_blocks(parts) if parts else None


def _pieces(blocks: Sequence[Block], tables: list[Table], places: _Places) -> Iterator[str]:
    for block, following in zip_longest(blocks, blocks[1:]):
        while tables and places.stands_before(tables[0], block):
            yield _tell_table(tables.pop(0))
        yield _tell_paragraph(block, following)
    yield from map(_tell_table, tables)


def _tell_paragraph(block: Block, following: Block | None) -> str:
    found = heading(block, following)
    if found is None:
        return plain(block)
    number, title = found
    depth = min(_DEEPEST, number.count(".") + 1)
    return f"{'#' * depth} {number} {title}" if number else f"# {title}"


def _tell_note(note: Block) -> str:
    mark, text = note_mark(note)
    return f"[^{mark}]: {' '.join(text.split())}" if mark else plain(note)


def _tell_table(table: Table) -> str:
    rows = ("\t".join(" ".join(text.split()) for text in row) for row in text_rows(table))
    return "\n".join(rows)


class _Places:
    """Where paragraphs and tables come in the order of reading."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.columns = {page.number: page.columns for page in pages if page.columns}

    def stands_before(self, table: Table, block: Block) -> bool:
        """Whether a table is read before a paragraph."""
        first = next((cell for cell in table.cells if cell.bbox or cell.line), None)
        if first is None:
            return True
        if first.line is not None or block.line is not None:
            return (first.line or 0) < (block.line or 0)
        box = extent(table, first.page)
        return self._rank(first.page, box) < self._rank(block.page, block.bbox)

    def _rank(self, page: int | None, box: Box | None) -> tuple[int, float, float]:
        """Page, column (a half: between two) and height."""
        if page is None or box is None:
            return page or 0, 0.0, 0.0
        return page, _column(box, self.columns.get(page, ())), box[1]


def _column(box: Box, columns: Sequence[Box]) -> float:
    """The column that a box stands in, or just before the first one below it."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for number, (x0, top, x1, bottom) in enumerate(columns):
        if x0 <= x <= x1 and top <= y <= bottom:
            return float(number)
    wide = (box[2] - box[0]) / 2
    own = [n for n, one in enumerate(columns) if min(one[2], box[2]) - max(one[0], box[0]) >= wide]
    below = (n for n in own or range(len(columns)) if columns[n][1] >= box[1])
    return next(below, own[-1] + 1 if own else len(columns)) - 0.5
