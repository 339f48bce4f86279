"""The picture of a page in pixels, turned as a reader would, and its places in points."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.geometry import Floats

Pixels = NDArray[np.uint8]

cv2.setNumThreads(1)  # one process a core: more threads would take from the other workers

DPI = 300
# A page of 200 inches would take gigabytes: it is rendered coarser instead.
MAX_PIXELS = 36_000_000
POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Frame:
    """How pixels of a picture lie on the page as seen: scale, a quarter turn, a small tilt.

    `turn`: degrees clockwise by which the page's text is turned as seen; the picture is upright.
    """

    width: float  # points, of the page as seen
    height: float
    scale: float  # pixels a point
    turn: int = 0
    tilt: float = 0.0
    left: float = 0.0  # points: where the picture begins, of a part of a page
    top: float = 0.0

    def to_page(self, boxes: Floats) -> Floats:
        """Boxes in pixels of the upright picture, as boxes in points of the page as seen."""
        x0, top, x1, bottom = (boxes / self.scale).T
        w, h = self.width, self.height
        turned = {
            0: (x0, top, x1, bottom),
            90: (w - bottom, x0, w - top, x1),
            180: (w - x1, h - bottom, w - x0, h - top),
            270: (top, h - x1, bottom, h - x0),
        }
        moved = np.stack(turned[self.turn], axis=1).reshape(-1, 4)
        return np.asarray(moved + self._corner)

    def to_picture(self, boxes: Floats) -> Floats:
        """Boxes in points of the page as seen, in pixels of a picture that is not turned."""
        return np.asarray((boxes - self._corner) * self.scale)

    @property
    def _corner(self) -> Floats:
        return np.array([self.left, self.top] * 2)


def render_page(page: Any) -> tuple[Pixels, Frame]:
    """A PDFium page as seen, in RGB at 300 dpi (coarser where it is huge), and its frame."""
    width, height = page.get_size()
    scale = _scale_of(width, height)
    rgb = page.render(scale=scale, rev_byteorder=True).to_numpy()
    return _three_channels(rgb), Frame(width, height, scale)


def render_part(page: Any, box: Floats, margin: float) -> tuple[Pixels, Frame]:
    """A box of the page seen as `render_page` gives the whole, with so many points of paper around.

    What a table needs to stand free, for rules at the edge of a picture are taken for its shadow.
    """
    width, height = page.get_size()
    scale = _scale_of(box[2] - box[0] + 2 * margin, box[3] - box[1] + 2 * margin)
    rgb = _three_channels(page.render(**_crop(box, width, height, scale)).to_numpy())
    pad = math.ceil(margin * scale)
    framed = np.pad(rgb, ((pad, pad), (pad, pad), (0, 0)), constant_values=255)
    high, wide = (side / scale for side in framed.shape[:2])
    left, top = (math.ceil(side * scale) - pad for side in box[:2])
    return framed, Frame(wide, high, scale, left=left / scale, top=top / scale)


def glance(page: Any, box: Floats, scale: float) -> Pixels:
    """A box of the page seen in grey, at so many pixels a point: enough to tell what it shows."""
    width, height = page.get_size()
    grey = page.render(grayscale=True, **_crop(box, width, height, scale)).to_numpy()
    return np.ascontiguousarray(grey.reshape(grey.shape[:2]))


def _crop(box: Floats, width: float, height: float, scale: float) -> dict[str, Any]:
    """How PDFium is told to render a box alone: by what is cut off the page's sides."""
    away = (box[0], height - box[3], width - box[2], box[1])
    crop = tuple(max(float(side), 0.0) for side in away)
    return {"scale": scale, "rev_byteorder": True, "crop": crop}


def _scale_of(width: float, height: float) -> float:
    fits = (MAX_PIXELS / max(width * height, 1.0)) ** 0.5
    return float(min(DPI / POINTS_PER_INCH, fits))


def _three_channels(pixels: Pixels) -> Pixels:
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_GRAY2RGB), np.uint8)
    return pixels[:, :, :3]


def turn_upright(picture: Pixels, turn: int) -> Pixels:
    """The picture turned so that text that is turned by `turn` degrees clockwise stands upright."""
    return np.ascontiguousarray(np.rot90(picture, turn // 90))


def straighten(picture: Pixels, tilt: float) -> Pixels:
    """The picture turned by `tilt` degrees clockwise about its centre, paper around it."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -tilt, 1.0)
    return np.asarray(
        cv2.warpAffine(
            picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
        ),
        np.uint8,
    )


def seen_boxes(boxes: Floats, width: float, height: float, tilt: float) -> Floats:
    """Boxes (n, 4) of a straightened page, moved to where they stand on the page as seen."""
    if not tilt:
        return boxes
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2 - (width / 2, height / 2)
    cos, sin = np.cos(np.radians(tilt)), np.sin(np.radians(tilt))
    back = middles @ np.array([[cos, -sin], [sin, cos]])
    return np.asarray(boxes + np.tile(back - middles, 2))
