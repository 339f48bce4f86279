"""The checks and their sentences in Spanish and English: loaded from catalogue*.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pipeline.model import Severity

Language = Literal["es", "en"]
LANGUAGES: tuple[Language, Language] = ("es", "en")
FindingKind = Literal["inconsistency", "capture", "gap"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A check of the catalogue; `many` tells a group of one cause, `item` each failure in it.

    A `brief` one gives the places of the failures that its sentence names, and of no more.
    """

    check: str
    kind: FindingKind
    severity: Severity
    title: Mapping[str, str]
    sentence: Mapping[str, str]
    advice: Mapping[str, str]
    many: Mapping[str, str]
    item: Mapping[str, str]
    brief: bool = False


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every check, the phrases that fill its sentences, and why a comparison could not be made."""

    checks: Mapping[str, Entry]
    phrases: Mapping[str, Mapping[str, str]]
    reasons: Mapping[str, Mapping[str, str]]

    def entry(self, check: str) -> Entry:
        """The entry of a check; a kind of capture that has none gets the general one."""
        if check not in self.checks and check.startswith("capture."):
            return self.checks["capture.other"]
        return self.checks[check]


@cache
def load_catalogue() -> Catalogue:
    """The catalogue that lies beside this file, in several files with one layout."""
    told: dict[str, dict[str, Any]] = {"checks": {}, "phrases": {}, "reasons": {}}
    for path in sorted(Path(__file__).parent.glob("catalogue*.toml")):
        for part, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
            told[part] |= entries
    checks = {check: _entry(check, entry) for check, entry in told["checks"].items()}
    return Catalogue(checks, told["phrases"], told["reasons"])


def describe_reason(code: str, language: Language) -> str:
    """Why a comparison could not be made; a parser's own words stay as they are."""
    told = load_catalogue().reasons.get(code)
    return told[language] if told else code


def _entry(check: str, told: Mapping[str, Any]) -> Entry:
    def words(name: str) -> dict[str, str]:
        return {language: told.get(f"{name}_{language}", "") for language in LANGUAGES}

    return Entry(
        check=check,
        kind=told["kind"],
        severity=told["severity"],
        title=words("title"),
        sentence={language: told[language] for language in LANGUAGES},
        advice=words("advice"),
        many=words("many"),
        item=words("item"),
        brief=told.get("brief", False),
    )
