"""Rules, fills and images of a page from PDFium, at places known to the point."""

import pypdfium2
import pytest
from pdfium_pages import read_page, say, write_pdf

from extractors.geometry import Geometry
from extractors.pdfium import PageTooLarge, objects, read_geometry, shapes

# Pages are 400 wide and 300 high; a line at 100 from below is seen at 200.
LINE = "50 100 m 150 100 l S\n"


def rules(page: Geometry) -> list[list[float]]:
    return page.rules.round(2).tolist()


def test_a_stroked_line_is_a_rule_as_thick_as_the_pen():
    page = read_page("0.5 w " + LINE + "0.5 0.5 0.5 RG 2 w 300 50 m 300 250 l S")
    assert rules(page) == [[50, 199.75, 150, 200.25], [299, 50, 301, 250]]
    assert page.rule_shades.tolist() == [0, 0x808080]


def test_rules_are_turned_with_the_page():
    turned = {90: [[99.5, 50, 100.5, 150]], 180: [[250, 99.5, 350, 100.5]]}
    for rotation, expected in turned.items():
        assert rules(read_page("1 w " + LINE, extra=f"/Rotate {rotation}")) == expected


def test_a_stroked_rectangle_is_four_rules():
    assert rules(read_page("1 w 50 50 100 60 re S")) == [
        [50, 189.5, 150, 190.5],
        [50, 249.5, 150, 250.5],
        [49.5, 190, 50.5, 250],
        [149.5, 190, 150.5, 250],
    ]


def test_a_thin_filled_rectangle_is_a_rule():
    page = read_page("50 100 100 0.48 re f 1 0 0 rg 60 20 1 70 re f")
    assert rules(page) == [[50, 199.52, 150, 200], [60, 210, 61, 280]]
    assert page.rule_shades.tolist() == [0, 0xFF0000]
    assert len(page.fills) == 0


def test_a_thin_shape_of_any_points_is_a_rule():
    page = read_page("50 100 m 90 100 l 150 100 l 150 102 l 90 102 l 50 102 l 50 100 l h f")
    assert rules(page) == [[50, 198, 150, 200]]


@pytest.mark.parametrize(
    "order", ["50 50 100 60 re 51 51 98 58 re", "51 51 98 58 re 50 50 100 60 re"]
)
def test_a_filled_frame_is_four_rules(order):
    page = read_page(f"{order} f*")
    assert rules(page) == [
        [50, 190, 150, 191],
        [50, 249, 150, 250],
        [50, 190, 51, 250],
        [149, 190, 150, 250],
    ]
    assert (len(page.fills), page.paths) == (0, 0)


def test_a_rectangle_with_points_on_its_sides_is_a_fill():
    page = read_page(
        "50 50 m 90 50 l 150 50 l 150 90 l 90 90 l 50 90 l h f 10 10 m 50 10 l 50 50 l f"
    )
    assert page.fills.tolist() == [[50, 210, 150, 250]]
    assert page.paths == 1


def test_a_filled_rectangle_is_a_fill_of_its_colour():
    page = read_page("0.8 1 0.8 rg 50 100 100 20 re f 0 0 1 RG 1 w 50 50 100 20 re B")
    assert page.fills.round(2).tolist() == [[50, 180, 150, 200], [50, 230, 150, 250]]
    assert page.fill_shades.tolist() == [0xCCFFCC, 0xCCFFCC]
    assert page.rule_shades.tolist() == [0xFF] * 4


def test_white_is_a_shade_and_clear_ink_is_none():
    clear = "q /Clear gs 50 10 100 20 re f 50 5 m 90 5 l S Q"
    page = read_page("1 g 1 G 50 50 100 20 re f " + LINE + clear)
    assert page.fill_shades.tolist() == [0xFFFFFF]
    assert page.rule_shades.tolist() == [0xFFFFFF]


@pytest.mark.parametrize(
    "content",
    [
        "1 w [3 2] 0 d " + LINE,
        "1 w " + "".join(f"{x} 100 m {x + 3} 100 l S\n" for x in range(50, 150, 5)),
        "".join(f"{x} 99.5 1 1 re f\n" for x in range(50, 150, 3)),
    ],
    ids=["dashed pen", "dashes", "dots"],
)
def test_dashes_are_one_rule(content):
    (rule,) = rules(read_page(content))
    assert rule[0] == 50
    assert 147 <= rule[2] <= 150
    assert rule[1::2] == [199.5, 200.5]


def test_a_few_short_pieces_are_no_dashes():
    boxes = "".join(f"{x} 100 6 6 re S\n" for x in (50, 60, 70))
    assert len(read_page(boxes).rules) == 12


def test_a_line_drawn_cell_by_cell_is_one_rule():
    cells = "".join(f"{x} 100 m {x + 40} 100 l S\n" for x in (50, 90, 130))
    assert rules(read_page(cells)) == [[50, 199.5, 170, 200.5]]


def test_double_lines_stay_two():
    assert len(read_page("0.5 w " + LINE + "50 101.5 m 150 101.5 l S").rules) == 2


def test_pieces_of_two_shades_are_two_rules():
    assert len(read_page(LINE + "1 G 150 100 m 250 100 l S").rules) == 2


def test_a_dot_is_no_rule():
    assert len(read_page("50 100 2 2 re f").rules) == 0


def test_what_is_neither_rule_nor_fill_is_counted():
    drawn = "50 50 m 60 90 90 90 100 50 c S 10 10 m 90 200 l S 50 100 m 100 100 l 75 140 l f"
    page = read_page(drawn)
    assert (len(page.rules), len(page.fills), page.paths) == (0, 0, 3)


def test_one_path_of_many_parts_is_read_part_by_part():
    page = read_page("1 w 50 50 m 150 50 l 50 80 m 150 80 l S 50 100 90 30 re 200 100 90 30 re f")
    assert rules(page) == [[50, 219.5, 150, 220.5], [50, 249.5, 150, 250.5]]
    assert page.fills.tolist() == [[50, 170, 140, 200], [200, 170, 290, 200]]


def test_shapes_in_forms_are_put_where_the_form_is():
    page = read_page(
        "q 2 0 0 2 10 20 cm /X Do Q",
        forms={"X": ("/BBox [0 0 200 200] /Matrix [1 0 0 1 5 5]", "1 w 0 0 m 50 0 l S")},
    )
    assert rules(page) == [[20, 269, 120, 271]]


def test_shapes_are_cut_at_the_edge_of_the_page():
    page = read_page("1 w -50 100 m 900 100 l S 0.9 g -20 200 90 300 re f 500 20 90 50 re f")
    assert rules(page) == [[0, 199.5, 400, 200.5]]
    assert page.fills.tolist() == [[0, 0, 70, 100]]


def test_an_image_has_its_box():
    picture = "q 100 0 0 50 20 200 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q"
    assert read_page(picture).images.round(2).tolist() == [[20, 50, 120, 100]]


def test_a_grid_drawn_cell_by_cell_is_its_lines():
    cells = (f"{x} {y} 10 10 re S\n" for x in range(0, 400, 10) for y in range(0, 300, 10))
    assert len(read_page("0.3 w " + "".join(cells)).rules) == 41 + 31


def test_points_beyond_the_limit_are_counted_not_read(monkeypatch):
    monkeypatch.setattr(shapes, "MAX_POINTS", 10)
    page = read_page(LINE * 2 + "10 10 m " + "20 20 l " * 20 + "S")
    assert (len(page.rules), page.paths) == (1, 1)


def test_more_objects_than_are_read_in_seconds_are_refused(monkeypatch):
    monkeypatch.setattr(objects, "MAX_OBJECTS", 50)
    document = pypdfium2.PdfDocument(write_pdf(LINE * 51))
    with pytest.raises(PageTooLarge, match="50 objects"):
        read_geometry(document[0], 1)


def test_a_crowded_page_is_read_whole():
    crowd = "".join(say(f"{y:03}" * 40, 5, y / 3, 2) for y in range(3, 890))
    document = pypdfium2.PdfDocument(write_pdf(crowd))
    assert len(read_geometry(document[0], 1).chars) == 887 * 120
