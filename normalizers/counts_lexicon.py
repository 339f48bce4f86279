"""The patterns of counts, for text folded by `normalizers.text.fold`, every run bounded."""

from __future__ import annotations

import re

from normalizers.edtf_lexicon import MONTHS
from normalizers.figures import NUMBER_WORDS

_WORD = "|".join(sorted((w for w in NUMBER_WORDS if w not in ("un", "una", "uno")), key=len)[::-1])
_SPELLED = rf"(?:{_WORD})(?:\s(?:y\s)?(?:{_WORD}|una?|uno)){{0,4}}"
_ADJECTIVE = r"(?:(?:nuev|diferente|distint|divers|principal|gran|mejor|buen)[a-z]{0,4}\s{1,3})?"
_NOUN = r"(?P<n>[^\W\d_]{3,30})(?!\w|\.[0-9])"
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
PART_OF = re.compile(rf"{_EDGE}{_number(1)}\s{{1,3}}de\s{_TOTAL}{_number(2)}{_THINGS}")
DONE_OF = re.compile(rf"{_EDGE}{_number(1)}{_THINGS}\sde\s{_TOTAL}{_number(2)}{_ENDING}")
PLAIN = re.compile(rf"{_EDGE}{_number(1)}{_THINGS}")
OPENING = re.compile(r"\s{0,5}(?P<p1>[0-9]{1,4})\)\s{1,3}(?P<n>[^\W\d_]{3,30})")
ITEM = re.compile(r"(?<![\w(])\(?([0-9]{1,2})\)\s")

NO_NOUN = re.compile(
    r"dias?|mes(?:es)?|anos?|horas?|semanas?|minutos?|segundos?|(?:cua|bi)?(?:tri)?mestres?|semestres?"
    r"|quincenas?|pesos|dolares|soles|colones|quetzales|lempiras|euros|bolivianos|mil|millon(?:es)?"
    r"|miles|por|ciento|del|las|los|un[oa]s?|con|sin|para|que|como|desde|hasta|entre|sobre|segun"
    r"|ante|bajo|son|fue(?:ron)?|han|hay|estan?|mayores|menores|otr[oa]s|metros?|kilometros?|hectareas?|puntos|grados?|primer(?:[oa]s?)?|ultim[oa]s?"
    r"|siguientes?|anteriores|mas|menos|etc|" + "|".join(MONTHS)
)
BEFORE = re.compile(
    r"(?:\b(?:ley|leyes|decretos?|resolucion(?:es)?|acuerdo|ordenanza|sentencia|circular|oficio|acta"
    r"|articulos?|art|numeral|literal|inciso|paragrafo|ordinal|n|no|nro|num|numero|pag|paginas?"
    r"|hoja|folio|caso|version|linea|compromisos?|objetivo|fase|etapa|capitulo|eje|cuadro|tabla"
    r"|anexo|figura|grafico|nivel|piso|tel|telefonos?|celular|fax|ext|conpes|iso|memorando|codigo"
    r"|radicado|expediente|contrato|convenio|cuenta|componente|subcomponente|estrategia|seccion"
    r"|anos?|vigencia|calle|carrera|avenida|av|cra|parte|paso|meta|hito|item|modulo|bloque|cap|km"
    r"|cada|desde las|hasta las|a las|ods|grupo|distrito|zona|region|comuna|unidad|tomo|titulo"
    r"|formato|reporte|informe|plan|lote|sala|oficina|decada|siglo)"
    r"\s?(?:n[°º.]{0,2}|no\.?|nro\.?|num\.?)?\s?[°º.:]{0,2}\s?|[°º]\s?"
    rf"|\b(?:{'|'.join(MONTHS)})\s"
    r"|[0-9]\s[ao]\s|\bentre\s(?:[0-9]{1,6}\sy\s)?|\b(?:mas|menos|cerca|alrededor)\sde\s"
    r"|\b(?:casi|unos|unas|aproximadamente|maximo|hasta)\s)$"  # no exact number
)
VERB = re.compile(r"\w+[aei]r(?:se)?")  # "3 Elaborar …", "(1) fortalecer": a row, an item
NO_VERB = re.compile(r"taller|mujer|lugar|hogar|lider|pilar|auxiliar|celular|familiar|escolar")
ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,2000}|\S{1,100}@\S{1,100}")
DOING = re.compile(
    r"(?<!\bno )(?<!\bno se )\b(?!program|planific|plane|prev|compromet|propus|solicit|asign|acord"
    r"|aprob|necesit|requir|estim|fij)(?:\w{2,20}(?:aron|ieron|ó)|han?\s(?:sido\s)?\w{2,20}[aií]d[oa]s?"
    r"|fue(?:ron)?|encuentran?\s\w{2,20}[ai]d[oa]s?|(?:ejecut|realiz)ad[oa]s)\b",
    re.IGNORECASE,
)
LEFT = re.compile(
    r"\b(?:pendientes?|falta|faltan|faltando|restan?|restantes?|quedan?)\b[^.;]{0,30}$"
)
