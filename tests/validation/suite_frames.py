"""Frames of every table that hold, of our own making."""

from pipeline.dataset.frames import make_frame
from pipeline.dataset.schema import SCHEMA

ID = "0123456789abcdef"
ROWS = {
    "documents": [{"document_id": ID, "sha256": ID * 4, "source": "plan.txt", "status": "ok"}],
    "commitments": [{"commitment_id": "c1", "document_id": ID}],
    "activities": [
        {"activity_id": name, "document_id": ID, "commitment_id": "c1", "ordinal": place}
        for place, name in enumerate(("a1", "a2"), 1)
    ],
    "values": [{"record_id": "a1", "field": "number", "state": "reported"}],
    "cells": [
        {"document_id": ID, "table": 1, "row": 1, "column": 1, "row_span": 1, "column_span": 1}
    ],
    "checks": [
        {
            "check_id": "k1", "check": "sum.total", "kind": "inconsistency", "document_id": ID,
            "record_id": "c1", "stated": "12", "expected": "13", "verdict": "fail",
        }
    ],
    "findings": [
        {
            "finding_id": "h1", "check_id": "k1", "check": "sum.total", "kind": "inconsistency",
            "severity": "error", "document_id": ID, "message_es": "No suma.",
            "message_en": "It does not add up.", "decision": "pending",
        }
    ],
}  # fmt: skip


def make_frames(**changes):
    """Frames that hold; `changes` are rows in place of a table's own."""
    rows = ROWS | changes
    return {name: make_frame(table, rows.get(name, [])) for name, table in SCHEMA.items()}
