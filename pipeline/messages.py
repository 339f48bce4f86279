"""The sentences of the command line in Spanish and English, all kept in `messages.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("es", "en")


@cache
def load_messages() -> dict[str, Any]:
    """Load every message: section -> name -> language -> sentence."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def say(lang: str, key: str, **words: object) -> str:
    """Fill the sentence `section.name` in a language; the singular one when `n` is 1.

    Raises KeyError for a key that is not in `messages.toml`.
    """
    section, name = key.split(".", 1)
    sentences = load_messages()[section][name]
    one = sentences.get(f"{lang}_one") if words.get("n") == 1 else None
    return str(one or sentences[lang]).format(**words)


def say_or(lang: str, key: str, otherwise: str) -> str:
    """Give the sentence of a key made from data, or `otherwise` when there is none."""
    try:
        return say(lang, key)
    except KeyError:
        return otherwise


def choose_language(args: Sequence[str], environ: Mapping[str, str]) -> str:
    """Choose the language before anything is parsed: `--lang`, else the locale, else Spanish."""
    for index, arg in enumerate(args):
        name, equals, value = arg.partition("=")
        if name == "--lang":
            asked = value if equals else "".join(args[index + 1 : index + 2])
            if asked in LANGUAGES:
                return asked
    return _locale_language(environ)


def _locale_language(environ: Mapping[str, str]) -> str:
    names = (environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    first = next((name for name in names if name), "")
    return "en" if first.partition("_")[0].partition(".")[0].lower() == "en" else "es"
