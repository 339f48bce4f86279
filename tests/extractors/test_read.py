"""Any file is a Document: read, in part, or failed with its code; content never raises."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdfs import make_flow, make_pages, paragraph, ruled
from reportlab.pdfgen.canvas import Canvas

from extractors.read import failed_document, hash_file, read_document
from extractors.scans import ocr


def written(folder: Path, data: bytes, name: str = "informe.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_text_report(tmp_path: Path) -> None:
    data = b"Informe de caminos\n\nObra\tAvance\nPuente\t40%\n"
    document = read_document(written(tmp_path, data), "como se dio.txt")
    assert (document.source, document.media_type) == ("como se dio.txt", "text/plain")
    assert (document.status, document.error, document.page_count) == ("ok", "", 1)
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.document_id == document.sha256[:16]
    assert [line.text for line in document.prose] == ["Informe de caminos"]
    assert [cell.text for cell in document.tables[0].cells] == ["Obra", "Avance", "Puente", "40%"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_usual_encoding_reads_alike(tmp_path: Path, encoding: str) -> None:
    text = "Año: “niñez” y crecida – según vigía"
    document = read_document(written(tmp_path, text.encode(encoding)), "x")
    assert [line.text for line in document.prose] == [text]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "vacio.txt", "empty"),
        (b"PK\x03\x04" + b"\0" * 60, "informe.pdf", "damaged_unreadable"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "informe.txt", "unsupported"),
        (b"%PDF-1.7\nnada de lo que sigue es un documento", "informe.pdf", "damaged_unreadable"),
    ],
)
def test_a_bad_file_fails_with_its_code(tmp_path: Path, data: bytes, name: str, code: str) -> None:
    document = read_document(written(tmp_path, data, name), name)
    assert (document.status, document.error) == ("failed", code)
    assert (document.tables, document.prose) == ((), ())
    assert document.sha256 == hashlib.sha256(data).hexdigest()


def test_an_absent_file_is_known_by_its_name(tmp_path: Path) -> None:
    document = read_document(tmp_path / "ausente.pdf", "ausente.pdf")
    assert (document.status, document.error) == ("failed", "missing")
    assert document.sha256 == hashlib.sha256(b"ausente.pdf").hexdigest()


def test_a_pdf(tmp_path: Path) -> None:
    path = make_flow(tmp_path / "a.pdf", [paragraph("Informe"), ruled([["Obra", "Meta"]] * 2)])
    document = read_document(path, "a.pdf")
    assert (document.status, document.page_count) == ("ok", 1)
    assert document.media_type == "application/pdf"
    assert [line.text for line in document.prose] == ["Informe"]
    assert len(document.tables) == len(document.pages) == 1


def test_a_page_that_is_a_picture_is_not_read_without_ocr(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def picture(canvas: Canvas) -> None:
        canvas.drawInlineImage(image, 50, 50, 480, 700)

    from PIL import Image

    monkeypatch.setattr(ocr, "ocr_available", lambda: "spa")
    image = Image.new("L", (60, 80), 128)
    path = make_pages(tmp_path / "a.pdf", lambda canvas: canvas.drawString(90, 700, "Uno"), picture)
    document = read_document(path, "a.pdf")
    assert (document.status, document.error) == ("partial", "ocr_missing")
    assert document.error_detail == "p. 2"
    assert [line.text for line in document.prose] == ["Uno"]


def test_a_pdf_of_pictures_alone_fails(tmp_path: Path) -> None:
    from PIL import Image

    image = Image.new("L", (60, 80), 128)
    path = make_pages(
        tmp_path / "a.pdf", lambda canvas: canvas.drawInlineImage(image, 50, 50, 480, 700)
    )
    document = read_document(path, "a.pdf")
    assert (document.status, document.error) == ("failed", "no_text_layer")


def test_a_document_without_bytes_has_an_identity_all_the_same() -> None:
    one, two = failed_document("a.pdf", "missing"), failed_document("b.pdf", "missing")
    assert one.document_id != two.document_id
    assert failed_document("caf\udce9.pdf", "missing").sha256  # a name that is no UTF-8
    assert failed_document("a.pdf", "crashed", sha256="ab" * 32).document_id == "ab" * 8


def test_the_hash_of_a_file(tmp_path: Path) -> None:
    assert hash_file(written(tmp_path, b"abc")) == hashlib.sha256(b"abc").hexdigest()
    assert hash_file(tmp_path / "ausente") == ""
    assert hash_file(tmp_path) == ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.one_of(
        st.binary(max_size=200),
        st.text(st.characters(exclude_categories=("Cs",)), max_size=80).map(str.encode),
    )
)
def test_any_bytes_are_a_document(tmp_path: Path, data: bytes) -> None:
    document = read_document(written(tmp_path, data), "x")
    assert (document.status == "failed") == bool(document.error)
    assert document.status == "failed" or document.tables or document.prose
