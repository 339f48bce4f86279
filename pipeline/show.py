"""Where a published value came from: its printed text and place, and a picture of its cell."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.messages import say, say_or
from pipeline.report import clean_text, place_text

Row = Mapping[str, Any]


class NotShown(Exception):
    """What was asked for is not there; `key` names the sentence that says so."""

    def __init__(self, key: str, **words: object) -> None:
        super().__init__(key)
        self.key = key
        self.words = words


def find_values(dataset: Path, record_id: str, field: str | None) -> tuple[list[Row], Row]:
    """Find the values of a record (or of one field) and the row of its document.

    Raises NotShown when there is no dataset, no such record or no such field.
    """
    folder = dataset / "current"
    values = _read_rows(folder / "values.parquet", "record_id", record_id)
    if not values:
        raise NotShown("error.no_record", record=clean_text(record_id), folder=dataset)
    asked = [row for row in values if field in (None, row["field"])]
    if not asked:
        fields = ", ".join(sorted({str(row["field"]) for row in values}))
        words = {"record": record_id, "field": clean_text(field), "fields": clean_text(fields)}
        raise NotShown("error.no_field", **words)
    documents = _read_rows(folder / "documents.parquet", "document_id", record_id.partition("-")[0])
    return asked, documents[0]


def _read_rows(path: Path, column: str, wanted: str) -> list[Row]:
    import pyarrow.parquet as parquet

    if not path.is_file():
        raise NotShown("error.no_dataset", folder=path.parents[1])
    table: Any = parquet.read_table(path, filters=[(column, "=", wanted)])  # type: ignore[no-untyped-call]
    return list(table.to_pylist())


def print_values(console: Console, values: Sequence[Row], document: Row, lang: str) -> None:
    """Print each value: what it is, what is printed, where, and how it was read."""
    console.print(Text(f"{say(lang, 'show.document')}: {clean_text(document['source'])}"))
    for row in values:
        console.print()
        console.print(Text(clean_text(row["field"]), style="bold"), soft_wrap=True)
        console.print(_details(row, lang))


def _details(row: Row, lang: str) -> Table:
    told = say_or(lang, f"reason.{row['reason']}", str(row["reason"] or ""))
    reason = f" ({told})" if told else ""
    empty = say(lang, "show.empty")
    details = {
        "value": empty if row["value"] is None else row["value"],
        "raw": row["raw"] or empty,
        "place": _place(row, lang),
        "state": say(lang, f"state.{row['state']}") + reason,
        "method": _method(row),
        "rule": row.get("rule") or "",
    }
    grid = Table.grid(padding=(0, 2))
    for name, detail in details.items():
        if detail != "":
            grid.add_row(Text(f"  {say(lang, f'show.{name}')}"), Text(clean_text(detail)))
    return grid


def _place(row: Row, lang: str) -> str:
    cell = say(lang, "show.cell", **row) if row["table"] and row["row"] and row["column"] else ""
    box = "" if _box(row) is None else "({:.0f}, {:.0f}, {:.0f}, {:.0f})".format(*_box(row) or ())
    return ", ".join(part for part in (place_text(row, lang), cell, box) if part)


def _method(row: Row) -> str:
    confidence = "" if row["confidence"] is None else f" ({row['confidence']})"
    return f"{row['method'] or ''}{confidence}"


def _box(row: Row) -> tuple[float, float, float, float] | None:
    sides = [row[side] for side in ("x0", "top", "x1", "bottom")]
    if row["page"] is None or None in sides:
        return None
    x0, top, x1, bottom = map(float, sides)
    return x0, top, x1, bottom


def draw_values(values: Sequence[Row], document: Row, picture: Path) -> list[tuple[int, Path]]:
    """Draw the cells outlined on their pages, a picture a page; tell which page went where.

    The first page gets the name asked for, the next ones that name with their number. Raises
    NotShown when there is nothing to draw or the report is no longer the one that was read.
    """
    boxes: dict[int, list[tuple[float, float, float, float]]] = {}
    for row in values:
        if (box := _box(row)) is not None:
            boxes.setdefault(int(row["page"]), []).append(box)
    if not boxes or document["media_type"] != "application/pdf":
        raise NotShown("error.no_picture")
    path = _find_source(document)
    from extractors.picture import draw_boxes

    written: list[tuple[int, Path]] = []
    for page in sorted(boxes):
        name = picture.with_stem(f"{picture.stem}-{page}") if written else picture
        draw_boxes(path, page, boxes[page], name)
        written.append((page, name))
    return written


def default_picture(values: Sequence[Row], document: Row, dataset: Path) -> Path | None:
    """Where the picture goes when nobody says: beside the versions. None for a text report."""
    if document["media_type"] != "application/pdf" or all(_box(row) is None for row in values):
        return None
    folder = dataset / "pictures"
    folder.mkdir(exist_ok=True)
    fields = {str(row["field"]) for row in values}
    field = re.sub(r"\W+", "-", fields.pop())[:60] if len(fields) == 1 else "record"
    return folder / f"{values[0]['record_id']}-{field}.png"


def _find_source(document: Row) -> Path:
    path = Path(str(document["source"]))
    if not path.is_file():
        raise NotShown("error.no_source", path=clean_text(path))
    if hashlib.sha256(path.read_bytes()).hexdigest() != document["sha256"]:
        raise NotShown("error.source_changed", path=clean_text(path))
    return path
