"""The facts that the real reports' manifest states, each put to the reading and the stitching.

The facts stay in the manifest; here stands only how a fact of each name is checked: as figures of
one row, as amounts or words of cells, as a count of rows. What takes a date, a sum or a judgement
is named as left to later stages, never counted as reproduced.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from extractors.extract import extract
from extractors.read import read_document
from pipeline.model import Block

AMOUNT = re.compile(r"\(?-?\d+(?:,\d{3})*(?:\.\d+)?\)?")
ALIKE = 90  # per cent: words of a scan
LATER = {
    "values": "fecha fecha_reporte corte periodo mes moneda formato_numero participantes",
    "checks": "cuadra cruce aritmetica inconsistencias declarado problematicas acciones_existentes",
    "records": "compromisos paginas_fichas actividades anotaciones",
    "told in words": "metodo nota tabla_p2 pie pagina2 vacias trampas manuscrito sellos gemelo"
    " paginas",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A report as facts are put to it: rows of cell texts of whole tables, all blocks, the gold."""

    rows: Sequence[Sequence[str]]
    first_pages: Sequence[int]  # of each row
    texts: Sequence[str]
    gold: Mapping[str, Any]


Check = Callable[[Reading, Any], bool]


def load_reading(path: Path, gold: Mapping[str, Any]) -> Reading:
    """Read and stitch one report."""
    document = read_document(path, path.name)
    made = extract(document)
    rows = [row for table in made.tables for row in table.rows]
    pages = [next((cell.page or 0 for cell in row if cell), 0) for row in rows]
    cells = [cell for row in rows for cell in row if cell]
    blocks: list[Block] = [*cells, *made.paragraphs, *made.furniture, *document.prose]
    texts = [[cell.text if cell else "" for cell in row] for row in rows]
    return Reading(texts, pages, [block.text for block in blocks], gold)


def bare(text: object) -> str:
    """Letters and digits alone, without accents and case."""
    plain = unicodedata.normalize("NFKD", str(text)).casefold()
    return "".join(one for one in plain if one.isalnum())


def amount(text: str) -> Decimal | None:
    """A cell's number, negative in parentheses; None where it is no number alone."""
    plain = re.sub(r"[\s$%]|S/\.?", "", text)
    if not AMOUNT.fullmatch(plain):
        return None
    value = Decimal(plain.strip("()").replace(",", ""))
    return -value if plain.startswith("(") else value


def numbers(row: Sequence[str]) -> list[Decimal]:
    """The numbers of a row's cells, in order."""
    return [value for value in map(amount, row) if value is not None]


def holds_run(row: Sequence[str], wanted: Sequence[Any]) -> bool:
    """Whether a row states these numbers one after the other."""
    found, run = numbers(row), [Decimal(str(one)) for one in wanted]
    return any(found[at : at + len(run)] == run for at in range(len(found) - len(run) + 1))


def holds_text(row: Sequence[str], text: object) -> bool:
    """Whether a cell of the row says this and no more, up to an error of OCR."""
    return any(fuzz.ratio(bare(cell), bare(text)) >= ALIKE for cell in row)


def has_row(reading: Reading, wanted: Any) -> bool:
    """A row with these numbers, beside these words where there are any."""
    if not isinstance(wanted, Mapping | list):
        return has_amounts(reading, wanted)
    values = list(wanted.values()) if isinstance(wanted, Mapping) else wanted
    words = [one for one in values if isinstance(one, str)]
    figures = [one for one in values if not isinstance(one, str)]
    return any(
        holds_run(row, figures) and all(_says(row, word) for word in words) for row in reading.rows
    )


def _says(row: Sequence[str], word: str) -> bool:
    # "01": the source of funds, told once above its rows and not again in each.
    return re.fullmatch(r"0\d", word) is not None or holds_text(row, word)


def has_rows(reading: Reading, wanted: Any) -> bool:
    """Every row of a list; of a mapping, every row with its label."""
    if isinstance(wanted, Mapping):
        return all(has_row(reading, [label, *row]) for label, row in wanted.items())
    return all(has_row(reading, row) for row in wanted)


def has_amounts(reading: Reading, wanted: Any) -> bool:
    """Every amount in a cell of its own; of a mapping, in a row with its label."""
    if isinstance(wanted, Mapping):
        return all(has_row(reading, [label, value]) for label, value in wanted.items())
    listed = wanted if isinstance(wanted, list) else [wanted]
    found = {value for row in reading.rows for value in numbers(row)}
    return all(Decimal(str(one)) in found for one in listed)


def has_cells(reading: Reading, wanted: Any) -> bool:
    """Every text as a cell; a column told as one may stand in two rows of the header."""
    cells = [bare(cell) for row in reading.rows for cell in row if cell]
    cells += [bare(upper + lower) for upper, lower in _stacked(reading)]
    return all(any(fuzz.ratio(cell, bare(one)) >= ALIKE for cell in cells) for one in wanted)


def _stacked(reading: Reading) -> Iterator[tuple[str, str]]:
    for upper, lower in pairwise(reading.rows):
        yield from zip(upper, lower, strict=False)


def has_texts(reading: Reading, wanted: Any) -> bool:
    """Every text somewhere, in a cell or in prose; a remark in parentheses is none of it."""
    listed = wanted if isinstance(wanted, list) else [wanted]
    if listed == ["(celda vacía)"]:
        return is_blank_below(reading, "responsable")
    whole = bare("".join(reading.texts))
    return all(bare(re.sub(r"\(.*\)", "", one)) in whole for one in listed)


def is_blank_below(reading: Reading, header: str) -> bool:
    """A column whose header is there and whose other cells are all blank."""
    for at, row in enumerate(reading.rows):
        for column, cell in enumerate(row):
            if bare(cell) == bare(header):
                below = [line[column] for line in reading.rows[at + 1 :] if column < len(line)]
                return not any(text.strip() for text in below)
    return False


def has_marks(reading: Reading, wanted: Any) -> bool:
    """The mark stands in the column of its header (the end of it, where it has two rows)."""
    return all(_has_mark(reading, header, mark) for header, mark in wanted.items())


def _has_mark(reading: Reading, header: str, mark: str) -> bool:
    for at, row in enumerate(reading.rows):
        for column, cell in enumerate(row):
            if bare(cell) and bare(header).endswith(bare(cell)) and " " in cell.strip():
                below = [line[column] for line in reading.rows[at + 1 :] if column < len(line)]
                return [text.strip() for text in below if text.strip()] == [mark]
    return False


def has_row_count(reading: Reading, wanted: Any) -> bool:
    """Rows with as many amounts as the total has: the data, the subtotals and the total."""
    width = len([one for one in reading.gold["total"] if not isinstance(one, str)])
    full = sum(len(numbers(row)) >= width for row in reading.rows)
    return full == int(wanted) + int(reading.gold.get("filas_subtotal", 0)) + 1


def has_thirteen(reading: Reading, wanted: Any) -> bool:
    """So many rows with thirteen amounts (a code before them is a number too)."""
    return sum(len(numbers(row)) >= 13 for row in reading.rows) == int(wanted)


def has_items(reading: Reading, wanted: Any) -> bool:
    """So many rows begin with one of the listed items."""
    items = set(reading.gold["partidas"])
    return sum(bool(row) and row[0].strip() in items for row in reading.rows) == int(wanted)


def _sheet_rows(reading: Reading) -> list[tuple[int, Sequence[str]]]:
    """The rows that close each sheet's progress: page and texts."""
    label = reading.gold["ficha1"]["avance"][-1][0]
    pairs = zip(reading.first_pages, reading.rows, strict=True)
    return [(page, row) for page, row in pairs if row and bare(row[0]) == bare(label)]


def has_first_sheet(reading: Reading, wanted: Any) -> bool:
    """The first sheet's figures: its progress row by row, its counts among the texts."""
    counts = [bare(one) for name, one in wanted.items() if name != "avance"]
    whole = [bare(text) for text in reading.texts]
    return all(_has_progress(reading, told) for told in wanted["avance"]) and all(
        any(count in text for text in whole) for count in counts
    )


def _has_progress(reading: Reading, told: Sequence[object]) -> bool:
    row = _row_like(reading, told)
    return [bare(cell) for cell in row[: len(told)]] == [bare(one) for one in told]


def _row_like(reading: Reading, told: Sequence[object]) -> Sequence[str]:
    return next((row for row in reading.rows if row and bare(row[0]) == bare(told[0])), [])


def has_each_once(reading: Reading, wanted: Any) -> bool:
    """So many rows state the total: one that is repeated was read twice."""
    return sum(holds_run(row, reading.gold["total"]) for row in reading.rows) == int(wanted)


def has_subtotals(reading: Reading, wanted: Any) -> bool:
    """So many subtotals are stated, each with its label."""
    stated = reading.gold["subtotales"]
    return len(stated) == int(wanted) and has_rows(reading, stated)


def has_dict_rows(reading: Reading, wanted: Any) -> bool:
    """So many of the rows told by column are there."""
    return sum(has_row(reading, row) for row in reading.gold["filas"]) == int(wanted)


def has_sheets(reading: Reading, wanted: Any) -> bool:
    """So many sheets close with their progress."""
    return len(_sheet_rows(reading)) == int(wanted)


def has_sheet_pages(reading: Reading, wanted: Any) -> bool:
    """Sheets stand on every page from the first told to the last, and on no other."""
    pages = {page for page, _ in _sheet_rows(reading)}
    return pages == set(range(wanted[0], wanted[1] + 1))


def has_sheets_a_page(reading: Reading, wanted: Any) -> bool:
    """Every page with sheets has so many."""
    counts = Counter(page for page, _ in _sheet_rows(reading))
    return set(counts.values()) == {wanted}


def has_reached(reading: Reading, wanted: Any) -> bool:
    """What each sheet has reached, in order."""
    reached = [numbers(row)[2:3] for _, row in _sheet_rows(reading)]
    return reached == [[Decimal(one)] for one in wanted]


_NAMES: Mapping[Check, str] = {
    has_rows: "filas subtotales",
    has_row: "total totales total_ingresos total_gastos superavit_presupuestario",
    has_amounts: "capitulos total_ur negativos ingresos_definitivo gastos_definitivo"
    " ingresos_desglose recaudo_mes compromisos_mes pagos_mes saldo_presupuestal",
    has_cells: "columnas estrategias grupos_cabecera partidas",
    has_texts: "titulo entidad seguimiento_por anotacion_contiene responsable fechas_en_texto"
    " programas",
    has_marks: "marca",
    has_row_count: "filas_datos",
    has_subtotals: "filas_subtotal",
    has_each_once: "filas_total",
    has_thirteen: "filas_con_13_importes",
    has_items: "filas_partida",
    has_dict_rows: "filas_p1",
    has_first_sheet: "ficha1",
    has_sheets: "fichas",
    has_sheet_pages: "paginas_con_fichas",
    has_sheets_a_page: "fichas_por_pagina",
    has_reached: "acumulados_alcanzados",
}
CHECKS = {name: check for check, names in _NAMES.items() for name in names.split()}


def print_manifest(folder: Path, only: str) -> None:
    """A row a document: facts reproduced, which not, which are for later stages."""
    entries = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    later = {name: stage for stage, names in LATER.items() for name in names.split()}
    right, judged, left = 0, 0, 0
    print("| document | reproduced | not reproduced | left to later stages |")
    print("| --- | --- | --- | --- |")
    for entry in entries:
        if "gold" not in entry or only not in entry["slug"]:
            continue
        gold = entry["gold"]
        unknown = set(gold) - set(CHECKS) - set(later)
        if unknown:
            sys.exit(f"{entry['slug']}: no check for {', '.join(sorted(unknown))}")
        reading = load_reading(folder / entry["file"], gold)
        told = {name: CHECKS[name](reading, gold[name]) for name in gold if name in CHECKS}
        wrong = [name for name, reproduced in told.items() if not reproduced]
        rest = [f"{name} ({later[name]})" for name in gold if name in later and name != "metodo"]
        right, judged, left = right + len(told) - len(wrong), judged + len(told), left + len(rest)
        counts = f"{len(told) - len(wrong)}/{len(told)} | {', '.join(wrong)}"
        print(f"| {entry['slug']} | {counts} | {', '.join(rest)} |", flush=True)
    print(f"\n{right} of {judged} facts reproduced, {left} left to later stages")
