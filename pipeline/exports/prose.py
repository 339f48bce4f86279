"""The prose of a file: paragraphs in reading order, headings marked, tables in place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from extractors.prose import heading, plain
from pipeline.exports.layouts import visible
from pipeline.exports.reading import FileRead, Spans, is_asked
from pipeline.exports.tables import text_rows
from pipeline.model import Block, Table, join_blocks

_DEEPEST = 6  # marks of a heading


def tell_prose(read: FileRead, spans: Spans, with_tables: bool) -> str:
    """Paragraphs parted by empty lines; a table's rows are lines, its cells parted by tabs."""
    blocks = [block for one in read.extract.paragraphs if (block := _asked(one, spans))]
    tables = list(read.extract.tables) if with_tables else []
    pieces = [visible(piece) for piece in _pieces(blocks, tables) if piece]
    return "\n\n".join(pieces) + "\n" if pieces else ""


def _asked(block: Block, spans: Spans) -> Block | None:
    """What stands of a paragraph on the pages asked for."""
    parts = tuple(part for part in block.places() if is_asked(part.page or 1, spans))
    if len(parts) == len(block.places()):
        return block
    return join_blocks(parts) if parts else None


def _pieces(blocks: Sequence[Block], tables: list[Table]) -> Iterator[str]:
    for block, following in zip_longest(blocks, blocks[1:]):
        while tables and _stands_before(tables[0], block):
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


def _tell_table(table: Table) -> str:
    rows = ("\t".join(" ".join(text.split()) for text in row) for row in text_rows(table))
    return "\n".join(rows)


def _stands_before(table: Table, block: Block) -> bool:
    """Whether a table begins above a paragraph: on an earlier page or line, or over it."""
    first = next((cell for cell in table.cells if cell.bbox or cell.line), None)
    if first is None:
        return True
    if first.line is not None or block.line is not None:
        return (first.line or 0) < (block.line or 0)
    if first.page != block.page or first.bbox is None or block.bbox is None:
        return (first.page or 0) < (block.page or 0)
    return first.bbox[1] < block.bbox[1]
