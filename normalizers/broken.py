"""Figures that a narrow cell breaks over lines: joined where only that gives a figure."""

from __future__ import annotations

import re

from normalizers.figures import read_figure
from pipeline.model import Refusal

_TAIL = re.compile(r"[0-9][0-9.,']{0,40}$")
_HEAD = re.compile(r"[.,']?[0-9][0-9.,']{0,40}")
_CUT_CENTS = re.compile(r"[.,][0-9]$")


def mend_figures(text: str) -> str | Refusal:
    """The lines as one, a figure cut by a break made whole; two whole figures are a refusal."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    mended = lines[0] if lines else ""
    for line in lines[1:]:
        tail, head = _TAIL.search(mended), _HEAD.match(line)
        if not tail or not head:
            mended = f"{mended} {line}"
        elif _is_cut(tail[0], head[0]):
            mended += line
        else:
            return Refusal("two figures on two lines")
    return mended


def _is_cut(tail: str, head: str) -> bool:
    """Whether the pieces are one figure: "1.234.5" and "67", "25,000" and ".00"."""
    whole = read_figure(tail + head)
    if isinstance(whole, Refusal) and not re.fullmatch(r"[0-9]{1,3}[.,][0-9]{3}", tail + head):
        return False
    if not tail[-1].isdigit() or not head[0].isdigit():
        return True
    grouped = any(mark in tail for mark in ".,'")
    one_digit = bool(_CUT_CENTS.search(tail)) and len(head) == 1
    return grouped and (isinstance(read_figure(tail), Refusal) or one_digit)
