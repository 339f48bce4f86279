"""Running headers, footers and page numbers: lines of the page, not of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.tables.rows import squash
from pipeline.model import Block

_LEAST = 3  # pages that a line stands on before it is a running one
_PAGE_NUMBER = re.compile(
    r"[\s|–—-]*(?:p[aá]g(?:ina)?s?\.?)?\s*\d{1,3}(?:\s*(?:de|/)\s*\d{1,3})?[\s|–—-]*", re.I
)


def part_furniture(
    lines: Sequence[Block], page_count: int
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """(the text's lines, the furniture): what stands on half of the pages, and page numbers."""
    often = Counter(_numberless(line) for line in lines if line.page)
    least = max(_LEAST, page_count // 2)

    def runs(line: Block) -> bool:
        repeated = often[_numberless(line)] >= least
        return line.page is not None and (repeated or bool(_PAGE_NUMBER.fullmatch(line.text)))

    text = tuple(line for line in lines if not runs(line))
    return text, tuple(line for line in lines if runs(line))


def _numberless(line: Block) -> str:
    return squash(re.sub(r"\d+", "", line.text))
