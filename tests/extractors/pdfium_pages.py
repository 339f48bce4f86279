"""Pages written operator by operator, so that what is on them is known to the point."""

from __future__ import annotations

import pypdfium2

from extractors.geometry import Geometry
from extractors.pdfium import read_geometry

FONTS = {
    "F1": "/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding",
    "F2": "/Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding",
    # Glyphs named as no list of names knows: the font tells no Unicode.
    "F3": "/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding "
    "<< /Type /Encoding /Differences [65 /g001 /g002 /g003] >>",
    # Code 65 is a ligature, by the font's own map.
    "F4": "/Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 65 /LastChar 65 "
    "/Widths [900] /Encoding << /Type /Encoding /Differences [65 /fi] >> /ToUnicode 3 0 R",
}
_CLEAR = "/ExtGState << /Clear << /ca 0 /CA 0 >> >>"
_MAP = (
    b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> "
    b"endcodespacerange 1 beginbfchar <41> <006600660069> endbfchar endcmap end"
)


def write_pdf(
    content: str,
    media: tuple[float, ...] = (0, 0, 400, 300),
    extra: str = "",
    forms: dict[str, tuple[str, str]] | None = None,
) -> bytes:
    """A PDF of one page; `extra` goes into the page, `forms` are name: (dictionary, content)."""
    forms = forms or {}
    fonts = "".join(f"/{name} << {font} >> " for name, font in FONTS.items())
    numbers = {name: number for number, name in enumerate(forms, start=4)}
    named = "".join(f"/{name} {number} 0 R " for name, number in numbers.items())
    resources = f"<< /Font << {fonts} >> /XObject << {named} >> {_CLEAR} >>"
    box = " ".join(str(side) for side in media)
    body = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count 1 /Kids [{len(forms) + 4} 0 R] >>".encode(),
        _stream("", _MAP),
        *(
            _stream(f"/Type /XObject /Subtype /Form {keys} /Resources {resources}", text.encode())
            for keys, text in forms.values()
        ),
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] {extra} "
        f"/Resources {resources} /Contents {len(forms) + 5} 0 R >>".encode(),
        _stream("", content.encode("latin-1")),
    ]
    return _file(body)


def read_page(content: str, **options: object) -> Geometry:
    """The geometry of a page with this content."""
    document = pypdfium2.PdfDocument(write_pdf(content, **options))
    try:
        return read_geometry(document[0], 1)
    finally:
        document.close()


def say(text: str, x: float, y: float, size: float = 10, font: str = "F1") -> str:
    """The operators that print a text from a point on, in PDF's coordinates."""
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"


def _stream(keys: str, data: bytes) -> bytes:
    return f"<< {keys} /Length {len(data)} >> stream\n".encode() + data + b"\nendstream"


def _file(body: list[bytes]) -> bytes:
    data, starts = b"%PDF-1.7\n", []
    for number, text in enumerate(body, start=1):
        starts.append(len(data))
        data += b"%d 0 obj\n" % number + text + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(body) + 1)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n" % (len(body) + 1, len(data))
    return data + head + table + trailer + b"%%EOF"
