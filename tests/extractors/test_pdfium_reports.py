"""First pages of real reports: the characters that pdfplumber reads, at the same places."""

from collections import Counter
from pathlib import Path

import numpy as np
import pdfplumber
import pypdfium2

from extractors.geometry import are_blank
from extractors.pdfium import read_geometry
from extractors.tables.boxes import object_box
from extractors.words import LIGATURES

EVERY = 6  # of the reports, to spare time; `benchmarks/geometry.py` reads them all


def their_characters(path: Path) -> tuple[Counter[str], np.ndarray]:
    with pdfplumber.open(path) as pdf:
        shown = [char for char in pdf.pages[0].chars if not char["text"].isspace()]
        boxes = np.array([object_box(char) for char in shown]).reshape(-1, 4)
        places = (boxes[:, :2] + boxes[:, 2:]) / 2
        text = "".join(LIGATURES.get(char["text"], char["text"]) for char in shown)
        return Counter(text.replace("\u00ad", "-")), places


def test_characters_are_those_of_pdfplumber(shared_reports):
    reports = sorted((shared_reports / "real").glob("*.pdf"))[::EVERY]
    for path in reports:
        with pypdfium2.PdfDocument(path) as pdf:
            page = read_geometry(pdf[0], 1)
        assert page.hidden == 0, path.name
        inked = ~are_blank(page.chars.codes)
        letters, places = their_characters(path)
        assert Counter(map(chr, page.chars.codes[inked].tolist())) == letters, path.name
        if letters:
            ours = (page.chars.boxes[inked, :2] + page.chars.boxes[inked, 2:]) / 2
            assert np.abs(np.median(ours, axis=0) - np.median(places, axis=0)).max() < 2, path.name
