"""The Spanish words of dates, and the pattern of one printed date or part of a year.

The patterns are for text folded by `fold_dates`. Every run in them is bounded, so no text is slow.
"""

from __future__ import annotations

import re

from normalizers.text import fold

_NAMES = [
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "octubre", "noviembre", "diciembre",
]  # fmt: skip
MONTHS: dict[str, int] = {name: number for number, name in enumerate(_NAMES, 1)}
MONTHS |= {name[:3]: number for name, number in list(MONTHS.items())}
MONTHS |= {"setiembre": 9, "set": 9, "sept": 9, "septbre": 9, "agto": 8}
ORDINALS: dict[str, int] = {
    "primer": 1, "primero": 1, "primera": 1, "segundo": 2, "segunda": 2, "tercer": 3, "tercero": 3,
    "tercera": 3, "cuarto": 4, "cuarta": 4, "quinto": 5, "sexto": 6, "ultimo": -1, "ultima": -1,
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6,
}  # fmt: skip
PARTS: dict[str, int] = {"bimestre": 2, "trimestre": 3, "cuatrimestre": 4, "semestre": 6}


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_S = r"[\s*]{0,4}"  # between the words of one date; "*" is a leftover of emphasis
_G = r"[\s*]{1,4}"
_M = rf"(?:{_any(MONTHS)})\.?"
_Y = r"(?:19|20)[0-9]{2}(?![0-9]|[.,][0-9])"
_OF = rf"(?:{_S}(?:de{_G}el|del|de|,|/|-|\.){_S}(?:(?:de|del){_G})?|{_G})(?:ano{_G}|vigencia{_G})?"
_D = r"(?:0?[1-9]|[12][0-9]|3[01])"
_DAY = rf"(?:{_D}(?:(?:{_S}[º°ª]|er|ro)\.?)?|primero)"
_LINK = rf"(?:{_S}[,–-]{_S}|{_G}(?:al?|hasta|y|e){_G})(?:el{_G})?(?:dia{_G})?"
_TIMES = rf"(?:{_any(ORDINALS)}|[1-6](?:(?:{_S}[º°ª]|er|do|to|ro|ra|da|ta)\.?)?)"


def _year(name: str) -> str:
    """A year of four digits, or of two where a mark says that it is one."""
    short = rf"(?:{_S}['/-]|{_G}del?{_G})(?P<{name}_z>[0-9]{{2}})(?!{_G}de\b)"
    return rf"(?:{_OF}(?P<{name}_y>{_Y})|{short})?"


_FORMS: dict[str, str] = {  # the first that matches at a place is meant
    "iso": r"(?P<iso_y>(?:19|20)[0-9]{2})(?P<iso_s>[-/])(?P<iso_m>[0-9]{1,2})(?P=iso_s)"
    r"(?P<iso_d>[0-9]{1,2})",
    "dmy": r"(?P<dmy_d>[0-9]{1,2})(?P<dmy_s>\s?[/-]\s?)(?P<dmy_m>[0-9]{1,2})(?P=dmy_s)"
    r"(?P<dmy_y>(?:19|20)[0-9]{2}|[0-9]{2})",
    "dot": r"(?P<dot_d>[0-9]{1,2})\.(?P<dot_m>[0-9]{1,2})\.(?P<dot_y>(?:19|20)[0-9]{2})",
    "word": rf"(?P<word_lead>(?:{_DAY}{_LINK}){{0,8}})(?P<word_d>{_DAY})"
    rf"(?:{_S}(?:del{_G}mes{_G}de|del?|-|/|\.)?{_S})(?P<word_m>{_M}){_year('word')}",
    "first": rf"(?P<first_m>{_M}){_G}(?P<first_d>{_DAY})"
    rf"(?:{_S},{_S}|{_S}/|{_G}del?{_G}(?:ano{_G})?)(?P<first_y>{_Y})",
    "years": rf"(?P<years_a>(?:19|20)[0-9]{{2}})[-/](?P<years_b>{_Y})",
    "ym": r"(?P<ym_y>(?:19|20)[0-9]{2})[-/](?P<ym_m>[0-9]{2})",
    "my": r"(?P<my_m>0?[1-9]|1[0-2])\s?[/-]\s?(?P<my_y>(?:19|20)[0-9]{2})",
    "half": rf"(?P<half_n>{_TIMES}){_G}quincena{_G}(?:del?{_G}(?:mes{_G}de{_G})?)?"
    rf"(?P<half_m>{_M}){_year('half')}",
    "part": rf"(?:(?P<part_lead>{_TIMES})(?P<part_link>{_LINK}))?(?P<part_n>{_TIMES}){_G}"
    rf"(?P<part_u>{_any(PARTS)})(?:{_OF}(?P<part_y>{_Y}))?",
    "unit": rf"(?P<unit_u>{_any(PARTS)}){_G}(?P<unit_n>{_TIMES})(?:{_OF}(?P<unit_y>{_Y}))?",
    "code": r"(?:(?P<code_t>[tsq])(?P<code_n>[1-4])|(?P<code_o>[1-4]|iv|i{1,3})(?P<code_v>[tsq]))"
    rf"{_S}[-/]?{_S}(?P<code_y>{_Y})",
    "month": rf"(?P<month_m>{_M}){_year('month')}",
    "year": rf"(?P<year_y>{_Y})",
}
_EDGE = r"(?<![\w$%])(?<![0-9][.,:/-])(?<!n[°º.])"
_END = r"(?![\w%])(?![.,/-][0-9])(?!\.(?:pdf|docx?|xlsx?|html?|php|jpe?g|png|com|gob|org)\b)"
DATE = re.compile(_EDGE + "(?:" + "|".join(f"(?P<{n}>{p})" for n, p in _FORMS.items()) + ")" + _END)
DAY = re.compile(r"[0-9]{1,2}|primero")

_DASHES = str.maketrans(dict.fromkeys("—―−‐‑‒", "–") | {"\u2019": "'", "´": "'"})
_BETWEEN = re.compile(
    r"(?<=[/.-](?:19|20)[0-9]{2})[-](?=[0-9]{1,2}[/.-])|(?<=[0-9]-[0-9]{2})/(?=(?:19|20)[0-9]{2}-)"
)


def fold_dates(text: str) -> str:
    """`fold`, of equal length, with every dash that can only stand between two dates as "–"."""
    return _BETWEEN.sub("–", fold(text).translate(_DASHES))
