"""Printed text made comparable: markup dropped, labels keyed, stated absences recognised."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable

import lxml.etree
import lxml.html

from pipeline.model import State

LONGEST_TEXT = 200_000  # the rest is not looked at: no cell is so long

_BLOCK = r"p|div|li|[uo]l|[bh]r|t[rdh]|table|tbody|thead|h[1-6]|section"
_INLINE = r"[bisua]|em|strong|span|font|small|su[bp]|mark|code|pre|center|script|style"
_TAG = re.compile(rf"<(?=/?(?:{_BLOCK}|{_INLINE})(?:\s[^<>]{{0,500}})?/?>)", re.IGNORECASE)
_BLOCK_NAME = re.compile(_BLOCK)
_NO_TAG = re.compile(rf"<(?!/?(?:{_BLOCK}|{_INLINE})(?:\s[^<>]{{0,500}})?/?>)", re.IGNORECASE)
_NO_ENTITY = re.compile(r"&(?!(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});)", re.IGNORECASE)
_ENTITY_WHOLE = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_INVISIBLE = re.compile(  # controls, soft hyphens, marks of width, joining and direction, halves
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_EMPHASIS = re.compile(r"(?<!\\)\*{2,3}")
_ESCAPE = re.compile(r"\\([$%*_#&|~\[\]])")
_ORDINAL_SIGNS = "ºª°"

_NOT_APPLICABLE = re.compile(
    r"na|no(?:se)?aplica(?:ble)?|nocorresponde|noprocede|inaplicable"
    r"|noaplica(?:ble)?(?:para|en|a|durante)(?:el|la|este|esta)(?:periodo|corte|actividad|meta|(?:bi|tri"
    r"|cuatri|se)mestre|ano|vigencia|caso)"
)
_MISSING = re.compile(
    r"[ns]d|sin(?:datos?|informacion|informaciondisponible|reporte|reportar|registros?|definir|fecha"
    r"|especificar|determinar|dato(?:s)?disponibles?)"
    r"|no(?:disponible|hay(?:informacion|datos?)|(?:se)?(?:informa|reporta|registra|especifica|indica"
    r"|define|precisa)|reportado|especificad[oa]|informado|registrado|definid[oa]|seinformo|sereporto"
    r"|setieneinformacion|setienedatos?|secuentaconinformacion)"
    r"|(?:por|a|pendientede)(?:definir|confirmar|determinar|establecer)|enblanco|vacio|nan|null"
)
_STROKES = re.compile(r"[-–—―−_.…*/\s]{1,20}")
_INITIALS = re.compile(r"s[./]\s?[if][./]?", re.IGNORECASE)  # "S/I", "s.f."; "sí" is an answer
_BROKEN_FORMULA = re.compile(
    r"#\s?(?:¡?(?:div/0|ref|valor|nombre|num|nulo|value|name|null)[!?]|n/[ad])", re.IGNORECASE
)
_LONGEST_ABSENCE = 80
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def clean(text: str) -> str:
    """The words as a reader sees them: no tags, entities, emphasis or escapes; single spaces."""
    text = legible(text[:LONGEST_TEXT])
    if "<" in text and _TAG.search(text):
        text = _drop_tags(text)
    elif "&" in text:
        text = _decode_entities(text)
    if "*" in text:
        text = _EMPHASIS.sub("", text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def key(text: str) -> str:
    """Letters and digits only, case and accents folded: equal for a label broken over lines."""
    return text.translate(_KEYS)


def fold(text: str) -> str:
    """Lower case without accents, one character for each, so places in it are places in `text`."""
    return _NOT_ASCII.sub(_fold_match, text).lower()


def legible(text: str) -> str:
    """The text without what no reader sees: controls, marks of direction and of no width."""
    return _INVISIBLE.sub("", text[:LONGEST_TEXT]) if not text.isprintable() else text


def absence(text: str) -> tuple[State, str] | None:
    """The state and reason of a cell that states no value ("N/A", "-", ""), or None if it may."""
    printed = text.strip()
    if not printed:
        return "missing", "blank"
    if len(printed) > _LONGEST_ABSENCE:
        return None
    if _BROKEN_FORMULA.fullmatch(printed):
        return "missing", f"a formula without a result: {printed!r}"
    label = key(printed)
    if _NOT_APPLICABLE.fullmatch(label):
        return "not_applicable", f"printed {printed[:40]!r}"
    if _MISSING.fullmatch(label) or _STROKES.fullmatch(printed) or _INITIALS.fullmatch(printed):
        return "missing", f"printed {printed[:40]!r}"
    return None


def _drop_tags(text: str) -> str:
    """Text content by lxml; only known tags count as tags, so "a < b" and "<http://…>" stay."""
    escaped = _NO_ENTITY.sub("&amp;", _NO_TAG.sub("&lt;", text))
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


def _fold_match(match: re.Match[str]) -> str:
    return _FOLDS[ord(match[0])]


def _fold_char(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char


def _key_char(char: str) -> str:
    if char in _ORDINAL_SIGNS:
        return ""
    decomposed = unicodedata.normalize("NFKD", char.casefold())
    return "".join(one for one in decomposed if one.isalnum())


class _Translation(dict[int, str]):
    """A table for `str.translate` that is filled as letters come; rare ones are not kept."""

    def __init__(self, change: Callable[[str], str]) -> None:
        super().__init__()
        self._change = change

    def __missing__(self, code: int) -> str:
        changed = self._change(chr(code))
        if code < _COMMON:
            self[code] = changed
        return changed


_COMMON = 0x2100  # below it stand the letters of European languages and their punctuation
_FOLDS = _Translation(_fold_char)
_KEYS = _Translation(_key_char)
