"""Tesseract, through tesserocr: whether it can be used, and the words it sees on a picture.

tesserocr's wheel brings the engine; the language's data are installed apart (Debian's
`tesseract-ocr-spa`). One engine is kept a process, for loading the language takes 0.2 s.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from extractors.geometry import Floats, Ints
from extractors.scans.render import Pixels
from pipeline.model import Box

# Before the engine is loaded: its threads would take more from the other workers than they give.
os.environ["OMP_THREAD_LIMIT"] = "1"

LANGUAGE = "spa"
DATA_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
# Tesseract's page segmentation modes. Sparse text sees no fewer words of prose than the default
# mode, more of tables, and takes no longer.
SPARSE, LINE, WORD, LETTER = 11, 7, 8, 10


class OcrMissing(Exception):
    """OCR was asked of a machine that cannot do it; the message is `ocr_available()`'s."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The words that tesseract saw, in its order: boxes in pixels, confidences of 0 to 100."""

    texts: tuple[str, ...]
    boxes: Floats  # (w, 4) as high as the letters of their line can be
    confidences: Floats  # (w,)
    lines: Ints  # (w,) number of the line of text

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def confidence(self) -> float:
        """The mean confidence a letter; 0 where nothing was seen."""
        letters = np.array([len(text) for text in self.texts], np.float64)
        return float(self.confidences @ letters / letters.sum()) if len(self) else 0.0

    @classmethod
    def none(cls) -> Seen:
        """No words."""
        nothing = np.zeros(0)
        return cls((), np.zeros((0, 4)), nothing, nothing.astype(np.int64))


def pick_seen(seen: Seen, which: Ints) -> Seen:
    """These words alone, in the order told."""
    texts = tuple(seen.texts[at] for at in which)
    return Seen(texts, seen.boxes[which], seen.confidences[which], seen.lines[which])


def join_seen(parts: Sequence[Seen], *, keep_lines: bool = False) -> Seen:
    """The words of all parts; the lines of each part are others than those of the parts before."""
    lines, last = [], 0
    for part in parts:
        lines.append(part.lines + (0 if keep_lines else last))
        last = max(last, int(lines[-1].max(initial=-1)) + 1)
    return Seen(
        tuple(text for part in parts for text in part.texts),
        np.concatenate([np.zeros((0, 4)), *(part.boxes for part in parts)]),
        np.concatenate([np.zeros(0), *(part.confidences for part in parts)]),
        np.concatenate([np.zeros(0, np.int64), *lines]),
    )


def ocr_available() -> str | None:
    """None when pages can be recognised in Spanish, else the reason: the detail of `ocr_missing`.

    `tesserocr`: the package is missing; `spa`: the language is, wherever it was looked for.
    """
    try:
        import tesserocr  # noqa: F401
    except ImportError:
        return "tesserocr"
    return None if _data_folder(LANGUAGE) else LANGUAGE


@lru_cache(maxsize=8)
def _data_folder(language: str) -> str | None:
    """The folder of a language: the one the environment names, else where systems put it."""
    named = os.environ.get("TESSDATA_PREFIX")
    folders = (named, f"{named}/tessdata") if named else DATA_FOLDERS
    return next((one for one in folders if Path(one, f"{language}.traineddata").is_file()), None)


@lru_cache(maxsize=2)
def _engine(language: str) -> Any:
    folder = _data_folder(language)
    if folder is None or ocr_available() is not None:
        raise OcrMissing(ocr_available() or language)
    import tesserocr

    engine: Any = tesserocr.PyTessBaseAPI(path=folder, lang=language)
    engine.SetVariable("debug_file", os.devnull)
    quiet: Any = tesserocr.LeptLogLevel.NONE  # else it tells of every empty box
    tesserocr.set_leptonica_log_level(quiet)
    return engine


def see_words(grey: Pixels, dpi: float, mode: int = SPARSE) -> Seen:
    """The Spanish words of an upright picture; raises OcrMissing."""
    engine = _engine(LANGUAGE)
    engine.SetPageSegMode(mode)
    _show(engine, grey, dpi)
    engine.Recognize()
    words = list(_words(engine))
    engine.Clear()
    texts, boxes, confidences, lines = zip(*words, strict=True) if words else ((), (), (), ())
    return Seen(
        texts,
        np.array(boxes, np.float64).reshape(-1, 4),
        np.array(confidences, np.float64),
        np.array(lines, np.int64),
    )


def _show(engine: Any, grey: Pixels, dpi: float) -> None:
    height, width = grey.shape
    engine.SetImageBytes(np.ascontiguousarray(grey).tobytes(), width, height, 1, width)
    engine.SetSourceResolution(round(dpi))


def _words(engine: Any) -> Iterator[tuple[str, Box, float, int]]:
    import tesserocr

    level: Any = tesserocr.RIL.WORD
    iterator, line = engine.GetIterator(), 0
    if iterator is None:
        return
    for word in tesserocr.iterate_level(iterator, level):
        line += word.IsAtBeginningOf(tesserocr.RIL.TEXTLINE)
        text = "" if word.Empty(level) else word.GetUTF8Text(level).strip()
        if text:
            yield text, _box(word, level), word.Confidence(level), line


def _box(word: Any, level: Any) -> Box:
    """The word's width, and the height from its line's ascenders to its descenders."""
    x0, top, x1, bottom = word.BoundingBox(level)
    line, ((_, left), (_, right)) = word.RowAttributes(), word.Baseline(level)
    base = (left + right) / 2
    high = base - line["row_height"] - line["descenders"]  # which are below zero
    low = base - line["descenders"]
    return (x0, high, x1, low) if high < (top + bottom) / 2 < low else (x0, top, x1, bottom)


def see_turn(grey: Pixels, dpi: float) -> int | None:
    """Degrees clockwise by which the picture's text is turned; None where that cannot be told."""
    if _data_folder("osd") is None:
        return None
    engine = _engine("osd")
    _show(engine, grey, dpi)
    seen = engine.DetectOrientationScript()
    engine.Clear()
    return seen["orient_deg"] if seen else None
