"""Checks as rows: every comparison performed, and one finding for each cause of a failure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence

from pipeline.model import Block, Check, Severity
from pipeline.validation.catalogue import load_catalogue
from pipeline.validation.messages import SHOWN, write_message

Row = dict[str, object]
_SEVERITIES: tuple[object, ...] = ("error", "warning", "info")
_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


def check_rows(checks: Iterable[Check]) -> list[Row]:
    """The rows of the `checks` table, by document and place."""
    return [
        {
            "check_id": check_id,
            "check": check.check,
            "kind": load_catalogue().entry(check.check).kind,
            "document_id": check.document_id,
            "record_id": check.record_id or None,
            "stated": check.stated or None,
            "expected": check.expected or None,
            "difference": check.difference or None,
            "verdict": check.verdict,
            "reason": check.reason or None,
        }
        for check_id, check in _identify(checks)
    ]


def finding_rows(checks: Iterable[Check]) -> list[Row]:
    """The rows of the `findings` table: failures of one cause are one finding; errors first."""
    groups: dict[tuple[str, ...], list[tuple[str, Check]]] = {}
    for check_id, check in _identify(checks):
        if check.verdict == "fail":
            cause = (check.document_id, check.check, *_cause(check_id, check))
            groups.setdefault(cause, []).append((check_id, check))
    found = [_finding(members) for members in groups.values()]
    return sorted(found, key=_rank)


def _rank(row: Row) -> tuple[str, int]:
    return str(row["document_id"]), _SEVERITIES.index(row["severity"])


def _cause(check_id: str, check: Check) -> tuple[str, ...]:
    """What makes failures one finding: their group, or a printed place that several rows share."""
    if check.group:
        return ("group", check.group)
    if not check.evidence:
        return ("check", check_id)
    place = [_place(part) for part in check.evidence[0].places()]
    return ("place", json.dumps([place, check.field, check.stated, check.expected]))


def _identify(checks: Iterable[Check]) -> list[tuple[str, Check]]:
    """Each check with its identifier, in reading order; equal ones are numbered."""
    seen: dict[str, int] = {}
    rows: list[tuple[str, Check]] = []
    for key, check in sorted(((_content(check), check) for check in checks), key=_order):
        seen[key] = seen.get(key, 0) + 1
        rows.append((_hash("check", key, str(seen[key])), check))
    return rows


def _content(check: Check) -> str:
    places = [_place(place) for block in check.evidence for place in block.places()]
    facts = (check.document_id, check.check, check.record_id, check.field, check.stated)
    return json.dumps([*facts, check.expected, check.verdict, check.reason, places])


def _order(row: tuple[str, Check]) -> tuple[str, int, int, float, str, str]:
    key, check = row
    first = check.evidence[0].places()[0] if check.evidence else Block("")
    top = first.bbox[1] if first.bbox else 0.0
    return (check.document_id, first.page or 0, first.line or 0, top, check.check, key)


def _finding(members: Sequence[tuple[str, Check]]) -> Row:
    checks = [check for _, check in members]
    first, entry = checks[0], load_catalogue().entry(checks[0].check)
    told = checks[:SHOWN] if entry.brief else checks
    places = _places(told)
    return {
        "finding_id": _hash("finding", *(check_id for check_id, _ in members)),
        "check_id": members[0][0],
        "check": first.check,
        "kind": entry.kind,
        "severity": min((c.severity or entry.severity for c in checks), key=_RANK.__getitem__),
        "document_id": first.document_id,
        "record_type": first.record_type or None,
        "record_id": first.record_id or None,
        "field": first.field or None,
        **{name: value for name, value in _first(places).items() if name != "text"},
        "stated": _join(check.stated for check in told),
        "expected": _join(check.expected for check in told),
        "message_es": write_message(checks, "es"),
        "message_en": write_message(checks, "en"),
        "evidence": json.dumps(places, ensure_ascii=False),
        "group": first.group or None,
        "decision": "pending",
        "decision_note": None,
    }


def _places(checks: Iterable[Check]) -> list[Row]:
    """Every place once: the first one of each check before the others."""
    leading = [block for check in checks for block in check.evidence[:1]]
    others = [block for check in checks for block in check.evidence[1:]]
    places = [_place(place) for block in [*leading, *others] for place in block.places()]
    return list({json.dumps(place): place for place in places}.values())


def _place(block: Block) -> Row:
    x0, top, x1, bottom = block.bbox or (None, None, None, None)
    place: Row = {"page": block.page, "line": block.line, "x0": x0, "top": top, "x1": x1}
    return {**place, "bottom": bottom, "text": block.text}


def _first(places: Sequence[Row]) -> Row:
    return places[0] if places else _place(Block(""))


def _join(texts: Iterable[str]) -> str | None:
    return "; ".join(text for text in texts if text) or None


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
