"""The Spanish words of dates, folded: months, ordinals, parts of a year, numbers of days and years.

Tables only; `edtf_lexicon` makes one pattern of them.
"""

from __future__ import annotations

from normalizers.figures import NUMBER_WORDS, read_words

_NAMES = [
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "octubre", "noviembre", "diciembre",
]  # fmt: skip
MONTHS: dict[str, int] = {name: number for number, name in enumerate(_NAMES, 1)}
MONTHS |= {name[:3]: number for name, number in list(MONTHS.items())}
MONTHS |= {
    "febr": 2, "fbro": 2, "mzo": 3, "agto": 8, "agt": 8, "setiembre": 9, "set": 9, "sept": 9,
    "septbre": 9, "sepbre": 9, "sbre": 9, "setbre": 9, "octbre": 10, "obre": 10, "novbre": 11,
    "nvbre": 11, "nbre": 11, "dicbre": 12, "dbre": 12, "diciem": 12,
}  # fmt: skip
ENGLISH: dict[str, int] = {  # what spreadsheets set to English print, between hyphens only
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
ORDINALS: dict[str, int] = {
    "primer": 1, "primero": 1, "primera": 1, "segundo": 2, "segunda": 2, "tercer": 3, "tercero": 3,
    "tercera": 3, "cuarto": 4, "cuarta": 4, "quinto": 5, "quinta": 5, "sexto": 6, "ultimo": -1,
    "ultima": -1, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6,
}  # fmt: skip
PARTS: dict[str, int] = {
    "bimestre": 2, "bim": 2, "trimestre": 3, "trim": 3, "cuatrimestre": 4, "cuatrim": 4,
    "semestre": 6, "sem": 6,
}  # fmt: skip

_UNITS = [word for word, number in NUMBER_WORDS.items() if number < 30 and word != "cero"]
_TENS = [word for word, number in NUMBER_WORDS.items() if 30 <= number < 100]


def _spelled_days() -> dict[str, int]:
    days = {word: NUMBER_WORDS[word] for word in _UNITS} | {"treinta": 30, "primero": 1}
    return days | {"treinta y uno": 31, "treinta y un": 31}


DAYS: dict[str, int] = _spelled_days()


def _day_pattern() -> str:
    """The words of DAYS; "treinta" is none of its own before "y uno"."""
    others = [word for word in DAYS if word != "treinta"]
    return rf"{any_of(others)}|treinta(?!\sy\sun)"


def any_of(words: dict[str, int] | list[str]) -> str:
    """The words as alternatives of a pattern, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True)).replace(" ", r"\s")


SPELLED_YEAR = (
    r"(?:dos\s{1,3}mil|mil\s{1,3}novecientos)(?:\s{1,3}(?:"
    rf"(?:{any_of(_TENS)})(?:\s{{1,3}}y\s{{1,3}}(?:{any_of(_UNITS[:10])}))?|{any_of(_UNITS)}))?"
)


def read_year_words(words: str) -> int | None:
    """`dos mil veintitres` -> 2023; `mil novecientos noventa y ocho` -> 1998."""
    return read_words(" ".join(words.split()))


SPELLED_DAY = _day_pattern()
