"""Which facts of the real reports' manifest the records reproduce, without a profile.

A fact is put to the records alone: a row of figures to the measures of one line, a column to the
kinds of measures and the columns printed, a date to the document's own. What only the pages tell
(stamps, handwriting, traps for readers) is named as told by no record.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from extractors.extract import extract
from extractors.read import read_document
from normalizers.edtf_words import MONTHS
from normalizers.records import normalize
from pipeline.model import Profile, Record

ALIKE = 90  # per cent: words of a scan
_ON_PAGES = (
    "metodo paginas gemelo nota trampas vacias manuscrito sellos pie pagina2 formato_numero"
    " paginas_con_fichas fichas_por_pagina paginas_fichas tabla_p2 cruce"
)
NO_RECORD = frozenset(_ON_PAGES.split())


@dataclass(frozen=True, slots=True)
class Told:
    """What a document's records say, as facts are put to it."""

    records: Sequence[Record]
    rows: Sequence[tuple[str, Sequence[Decimal]]]  # words of a line or activity, its figures
    texts: str  # every value, bare
    gold: Mapping[str, Any]

    def of(self, kind: str) -> list[Record]:
        """The records of a kind."""
        return [one for one in self.records if one.kind == kind]


Check = Callable[[Told, Any], bool]


def load_told(path: Path, gold: Mapping[str, Any]) -> Told:
    """The records of one report, read without a profile."""
    document = read_document(path, path.name)
    records = normalize(document, extract(document), Profile())
    values = [value for one in records for value in one.fields.values()]
    others = [value for one in records for _, value in one.others]
    headers = [name for one in records for name, _ in one.others]
    texts = bare(" ".join([*(str(v.value) for v in (*values, *others)), *headers]))
    return Told(records, list(_rows(records)), texts, gold)


def _rows(records: Sequence[Record]) -> Iterator[tuple[str, Sequence[Decimal]]]:
    measures: dict[str, list[Decimal]] = {}
    for one in records:
        if one.kind == "measure" and isinstance(value := one.get("value"), Decimal):
            measures.setdefault(one.parent_id, []).append(value)
    for one in records:
        if one.kind in ("budget_line", "activity", "commitment"):
            words = [one.get(name) for name in ("code", "label", "title", "description")]
            yield bare(" ".join(filter(None, map(_text, words)))), measures.get(one.record_id, [])
        if one.kind == "stated_figure" and isinstance(value := one.get("value"), Decimal):
            yield bare(one.get("scope_label") or ""), [value]


def _text(value: object) -> str:
    return str(value) if value else ""


def bare(text: object) -> str:
    """Letters and digits alone, without accents and case."""
    plain = unicodedata.normalize("NFKD", str(text)).casefold()
    return "".join(one for one in plain if one.isalnum())


def has_row(told: Told, wanted: Any) -> bool:
    """One line with these figures one after the other, beside these words where there are any."""
    values = list(wanted.values()) if isinstance(wanted, Mapping) else wanted
    values = values if isinstance(values, list) else [values]
    words = [bare(one) for one in values if isinstance(one, str) and not one.isdigit()]
    run = [Decimal(str(one)) for one in values if not isinstance(one, str)]
    return any(
        _holds(figures, run) and all(_says(text, word) for word in words)
        for text, figures in told.rows
    )


def _holds(figures: Sequence[Decimal], run: Sequence[Decimal]) -> bool:
    starts = range(len(figures) - len(run) + 1)
    return any(list(figures[at : at + len(run)]) == list(run) for at in starts)


def _says(text: str, word: str) -> bool:
    return word in text or fuzz.partial_ratio(word, text) >= ALIKE


def has_rows(told: Told, wanted: Any) -> bool:
    """Every row; of a mapping, every row with its label."""
    if isinstance(wanted, Mapping):
        listed = [[label, *(row if isinstance(row, list) else [row])]
                  for label, row in wanted.items()]  # fmt: skip
        return all(has_row(told, row) for row in listed)
    return all(has_row(told, row) for row in wanted)


def has_amounts(told: Told, wanted: Any) -> bool:
    """Every amount is a measure or a figure of its own."""
    listed = wanted if isinstance(wanted, list) else [wanted]
    found = {value for _, figures in told.rows for value in figures}
    return all(Decimal(str(one)) in found for one in listed)


def has_texts(told: Told, wanted: Any) -> bool:
    """Every text is the value of a record, or the printed name of one."""
    listed = wanted if isinstance(wanted, list) else [wanted]
    return all(_says(told.texts, bare(one)) for one in listed if "(celda" not in str(one))


def has_columns(told: Told, wanted: Sequence[str]) -> bool:
    """Every column is a measure's label, a printed header, or a field that the records fill."""
    fields = {name for one in told.records for name in one.fields}
    known = {"code": r"codigo partida cog", "label": "unidad denominacion fuente concepto"}
    for name in wanted:
        words = bare(name)
        filled = any(field in fields and any(word in words for word in starts.split())
                     for field, starts in known.items())  # fmt: skip
        if not filled and not has_texts(told, name) and not _is_field(words, fields):
            return False
    return True


def _is_field(words: str, fields: set[str]) -> bool:
    from normalizers.columns import claim

    found = claim(words)
    return bool(found and (found.field in fields or found.field == "commitment"))


def has_mark(told: Told, wanted: Mapping[str, str]) -> bool:
    """The mark under its header, as printed."""
    found = [(bare(name), value.value) for one in told.records for name, value in one.others]
    return all(any(bare(header)[-9:] in name and value == mark for name, value in found)
               for header, mark in wanted.items())  # fmt: skip


def _own_day(told: Told, name: str) -> date | None:
    value = told.records[0].get(name)
    return value if isinstance(value, date) else None


def has_cutoff(told: Told, wanted: str) -> bool:
    """The document's cut-off."""
    return str(told.records[0].get("cutoff_date")) == wanted


def has_date(told: Told, wanted: str | None) -> bool:
    """One of the document's own dates; where the report leaves it blank, none."""
    names = ("published_date", "cutoff_date")
    stated = {str(told.records[0].get(name)) for name in names if told.records[0].get(name)}
    return wanted in stated if wanted else not stated


def has_period(told: Told, wanted: Sequence[str]) -> bool:
    """The document's period."""
    return [str(_own_day(told, "period_start")), str(_own_day(told, "period_end"))] == wanted


def has_month(told: Told, wanted: str) -> bool:
    """The document's cut-off or period is this month."""
    month, year = wanted.split()
    number = MONTHS[month.lower()]
    stated = [str(told.records[0].get(name)) for name in ("cutoff_date", "period")]
    return any(one.startswith(f"{year}-{number:02d}") for one in stated)


def has_currency(told: Told, wanted: str) -> bool:
    """Soles, as an ISO 4217 code."""
    return told.records[0].get("currency") == {"nuevos soles (S/)": "PEN"}[wanted]


def has_count(kind: str, leaves: bool = False) -> Check:
    """So many records of a kind (`leaves`: lines that hold no other)."""

    def check(told: Told, wanted: int) -> bool:
        above = {one.parent_id for one in told.records} if leaves else set()
        return sum(one.record_id not in above for one in told.of(kind)) == int(wanted)

    return check


def has_lines(told: Told, wanted: int) -> bool:
    """So many lines that are no sums printed of others and have figures."""
    above = {one.parent_id for one in told.of("budget_line")}
    counted = {one.parent_id for one in told.of("measure")}
    lines = [one for one in told.of("budget_line")
             if one.record_id not in above and one.record_id in counted]  # fmt: skip
    return len(lines) == int(wanted)


def has_thirteen(told: Told, wanted: int) -> bool:
    """So many lines, sums and all, with thirteen figures."""
    return sum(len(figures) == 13 for _, figures in told.rows) == int(wanted)


def has_total_once(told: Told, wanted: int) -> bool:
    """So many lines state the total."""
    run = [Decimal(str(one)) for one in told.gold["total"] if not isinstance(one, str)]
    return sum(_holds(figures, run) for _, figures in told.rows) == int(wanted)


def has_subtotals(told: Told, wanted: int) -> bool:
    """So many subtotals hold other lines."""
    return len(told.gold["subtotales"]) == wanted and has_rows(told, told.gold["subtotales"])


def has_items(told: Told, wanted: int) -> bool:
    """So many lines have one of the listed codes."""
    codes = [one.get("code") for one in told.of("budget_line")]
    return sum(code in told.gold["partidas"] for code in codes) == int(wanted)


def adds_up(told: Told, _: Any) -> bool:
    """Every line with others below is their sum, in every measure, and there is such a line."""
    below: dict[str, list[Record]] = {}
    for one in told.of("budget_line"):
        below.setdefault(one.parent_id, []).append(one)
    sums = [_is_sum(told, above, parts) for above, parts in below.items() if above]
    return bool(sums) and all(sums)


def _is_sum(told: Told, above: str, parts: Sequence[Record]) -> bool:
    own = _figures(told, [above])
    theirs = _figures(told, [one.record_id for one in parts])
    return all(theirs.get(name, own[name]) == own[name] for name in own)


def _figures(told: Told, lines: Sequence[str]) -> dict[tuple[str, str], Decimal]:
    sums: dict[tuple[str, str], Decimal] = {}
    for one in told.of("measure"):
        if one.parent_id in lines and one.get("unit") != "%" and one.get("value") is not None:
            name = (str(one.get("label")), str(one.get("period")))
            sums[name] = sums.get(name, Decimal(0)) + one.get("value")
    return sums


CHECKS: Mapping[str, Check] = {
    "filas": has_rows, "subtotales": has_rows, "capitulos": has_rows,
    "filas_p1": lambda told, wanted: has_count("activity")(told, wanted),
    "total": has_row, "totales": has_row, "total_ingresos": has_row, "total_gastos": has_row,
    "superavit_presupuestario": has_row, "total_ur": has_amounts, "negativos": has_amounts,
    "ingresos_definitivo": has_amounts, "gastos_definitivo": has_amounts,
    "ingresos_desglose": has_amounts, "recaudo_mes": has_amounts, "compromisos_mes": has_amounts,
    "pagos_mes": has_amounts, "saldo_presupuestal": has_amounts, "columnas": has_columns,
    "estrategias": has_texts, "grupos_cabecera": has_texts, "partidas": has_texts,
    "titulo": has_texts, "entidad": has_texts, "seguimiento_por": has_texts,
    "anotacion_contiene": has_texts, "responsable": has_texts, "fechas_en_texto": has_texts,
    "programas": has_texts, "marca": has_mark, "filas_datos": has_lines,
    "filas_subtotal": has_subtotals, "filas_total": has_total_once,
    "filas_con_13_importes": has_thirteen, "filas_partida": has_items, "corte": has_cutoff,
    "fecha": has_date, "fecha_reporte": has_date, "periodo": has_period, "mes": has_month,
    "moneda": has_currency, "compromisos": has_count("commitment"),
    "actividades": has_count("activity"), "fichas": has_count("activity"), "cuadra": adds_up,
    "acumulados_alcanzados": lambda told, wanted: _reached(told) == wanted,
    "ficha1": lambda told, wanted: all(has_row(told, row[1:-1]) for row in wanted["avance"]),
    "participantes": has_amounts, "declarado": lambda told, wanted: bool(told.of("stated_figure")),
    "problematicas": lambda told, wanted: has_amounts(told, list(wanted.values())),
    "acciones_existentes": lambda told, wanted: has_amounts(told, list(wanted.values())),
    "aritmetica": lambda told, wanted: has_rows(told, told.gold["filas"]),
    "inconsistencias": lambda told, wanted: has_row(told, told.gold["total"]),
    "anotaciones": lambda told, wanted: any(one.get("progress") for one in told.of("activity")),
}  # fmt: skip


def _reached(told: Told) -> list[Decimal]:
    return [one.get("value") for one in told.of("measure")
            if one.get("kind") == "done" and not one.get("period")]  # fmt: skip


def print_gold(folder: Path, only: str) -> None:
    """A row a document: facts that records reproduce, which not, which no record could tell."""
    entries = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    right = judged = 0
    print("| document | reproduced | not reproduced | told by no record |")
    print("| --- | --- | --- | --- |")
    for entry in entries:
        gold = entry.get("gold")
        if gold is None or only not in entry["slug"]:
            continue
        if unknown := set(gold) - set(CHECKS) - NO_RECORD:
            sys.exit(f"{entry['slug']}: no check for {', '.join(sorted(unknown))}")
        told = load_told(folder / entry["file"], gold)
        facts = {name: CHECKS[name](told, gold[name]) for name in gold if name in CHECKS}
        wrong = [name for name, reproduced in facts.items() if not reproduced]
        rest = [name for name in gold if name in NO_RECORD and name != "metodo"]
        right, judged = right + len(facts) - len(wrong), judged + len(facts)
        counts = f"{len(facts) - len(wrong)}/{len(facts)} | {', '.join(wrong)}"
        print(f"| {entry['slug']} | {counts} | {', '.join(rest)} |", flush=True)
    print(f"\n{right} of {judged} facts reproduced by records")
