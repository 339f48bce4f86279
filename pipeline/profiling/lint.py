"""What is wrong with a profile: every fault at once, each in words that say what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from normalizers.columns import lexicon
from normalizers.text import key
from pipeline.dataset.schema import SCHEMA, TABLE_OF

Data = Mapping[str, Any]
_ESCAPES = re.compile(r"\\.")
_ENTRY = re.compile(r"[a-z_]+\.[a-z_]+")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: a key of the messages `lint.*`, and the words that its sentence needs."""

    kind: str
    words: Mapping[str, str] = field(default_factory=dict)


def find_faults(path: Path) -> list[Fault]:
    """Everything wrong with a profile's file, nothing where it is right. Raises OSError."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        return [Fault("not_toml", {"reason": str(error)})]
    shapes = list(_shapes(data))
    return shapes or [fault for judge in _JUDGES for fault in judge(data)]


def _shapes(data: Data) -> Iterator[Fault]:
    """Unknown keys, and those whose value is of another kind than it must be."""
    for name, value in data.items():
        if name not in _KINDS:
            near = get_close_matches(name, _KINDS, 1)
            yield Fault("unknown_key", {"name": name, "near": near[0] if near else _known()})
        elif not _KINDS[name](value):
            yield Fault("bad_kind", {"name": name})


def _known() -> str:
    return ", ".join(_KINDS)


def _titles(data: Data) -> Iterator[Fault]:
    for lang in ("es", "en"):
        if not data.get("title", {}).get(lang, "").strip():
            yield Fault("no_title", {"language": lang})


def _signs(data: Data) -> Iterator[Fault]:
    signs = data.get("signs", {})
    if not signs:
        yield Fault("no_signs")
    for sign, weight in signs.items():
        if weight <= 0:
            yield Fault("bad_weight", {"sign": sign})
        try:
            re.compile(sign)
        except (re.error, OverflowError, RecursionError) as error:
            yield Fault("bad_sign", {"sign": sign, "reason": str(error)})
            continue
        if never := _never_matched(sign):
            yield Fault("never_matched", {"sign": sign, "never": never})


def _never_matched(sign: str) -> str:
    """Capitals, accents and white space, which the text that signs are matched on has none of."""
    bare = _ESCAPES.sub("", sign)
    found = (char for char in bare if char == " " or (char.isalpha() and key(char) != char))
    return next(found, "")


def _fields(data: Data) -> Iterator[Fault]:
    known = {*lexicon()}
    for printed, meant in data.get("columns", {}).items():
        if meant not in known:
            near = get_close_matches(meant, known, 1)
            told = near[0] if near else ", ".join(sorted(known))
            yield Fault("unknown_field", {"header": printed, "field": meant, "near": told})


def _ignored(data: Data) -> Iterator[Fault]:
    declared = {key(printed) for printed in data.get("columns", {})}
    for printed in data.get("ignore", ()):
        if key(printed) in declared:
            yield Fault("also_ignored", {"header": printed})


def _required(data: Data) -> Iterator[Fault]:
    for entry in data.get("required", ()):
        kind, _, name = entry.partition(".")
        if not _ENTRY.fullmatch(entry) or kind not in TABLE_OF:
            kinds = ", ".join(TABLE_OF)
            yield Fault("bad_required", {"entry": entry, "kinds": kinds})
        elif not _is_required(kind, name):
            fields = ", ".join(TABLE_OF[kind].names)
            yield Fault("unknown_required", {"entry": entry, "fields": fields})


def _is_required(kind: str, name: str) -> bool:
    """A field of the record, or of the commitment above it ("commitment_number")."""
    above = name.removeprefix("commitment_")
    return name in TABLE_OF[kind] or (above != name and above in TABLE_OF["commitment"])


def _defaults(data: Data) -> Iterator[Fault]:
    for name, value in data.get("defaults", {}).items():
        column = SCHEMA["documents"].columns.get(name)
        if column is None:
            yield Fault("unknown_default", {"name": name})
        elif column.pattern and not re.fullmatch(column.pattern, value):
            yield Fault("bad_default", {"name": name, "value": value})


def _is_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_weights(value: object) -> bool:
    return isinstance(value, dict) and all(type(one) in (int, float) for one in value.values())


_KINDS: Mapping[str, Callable[[object], bool]] = {
    "title": _is_texts, "signs": _is_weights, "columns": _is_texts, "ignore": _is_list,
    "required": _is_list, "misprints": _is_texts, "defaults": _is_texts,
}  # fmt: skip
_JUDGES = (_titles, _signs, _fields, _ignored, _required, _defaults)
