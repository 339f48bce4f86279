"""The objects of a PDF page in the order of painting, those of its Form XObjects among them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from extractors.pdfium import raw

TEXT, PATH, IMAGE, FORM = 1, 2, 3, 5
# Forms in forms in forms: a page that nests deeper was made to harm.
MAX_DEPTH = 12
MAX_OBJECTS = 400_000

Matrix = NDArray[np.float64]  # (3, 2): a point (x, y, 1) times this is the point on the page
IDENTITY: Matrix = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])


class PageTooLarge(ValueError):
    """A page with more on it than can be read in seconds; the message says what and how many."""


@dataclass(slots=True)
class Objects:
    """What a page paints, by kind: handles, and which of the matrices puts them on the page."""

    texts: list[int] = field(default_factory=list)
    text_frames: list[int] = field(default_factory=list)
    paths: list[int] = field(default_factory=list)
    path_frames: list[int] = field(default_factory=list)
    images: list[int] = field(default_factory=list)
    image_frames: list[int] = field(default_factory=list)
    frames: list[Matrix] = field(default_factory=lambda: [IDENTITY])
    seen: int = 0

    def placed(self, numbers: list[int]) -> NDArray[np.float64]:
        """The frames (n, 3, 2) of these numbers."""
        return np.array(self.frames)[np.array(numbers, np.int64)]


def bounds(handles: list[int], frames: NDArray[np.float64]) -> NDArray[np.float64]:
    """Boxes (n, 4) around objects on the page, in PDF's points; `frames` (n, 3, 2) place each."""
    boxes = raw.read_rows(raw.object_box, handles, 4, np.float32).astype(float)
    if np.all(frames == IDENTITY):
        return boxes
    return around(apply(corners(boxes), frames))


def find_objects(page: int) -> Objects:
    """Walk the page; raise PageTooLarge beyond MAX_OBJECTS objects."""
    found = Objects()
    _walk(list(map(raw.page_object, repeat(page), _range(found, raw.page_count(page)))), found)
    return found


def _range(found: Objects, count: int) -> range:
    found.seen += max(0, count)
    if found.seen > MAX_OBJECTS:
        raise PageTooLarge(f"more than {MAX_OBJECTS} objects on a page")
    return range(max(0, count))


def _walk(handles: list[int], found: Objects, frame: int = 0, depth: int = 0) -> None:
    for handle, kind in zip(handles, map(raw.object_type, handles), strict=True):
        if kind == TEXT:
            found.texts.append(handle)
            found.text_frames.append(frame)
        elif kind == PATH:
            found.paths.append(handle)
            found.path_frames.append(frame)
        elif kind == IMAGE:
            found.images.append(handle)
            found.image_frames.append(frame)
        elif kind == FORM and depth < MAX_DEPTH:
            inner = _range(found, raw.form_count(handle))
            within = list(map(raw.form_object, repeat(handle), inner))
            _walk(within, found, _enter(handle, found, frame), depth + 1)


def _enter(form: int, found: Objects, frame: int) -> int:
    found.frames.append(chain(read_matrices([form]), found.frames[frame][None])[0])
    return len(found.frames) - 1


def read_matrices(handles: list[int]) -> NDArray[np.float64]:
    """The matrix of each object, (n, 3, 2)."""
    return raw.read_structs(raw.object_matrix, handles, 6).astype(float).reshape(-1, 3, 2)


def chain(inner: NDArray[np.float64], outer: NDArray[np.float64]) -> NDArray[np.float64]:
    """First one matrix, then the other; both (n, 3, 2)."""
    both = apply(inner, outer)
    both[:, :2] -= outer[:, 2:]
    return both


def apply(points: NDArray[np.float64], matrices: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points (n, k, 2), put by the matrix of their row (n, 3, 2)."""
    # Written out: a product of small matrices costs more, and waits for other threads.
    put: NDArray[np.float64] = points[:, :, :1] * matrices[:, None, 0, :]
    put += points[:, :, 1:] * matrices[:, None, 1, :]
    put += matrices[:, None, 2, :]
    return put


def corners(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """The four corners (n, 4, 2) of boxes (n, 4)."""
    return boxes[:, [0, 1, 2, 1, 2, 3, 0, 3]].reshape(-1, 4, 2)


def around(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The box (n, 4) around each row of points (n, k, 2)."""
    return np.concatenate([points.min(axis=1), points.max(axis=1)], axis=1)
