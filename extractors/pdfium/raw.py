"""PDFium's functions called in bulk: one call of C after the other, results straight into arrays.

ctypes turns arguments into C values on every call, and that is most of what a call costs; plain
addresses of places in an array are the cheapest it takes. PDFium is not thread-safe, so the
interpreter's lock is kept while it works.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

_POINTER = ctypes.c_void_p
_INT = ctypes.c_int
Call = Callable[..., Any]


def _bind(name: str, result: Any, *arguments: Any) -> Call:
    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


count_chars = _bind("FPDFText_CountChars", _INT, _POINTER)
text_of = _bind("FPDFText_GetText", _INT, _POINTER, _INT, _INT, _POINTER)
char_code = _bind("FPDFText_GetUnicode", ctypes.c_uint, _POINTER, _INT)
char_object = _bind("FPDFText_GetTextObject", _POINTER, _POINTER, _INT)
char_box = _bind("FPDFText_GetLooseCharBox", None, _POINTER, _INT, _POINTER)
char_matrix = _bind("FPDFText_GetMatrix", None, _POINTER, _INT, _POINTER)
char_size = _bind("FPDFText_GetFontSize", ctypes.c_double, _POINTER, _INT)
char_added = _bind("FPDFText_IsGenerated", _INT, _POINTER, _INT)
char_unmapped = _bind("FPDFText_HasUnicodeMapError", _INT, _POINTER, _INT)

text_font = _bind("FPDFTextObj_GetFont", _POINTER, _POINTER)
text_mode = _bind("FPDFTextObj_GetTextRenderMode", _INT, _POINTER)
font_name = _bind("FPDFFont_GetBaseFontName", ctypes.c_size_t, _POINTER, _POINTER, ctypes.c_size_t)
glyph_width = _bind(
    "FPDFFont_GetGlyphWidth", _INT, _POINTER, ctypes.c_uint32, ctypes.c_float, _POINTER
)

page_box = _bind("FPDF_GetPageBoundingBox", _INT, _POINTER, _POINTER)
page_rotation = _bind("FPDFPage_GetRotation", _INT, _POINTER)
page_count = _bind("FPDFPage_CountObjects", _INT, _POINTER)
page_object = _bind("FPDFPage_GetObject", _POINTER, _POINTER, _INT)
form_count = _bind("FPDFFormObj_CountObjects", _INT, _POINTER)
form_object = _bind("FPDFFormObj_GetObject", _POINTER, _POINTER, ctypes.c_ulong)
object_type = _bind("FPDFPageObj_GetType", _INT, _POINTER)
object_matrix = _bind("FPDFPageObj_GetMatrix", _INT, _POINTER, _POINTER)
object_box = _bind("FPDFPageObj_GetBounds", _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)

path_mode = _bind("FPDFPath_GetDrawMode", _INT, _POINTER, _POINTER, _POINTER)
path_length = _bind("FPDFPath_CountSegments", _INT, _POINTER)
path_segment = _bind("FPDFPath_GetPathSegment", _POINTER, _POINTER, _INT)
segment_type = _bind("FPDFPathSegment_GetType", _INT, _POINTER)
segment_close = _bind("FPDFPathSegment_GetClose", _INT, _POINTER)
segment_point = _bind("FPDFPathSegment_GetPoint", _INT, _POINTER, _POINTER, _POINTER)
stroke_width = _bind("FPDFPageObj_GetStrokeWidth", _INT, _POINTER, _POINTER)
_COLOUR = (_POINTER, _POINTER, _POINTER, _POINTER, _POINTER)
stroke_colour = _bind("FPDFPageObj_GetStrokeColor", _INT, *_COLOUR)
fill_colour = _bind("FPDFPageObj_GetFillColor", _INT, *_COLOUR)


def address(handle: Any) -> int:
    """Where pypdfium2's handle points to."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def read_rows(
    call: Call, handles: Sequence[int], columns: int, kind: Any, unless: int = 0
) -> NDArray[Any]:
    """What `call(handle, out, out, ...)` writes, one row of `columns` for each handle.

    Where the call fails, `unless` stays in the row.
    """
    rows = np.full((len(handles), columns), unless, kind)
    step = rows.itemsize
    outs = [places(rows, column * step) for column in range(columns)]
    run(map(call, handles, *outs))
    return rows


def read_structs(call: Call, handles: Sequence[int], columns: int) -> NDArray[np.float32]:
    """What `call(handle, struct)` writes where the struct is of so many floats."""
    rows = np.zeros((len(handles), columns), np.float32)
    run(map(call, handles, places(rows)))
    return rows


def read_chars(call: Call, text: int, chars: Sequence[int], columns: int) -> NDArray[np.float32]:
    """What `call(text, char, struct)` writes where the struct is of so many floats."""
    rows = np.zeros((len(chars), columns), np.float32)
    run(map(call, repeat(text), chars, places(rows)))
    return rows


def places(rows: NDArray[Any], offset: int = 0) -> range:
    """The address of each row."""
    start, width = rows.ctypes.data + offset, rows.itemsize * rows.shape[1]
    return range(start, start + width * len(rows), width)


def run(calls: map[Any]) -> None:
    """Make the calls and drop what they return."""
    deque(calls, maxlen=0)
