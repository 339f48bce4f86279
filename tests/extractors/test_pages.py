"""Whole PDF files: places on turned and cropped pages, prose, and what is recorded of bad pages."""

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from pdfs import HEIGHT, WIDTH, make_flow, make_pages, paragraph, ruled
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors import opening, pages, plain
from extractors.pages import read_pdf
from extractors.pdfium import chars
from extractors.picture import OUTLINE, draw_boxes, render_page
from extractors.scans import ocr
from extractors.scans.render import seen_boxes
from extractors.sources import SourceError
from extractors.tables.opinions import Readers
from pipeline.model import Block, Box

ROWS = [["Compromiso", "Avance"], ["Abrir datos", "72%"]]
BLUE = (0, 0, 255)


UPRIGHT = {  # where a page that will be turned by so much has its lower left corner as seen
    0: (0, 0),
    90: (WIDTH, 0),
    180: (WIDTH, HEIGHT),
    270: (0, HEIGHT),
}


def draw_mark(canvas: Canvas) -> None:
    """A two-cell table whose first cell is filled with blue, to be found in a picture."""
    canvas.setFillColorRGB(0, 0, 1)
    canvas.rect(200, 350, 80, 30, stroke=1, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(280, 350, 80, 30, stroke=1, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(210, 360, "Meta")
    canvas.drawString(290, 360, "Avance")


def make_turned(path: Path, rotation: int, crop: tuple[float, ...] | None = None) -> Path:
    def draw(canvas: Canvas) -> None:
        canvas.translate(*UPRIGHT[rotation])
        canvas.rotate(rotation)
        draw_mark(canvas)

    source = make_pages(path.with_suffix(".flat.pdf"), draw)
    with pypdfium2.PdfDocument(source) as pdf:
        pdf[0].set_rotation(rotation)
        if crop:
            pdf[0].set_cropbox(*crop)
        pdf.save(path)
    return path


def find_blue(image: Image.Image, scale: float) -> Box:
    """The box of what is blue, in points."""
    mask = Image.eval(image.getchannel("R"), lambda red: 255 if red < 30 else 0)
    blue = Image.eval(image.getchannel("B"), lambda b: 255 if b > 220 else 0)
    box = Image.composite(mask, Image.new("L", mask.size), blue).getbbox()
    assert box
    return tuple(side / scale for side in box)


@pytest.mark.parametrize("crop", [None, (50, 100, 550, 800)])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_are_those_of_the_page_as_seen(
    tmp_path: Path, rotation: int, crop: tuple[float, ...] | None
) -> None:
    path = make_turned(tmp_path / "a.pdf", rotation, crop)
    content = read_pdf(path)
    (cell,) = (cell for cell in content.tables[0].cells if cell.text == "Meta")
    assert cell.bbox == pytest.approx(find_blue(render_page(path, 1, 4), 4), abs=1)
    page = content.pages[0]
    assert (page.width, page.height) == pytest.approx(
        [side / 4 for side in render_page(path, 1, 4).size], abs=1
    )
    assert page.rotation == rotation


@pytest.mark.parametrize("crop", [None, (50, 100, 550, 800)])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_other_readers_agree_on_places(
    tmp_path: Path, rotation: int, crop: tuple[float, ...] | None
) -> None:
    path = make_turned(tmp_path / "a.pdf", rotation, crop)
    (table,) = read_pdf(path).tables
    boxes = np.array([cell.bbox for cell in table.cells])
    own = (*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0))
    answers = [grids for grids in Readers(path).ask(1) if grids]
    assert {grids[0].method for grids in answers} == {"pdfplumber", "camelot"}
    for (grid,) in answers:
        assert grid.bbox == pytest.approx(own, abs=1)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_draw_boxes_outlines_the_cell(tmp_path: Path, rotation: int) -> None:
    path = make_turned(tmp_path / "a.pdf", rotation, (50, 100, 550, 800))
    box = find_blue(render_page(path, 1, 4), 4)
    out = draw_boxes(path, 1, [box], tmp_path / "a.png", scale=2)
    image = Image.open(out)
    x0, top, x1, bottom = (round(side * 2) for side in box)
    for corner in ((x0, top), (x1, top), (x0, bottom), (x1, bottom)):
        assert image.getpixel(corner) == OUTLINE
    inside = image.crop((x0 + 4, top + 4, x0 + 12, bottom - 4))
    assert inside.getcolors() == [(inside.width * inside.height, BLUE)]


def test_prose_stands_outside_tables_in_reading_order(tmp_path: Path) -> None:
    flow = [paragraph("Informe de avance"), ruled(ROWS), paragraph("Fuente: registro propio")]
    content = read_pdf(make_flow(tmp_path / "a.pdf", flow))
    assert [line.text for line in content.prose] == ["Informe de avance", "Fuente: registro propio"]
    assert content.prose == content.pages[0].lines
    before, after = (line.bbox for line in content.prose)
    table = content.tables[0].rows[0][0]
    assert before and after and table and table.bbox
    assert before[1] < table.bbox[1] < after[1]
    assert (content.page_count, content.repairs) == (1, ())


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    path = make_flow(tmp_path / "a.pdf", [paragraph("Informe"), ruled(ROWS)])
    assert read_pdf(path) == read_pdf(path)


def test_print_off_the_page_is_not_read(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, HEIGHT + 50, "Fila oculta")
        canvas.drawString(100, 700, "Fila visible")

    content = read_pdf(make_pages(tmp_path / "a.pdf", draw))
    assert [line.text for line in content.prose] == ["Fila visible"]


def draw_scan(canvas: Canvas) -> None:
    picture = io.BytesIO()
    Image.new("L", (60, 80), 200).save(picture, "PNG")
    canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)


def draw_stamped_scan(canvas: Canvas) -> None:
    draw_scan(canvas)
    canvas.drawString(500, 20, "Folio 7")


def draw_text(canvas: Canvas) -> None:
    canvas.drawString(100, 700, "Informe de avance del plan de acción, con texto")


def test_scans_that_cannot_be_read_are_recorded_page_by_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw_nothing(canvas: Canvas) -> None:
        canvas.line(0, 0, 10, 0)

    monkeypatch.setattr(ocr, "ocr_available", lambda: "spa")
    path = make_pages(tmp_path / "a.pdf", draw_text, draw_scan, draw_stamped_scan, draw_nothing)
    content = read_pdf(path)
    found = [(repair.kind, repair.block.page, dict(repair.detail)) for repair in content.repairs]
    assert found == [
        ("ocr_missing", 2, {"page": "2", "reason": "spa", "verdict": "scanned"}),
        ("ocr_missing", 3, {"page": "3", "reason": "spa", "verdict": "mixed"}),
    ]
    assert [page.verdict for page in content.pages] == ["digital", "scanned", "mixed", "digital"]


def test_a_page_that_fails_does_not_cost_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_pages(tmp_path / "a.pdf", draw_text, draw_text, draw_mark)
    read = pages._read_page

    def fail_on_two(pdf: object, number: int, *others: object) -> object:
        if number == 2:
            raise RecursionError("a page drawn inside itself")
        return read(pdf, number, *others)

    monkeypatch.setattr(pages, "_read_page", fail_on_two)
    content = read_pdf(path)
    (repair,) = content.repairs
    assert (repair.kind, repair.block.page) == ("page_failed", 2)
    assert repair.detail == {"page": "2", "error": "RecursionError"}
    assert [page.number for page in content.pages] == [1, 2, 3]
    assert [line.page for line in content.prose] == [1, 2]
    assert content.prose[1].text == content.prose[0].text
    assert content.tables[0].number == 1


def test_a_page_with_too_much_on_it_keeps_its_plain_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw_much(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Avance del plan")
        for row in range(40):
            canvas.drawString(72, 680 - 10 * row, f"renglón {row} " + "0123456789" * 5)

    monkeypatch.setattr(chars, "MAX_CHARS", 1000)
    monkeypatch.setattr(plain, "MOST", 1500)
    content = read_pdf(make_pages(tmp_path / "a.pdf", draw_much, draw_text))
    (repair,) = content.repairs
    assert (repair.kind, repair.block.page) == ("page_failed", 1)
    assert repair.detail == {"page": "1", "error": "PageTooLarge"}
    much, text = content.pages
    assert much.width == pytest.approx(WIDTH) and much.method == text.method == "pdfium"
    assert much.lines[0] == Block("Avance del plan", page=1, method="pdfium")
    assert much.lines[1].text.startswith("renglón 0 0123")
    assert much.unread > 1000 and sum(len(line.text) for line in much.lines) <= 1500
    assert text.lines[0].bbox is not None


def test_only_the_pages_asked_for_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    seen = pages.read_geometry
    monkeypatch.setattr(
        pages, "read_geometry", lambda page, at: (read.append(at), seen(page, at))[1]
    )
    path = make_pages(tmp_path / "a.pdf", draw_text, draw_mark, draw_mark)
    content = read_pdf(path, lambda page: page == 2)
    assert read == [2]
    assert (content.page_count, [page.number for page in content.pages]) == (3, [2])
    assert [table.number for table in content.tables] == [1]


def test_places_on_a_straightened_scan_are_those_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page whose arrays say that it was turned to be straight, and its table straight."""
    path = make_pages(tmp_path / "a.pdf", lambda canvas: (draw_mark(canvas), draw_text(canvas)))
    straight = read_pdf(path)
    seen = pages.read_geometry
    monkeypatch.setattr(pages, "read_geometry", lambda page, at: replace(seen(page, at), tilt=1.5))
    content = read_pdf(path)
    pairs = [
        *zip(straight.tables[0].cells, content.tables[0].cells, strict=True),
        *zip(straight.prose, content.prose, strict=True),
    ]
    assert len(pairs) >= 3
    for one, other in pairs:
        assert (one.text, other.bbox) != ("", None)
        boxes = np.array([one.bbox])
        (moved,) = seen_boxes(boxes, WIDTH, HEIGHT, 1.5).tolist()
        assert other.bbox == pytest.approx(moved)
        assert other.bbox != one.bbox and other.text == one.text


def lose_pages(monkeypatch: pytest.MonkeyPatch, *, also_resaved: bool) -> None:
    """Let PDFium see one page only of a file, as it may of a damaged one."""
    seen = pypdfium2.PdfDocument

    def open_one(data: bytes) -> pypdfium2.PdfDocument:
        pdf = seen(data)
        if also_resaved or b"ReportLab" in data[:200]:
            while len(pdf) > 1:
                pdf.del_page(1)
        return pdf

    monkeypatch.setattr(opening.pypdfium2, "PdfDocument", open_one)


def test_lost_pages_are_found_in_a_resaved_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose_pages(monkeypatch, also_resaved=False)
    content = read_pdf(make_pages(tmp_path / "a.pdf", draw_text, draw_text))
    assert [line.page for line in content.prose] == [1, 2]
    assert [repair.kind for repair in content.repairs] == ["damaged_repaired"]


def test_lost_pages_are_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lose_pages(monkeypatch, also_resaved=True)
    content = read_pdf(make_pages(tmp_path / "a.pdf", draw_text, draw_text, draw_text))
    (repair,) = content.repairs
    assert repair.kind == "missing_pages"
    assert repair.detail == {"read": "1", "counted": "3"}
    assert (content.page_count, len(content.pages)) == (3, 1)


def test_a_locked_file_says_so(tmp_path: Path) -> None:
    path = make_pages(tmp_path / "a.pdf", draw_text, encrypt=StandardEncryption("clave"))
    with pytest.raises(SourceError) as caught:
        read_pdf(path)
    assert caught.value.code == "encrypted"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n", b"not a PDF at all", b"%PDF-1.4\n%%EOF\n"])
def test_a_file_without_pages_says_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        read_pdf(path)
    assert caught.value.code == "damaged_unreadable"


def test_a_truncated_file_is_read_or_refused(tmp_path: Path) -> None:
    whole = make_pages(tmp_path / "a.pdf", draw_text, draw_mark).read_bytes()
    (tmp_path / "cut.pdf").write_bytes(whole[: len(whole) * 3 // 4])
    try:
        content = read_pdf(tmp_path / "cut.pdf")
    except SourceError as error:
        assert error.code == "damaged_unreadable"
    else:
        assert content.page_count == len(content.pages)
