"""What recurs: "mensual", "cada trimestre", "3 veces al año" -> ISO 8601 repeating intervals.

`R/P1M` is every month, `R3/P1Y` three times in each year, `R/` all the time ("permanente"). For
text folded by `normalizers.text.fold`; every run is bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalizers.figures import NUMBER_WORDS, read_words

_ADJECTIVES: dict[str, str] = {  # the stem of an adjective or adverb -> its interval
    "diari[oa](?:mente|s)?": "P1D",
    "seman": "P1W",
    "quincen": "P15D",
    "mensu": "P1M",
    "bimestr": "P2M",
    "trimestr": "P3M",
    "cuatrimestr": "P4M",
    "semestr": "P6M",
    "anu": "P1Y",
    "bien": "P2Y",
    "trien": "P3Y",
    "cuatrien": "P4Y",
    "quinquen": "P5Y",
}
_UNITS: dict[str, str] = {
    "dias?": "P1D", "semanas?": "P1W", "quincenas?": "P15D", "mes(?:es)?": "P1M",
    "bimestres?": "P2M", "trimestres?": "P3M", "cuatrimestres?": "P4M", "semestres?": "P6M",
    "anos?": "P1Y", "vigencias?": "P1Y",
}  # fmt: skip
_PERMANENT = (
    r"permanente(?:mente|s)?|continu(?:[oa]s?|amente)|constante(?:mente|s)?|indefinid[oa](?:mente)?"
    r"|todo\sel\s(?:tiempo|ano|periodo)|(?:durante\s)?toda\sla\svigencia|de\s(?:forma|manera)"
    r"\s(?:permanente|continua|constante)|siempre|en\stodo\smomento|ininterrumpid[oa](?:mente)?"
)
_ADJECTIVE = "|".join(
    f"(?P<a{at}>{stem if ']' in stem else f'{stem}al(?:mente|es)?'})"
    for at, stem in enumerate(_ADJECTIVES)
)
_UNIT = "|".join(f"(?P<u{at}>{unit})" for at, unit in enumerate(_UNITS))
_NUMBER = rf"[0-9]{{1,3}}|{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))}"
_EVERY = rf"(?:cada(?:\s(?P<n>{_NUMBER}))?|tod[oa]s\sl[oa]s)\s(?:{_UNIT})(?![a-z])"
_TIMES = (
    rf"(?P<times>{_NUMBER})\s?(?:\([0-9]{{1,3}}\)\s)?(?:vez|veces)\s"
    rf"(?:al|por|a\sl[oa]|en\sel|en\scada|cada|durante\sel|x)\s(?P<per>dia|semana|quincena|mes"
    r"|bimestre|trimestre|cuatrimestre|semestre|ano|vigencia)(?![a-z])"
)
RECURS = re.compile(
    rf"(?<![a-z])(?:(?P<permanent>{_PERMANENT})|{_TIMES}|{_EVERY}|(?:{_ADJECTIVE}))(?![a-z])"
)
_NAMED = {f"a{at}": length for at, length in enumerate(_ADJECTIVES.values())}
_NAMED |= {f"u{at}": length for at, length in enumerate(_UNITS.values())}
_PER = {re.sub(r"s\?|\(\?:es\)\?", "", unit): length for unit, length in _UNITS.items()}
_MONTHS = {"P1Y": 12, "P6M": 6, "P4M": 4, "P3M": 3, "P2M": 2, "P1M": 1}
_CLOSER = {12: "P1Y", 6: "P6M", 4: "P4M", 3: "P3M", 2: "P2M", 1: "P1M"}
_IN_YEAR = {"P1D": 365, "P1W": 52, "P15D": 24, "P1Y": 1} | {
    f"P{m}M": 12 // m for m in (1, 2, 3, 4, 6)
}
_WORDS_BESIDE = re.compile(
    r"[\s:.,;()/*•–-]{1,6}|(?:de|del|el|la|los|las|en|se|es|a|al|por|y|con|forma|manera|frecuencia"
    r"|periodicidad|periodic[oa]|reportes?|informes?|seguimiento|ejecucion|plazo|fecha|actividad"
    r"|accion|ultim[oa]s?|primer[oa]?s?|dias?|habil(?:es)?|durante|vez|una|cinco|diez|dentro"
    r"|finalizar|finalizado|finaliza|terminar|termino|final|cierre|inicio|comienzo|vencimiento"
    r"|[0-9]{1,2})(?![a-z0-9])"
)
_LONGEST_BESIDE = 120


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often: `times` in each `interval` (ISO 8601 duration; "" for all the time)."""

    interval: str
    times: int = 1

    @property
    def iso(self) -> str:
        """`R/P1M`; `R3/P1Y` where the times do not stand at equal intervals; `R/` for always."""
        return f"R{self.times if self.times > 1 else ''}/{self.interval}"

    @property
    def in_year(self) -> int | None:
        """How many times a year, None where that is not told."""
        number = _IN_YEAR.get(self.interval)
        return number * self.times if number else None


def read_recurrence(folded: str) -> Recurrence | None:
    """What a whole text says of how often, or None where it says anything else besides."""
    match = RECURS.search(folded[: 2 * _LONGEST_BESIDE])
    if not match:
        return None
    beside = (folded[: match.start()], folded[match.end() :])
    return read_interval(match) if all(map(_says_nothing, beside)) else None


def read_interval(match: re.Match[str]) -> Recurrence:
    """What one match of RECURS says."""
    if match["permanent"]:
        return Recurrence("")
    if match["times"]:
        return _times(_number(match["times"]), _PER[match["per"]])
    names = [
        *(f"a{at}" for at in range(len(_ADJECTIVES))),
        *(f"u{at}" for at in range(len(_UNITS))),
    ]
    lengths = [*_ADJECTIVES.values(), *_UNITS.values()]
    length = next(long for name, long in zip(names, lengths, strict=True) if match[name])
    number = _number(match["n"]) if match["n"] else 1
    return Recurrence(re.sub("[0-9]+", lambda one: str(int(one[0]) * number), length))


def _times(times: int, length: str) -> Recurrence:
    """Where they divide the months evenly, the months from one to the next."""
    months = _MONTHS.get(length)
    if times and months and months % times == 0:
        return Recurrence(_CLOSER[months // times])
    return Recurrence(length, max(times, 1))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else read_words(text) or 1


def _says_nothing(text: str) -> bool:
    if len(text) > _LONGEST_BESIDE:
        return False
    at = 0
    while at < len(text):
        word = _WORDS_BESIDE.match(text, at)
        if not word:
            return False
        at = word.end()
    return True
