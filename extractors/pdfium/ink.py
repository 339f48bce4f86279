"""What all characters of a text object share: size, weight, turn, whether it shows."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, fields
from itertools import repeat

import numpy as np

from extractors.geometry import ASKEW, Flags, Floats, Ints
from extractors.pdfium import raw
from extractors.pdfium.view import View

_OUTLINED = (1, 2)  # text rendering modes that stroke the letters, which makes them bold
_INVISIBLE = 3
_BOLD = re.compile(rb"bold|black|heavy|negrita|demi", re.I)
REGULAR, BOLD = 400, 700
# Of the greater part of a direction: beyond it, text is set at no right angle.
_ASKEW_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Ink:
    """The m text objects of a page that print characters, in the order of painting.

    Or, spread, the m characters that they print.
    """

    sizes: Floats  # (m,) points on the page
    spans: Floats  # (m,) points on the page that the type's size comes to along the line
    weights: Ints  # (m,)
    turns: Ints  # (m,) degrees clockwise as seen, or ASKEW
    visible: Flags  # (m,)
    fonts: Ints  # (m,) handles

    def spread(self, counts: Ints) -> Ink:
        """Each row as often as its count says."""
        return Ink(*(np.repeat(getattr(self, field.name), counts) for field in fields(self)))


def read_ink(text: int, objects: list[int], chars: list[int], view: View) -> Ink:
    """What these text objects look like, asked at the first character of each."""
    fonts = list(map(raw.text_font, objects))
    modes = np.array(list(map(raw.text_mode, objects)))
    matrices = raw.read_chars(raw.char_matrix, text, chars, 6).astype(float).reshape(-1, 3, 2)
    sizes = np.abs(np.array(list(map(raw.char_size, repeat(text), chars))))
    by_font = {font: _weight(font) for font in set(fonts)}
    weights = np.array([by_font[font] for font in fonts])
    return Ink(
        sizes=sizes * np.hypot(matrices[:, 1, 0], matrices[:, 1, 1]),
        spans=sizes * np.hypot(matrices[:, 0, 0], matrices[:, 0, 1]),
        weights=np.where(np.isin(modes, _OUTLINED), BOLD, weights),
        turns=_turns(view.directions(matrices[:, 0, :])),
        visible=modes != _INVISIBLE,
        fonts=np.array([font or 0 for font in fonts], np.int64),
    )


def _turns(along: Floats) -> Ints:
    """Degrees clockwise of directions (m, 2) on the page seen, or ASKEW."""
    x, y = along[:, 0], along[:, 1]
    across, down = np.abs(x), np.abs(y)
    turns = np.where(across >= down, np.where(x >= 0, 0, 180), np.where(y > 0, 90, 270))
    askew = np.minimum(across, down) > _ASKEW_SHARE * np.maximum(across, down)
    return np.where(askew, ASKEW, turns)


def _weight(font: int | None) -> int:
    """A font's weight; 0 where it tells none."""
    if not font:
        return 0
    name = ctypes.create_string_buffer(256)
    if raw.font_name(font, name, len(name)) and _BOLD.search(name.value):
        return BOLD
    return REGULAR if name.value else 0
