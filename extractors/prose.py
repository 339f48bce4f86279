"""Prose outside tables: lines into paragraphs, headings told from text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Block, join_blocks

_GAP = 0.55  # of a line's height: more white than this parts two paragraphs
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*)[.)]?\s+(?P<title>\S.*)")
_END = re.compile(r"[.;,:]$")


def paragraphs(lines: Sequence[Block]) -> tuple[Block, ...]:
    """Lines of one paragraph joined; in a text report a line is a paragraph already."""
    groups: list[list[Block]] = []
    for line in lines:
        if not line.text.strip():
            continue
        if groups and _goes_on(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(join_blocks(tuple(group)) for group in groups)


def _goes_on(above: Block, below: Block) -> bool:
    if above.bbox is None or below.bbox is None or above.page != below.page:
        return False
    height = min(above.bbox[3] - above.bbox[1], below.bbox[3] - below.bbox[1])
    white = below.bbox[1] - above.bbox[3]
    same_size = abs((above.bbox[3] - above.bbox[1]) - (below.bbox[3] - below.bbox[1])) < 1.5
    starts_new = _NUMBERED.match(plain(below)) or re.match(r"[-•*]\s", plain(below))
    # "Entidad: X" under "Vigencia: Y" are lines of a form, not a paragraph: neither is full.
    short = above.bbox[2] < below.bbox[2] - 4 * height and not _NUMBERED.match(plain(above))
    labelled = re.match(r"[^:]{3,40}:\s", plain(below)) is not None
    return white <= _GAP * height and same_size and not (starts_new or short or labelled)


def plain(block: Block) -> str:
    """The text without Markdown emphasis, HTML tags and repeated white space."""
    bare = re.sub(r"<[^>]+>|\*\*|^#+\s*", " ", block.text)
    return " ".join(bare.split())


def heading(block: Block, following: Block | None = None) -> tuple[str, str] | None:
    """(number, title) of a paragraph that is a heading, else None; number may be "".

    A heading is numbered and no sentence, or all capitals, or Markdown's, or short before a text.
    """
    text = plain(block)
    if not text or len(text) > 200:
        return None
    numbered = _NUMBERED.fullmatch(text)
    if numbered and not _END.search(text.rstrip(":")) and numbered["title"][:1].isupper():
        return numbered["number"], numbered["title"]
    letters = [c for c in text if c.isalpha()]
    capitals = len(letters) >= 4 and all(c.isupper() for c in letters)
    if capitals or block.text.lstrip().startswith("#"):
        return "", text
    short = len(text) <= 70 and text[:1].isupper() and not _END.search(text)
    before_text = following is not None and len(plain(following)) > 80
    return ("", text) if short and before_text else None
