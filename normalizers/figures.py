"""Figures and number words: digits in, Decimal out; what may mean two numbers is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from normalizers.text import fold
from pipeline.model import Refusal

LONGEST_FIGURE = 40
ENOUGH = 5  # different figures
_OTHER = {".": ",", ",": "."}


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
_SPACES = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "’": "'", "‘": "'", "´": "'"})


def read_words(words: str) -> int | None:
    """`ciento veinte`, `dos mil`, `treinta y dos` -> the number, or None; for 0 to 999,999."""
    total = part = 0
    found = False
    last = 1000
    for word in fold(words).split():
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
    text = text.translate(_SPACES).strip()
    if len(text) > LONGEST_FIGURE or not _FIGURE.fullmatch(text):
        return Refusal(f"not a figure: {text[:40]!r}")
    groups = re.split(r"[.,' ]", text)
    marks = re.sub(r"[0-9]", "", text)
    return _join(groups, marks, decimal_mark)


def _join(groups: list[str], marks: str, decimal_mark: str | None) -> Decimal | Refusal:
    """Decides which mark is the decimal one, if any, and checks the thousands."""
    mark = _decimal_mark(groups, marks, decimal_mark)
    if isinstance(mark, Refusal):
        return mark
    whole, cents = (groups[:-1], groups[-1]) if mark else (groups, "")
    thousands = marks[:-1] if mark else marks
    if decimal_mark and (decimal_mark in thousands or (mark and mark != decimal_mark)):
        return Refusal(f"its separators contradict the column's decimal mark {decimal_mark!r}")
    if not _grouped(whole, thousands):
        return Refusal("its digits are not grouped by threes")
    return Decimal(f"{''.join(whole)}.{cents or 0}") if mark else Decimal("".join(whole))


def _decimal_mark(groups: list[str], marks: str, given: str | None) -> str | Refusal:
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


def infer_decimal_mark(texts: Iterable[str]) -> str | None:
    """The decimal mark that a column shows: by a figure that can only be read one way, or by many.

    Where each figure ends in three digits behind the same mark, ENOUGH different ones tell that it
    separates thousands: no column holds three decimals and never two. None if they disagree.
    """
    figures = {figure for text in texts for figure in _FIGURE.findall(text.translate(_SPACES))}
    shown = {mark for figure in figures for mark in _shown_marks(figure)}
    if shown:
        return shown.pop() if len(shown) == 1 else None
    single = [figure for figure in figures if re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", figure)]
    marks = {figure[-4] for figure in single}
    return _OTHER[marks.pop()] if len(single) >= ENOUGH and len(marks) == 1 else None


def _shown_marks(figure: str) -> Iterable[str]:
    groups, marks = re.split(r"[.,' ]", figure), re.sub(r"[0-9]", "", figure)
    mark = _decimal_mark(groups, marks, None)
    if not isinstance(mark, str) or isinstance(_join(groups, marks, None), Refusal):
        return
    if mark:
        yield mark
    elif marks[-1:] in _OTHER:
        yield _OTHER[marks[-1]]
