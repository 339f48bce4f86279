"""XLSX: each sheet a page, its cells as their number formats print them.

Formulas give the value they had when the file was saved; macros, links and pictures are not opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from extractors.faults import SourceError
from extractors.office.grids import Cell, OfficeContent
from extractors.office.numbers import BUILTIN, is_date, print_number
from extractors.office.package import Package, local_name, open_package
from extractors.office.sheets import Sheet, build_sheets

METHOD = "xlsx"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNPRINTED = frozenset({"rPh", "phoneticPr"})  # how a text is spoken
_LOGICAL = {"1": "VERDADERO", "0": "FALSO"}


@dataclass(frozen=True, slots=True)
class _Workbook:
    """What the cells of all sheets need: texts by number, number formats by style."""

    texts: Sequence[str]
    formats: Sequence[str]
    since_1904: bool


def read_xlsx(data: bytes) -> OfficeContent:
    """The sheets of a workbook in their order. Raises SourceError."""
    package = open_package(data)
    name, root = _main(package)
    related = package.related(name)
    workbook = _Workbook(
        _texts(_part(package, related, "sharedStrings")),
        _formats(_part(package, related, "styles")),
        any(one.get("date1904") in ("1", "true") for one in _all(root, "workbookPr")),
    )
    sheets = [
        _read_sheet(package, one, related, workbook)
        for one in _all(root, "sheet")
        if related.get(one.get(_ID, ""), ("", ""))[0] == "worksheet"
    ]
    return build_sheets(sheets, METHOD)


def _main(package: Package) -> tuple[str, etree._Element]:
    mains = (name for kind, name in package.related("").values() if kind == "officeDocument")
    name = next(mains, "xl/workbook.xml")
    if name.endswith(".bin"):
        raise SourceError("unsupported", "XLSB")
    return name, package.require(name)


def _part(
    package: Package, related: Mapping[str, tuple[str, str]], kind: str
) -> etree._Element | None:
    name = next((name for one, name in related.values() if one == kind), "")
    return package.parse(name)


def _all(root: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return iter(()) if root is None else root.iter(f"{{*}}{name}")


def _texts(root: etree._Element | None) -> list[str]:
    return [_text(one) for one in _all(root, "si")]


def _text(element: etree._Element) -> str:
    """The runs of a text, without what only tells how it is spoken."""
    pieces = (
        one.text or ""
        for one in element.iter("{*}t")
        if local_name(one.getparent()) not in _UNPRINTED
    )
    return _ESCAPED.sub(_unescape, "".join(pieces))


def _unescape(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character.isprintable() or character in "\t\n" else " "


def _formats(root: etree._Element | None) -> list[str]:
    """The number format's code of each style that a cell may name."""
    own = {one.get("numFmtId"): one.get("formatCode", "") for one in _all(root, "numFmt")}
    styles = next(_all(root, "cellXfs"), None)
    numbers = [one.get("numFmtId", "0") for one in styles] if styles is not None else []
    return [own.get(one, BUILTIN.get(int(one) if one.isdigit() else 0, "")) for one in numbers]


def _read_sheet(
    package: Package,
    element: etree._Element,
    related: Mapping[str, tuple[str, str]],
    workbook: _Workbook,
) -> Sheet:
    name = element.get("name", "")
    if element.get("state", "visible") != "visible":
        return Sheet(name, hidden=True)
    root = package.require(related[element.get(_ID, "")][1])
    spans = dict(_spans(root))
    cells, uncached = [], []
    for reference, cell in _cells(root):
        text, typed = _value(cell, workbook)
        down, across = spans.get(reference, (1, 1))
        row, column = reference
        made = Cell(row, column, text, down, across, line=row + 1, typed=typed)
        cells.append(made)
        if not text and cell.find("{*}f") is not None:
            uncached.append(made)
    return Sheet(name, tuple(cells), tuple(uncached))


def _cells(root: etree._Element) -> Iterator[tuple[tuple[int, int], etree._Element]]:
    """(row, column) from 0, and the cell; those without a reference follow the one before."""
    row = -1
    for line in root.iter("{*}row"):
        told = line.get("r", "")
        row = int(told) - 1 if told.isdigit() and 0 < len(told) <= 7 else row + 1
        column = -1
        for cell in line.iter("{*}c"):
            place = _place(cell.get("r", ""))
            column = place[1] if place else column + 1
            yield (row, column), cell


def _spans(root: etree._Element) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for merged in root.iter("{*}mergeCell"):
        first, _, last = merged.get("ref", "").partition(":")
        start, end = _place(first), _place(last)
        if start and end and end >= start:
            yield start, (end[0] - start[0] + 1, max(1, end[1] - start[1] + 1))


def _place(reference: str) -> tuple[int, int] | None:
    """`B3` as (2, 1)."""
    match = _REFERENCE.fullmatch(reference)
    if match is None or match[2] == "0":
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _value(cell: etree._Element, workbook: _Workbook) -> tuple[str, bool]:
    """A cell's text as printed, and whether it holds a number or a date."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_text(one) for one in cell.iter("{*}is")), False
    stored = cell.findtext("{*}v") or ""
    if kind == "s":
        at = int(stored) if stored.strip().isdigit() and len(stored) < 9 else -1
        return (workbook.texts[at] if 0 <= at < len(workbook.texts) else ""), False
    if kind == "b":
        return _LOGICAL.get(stored.strip(), stored), False
    if kind != "n" or not stored.strip():
        return _ESCAPED.sub(_unescape, stored), kind == "d"
    style = cell.get("s", "0")
    at = int(style) if style.isdigit() and len(style) < 9 else -1
    code = workbook.formats[at] if 0 <= at < len(workbook.formats) else ""
    printed = print_number(stored, code, since_1904=workbook.since_1904)
    return printed, is_date(code) or printed != ""
