"""HTML: what a page prints, in reading order. Nothing it names is fetched, nothing in it is run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from extractors.faults import SourceError
from extractors.office.flow import Flow
from extractors.office.grids import Cell, OfficeContent
from extractors.office.package import local_name
from extractors.sources import decode_text

_UNPRINTED = frozenset((
    "script", "style", "noscript", "template", "head", "iframe", "object", "embed", "svg", "math",
    "select", "option", "textarea", "audio", "video", "canvas",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_RUNNING = frozenset({"nav"})  # of the site, not of the report
_MOST_SPAN = 1_000
_DEEPEST = 200  # elements inside each other: what stands deeper is read as one text


@dataclass(slots=True)
class _Reader:
    """Walks a page; `pending` is the text of a paragraph that has not ended yet."""

    flow: Flow
    pending: list[str] = field(default_factory=list)
    mark: str = ""
    running: list[str] = field(default_factory=list)
    items: dict[etree._Element, int] = field(default_factory=dict)  # how far each list has come

    def read(self, element: etree._Element, depth: int = 0) -> None:
        """An element's content, without what follows it."""
        name = local_name(element).lower()
        if name in _UNPRINTED or not name or _is_hidden(element):
            return
        if name in _RUNNING:
            self.running += _texts(element)
            return
        if name not in _BLOCKS:
            self._read_inline(element, name, depth)
            return
        self.end()
        if name == "table":
            self._read_table(element, depth)
            return
        if name == "pre":
            self._read_lines(element)
            return
        if name == "li":
            self.mark = self._item_mark(element)
        self._read_children(element, depth)
        self.end(int(name[1]) if len(name) == 2 and name[1].isdigit() else 0)

    def end(self, level: int = 0) -> None:
        """The paragraph or heading ends here; the mark of a list's item stands before its text."""
        text = "".join(self.pending)
        if text.strip():
            self.flow.add_text(self.mark + text, level)
            self.mark = ""
        self.pending.clear()

    def _read_lines(self, element: etree._Element) -> None:
        for line in "".join(element.itertext()).split("\n"):
            self.flow.add_text(line)

    def _item_mark(self, item: etree._Element) -> str:
        """The number or bullet that a list prints before an item."""
        parent = item.getparent()
        if parent is None or local_name(parent) != "ol":
            return "• "
        start = parent.get("start", "1")
        first = int(start) if start.isdigit() and len(start) < 6 else 1
        self.items[parent] = self.items.get(parent, first - 1) + 1
        return f"{self.items[parent]}. "

    def _read_inline(self, element: etree._Element, name: str, depth: int) -> None:
        if name == "br":
            self.pending.append("\n")
        elif name == "input":
            self.pending.append(_box(element))
        else:
            self._read_children(element, depth)

    def _read_children(self, element: etree._Element, depth: int) -> None:
        if depth >= _DEEPEST:
            self.pending.append(" ".join(_texts(element)))
            return
        self.pending.append(_flat(element.text))
        for child in element:
            self.read(child, depth + 1)
            self.pending.append(_flat(child.tail))

    def _read_table(self, table: etree._Element, depth: int) -> None:
        nested: list[etree._Element] = []
        captions = (one for one in table if local_name(one) == "caption")
        caption = " ".join(text for one in captions for text in _texts(one))
        cells = list(_cells(table, nested))
        if len({cell.column for cell in cells}) < 2 and nested:  # a frame that lays the page out
            self._read_frame(table, depth)
            return
        if cells:
            self.flow.add_table(cells, caption)
        for one in nested:
            self.read(one, depth + 1)

    def _read_frame(self, table: etree._Element, depth: int) -> None:
        for cell in _within(table, frozenset({"td", "th"})):
            if depth < _DEEPEST:
                self._read_children(cell, depth + 1)
                self.end()
            else:
                self.flow.add_text(" ".join(_texts(cell)))


def read_html(data: bytes) -> OfficeContent:
    """A page's headings, paragraphs, lists and tables. Raises SourceError."""
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = html.document_fromstring(decode_text(data).encode("utf-8"), parser)
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise SourceError("damaged_unreadable", "HTML") from error
    reader = _Reader(Flow("html"))
    reader.read(root)
    reader.end()
    return reader.flow.content(reader.running)


def _cells(table: etree._Element, nested: list[etree._Element]) -> Iterator[Cell]:
    """The cells of a table where its spans put them; tables inside them are set apart."""
    taken: dict[int, int] = {}  # column -> the first row that is free in it
    for row, line in enumerate(_within(table, frozenset({"tr"}))):
        column = 0
        for cell in _within(line, frozenset({"td", "th"})):
            while taken.get(column, 0) > row:
                column += 1
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            for at in range(column, column + across):
                taken[at] = row + down
            yield Cell(row, column, _cell_text(cell, nested), down, across)
            column += across


def _within(parent: etree._Element, wanted: frozenset[str]) -> Iterator[etree._Element]:
    """The nearest elements of some names inside one, none inside a table of its own."""
    for child in parent:
        name = local_name(child).lower()
        if name in wanted:
            yield child
        elif name in ("thead", "tbody", "tfoot", "form", "colgroup", "tr"):
            yield from _within(child, wanted)


def _cell_text(cell: etree._Element, nested: list[etree._Element]) -> str:
    own = next(cell.iterancestors("table"), None)
    nested += [one for one in cell.iter("table") if next(one.iterancestors("table"), None) is own]
    return "".join(_printed(cell, 0))


def _printed(element: etree._Element, depth: int) -> Iterator[str]:
    """The text of a cell, its blocks on lines of their own."""
    yield _flat(element.text)
    for child in element:
        name = local_name(child).lower()
        if name == "br" or name in _BLOCKS:
            yield "\n"
        if name == "input":
            yield _box(child)
        elif name and name != "table" and name not in _UNPRINTED and not _is_hidden(child):
            yield from _printed(child, depth + 1) if depth < _DEEPEST else _texts(child)
        if name in _BLOCKS:
            yield "\n"
        yield _flat(child.tail)


def _texts(element: etree._Element) -> list[str]:
    """All text inside an element that is no script or style, piece by piece."""
    pieces = element.xpath(".//text()[not(ancestor::script or ancestor::style)]")
    return [" ".join(piece.split()) for piece in pieces if piece.strip()]


def _box(element: etree._Element) -> str:
    """A box of a form, ticked or not; other inputs print nothing of the report."""
    if element.get("type", "").lower() not in ("checkbox", "radio"):
        return ""
    return "☒" if element.get("checked") is not None else "☐"


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style


def _span(cell: etree._Element, name: str) -> int:
    told = cell.get(name, "1").strip()
    return min(max(1, int(told)), _MOST_SPAN) if told.isdigit() and len(told) < 9 else 1


def _flat(text: str | None) -> str:
    """White space as a page prints it: a line break in the source is a space."""
    return " ".join(f"_{text}_".split())[1:-1] if text else ""
