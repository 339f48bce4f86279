"""Signs and words of money -> ISO 4217 codes; "$", "pesos", "Bs" are signs of many."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.model import Refusal

NO_DECIMALS = frozenset({"CLP", "PYG", "COP"})  # so "1.000" can only be a thousand
PLACE = "§"  # stands where a sign was taken out, so figures around it never run together

_PESOS = frozenset({"MXN", "COP", "CLP", "ARS", "UYU", "DOP", "CUP"})
SHARED: dict[str, frozenset[str]] = {  # a sign of many -> the currencies that write it so
    "$": _PESOS | {"USD"},
    "pesos": _PESOS,
    "bs": frozenset({"BOB", "VES"}),
    "¢": frozenset({"CRC", "SVC"}),
    "local": frozenset(),  # "moneda nacional": whichever it is
}
_SIGNS: dict[str, str] = {  # what may stand beside a figure, folded -> code, or a name in SHARED
    r"us\s?\$|u\$[sd]|usd\s?\$?|\$\s?usd?|(?:us\s)?dolar(?:es)?"
    r"(?:\s(?:americanos|estadounidenses|de\s(?:los\s)?(?:estados\sunidos|ee\.?\s?uu\.?)))?": "USD",
    r"mx\$|mxn\s?\$?|pesos\smexicanos": "MXN",
    r"col\$|cop\s?\$?|pesos\scolombianos": "COP",
    r"cl\$|clp\s?\$?|pesos\schilenos": "CLP",
    r"ar\$|ars\s?\$?|pesos\sargentinos": "ARS",
    r"\$u|uyu\s?\$?|pesos\suruguayos": "UYU",
    r"rd\$|dop\s?\$?|pesos\sdominicanos": "DOP",
    r"s/\.?|pen|(?:nuevos\s)?soles|nuevo\ssol": "PEN",
    r"gtq|quetzal(?:es)?|q\.?": "GTQ",
    r"₡|crc|colones": "CRC",
    r"hnl|lempiras?|lps?\.?|l\.?": "HNL",
    r"c\$|nio|cordobas?": "NIO",
    r"b/\.?|pab|balboas?": "PAB",
    r"bob|\$b|bolivianos?": "BOB",
    r"ves|bolivares": "VES",
    r"₲|pyg|gs\.?|guaranies": "PYG",
    r"€|eur|euros?": "EUR",
    r"r\$|brl|reales": "BRL",
    r"clf|uf": "CLF",
    r"\$": "$",
    r"pesos": "pesos",
    r"¢": "¢",
    r"bs\.?": "bs",
    r"m\.?\s?/?\s?n\.?|moneda\s(?:nacional|corriente|legal)|m\.?\s?/?\s?cte\.?": "local",
}
_SIGN = re.compile(
    r"(?<![a-z])(?:"
    + "|".join(f"(?P<c{at}>{pattern})" for at, pattern in enumerate(_SIGNS))
    + r")(?![a-z$/])"
)
_CODES = list(_SIGNS.values())

_SHORT_SCALES: list[tuple[re.Pattern[str], str]] = [  # a scale and its money in one sign
    (re.compile(r"\bmmdp\b|\bmm[dp]\b"), " mil millones de pesos"),
    (re.compile(r"\bmmdd\b"), " mil millones de dolares"),
    (re.compile(r"(?<![a-z])mdp\b"), " millones de pesos"),
    (re.compile(r"(?<![a-z])mdd\b"), " millones de dolares"),
]
_BEFORE = re.compile(r"(?<![a-z])(?P<scale>mm|m)\s?(?=(?:us)?\$|usd|clp)")


def find_signs(folded: str) -> tuple[str, set[str]]:
    """The text with PLACE for each sign of money, and their codes or names in SHARED."""
    codes: set[str] = set()

    def take(match: re.Match[str]) -> str:
        codes.add(_CODES[int((match.lastgroup or "c0")[1:])])
        return PLACE

    return " ".join(_SIGN.sub(take, folded).split()), codes


def spell_scales(folded: str, local: str | None) -> str | Refusal:
    """`mm$ 5` -> `$ 5 millones`, `5 mdp` -> `5 millones de pesos`.

    "M$" is a thousand pesos where Chile's are meant, and elsewhere not known: a refusal.
    """
    for pattern, words in _SHORT_SCALES:
        folded = pattern.sub(words, folded)
    before = _BEFORE.search(folded)
    if before is None:
        return folded
    if before["scale"] == "m" and local != "CLP":
        return Refusal("'M$' is a thousand or a million")
    words = "millones" if before["scale"] == "mm" else "mil"
    return f"{folded[: before.start()]}{folded[before.end() :]} {words}"


def name_currency(codes: Iterable[str], local: str | None) -> tuple[str | None, str] | Refusal:
    """The ISO 4217 code that the signs mean where `local` is the money of the country, and why.

    None where they do not tell. "$" in a country that writes its own money otherwise is the dollar.
    """
    shared = {code for code in codes if code in SHARED}
    named = {code for code in codes if code not in SHARED}
    if len(named) > 1:
        return Refusal("two currencies in one place")
    if named:
        return named.pop(), ""
    meant = [SHARED[code] for code in shared if SHARED[code]]
    if local is None or not meant or any(local in one for one in meant):
        return local, ""
    if shared & {"$"} and "pesos" not in shared:
        return "USD", f"'$' is no sign of {local}: read as US dollars"
    return None, f"{', '.join(sorted(shared))}: no sign of {local}"
