"""Printed text made comparable: markup dropped, labels keyed, stated absences recognised."""

from __future__ import annotations

import html
import re
import unicodedata

import lxml.etree
import lxml.html

from pipeline.model import State

LONGEST_TEXT = 200_000  # longer texts are cut before markup is looked for: a cell is never so long

_BLOCKS = "p div li ul ol br hr tr td th table tbody thead h1 h2 h3 h4 h5 h6 section".split()
_INLINE = "b i u s a em strong span font small sub sup mark code pre center script style".split()
_TAG = re.compile(
    rf"<(?=/?(?:{'|'.join(_BLOCKS + _INLINE)})(?:\s[^<>]{{0,500}})?/?>)", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?=(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});)", re.IGNORECASE)
_ENTITY_WHOLE = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b-\u200f\u00ad\ud800-\udfff]")
_EMPHASIS = re.compile(r"(?<!\\)\*{2,3}")
_ESCAPE = re.compile(r"\\([$%*_#&|~\[\]])")
_ORDINAL_SIGNS = str.maketrans("", "", "ºª°")

_NOT_APPLICABLE = {"na", "noaplica", "noaplicable", "nocorresponde", "noprocede"}
_MISSING = set(
    """nd sd sindato sindatos sininformacion sininformaciondisponible nodisponible nohayinformacion
    noinforma noreporta noreportado sinreporte pordefinir porconfirmar sindefinir noespecificado
    noespecifica noindica""".split()
)
_STROKES = re.compile(r"[-–—―_.…*/\s]{1,20}")
_INITIALS = re.compile(r"s[./]\s?i[./]?", re.IGNORECASE)  # "S/I"; "sí" is an answer


def clean(text: str) -> str:
    """The words as a reader sees them: no HTML, entities, emphasis or escapes; one space between."""
    text = _INVISIBLE.sub("", text[:LONGEST_TEXT])
    text = _drop_tags(text) if _TAG.search(text) else _decode_entities(text)
    text = _ESCAPE.sub(r"\1", _EMPHASIS.sub("", text))
    return " ".join(unicodedata.normalize("NFC", text).split())


def key(text: str) -> str:
    """Letters and digits only, case and accents folded: equal for a label broken over lines."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_ORDINAL_SIGNS).casefold())
    return "".join(char for char in decomposed if char.isalnum())


def fold(text: str) -> str:
    """Lower case without accents, one character for each, so places in it are places in `text`."""
    return "".join(map(_fold_char, text))


def absence(text: str) -> tuple[State, str] | None:
    """The state and reason of a cell that states no value ("N/A", "-", ""), or None if it may."""
    printed = text.strip()
    if not printed:
        return "missing", "blank"
    label = key(printed[:80])
    if label in _NOT_APPLICABLE:
        return "not_applicable", f"printed {printed[:40]!r}"
    if label in _MISSING or _STROKES.fullmatch(printed) or _INITIALS.fullmatch(printed):
        return "missing", f"printed {printed[:40]!r}"
    return None


def _drop_tags(text: str) -> str:
    """Text content by lxml; only known tags count as tags, so "a < b" and "<http://…>" stay."""
    starts = {match.start() for match in _TAG.finditer(text)}
    escaped = "".join(
        "&lt;" if char == "<" and at not in starts else char for at, char in enumerate(text)
    )
    entities = {match.start() for match in _ENTITY.finditer(escaped)}
    escaped = "".join(
        "&amp;" if char == "&" and at not in entities else char for at, char in enumerate(escaped)
    )
    root = lxml.html.fragment_fromstring(escaped, create_parent="div")
    lxml.etree.strip_elements(root, "script", "style", with_tail=False)
    for element in root.iter(*_BLOCKS):
        element.text = f" {element.text or ''}"
        element.tail = f" {element.tail or ''}"
    return str(root.text_content())


def _decode_entities(text: str) -> str:
    """Entities that end in a semicolon; `?a=1&copy=2` in an address is none."""
    return _ENTITY_WHOLE.sub(lambda match: html.unescape(match[0]), text)


def _fold_char(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char
