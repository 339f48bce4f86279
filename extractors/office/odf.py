"""ODT and ODS: OpenDocument text and spreadsheets, as the program that wrote them prints them.

A spreadsheet's cells hold their printed text beside their value, so no number format is applied.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from extractors.faults import SourceError
from extractors.office.flow import Flow, tidy
from extractors.office.grids import MAX_COLUMNS, MAX_PLACES, Cell, OfficeContent
from extractors.office.package import Package, local_name, open_package
from extractors.office.sheets import Sheet, build_sheets

_FRAMES = frozenset((
    "section", "list", "list-item", "list-header", "index-body", "table-of-content", "text-box",
    "alphabetical-index", "illustration-index", "table-index", "user-index", "frame", "a", "span",
))  # fmt: skip
_ROWS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_APART = frozenset({"note", "annotation", "frame", "tracked-changes", "ruby-text", "custom-shape"})
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_NUMBERS = frozenset({"float", "currency", "percentage", "date", "time"})
_MOST_SPACES = 100


def read_odt(data: bytes) -> OfficeContent:
    """A text document's paragraphs, tables, running lines and notes. Raises SourceError."""
    package = _open(data)
    reader = _TextReader(Flow("odt"))
    reader.read_blocks(_body(package, "text"))
    styles = package.parse("styles.xml")
    running = () if styles is None else _running(styles)
    return reader.flow.content(running, reader.notes)


def read_ods(data: bytes) -> OfficeContent:
    """A spreadsheet's sheets in their order. Raises SourceError."""
    package = _open(data)
    body = _body(package, "spreadsheet")
    hidden = {
        _get(style, "name")
        for style in body.getroottree().getroot().iter("{*}style")
        if any(_get(one, "display") == "false" for one in style.iter("{*}table-properties"))
    }
    tables = body.iterchildren("{*}table")
    return build_sheets([_read_sheet(table, hidden) for table in tables], "ods")


def _open(data: bytes) -> Package:
    package = open_package(data)
    manifest = package.parse("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
        raise SourceError("encrypted", "ODF")
    return package


def _body(package: Package, kind: str) -> etree._Element:
    body = package.require("content.xml").find(f"{{*}}body/{{*}}{kind}")
    if body is None:
        raise SourceError("damaged_unreadable", "content.xml")
    return body


@dataclass(frozen=True, slots=True)
class _TextReader:
    flow: Flow
    notes: list[str] = field(default_factory=list)

    def read_blocks(self, parent: etree._Element) -> None:
        for child in parent:
            name = local_name(child)
            if name in ("p", "h"):
                level = _count(child, "outline-level", 1) if name == "h" else 0
                self.flow.add_text("".join(_pieces(child)), min(level, 9))
                self._read_apart(child)
            elif name == "table":
                self._read_table(child)
            elif name in _FRAMES:
                self.read_blocks(child)

    def _read_apart(self, paragraph: etree._Element) -> None:
        """What hangs on a paragraph: its text boxes after it, its notes at the end."""
        for child in paragraph.iterdescendants("{*}text-box", "{*}note"):
            if next(child.iterancestors("{*}p", "{*}h"), None) is not paragraph:
                continue
            if local_name(child) == "text-box":
                self.read_blocks(child)
            else:
                number = "".join(child.xpath("*[local-name() = 'note-citation']//text()"))
                lines = ("".join(_pieces(one)) for one in child.iter("{*}p"))
                self.notes.append(f"{number} {' '.join(lines)}")

    def _read_table(self, table: etree._Element) -> None:
        cells = [cell for cell, _ in _cells(table)]
        self.flow.add_table(cells)
        for nested in table.iterdescendants("{*}table"):
            if next(nested.iterancestors("{*}table"), None) is table:
                self._read_table(nested)
        for note in table.iterdescendants("{*}p"):
            if next(note.iterancestors("{*}table"), None) is table:
                self._read_apart(note)


def _running(styles: etree._Element) -> Iterator[str]:
    """The lines of the headers and footers of all kinds of pages."""
    for page in styles.iter("{*}master-page"):
        for part in page:
            if local_name(part).startswith(("header", "footer")):
                yield from ("".join(_pieces(line)) for line in part.iter("{*}p", "{*}h"))


def _read_sheet(table: etree._Element, hidden: set[str]) -> Sheet:
    name = _get(table, "name")
    if _get(table, "style-name") in hidden - {""}:
        return Sheet(name, hidden=True)
    cells, uncached = [], []
    for cell, element in _cells(table):
        cells.append(cell)
        stored = any(_get(element, one) for one in ("value", "date-value", "string-value"))
        if not cell.text and _get(element, "formula") and not stored:
            uncached.append(cell)
    return Sheet(name, tuple(cells), tuple(uncached))


def _cells(table: etree._Element) -> Iterator[tuple[Cell, etree._Element]]:
    """The cells of a table that print something, span places or hold a formula.

    A row or cell that is repeated stands as often as it says. Raises SourceError `too_large`.
    """
    row = made = 0
    for line in _rows(table):
        told = list(_row_cells(line, row))
        repeated = _count(line, "number-rows-repeated", 1)
        made += repeated * len(told)
        if made > MAX_PLACES:
            raise SourceError("too_large", f"> {MAX_PLACES}")
        for down in range(repeated if told else 0):
            yield from ((_moved(cell, row + down), element) for cell, element in told)
        row += repeated


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        name = local_name(child)
        if name == "table-row":
            yield child
        elif name in _ROWS:
            yield from _rows(child)


def _row_cells(line: etree._Element, row: int) -> Iterator[tuple[Cell, etree._Element]]:
    column = 0
    for element in line:
        if local_name(element) not in _CELLS:
            continue
        repeated = _count(element, "number-columns-repeated", 1)
        text = tidy(_cell_text(element)) if local_name(element) == "table-cell" else ""
        down = _count(element, "number-rows-spanned", 1)
        across = _count(element, "number-columns-spanned", 1)
        if text or down > 1 or across > 1 or _get(element, "formula"):
            typed = _get(element, "value-type") in _NUMBERS
            if column + repeated > MAX_COLUMNS:
                raise SourceError("too_large", f"> {MAX_COLUMNS}")
            for at in range(column, column + repeated):
                cell = Cell(row, at, text, down, across, line=row + 1, typed=typed)
                yield cell, element
        column += repeated


def _moved(cell: Cell, row: int) -> Cell:
    spans = (cell.row_span, cell.column_span)
    return Cell(row, cell.column, cell.text, *spans, line=row + 1, typed=cell.typed)


def _cell_text(element: etree._Element) -> str:
    """A cell's lines as printed; its stored value where a program left the print out."""
    lines = list(_lines(element))
    if lines or not _get(element, "value-type"):
        return "\n".join(lines)
    stored = (_get(element, one) for one in ("string-value", "date-value", "value"))
    return next(filter(None, stored), "")


def _lines(element: etree._Element) -> Iterator[str]:
    """The paragraphs of a cell, those of its lists too; not those of a table inside it."""
    for child in element:
        name = local_name(child)
        if name in ("p", "h"):
            yield "".join(_pieces(child))
        elif name in _FRAMES:
            yield from _lines(child)


def _pieces(element: etree._Element) -> Iterator[str]:
    """The text that a paragraph prints, without notes, comments and boxes that hang on it."""
    yield element.text or ""
    for child in element:
        name = local_name(child)
        if name == "s":
            yield " " * min(_count(child, "c", 1), _MOST_SPACES)
        elif name == "tab":
            yield " "
        elif name == "line-break":
            yield "\n"
        elif name not in _APART:
            yield from _pieces(child)
        yield child.tail or ""


def _get(element: etree._Element, name: str) -> str:
    """An attribute by its name in any namespace; "" without it."""
    values = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(values, "")


def _count(element: etree._Element, name: str, default: int) -> int:
    """A count that an attribute tells, at least 1; nonsense is the default."""
    told = _get(element, name)
    return max(1, int(told)) if told.isdigit() and len(told) < 9 else default
