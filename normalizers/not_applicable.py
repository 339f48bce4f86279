"""Why a percentage is N/A, read from the text of its row: one of five meanings, with the quote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from normalizers.text import absence, fold, legible
from pipeline.model import Refusal

Meaning = Literal["not_due", "scheduled_later", "suspended", "not_started", "partly_done"]
MEANINGS: tuple[Meaning, ...] = get_args(Meaning)

LONGEST_ROW = 20_000
_AROUND = 60

_PHRASES: dict[
    Meaning, str
] = {  # folded; the first meaning found is meant, so the surest stand first
    "suspended": r"suspend\w{2,8}|suspension|paralizad[oa]s?|aplaz(?:ad[oa]s?|o|aron|amiento)"
    r"|cancel(?:ad[oa]s?|o|aron)|se\sdesestim\w{1,4}|desestimad[oa]s?|interrump\w{2,6}|en\ssuspenso"
    r"|(?:ya\s)?no\sse\s(?:realizara|ejecutara|llevara\sa\scabo|continuara)",
    "not_due": r"no\saplica\s(?:para|en|durante)\s(?:el|este|la|esta)\s(?:periodo|corte|(?:cuatri"
    r"|tri|bi"
    r"|se)mestre|vigencia|seguimiento)|aun\sno\s(?:vence|corresponde|se\svence|es\sexigible)"
    r"|no\s(?:vence|corresponde\sa|se\stenia\sprogramad|estaba\sprogramad|esta\sprogramad"
    r"|programad)\w{0,3}"
    r"|no\stiene\s(?:actividades|acciones|metas?)\s(?:programadas?|previstas?)|sin\sprogramacion"
    r"|dentro\sdel?\s(?:plazo|termino)|en\stiempo|fecha\sde\s(?:cumplimiento|entrega"
    r"|vencimiento)\s(?:es"
    r"|posterior)|plazo\s(?:no\sha\svencido|vigente)|no\sha\s(?:vencido|llegado)",
    "scheduled_later": r"(?:esta|fue|quedo|se\sencuentra|se)?\s?(?:re)?program(?:ad[oa]s?|o|aron)"
    r"\spara|(?:re)?programad[oa]s?\s(?:a\spartir|en\sel|el|al)|se\s(?:realizara|ejecutara"
    r"|llevara\sa"
    r"\scabo|desarrollara|iniciara|reportara|publicara|elaborara|entregara|hara|adelantara"
    r"|presentara)n?"
    r"|se\sllevaran\sa\scabo|prevista?\spara|previsto\spara|planead[oa]s?\spara"
    r"|planificad[oa]s?\spara"
    r"|proximo\s(?:periodo|(?:cuatri|tri|bi|se)mestre|corte|ano|mes|seguimiento|reporte)"
    r"|siguiente\s(?:periodo|(?:cuatri|tri|bi|se)mestre|corte|vigencia)",
    "not_started": r"no\sse\s(?:ha|han|adelanto|adelantaron|inicio|iniciaron|realizo|realizaron"
    r"|ejecuto"
    r"|ejecutaron|reporta|registra|presenta|presentaron|dio|cuenta)\b|no\s(?:iniciad[oa]"
    r"|ha\siniciado|hay"
    r"\savance|presenta\savances?|reporta\savances?|registra\savances?|tiene\savances?)"
    r"|sin\s(?:avances?"
    r"|iniciar|ejecutar|ejecucion|gestion(?:es)?)|pendientes?\s(?:de|por)\s(?:inici|comenz|realiz"
    r"|ejecut"
    r"|elabor|hac)\w{2,5}|por\s(?:iniciar|comenzar|ejecutar|realizar)|aun\sno\s(?:se|inicia|ha)",
    "partly_done": r"se\s(?:ha|han)\s(?:venido\s)?(?:realiz|adelant|ejecut|elabor|avanz|inici"
    r"|desarroll"
    r"|capacit|public|socializ|atendid)\w{0,6}|se\s\w{3,14}(?:aron|ieron)\b|se\s(?:realizo"
    r"|elaboro|publico"
    r"|adelanto|ejecuto|inicio|desarrollo|socializo|avanzo|presento|envio|actualizo|capacito"
    r"|llevo\sa"
    r"\scabo)\b|en\s(?:proceso|curso|ejecucion|desarrollo|elaboracion|tramite|construccion"
    r"|revision)"
    r"|avances?\s(?:parcial(?:es)?|del?\s[0-9])|parcialmente|[0-9]{1,3}\sde\s(?:los\s"
    r"|las\s)?[0-9]{1,3}",
}
_PATTERNS = {meaning: re.compile(rf"(?<![a-z])(?:{words})") for meaning, words in _PHRASES.items()}
_NOT = re.compile(r"\b(?:no|sin|aun\sno|tampoco|ni)\s(?:se\s)?(?:\w{1,10}\s)?$")


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """One of the five meanings of N/A, and the words of the row that tell it."""

    meaning: Meaning
    quote: str


def read_not_applicable(row: str) -> NotApplicable | Refusal:
    """What N/A means in a row, by the row's own text: progress told, dates, remarks.

    A text that tells of no work, of a later date or of a stop says more than one that tells of
    work; where nothing tells, a refusal: N/A is then N/A.
    """
    text = legible(row[:LONGEST_ROW])
    if absence(text):
        return Refusal("the row tells nothing beside N/A")
    folded = fold(text)
    for meaning, pattern in _PATTERNS.items():
        match = _first(pattern, folded, meaning)
        if match:
            return NotApplicable(meaning, _quote(text, match))
    return Refusal("no words of the row tell why")


def _first(pattern: re.Pattern[str], folded: str, meaning: Meaning) -> re.Match[str] | None:
    """The first match that no "no" before it denies; a denied work is no work told."""
    denied = meaning in ("partly_done", "suspended", "scheduled_later")
    for match in pattern.finditer(folded):
        if not denied or not _NOT.search(folded[max(0, match.start() - 24) : match.start()]):
            return match
    return None


def _quote(text: str, match: re.Match[str]) -> str:
    """The sentence around the match, cut to a line."""
    start = max(text.rfind(mark, 0, match.start()) for mark in ".;\n") + 1
    start = max(start, match.start() - _AROUND)
    ends = [at for at in (text.find(mark, match.end()) for mark in ".;\n") if at >= 0]
    end = min([*ends, match.end() + _AROUND, len(text)])
    return " ".join(text[start:end].split())
