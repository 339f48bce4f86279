"""What stands between two printed dates -> whether they are a period, a list, or not understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from normalizers.edtf_bounds import Point
from normalizers.edtf_spans import Span
from normalizers.recurrence import RECURS
from pipeline.model import Refusal

# The first phrase that matches is meant; what no phrase matches is a refusal.
_PHRASES: dict[str, str] = {
    "onward": r"en\sadelante|(?:a|hasta)\sla\s(?:fecha|actualidad)|a\shoy|(?:en\s)?vigente"
    r"|(?:hasta\s(?:su\s)?)?(?:fecha\s)?indefinid[oa]",
    "about": r"(?:primeros|ultimos)\sdias\sdel?|(?:de\s)?(?:aprox(?:imadamente|imad[oa])?"
    r"|alrededor(?:\sdel?)?|hacia|cerca\sdel?"
    r"|(?:mediados|fines|finales|final|fin|principios?|inicios|comienzos)\sdel?"
    r"|tentativ[oa]s?|estimad[oa]s?)",
    "from": r"(?:a\s)?partir\sdel?|desde|a\scontar\sdel?|comenzando\sen",
    "until": r"a\smas\stardar|antes\sdel?|hasta|(?:fecha\s)?limite|como\smaximo|maximo|vence"
    r"|vencimiento",
    "start": r"(?:fecha\s(?:de\s)?)?(?:inicio|inicia|comienzo|comienza|inicial)|fi(?=:)",
    "end": r"(?:fecha\s(?:de\s)?)?(?:termino|termina|terminacion|finalizacion|finaliza|final|fin"
    r"|conclusion|concluye|culminacion|culmina|cierre|ff(?=:))",
    "between": r"entre",
    "to": r"al?",
    "and": r"[ye]",
    "filler": r"el|la|los|las|dias?|del?|en|mes|meses|ano|anos|fechas?|vigencias?|periodos?"
    r"|ejercicios?"
    r"|gestion(?:es)?|plazo|corte|con|durante|para|lunes|martes|miercoles|jueves|viernes"
    r"|sabado|domingo|publicacion|seguimiento|fiscal|compromiso|cumplimiento|ejecucion|semana"
    r"|todo|presente|curso|corriente|actual|mismo|transcurso|largo|lo|entrega|elaboracion"
    r"|realizacion|reporte|medicion|calendario|lectivo|hora|horas|hrs?|programad[oa]s?"
    r"|planead[oa]s?|prevista?s?|previstos?|presupuest(?:al|ari[oa])",
    "dash": r"[–-]",
    "slash": r"/",
    "list": r"[,;|•·]",
    "recurs": RECURS.pattern,
    "mark": r"[:.()\[\]\"“”*°º']",
}
_TOKEN = re.compile(
    r"\s*(?:"
    + "|".join(f"(?P<{n}>(?:{p})(?:(?<![a-z])|(?![a-z])))" for n, p in _PHRASES.items())
    + r")"
)
_LOOSEST = ("end", "to", "dash")
_SIDES = {"open": "..", "unknown": ""}
_OPENS = {  # what opens one date -> the side that stays open
    "from": {"end": "open"},
    "onward": {"end": "open"},
    "until": {"start": "open"},
    "start": {"end": "unknown"},
    "end": {"start": "unknown"},
}


@dataclass(frozen=True, slots=True)
class Printed:
    """One date or period, its side that is "open" or "unknown", and what is imprecise in it."""

    span: Span
    start: str = ""
    end: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A span, its words, how it is joined to the one before, and what opens before it."""

    span: Span
    words: str
    join: str
    opens: str


def write_edtf(printed: Printed) -> str:
    """EDTF level 1 of one date or period."""
    first, last = printed.span.first, printed.span.last
    if printed.start:
        return f"{_SIDES[printed.start]}/{(last or first).edtf}"
    if printed.end:
        return f"{first.edtf}/{_SIDES[printed.end]}"
    return first.edtf if last is None else f"{first.edtf}/{last.edtf}"


def join_periods(
    groups: Sequence[Sequence[Span]], words: Sequence[str], gaps: Sequence[str]
) -> list[Printed] | Refusal:
    """The dates and periods that the spans make. `gaps` stand before, between and after them."""
    signs = [read_gap(gap) for gap in gaps]
    if None in signs:
        unread = gaps[signs.index(None)]
        return Refusal(f"not understood beside a date: {unread.strip()[:40]!r}")
    read = [sign or set() for sign in signs]
    if read[-1] & {"to", "until", "from", "between", "start", "dash"}:
        return Refusal(f"a date is missing after {gaps[-1].strip()[:40]!r}")
    items = _items(groups, words, read)
    printed = [_reduce(chunk) for chunk in _chunks(items)]
    refused = next((one for one in printed if isinstance(one, Refusal)), None)
    return refused or [one for one in printed if isinstance(one, Printed)]


def read_gap(gap: str) -> set[str] | None:
    """The names of the phrases in a gap, or None where a word in it is not known."""
    names: set[str] = set()
    at, end = 0, len(gap.rstrip())
    if end > 120:
        return None
    while at < end:
        token = _TOKEN.match(gap, at)
        if token is None:
            return None
        names.add(token.lastgroup or "")
        at = token.end()
    return names - {"filler", "mark", "recurs"}


def _items(
    groups: Sequence[Sequence[Span]], words: Sequence[str], signs: Sequence[set[str]]
) -> list[Item]:
    items = []
    # Two months around a slash are a period, three or more a list.
    listed = len(groups) > 2 and all(sign == {"slash"} for sign in signs[1:-1])
    for at, group in enumerate(groups):
        before, after = signs[at], signs[at + 1]
        about = "about" in before or ("about" in after and at == len(groups) - 1)
        for number, span in enumerate(group):
            span = _about(span) if about else span
            join = _join(before, groups, at) if not (number or listed) else "list"
            opens = "onward" if "onward" in after else _opens(before, at)
            items.append(Item(span, words[at], join, opens if not number else ""))
    return items


def _about(span: Span) -> Span:
    last = replace(span.last, about=True) if span.last else None
    return Span(replace(span.first, about=True), last, span.notes)


def _join(signs: set[str], groups: Sequence[Sequence[Span]], at: int) -> str:
    """How a date follows the one before: "end", "to", "dash" or "list"."""
    if at == 0 or "start" in signs:
        return "list"
    if "end" in signs:
        return "end"
    if signs & {"to", "until"}:
        return "to"
    days = any(point.day for span in (*groups[at], *groups[at - 1]) for point in span.points())
    if "dash" in signs or ("slash" in signs and not days):
        return "dash"
    return "and" if "and" in signs else "list"


def _opens(signs: set[str], at: int) -> str:
    """What a gap opens: "start" and "end" are labels; "until" only opens the text."""
    for name in ("start", "from", "between"):
        if name in signs:
            return name
    return next((name for name in ("end", "until") if at == 0 and name in signs), "")


def _chunks(items: Sequence[Item]) -> list[list[Item]]:
    """Items that belong together; a labelled start keeps all up to its labelled end."""
    chunks: list[list[Item]] = []
    for at, item in enumerate(items):
        held = chunks and _holds(chunks[-1], items[at:])
        if chunks and (item.join in _LOOSEST or held):
            chunks[-1].append(item)
        else:
            chunks.append([item])
    return chunks


def _holds(chunk: list[Item], rest: Sequence[Item]) -> bool:
    """Whether "entre … y …" or "Inicio: … Término: …" is still open before `rest`."""
    if chunk[0].opens == "between" and len(chunk) == 1:
        return True
    closed = any(item.join == "end" for item in chunk)
    coming = next((item.join for item in rest if item.join == "end" or item.opens == "start"), "")
    return chunk[0].opens == "start" and not closed and coming == "end"


def _reduce(chunk: list[Item]) -> Printed | Refusal:
    """One date or period out of a chunk: cut at its loosest join, which must be the only one."""
    if chunk[0].opens == "between" and len(chunk) == 2:
        return _period(chunk[:1], chunk[1:])
    for join in _LOOSEST:
        cuts = [at for at, item in enumerate(chunk) if at and item.join == join]
        if len(cuts) == 1:
            return _period(chunk[: cuts[0]], chunk[cuts[0] :])
        if cuts:
            return Refusal("several periods run together")
    return Printed(chunk[0].span, **_OPENS.get(chunk[0].opens, {}))


def _period(left: list[Item], right: list[Item]) -> Printed:
    """From the first month of the left side to the last of the right, saying which is a span."""
    reasons = [
        f"imprecise {name}: {_printed(side)!r}"
        for name, side in (("start", left), ("end", right))
        if len(side) > 1 or side[0].span.last is not None
    ]
    first, last = left[0].span.first, right[-1].span
    end: Point = last.last or last.first
    return Printed(Span(first, end), reason="; ".join(reasons))


def _printed(side: list[Item]) -> str:
    return "-".join(item.words.strip() for item in side)
