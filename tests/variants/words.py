"""(b) Other words in headers, labels, lines and the names of sums (words.toml)."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from variants.grid import bare, find_grids, join_rows, split_rows

Words = Mapping[str, Mapping[str, str]]  # place -> concept -> the word to print


@cache
def lexicon() -> dict[str, Any]:
    """The words of words.toml."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


@cache
def fold(text: str) -> str:
    """Lower case, without accents, single spaces; as long as the text where it has those."""
    plain = unicodedata.normalize("NFD", " ".join(text.split()).lower())
    return "".join(char for char in plain if not unicodedata.combining(char))


def reword(text: str, words: Words) -> str:
    """The text with these words where it prints the concepts in others."""
    rows = split_rows(text)
    grids = list(find_grids(rows))
    wide = {at for grid in grids for at in grid.lines}
    heads = {at + tier for grid in grids for at in grid.headers for tier in range(grid.tiers)}
    for at, row in enumerate(rows):
        if at in heads:
            rows[at] = [_cell(cell, words.get("column", {}), "column") for cell in row]
        elif at in wide:
            rows[at] = [_cell(cell, words.get("sum", {}), "sum") for cell in row]
        elif len(row) > 1:
            rows[at] = [_cell(row[0], words.get("label", {}), "label"), *row[1:]]
        else:
            rows[at] = [_line(row[0], words.get("line", {}))]
    return join_rows(rows)


def _cell(cell: str, words: Mapping[str, str], place: str) -> str:
    """The cell with its name in another word; what follows a name (a date, a prompt) stays."""
    for concept, word in words.items():
        for name in lexicon()["printed"][place][concept]:
            if _same(bare(cell), name):
                return _put(cell, bare(cell), word)
            kept = re.match(r"(?P<name>[^(<]+?)\s*(?=\(|</b>)", re.sub(r"^(<[^>]+>)+", "", cell))
            if place != "sum" and kept and _same(kept["name"], name):
                return _put(cell, kept["name"], word)
    return cell


def _same(printed: str, name: str) -> bool:
    """Whether a cell prints a name, a letter misread or not."""
    one, other = fold(printed), fold(name)
    return one == other or (len(one) == len(other) > 9 and sum(map(str.__ne__, one, other)) == 1)


def _put(cell: str, name: str, word: str) -> str:
    return cell.replace(name, word.upper() if name.isupper() else word, 1)


def _line(line: str, words: Mapping[str, str]) -> str:
    for concept, word in words.items():
        for name in lexicon()["printed"]["line"][concept]:
            label = line.lstrip()[: len(name)]
            if fold(label) == fold(name) and re.match(r"\s*[:*]", line.lstrip()[len(name) :]):
                return line.replace(label, word, 1)
    return line


def one_by_one(text: str) -> Iterator[tuple[str, str]]:
    """The report with every other word that it has a place for, each alone."""
    for place, concepts in lexicon()["words"].items():
        for concept, others in concepts.items():
            for word in others:
                yield from _changed(text, f"{place} {concept}: {word}", {place: {concept: word}})


def in_turns(text: str) -> Iterator[tuple[str, str]]:
    """The report in other words throughout: the first of each concept, then the second, …"""
    seen, words = {text}, lexicon()["words"]
    for turn in range(max(len(o) for concepts in words.values() for o in concepts.values())):
        chosen = {
            place: {concept: others[turn % len(others)] for concept, others in concepts.items()}
            for place, concepts in words.items()
        }
        changed = reword(text, chosen)
        if changed not in seen:
            seen.add(changed)
            yield f"turn {turn + 1}", changed


def in_countries(text: str) -> Iterator[tuple[str, str]]:
    """The report in the vocabulary of each country."""
    for code, places in lexicon()["country"].items():
        yield from _changed(text, code, places)


def _changed(text: str, name: str, words: Words) -> Iterator[tuple[str, str]]:
    changed = reword(text, words)
    if changed != text:
        yield name, changed
