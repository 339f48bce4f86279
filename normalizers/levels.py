"""Levels of completion: the printed word in, the codelist of the schema out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalizers.text import absence, clean, fold, key
from pipeline.model import Refusal, State

LONGEST_LEVEL = 120

_STEMS: dict[str, str] = {  # a word that ends in "o" may end in "a", and in the plural
    "complete": "completo completado cumplido implementado finalizado terminado ejecutado concluido"
    " realizado|cumplimiento total|cumplimiento completo|totalmente cumplido|cumplido totalmente"
    "|completamente cumplido|cumplido completamente|completamente implementado"
    "|implementado completamente|terminado",
    "substantial": "sustancial substancial|cumplimiento sustancial|avance sustancial"
    "|sustancialmente cumplido|cumplido sustancialmente|sustancialmente completo",
    "limited": "limitado|cumplimiento limitado|avance limitado|limitadamente cumplido",
    "not_started": "no iniciado|sin iniciar|sin inicio|no comenzado|no empezado|por iniciar"
    "|no ha iniciado|aun no iniciado|todavia no iniciado",
    "in_progress": "en proceso|en curso|en ejecucion|en desarrollo|en implementacion|en progreso"
    "|en marcha|iniciado|en avance",
    "suspended": "suspendido|paralizado|detenido|en suspenso|en suspension",
    "no_evidence": "sin evidencia|sin evidencia disponible|no hay evidencia"
    "|no hay evidencia disponible|sin evidencias|evidencia no disponible|sin evidencia suficiente",
}
_INFERRED: dict[str, tuple[str, str]] = {
    "pendiente": ("not_started", "'pendiente' says not done, not whether it began"),
    "pordesarrollar": ("not_started", "'por desarrollar' says not done, not whether it began"),
    "parcial": ("in_progress", "'parcial' is no level of the codelist"),
    "cumplimientoparcial": ("in_progress", "'parcial' is no level of the codelist"),
    "parcialmentecumplido": ("in_progress", "'parcial' is no level of the codelist"),
    "cumplidoparcialmente": ("in_progress", "'parcial' is no level of the codelist"),
}


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the codelist; "" with the state that says why there is none."""

    value: str
    state: State = "reported"
    reason: str = ""


def _phrases(stems: str) -> list[str]:
    first, *rest = stems.split("|")
    words = first.split() if not first.startswith(("no ", "sin ", "en ")) else [first]
    return [*words, *rest]


_LEVELS = {key(phrase): level for level, stems in _STEMS.items() for phrase in _phrases(stems)}
_LABEL = re.compile(
    r"(?:estado|nivel|grado|cumplimiento|avance|estatus|situacion|status)"
    r"(?:\s(?:de|del|actual|la|el|cumplimiento|avance|implementacion|ejecucion|compromiso|meta"
    r"|actividad|hito)){0,5}\s?:\s?"
)
_TAIL = re.compile(
    r"(?:[\s,;.(-]{1,3}(?:[0-9]{1,3}(?:[.,][0-9]{1,2})?\s?%|y|(?:con|sin)\sretraso|a\stiempo"
    r"|retrasad[oa])\)?){1,4}$"
)


def parse_level(text: str) -> Level | Refusal:
    """The level that a whole cell states, behind a label and before a percentage or a delay."""
    if absent := absence(text):
        return Level("", *absent)
    if len(text) > LONGEST_LEVEL:
        return Refusal("too long to be a level")
    folded = _bare(fold(clean(text)))
    name = key(folded)
    singular = name.removesuffix("s")
    for form in (name, singular, re.sub("a$", "o", singular), _masculine(folded)):
        if form in _LEVELS:
            return Level(_LEVELS[form])
        if form in _INFERRED:
            value, reason = _INFERRED[form]
            return Level(value, "inferred", reason)
    return Refusal(f"not a level: {text.strip()[:40]!r}")


def _bare(folded: str) -> str:
    """Without the label before the level, nor the percentage or delay after it."""
    folded = _LABEL.sub("", folded, count=1) if _LABEL.match(folded) else folded
    return _TAIL.sub("", folded.strip(" .")).strip(" .:;-*()")


def _masculine(folded: str) -> str:
    return key(re.sub(r"([ai]d)as?\b", r"\1o", folded))
