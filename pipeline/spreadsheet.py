"""What a spreadsheet would do with a text that was printed in a report, and how to keep it text."""

from __future__ import annotations

import re

_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def neutralize(text: str) -> str:
    """The text with a leading apostrophe if a spreadsheet could take it for a formula.

    That is: after any apostrophes it begins with = + - @, their full-width forms, a tab or a line
    break, and is no plain number. `restore` takes the apostrophe away again.
    """
    return f"'{text}" if is_risky(text) else text


def restore(cell: str) -> str:
    """The text that `neutralize` was given."""
    return cell[1:] if cell.startswith("'") and is_risky(cell) else cell


def is_risky(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula."""
    return bool(_FORMULA.match(text)) and not _PLAIN_NUMBER.fullmatch(text.lstrip("'"))
