"""What OCR makes of stamps and signatures is no table."""

from collections.abc import Sequence

import numpy as np
import pytest

from extractors.geometry import Geometry, Words, chars_of_words
from extractors.tables.grid import make_grid
from extractors.tables.judge import are_scraps

STAMP = [["y", "N", "CA"], ["", "Ni", "Y"], ["Po A", "", "y"]]
MARKS = [["Unidad", "Enero", "Marzo"], ["Obras", "X", "X"], ["Agua", "X", "X"], ["Aseo", "X", "X"]]
AMOUNTS = [["10", "20", "35"], ["15", "12", "90"]]


def grid_of(rows: Sequence[Sequence[str]]):
    """Cells of 50 by 20 points."""
    boxes = [
        (50.0 * c, 20.0 * r, 50.0 * c + 50, 20.0 * r + 20)
        for r, row in enumerate(rows)
        for c in range(len(row))
    ]
    return make_grid(boxes, "unruled")


def scan(rows: Sequence[Sequence[str]], sure: float, method: str = "tesseract") -> Geometry:
    """The words of the cells side by side, 5 points a letter; scraps of one or two are unsure."""
    texts, boxes = [], []
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            x = 50.0 * c + 4
            for text in cell.split():
                texts.append(text)
                boxes.append((x, 20.0 * r + 5, x + 5 * len(text), 20.0 * r + 15))
                x += 5 * len(text) + 4
    told = np.array([sure if len(text) < 3 else 95.0 for text in texts])
    ends = np.cumsum([len(text) for text in texts])
    words = Words(
        tuple(texts),
        np.concatenate(([0], ends[:-1])),
        ends,
        np.array(boxes),
        np.zeros(len(texts), np.int64),
        np.arange(len(texts)),
    )
    none = np.zeros((0, 4))
    shades = np.zeros(0, np.int64)
    chars = chars_of_words(texts, np.array(boxes), told)
    return Geometry(
        1, 600, 800, 0, chars, words, none, shades, none, shades, none, method=method
    )  # fmt: skip


def test_scraps_of_letters_are_a_stamp():
    assert are_scraps(grid_of(STAMP), scan(STAMP, 45.0))


@pytest.mark.parametrize(
    ("rows", "sure", "method"),
    [
        (STAMP, 95.0, "tesseract"),  # surely read: marks of a table
        (STAMP, 45.0, "pdfium"),  # printed
        (MARKS, 45.0, "tesseract"),  # words lead its rows and columns
        (AMOUNTS, 45.0, "tesseract"),  # figures
    ],
    ids=["sure", "printed", "marks", "figures"],
)
def test_a_table_is_none(rows: list[list[str]], sure: float, method: str):
    assert not are_scraps(grid_of(rows), scan(rows, sure, method))
