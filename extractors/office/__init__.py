"""Office files and web pages: DOCX, XLSX, ODT, ODS, HTML, each read by a function of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from extractors.faults import SourceError
from extractors.formats import OFFICE_TYPES
from extractors.office.docx import read_docx
from extractors.office.grids import OfficeContent
from extractors.office.html import read_html
from extractors.office.odf import read_ods, read_odt
from extractors.office.xlsx import read_xlsx

READERS: Mapping[str, Callable[[bytes], OfficeContent]] = {
    OFFICE_TYPES["DOCX"]: read_docx,
    OFFICE_TYPES["XLSX"]: read_xlsx,
    OFFICE_TYPES["ODT"]: read_odt,
    OFFICE_TYPES["ODS"]: read_ods,
    OFFICE_TYPES["HTML"]: read_html,
}


def read_office(media_type: str, data: bytes) -> OfficeContent:
    """What a file of this type holds. Raises SourceError."""
    reader = READERS.get(media_type)
    if reader is None:
        raise SourceError("unsupported", media_type)
    return reader(data)
