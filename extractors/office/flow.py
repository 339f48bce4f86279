"""What a text document holds, in reading order: paragraphs, headings, tables, each with its line.

Its lines are counted as those of a text report are: a paragraph is one, and a row of a table is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.office.grids import Cell, OfficeContent, Where, build_table
from pipeline.model import Block, Table

_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n[ \n]*")


def tidy(text: str) -> str:
    """A text with single spaces, and single breaks where it breaks."""
    return _BREAKS.sub("\n", _SPACES.sub(" ", text)).strip()


class Flow:
    """Collects a document while it is read from its beginning to its end."""

    def __init__(self, method: str) -> None:
        self.method = method
        self.line = 0
        self.prose: list[Block] = []
        self.tables: list[Table] = []

    def add_text(self, text: str, level: int = 0) -> None:
        """A paragraph, or a heading of a level from 1; nothing for a blank one."""
        text = tidy(text)
        if text:
            self.line += 1
            method = f"{self.method}:h{level}" if level else self.method
            self.prose.append(Block(text, line=self.line, method=method))

    def add_table(self, cells: Sequence[Cell], caption: str = "") -> None:
        """A table; one of a single column is a frame around paragraphs. Raises SourceError."""
        cells = [replace(cell, text=tidy(cell.text)) for cell in cells]
        if len({cell.column for cell in cells if cell.text}) < 2:
            self.add_text(caption)
            for cell in cells:
                for text in cell.text.split("\n"):
                    self.add_text(text)
            return
        titled = Block(tidy(caption), line=self.line + 1, method=self.method) if caption else None
        first = self.line + (2 if titled else 1)
        placed = [replace(cell, line=first + cell.row) for cell in cells]
        table = build_table(placed, Where(len(self.tables) + 1, self.method), titled)
        if table is not None:
            self.tables.append(table)
        self.line = first + max(cell.row for cell in cells)

    def content(
        self, furniture: Iterable[str] = (), footnotes: Iterable[str] = ()
    ) -> OfficeContent:
        """All of it, with what stands apart: running lines, each once, and notes after the text."""
        apart = (tidy(text) for text in dict.fromkeys(furniture))
        notes = (tidy(text) for text in footnotes)
        return OfficeContent(
            tuple(self.tables),
            tuple(self.prose),
            tuple(Block(text, method=self.method) for text in apart if text),
            tuple(self._note(text) for text in notes if text),
        )

    def _note(self, text: str) -> Block:
        self.line += 1
        return Block(text, line=self.line, method=self.method)
