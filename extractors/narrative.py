"""Rows told in prose: numbered commitments, milestones with period and level, declared counts.

spaCy's tokens and rules (no trained pipeline) find the signs; what they find leaves as Blocks under
named fields, so that narrative and table cells take the same path from there on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from extractors.prose import heading, plain
from extractors.shapes import MONTHS
from pipeline.model import Block, Table, Told, join_blocks

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import Matcher
    from spacy.tokens import Doc

_TOTALS = ("total", "número", "cantidad", "n°", "nº", "nro", "nro.")
_THINGS = ("compromisos", "actividades", "acciones", "metas", "hitos")
_TOTAL, _THING = ("|".join(map(re.escape, words)) for words in (_TOTALS, _THINGS))
_MAY_COUNT = re.compile(  # how the rules begin, or a colon and a semicolon in one sentence
    rf"\b(?:{_TOTAL})\s*(?:de\b|{_THING})|\b(?:{_THING})\s*(?::|en\b)|:(?:[^.;:]|\.(?!\s|$))*;",
    re.I,
)
_NUMBERED_THINGS = frozenset({
    "%", "$", "n°", "nº", "no", "nro", "núm", "ley", "decreto", "artículo", "artículos", "art",
    "numeral", "literal", "inciso", "resolución", "capítulo", "anexo", "página", "punto",
})  # fmt: skip
_SAID_OF_TOTALS = re.compile(
    r"^(?:total|número|cantidad|n[°º]|nro\.?)\s+(?:de\s+)?|\s*(?:en total)?\s*:?\s*$", re.I
)
_TOTAL_WORD = re.compile(r"(?:total|número|cantidad|n[°º]|nro)\b\.?", re.I)
_UNITS = frozenset({
    "horas", "días", "semanas", "meses", "años", "minutos", "veces", "miles", "millones", "puntos",
    "pesos", "dólares", "soles", "quetzales", "metros", "kilómetros", "hectáreas",
})  # fmt: skip
_MOST = 20_000  # characters given to spaCy at once: hostile text must not cost minutes
_COMMITMENT = re.compile(
    r"compromiso\s*(?:n\s*[°º.o]*\.?|nro\.?|número|#)?\s*(?P<number>\d{1,3})\s*[:.–-]\s*(?P<title>\S.*)",
    re.I,
)
_COMMITMENTS = re.compile(r"(?:total de )?compromisos(?: [^\W\d]+){0,2}\s*:?\s*\d*\.?", re.I)
_CAPTION = re.compile(
    r"\W*((?i:cuadro|tabla|figura|gr[aá]fico|matriz))\s*(?i:n[°º.o]*\.?)?\s*(\d{1,3})(?!\.?\d)"
    r"(?=\s*$|\s*[.:–—-]|\s+[A-ZÁÉÍÓÚÑ\"“«])"
)
_PLAN_PERIOD = re.compile(
    r"\bplan(?:es)?\b[^.;]{0,140}?\b((?:19|20)\d{2}\s*(?:-|–|—|/|al?|hasta)\s*(?:19|20)\d{2})\b",
    re.I,
)
_LAST_PERIOD = re.compile(
    r"(?:[^\W\d][^.;:\d]{0,70}[,\s]\s*)?((?:19|20)\d{2}\s*(?:-|–|—|al?)\s*(?:19|20)\d{2})"
)
_COVER = 12  # paragraphs of the cover
_AXIS = re.compile(
    r"(?:[\d.]+\s+)?(?:eje(?:\s+(?:estratégico|temático))?|pilar|componente)\s+(?:n[°º]?\s*)?"
    r"(?:\d{1,2}|[IVX]{1,4})\s*[:.–-]\s*(\S.*)", re.I
)  # fmt: skip
_ITEM = re.compile(r"(?P<number>\d{1,2})\s*[.)]\s*(?P<title>[^\W\d].*)")
_STATE = re.compile(
    r"(?:estado|nivel(?: de (?:cumplimiento|avance))?|cumplimiento)\s*:\s*(.+)", re.I
)
_PERIOD = re.compile(
    rf"\(([^()]{{0,60}}(?:{'|'.join(MONTHS)}|trimestre|semestre|(?:19|20)\d{{2}})[^()]{{0,60}})\)",
    re.I,
)


@cache
def _language() -> tuple[Language, Matcher]:
    """Blank Spanish of spaCy with the rules for declared counts.

    The import takes two seconds, so only a text that may count something asks for it.
    """
    import spacy
    from spacy.matcher import Matcher

    nlp = spacy.blank("es")
    matcher = Matcher(nlp.vocab)
    noun = {"IS_ALPHA": True, "OP": "{1,4}"}
    colon = {"TEXT": ":", "OP": "?"}
    number = {"LIKE_NUM": True}
    total = {"LOWER": {"IN": list(_TOTALS)}}
    things = {"LOWER": {"IN": list(_THINGS)}}
    matcher.add(
        "declared",
        [
            [total, {"LOWER": "de"}, noun, colon, number],
            [total, things, colon, number],
            [things, {"LOWER": "en"}, {"LOWER": "total"}, colon, number],
            [things, {"TEXT": ":"}, number],
        ],
        greedy="LONGEST",
    )
    plural: dict[str, object] = {
        "TEXT": {"REGEX": r"^[^\W\d_]{3,}s$"},
        "LOWER": {"NOT_IN": sorted(_UNITS)},
    }
    of: list[dict[str, object]] = [{"LOWER": "de"}, {"IS_ALPHA": True, "OP": "{1,2}"}]
    end: dict[str, object] = {"TEXT": ":"}
    matcher.add(
        "listed",
        [[number, plural, end], [number, plural, plural, end], [number, plural, *of, end]],
        greedy="LONGEST",
    )
    return nlp, matcher


def tell(tables: Sequence[Table], paragraphs: Sequence[Block]) -> tuple[Told, ...]:
    """Everything told in prose, outside tables and in their cells, in reading order."""
    told = [
        *_commitments(paragraphs),
        *(one for block in paragraphs for one in _of_paragraph(block)),
        *_cover_period(paragraphs[:_COVER]),
        *(one for table in tables for cell in table.cells for one in milestones(cell)),
        *_milestones_of_prose(paragraphs),
    ]
    return tuple(sorted(told, key=lambda one: next(iter(one.fields.values())).position))


def _of_paragraph(block: Block) -> Iterator[Told]:
    text = plain(block)
    if caption := _CAPTION.match(text):
        label, number = caption[1].lower(), block.with_text(caption[2])
        yield Told("caption", {"number": number, "label": block.with_text(label)})
    if axis := _AXIS.fullmatch(text):
        yield Told("axis", {"axis": block.with_text(axis[1])})
    if heading(block):
        for match in _PLAN_PERIOD.finditer(text):
            plan = text[match.start() : match.start(1)]
            fields = {"period": block.with_text(match[1]), "plan": block.with_text(plan)}
            yield Told("period", fields)
    yield from _counts(block, text)


def _cover_period(paragraphs: Sequence[Block]) -> Iterator[Told]:
    """A period alone at the end of a line of the cover: "República de X, 2024-2026"."""
    for block in paragraphs:
        match = _LAST_PERIOD.fullmatch(plain(block))
        if match and not _PLAN_PERIOD.search(plain(block)):
            yield Told("period", {"period": block.with_text(match[1])})


def _counts(block: Block, text: str) -> Iterator[Told]:
    """Declared counts: "Total de compromisos: 12"; "nueve mesas de trabajo: a; b; …"."""
    if not _MAY_COUNT.search(text):
        return
    nlp, matcher = _language()
    doc = nlp.make_doc(text[:_MOST].replace("°", "º"))  # "N°" would be two tokens
    for match, start, end in matcher(doc):
        if doc.vocab.strings[match] == "declared":
            if _declares(doc, start, end):
                yield _declared(block, doc, start, end)
        else:
            yield from _listed(block, doc, start, end)


def _declares(doc: Doc, start: int, end: int) -> bool:
    """Whether a number is a total: told as one, or alone with its noun on the line; no year."""
    told = _TOTAL_WORD.match(doc[start:end].text) or "total" in doc[start:end].text.lower()
    alone = start == 0 and end == len(doc)
    number = re.fullmatch(r"(?!(?:19|20)\d{2})\d{1,4}|[^\W\d]+", doc[end - 1].text)
    return (bool(told) or alone) and number is not None


def _declared(block: Block, doc: Doc, start: int, end: int) -> Told:
    said = doc[start : end - 1].text
    noun = _SAID_OF_TOTALS.sub("", said).strip()
    fields = {"value": block.with_text(doc[end - 1].text), "noun": block.with_text(noun)}
    return Told("count", fields)


def _listed(block: Block, doc: Doc, start: int, end: int) -> Iterator[Told]:
    """A number of things and then the things, parted by semicolons (a comma may be inside one)."""
    items = re.split(r"\.\s|\.$", doc[end:].text, maxsplit=1)[0]
    if ";" not in items or not _counts_things(doc, start):
        return
    yield Told("count", {
        "value": block.with_text(doc[start].text),
        "noun": block.with_text(doc[start + 1 : end - 1].text),
        "listed": block.with_text(items.strip()),
    })  # fmt: skip


def _counts_things(doc: Doc, start: int) -> bool:
    """Whether a number counts what follows: no year, no figure, no number of a law or article."""
    named = start and doc[start - 1].lower_.rstrip(".") in _NUMBERED_THINGS
    return not named and not re.fullmatch(r"\d{4,}|\d+[.,]\d+", doc[start].text)


def _commitments(paragraphs: Sequence[Block]) -> Iterator[Told]:
    """Numbered commitments: "Compromiso 3: …", or numbered headings after "Compromisos"."""
    within, current = False, list[Block]()
    number = title = None
    for at, block in enumerate(paragraphs):
        text = plain(block)
        found = _COMMITMENT.fullmatch(text) or (_numbered(text) if within else None)
        within = within or _COMMITMENTS.fullmatch(text) is not None
        if found:
            yield from _commitment(number, title, current)
            number, title = block.with_text(found["number"]), block.with_text(found["title"])
            current = []
        elif number is not None and not _ends_list(block, paragraphs[at + 1 : at + 2]):
            current.append(block)
        elif number is not None:
            yield from _commitment(number, title, current)
            number, within = None, False
    yield from _commitment(number, title, current)


def _numbered(text: str) -> re.Match[str] | None:
    """A numbered title: one number, no sentence."""
    match = _ITEM.fullmatch(text)
    return match if match and len(text) < 250 and not re.search(r"[.;,:]$", text) else None


def _ends_list(block: Block, following: Sequence[Block]) -> bool:
    """Whether a heading of the report's own ends the list of commitments."""
    found = heading(block, following[0] if following else None)
    return found is not None and (plain(block).isupper() or block.text.startswith("#"))


def _commitment(number: Block | None, title: Block | None, text: list[Block]) -> Iterator[Told]:
    if number is None or title is None:
        return
    fields = {"number": number, "title": title}
    if text:
        first = text[0]
        joined = " ".join(plain(block) for block in text)
        fields["description"] = (
            first.with_text(joined) if len(text) == 1 else join_blocks(tuple(text))
        )
    yield Told("commitment", fields)


def _lines(text: str) -> list[str]:
    """A cell's text parted where its layout parts it: lines, HTML blocks, emphasis, wide gaps."""
    parted = re.sub(r"</?(?:p|ul|ol|li|div|br|tr|td)\b[^>]*>|\s{4,}", "\n", text)
    # Emphasis begins an item or its state ("<b>2. Title", "**Estado:"); elsewhere it is no break.
    parted = re.sub(
        r"(?:<(?:b|strong)>|\*\*)(?=\s*(?:\d{1,2}[.)]|[A-ZÁÉÍÓÚ][^\n:]{2,40}:))", "\n", parted
    )
    parted = re.sub(r"</?[a-z][^>]*>|\*\*", "", parted)
    return [" ".join(line.split()) for line in parted.split("\n") if line.strip()]


def milestones(cell: Block) -> Iterator[Told]:
    """Milestones told in one text: "1. Title (period) … Estado: level", then what was done."""
    if len(cell.text) < 60 or not _STATE.search(cell.text):
        return
    lines = _lines(cell.text[: _MOST * 5])
    starts = _item_starts(lines)
    for start, end in pairwise([*starts, len(lines)]):
        yield from _milestone(cell, lines[start:end])


def _item_starts(lines: Sequence[str]) -> list[int]:
    """Indices of the lines that begin items 1, 2, 3, …; other numbered lines are text."""
    starts: list[int] = []
    for at, line in enumerate(lines):
        item = _ITEM.match(line)
        if item and int(item["number"]) == len(starts) + 1:
            starts.append(at)
    return starts


def _milestone(cell: Block, lines: Sequence[str]) -> Iterator[Told]:
    state = next((i for i, line in enumerate(lines) if _STATE.match(line)), None)
    item = _ITEM.match(lines[0])
    if state is None or item is None:
        return
    head = " ".join(lines[: state + 1])
    level = _STATE.match(lines[state])
    periods = [match[1] for match in _PERIOD.finditer(head)]
    title = re.split(r"\s*\(", item["title"], maxsplit=1)[0] if _PERIOD.search(item["title"]) \
        else item["title"]  # fmt: skip
    described = cell.with_text(title.strip(" ."))
    fields = {
        "description": described,
        "number": described.with_text(item["number"]),
        "planned": cell.with_text("\n".join(periods)),
        "completion": cell.with_text(level[1].strip() if level else ""),
        "progress": cell.with_text(" ".join(lines[state + 1 :])),
    }
    yield Told("milestone", {name: block for name, block in fields.items() if block.text})


def _milestones_of_prose(paragraphs: Sequence[Block]) -> Iterator[Told]:
    """Milestones told over several paragraphs outside tables."""
    if any(_STATE.match(plain(block)) for block in paragraphs):
        yield from milestones(join_blocks(tuple(paragraphs), "\n"))
