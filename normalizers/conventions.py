"""Which mark a column or a document puts before decimals, decided by its figures, evidence kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from normalizers.figures import OTHER_MARK, SPACES, decimal_mark_of, join_groups, split_figure
from normalizers.text import legible
from pipeline.model import Refusal

ENOUGH = 5  # different figures
MOST = 20  # how many to one: fewer figures against are misprints
_KEPT = 3

_FIGURE = re.compile(
    r"(?<![0-9])(?P<sign>[$€₡₲]\s?)?(?P<figure>[0-9]{1,30}(?:[.,' ][0-9]{1,30}){0,12})"
    r"(?P<share>\s?%)?"
)
_THOUSAND = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_NIL = re.compile(r"(?:[$€₡₲]|S/\.?|Q\.?|Bs\.?|L\.)\s{0,20}-", re.IGNORECASE)
_LONGEST_NIL = 30


@dataclass(frozen=True, slots=True)
class Convention:
    """How figures are written: the decimal mark ("." or ","), or None where they do not tell.

    `evidence` quotes figures that can be read one way only, `against` those that contradict them.
    `nil_dash`: the column prints "$ -", accounting's nil, so a bare "-" means 0 there.
    """

    decimal_mark: str | None
    evidence: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    nil_dash: bool = False


def decide_convention(texts: Iterable[str]) -> Convention:
    """What the figures in these texts show; money, percentages and long figures before others.

    A number of a section ("3.10") tells only where nothing better does. Where each figure ends in
    three digits behind the same mark, ENOUGH different ones tell that it separates thousands: no
    column holds three decimals and never two.
    """
    strong: dict[str, list[str]] = {".": [], ",": []}
    weak: dict[str, list[str]] = {".": [], ",": []}
    nil = False
    single: dict[str, None] = {}
    for figure, is_strong, text in _figures(texts):
        nil = nil or (not figure and bool(_NIL.fullmatch(text)))
        mark = shown_mark(figure)
        if mark:
            (strong if is_strong or _is_plain(figure) else weak)[mark].append(figure)
        elif _THOUSAND.fullmatch(figure):
            single[figure] = None
    for shown in (strong, weak):
        if any(shown.values()):
            return _weigh(shown, nil)
    return _from_thousands(list(single), nil)


def infer_decimal_mark(texts: Iterable[str]) -> str | None:
    """The decimal mark that a column shows, or None; see `decide_convention` for why."""
    return decide_convention(texts).decimal_mark


def shown_mark(figure: str) -> str | None:
    """The decimal mark that follows from one figure, None where it may be either."""
    if not figure:
        return None
    groups, marks = split_figure(figure)
    mark = decimal_mark_of(groups, marks, None)
    if isinstance(mark, Refusal) or isinstance(join_groups(groups, marks, None), Refusal):
        return None
    return mark or OTHER_MARK.get(marks[-1:])


def _figures(texts: Iterable[str]) -> Iterator[tuple[str, bool, str]]:
    """Each different figure, whether a sign stands beside it, and the texts without any."""
    seen: set[tuple[str, bool]] = set()
    for text in texts:
        if not any(char.isdigit() for char in text):
            if len(text) <= _LONGEST_NIL:
                yield "", False, legible(text).strip()
            continue
        for match in _FIGURE.finditer(text.translate(SPACES)):
            found = (match["figure"], bool(match["sign"] or match["share"]))
            if found not in seen:
                seen.add(found)
                yield *found, ""


def _is_plain(figure: str) -> bool:
    """Whether it is too long for the number of a section: 1,234.50, 1.234.567, 250.75."""
    groups, marks = split_figure(figure)
    return len(marks) > 1 or len(groups[0]) > 2


def _weigh(shown: dict[str, list[str]], nil: bool) -> Convention:
    less, more = sorted(shown, key=lambda mark: (len(shown[mark]), mark))
    decided = len(shown[more]) >= MOST * len(shown[less])
    evidence, against = tuple(shown[more][:_KEPT]), tuple(shown[less][:_KEPT])
    return Convention(more if decided else None, evidence, against, nil)


def _from_thousands(figures: list[str], nil: bool) -> Convention:
    marks = {figure[-4] for figure in figures}
    if len(figures) < ENOUGH or len(marks) != 1:
        return Convention(None, (), tuple(figures[:_KEPT]), nil)
    return Convention(OTHER_MARK[marks.pop()], tuple(figures[:_KEPT]), (), nil)
