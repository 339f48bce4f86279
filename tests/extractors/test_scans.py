"""Scanned pages: read into the arrays of any page, so that the same finders see their tables."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.geometry import Geometry
from extractors.pdfium import read_geometry
from extractors.scans import read as scans
from extractors.scans.ocr import ocr_available
from extractors.scans.read import read_scan
from extractors.scans.regions import join_strips
from extractors.scans.render import seen_boxes
from extractors.scans.verdict import judge_page
from extractors.tables.find import read_tables
from tests.extractors.pdfs import HEIGHT, WIDTH, make_flow, make_pages, ruled

ROWS = [
    ["Actividad", "Responsable", "Meta", "Avance"],
    ["Publicar el presupuesto", "Secretaría de Hacienda", "12", "75%"],
    ["Capacitar a funcionarios", "Oficina de Personal", "1,250.00", "40%"],
    ["Instalar el comité ciudadano", "Alcaldía Municipal", "3", "100%"],
]
DPI = 200

needs_ocr = pytest.mark.skipif(
    ocr_available() is not None, reason=f"no OCR here: {ocr_available()} is missing"
)


def picture_of(path: Path) -> Image.Image:
    """The first page of a PDF, as a scanner would see it."""
    with pypdfium2.PdfDocument(path) as pdf:
        return pdf[0].render(scale=DPI / 72).to_pil().convert("RGB")


def make_scan(path: Path, picture: Image.Image, draw: Callable[[Canvas], object] = id) -> Path:
    """A page that holds nothing but a picture, and what `draw` adds."""
    size = (picture.width * 72 / DPI, picture.height * 72 / DPI)

    def page(canvas: Canvas) -> None:
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(picture), 0, 0, *size)
        draw(canvas)

    return make_pages(path, page)


def read(path: Path) -> Geometry:
    """The first page of a PDF, read as its verdict asks."""
    with pypdfium2.PdfDocument(path) as pdf:
        geometry = read_geometry(pdf[0], 1)
        return read_scan(pdf[0], geometry, judge_page(geometry))


def cells(geometry: Geometry) -> list[list[str]]:
    """The text of the only table."""
    (table,) = read_tables(geometry, 1).tables
    return [[cell.text.replace("\n", " ") if cell else "" for cell in row] for row in table.rows]


@pytest.fixture
def printed(tmp_path: Path) -> Image.Image:
    """A ruled table on paper."""
    return picture_of(make_flow(tmp_path / "printed.pdf", [ruled(ROWS)]))


@needs_ocr
@pytest.mark.parametrize("tilt", [0.0, 1.3, -0.7])
def test_a_scanned_ruled_table_has_its_cells(
    tmp_path: Path, printed: Image.Image, tilt: float
) -> None:
    turned = printed.rotate(tilt, fillcolor="white", resample=Image.Resampling.BICUBIC)
    geometry = read(make_scan(tmp_path / "scan.pdf", turned))
    assert cells(geometry) == ROWS
    assert geometry.method == "tesseract"
    assert geometry.tilt == pytest.approx(tilt, abs=0.1)
    assert np.nanmin(geometry.chars.confidences) > 50


@needs_ocr
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_text_that_lies_on_its_side_is_turned(
    tmp_path: Path, printed: Image.Image, turn: int
) -> None:
    geometry = read(make_scan(tmp_path / "scan.pdf", printed.rotate(-turn, expand=True)))
    assert set(geometry.chars.turns.tolist()) == {turn}
    assert "Responsable" in geometry.words.texts


@needs_ocr
def test_boxes_stand_where_the_page_shows_them(tmp_path: Path) -> None:
    """A word's box, put back by the tilt, holds its ink; and nothing else does."""
    paper = picture_of(
        make_pages(tmp_path / "p.pdf", lambda c: c.drawString(400, 700, "Compromiso"))
    )
    turned = paper.rotate(2, fillcolor="white", resample=Image.Resampling.BICUBIC)
    geometry = read(make_scan(tmp_path / "scan.pdf", turned))
    ((x0, top, x1, bottom),) = seen_boxes(geometry.words.boxes, WIDTH, HEIGHT, geometry.tilt)
    ys, xs = np.nonzero(np.asarray(turned.convert("L")) < 128)
    ink = np.array([xs.min(), ys.min(), xs.max(), ys.max()]) * 72 / DPI
    assert np.abs(ink - [x0, top, x1, bottom]).max() < 4


@needs_ocr
def test_speckle_does_not_hide_the_words(tmp_path: Path, printed: Image.Image) -> None:
    pixels = np.asarray(printed.convert("L")).copy()
    dots = np.random.default_rng(7).random(pixels.shape) < 0.004
    pixels[dots] = 0
    geometry = read(make_scan(tmp_path / "scan.pdf", Image.fromarray(pixels).convert("RGB")))
    assert cells(geometry) == ROWS


@needs_ocr
def test_a_coloured_stamp_over_print_is_taken_off(tmp_path: Path, printed: Image.Image) -> None:
    stamped = printed.copy()
    draw = ImageDraw.Draw(stamped)
    for inset in range(0, 12):
        box = (500 + inset, 120 + inset, 980 - inset, 420 - inset)
        draw.ellipse(box, outline=(40, 60, 225))
    stamped = Image.composite(
        printed, stamped, printed.convert("L").point(lambda v: 255 * (v < 90))
    )
    geometry = read(make_scan(tmp_path / "scan.pdf", stamped.filter(ImageFilter.BoxBlur(0.5))))
    assert cells(geometry) == ROWS


@needs_ocr
def test_a_picture_of_a_table_within_print_is_read_beside_it(
    tmp_path: Path, printed: Image.Image
) -> None:
    table = printed.crop((300, 180, 1400, 420))

    def page(canvas: Canvas) -> None:
        canvas.drawString(72, 780, "Informe de avance, digital")
        canvas.drawImage(
            ImageReader(table), 72, 500, table.width * 72 / DPI, table.height * 72 / DPI
        )

    path = make_pages(tmp_path / "mixed.pdf", page)
    geometry = read(path)
    texts = geometry.words.texts
    assert texts[:4] == ("Informe", "de", "avance,", "digital")
    assert "Secretaría" in texts and texts.count("digital") == 1
    joined = "".join(map(chr, geometry.chars.codes))
    starts, ends = geometry.words.starts, geometry.words.ends
    assert tuple(joined[a:b] for a, b in zip(starts, ends, strict=True)) == texts


def plot() -> Image.Image:
    """A chart: bars on an axis, with hardly a word."""
    chart = Image.new("RGB", (900, 500), "white")
    pen = ImageDraw.Draw(chart)
    pen.line((60, 20, 60, 450, 880, 450), fill="black", width=3)
    for bar in range(6):
        pen.rectangle((100 + 130 * bar, 400 - 60 * bar, 180 + 130 * bar, 450), fill="steelblue")
    return chart


def test_a_chart_within_print_is_not_read(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(72, 780, "Informe de avance, digital")
        canvas.drawImage(ImageReader(plot()), 72, 500, 324, 180)

    with pypdfium2.PdfDocument(make_pages(tmp_path / "chart.pdf", page)) as pdf:
        geometry = read_geometry(pdf[0], 1)
        verdict = judge_page(geometry)
        assert verdict.needs_ocr
        assert read_scan(pdf[0], geometry, verdict) is geometry


@needs_ocr
def test_a_picture_that_comes_again_is_read_once(
    tmp_path: Path, printed: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = printed.crop((300, 180, 1400, 420))
    seen = []

    def page(canvas: Canvas) -> None:
        canvas.drawString(72, 780, f"Hoja {canvas.getPageNumber()}, digital")
        canvas.drawImage(ImageReader(table), 72, 500, 396, 86)

    def see(*told: object, **more: object) -> object:
        seen.append(told)
        return see_page(*told, **more)

    see_page = scans._see_page
    monkeypatch.setattr(scans, "_see_page", see)
    known: scans.Known = {}
    with pypdfium2.PdfDocument(make_pages(tmp_path / "again.pdf", page, page)) as pdf:
        pages = [read_geometry(pdf[at], at + 1) for at in (0, 1)]
        read = [read_scan(pdf[at], one, judge_page(one), known) for at, one in enumerate(pages)]
    assert len(seen) == 1
    assert read[0].words.texts[3:] == read[1].words.texts[3:] != ()


def test_strips_of_one_picture_are_joined() -> None:
    strips = np.array([[0.0, 0, 100, 50], [0, 50, 100, 90], [300, 0, 400, 90]])
    assert [box.tolist() for box in join_strips(strips)] == [[0, 0, 100, 90], [300, 0, 400, 90]]


def test_a_digital_page_comes_back_as_it_is(tmp_path: Path) -> None:
    path = make_pages(tmp_path / "digital.pdf", lambda canvas: canvas.drawString(72, 700, "Texto"))
    with pypdfium2.PdfDocument(path) as pdf:
        geometry = read_geometry(pdf[0], 1)
        assert read_scan(pdf[0], geometry, judge_page(geometry)) is geometry


@needs_ocr
@pytest.mark.parametrize("size", [(3, 3), (14_000, 4), (4, 14_000), (12_000, 12_000)])
def test_pages_of_any_size_are_read(tmp_path: Path, size: tuple[float, float]) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(Image.new("RGB", (8, 8), "white")), 0, 0, *size)

    assert len(read(make_pages(tmp_path / "odd.pdf", page)).words) == 0
