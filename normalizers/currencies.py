"""Signs and words of money -> ISO 4217 codes; "$" alone is a sign of many."""

from __future__ import annotations

import re
from decimal import Decimal

NO_DECIMALS = frozenset({"CLP", "PYG", "COP"})  # so "1.000" can only be a thousand
PLACE = "§"  # stands where a sign was taken out, so figures around it never run together

_SIGNS: dict[str, str] = {  # what may stand beside a figure, folded -> code, "$" = not told
    r"us\s?\$|u\$[sd]|usd\s?\$?|\$\s?usd?|(?:us\s)?dolar(?:es)?(?:\samericanos)?": "USD",
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
    r"bob|bolivianos?": "BOB",
    r"ves|bolivares": "VES",
    r"₲|pyg|gs\.?|guaranies": "PYG",
    r"€|eur|euros?": "EUR",
    r"r\$|brl|reales": "BRL",
    r"clf|uf": "CLF",
    r"\$|¢|bs\.?|pesos|m\.\s?n\.?|moneda\snacional": "$",
}
_SIGN = re.compile(
    r"(?<![a-z])(?:"
    + "|".join(f"(?P<c{at}>{pattern})" for at, pattern in enumerate(_SIGNS))
    + r")(?![a-z$/])"
)
_CODES = list(_SIGNS.values())

SCALES: list[tuple[str, Decimal]] = [
    (r"(?:mil\smillones|millardos?)(?:\sde)?", Decimal(10) ** 9),
    (r"(?:millon|millones|mdp|mm)(?:\sde)?\.?", Decimal(10) ** 6),
    (r"(?:miles|mil)(?:\sde)?", Decimal(10) ** 3),
]


def find_signs(folded: str) -> tuple[str, set[str]]:
    """The text with PLACE for each sign of money, and their codes ("$" for a sign of many)."""
    codes = {_CODES[int((match.lastgroup or "c0")[1:])] for match in _SIGN.finditer(folded)}
    return " ".join(_SIGN.sub(PLACE, folded).split()), codes
