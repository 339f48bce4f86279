"""What `cuadra check DATASET` tells: each expectation in plain words, and whether it was met."""

from __future__ import annotations

import json
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from pipeline.dataset.rules import BROKEN, ORPHAN
from pipeline.messages import say
from pipeline.report import clean_text
from pipeline.validation import suites
from pipeline.validation.dataset_check import DatasetCheck, Held
from pipeline.validation.suites.results import Told

SENTENCES = Path(suites.__file__).with_name("expectations.toml")
STYLES = {"failed": "red", "not_evaluable": "yellow"}
LONGEST, LISTED = 200, 20  # of one argument, in characters; of the rows that are named


@cache
def load_sentences() -> dict[str, dict[str, str]]:
    """Every expectation's sentence: type -> language -> sentence."""
    return tomllib.loads(SENTENCES.read_text(encoding="utf-8"))


def tell_expectation(told: Told, lang: str) -> str:
    """What is expected, in plain words; the type and its columns where there are none."""
    rule, words = told.rule, dict(told.arguments)
    column = str(words.get("column", ""))
    for mark in (ORPHAN, BROKEN):
        if column.startswith(mark):
            rule, words = mark.rstrip(":"), words | {"column": column.removeprefix(mark)}
    sentence = load_sentences().get(rule, {}).get(lang, f"{rule} {', '.join(told.columns)}".strip())
    named = {name: _word(value) for name, value in words.items()} | {"range": _range(words, lang)}
    filled = sentence.format_map(defaultdict(lambda: "—", named))
    share = words.get("mostly")
    return filled if share in (None, 1) else filled + say(lang, "held.mostly", share=_word(share))


def _range(words: Mapping[str, Any], lang: str) -> str:
    low, high = words.get("min_value"), words.get("max_value")
    name = "at_least" if high is None else "at_most" if low is None else "between"
    return say(lang, f"held.{name}", min=_word(low), max=_word(high))


def _word(value: object) -> str:
    """An argument as a person reads it, cut where it is long."""
    if isinstance(value, list):
        text = ", ".join(map(_word, value))
    elif isinstance(value, float) and value.is_integer():
        text = str(int(value))
    else:
        text = "—" if value is None else str(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def tell_outcome(told: Told, lang: str) -> str:
    """What came of an expectation that was not met: rows, what was seen, or why not evaluable."""
    if told.verdict == "met":
        return ""
    if told.reason:
        return say(lang, f"held.{told.reason}", detail=told.detail).rstrip(" :") + "."
    if told.unexpected is None:
        return say(lang, "held.observed", seen=_word(told.observed)) if told.observed else ""
    rows = ", ".join(told.rows[:LISTED])
    more = "…" if told.unexpected > len(told.rows[:LISTED]) else "."
    return say(lang, "held.rows", n=told.unexpected) + (f": {rows}{more}" if rows else ".")


def tally(told: Sequence[Told]) -> dict[str, int]:
    """How many expectations were met, failed, and could not be evaluated."""
    found = Counter(one.verdict for one in told)
    return {name: found[name] for name in ("met", "failed", "not_evaluable")}


def print_check(console: Console, check: DatasetCheck, lang: str) -> None:
    """Print every suite: what was met as a number, the rest one by one, then the whole."""
    words = {"folder": check.folder, "version": check.version.name}
    _print(console, say(lang, "result.published", **words), "bold")
    for _, group in groupby(check.held, key=_heading_key):
        held = list(group)
        told = [one for part in held for one in part.told]
        _print(console, "\n" + _heading(held, told, lang), "bold")
        for line, style in _lines(held[0], told, lang):
            _print(console, line, style)
    _print(console, "\n" + say(lang, "held.whole") + _counts(check.told, lang), "bold")


def _heading_key(held: Held) -> tuple[str, str, str]:
    return held.kind, held.table, "" if held.kind == "data" else held.suite


def _heading(held: Sequence[Held], told: Sequence[Told], lang: str) -> str:
    first = held[0]
    rows = say(lang, "held.count_rows", n=sum(part.rows or 0 for part in held))
    name = say(lang, f"held.{first.kind}", table=first.table, suite=first.suite, rows=rows)
    return name + " " + _counts(told, lang)


def _counts(told: Sequence[Told], lang: str) -> str:
    found = tally(told)
    parts = [say(lang, f"held.n_{name}", n=n) for name, n in found.items() if n or name == "met"]
    return "; ".join(parts) + "."


def _lines(held: Held, told: Sequence[Told], lang: str) -> Iterator[tuple[str, str]]:
    """A line an expectation; of our own suites, columns without values share one."""
    blank = [one for one in told if held.kind != "own" and one.reason == "no_values"]
    for one in told:
        if one not in blank and (one.verdict != "met" or held.kind == "own"):
            parts = (f"  {say(lang, f'held.{one.verdict}')}", tell_expectation(one, lang) + ".")
            outcome = tell_outcome(one, lang)
            yield " ".join((*parts, outcome, f"[{one.rule}]")), STYLES.get(one.verdict, "")
    if blank:
        names = ", ".join(dict.fromkeys(name for one in blank for name in one.columns))
        yield "  " + say(lang, "held.blank", names=names), ""


def _print(console: Console, text: str, style: str = "") -> None:
    margin = text[: len(text) - len(text.lstrip())]
    console.print(Text(margin + clean_text(text), style=style), soft_wrap=True)


def check_json(check: DatasetCheck, code: int) -> str:
    """Everything as one object, with the JSON of Great Expectations' results."""
    content = {
        "exit_code": code,
        "dataset": {"folder": str(check.folder), "version": check.version.name},
        "statistics": tally(check.told),
        "suites": [_suite(held) for held in check.held],
    }
    return json.dumps(content, default=str, indent=2, allow_nan=False)


def _suite(held: Held) -> Mapping[str, Any]:
    told = [_expectation(one) for one in held.told]
    return asdict(held) | {"statistics": tally(held.told), "told": told}


def _expectation(told: Told) -> dict[str, Any]:
    sentences = {lang: tell_expectation(told, lang) for lang in ("es", "en")}
    return asdict(told) | {"columns": told.columns} | sentences
