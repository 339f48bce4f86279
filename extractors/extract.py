"""From pages to whole tables and rows told in prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.captions import tie_captions
from extractors.footnotes import part_footnotes
from extractors.furniture import part_furniture, part_heads
from extractors.hyphens import find_words, join_lines
from extractors.paragraphs import paragraphs
from extractors.prose import part_contents, sections
from extractors.tables.stitch import stitch
from pipeline.model import Block, Document, Extract, Told


def extract(document: Document) -> Extract:
    """The document's tables made whole, and what its prose tells, as rows of Blocks."""
    from extractors.narrative import tell  # spaCy is slow to import: not for tables or text alone

    parts = part_document(document)
    told = (
        *tell(parts.tables, parts.paragraphs),
        *sections(parts.paragraphs),
        *_tell_notes(parts.footnotes),
    )
    return replace(parts, told=told)


def part_document(document: Document) -> Extract:
    """The document's tables made whole and its prose in parts; nothing told of it yet."""
    lines, furniture = part_furniture(document.prose, document.page_count, document.pages)
    kept, heads = part_heads(document.tables, document.pages)
    tables = stitch(kept, lines)
    body, notes = part_footnotes(lines)
    prose, contents = part_contents(paragraphs(body, document.pages))
    words = find_words(line.text for line in lines) if notes else find_words(())
    footnotes = (*(join_lines(note, words) for note in notes), *document.footnotes)
    furniture = (*furniture, *heads, *document.furniture)
    tables = tie_captions(tables, lines, prose)
    return Extract(tables, (), prose, (*contents, *furniture), footnotes)


def _tell_notes(footnotes: Sequence[Block]) -> Iterator[Told]:
    """Each footnote as a section without heading, after the narrative that it stands below."""
    return (Told("section", {"text": note}) for note in footnotes)
