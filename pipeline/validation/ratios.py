"""Target and done, as a row tells them: "(5) piezas" and "dos (2) piezas"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from normalizers.counts import Count, find_counts
from pipeline.model import Record
from pipeline.validation.words import content_words, stem

_NOT_DONE = re.compile(  # the accent tells "se encontrarán" from "se encuentran"
    r"\b(?:pendientes?|faltan?|faltando|restan?|quedan?|quedarían?|programad[oa]s?|previst[oa]s?"
    r"|planead[oa]s?|planificad[oa]s?|por\s\w+[aei]r|se\s\w+rán?|no\sse)\b"
)
_AROUND = 45
_CLAUSE = re.compile(r"[.;,:]\s")


@dataclass(frozen=True, slots=True)
class Ratio:
    """How much of what was done. One that is not `sure` may confirm a percentage, never accuse."""

    done: Decimal
    target: Decimal
    done_text: str
    target_text: str
    sure: bool

    @property
    def percent(self) -> Decimal:
        """Done of target, in percent, above 100 where more was done than promised."""
        return self.done * 100 / self.target


@dataclass(frozen=True, slots=True)
class Target:
    """How many of what a row promises."""

    value: Decimal
    stems: frozenset[str]
    text: str


def read_ratio(activity: Record) -> list[Ratio] | str:
    """The ratios that a row may tell, the surest alone when there is one; or why there is none."""
    progress = str(activity.get("progress") or "")
    counts = [count for count in find_counts(progress) if not _is_pending(progress, count)]
    targets = list(_targets(activity))
    whole = _parts_of_whole(activity, counts, targets, progress)
    if whole:
        return whole
    if not targets:
        return "no_target"
    if len({target.value for target in targets}) > 1:
        return "several_targets"
    done = [count for count in counts if count.kind == "done"]
    return _done_of(targets, done, progress) or "no_count_done"


def _targets(activity: Record) -> Iterator[Target]:
    deliverable = str(activity.get("deliverable") or "")
    for count in find_counts(deliverable):
        if count.kind == "target" or (count.kind == "plain" and not deliverable[: count.start]):
            own = frozenset([stem(count.noun)])
            is_times = own == {stem("veces")}
            stems = _heads(activity) if is_times else own
            yield Target(count.value, stems, deliverable[count.start : count.end])
    dates = str(activity.get("planned") or "").split("|")
    if len(dates) > 1:
        yield Target(Decimal(len(dates)), _heads(activity), "; ".join(dates))


def _heads(activity: Record) -> frozenset[str]:
    """What a row delivers when it names no count: the first thing its own texts name."""
    deliverable = content_words(str(activity.get("deliverable") or ""))
    return frozenset(deliverable[:1] + content_words(str(activity.get("description") or ""))[1:2])


def _parts_of_whole(
    activity: Record, counts: list[Count], targets: list[Target], progress: str
) -> list[Ratio]:
    """Both numbers at once, as in "13 de 18 trámites", when these are the row's own things."""
    words = content_words(
        f"{activity.get('description') or ''} {activity.get('deliverable') or ''}"
    )
    ratios = {
        (count.value, count.of): Ratio(
            count.value, count.of, _phrase(progress, count), _phrase(progress, count), True
        )
        for count in counts
        if count.of and (stem(count.noun) in words or count.of in {t.value for t in targets})
    }
    is_disputed = len(ratios) > 1 or any(
        target.value != ratio.target for target in targets for ratio in ratios.values()
    )
    return [
        Ratio(r.done, r.target, r.done_text, r.target_text, not is_disputed)
        for r in ratios.values()
    ]


def _done_of(targets: list[Target], counts: list[Count], progress: str) -> list[Ratio]:
    """Sure when one number of the target's own things was done.

    A target told as "(2) espacios" is answered in kind by "(3) encuentros": that may confirm.
    """
    target = targets[0]
    stems = frozenset().union(*(each.stems for each in targets))
    own = [count for count in counts if stem(count.noun) in stems]
    alike = [count for count in counts if "(" in _phrase(progress, count) and "(" in target.text]
    sure = len({count.value for count in own}) == 1
    ratios = [
        Ratio(count.value, target.value, _phrase(progress, count), target.text, sure)
        for count in own or alike
        if target.value
    ]
    return ratios[:1] if sure else ratios


def _phrase(text: str, count: Count) -> str:
    return " ".join(text[count.start : count.end].split())


def _is_pending(text: str, count: Count) -> bool:
    """Whether the words around a count say that it is still to be done."""
    lower = text.lower()
    before = _CLAUSE.split(lower[max(0, count.start - _AROUND) : count.start])[-1]
    after = _CLAUSE.split(lower[count.end : count.end + _AROUND])[0]
    return bool(_NOT_DONE.search(before) or _NOT_DONE.match(after.strip()))
