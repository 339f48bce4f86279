"""What a printed value looks like, without saying it: no name, figure or address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from normalizers.names import kind_of
from normalizers.shapes import value_shape
from normalizers.text import clean

_LONGEST = 30  # characters of a figure or date whose form is shown
_SHOWN = 3
_LONGEST_HEADER = 200
# An address, or digits enough for a telephone or an identity card: no header of a form.
_PERSONAL = re.compile(r"@|(?:\d[\s.-]?){7,}")
_DAY = re.compile(r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b")
WORDS = "…"  # stands after a count of words, to be told in a language


def sketch_values(texts: Iterable[str]) -> tuple[str, ...]:
    """The commonest forms of these values, at most three: `99/99/9999`, `99%`, `5-12 …`."""
    forms = Counter(form for text in texts if (form := sketch_value(text)))
    return tuple(sorted(forms, key=lambda form: (-forms[form], form))[:_SHOWN])


def sketch_value(text: str) -> str:
    """Digits as 9 and letters as a; of words their number alone; "" for a blank."""
    text = clean(text)
    shape = value_shape(text)
    if not shape:
        return ""
    if shape != "text" and len(text) <= _LONGEST:
        return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", text))
    return f"{_rounded(len(text.split()))} {WORDS}"


def _rounded(words: int) -> str:
    """How many words, in steps that make cells of one column alike."""
    steps = ((1, "1"), (4, "2-4"), (12, "5-12"), (40, "13-40"))
    return next((told for most, told in steps if words <= most), "> 40")


def is_header(text: str) -> bool:
    """Whether a printed header may be shown: it is short, with no address or telephone in it."""
    return 0 < len(text) <= _LONGEST_HEADER and not _PERSONAL.search(_DAY.sub("", text))


def is_impersonal(header: str) -> bool:
    """Whether a header that nothing is known of may stand in a draft that others will see.

    What follows a colon is a value ("Elaborado por: …"), and a person's name is no header.
    """
    return not re.search(r":\s*\S", header) and kind_of(header) != "person"
