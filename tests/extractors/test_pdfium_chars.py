"""Characters of a page from PDFium, at places known to the point."""

import numpy as np
import pypdfium2
import pytest
from pdfium_pages import read_page, say, write_pdf

from extractors.geometry import ASKEW, UNREAD, Geometry
from extractors.pdfium import PageTooLarge, chars, read_geometry

# Helvetica: "Hola mundo" of 10 points at (50, 250) on a page 300 high; the type reaches 9.53
# above its line and 2.17 below.
HOLA = say("Hola mundo", 50, 250)


def codes(page: Geometry) -> str:
    return "".join(map(chr, page.chars.codes.tolist()))


def word_boxes(page: Geometry) -> list[list[float]]:
    return page.words.boxes.round(1).tolist()


@pytest.mark.parametrize(
    ("rotation", "size", "turn", "boxes"),
    [
        (0, (400, 300), 0, [[50, 40.5, 70.6, 52.2], [73.3, 40.5, 103.9, 52.2]]),
        (90, (300, 400), 90, [[247.8, 50, 259.5, 70.6], [247.8, 73.3, 259.5, 103.9]]),
        (180, (400, 300), 180, [[329.4, 247.8, 350, 259.5], [296.1, 247.8, 326.7, 259.5]]),
        (270, (300, 400), 270, [[40.5, 329.4, 52.2, 350], [40.5, 296.1, 52.2, 326.7]]),
    ],
)
def test_a_turned_page_is_read_as_seen(rotation, size, turn, boxes):
    page = read_page(HOLA, extra=f"/Rotate {rotation}")
    assert (page.width, page.height, page.rotation) == (*size, rotation)
    assert page.words.texts == ("Hola", "mundo")
    assert page.words.turns.tolist() == [turn, turn]
    assert word_boxes(page) == boxes


@pytest.mark.parametrize(
    ("rotation", "size", "boxes"),
    [
        (0, (290, 250), [[40, 40.5, 60.6, 52.2], [63.3, 40.5, 93.9, 52.2]]),
        (90, (250, 290), [[197.8, 40, 209.5, 60.6], [197.8, 63.3, 209.5, 93.9]]),
        (180, (290, 250), [[229.4, 197.8, 250, 209.5], [196.1, 197.8, 226.7, 209.5]]),
        (270, (250, 290), [[40.5, 229.4, 52.2, 250], [40.5, 196.1, 52.2, 226.7]]),
    ],
)
def test_what_the_crop_box_leaves_out_is_counted_as_hidden(rotation, size, boxes):
    page = read_page(
        HOLA + say("fuera", 350, 280),
        media=(-20, 30, 400, 330),
        extra=f"/Rotate {rotation} /CropBox [10 50 300 300]",
    )
    assert (page.width, page.height) == size
    assert page.words.texts == ("Hola", "mundo")
    assert word_boxes(page) == boxes
    assert page.hidden == 5


def test_a_crop_box_beside_the_page_is_no_crop_box():
    page = read_page(HOLA, extra="/CropBox [500 500 600 600]")
    assert (page.width, page.height) == (400, 300)
    assert word_boxes(page)[0] == [50, 40.5, 70.6, 52.2]


def test_text_set_sideways_has_its_turn_as_seen():
    sideways = "BT /F1 10 Tf {} {} {} {} {} 100 Tm (Lado) Tj ET\n"
    turned = [
        (0, -1, 1, 0, 50),
        (-1, 0, 0, -1, 120),
        (0, 1, -1, 0, 200),
        (0.8, 0.6, -0.6, 0.8, 300),
    ]
    content = "".join(sideways.format(*matrix) for matrix in turned)
    assert read_page(content).words.turns.tolist() == [90, 180, 270, ASKEW]
    on_its_side = read_page(content, extra="/Rotate 90")
    assert on_its_side.words.turns.tolist() == [180, 270, 0, ASKEW]
    assert word_boxes(on_its_side)[2] == [100.0, 190.6, 122.2, 202.2]


def test_slanted_type_is_no_askew_type():
    assert read_page("BT /F1 10 Tf 1 0 0.3 1 50 50 Tm (Cursiva) Tj ET").words.turns.tolist() == [0]


def test_slanted_letters_are_no_wider_than_their_advance():
    slanted = read_page("BT /F1 10 Tf 1 0 0.3 1 50 50 Tm (Cursiva) Tj ET").chars.boxes
    upright = read_page(say("Cursiva", 50, 50)).chars.boxes
    assert np.allclose(slanted[:, 2] - slanted[:, 0], upright[:, 2] - upright[:, 0], atol=0.01)
    assert np.allclose(slanted[:, 0], upright[:, 0] - 0.672, atol=0.001)


def test_text_in_forms_is_put_where_the_form_is():
    inner = say("Hola", 10, 10) + say(" ", 30, 10) + say("gente", 32, 10, font="F2")
    page = read_page(
        "q 2 0 0 2 10 20 cm /X Do Q",
        forms={"X": ("/BBox [0 0 200 200] /Matrix [1 0 0 1 5 5]", inner)},
    )
    assert page.words.texts == ("Hola", "gente")
    assert word_boxes(page)[0] == [40.0, 231.1, 81.1, 254.5]
    assert set(page.chars.sizes.tolist()) == {20.0}
    assert page.chars.weights.tolist() == [400] * 5 + [700] * 5


def test_forms_in_each_other_end():
    page = read_page("/X Do", forms={"X": ("/BBox [0 0 200 200]", say("Hola", 10, 10) + "/X Do")})
    assert page.words.texts == ("Hola",)


def test_characters_come_in_the_order_of_printing():
    page = read_page(say("dos", 100, 100) + say("uno", 50, 100) + say("tres", 75, 100))
    assert page.words.texts == ("dos", "uno", "tres")
    assert page.chars.objects.tolist() == [0] * 3 + [1] * 3 + [2] * 4


def test_bold_made_by_printing_twice_is_read_once():
    page = read_page(say("Negrita", 50, 200) + say("Neg", 50.4, 200) + say("rita", 68.5, 200))
    assert codes(page) == "Negrita"
    assert page.doubled == 7


def test_letters_printed_twice_on_purpose_stay():
    page = read_page(say("llave", 50, 200) + say("llave", 50, 188) + say("1", 80, 200))
    assert codes(page) == "llavellave1"
    assert page.doubled == 0


def test_a_font_without_unicode_is_told():
    page = read_page(say("ABC", 50, 200, font="F3") + say(" ABC", 90, 200))
    assert page.chars.codes.tolist() == [UNREAD] * 3 + [32, 65, 66, 67]
    assert page.unread == 3


def test_letters_of_a_ligature_share_its_box():
    page = read_page(say("o", 50, 200) + say("A", 55.56, 200, font="F4") + say("na", 64.56, 200))
    assert page.words.texts == ("offina",)
    assert page.chars.boxes[:5, 0].round(2).tolist() == [50.0, 55.56, 58.56, 61.56, 64.56]
    assert page.doubled == 0


def test_hyphens_at_the_end_of_a_line_are_hyphens():
    page = read_page(
        say("co\xad", 50, 200) + say("bra", 50, 188) + say("pre-", 150, 200) + say("fijo", 150, 188)
    )
    assert page.words.texts == ("co-", "bra", "pre-", "fijo")


def test_blanks_that_nobody_printed_are_no_characters():
    page = read_page("BT /F1 10 Tf 1 0 0 1 20 100 Tm [(uno)-600(dos)] TJ ET\n" + say("fin", 20, 50))
    assert codes(page) == "unodosfin"
    assert page.words.texts == ("uno", "dos", "fin")


def test_a_blank_alone_in_a_text_object_parts_words():
    page = read_page(say("uno", 20, 100) + say(" ", 36.1, 100) + say("dos", 37, 100))
    assert codes(page) == "uno dos"
    assert page.words.texts == ("uno", "dos")


def test_invisible_ink_is_told():
    page = read_page("3 Tr " + say("oculto", 20, 100) + "0 Tr " + say("claro", 20, 50))
    assert page.chars.visible.tolist() == [False] * 6 + [True] * 5


def test_type_with_an_outline_is_bold():
    page = read_page("2 Tr " + say("grueso", 20, 100))
    assert set(page.chars.weights.tolist()) == {700}


def test_narrowed_type_keeps_its_height():
    page = read_page("BT 50 Tz /F1 10 Tf 1 0 0 1 20 100 Tm (angosto) Tj ET")
    assert word_boxes(page) == [[20.0, 190.6, 37.8, 202.2]]
    assert set(page.chars.sizes.tolist()) == {10.0}


@pytest.mark.parametrize("content", ["", say("   ", 20, 100), say("x", 10, 10, 0)])
def test_a_page_without_print_has_no_words(content):
    page = read_page(content)
    assert page.words.texts == ()
    assert page.words.boxes.shape == (0, 4)


def test_numbers_beyond_reason_are_survived():
    page = read_page("1e38 0 0 1e38 0 0 cm " + say("abc", 1e38, 1e38) + "0 0 m 2e38 1e38 l S")
    assert len(page.chars) == 0
    assert np.isfinite(page.rules).all()


def test_more_characters_than_are_read_in_seconds_are_refused(monkeypatch):
    monkeypatch.setattr(chars, "MAX_CHARS", 100)
    document = pypdfium2.PdfDocument(write_pdf(say("demasiado " * 11, 20, 100)))
    with pytest.raises(PageTooLarge, match="110 characters"):
        read_geometry(document[0], 1)
