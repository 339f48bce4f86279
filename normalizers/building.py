"""Records in the making: identifiers from content and position, commitments found again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from normalizers.text import key
from normalizers.values import Context, read_text
from pipeline.model import Block, Kind, Record, Repair, Value

_LETTERS: Mapping[Kind, str] = {
    "commitment": "c", "activity": "a", "stated_figure": "f",
    "measure": "m", "section": "s", "budget_line": "b",
}  # fmt: skip
_NUMBERED = re.compile(
    r"(?:compromiso|l[ií]nea(?: de acci[oó]n)?|eje|componente|subcomponente|objetivo)?\s*"
    r"(?:n\s*[°º.o]*\.?|nro\.?|núm\.?|#)?\s*(?P<number>\d{1,3}(?:\.\d{1,3})*)"
    r"(?:\s*:\s*|\s*[.)–-]?\s+)(?P<title>[«“\"¿]?[^\W\d].*)",
    re.I | re.S,
)  # fmt: skip


@dataclass(slots=True)
class Building:
    """The records of one document, in reading order, as they are made."""

    document_id: str
    context: Context
    records: list[Record] = field(default_factory=list)
    counts: dict[Kind, int] = field(default_factory=dict)
    commitments: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(
        self,
        kind: Kind,
        fields: Mapping[str, Value],
        *,
        others: Iterable[tuple[str, Value]] = (),
        repairs: Iterable[Repair] = (),
        parent_id: str = "",
    ) -> Record:
        """A new record at the end; its identifier is its document, kind and position."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        record_id = self.name(kind, self.counts[kind])
        record = Record(
            kind, record_id, self.document_id, fields, tuple(others), tuple(repairs), parent_id
        )
        self.records.append(record)
        return record

    def name(self, kind: Kind, count: int) -> str:
        """The identifier of the `count`-th record of a kind, made or yet to be made."""
        return f"{self.document_id}-{_LETTERS[kind]}{count:03d}"

    def replace(self, record: Record) -> None:
        """Put this record in the place of the one with its identifier."""
        at = next(i for i, old in enumerate(self.records) if old.record_id == record.record_id)
        self.records[at] = record

    def get(self, record_id: str) -> Record | None:
        """The record with this identifier."""
        return next((one for one in self.records if one.record_id == record_id), None)

    def of(self, kind: Kind) -> list[Record]:
        """The records of a kind, so far."""
        return [record for record in self.records if record.kind == kind]

    def commitment(self, label: Block | None, axis: Block | None) -> str:
        """The identifier of the commitment with this label under this axis, made if it is new."""
        known = (key(axis.text) if axis else "", key(label.text) if label else "")
        if known not in self.commitments:
            self.commitments[known] = self.add("commitment", self._titled(label, axis)).record_id
        return self.commitments[known]

    def _titled(self, label: Block | None, axis: Block | None) -> dict[str, Value]:
        fields: dict[str, Value] = {}
        if axis is not None:
            fields["axis"] = Value(read_text(axis, self.context) or None, axis)
        if label is None:
            return fields
        text = read_text(label, self.context)
        if not text:
            return fields | {"title": Value(None, label, "missing", "blank")}
        number, title = split_number(text)
        if number:
            fields["number"] = Value(number, label, rule="building.split_number")
        return fields | {"title": Value(title, label)}

    def find_commitment(self, label: Block) -> str:
        """The identifier of the commitment that another table names: by number, else by title."""
        number, title = split_number(read_text(label, self.context))
        for record in self.of("commitment"):
            same_number = number and record.get("number") == number
            if same_number or (not number and key(str(record.get("title"))) == key(title)):
                return record.record_id
        return ""


def split_number(text: str) -> tuple[str, str]:
    """("3.1.1", "Title") of a numbered label, ("", text) of another."""
    match = _NUMBERED.fullmatch(text)
    return (match["number"], match["title"]) if match else ("", text)


def carried(value: Value, reason: str) -> Value:
    """The same value, carried from a cell that stands for several rows."""
    return replace(value, state="carried", reason=reason) if value.state == "reported" else value
