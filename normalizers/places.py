"""The municipality and the country that a text names."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale

from normalizers.text import fold, legible
from pipeline.model import Refusal

LONGEST_TEXT = 50_000

_SMALL = r"(?:de|del|la|las|los|el|y)"
_NAME = rf"[A-ZÁÉÍÓÚÜÑ][\w'’-]{{1,20}}(?:\s(?:{_SMALL}\s){{0,2}}[A-ZÁÉÍÓÚÜÑ][\w'’-]{{1,20}}){{0,4}}"
_BEFORE = re.compile(
    r"\b(?:(?:h\.?\s|honorable\s)?ayuntamiento(?:\s(?:constitucional|municipal))?|municipio"
    r"|alcaldia(?:\smunicipal)?|municipalidad(?:\s(?:distrital|provincial|metropolitana))?"
    r"|concejo\smunicipal|gobierno\smunicipal|intendencia(?:\smunicipal)?|presidencia\smunicipal"
    r"|(?:gobierno\sautonomo\sdescentralizado|g\.?a\.?d\.?)(?:\s(?:municipal|parroquial|cantonal"
    r"|rural|provincial)){0,2}(?:\sdel\scanton)?|parroquia(?:\srural)?|canton)"
    r"(?:\s(?:de|del|la|san(?=\sx)))?\s"
)
_DEMONYMS = {
    "argentin": "AR", "bolivian": "BO", "chilen": "CL", "colombian": "CO", "costarricens": "CR",
    "cuban": "CU", "dominican": "DO", "ecuatorian": "EC", "guatemaltec": "GT", "hondureñ": "HN",
    "mexican": "MX", "nicaragüens": "NI", "panameñ": "PA", "paraguay": "PY", "peruan": "PE",
    "salvadoreñ": "SV", "uruguay": "UY", "venezolan": "VE", "español": "ES",
}  # fmt: skip
_DEMONYM = re.compile(rf"\b({'|'.join(map(fold, _DEMONYMS))})(?:[oa]s?|es?|as?)\b")


@dataclass(frozen=True, slots=True)
class Place:
    """A place's name as printed (or an ISO 3166-1 code), how often it is named, and the others."""

    name: str
    times: int
    others: tuple[str, ...] = ()


def find_municipality(text: str) -> Place | Refusal:
    """The municipality named most often behind "Municipio de", "Alcaldía de", "GAD Parroquial"."""
    text = " ".join(legible(text[:LONGEST_TEXT]).split())
    counted: Counter[str] = Counter()
    printed: dict[str, str] = {}
    for match in _BEFORE.finditer(fold(text)):
        name = re.compile(_NAME).match(text, match.end())
        if name:
            counted[fold(name[0])] += 1
            printed.setdefault(fold(name[0]), name[0])
    return _most_named({printed[key]: times for key, times in counted.items()}, "municipality")


def find_country(text: str) -> Place | Refusal:
    """The ISO 3166-1 code of the country named most often, by its name or by its people's."""
    text = legible(text[:LONGEST_TEXT])
    folded = fold(text)
    pattern, codes = _countries()
    named = Counter(
        codes[match[0]] for match in pattern.finditer(folded) if text[match.start()].isupper()
    )
    people = {fold(stem): code for stem, code in _DEMONYMS.items()}
    peoples = Counter(people[match[1]] for match in _DEMONYM.finditer(folded))
    return _most_named(dict(named or peoples), "country")


def _most_named(counted: dict[str, int], what: str) -> Place | Refusal:
    """The one named most; a refusal where two are named as often."""
    ordered = sorted(counted, key=lambda name: (-counted[name], name))
    if not ordered:
        return Refusal(f"no {what} is named")
    if len(ordered) > 1 and counted[ordered[0]] == counted[ordered[1]]:
        return Refusal(f"named as often: {', '.join(ordered[:3])}")
    return Place(ordered[0], counted[ordered[0]], tuple(ordered[1:4]))


@cache
def _countries() -> tuple[re.Pattern[str], dict[str, str]]:
    declared = Path(__file__).with_name("metadata.toml").read_text(encoding="utf-8")
    names = Locale("es").territories
    codes = {fold(names[code]): code for code in tomllib.loads(declared)["countries"]["codes"]}
    return re.compile(rf"\b(?:{'|'.join(sorted(codes))})\b"), codes
