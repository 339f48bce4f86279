"""What a cell's text looks like, without understanding it: enough to tell columns apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Literal

Shape = Literal["", "date", "percent", "money", "duration", "number", "mark", "text"]

MONTHS = (  # the normalizers have their own list: neither imports the other
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "setiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
_MONTH = rf"(?:{'|'.join(name[:3] for name in MONTHS)})[a-zé]*\.?"
_SHAPES: tuple[tuple[Shape, re.Pattern[str]], ...] = (
    ("date", re.compile(r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}[\s,;y]*)+")),
    ("date", re.compile(r"\d{4}-\d{2}-\d{2}")),  # as a spreadsheet's date may be told
    ("date", re.compile(rf"(?:\d{{1,2}}º?\s+(?:de\s+)?)?{_MONTH}\s+(?:del?\s+)?\d{{4}}", re.I)),
    ("percent", re.compile(r"\d{1,3}(?:[.,]\d+)?\s*%|n\s*/?\s*a\.?|no\s+aplica", re.I)),
    ("money", re.compile(r"(?:\\?\$|US\$|USD|S/|Q|₡|€)\s*-?\d[\d.,'\s]*\d?|\d[\d.,']*[.,]\d{2}")),
    (
        "duration",
        re.compile(r"(?:\d+|un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)\s+"
                   r"(?:d[ií]as?|semanas?|mes(?:es)?|años?)\.?", re.I),
    ),
    ("number", re.compile(r"-?\d[\d.,']*")),
    ("mark", re.compile(r"[xX✓✔]")),
)  # fmt: skip
TYPED: frozenset[Shape] = frozenset({"date", "percent", "money", "duration", "number"})


def shape(text: str) -> Shape:
    """The shape of a cell: "" when blank, "text" when nothing else fits the whole of it."""
    bare = re.sub(r"<[^>]+>|\*\*", " ", text)
    bare = " ".join(bare.split())
    if not bare:
        return ""
    return next((name for name, pattern in _SHAPES if pattern.fullmatch(bare)), "text")


def dominant(shapes: Iterable[Shape]) -> Shape:
    """The typed shape of more than half of a column's printed cells, or "text", or ""."""
    counts = Counter(one for one in shapes if one)
    if not counts:
        return ""
    name, times = counts.most_common(1)[0]
    return name if name in TYPED and times * 2 > sum(counts.values()) else "text"
