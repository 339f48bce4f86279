"""Numbers and dates of a spreadsheet as their number format prints them.

Decimals and the sign of money follow the format. Thousands are never parted and the decimal mark is
a point, for the file does not say which marks its reader's country uses; a zero is added to three
decimals that could be taken for thousands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

BUILTIN = {  # of a file's own number formats, those that have no code in it
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "dd/mm/yyyy", 15: "d-mmm-yyyy", 16: "d-mmm", 17: "mmm-yyyy",
    18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm",
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 44: "#,##0.00", 43: "#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
}  # fmt: skip
MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "octubre", "noviembre", "diciembre",
)  # fmt: skip
_EXACT = Context(prec=400)
_SHOWN = Context(prec=15)  # digits that a spreadsheet keeps of a number
_LARGEST = 60  # digits: a longer number is shown as it is stored
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[([^\]]*)\]')
_CURRENCY = re.compile(r"\$([^-\]]*)(?:-[0-9A-Fa-f]+)?")
_NUMBER = re.compile(r"[#0?,. ]*[#0?][#0?,. ]*")
_AMBIGUOUS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
_DATE_TOKEN = re.compile(r"y+|m+|d+|[^ymd]+", re.I)
_IN_ORDER = re.compile(r"(?:dd?\D{1,5})?(?:mm?\W{1,3}|mmmm?.{1,5})?y+", re.I)


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What a format's code asks for: decimals (None: as many as there are), signs around, a date.

    `date_code` is the part of the code that prints a date or a time; "" for a number.
    """

    decimals: int | None = None
    digits: int = 1  # before the decimal mark, at least: codes begin with zeros
    percent: bool = False
    before: str = ""
    after: str = ""
    date_code: str = ""


@lru_cache(maxsize=1024)
def read_format(code: str) -> NumberFormat:
    """What a number format's code asks for, by its first section."""
    section = _first_section(code)
    if section.strip().lower() in ("", "general", "standard", "@"):
        return NumberFormat()
    bare = _LITERAL.sub(_literal_text, section)
    letters = _LITERAL.sub(lambda part: part[0] if _is_elapsed(part) else " ", section)
    if re.search(r"[ymdhs]", letters, re.I) and not re.search(r"[#0?]", letters):
        return NumberFormat(date_code=_LITERAL.sub(_date_literal, section))
    digits = _NUMBER.search(bare)
    if digits is None or re.search(r"[eE][+-]|/", bare[digits.start() :]):
        return NumberFormat()
    whole, _, fraction = digits[0].rstrip(" ,").partition(".")
    before, after = bare[: digits.start()], bare[digits.end() :]
    return NumberFormat(
        decimals=sum(character in "0#?" for character in fraction),
        digits=max(1, whole.count("0")),
        percent="%" in after or "%" in before,
        before=before.strip(" -+()%"),
        after=" ".join(after.replace("%", " ").strip(" -+()").split()),
    )


def print_number(value: str, code: str, *, since_1904: bool = False) -> str:
    """A stored number as its format prints it; what is no number is returned as it is."""
    try:
        number = Decimal(value.strip())
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST:
        return value
    asked = read_format(code)
    if asked.date_code:
        return _print_date(number, asked.date_code, since_1904) or value
    return print_decimal(number, asked)


def print_decimal(number: Decimal, asked: NumberFormat) -> str:
    """A number with the decimals and signs of a format."""
    number = _SHOWN.plus(number) * (100 if asked.percent else 1)
    if asked.decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-asked.decimals), ROUND_HALF_UP, _EXACT)
    text = f"{number if asked.decimals is not None else _bare(number):f}"
    if _AMBIGUOUS.fullmatch(text):
        text += "0"
    if not text.strip("-0."):
        text = text.lstrip("-")
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, mark, fraction = digits.partition(".")
    percent = "%" if asked.percent else ""
    after = f" {asked.after}" if asked.after else ""
    return f"{sign}{asked.before}{whole.zfill(asked.digits)}{mark}{fraction}{percent}{after}"


def is_date(code: str) -> bool:
    """Whether a format's code prints a date or a time."""
    return bool(read_format(code).date_code)


def print_date(moment: datetime, code: str) -> str:
    """A moment by a date's code where that says day, month, year in this order; else ISO."""
    day_code = re.split(r"\[?h", code, maxsplit=1, flags=re.I)[0].strip(" ,")
    if not _IN_ORDER.fullmatch(day_code):
        time = "" if moment.time() == datetime.min.time() else f" {moment:%H:%M}"
        return moment.date().isoformat() + time
    parts = (_date_part(token, moment.date()) for token in _DATE_TOKEN.findall(day_code))
    return " ".join("".join(parts).split())


def _bare(number: Decimal) -> Decimal:
    """Without the zeros at its end."""
    whole = number == number.to_integral_value()
    return number.quantize(Decimal(1), context=_EXACT) if whole else number.normalize(_SHOWN)


def _first_section(code: str) -> str:
    quoted = False
    for at, character in enumerate(code):
        quoted ^= character == '"'
        if character == ";" and not quoted and code[at - 1 : at] != "\\":
            return code[:at]
    return code


def _literal_text(part: re.Match[str]) -> str:
    """The signs that a literal prints: those of money and words; no colour, no filler."""
    if part[3] is not None:
        currency = _CURRENCY.fullmatch(part[3])
        return currency[1] if currency else ""
    text = part[1] or part[2] or " "
    return "" if re.search(r"[#0?]", text) else text


def _date_literal(part: re.Match[str]) -> str:
    """A word between the parts of a date ("de") is white: its letters are no parts of a code."""
    if part[3] is not None:
        return part[0] if _is_elapsed(part) else ""
    text = part[1] or part[2] or " "
    return " " if re.search(r"[ymdhs]", text, re.I) else text


def _is_elapsed(part: re.Match[str]) -> bool:
    return part[3] is not None and re.fullmatch(r"[hms]+", part[3], re.I) is not None


def _print_date(number: Decimal, code: str, since_1904: bool) -> str:
    """A serial number as a date, a time, or both; "" where it is out of the calendar."""
    if number < 0 or number >= 2_958_466:  # the year 10000
        return ""
    if not re.search(r"[yd]|mmm", code, re.I):
        return _print_time(number)
    days = int(number)
    seconds = round((number - days) * 86_400)
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
    if not since_1904 and days < 60:  # the 29th of February 1900 that never was
        start += timedelta(days=1)
    try:
        return print_date(start + timedelta(days=days, seconds=seconds), code)
    except OverflowError:
        return ""


def _print_time(number: Decimal) -> str:
    minutes = round(number * 1440)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _date_part(token: str, day: date) -> str:
    """A token of a date's code; years always with four digits, months in Spanish."""
    kind, size = token[0].lower(), len(token)
    if kind == "y":
        return f"{day.year:04}"
    if kind == "d" and size <= 2:
        return f"{day.day:0{size}}"
    if kind == "m":
        name = MONTHS[day.month - 1]
        return f"{day.month:0{size}}" if size <= 2 else name[:3] if size == 3 else name
    return token
