"""Readings made by hand: an invented municipality, its plan and a file that could not be read."""

from datetime import date
from decimal import Decimal
from hashlib import sha256

from pipeline.model import Block, Document, Profile, Reading, Record, Table, Value

SHA = sha256(b"plan").hexdigest()
ID = SHA[:16]


def cell(text, row, column, **more):
    return Block(
        text, page=9, bbox=(72.0, 100.5, 144.25, 112.0), table=1, row=row, column=column, **more
    )


def make_activity(ordinal=1, **fields):
    cut = Block(
        "Publicar el informe trimestral",
        page=9,
        table=1,
        row=2,
        column=1,
        parts=(cell("Publicar el informe", 2, 1), Block("trimestral", page=10, table=1, row=3)),
    )
    given = {
        "description": Value("Publicar el informe trimestral", cut),
        "planned": Value("2020-05", cell("Mayo 2020", 2, 3)),
        "planned_start": Value(date(2020, 5, 1), cell("Mayo 2020", 2, 3), "derived", "EDTF"),
        "percent_complete": Value(Decimal("72"), cell("72%", 2, 2, confidence=0.91)),
        "amount": Value(Decimal("1500.50"), cell("$1,500.50", 2, 4)),
        "currency": Value("USD", cell("$1,500.50", 2, 4), "inferred", "country"),
        **fields,
    }
    return Record(
        "activity", f"{ID}-a{ordinal:03d}", ID, given, parent_id=f"{ID}-c001",
        others=(("printed:Observación", Value("ninguna", cell("ninguna", 2, 5))),),
    )  # fmt: skip


def make_records(*activities):
    title = Block("Plan de integridad de Valdeluna", page=1, bbox=(1.0, 2.0, 3.0, 4.0))
    return (
        Record(
            "document", ID, ID, {"title": Value(title.text, title), "country": Value("SV", title)},
            others=(("period", Value("2019/2020", title)),),
        ),
        Record("commitment", f"{ID}-c001", ID, {"number": Value("1", title)}),
        *(activities or (make_activity(),)),
        Record(
            "stated_figure", f"{ID}-f001", ID,
            {"kind": Value("amount", title), "scope": Value("commitment", title),
             "value": Value(Decimal("1500.50"), title)},
            parent_id=f"{ID}-c001",
        ),
        Record(
            "measure", f"{ID}-m001", ID,
            {"kind": Value("target", title), "value": Value(Decimal("18"), title)},
            parent_id=f"{ID}-a001",
        ),
        Record(
            "section", f"{ID}-s001", ID,
            {"heading": Value("1. Presentación", title), "level": Value(1, title)},
        ),
    )  # fmt: skip


def make_reading(*activities, source="informes/valdeluna.pdf"):
    table = Table(1, ((cell("Actividad", 1, 1), cell("", 1, 2)), (cell("Publicar", 2, 1), None)))
    document = Document(source, SHA, media_type="application/pdf", page_count=12, tables=(table,))
    return Reading(document, Profile("integridad"), 0.8, make_records(*activities))


def make_failed(source="informes/dañado.pdf"):
    document = Document(
        source, sha256(source.encode()).hexdigest(), status="failed", error="encrypted"
    )
    return Reading(document)


CHECK = {
    "check_id": "k1",
    "check": "sum.subtotal",
    "kind": "inconsistency",
    "document_id": ID,
    "record_id": f"{ID}-f001",
    "stated": "1500.50",
    "expected": "1505.10",
    "difference": "-4.60",
    "verdict": "fail",
    "reason": "",
}
