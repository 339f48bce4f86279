"""Prose outside tables: contents set apart, headings told from text, sections."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from pipeline.model import Block, Told

_ENTRY = re.compile(r"(?:\D|\b(?:19|20)\d{2})[\s.…]+(?<!\d)(\d{1,3})$")
_CONTENTS = re.compile(r"(?:tablade)?contenidos?|[íi]ndice(?:general)?|sumario")
_ENTRIES = 4  # lines that make a table of contents
_CHAPTER = 60  # pages that one entry of it may take
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*)[.)]?\s+(?P<title>\S.*)")
_END = re.compile(r"[.;,:]$")
_STYLED = re.compile(r":h\d$")  # the method that read it says that the file calls it a heading


def part_contents(
    paragraphs: Sequence[Block],
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """(the text, the lines of a table of contents)."""
    known = Counter(_letters(plain(block)) for block in paragraphs)
    runs = (run for run in _rising_runs(paragraphs) if _are_entries(run, known))
    listed = {id(one) for _, *entries in runs for one in entries}
    text = tuple(one for one in paragraphs if id(one) not in listed)
    return text, tuple(one for one in paragraphs if id(one) in listed)


def _rising_runs(paragraphs: Sequence[Block]) -> Iterator[list[Block]]:
    """Runs of lines that end in numbers which rise as pages do, after the line above each."""
    above, run, last = Block(""), list[Block](), 0
    for block in (*paragraphs, Block("")):
        match = _ENTRY.search(plain(block)) if len(plain(block)) < 200 else None
        page = int(match[1]) if match else -1
        if run and not 0 <= page - last < _CHAPTER:
            yield [above, *run]
            above, run = run[-1], []
        if match:
            run, last = [*run, block], page
        else:
            above = block


def _are_entries(run: Sequence[Block], known: Counter[str]) -> bool:
    """Whether the lines are headed as contents, led to pages by dots, or name what stands below."""
    above, *entries = run
    if len(entries) < _ENTRIES:
        return False
    headed = _CONTENTS.fullmatch(_letters(plain(above)))
    titles = [_letters(_ENTRY.sub(lambda m: m[0][0], plain(block))) for block in entries]
    led = sum("..." in block.text or "…" in block.text for block in entries)
    named = sum(known[title] > 0 for title in titles)
    return headed is not None or max(led, named) * 2 >= len(entries)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def plain(block: Block) -> str:
    """The text without Markdown emphasis, HTML tags and repeated white space."""
    bare = re.sub(r"<[^>]+>|\*\*|^#+\s*", " ", block.text)
    return " ".join(bare.split())


def heading(block: Block, following: Block | None = None) -> tuple[str, str] | None:
    """(number, title) of a paragraph that is a heading, else None; number may be "".

    A heading is numbered and no sentence, or all capitals, or the file's or Markdown's, or short
    before a text.
    """
    text = plain(block)
    if not text or len(text) > 200:
        return None
    numbered = _NUMBERED.fullmatch(text)
    if numbered and not _END.search(text.rstrip(":")) and numbered["title"][:1].isupper():
        return numbered["number"], numbered["title"]
    letters = [c for c in text if c.isalpha()]
    capitals = len(letters) >= 4 and all(c.isupper() for c in letters)
    styled = _STYLED.search(block.method) is not None
    if capitals or styled or block.text.lstrip().startswith("#"):
        return "", text
    short = len(text) <= 70 and text[:1].isupper() and not _END.search(text)
    before_text = following is not None and len(plain(following)) > 80
    return ("", text) if short and before_text else None


def sections(paragraphs: Sequence[Block]) -> Iterator[Told]:
    """The narrative in reading order: a section a heading, with the paragraphs under it."""
    titled: dict[str, Block] = {}
    texts: list[Block] = []
    for block, following in zip_longest(paragraphs, paragraphs[1:]):
        found = heading(block, following)
        if found is None:
            texts.append(block)
            continue
        yield from _section(titled, texts)
        number, title = found
        titled, texts = {"heading": block.with_text(title)}, []
        if number:
            titled["number"] = block.with_text(number)
    yield from _section(titled, texts)


def _section(titled: Mapping[str, Block], texts: Sequence[Block]) -> Iterator[Told]:
    fields = dict(titled)
    if texts:
        fields["text"] = texts[0].with_text("\n".join(plain(one) for one in texts))
    if fields:
        yield Told("section", fields)
