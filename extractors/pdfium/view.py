"""From PDF's coordinates to those of the page as a reader sees it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pypdfium2

from extractors.geometry import Flags, Floats
from extractors.pdfium import raw
from extractors.pdfium.objects import Matrix


@dataclass(frozen=True, slots=True)
class View:
    """A page's crop box and `/Rotate`, as a matrix from PDF's points to the page seen."""

    width: float
    height: float
    rotation: int  # 0, 90, 180, 270
    matrix: Matrix

    def boxes(self, boxes: Floats) -> Floats:
        """Boxes (n, 4) of PDF's points, any two corners each, as (x0, top, x1, bottom)."""
        x, y = boxes[:, 0::2], boxes[:, 1::2]
        if self.rotation in (90, 270):
            x, y = y, x
        seen = np.empty_like(boxes)
        seen[:, 0::2] = x * self.matrix[:2, 0].sum() + self.matrix[2, 0]
        seen[:, 1::2] = y * self.matrix[:2, 1].sum() + self.matrix[2, 1]
        low, high = np.minimum(seen[:, :2], seen[:, 2:]), np.maximum(seen[:, :2], seen[:, 2:])
        return np.concatenate([low, high], axis=1)

    def directions(self, directions: Floats) -> Floats:
        """Directions (n, 2) of PDF's on the page seen: x to the right, y down."""
        x, y = directions.T
        turned: Floats = x[:, None] * self.matrix[0] + y[:, None] * self.matrix[1]
        return turned

    def shows(self, boxes: Floats) -> Flags:
        """Whether the middle of each box is on the page seen."""
        x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
        shown: Flags = (x >= 0) & (x <= self.width) & (y >= 0) & (y <= self.height)
        return shown


def find_view(page: pypdfium2.PdfPage) -> View:
    """How the page is seen: its crop box within its media box, turned."""
    left, bottom, right, top = _seen_box(page)
    width, height = right - left, top - bottom
    rotation = raw.page_rotation(raw.address(page.raw)) % 4 * 90
    matrix = _MATRICES[rotation].copy()
    matrix[2] = _start(rotation, width, height) - left * matrix[0] - bottom * matrix[1]
    if rotation in (90, 270):
        width, height = height, width
    return View(width, height, rotation, matrix)


def _seen_box(page: pypdfium2.PdfPage) -> tuple[float, ...]:
    box = raw.read_structs(raw.page_box, [raw.address(page.raw)], 4)[0].astype(float)
    left, top, right, bottom = box.tolist()
    if left < right and bottom < top:
        return left, bottom, right, top
    # A crop box beside the page shows nothing: the whole page is read instead.
    sides = page.get_mediabox()  # type: ignore[no-untyped-call]
    one, other = sorted(sides[::2]), sorted(sides[1::2])
    return one[0], other[0], max(one[1], one[0] + 1.0), max(other[1], other[0] + 1.0)


_MATRICES = {
    0: np.array([[1.0, 0.0], [0.0, -1.0], [0.0, 0.0]]),
    90: np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 0.0]]),
    180: np.array([[-1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]),
    270: np.array([[0.0, -1.0], [-1.0, 0.0], [0.0, 0.0]]),
}


def _start(rotation: int, width: float, height: float) -> Floats:
    """Where the lower left corner of the crop box is seen."""
    corners = {0: (0.0, height), 90: (0.0, 0.0), 180: (width, 0.0), 270: (height, width)}
    return np.array(corners[rotation])
