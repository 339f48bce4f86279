"""Bombs and traps made here: a name and the bytes of a file, made to break a reader of reports.

`SLOW` cost a reader many seconds, and are left to the long form.
"""

import zlib
from collections.abc import Callable
from io import BytesIO

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

Maker = Callable[[], bytes]
TRAPS: dict[str, Maker] = {}
SLOW: set[str] = set()


def trap(name: str, *, slow: bool = False) -> Callable[[Maker], Maker]:
    def register(maker: Maker) -> Maker:
        TRAPS[name] = maker
        if slow:
            SLOW.add(name)
        return maker

    return register


def plain(name: str, data: bytes, *, slow: bool = False) -> None:
    trap(name, slow=slow)(lambda: data)


# --- PDF, written by hand ------------------------------------------------------------------------

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
TEXT = b"BT /F1 12 Tf 72 700 Td (Informe de avance) Tj ET"


def stream(content: bytes, entries: bytes = b"", length: bytes = b"") -> bytes:
    size = length or str(len(content)).encode()
    return b"<<" + entries + b"/Length " + size + b">>stream\n" + content + b"\nendstream"


def packed(content: bytes, entries: bytes = b"") -> bytes:
    return stream(zlib.compress(content, 9), b"/Filter/FlateDecode" + entries)


def pdf(objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """A file of these numbered objects, 1 being the catalog, with a true cross-reference table."""
    body, places = b"%PDF-1.7\n", {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    size = max(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        table += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
    end = b"trailer<</Size %d/Root 1 0 R%s>>\n" % (size, trailer)
    return body + table + end + b"startxref\n%d\n%%%%EOF\n" % len(body)


def page(
    content: bytes = stream(TEXT),
    *,
    entries: bytes = b"/MediaBox[0 0 612 792]",
    resources: bytes = b"",
    catalog: bytes = b"",
    more: dict[int, bytes] | None = None,
) -> bytes:
    """A file of one page with this content."""
    return pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/Contents 4 0 R" + entries
            + b"/Resources<</Font<</F1 5 0 R>>" + resources + b">>>>",
            4: content,
            5: FONT,
            **(more or {}),
        }
    )  # fmt: skip


def drawn(draw: Callable[[Canvas], object], **options: object) -> bytes:
    """A file that ReportLab writes."""
    file = BytesIO()
    canvas = Canvas(file, invariant=1, **options)  # type: ignore[arg-type]
    draw(canvas)
    canvas.save()
    return file.getvalue()


def write(canvas: Canvas) -> None:
    canvas.drawString(72, 700, "Informe de avance")


WHOLE = drawn(write)

plain("empty", b"")
plain("only-a-header", b"%PDF-1.7\n")
plain("header-and-noise", b"%PDF-1.7\n" + bytes(range(256)) * 40)
plain("header-after-noise", b"\x00" * 900 + WHOLE)
plain(
    "zero-pages", pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[]/Count 0>>"})
)
plain("no-catalog", pdf({1: b"<</Type/Nothing>>"}))
plain("catalog-is-itself", pdf({1: b"1 0 R"}))
plain("pages-hold-themselves", pdf(
    {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"}
))  # fmt: skip
plain("parent-is-the-page", page(entries=b"/Parent 3 0 R/MediaBox[0 0 612 792]"))
plain("count-lies", pdf({
    1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>",
    3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>",
}))  # fmt: skip
plain("count-is-negative", pdf({
    1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count -7>>",
    3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>",
}))  # fmt: skip
plain("huge-page", page(entries=b"/MediaBox[0 0 1000000000 1000000000]"))
plain("huge-unit", page(entries=b"/MediaBox[0 0 612 792]/UserUnit 1e30"))
plain("flat-page", page(entries=b"/MediaBox[0 0 0 0]"))
plain("box-of-words", page(entries=b"/MediaBox[(a) /b null true]"))
plain("box-upside-down", page(entries=b"/MediaBox[612 792 0 0]/CropBox[9 9 -9 -9]/Rotate 37"))
plain("deep-arrays", page(entries=b"/MediaBox " + b"[" * 200_000))
plain("deep-dictionaries", page(entries=b"/MediaBox[0 0 612 792]/X " + b"<</A " * 100_000))
plain("deep-states", page(packed(b"q " * 1_000_000 + TEXT)))
plain("unbalanced-states", page(packed(TEXT + b" Q" * 100_000)))
plain("long-operands", page(packed(b"1 " * 1_000_000 + TEXT)))
plain("long-name", page(entries=b"/MediaBox[0 0 612 792]/" + b"a" * 1_000_000 + b" 1"))
plain("open-string", page(stream(b"BT /F1 12 Tf (" + b"(" * 200_000)))
plain("open-inline-image", page(stream(b"BI /W 9999 /H 9999 /BPC 8 /CS /G ID abc")))
plain("length-lies", page(stream(TEXT, length=b"1000000000")))
plain("length-is-itself", page(stream(TEXT, length=b"4 0 R")))
plain("unknown-filter", page(stream(TEXT, b"/Filter/Nothing")))
plain("broken-deflate", page(stream(zlib.compress(TEXT * 99)[:40] + b"xx", b"/Filter/FlateDecode")))
plain("xref-loop", WHOLE.replace(b"trailer\n<<", b"trailer\n<</Prev 9 "))
plain("start-nowhere", WHOLE.rpartition(b"startxref")[0] + b"startxref\n99999999999\n%%EOF")
plain("javascript", page(catalog=b"/OpenAction<</S/JavaScript/JS(while(1){app.alert(1)})>>"))
plain("launches", page(catalog=b"/OpenAction<</S/Launch/F(/bin/sh)>>"))
plain("submits", page(catalog=b"/OpenAction<</S/SubmitForm/F(http://127.0.0.1:9/)>>"))
plain("embedded-file", page(
    catalog=b"/Names<</EmbeddedFiles<</Names[(a.exe)6 0 R]>>>>",
    more={6: b"<</Type/Filespec/F(../../a.exe)/EF<</F 7 0 R>>>>", 7: packed(b"MZ" * 9999)},
))  # fmt: skip
plain("form-of-entities", page(
    catalog=b"/AcroForm<</Fields[]/XFA 6 0 R>>",
    more={6: packed(b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>')},
))  # fmt: skip
plain("form-draws-itself", slow=True, data=page(
    stream(TEXT + b" /X Do"), resources=b"/XObject<</X 6 0 R>>",
    more={6: stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
                    b"/Resources<</XObject<</X 6 0 R>>>>")},
))  # fmt: skip
plain("outline-loop", page(
    catalog=b"/Outlines 6 0 R",
    more={6: b"<</First 7 0 R/Last 7 0 R/Count 1>>", 7: b"<</Title(a)/Parent 6 0 R/Next 7 0 R>>"},
))  # fmt: skip
plain("owner-password", drawn(write, encrypt=StandardEncryption("", "owner", canPrint=0)))
plain("user-password", drawn(write, encrypt=StandardEncryption("secret", "owner")))
plain("unknown-security", WHOLE.replace(b"/Root", b"/Encrypt<</Filter/None/V 99/R 99>>/Root"))
plain("picture-without-text", page(
    stream(b"q 500 0 0 700 50 50 cm /I Do Q"), resources=b"/XObject<</I 6 0 R>>",
    more={6: packed(b"\xff" * 40_000, b"/Type/XObject/Subtype/Image/Width 200/Height 200"
                    b"/BitsPerComponent 8/ColorSpace/DeviceGray")},
))  # fmt: skip
plain("picture-of-gigabytes", page(
    stream(b"q 500 0 0 700 50 50 cm /I Do Q " + TEXT), resources=b"/XObject<</I 6 0 R>>",
    more={6: packed(b"\xff" * 9_000, b"/Type/XObject/Subtype/Image/Width 60000/Height 60000"
                    b"/BitsPerComponent 8/ColorSpace/DeviceRGB")},
))  # fmt: skip
plain("broken-jpeg2000", page(
    stream(b"q 500 0 0 700 50 50 cm /I Do Q"), resources=b"/XObject<</I 6 0 R>>",
    more={6: stream(b"\x00\x00\x00\x0cjP  \r\n\x87\n" + b"\xff" * 500, b"/Type/XObject/Subtype"
                    b"/Image/Width 9000/Height 9000/Filter/JPXDecode")},
))  # fmt: skip
plain("font-without-parts", page(more={5: b"<</Type/Font/Subtype/TrueType/FontDescriptor 9 0 R>>"}))
plain("font-is-no-font", page(more={5: b"[1 2 3]"}))
plain("font-of-noise", page(more={
    5: b"<</Type/Font/Subtype/TrueType/BaseFont/A/FontDescriptor 6 0 R"
       b"/FirstChar 0/LastChar 1000000>>",
    6: b"<</Type/FontDescriptor/FontFile2 7 0 R/Flags 4>>", 7: packed(bytes(range(256)) * 99),
}))  # fmt: skip
plain("map-of-all-letters", page(more={
    5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
    6: packed(b"begincmap 1 beginbfrange <00000000> <7fffffff> <0041> endbfrange endcmap"),
}))  # fmt: skip
plain("font-draws-itself", page(more={
    5: b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/CharProcs<</I 6 0 R>>"
       b"/Encoding<</Differences[73/I]>>/FirstChar 73/LastChar 73/Widths[9]"
       b"/Resources<</Font<</F1 5 0 R>>>>>>",
    6: stream(b"9 0 d0 BT /F1 9 Tf (I) Tj ET"),
}))  # fmt: skip


@trap("deep-page-tree")
def deep_page_tree() -> bytes:
    depth = 3_000
    nodes = {
        number: b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (number - 1, number + 1)
        for number in range(2, depth)
    }
    last = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 612 792]>>" % (depth - 1)
    return pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", **nodes, depth: last})


@trap("thousand-pages-of-one", slow=True)
def thousand_pages() -> bytes:
    count = 1_000
    kids = b"3 0 R " * count
    return pdf({
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % count,
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
           b"/Resources<</Font<</F1 5 0 R>>>>>>",
        4: stream(TEXT), 5: FONT,
    })  # fmt: skip


@trap("inflates", slow=True)
def inflates() -> bytes:
    return page(packed(b" " * 2**28 + TEXT))


@trap("inflates-twice", slow=True)
def inflates_twice() -> bytes:
    inner = zlib.compress(zlib.compress(b"\0" * 2**28, 9), 9)
    return page(stream(inner, b"/Filter[/FlateDecode/FlateDecode]"))


@trap("million-letters", slow=True)
def million_letters() -> bytes:
    row = b"(" + b"9" * 1000 + b") Tj T* "
    return page(packed(b"BT /F1 1 Tf 1 TL 9 780 Td " + row * 1000 + b"ET"))


@trap("grid", slow=True)
def grid() -> bytes:
    across = b"".join(b"10 %d m 590 %d l S " % (10 + 3 * n, 10 + 3 * n) for n in range(201))
    down = b"".join(b"%.1f 10 m %.1f 610 l S " % ((10 + 2.9 * n,) * 2) for n in range(201))
    return page(packed(across + down + TEXT))


@trap("many-revisions")
def many_revisions() -> bytes:
    data = WHOLE
    for _ in range(300):
        start = data.rpartition(b"startxref\n")[2].split()[0]
        end = len(data)
        data += b"xref\n0 0\ntrailer<</Size 9/Root 1 0 R/Prev " + start + b">>\n"
        data += b"startxref\n%d\n%%%%EOF\n" % end
    return data


for tenth in range(1, 10):
    plain(f"cut-at-{tenth}-tenths", WHOLE[: len(WHOLE) * tenth // 10])

# --- Other files that call themselves reports ----------------------------------------------------

plain("archive", b"PK\x03\x04" + b"\0" * 200)
plain("packed-bomb", zlib.compress(b"\0" * 2**24))
plain(
    "page-of-the-web", b"<!DOCTYPE html><html><script>while(1);</script><body>Informe</body></html>"
)
plain("program", b"\x7fELF" + b"\0" * 500)
plain("open-parentheses.txt", b"(" * 50_000)
plain("one-long-line.txt", "El compromiso avanza según lo previsto. ".encode() * 5_000)
plain("only-tabs.txt", b"\t" * 20_000 + b"\n")
plain(
    "wide-row.txt",
    slow=True,
    data=b"\n".join(b"\t".join(b"%d" % n for n in range(3_000)) for _ in range(3)),
)
plain("long-number.txt", b"Total\tMonto\nA\t" + b"9" * 20_000 + b"\n")
plain("tiny-number.txt", b"Actividad\tMonto\nA\t1e-999999999\nB\t$ 1E999999999\n")
plain("half-utf16.txt", b"\xff\xfe" + "Informe".encode("utf-16-le") + b"\x00")
plain("two-encodings.txt", "acción ".encode() + "acción".encode("cp1252"))
plain("nul-bytes.txt", b"Informe\0 de\0 avance\n")
plain("turned-text.txt", "Informe \u202e!ojo\u202c \u200f\u2066 de avance\n".encode())
plain("stacked-accents.txt", ("Informe a" + "\u0301" * 20_000 + "\n").encode())
plain("formulas.txt", b"Actividad\tMeta\n=1+1\t@SUM(A1)\n-2+3|cmd\t+9\n")
plain("numbered-deep.txt", b".".join(b"1" for _ in range(5_000)) + b" Compromiso\n")
plain("dots.txt", b"Introduccion " + b". " * 20_000 + b"3\n")
plain("markup.txt", b"<b>" * 20_000 + b"Informe" + b"*" * 20_000 + b"\n")
plain("commas.txt", b"Responsables: " + b"a, " * 20_000 + b"y b\n")
