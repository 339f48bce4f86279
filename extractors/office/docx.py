"""DOCX: paragraphs and tables in reading order, with the numbers that lists and headings print.

What was deleted under change control, comments, fields' codes, macros and links stay out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from lxml import etree

from extractors.office.flow import Flow
from extractors.office.grids import Cell, OfficeContent
from extractors.office.numbering import Numbering, load_numbering
from extractors.office.package import Package, local_name, open_package

METHOD = "docx"
_FRAMES = frozenset((
    "sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice",
))  # fmt: skip
_APART = frozenset({"del", "moveFrom", "txbxContent", "Fallback", "pPr", "rPr", "sdtPr"})
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_BOXES = {  # of the fonts of pictures: a ticked and an empty box
    "F0FE": "☒", "F0FD": "☒", "F078": "☒", "F052": "☒", "F0A8": "☐", "F06F": "☐", "F0A3": "☐",
}  # fmt: skip
_HEADING = re.compile(r"(?:heading|t[ií]tulo|ttulo)\s?([1-9])", re.I)
_MOST_COLUMNS = 1_000
_DEEPEST = 12  # styles that build on each other
_LEVELS = frozenset("012345678")


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph's style adds: a heading's level (0: none), a list and its level."""

    level: int = 0
    list_id: str = ""
    list_level: int = 0


@dataclass(frozen=True, slots=True)
class _Reader:
    flow: Flow
    styles: Mapping[str, _Style]
    numbering: Numbering

    def read_blocks(self, parent: etree._Element) -> None:
        for child in parent:
            name = local_name(child)
            if name == "p":
                self._read_paragraph(child)
            elif name == "tbl":
                self._read_table(child)
            elif name in _FRAMES:
                self.read_blocks(child)

    def tell(self, paragraph: etree._Element) -> tuple[str, int]:
        """(a paragraph with the mark that its list prints, its level as a heading)."""
        properties = paragraph.find("{*}pPr")
        style = self.styles.get(_child_value(properties, "pStyle"), _Style())
        level = _child_value(properties, "outlineLvl")
        heading = int(level) + 1 if level in _LEVELS else style.level
        text = "".join(_pieces(paragraph))
        if not text.strip():
            return "", 0
        own = properties.find("{*}numPr") if properties is not None else None
        list_id = _child_value(own, "numId") or style.list_id
        at = _child_value(own, "ilvl") or str(style.list_level)
        mark = self.numbering.mark(list_id, int(at)) if at in _LEVELS else ""
        return f"{mark} {text}" if mark else text, heading

    def _read_paragraph(self, paragraph: etree._Element) -> None:
        self.flow.add_text(*self.tell(paragraph))
        for box in _boxes(paragraph):
            self.read_blocks(box)

    def _read_table(self, table: etree._Element) -> None:
        nested: list[etree._Element] = []
        self.flow.add_table(list(self._cells(table, nested)))
        for one in nested:
            self.read_blocks(one)

    def _cells(self, table: etree._Element, nested: list[etree._Element]) -> Iterator[Cell]:
        open_cells: dict[int, Cell] = {}
        for row, line in enumerate(_framed(table, "tr")):
            column = _number(_child_value(line.find("{*}trPr"), "gridBefore"), 0)
            for element in _framed(line, "tc"):
                properties = element.find("{*}tcPr")
                across = _number(_child_value(properties, "gridSpan"), 1)
                merge = properties.find("{*}vMerge") if properties is not None else None
                going_on = merge is not None and _value(merge) != "restart"
                above = open_cells.pop(column, None)
                text = "\n".join(self._cell_lines(element, nested))
                if going_on and above is not None:
                    text = f"{above.text}\n{text}"
                    cell = Cell(above.row, column, text, row - above.row + 1, across)
                else:
                    yield from [above] if above else []
                    cell = Cell(row, column, text, 1, across)
                open_cells[column] = cell
                column += across
        yield from open_cells.values()

    def _cell_lines(self, cell: etree._Element, nested: list[etree._Element]) -> Iterator[str]:
        for child in cell:
            name = local_name(child)
            if name == "p":
                yield self.tell(child)[0]
                for box in _boxes(child):
                    yield from self._cell_lines(box, nested)
            elif name == "tbl":
                holder = etree.Element("holder")
                holder.append(child)
                nested.append(holder)
            elif name in _FRAMES:
                yield from self._cell_lines(child, nested)


def read_docx(data: bytes) -> OfficeContent:
    """A text document's paragraphs, tables, running lines and notes. Raises SourceError."""
    package = open_package(data)
    mains = (name for kind, name in package.related("").values() if kind == "officeDocument")
    name = next(mains, "word/document.xml")
    root = package.require(name)
    parts = _Parts(package, package.related(name))
    styles = _load_styles(next(parts.of("styles"), None))
    reader = _Reader(Flow(METHOD), styles, load_numbering(next(parts.of("numbering"), None)))
    body = root.find("{*}body")
    reader.read_blocks(root if body is None else body)
    running = [text for part in parts.of("header", "footer") for text in _paragraphs(part)]
    notes = [note for part in parts.of("footnotes", "endnotes") for note in _notes(part)]
    return reader.flow.content(running, notes)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The other parts of a document, by what they are to it."""

    package: Package
    related: Mapping[str, tuple[str, str]]

    def of(self, *kinds: str) -> Iterator[etree._Element]:
        for wanted in kinds:
            for kind, name in self.related.values():
                root = self.package.parse(name) if kind == wanted else None
                if root is not None:
                    yield root


def _load_styles(root: etree._Element | None) -> dict[str, _Style]:
    """The styles of paragraphs by their id, each with what it takes from the one it builds on."""
    if root is None:
        return {}
    declared = {_value(one, "styleId"): one for one in root.iter("{*}style")}
    return {name: _load_style(name, declared) for name in declared}


def _load_style(name: str, declared: Mapping[str, etree._Element]) -> _Style:
    level, list_id, list_level = 0, "", ""
    for _ in range(_DEEPEST):
        element = declared.get(name)
        if element is None:
            break
        properties = element.find("{*}pPr")
        outline = _child_value(properties, "outlineLvl")
        named = _HEADING.fullmatch(_child_value(element, "name"))
        level = level or (int(outline) + 1 if outline in _LEVELS else int(named[1]) if named else 0)
        numbered = properties.find("{*}numPr") if properties is not None else None
        list_id = list_id or _child_value(numbered, "numId")
        list_level = list_level or _child_value(numbered, "ilvl")
        name = _child_value(element, "basedOn")
    return _Style(level, list_id, int(list_level) if list_level in _LEVELS else 0)


def _paragraphs(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter("{*}p"):
        yield "".join(_pieces(paragraph))


def _notes(root: etree._Element) -> Iterator[str]:
    """Each note with its number: the file holds those of a separator's line too, set apart."""
    notes = [one for one in root if _value(one, "type") in ("", "normal")]
    for number, note in enumerate(notes, start=1):
        yield f"{number} {' '.join(_paragraphs(note)).strip()}"


def _pieces(element: etree._Element) -> Iterator[str]:
    """The text that a paragraph prints, run by run; text boxes and what was deleted stay out."""
    for child in element:
        name = local_name(child)
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "sym":
            yield _BOXES.get(_value(child, "char").upper(), "")
        elif name == "checkBox":
            yield _checkbox(child)
        elif name not in _APART:
            yield from _pieces(child)


def _checkbox(element: etree._Element) -> str:
    """A box of a form: what was chosen counts before what it began with."""
    for name in ("checked", "default"):
        chosen = element.find(f"{{*}}{name}")
        if chosen is not None:
            return "☐" if _value(chosen) in ("0", "false") else "☒"
    return "☐"


def _boxes(paragraph: etree._Element) -> list[etree._Element]:
    """The text boxes that hang on a paragraph, each once: one is told in two ways."""
    boxes = []
    for box in paragraph.iter("{*}txbxContent"):
        above = (local_name(one) for one in box.iterancestors())
        inside = list(takewhile(lambda name: name != "p", above))
        if "Fallback" not in inside:
            boxes.append(box)
    return boxes


def _framed(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, those in content controls and accepted changes too."""
    for child in parent:
        name = local_name(child)
        if name == wanted:
            yield child
        elif name in _FRAMES:
            yield from _framed(child, wanted)


def _value(element: etree._Element, name: str = "val") -> str:
    """An attribute by its name in any namespace; "" without it."""
    values = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(values, "")


def _child_value(parent: etree._Element | None, name: str) -> str:
    child = parent.find(f"{{*}}{name}") if parent is not None else None
    return _value(child) if child is not None else ""


def _number(text: str, default: int) -> int:
    """A count of columns; nonsense is the default."""
    return min(int(text), _MOST_COLUMNS) if text.isdigit() and len(text) < 9 else default
