"""The Spanish words of dates, and the pattern of one printed date or part of a year.

The patterns are for text folded by `fold_dates`. Every run in them is bounded, so no text is slow.
"""

from __future__ import annotations

import re

from normalizers.edtf_words import (
    DAYS,
    ENGLISH,
    MONTHS,
    ORDINALS,
    PARTS,
    SPELLED_DAY,
    SPELLED_YEAR,
    any_of,
)
from normalizers.text import fold

__all__ = ["DATE", "DAY", "DAYS", "ENGLISH", "MONTHS", "ORDINALS", "PARTS", "fold_dates"]

_S = r"[\s*]{0,4}"  # between the words of one date; "*" is a leftover of emphasis
_G = r"[\s*]{1,4}"
_M = rf"(?:{any_of(MONTHS)})\.?"
_Y = r"(?:19|20)[0-9]{2}(?![0-9]|[.,][0-9])"
_OF = (
    rf"(?:{_S}(?:de{_G}el|del|de|,|/|-|\.|[()]){_S}(?:(?:de|del){_G})?|{_G})"
    rf"(?:ano{_G}|vigencia{_G})?"
)
_D = r"(?:0?[1-9]|[12][0-9]|3[01])"
_DAY = rf"(?:{_D}(?:(?:{_S}[º°ª]|er|ro)\.?)?|{SPELLED_DAY})"
_LINK = rf"(?:{_S}[,–-]{_S}|{_G}(?:al?|hasta|y|e){_G})(?:el{_G})?(?:dia{_G})?"
_TIMES = rf"(?:{any_of(ORDINALS)}|[1-6](?:(?:{_S}[º°ª]|er|do|to|ro|ra|da|ta)\.?)?)"
_LEAD = rf"(?:{_TIMES}{_LINK}){{0,5}}"
_PART = rf"(?:{any_of([w for w in PARTS if len(w) > 7])})s?|(?:bim|trim|cuatrim)\b\.?"
_IN = rf"{_G}(?:del?{_G}(?:mes{_G}de{_G})?)?"


def _year(name: str) -> str:
    """A year in four digits, in words, or in two digits where a mark says that it is one."""
    short = rf"(?:{_S}['/-]|{_G}del?{_G})(?P<{name}_z>[0-9]{{2}})(?!{_G}de\b)"
    full = rf"(?P<{name}_y>{_Y}|2[.,]0[0-9]{{2}}(?![0-9]))|(?P<{name}_w>{SPELLED_YEAR})(?![a-z])"
    return rf"(?:{_OF}(?:{full})|{short})?"


_FORMS: dict[str, str] = {  # the first that matches at a place is meant
    "iso": r"(?P<iso_y>(?:19|20)[0-9]{2})(?P<iso_s>[-/.])(?P<iso_m>[0-9]{1,2})(?P=iso_s)"
    r"(?P<iso_d>[0-9]{1,2})",
    "dmy": r"(?P<dmy_d>[0-9]{1,2})(?P<dmy_s>\s?[/-]\s?)(?P<dmy_m>[0-9]{1,2})(?P=dmy_s)"
    r"(?P<dmy_y>(?:19|20)[0-9]{2}|[0-9]{2})",
    "dot": r"(?P<dot_d>[0-9]{1,2})\.\s?(?P<dot_m>[0-9]{1,2})\.\s?(?P<dot_y>(?:19|20)[0-9]{2})",
    "short": r"(?P<short_d>[0-9]{2})\.(?P<short_m>[0-9]{2})\.(?P<short_y>[0-9]{2})",
    "word": rf"(?P<word_lead>(?:{_DAY}{_LINK}){{0,8}})(?P<word_d>{_DAY})(?:{_G}dias?(?![a-z]))?"
    rf"(?:\.|{_S}(?:del{_G}mes{_G}de|del?|-|/)?{_S})(?P<word_m>{_M}){_year('word')}",
    "rev": rf"(?P<rev_y>{_Y})(?:\s?[-/]\s?|\s)(?P<rev_m>{_M})(?:[-/\s](?P<rev_d>{_D})(?![0-9])"
    rf"|(?![-/\s]{{0,3}}[0-9]))(?!{_OF}{_Y})",
    "first": rf"(?P<first_m>{_M}){_G}(?P<first_d>{_DAY})"
    rf"(?:{_S},{_S}|{_S}/|{_G}del?{_G}(?:ano{_G})?)(?P<first_y>{_Y}|2[.,]0[0-9]{{2}}(?![0-9]))",
    "md": rf"(?P<md_m>{_M}){_G}(?P<md_d>{_D})(?={_LINK}{_M}{_G}{_D}(?![0-9]))",
    "years": rf"(?P<years_a>(?:19|20)[0-9]{{2}})[-/](?P<years_b>{_Y})",
    "ym": r"(?P<ym_y>(?:19|20)[0-9]{2})[-/](?P<ym_m>[0-9]{2})",
    "my": r"(?P<my_m>0?[1-9]|1[0-2])\s?[/-]\s?(?P<my_y>(?:19|20)[0-9]{2})",
    "dm": rf"(?P<dm_d>{_D})/(?P<dm_m>0[1-9]|1[0-2])(?![/-]|\s[0-9])"
    rf"(?:{_G}del?{_G}(?:ano{_G})?(?P<dm_y>{_Y}))?",
    "xls": rf"(?:(?P<xls_d>{_D})-)?(?P<xls_m>{any_of(ENGLISH)})-(?P<xls_y>(?:19|20)?[0-9]{{2}})",
    "half": rf"(?P<half_lead>{_LEAD})(?P<half_n>{_TIMES}){_G}quincenas?{_IN}"
    rf"(?P<half_m>{_M}){_year('half')}",
    "edge": rf"(?P<edge_n>primer|ultimo){_G}dia{_IN}(?P<edge_m>{_M}){_year('edge')}",
    "week": rf"(?:{_TIMES}{_LINK})?{_TIMES}{_G}semanas?{_IN}(?P<week_m>{_M}){_year('week')}",
    "part": rf"(?P<part_lead>{_LEAD})(?P<part_n>{_TIMES}){_G}(?P<part_u>{_PART}|sem\b\.?)"
    rf"{_year('part')}",
    "unit": rf"(?P<unit_u>{_PART}){_G}(?:n[°º.]{_S})?(?P<unit_lead>{_LEAD})(?P<unit_n>{_TIMES})"
    rf"{_year('unit')}",
    "code": r"(?:(?P<code_t>[tsq])(?P<code_n>[1-4])|(?P<code_o>[1-4]|iv|i{1,3})(?P<code_v>[tsq]))"
    rf"(?![a-z0-9])(?:{_S}(?:[-/]|del?\s)?{_S}(?P<code_y>{_Y}))?",
    "codes": r"(?P<codes_n>[1-4])(?P<codes_v>[tsq])(?P<codes_y>20[0-9]{2}|[0-9]{2})",
    "month": rf"(?P<month_m>{_M}){_year('month')}",
    "year": rf"(?P<year_y>{_Y})",
}
# Where a date may begin, so that the forms are not tried at every letter.
_BEGINS = sorted({word[:3] for word in (*MONTHS, *ENGLISH, *DAYS, *PARTS, *ORDINALS)})
_START = rf"(?=[0-9]|[tsq][1-4]|i{{1,3}}[tsq]|{'|'.join(_BEGINS)})"
_EDGE = r"(?<![\w$%])(?:(?<![0-9][.,:/-])|(?=[a-z]))(?<!n[°º.])"
_END = r"(?![\w%])(?![.,/-][0-9])(?!\.(?:pdf|docx?|xlsx?|html?|php|jpe?g|png|com|gob|org)\b)"
DATE = re.compile(
    _EDGE + _START + "(?:" + "|".join(f"(?P<{n}>{p})" for n, p in _FORMS.items()) + ")" + _END
)
DAY = re.compile(rf"[0-9]{{1,2}}|{SPELLED_DAY}")

_DASHES = str.maketrans(dict.fromkeys("—―−‐‑‒", "–") | {"\u2019": "'", "´": "'"})
_BETWEEN = re.compile(
    r"(?<=[/.-](?:19|20)[0-9]{2})[-](?=[0-9]{1,2}[/.-])|(?<=[0-9]-[0-9]{2})/(?=(?:19|20)[0-9]{2}-)"
)


def fold_dates(text: str) -> str:
    """`fold`, of equal length, with every dash that can only stand between two dates as "–"."""
    return _BETWEEN.sub("–", fold(text).translate(_DASHES))
