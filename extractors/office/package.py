"""An office file (a ZIP file of XML parts): its parts by name, its XML without entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from extractors.faults import SourceError
from extractors.zips import open_zip, read_entry

LARGEST_PART = 128 * 2**20  # bytes of XML
_RELATED = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of an office file; nothing outside of it is ever opened."""

    opened: zipfile.ZipFile
    entries: dict[str, zipfile.ZipInfo]

    def read(self, name: str) -> bytes | None:
        """A part's bytes, None when there is no such part. Raises SourceError."""
        entry = self.entries.get(name)
        return read_entry(self.opened, entry, LARGEST_PART) if entry else None

    def parse(self, name: str) -> etree._Element | None:
        """A part's XML, None when there is no such part. Raises SourceError."""
        data = self.read(name)
        return None if data is None else parse_xml(data)

    def require(self, name: str) -> etree._Element:
        """A part's XML; without it the file is damaged. Raises SourceError."""
        root = self.parse(name)
        if root is None:
            raise SourceError("damaged_unreadable", posixpath.basename(name))
        return root

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Of a part of an OOXML file: id -> (last word of the type, name of the other part).

        Links out of the file are left out.
        """
        folder, base = posixpath.split(name)
        root = self.parse(f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels")
        return {} if root is None else dict(_relations(root, folder))


def _relations(root: etree._Element, folder: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for one in root.iter(_RELATED):
        if one.get("TargetMode") == "External":
            continue
        target = one.get("Target", "")
        path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        yield one.get("Id", ""), (one.get("Type", "").rpartition("/")[2], path)


def open_package(data: bytes) -> Package:
    """The office file in these bytes. Raises SourceError, a bomb among the reasons."""
    opened = open_zip(io.BytesIO(data))
    return Package(opened, {entry.filename.lstrip("/"): entry for entry in opened.infolist()})


def parse_xml(data: bytes) -> etree._Element:
    """XML without a document type, so without entities. Raises SourceError.

    Depth and lengths are bounded by libxml2 itself (`huge_tree` stays off).
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise SourceError("damaged_unreadable", "XML") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise SourceError("unsupported", "XML, DOCTYPE")
    return root


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; "" for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
