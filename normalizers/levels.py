"""Levels of completion: the printed word in, the codelist of the schema out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from normalizers.colours import read_colour, read_entries, usual_level
from normalizers.text import absence, clean, fold, key, legible
from pipeline.model import Refusal, State

LONGEST_LEVEL = 120

_STEMS: dict[str, str] = {  # a word that ends in "o" may end in "a", and in the plural
    "complete": "completo completado cumplido implementado finalizado terminado ejecutado concluido"
    " realizado culminado logrado alcanzado entregado satisfecho complete completed"
    "|cumplimiento total|cumplimiento completo|totalmente cumplido|cumplido totalmente"
    "|completamente cumplido|cumplido completamente|completamente implementado"
    "|implementado completamente|totalmente ejecutado|ejecutado totalmente|totalmente implementado"
    "|implementado totalmente|cumplido en su totalidad|ejecutado en su totalidad"
    "|plenamente cumplido"
    "|se cumplio|cumple|meta cumplida|accion cumplida|actividad cumplida|actividad finalizada",
    "substantial": "sustancial substancial|cumplimiento sustancial|avance sustancial|substantial"
    "|sustancialmente cumplido|cumplido sustancialmente|sustancialmente completo"
    "|sustancialmente completado|implementado sustancialmente",
    "limited": "limitado|cumplimiento limitado|avance limitado|limitadamente cumplido|limited"
    "|cumplido limitadamente|implementado limitadamente",
    "not_started": "no iniciado|sin iniciar|sin inicio|no comenzado|no empezado|por iniciar"
    "|no ha iniciado|aun no iniciado|todavia no iniciado|por comenzar|sin comenzar|no inicia"
    "|no se ha iniciado|not started|aun no inicia|no ha comenzado|no se inicio",
    "in_progress": "en proceso|en curso|en ejecucion|en desarrollo|en implementacion|en progreso"
    "|en marcha|iniciado|en avance|en tramite|en gestion|en elaboracion|en revision|en construccion"
    "|en proceso de implementacion|en proceso de ejecucion|en proceso de cumplimiento"
    "|en realizacion"
    "|en etapa de implementacion|en fase de ejecucion|en formulacion|en contratacion|in progress"
    "|en proceso de elaboracion|en proceso de revision|en operacion",
    "suspended": "suspendido|paralizado|detenido|en suspenso|en suspension|interrumpido"
    "|temporalmente suspendido|suspendido temporalmente|congelado|en pausa|suspended",
    "no_evidence": "sin evidencia|sin evidencia disponible|no hay evidencia"
    "|no hay evidencia disponible|sin evidencias|evidencia no disponible|sin evidencia suficiente"
    "|no se cuenta con evidencia|no se aporta evidencia|no presenta evidencia",
}
_NOT_DONE = ("not_started", "says not done, not whether it began")
_PARTIAL = ("in_progress", "says partial: no level of the codelist")
_DROPPED = ("suspended", "says that it was given up: the codelist has no word for that")
_LATER = ("suspended", "says put off, not stopped")
_INFERRED_STEMS: dict[tuple[str, str], str] = {
    _NOT_DONE: "pendiente|por desarrollar|por ejecutar|por realizar|por implementar|por hacer"
    "|pendiente por ejecutar|pendiente de ejecucion|pendiente de inicio|pendiente por iniciar"
    "|no ejecutado|no realizado|no implementado|sin ejecutar|sin avance|sin avances|sin ejecucion"
    "|programado|planificado|planeado|por cumplir|no desarrollado",
    _PARTIAL: "parcial|parcialmente|cumplimiento parcial|parcialmente cumplido|avance parcial"
    "|cumplido parcialmente|parcialmente ejecutado|ejecutado parcialmente|parcialmente implementado"
    "|implementado parcialmente|parcialmente completo|parcialmente completado|con avance"
    "|con avances"
    "|cumplido parcial|implementacion parcial|avanzado|parcialmente realizado",
    _DROPPED: "desestimado|cancelado|eliminado|descartado|anulado|retirado|desistido|rechazado"
    "|excluido|se desestima",
    _LATER: "aplazado|postergado|pospuesto|diferido|reprogramado",
    ("complete", "says closed, not fulfilled"): "cerrado",
    ("in_progress", "says open, not how far"): "abierto|activo|vigente|al dia|en tiempo",
}


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the codelist; "" with the state that says why there is none."""

    value: str
    state: State = "reported"
    reason: str = ""


def _phrases(stems: str) -> list[str]:
    first, *rest = stems.split("|")
    words = first.split() if not first.startswith(("no ", "sin ", "en ", "por ")) else [first]
    return [*words, *rest]


_LEVELS = {key(phrase): level for level, stems in _STEMS.items() for phrase in _phrases(stems)}
_INFERRED = {
    key(phrase): meant for meant, stems in _INFERRED_STEMS.items() for phrase in stems.split("|")
}
_LABEL = re.compile(
    r"(?:estado|nivel|grado|cumplimiento|avance|estatus|situacion|status|semaforo|calificacion)"
    r"(?:\s(?:de|del|actual|la|el|cumplimiento|avance|implementacion|ejecucion|compromiso|meta"
    r"|actividad|hito)){0,5}\s?:\s?"
)
_UNDER_WAY = re.compile(r"en\s(?:proceso|fase|etapa|curso)\sde\s[a-z]{4,20}(?:\s[a-z]{2,20}){0,3}")
_BOTH = re.compile(r"\s{0,3}/\s{0,3}|\s{1,3}[ye]\s{1,3}")
_PERCENT_FIRST = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,2})?\s?%\s?[-–:,]?\s?(?=[a-z])")
_FEMININE = re.compile("a$")
_PARTICIPLE = re.compile(r"([ai]d|[st]|uest)as?\b")
_TAIL = re.compile(
    r"(?:[\s,;.(-]{1,3}(?:(?:al\s)?[0-9]{1,3}(?:[.,][0-9]{1,2})?\s?%|y|(?:con|sin)\sretraso|a\stiempo"
    r"|retrasad[oa])\)?){1,4}$"
)


def parse_level(text: str, *, legend: Mapping[str, Level] | None = None) -> Level | Refusal:
    """The level that a whole cell states, behind a label and before a percentage or a delay.

    `legend` is what the document says that its words and colours mean (`read_legend`).
    """
    text = legible(text)
    if absent := absence(text):
        return Level("", *absent)
    if len(text) > LONGEST_LEVEL:
        return Refusal("too long to be a level")
    folded = _bare(fold(clean(text)))
    level = _named(folded, text, legend or {}) or _together(folded, text, legend or {})
    if level is not None:
        return level
    if colour := read_colour(text):
        return (legend or {}).get(colour) or usual_colour(colour)
    return Refusal(f"not a level: {text.strip()[:40]!r}")


def _named(folded: str, text: str, legend: Mapping[str, Level]) -> Level | None:
    """The level by its name in any gender and number; a legend of the document goes first."""
    name = key(folded)
    singular = name.removesuffix("s")
    for form in (name, singular, _FEMININE.sub("o", singular), _masculine(folded)):
        if form in legend:
            return legend[form]
        if form in _LEVELS:
            return Level(_LEVELS[form])
        if form in _INFERRED:
            value, reason = _INFERRED[form]
            return Level(value, "inferred", f"{text.strip()[:40]!r} {reason}")
    return Level("in_progress") if _UNDER_WAY.fullmatch(folded) else None


def _together(folded: str, text: str, legend: Mapping[str, Level]) -> Level | None:
    """The level of two words that mean the same one: "Implementada / cerrada"."""
    parts = _BOTH.split(folded)
    levels = [_named(part, text, legend) for part in parts] if len(parts) == 2 else []
    first = next(iter(levels), None)
    agree = all(
        one is not None and first is not None and one.value == first.value for one in levels
    )
    return first if agree else None


def _bare(folded: str) -> str:
    """Without the label before the level, nor the percentage or delay after it."""
    folded = _LABEL.sub("", folded, count=1) if _LABEL.match(folded) else folded
    folded = _PERCENT_FIRST.sub("", folded, count=1) if _PERCENT_FIRST.match(folded) else folded
    return _TAIL.sub("", folded.strip(" .")).strip(" .:;-*()")


def _masculine(folded: str) -> str:
    return key(_PARTICIPLE.sub(r"\1o", folded))


def usual_colour(colour: str) -> Level | Refusal:
    """What a colour usually means where no legend tells."""
    usual = usual_level(colour)
    if usual is None:
        return Refusal(f"the colour {colour!r} means nothing without its legend")
    return Level(usual, "inferred", f"the colour {colour!r}, without a legend")


def read_legend(text: str) -> dict[str, Level]:
    """The entries of a legend that name a level: "Verde: cumplida. Amarillo: en proceso (50%)".

    Keyed by the colour, or by the `text.key` of the word explained; others are left out.
    """
    legend: dict[str, Level] = {}
    for name, meaning in read_entries(text):
        level = parse_level(meaning)
        if isinstance(level, Level) and level.value:
            reason = f"the legend: {meaning.strip()[:60]!r}"
            legend.setdefault(name, Level(level.value, level.state, level.reason or reason))
    return legend
