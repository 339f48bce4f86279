"""Printed text made comparable: markup dropped, labels keyed, stated absences recognised."""

from __future__ import annotations

import html
import re
import unicodedata

import lxml.etree  # type: ignore[import-untyped]
import lxml.html  # type: ignore[import-untyped]

from pipeline.model import State

LONGEST_TEXT = 200_000  # the rest is not looked at: no cell is so long

_BLOCK = r"p|div|li|[uo]l|[bh]r|t[rdh]|table|tbody|thead|h[1-6]|section"
_INLINE = r"[bisua]|em|strong|span|font|small|su[bp]|mark|code|pre|center|script|style"
_TAG = re.compile(rf"<(?=/?(?:{_BLOCK}|{_INLINE})(?:\s[^<>]{{0,500}})?/?>)", re.IGNORECASE)
_BLOCK_NAME = re.compile(_BLOCK)
_ENTITY = re.compile(r"&(?=(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});)", re.IGNORECASE)
_ENTITY_WHOLE = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b-\u200f\u00ad\ud800-\udfff]")
_EMPHASIS = re.compile(r"(?<!\\)\*{2,3}")
_ESCAPE = re.compile(r"\\([$%*_#&|~\[\]])")
_ORDINAL_SIGNS = str.maketrans("", "", "ºª°")

_NOT_APPLICABLE = re.compile(r"na|no(?:aplica(?:ble)?|corresponde|procede)")
_MISSING = re.compile(
    r"[ns]d|sin(?:datos?|informacion|informaciondisponible|reporte|definir|fecha)"
    r"|no(?:disponible|hayinformacion|informa|reporta|reportado|especificado|especifica|indica)"
    r"|por(?:definir|confirmar)"
)
_STROKES = re.compile(r"[-–—―_.…*/\s]{1,20}")
_INITIALS = re.compile(r"s[./]\s?i[./]?", re.IGNORECASE)  # "S/I"; "sí" is an answer


def clean(text: str) -> str:
    """The words as a reader sees them: no tags, entities, emphasis or escapes; single spaces."""
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
    if _NOT_APPLICABLE.fullmatch(label):
        return "not_applicable", f"printed {printed[:40]!r}"
    if _MISSING.fullmatch(label) or _STROKES.fullmatch(printed) or _INITIALS.fullmatch(printed):
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
    for element in root.iter("*"):
        if _BLOCK_NAME.fullmatch(element.tag):
            element.text = f" {element.text or ''}"
            element.tail = f" {element.tail or ''}"
    return str(root.text_content())


def _decode_entities(text: str) -> str:
    """Entities that end in a semicolon; `?a=1&copy=2` in an address is none."""
    return _ENTITY_WHOLE.sub(lambda match: html.unescape(match[0]), text)


def _fold_char(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char
