"""Figures and number words: digits in, Decimal out; what may mean two numbers is refused."""

from __future__ import annotations

import re
from decimal import Decimal

from normalizers.text import fold
from pipeline.model import Refusal

LONGEST_FIGURE = 40
LONGEST_WORDS = 160
OTHER_MARK = {".": ",", ",": "."}

_UNITS = [
    "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez",
    "once", "doce", "trece", "catorce", "quince", "dieciseis", "diecisiete", "dieciocho",
    "diecinueve", "veinte", "veintiuno", "veintidos", "veintitres", "veinticuatro", "veinticinco",
    "veintiseis", "veintisiete", "veintiocho", "veintinueve",
]  # fmt: skip
_TENS = ["treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"]
_HUNDREDS = [
    "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos",
    "setecientos", "ochocientos", "novecientos",
]  # fmt: skip

NUMBER_WORDS: dict[str, int] = {  # folded: without accents
    **{word: number for number, word in enumerate(_UNITS)},
    **{word: 10 * number for number, word in enumerate(_TENS, 3)},
    **{word: 100 * number for number, word in enumerate(_HUNDREDS, 1)},
    **{word[:-2] + "as": 100 * number for number, word in enumerate(_HUNDREDS[1:], 2)},
    "un": 1, "una": 1, "veintiun": 21, "veintiuna": 21, "cien": 100, "mil": 1000,
}  # fmt: skip

_FIGURE = re.compile(r"[0-9]{1,30}(?:[.,' ][0-9]{1,30}){0,12}")
_MARK = re.compile(r"[.,' ]")
_DIGITS = re.compile(r"[0-9]+")
SPACES = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "’": "'", "‘": "'", "´": "'"})


def read_words(words: str) -> int | None:
    """`ciento veinte`, `dos mil`, `un millón cien mil` -> the number, or None; below a billón."""
    if len(words) > LONGEST_WORDS:
        return None
    folded = fold(words).split()
    cuts = [at for at, word in enumerate(folded) if word in ("millon", "millones")]
    if not cuts:
        return _below_million(folded)
    millions, rest = _below_million(folded[: cuts[0]]), folded[cuts[0] + 1 :]
    below = _below_million(rest) if rest else 0
    return None if not millions or below is None else millions * 1_000_000 + below


def _below_million(words: list[str]) -> int | None:
    total = part = 0
    found = False
    last = 1000
    for word in words:
        if word == "y" and found and part % 100 >= 30:
            continue
        number = NUMBER_WORDS.get(word)
        if number is None or (number == 1000 and total) or not _fits(number, last, part):
            return None
        found, last = True, number
        total, part = (max(part, 1) * 1000, 0) if number == 1000 else (total, part + number)
    return total + part if found else None


def _fits(number: int, last: int, part: int) -> bool:
    """Whether a number word may follow: hundreds, tens, units, each once."""
    if number == 1000 or part == 0:
        return last > 0
    size = 100 if last >= 100 else 10 if last >= 30 else 1
    return 0 < number < size


def read_figure(text: str, decimal_mark: str | None = None) -> Decimal | Refusal:
    """A figure in any Spanish spelling. `decimal_mark` is evidence from elsewhere ("." or ",")."""
    text = text.translate(SPACES).strip()
    if len(text) > LONGEST_FIGURE or not _FIGURE.fullmatch(text):
        return Refusal(f"not a figure: {text[:40]!r}")
    if text.isdigit():
        return Decimal(text)
    return join_groups(*split_figure(text), decimal_mark)


def split_figure(figure: str) -> tuple[list[str], str]:
    """Its groups of digits, and the marks between them: `1.234,5` -> ["1", "234", "5"], ".,"."""
    return _MARK.split(figure), _DIGITS.sub("", figure)


def join_groups(groups: list[str], marks: str, decimal_mark: str | None) -> Decimal | Refusal:
    """Decides which mark is the decimal one, if any, and checks the thousands."""
    mark = decimal_mark_of(groups, marks, decimal_mark)
    if isinstance(mark, Refusal):
        return mark
    whole, cents = (groups[:-1], groups[-1]) if mark else (groups, "")
    thousands = marks[:-1] if mark else marks
    if decimal_mark and (decimal_mark in thousands or (mark and mark != decimal_mark)):
        return Refusal(f"its separators contradict the column's decimal mark {decimal_mark!r}")
    if not _grouped(whole, thousands):
        return Refusal("its digits are not grouped by threes")
    return Decimal(f"{''.join(whole)}.{cents or 0}") if mark else Decimal("".join(whole))


def decimal_mark_of(groups: list[str], marks: str, given: str | None) -> str | Refusal:
    """The decimal mark printed here, or "" where every mark separates thousands."""
    last = marks[-1:]
    if last not in (".", ",") or marks.count(last) > 1:
        return ""
    if len(groups[-1]) != 3 or groups[0].startswith("0") or len(groups[0]) > 3:
        return last
    if given:
        return last if last == given else ""
    if len(set(marks)) > 1 and marks[-2] != "'":
        return last
    return Refusal(f"{last!r} before three digits may separate thousands or decimals")


def _grouped(whole: list[str], marks: str) -> bool:
    """Thousands by threes, with one mark, or Mexico's apostrophe for millions before it."""
    if len(whole) == 1:
        return True
    one_mark = len(set(marks)) == 1 or (marks[0] == "'" and len(set(marks[1:])) == 1)
    return one_mark and 0 < len(whole[0]) <= 3 and all(len(group) == 3 for group in whole[1:])
