"""Where in a longer text dates stand, and where what looks like one is none."""

from __future__ import annotations

import re

from normalizers.edtf_lexicon import DATE

_RANGE = re.compile(r"[\s*]{0,3}(?:[–-]|\b(?:al?|hasta)(?:\s{1,3}el)?\b)[\s*]{0,3}")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,2000}|\S{1,100}@\S{1,100}")
_EXAMPLE = re.compile(r"\b(?:ejemplo|ej\.)[^()]{0,60}$")
_NUMBERED = re.compile(  # the date of a law, a file number
    r"(?:\b(?:ley|decreto|dec\.|resolucion|acuerdo|ordenanza|sentencia|circular|oficio|conpes|iso|acta|no\."
    r"|nro\.?|radicado|contrato|convenio)\b|n[°º.])[^.;,]{0,25}[0-9]{1,6},?\s(?:del?\s)?$"
)
_NO_YEAR = re.compile(r"(?:[0-9]\sdel?\s|[0-9]\s|\$\s?|\biso\s)$")
_COUNTED = re.compile(  # "2020 personas": the word after a year that is no year
    r"\s{1,3}(?!(?:del?|en|con|se|y|o|al?|por|para|que|el|l[ao]s?|no|sus?|una?|es|fue|han?|como"
    r"|donde|desde|hasta|cuando|segun|sobre|pero|e|mediante|entre|sin|ante)\b)[a-z]{3,}"
)
_YEAR_CUE = re.compile(r"\b(?:vigencia|ano|periodo|ejercicio|gestion|plan|accion|en|del?)[\s*(:]*$")
_MONTH_CUE = re.compile(
    r"\b(?:en|mes\sde|desde|hasta|durante|a\spartir\sde|fin(?:es)?\sde)\s{1,3}$"
)


def find_places(folded: str) -> list[tuple[int, int]]:
    """Start and end of every date or period in a text folded by `fold_dates`."""
    addresses = [match.span() for match in _ADDRESS.finditer(folded)]
    return [
        (group[0].start(), group[-1].end())
        for group in _linked(folded)
        if not any(start <= group[0].start() < end for start, end in addresses)
        and not _is_none(folded, group)
    ]


def _linked(folded: str) -> list[list[re.Match[str]]]:
    """Matches, those two together that a range joins ("(Septiembre a Octubre 2016)")."""
    groups: list[list[re.Match[str]]] = []
    for match in DATE.finditer(folded):
        gap = folded[groups[-1][-1].end() : match.start()] if groups else ""
        if groups and len(groups[-1]) == 1 and _RANGE.fullmatch(gap):
            groups[-1].append(match)
        else:
            groups.append([match])
    return groups


def _is_none(folded: str, group: list[re.Match[str]]) -> bool:
    """A law's date, a form's example, a year that counts things, a month that may be a name."""
    first = group[0]
    before = folded[max(0, first.start() - 80) : first.start()]
    if _EXAMPLE.search(before) or _NUMBERED.search(before):
        return True
    if len(group) > 1:
        return False
    if first["month"] and not (first["month_y"] or first["month_z"]):
        return not _MONTH_CUE.search(before)
    if (first["dm"] and not first["dm_y"]) or (first["code"] and not first["code_y"]):
        return True  # a fraction, a heading
    if first["short"]:
        return True  # a number of a section
    counted = _COUNTED.match(folded, first.end()) and not _YEAR_CUE.search(before)
    return bool(first["year"]) and bool(_NO_YEAR.search(before) or counted)
