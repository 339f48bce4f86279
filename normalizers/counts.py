"""Counts told in text: "(5) piezas", "13 de 18 trámites"; laws, files, phones, dates are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from normalizers.dates import find_dates
from normalizers.edtf_lexicon import MONTHS
from normalizers.figures import NUMBER_WORDS, read_words
from normalizers.text import fold
from pipeline.model import Refusal

__all__ = ["NUMBER_WORDS", "Count", "find_counts", "parse_count"]

LONGEST_TEXT = 50_000


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things: `text[start:end]` tells it; `of` is the whole it is a part of."""

    value: Decimal
    noun: str
    start: int
    end: int
    kind: Literal["target", "done", "of", "plain"]
    of: Decimal | None = None


_WORD = "|".join(sorted((w for w in NUMBER_WORDS if w not in ("un", "una", "uno")), key=len)[::-1])
_SPELLED = rf"(?:{_WORD})(?:\s(?:y\s)?(?:{_WORD}|una?|uno)){{0,4}}"
_ADJECTIVE = r"(?:(?:nuev|diferente|distint|divers|principal|gran|mejor|buen)[a-z]{0,4}\s{1,3})?"
_NOUN = r"(?P<n>[^\W\d_]{3,30})(?![\w])"
_EDGE = r"(?<![\w$%.,/:#°º+&=-])(?<![0-9][.,/-]\s)(?<![0-9$]\s)"
_TOTAL = r"(?:(?:un\s)?total\sde\s|l[oa]s\s)?"
_ENDING = r"(?=\s{0,3}(?:$|[.,;:)]|y\s|program|previst|planific|planead|comprometid|proyectad))"


def _number(at: int) -> str:
    """A number in words and brackets, in digits, or in words: groups w, p, d, s."""
    return (
        rf"(?:(?:(?P<w{at}>una?|uno|{_SPELLED})\s?)?\(\s?(?P<p{at}>[0-9]{{1,4}})\s?\)"
        rf"|(?P<d{at}>[0-9]{{1,3}}(?:[.,][0-9]{{3}}){{1,2}}|[0-9]{{1,5}}(?![0-9]))"
        rf"|(?P<s{at}>{_SPELLED}))"
    )


_THINGS = rf"\s{{1,3}}{_ADJECTIVE}{_NOUN}"
_PART_OF = re.compile(rf"{_EDGE}{_number(1)}\s{{1,3}}de\s{_TOTAL}{_number(2)}{_THINGS}")
_DONE_OF = re.compile(rf"{_EDGE}{_number(1)}{_THINGS}\sde\s{_TOTAL}{_number(2)}{_ENDING}")
_PLAIN = re.compile(rf"{_EDGE}{_number(1)}{_THINGS}")
_OPENING = re.compile(r"\s{0,5}(?P<p1>[0-9]{1,4})\)\s{1,3}(?P<n>[^\W\d_]{3,30})")
_ITEM = re.compile(r"(?<![\w(])\(?([0-9]{1,2})\)\s")

_NO_NOUN = re.compile(
    r"dias?|mes(?:es)?|anos?|horas?|semanas?|minutos?|segundos?|(?:cua|bi)?(?:tri)?mestres?|semestres?"
    r"|quincenas?|pesos|dolares|soles|colones|quetzales|lempiras|euros|bolivianos|mil|millon(?:es)?"
    r"|miles|por|ciento|del|las|los|un[oa]s?|con|sin|para|que|como|desde|hasta|entre|sobre|segun"
    r"|ante|bajo|metros?|kilometros?|hectareas?|puntos|grados?|primer(?:[oa]s?)?|ultim[oa]s?"
    r"|siguientes?|anteriores|mas|menos|etc|" + "|".join(MONTHS)
)
_BEFORE = re.compile(
    r"(?:\b(?:ley|leyes|decretos?|resolucion(?:es)?|acuerdo|ordenanza|sentencia|circular|oficio|acta"
    r"|articulos?|art|numeral|literal|inciso|paragrafo|ordinal|n|no|nro|num|numero|pag|paginas?"
    r"|hoja|folio|caso|version|linea|compromisos?|objetivo|fase|etapa|capitulo|eje|cuadro|tabla"
    r"|anexo|figura|grafico|nivel|piso|tel|telefonos?|celular|fax|ext|conpes|iso|memorando|codigo"
    r"|radicado|expediente|contrato|convenio|cuenta|componente|subcomponente|estrategia|seccion"
    r"|anos?|vigencia|calle|carrera|avenida|av|cra|parte|paso|meta|hito|item|modulo|bloque|cap|km"
    r"|cada|desde las|hasta las|a las|ods|grupo|distrito|zona|region|comuna|unidad|tomo|titulo"
    r"|formato|reporte|informe|plan|lote|sala|oficina|decada|siglo)"
    r"\s?(?:n[°º.]{0,2}|no\.?|nro\.?|num\.?)?\s?[°º.:]{0,2}\s?|[°º]\s?"
    rf"|\b(?:{'|'.join(MONTHS)})\s)$"
)
_VERB = re.compile(r"\w+[aei]r(?:se)?")  # "3 Elaborar …", "(1) fortalecer": a row, an item
_NO_VERB = re.compile(r"taller|mujer|lugar|hogar|lider|pilar|auxiliar|celular|familiar|escolar")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,2000}|\S{1,100}@\S{1,100}")
_DOING = re.compile(
    r"(?<!\bno )(?<!\bno se )\b(?:\w{2,20}(?:aron|ieron|ó)|han?\s(?:sido\s)?\w{2,20}[aií]d[oa]s?"
    r"|fue(?:ron)?|encuentran?\s\w{2,20}[ai]d[oa]s?|(?:ejecut|realiz)ad[oa]s)\b",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"\b(?:pendientes?|falta|faltan|faltando|restan?|restantes?|quedan?)\b[^.;]{0,30}$"
)


def find_counts(text: str) -> list[Count]:
    """The counts of things told in `text`, in order, none overlapping; none in the first doubt."""
    text = text[:LONGEST_TEXT]
    folded = fold(text)
    taken = bytearray(len(text))
    for start, end in _no_counts(text, folded):
        taken[start:end] = b"x" * (end - start)
    found: list[Count] = []
    for count in _candidates(text, folded):
        if not any(taken[count.start : count.end]):
            taken[count.start : count.end] = b"x" * (count.end - count.start)
            found.append(count)
    return sorted(found, key=lambda count: count.start)


def _no_counts(text: str, folded: str) -> Iterator[tuple[int, int]]:
    """Dates and addresses, whose numbers count nothing."""
    yield from ((start, end) for start, end, _ in find_dates(text))
    yield from (match.span() for match in _ADDRESS.finditer(folded))


def _candidates(text: str, folded: str) -> Iterator[Count]:
    enumerated = _is_enumeration(folded)
    for kind, pattern in (("of", _PART_OF), ("done", _DONE_OF), ("plain", _PLAIN)):
        for match in pattern.finditer(folded):
            count = _read(text, folded, match, kind)
            if count and not (enumerated and _is_bracket(match)):
                yield count
    opening = _OPENING.match(folded)
    if opening and not enumerated and _is_noun(opening["n"]):
        noun = text[opening.start("n") : opening.end("n")]
        yield Count(Decimal(opening["p1"]), noun, opening.start("p1"), opening.end(), "target")


def _is_bracket(match: re.Match[str]) -> bool:
    return bool(match["p1"]) and not match["w1"]


def _is_enumeration(folded: str) -> bool:
    """Whether "1) … 2) … 3) …" numbers a list and counts nothing."""
    numbers = [int(number) for number in _ITEM.findall(folded)]
    return len(numbers) > 1 and numbers[:2] == [1, 2]


def _read(text: str, folded: str, match: re.Match[str], kind: str) -> Count | None:
    value = _value(match, "1")
    whole = _value(match, "2") if kind != "plain" else None
    if value is None or (kind != "plain" and whole is None) or not _is_noun(match["n"]):
        return None
    before = folded[max(0, match.start() - 60) : match.start()]
    noun = text[match.start("n") : match.end("n")]
    if _BEFORE.search(before) or _is_year(match) or _is_code(match, noun):
        return None
    return Count(value, noun, match.start(), match.end(), _kind(text, match, kind), whole)


def _kind(text: str, match: re.Match[str], kind: str) -> Literal["target", "done", "of", "plain"]:
    """Done where the sentence tells it before; a target where the text opens with it."""
    if kind != "plain":
        return "of" if kind == "of" else "done"
    sentence = re.split(r"[.,:;]\s", text[max(0, match.start() - 300) : match.start()])[-1]
    if _DOING.search(sentence) and not _LEFT.search(fold(sentence)):
        return "done"
    opens = not sentence.strip(' (*-•"')
    return "target" if opens or match["n"] == "veces" else "plain"


def _is_noun(word: str) -> bool:
    return word not in NUMBER_WORDS and not _NO_NOUN.fullmatch(word)


def _is_year(match: re.Match[str]) -> bool:
    groups = match.groupdict()
    return any(re.fullmatch(r"(?:19|20)[0-9]{2}", groups.get(name) or "") for name in ("d1", "d2"))


def _is_code(match: re.Match[str], noun: str) -> bool:
    """The number of a row, a post or a budget line: "58 Investigador", "30000 SERVICIOS"."""
    folded = match["n"]
    if _VERB.fullmatch(folded) and not _NO_VERB.fullmatch(folded):
        return True
    single = not folded.endswith("s") and (match["d1"] or noun[0].isupper())
    digits = match["d1"] or ""
    code = digits.startswith(("00", "0 ")) or (len(digits) > 3 and noun.isupper())
    many = _value(match, "1") != 1
    return bool(
        not match["w1"] and (digits == "0" or code or len(digits) == 5 or (single and many))
    )


def _value(match: re.Match[str], at: str) -> Decimal | None:
    """The number, or None where the word and the digits beside it disagree."""
    digits = match[f"p{at}"] or match[f"d{at}"]
    words = match[f"w{at}"] or match[f"s{at}"]
    spelled = read_words(words) if words else None
    if words and spelled is None:
        return None
    if digits is None:
        return None if spelled is None else Decimal(spelled)
    number = Decimal(re.sub("[.,]", "", digits))
    return number if spelled is None or spelled == number else None


_DECLARED = re.compile(
    r"(?:[^\d:]{3,80}[:\s]\s{0,3})?(?P<number>[0-9]{1,3}(?:[.,][0-9]{3}){1,2}|[0-9]{1,7})\.?"
)


_DECLARES = re.compile(r"(?:total|numero|cantidad|nro\.?|no\.?|n[°º])\s(?:total\s)?de\s")


def parse_count(text: str) -> Decimal | Refusal:
    """The one count that a cell or declaration states: "11", "once", "Total de metas: 11"."""
    folded = fold(" ".join(text[:300].split()))
    spelled = read_words(folded)
    if spelled is not None:
        return Decimal(spelled)
    match = _DECLARED.fullmatch(folded)
    label = folded[: match.start("number")] if match else ""
    if match and (_DECLARES.match(label) or not _BEFORE.search(label)):
        return Decimal(re.sub("[.,]", "", match["number"]))
    counts = find_counts(text[:300])
    if len(counts) == 1 and counts[0].of is None:
        return counts[0].value
    return Refusal(f"not one count: {text.strip()[:40]!r}")
