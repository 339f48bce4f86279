"""Office files made part by part, so that each test shows what is in its file."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def make_package(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else None
            archive.writestr(name, content, stored)
    return buffer.getvalue()


def make_docx(body: str, **parts: str) -> bytes:
    """A DOCX of this body; other parts by kind: styles, numbering, header, footnotes…"""
    related = "".join(
        f'<Relationship Id="r{at}" Type="{RELATIONS}/{kind.rstrip("0123456789")}" '
        f'Target="{kind}.xml"/>'
        for at, kind in enumerate(parts)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    main = f'<Relationship Id="m" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
    return make_package(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{main}</Relationships>',
            "word/document.xml": head + part("document", f"<w:body>{body}</w:body>"),
            "word/_rels/document.xml.rels": (
                f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>'
            ),
            **{f"word/{kind}.xml": content for kind, content in parts.items()},
        }
    )


def part(name: str, content: str) -> str:
    return f'<w:{name} xmlns:w="{W}">{content}</w:{name}>'


def p(text: str, style: str = "", properties: str = "") -> str:
    """A paragraph of a DOCX."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    """A cell of a DOCX."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tbl(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


ODF = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style")
    )
    + ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)


def make_odf(kind: str, body: str, automatic: str = "", **parts: str) -> bytes:
    """An OpenDocument file: `kind` is "text" or "spreadsheet", `automatic` its own styles."""
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>"
        "</office:body></office:document-content>"
    )
    return make_package(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": content,
            **{name.replace("__", "/") + ".xml": part for name, part in parts.items()},
        }
    )
