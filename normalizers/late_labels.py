"""Merged labels that are printed on the page after their first rows.

A row at the foot of a page carries the label above it; when the next page begins with another label
whose words the row itself uses, and the carried one's it does not, the row may belong to that one.
The record keeps the carried label, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from normalizers.building import Building
from normalizers.labels import Label
from normalizers.text import clean, fold
from normalizers.values import read_text
from pipeline.model import Record, Repair

_STEM = 6  # letters that the forms of a word share


def note_late_labels(
    building: Building, before: Mapping[str, Label], now: Mapping[str, Label]
) -> None:
    """Add a `label_carried` repair to the last activities that a label new here seems to name."""
    for name in ("axis", "commitment"):
        new, old = now.get(name), before.get(name)
        if new is None or old is None or new.carried or not new.block.text.strip():
            continue
        for record in reversed(building.of("activity")):
            if not _named_by(record, new) or _named_by(record, old):
                break
            labels = (read_text(one.block, building.context) for one in (new, old))
            detail = dict(zip(("label", "carried"), labels, strict=True))
            block = record.block("description") or new.block
            repair = Repair("label_carried", block, detail)
            building.replace(replace(record, repairs=(*record.repairs, repair)))


def _named_by(record: Record, label: Label) -> bool:
    """Whether the activity's own words contain all the label's."""
    told = fold(f"{record.get('description')} {record.get('deliverable')}")
    stems = [word[:_STEM] for word in re.findall(r"[^\W\d_]{4,}", fold(clean(label.block.text)))]
    return len(stems) > 1 and all(stem in told for stem in stems)
