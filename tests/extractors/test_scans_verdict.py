"""What a page is, told from its arrays: print, a picture of print, or a text that lies."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.geometry import Geometry
from extractors.pdfium import read_geometry
from extractors.scans import ocr
from extractors.scans.clean import find_tilt, is_photo
from extractors.scans.ocr import OcrMissing, ocr_available, see_words
from extractors.scans.picture_rules import find_rules
from extractors.scans.verdict import Kind, judge_page
from tests.extractors.pdfs import HEIGHT, WIDTH, make_pages

PROSE = (
    "El presente informe da cuenta del avance de los compromisos asumidos por la entidad",
    "durante el primer semestre, con los responsables y los medios de verificación señalados.",
    "Las actividades que no se cumplieron en el plazo previsto se reprogramaron para diciembre.",
)
NAMES = "Nº CUI PIA PIM DEV. % SNIP RUC GORE MEF UE 1 UE 2 IGP CTI SGP OCI PMO"
PICTURE = ImageReader(Image.new("RGB", (60, 80), "lightgrey"))


def text(canvas: Canvas, lines: tuple[str, ...] = PROSE, mode: int = 0) -> None:
    block = canvas.beginText(60, 760)
    block.setTextRenderMode(mode)
    for line in lines:
        block.textLine(line)
    canvas.drawText(block)


def picture(canvas: Canvas, share: float = 1.0) -> None:
    canvas.drawImage(PICTURE, 0, 0, WIDTH, HEIGHT * share)


def moved(line: str) -> str:
    """Text as a font without a map tells it: each letter by its place among the glyphs."""
    return "".join(chr(ord(letter) + 9) if letter.isascii() else letter for letter in line)


def mangled(line: str) -> str:
    return line.encode("utf-8").decode("cp1252", "replace")


def curves(canvas: Canvas) -> None:
    for place in range(200):
        x, y = 60 + place % 40 * 11, 700 - place // 40 * 20
        path = canvas.beginPath()
        path.moveTo(x, y)
        path.curveTo(x + 2, y + 9, x + 6, y + 9, x + 8, y)
        path.curveTo(x + 6, y - 2, x + 2, y - 2, x, y)
        canvas.drawPath(path, fill=1, stroke=0)


def geometry_of(folder: Path, draw: Callable[[Canvas], object]) -> Geometry:
    with pypdfium2.PdfDocument(make_pages(folder / "page.pdf", draw)) as pdf:
        return read_geometry(pdf[0], 1)


PAGES: list[tuple[str, Callable[[Canvas], object], Kind, tuple[str, ...]]] = [
    ("print", text, "digital", ()),
    ("nothing", lambda canvas: None, "digital", ()),
    ("names", lambda c: text(c, (NAMES,) * 5), "digital", ()),
    ("figures", lambda c: text(c, ("1,234.50  17 %  31-12-2020",) * 20), "digital", ()),
    ("a scan", picture, "scanned", ("full_picture", "no_print")),
    (
        "a scan with a hidden layer",
        lambda c: (picture(c), text(c, mode=3)),
        "scanned",
        ("full_picture", "hidden_print"),
    ),
    ("a stamped scan", lambda c: (picture(c), text(c)), "mixed", ("full_picture", "little_print")),
    ("print on a background", lambda c: (picture(c), text(c, PROSE * 9)), "digital", ()),
    ("print over a picture", lambda c: (picture(c, 0.3), text(c)), "mixed", ("picture",)),
    ("a logo", lambda c: (c.drawImage(PICTURE, 60, 60, 50, 60), text(c)), "digital", ()),
    ("another encoding", lambda c: text(c, tuple(map(moved, PROSE))), "lying", ("foreign",)),
    (
        "UTF-8 as cp1252",
        lambda c: text(c, (mangled("ejecución añadió"),) * 9),
        "lying",
        ("mangled", "foreign"),
    ),
    ("drawn letters", curves, "outlined", ("drawn",)),
]


@pytest.mark.parametrize(
    ("draw", "kind", "reasons"), [page[1:] for page in PAGES], ids=[page[0] for page in PAGES]
)
def test_verdicts(
    tmp_path: Path, draw: Callable[[Canvas], object], kind: Kind, reasons: tuple[str, ...]
) -> None:
    verdict = judge_page(geometry_of(tmp_path, draw))
    assert (verdict.kind, verdict.reasons) == (kind, reasons)
    assert verdict.needs_ocr == (kind != "digital")


def test_glyphs_without_unicode_lie(tmp_path: Path) -> None:
    page = geometry_of(tmp_path, text)
    codes = page.chars.codes.copy()
    codes[::2] = 0xFFFD
    verdict = judge_page(replace(page, chars=replace(page.chars, codes=codes)))
    assert verdict.kind == "lying" and "unread" in verdict.reasons


def test_regions_are_the_pictures_without_print(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text(canvas)
        canvas.drawImage(PICTURE, 60, 100, 300, 200)

    regions = judge_page(geometry_of(tmp_path, draw)).regions
    assert np.allclose(regions, [[60, HEIGHT - 300, 360, HEIGHT - 100]], atol=0.5)


@pytest.mark.skipif(ocr_available() == "tesserocr", reason="tesserocr is not here")
def test_a_missing_language_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    ocr._data_folder.cache_clear()
    ocr._engine.cache_clear()
    try:
        assert ocr_available() == "spa"
        with pytest.raises(OcrMissing, match="spa"):
            see_words(np.full((50, 50), 255, np.uint8), 300)
    finally:
        ocr._data_folder.cache_clear()


def test_rules_are_found_and_letters_are_not() -> None:
    ink = np.zeros((600, 900), np.uint8)
    ink[100:103, 50:850] = ink[500:503, 50:850] = 1
    ink[100:503, 50:53] = ink[100:503, 847:850] = 1
    for stem in range(3):
        ink[300:330, 200 + stem : 600 : 8] = 1  # stems of letters
    ink[314:317, 200:600] = 1  # and what joins them
    rules = find_rules(ink, 300 / 72)
    lying = [[50, 100, 850, 103], [50, 500, 850, 503]]
    standing = [[50, 100, 53, 503], [847, 100, 850, 503]]
    assert np.abs(rules.boxes - [*lying, *standing]).max() <= 1
    assert rules.mask[300:330, 200:600].sum() == 0 and rules.mask[101, 400] == 1


@pytest.mark.parametrize("tilt", [-4.0, -0.3, 0.0, 0.1, 2.5])
def test_the_tilt_is_found(tilt: float) -> None:
    lines = np.full((1200, 1600), 255, np.uint8)
    lines[200:1000:40, 300:1300] = lines[206:1000:40, 300:1300:3] = 0
    turned = Image.fromarray(lines).rotate(tilt, fillcolor=255, resample=Image.Resampling.BICUBIC)
    assert find_tilt(np.asarray(turned)) == pytest.approx(tilt, abs=0.05)


def test_a_photograph_has_no_ground() -> None:
    shades = np.add.outer(np.arange(400), np.arange(400)) * 255 // 800
    table = np.full((400, 400), 250)
    table[::20] = table[:, ::50] = 0
    assert is_photo(shades.astype(np.uint8))
    assert not is_photo(table.astype(np.uint8))
