"""(e) The same in other bytes: number styles, markup, white space, line ends, encodings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import cycle

from variants.grid import join_rows, split_rows

_MONEY = re.compile(r"\\?\$\s*(\d[\d,]*(?:\.\d\d)?)(?!\d)")
_MONTHS = re.compile(
    r"\b(enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre"
    r"|diciembre)\b", re.I
)  # fmt: skip

STYLES: dict[str, Callable[[Decimal], str]] = {
    "$1350.00": lambda amount: f"${amount:.2f}",
    "$ 1,350.00": lambda amount: f"$ {amount:,.2f}",
    "\\$1,350.00": lambda amount: f"\\${amount:,.2f}",
    "USD 1,350.00": lambda amount: f"USD {amount:,.2f}",
    "US$1,350.00": lambda amount: f"US${amount:,.2f}",
    "1,350.00": lambda amount: f"{amount:,.2f}",
    "$1.350,00": lambda amount: "$" + f"{amount:,.2f}".translate(str.maketrans(",.", ".,")),
    "$ 1 350.00": lambda amount: "$ " + f"{amount:,.2f}".replace(",", " "),
}


def number_styles(text: str) -> Iterator[tuple[str, str]]:
    """All amounts in one style; and in three styles by turns."""
    for name, style in STYLES.items():
        yield f"amounts as {name}", _restyle(text, [style])
    alike = [STYLES[name] for name in ("$1350.00", "$ 1,350.00", "\\$1,350.00")]
    yield "amounts in turns", _restyle(text, alike)


def _restyle(text: str, styles: Sequence[Callable[[Decimal], str]]) -> str:
    turn = cycle(styles)
    return _MONEY.sub(lambda match: next(turn)(Decimal(match[1].replace(",", ""))), text)


def months_in_capitals(text: str) -> Iterator[tuple[str, str]]:
    """Every month's name in capitals, and with a capital letter."""
    yield "months: MAYO", _MONTHS.sub(lambda m: m[0].upper(), text)
    yield "months: Mayo", _MONTHS.sub(lambda m: m[0].capitalize(), text)


WRAPS = {
    "<p>": "<p>{}</p>",
    "<b>": "<b>{}</b>",
    "<p><b>": "<p><b>{}</b></p>",
    "<td>": "<td>{}</td>",
    "<span>": '<span style="font-size: 9pt;">{}</span>',
    "**": "**{}**",
    "<br/>": "{}<br/>",
}


def markup(text: str) -> Iterator[tuple[str, str]]:
    """Tags or emphasis around every cell of every row; around the first row's only."""
    rows = split_rows(text)
    for name, wrap in WRAPS.items():
        yield (
            f"cells in {name}",
            join_rows(
                [[_wrap(cell, wrap) for cell in row] if len(row) > 1 else row for row in rows]
            ),
        )


def _wrap(cell: str, wrap: str) -> str:
    is_marked = "<" in cell or "**" in cell
    return cell if is_marked or not cell.strip() else wrap.format(cell.strip())


def white_space(text: str) -> Iterator[tuple[str, str]]:
    """Double and no-break spaces, spaces around cells, tabs and blanks at the end of lines."""
    rows = split_rows(text)
    yield "double spaces", re.sub(r"(?<=\S) (?=\S)", "  ", text)
    yield "no-break spaces", re.sub(r"(?<=\S) (?=\S)", "\u00a0", text)
    yield (
        "spaces around cells",
        join_rows([[f" {cell} " if cell.strip() else cell for cell in row] for row in rows]),
    )
    yield "blanks at line ends", "\n".join(f"{line}  " for line in text.split("\n"))
    yield (
        "tabs at row ends",
        "\n".join(f"{line}\t" if "\t" in line else line for line in text.split("\n")),
    )
    yield "more blank lines", re.sub(r"\n\n", "\n\n\n\n", text)


def encodings(text: str) -> Iterator[tuple[str, bytes]]:
    """Windows line ends, cp1252 where it has every character, a byte order mark."""
    yield "Windows line ends", text.replace("\n", "\r\n").encode()
    yield "old Mac line ends", text.replace("\n", "\r").encode()
    yield "byte order mark", text.encode("utf-8-sig")
    try:
        yield "cp1252", text.encode("cp1252")
        yield "cp1252, Windows line ends", text.replace("\n", "\r\n").encode("cp1252")
    except UnicodeEncodeError:
        return
