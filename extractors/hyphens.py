"""Words broken at the end of a line made whole, where it is known that they were one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Block, join_blocks

_SOFT = "\u00ad"
_HYPHENS = ("-", "\u2010", _SOFT)
_CUT = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")  # letters and a hyphen end the line
_TAIL = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_LONGEST = 80  # characters at the end of a line in which its last word is sought
_LEAST = 4  # letters of a word that may stand before or after a hyphen of its own


@dataclass(frozen=True, slots=True)
class Words:
    """The words that a document prints whole, in lower case."""

    known: frozenset[str]

    def glue(self, head: str, tail: str) -> str:
        """What stands between the two parts of a broken word: nothing, or its own hyphen."""
        head, tail = head.lower(), tail.lower()
        if head + tail in self.known:
            return ""
        two_words = {head, tail} <= self.known and min(len(head), len(tail)) >= _LEAST
        return "-" if f"{head}-{tail}" in self.known or two_words else ""


def find_words(texts: Iterable[str]) -> Words:
    """The words of these lines, without those that a line's end breaks."""
    found: set[str] = set()
    for text in texts:
        whole = text.strip()
        if (cut := _find_cut(whole)) is not None:
            whole = whole[: -len(cut[0])]
        found.update(word.replace("\u2010", "-").lower() for word in _WORD.findall(whole))
    return Words(frozenset(found))


def ends_in_hyphen(line: Block) -> bool:
    """Whether a line ends within a word."""
    return _find_cut(line.text.strip()) is not None


def _find_cut(text: str) -> re.Match[str] | None:
    """The beginning of a word and the hyphen that end a text."""
    return _CUT.search(text[-_LONGEST:]) if text[-1:] in _HYPHENS else None


def join_lines(lines: Sequence[Block], words: Words) -> Block:
    """One Block of the lines of a paragraph; its parts keep them as printed."""
    block = join_blocks(tuple(lines))
    if not any(map(ends_in_hyphen, block.parts)):
        return block
    text = block.parts[0].text.strip()
    for part in block.parts[1:]:
        text = _append(text, part.text.strip(), words)
    return replace(block, text=text)


def _append(text: str, line: str, words: Words) -> str:
    cut, tail = _find_cut(text), _TAIL.match(line)
    if cut is None or not (tail or line[:1].isdigit()):
        return f"{text} {line}"
    if text.endswith(_SOFT):
        return text.removesuffix(_SOFT) + line
    if tail is None or not line[0].islower():  # COVID-19, Norte-Sur: the hyphen is its own
        return text + line
    return text[:-1] + words.glue(cut[1], tail[0]) + line
