"""The sample reports of data/raw, each read once in a test session."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from extractors.read import read_document
from pipeline.model import Document, Reading, Record
from pipeline.run import read_reading

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT / "data" / "raw"
FAMILIES = {
    "municipal_integrity_plan": "plan-integridad-municipal",
    "ogp_plan": "plan-nacional",
    "ogp_progress": "avance-compromiso",
    "ogp_self_assessment": "autoevaluacion-compromiso",
    "paac_follow_up": "seguimiento-anticorrupcion",
}
FORMATS = ("txt", "pdf")


@cache
def read_sample(stem: str, form: str) -> Reading:
    """One sample in one form, read as a worker would read it."""
    name = f"{stem}.{form}"
    return read_reading(RAW / name, name)


@cache
def read_sample_document(stem: str, form: str) -> Document:
    """The sample's pages, tables and prose, before anything is made of them."""
    name = f"{stem}.{form}"
    return read_document(RAW / name, name)


def tell_record(record: Record) -> dict[str, Any]:
    """A record as the golden files tell it: plain values, and states that are not `reported`."""
    told: dict[str, Any] = {"id": short_id(record.record_id), "kind": record.kind}
    if record.parent_id:
        told["parent"] = short_id(record.parent_id)
    told["fields"] = {name: plain(value.value) for name, value in sorted(record.fields.items())}
    states = {n: value.state for n, value in sorted(record.fields.items())}
    told["states"] = {name: state for name, state in states.items() if state != "reported"}
    if record.others:
        told["others"] = [[name, plain(value.value)] for name, value in record.others]
    return told


def short_id(record_id: str) -> str:
    """`0123456789abcdef-a001` is `a001`; the document's own identifier is `document`."""
    return record_id.partition("-")[2] or "document"


def plain(value: str | Decimal | int | date | None) -> str | int | None:
    """A value as JSON holds it exactly."""
    return str(value) if isinstance(value, Decimal | date) else value
