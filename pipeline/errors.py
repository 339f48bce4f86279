"""Why a document could not be read, told in both languages with what to do: errors.toml, loaded."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

OPTIONAL = re.compile(r"\[([^\[\]]*\{(\w+)\}[^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class ErrorText:
    """One error code's sentence and what to do, by language."""

    sentence: Mapping[str, str]
    action: Mapping[str, str]


def load_errors(path: Path) -> Mapping[str, ErrorText]:
    """Every error code with its texts, in the order of the file."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    texts = {code: ErrorText(table["sentence"], table["action"]) for code, table in tables.items()}
    return MappingProxyType(texts)


ERRORS = load_errors(Path(__file__).with_name("errors.toml"))


def describe(code: str, lang: str, **words: str) -> str:
    """The sentence of an error code and what to do about it; `lang` is "es" or "en".

    A part in square brackets is said only when its word (`detail`, `source`, `page`) is given.
    """
    text = ERRORS[code]
    return _fill(f"{text.sentence[lang]} {text.action[lang]}", words)


def _fill(template: str, words: Mapping[str, str]) -> str:
    shown = OPTIONAL.sub(lambda part: part[1] if words.get(part[2]) else "", template)
    return re.sub(r"\{(\w+)\}", lambda word: words[word[1]], shown)
