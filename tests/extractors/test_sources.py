import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from extractors.sources import (
    Found,
    SourceError,
    count_pages,
    decode_text,
    find_sources,
    load_source,
)

REPORT = "Informe de avance del municipio de Villa Ficticia\nAño 2021: señalización\n"


def make_pdf(pages=1, **options) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True, **options)
    for number in range(1, pages + 1):
        canvas.drawString(72, 720, f"Actividad {number}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def make_zip(*members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for member in members:
            archive.writestr(member, "contenido")
    return buffer.getvalue()


def write(folder: Path, name: str, data: bytes = b"x") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def refusal(path: Path, **options) -> tuple[str, str]:
    with pytest.raises(SourceError) as caught:
        load_source(path, **options)
    return caught.value.code, caught.value.detail


# --- find_sources


def test_a_folder_is_searched_and_what_is_no_report_is_told(tmp_path):
    kept = [write(tmp_path, name) for name in ("B.PDF", "a.txt", "sub/c.pdf", "d.docx", "e.zip")]
    left = [
        write(tmp_path, name)
        for name in ("README.md", "gold.json", "p.toml", "t.csv", "i.png", ".oculto.pdf", "raro.x")
    ]
    write(tmp_path, ".git/objeto.pdf")
    found = find_sources([tmp_path])
    assert found.paths == tuple(sorted(kept))
    assert found.skipped == tuple(sorted([*left, tmp_path / ".git"]))
    assert found.missing == ()


def test_a_pdf_without_a_known_suffix_is_found_by_its_content(tmp_path):
    path = write(tmp_path, "informe", make_pdf())
    assert find_sources([tmp_path]).paths == (path,)


def test_a_named_file_is_always_a_source(tmp_path):
    paths = [write(tmp_path, name) for name in (".oculto", "notas.md", "tabla.csv")]
    assert find_sources(paths) == Found(paths=tuple(sorted(paths)))


def test_each_file_once_whatever_names_lead_to_it(tmp_path, monkeypatch):
    path = write(tmp_path, "a.pdf")
    write(tmp_path, "sub/b.pdf")
    (tmp_path / "0.pdf").symlink_to(path)
    monkeypatch.chdir(tmp_path)
    found = find_sources([tmp_path, path, tmp_path / "sub" / ".." / "a.pdf", tmp_path / "sub"])
    assert found.paths == (path, tmp_path / "sub" / "b.pdf")


def test_the_order_of_inputs_does_not_matter(tmp_path):
    inputs = [write(tmp_path, "x/a.pdf"), tmp_path / "x", tmp_path / "nada", write(tmp_path, "b")]
    assert find_sources(inputs) == find_sources(inputs[::-1])


def test_links_out_of_the_folder_are_not_followed(tmp_path):
    secret = write(tmp_path, "fuera/secreto.pdf")
    folder = tmp_path / "informes"
    folder.mkdir()
    (folder / "a.pdf").symlink_to(secret)
    (folder / "b").symlink_to(secret.parent)
    (folder / "c.pdf").symlink_to(folder / "nada")
    (folder / "d.pdf").symlink_to(folder / "d.pdf")
    (folder / "e").symlink_to(folder)
    found = find_sources([folder])
    assert found.paths == ()
    assert [path.name for path in found.skipped] == ["a.pdf", "b", "c.pdf", "d.pdf", "e"]


def test_a_folder_that_is_a_link_is_searched_when_named(tmp_path):
    write(tmp_path, "real/a.pdf")
    (tmp_path / "enlace").symlink_to(tmp_path / "real")
    assert find_sources([tmp_path / "enlace"]).paths == (tmp_path / "enlace" / "a.pdf",)


def test_pipes_in_a_folder_are_left_aside(tmp_path):
    os.mkfifo(tmp_path / "a.pdf")
    assert find_sources([tmp_path]) == Found(skipped=(tmp_path / "a.pdf",))


def test_an_empty_folder_gives_nothing(tmp_path):
    assert find_sources([tmp_path]) == find_sources([]) == Found()


@pytest.mark.parametrize(
    "address", ["https://example.org/a.pdf", "http:/x", "s3://b/a.pdf", "file:///etc/hostname"]
)
def test_addresses_are_never_opened(address):
    assert find_sources([Path(address)]) == Found(missing=(Path(address),))
    assert refusal(Path(address)) == ("address", "")


def test_what_is_not_there_is_told(tmp_path):
    gone = tmp_path / "no" / "esta.pdf"
    (tmp_path / "roto.pdf").symlink_to(gone)
    found = find_sources([gone, tmp_path / "roto.pdf"])
    assert found == Found(missing=(gone, tmp_path / "roto.pdf"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may enter every folder")
def test_a_folder_that_may_not_be_entered_is_told_as_missing(tmp_path):
    closed = tmp_path / "cerrada"
    closed.mkdir(mode=0)
    assert find_sources([tmp_path]).missing == (closed,)


def test_names_that_are_no_utf8(tmp_path):
    name = os.fsdecode(b"informe-a\xf1o.pdf")
    path = write(tmp_path, name, make_pdf())
    assert find_sources([tmp_path]).paths == (path,)
    assert load_source(path).media_type == "application/pdf"


# --- load_source


def test_text_and_pdf_are_known_by_content_not_name(tmp_path):
    text = load_source(write(tmp_path, "informe.pdf", REPORT.encode()))
    assert (text.media_type, text.data) == ("text/plain", REPORT.encode())
    pdf = load_source(write(tmp_path, "informe.txt", make_pdf()))
    assert (pdf.media_type, len(pdf.sha256)) == ("application/pdf", 64)


def test_a_pdf_may_begin_within_the_first_1024_bytes(tmp_path):
    late = write(tmp_path, "a.pdf", b"HTTP/1.1 200 OK\r\n\r\n" + b"\n" * 900 + make_pdf())
    assert load_source(late).media_type == "application/pdf"


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (make_zip("informe.pdf"), "ZIP: informe.pdf"),
        (make_zip("ppt/presentation.xml"), "PPTX"),
        (b"PK\x05\x06" + b"\0" * 18, "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "DOC/XLS/PPT"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "PNG"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 99, "JPEG"),
        (b"{\\rtf1 Informe}", "RTF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
    ],
)
def test_other_formats_are_named_whatever_the_file_is_called(tmp_path, data, detail):
    assert refusal(write(tmp_path, "informe.pdf", data)) == ("unsupported", detail)


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (make_zip("word/document.xml"), "wordprocessingml.document"),
        (make_zip("xl/workbook.xml"), "spreadsheetml.sheet"),
        (b"\xef\xbb\xbf \n<!DOCTYPE html><p>Informe", "text/html"),
        (b"<?xml version='1.0'?><!-- a --><!-- b -->\n<HTML lang='es'>", "text/html"),
    ],
)
def test_office_files_and_pages_are_known_by_content(tmp_path, data, ending):
    assert load_source(write(tmp_path, "informe.pdf", data)).media_type.endswith(ending)


def test_an_office_file_with_a_password_is_told(tmp_path):
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert refusal(write(tmp_path, "a.docx", data)) == ("encrypted", "DOCX/XLSX")


@pytest.mark.parametrize("text", ["<b>Plantilla</b> de compromisos", "**Tema** <br> Agua", "< 5 %"])
def test_stray_tags_do_not_make_a_page(tmp_path, text):
    assert load_source(write(tmp_path, "a.txt", text.encode())).media_type == "text/plain"


def test_a_hostile_page_of_comments_is_answered(tmp_path):
    path = write(tmp_path, "a.txt", b"<!-- a -->" * 20_000 + b"<b>")
    assert load_source(path).media_type == "text/plain"


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf\n", "\ufeff \n".encode("utf-16-le")]
)
def test_empty(tmp_path, data):
    assert refusal(write(tmp_path, "a.txt", data)) == ("empty", "")


def test_missing(tmp_path):
    assert refusal(tmp_path / "a.pdf")[0] == "missing"
    assert refusal(write(tmp_path, "b.pdf") / "c.pdf")[0] == "missing"


def test_a_pipe_and_a_folder_are_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "a.pdf")
    assert refusal(tmp_path / "a.pdf")[0] == "unreadable_file"
    assert refusal(tmp_path)[0] == "unreadable_file"


def test_too_large(tmp_path):
    path = write(tmp_path, "a.txt", b"a" * 2**20)
    assert refusal(path, max_bytes=2**20 - 1)[0] == "too_large"
    assert refusal(path, max_bytes=2**19) == ("too_large", "0.5 MiB")
    assert load_source(path, max_bytes=2**20).data == b"a" * 2**20


def test_a_pdf_with_a_password(tmp_path):
    locked = make_pdf(encrypt=StandardEncryption("clave", ownerPassword="otra", strength=128))
    assert refusal(write(tmp_path, "a.pdf", locked)) == ("encrypted", "")


def test_a_pdf_that_only_forbids_printing_is_read(tmp_path):
    free = make_pdf(encrypt=StandardEncryption("", ownerPassword="otra", canPrint=0))
    assert load_source(write(tmp_path, "a.pdf", free)).media_type == "application/pdf"


def test_a_pdf_with_nothing_in_it(tmp_path):
    assert refusal(write(tmp_path, "a.pdf", b"%PDF-1.4\n"))[0] == "damaged_unreadable"


def test_a_damaged_pdf_is_left_to_the_readers(tmp_path):
    cut = make_pdf(3)[:-400].replace(b"/Catalog", b"/Catalan")
    assert load_source(write(tmp_path, "a.pdf", cut)).media_type == "application/pdf"


def test_a_refused_file_keeps_its_hash(tmp_path):
    with pytest.raises(SourceError) as caught:
        load_source(write(tmp_path, "a.zip", make_zip()))
    assert len(caught.value.sha256) == 64


@given(st.binary(max_size=300))
def test_any_bytes_give_a_source_or_a_typed_refusal(tmp_path_factory, data):
    path = write(tmp_path_factory.mktemp("bytes"), "a", data)
    try:
        assert load_source(path).data == data
    except SourceError as error:
        assert error.code in {"empty", "unsupported", "unknown_encoding", "damaged_unreadable"}


def test_pages_are_counted_for_a_deadline(tmp_path):
    assert count_pages(write(tmp_path, "a.pdf", make_pdf(3))) == 3
    assert count_pages(write(tmp_path, "a.txt", b"a" * 10_000)) == 2
    assert count_pages(write(tmp_path, "b.pdf", b"%PDF-1.4\n")) == 0


# --- decode_text


@pytest.mark.parametrize(
    "data",
    [
        REPORT.encode(),
        REPORT.encode("utf-8-sig"),
        REPORT.encode("cp1252"),
        REPORT.encode("utf-16"),
        b"\xfe\xff" + REPORT.encode("utf-16-be"),
        REPORT.encode("utf-32"),
        REPORT.replace("\n", "\r\n").encode(),
        REPORT.replace("\n", "\r").encode(),
        REPORT.encode() + b"\x1a",
    ],
)
def test_the_same_text_in_every_encoding(data):
    assert decode_text(data) == REPORT


def test_cp1252_keeps_its_own_signs():
    assert (
        decode_text(b"1\xba de marzo \x96 \x801,5 \x93ni\xf1os\x94") == "1º de marzo – €1,5 “niños”"
    )


def test_lines_keep_their_numbers():
    assert decode_text(b"a\r\nb\rc\n\nd").split("\n") == ["a", "b", "c", "", "d"]


def test_tabs_and_page_breaks_are_text():
    assert decode_text(b"a\tb\x0cc\x0bd") == "a\tb\x0cc\x0bd"


@pytest.mark.parametrize(
    "data",
    [
        b"a\0b",
        b"\x01\x02\x03",
        b"a\x81b",  # undefined in cp1252
        "niños".encode("utf-16-le"),  # no mark
        b"\xef\xbb\xbfa\xf1o",  # says UTF-8 and is not
        b"\xff\xfea",  # half a character
        "acción y año".encode() + b"\xf1",  # UTF-8 with a fault
        "acción".encode("cp850"),
        "años".encode("cp850"),
        "práctica".encode("mac-roman"),
        bytes(range(256)),
    ],
)
def test_no_guess_is_made_about_an_encoding(data):
    with pytest.raises(SourceError) as caught:
        decode_text(data)
    assert caught.value.code == "unknown_encoding"


def test_the_place_of_a_fault_is_told():
    with pytest.raises(SourceError) as caught:
        decode_text("año 2020 ".encode() + b"\xf1")
    assert caught.value.detail == "utf-8, byte 10"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
def test_every_utf8_text_comes_back(text):
    assert decode_text(text.encode("utf-8-sig")) == text


def test_the_real_reports_can_all_be_opened(shared_reports):
    found = find_sources([shared_reports / "real", shared_reports / "seeds"])
    refused = {}
    for path in found.paths:
        try:
            load_source(path)
        except SourceError as error:
            refused[path.suffix] = (error.code, error.detail)
    assert len(found.paths) > 40
    assert refused == {}
