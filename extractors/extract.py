"""From pages to whole tables and rows told in prose."""

from __future__ import annotations

from extractors.furniture import part_furniture
from extractors.narrative import tell
from extractors.prose import paragraphs, part_contents, sections
from extractors.tables.stitch import stitch
from pipeline.model import Document, Extract


def extract(document: Document) -> Extract:
    """The document's tables made whole, and what its prose tells, as rows of Blocks."""
    lines, furniture = part_furniture(document.prose, document.page_count)
    tables = stitch(document.tables, lines)
    prose, contents = part_contents(paragraphs(lines, document.pages))
    told = (*tell(tables, prose), *sections(prose))
    return Extract(tables, told, prose, (*contents, *furniture))
