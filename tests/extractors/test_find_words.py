"""Characters into words, in the order of printing."""

from dataclasses import replace

import numpy as np
import pytest

from extractors.geometry import ASKEW, Chars, chars_of_words, empty_chars, make_chars
from extractors.words import find_words

# Every character is 5 wide and 10 high unless told; text begins at (0, 0).


def print_text(text: str, gaps: dict[int, float] | None = None, every: float = 0.0) -> Chars:
    """Characters in a row; `gaps` tells the points before some of them."""
    gaps = gaps or {}
    left, at = [], 0.0
    for number in range(len(text)):
        at += gaps.get(number, every if number else 0.0)
        left.append(at)
        at += 5.0
    x = np.array(left)
    boxes = np.column_stack([x, np.zeros_like(x), x + 5.0, np.full_like(x, 10.0)])
    return make_chars(np.array([ord(letter) for letter in text], np.int64), boxes)


def join(*parts: Chars) -> Chars:
    names = Chars.__slots__
    return Chars(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def moved(chars: Chars, x: float, y: float) -> Chars:
    return replace(chars, boxes=chars.boxes + np.array([x, y, x, y]))


def test_blanks_part_words_and_are_in_none():
    words = find_words(print_text("uno dos\u00a0tres\n"))
    assert words.texts == ("uno", "dos", "tres")
    assert words.starts.tolist() == [0, 4, 8]
    assert words.ends.tolist() == [3, 7, 12]
    assert words.runs.tolist() == [0, 0, 0]
    assert words.boxes.tolist() == [[0, 0, 15, 10], [20, 0, 35, 10], [40, 0, 60, 10]]


@pytest.mark.parametrize(
    ("gap", "texts", "runs"),
    [
        (2.0, ("unodos",), [0]),
        (2.1, ("uno", "dos"), [0, 0]),
        (10.0, ("uno", "dos"), [0, 0]),
        (10.1, ("uno", "dos"), [0, 1]),
        (-5.0, ("unodos",), [0]),
        (-5.1, ("uno", "dos"), [0, 1]),
    ],
)
def test_gaps_in_parts_of_the_size_part_words_and_runs(gap, texts, runs):
    words = find_words(print_text("unodos", {3: gap}))
    assert words.texts == texts
    assert words.runs.tolist() == runs


def test_a_taller_box_than_the_type_moves_no_gap():
    chars = print_text("unodos", {3: 2.1})
    tall = replace(chars, boxes=chars.boxes + np.array([0.0, -3.0, 0.0, 3.0]))
    assert find_words(tall).texts == ("uno", "dos")


def test_the_next_line_is_another_run():
    words = find_words(join(print_text("uno"), moved(print_text("dos"), 15, 6)))
    assert words.runs.tolist() == [0, 1]
    risen = find_words(join(print_text("uno"), moved(print_text("2"), 15, -5)))
    assert risen.texts == ("uno2",)


def test_text_of_one_place_is_told_apart_by_its_order():
    over = join(print_text("desbordada"), moved(print_text("12"), 20, 0))
    assert find_words(over).texts == ("desbordada", "12")


def test_letters_spaced_out_evenly_are_one_word():
    assert find_words(print_text("ESPACIADA", every=3.0)).texts == ("ESPACIADA",)
    assert find_words(print_text("ABCDEF", {3: 8.6}, every=3.0)).texts == ("ABC", "DEF")
    assert find_words(print_text("abcde", every=3.0)).texts == ("a", "b", "c", "d", "e")
    assert find_words(print_text("abcdef", every=3.6)).texts == tuple("abcdef")


def test_tracking_of_one_run_widens_no_other():
    spaced = print_text("ESPACIADA", every=3.0)
    words = find_words(join(spaced, moved(print_text("unodos", {3: 2.5}), 0, 30)))
    assert words.texts == ("ESPACIADA", "uno", "dos")


@pytest.mark.parametrize(
    ("turn", "place"),
    [
        (90, lambda x0, y0, x1, y1: (100 - y1, x0, 100 - y0, x1)),
        (180, lambda x0, y0, x1, y1: (100 - x1, 100 - y1, 100 - x0, 100 - y0)),
        (270, lambda x0, y0, x1, y1: (y0, 100 - x1, y1, 100 - x0)),
    ],
)
def test_turned_text_is_read_along_its_turn(turn, place):
    upright = print_text("unodos", {3: 3.0})
    boxes = np.array([place(*box) for box in upright.boxes.tolist()])
    words = find_words(replace(upright, boxes=boxes, turns=np.full(6, turn)))
    assert words.texts == ("uno", "dos")
    assert words.turns.tolist() == [turn, turn]
    assert words.boxes[0].tolist() == list(place(0, 0, 15, 10))


def test_askew_text_is_parted_by_blanks_alone():
    steps = np.arange(9.0)
    boxes = np.column_stack([steps * 7, steps * 7, steps * 7 + 9, steps * 7 + 9])
    codes = np.array([ord(letter) for letter in "COPIA SIN"], np.int64)
    stamp = replace(make_chars(codes, boxes), turns=np.full(9, ASKEW))
    words = find_words(join(print_text("uno"), stamp))
    assert words.texts == ("uno", "COPIA", "SIN")
    assert words.runs.tolist() == [0, 1, 1]


def test_ligatures_are_spelt_out():
    assert find_words(print_text("o\ufb01cina")).texts == ("oficina",)


def test_what_is_no_letter_at_all_harms_nothing():
    odd = print_text("a\x00b")
    assert find_words(odd).texts == ("a", "b")
    assert find_words(replace(odd, codes=np.array([0xD800, 0x10FFFF, 0xFFFD]))).texts[0][1:] == (
        "\U0010ffff\ufffd"
    )


@pytest.mark.parametrize("chars", [empty_chars(), print_text("   ")])
def test_no_characters_make_no_words(chars):
    words = find_words(chars)
    assert words.texts == ()
    assert words.boxes.shape == (0, 4)


def test_recognised_words_share_their_boxes_among_their_letters():
    boxes = np.array([[10.0, 20, 40, 30], [40, 20, 41, 30], [41, 20, 51, 30]])
    chars = chars_of_words(("año", " ", "2"), boxes, np.array([91.0, 91, 33]))
    assert chars.boxes[:, 0].tolist() == [10, 20, 30, 40, 41]
    assert chars.confidences.tolist() == [91, 91, 91, 91, 33]
    assert chars.objects.tolist() == [0, 0, 0, 1, 2]
    words = find_words(chars)
    assert words.texts == ("año", "2")
    assert words.boxes.tolist() == boxes[[0, 2]].tolist()
