"""Rules drawn on a picture: long thin runs of ink, found by morphology and taken off it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from extractors.geometry import Flags, Floats
from extractors.scans.render import Pixels

SHORTEST = 12.0  # points: a rule is longer than a capital letter is high
THICKEST = 4.5  # points
SLENDER = 6.0  # times as long as thick
SAG = 1.5  # points by which a rule may bend
BESIDE = 4  # pixels beside a run that are looked at
CLEAR, CROWDED = 0.2, 0.3  # of them inked, on the emptier and on the fuller side
LONG = 60.0  # points
GAP = 4.0  # points between two pieces of one rule
OFFSET = 1.2  # points by which pieces of one rule may lie apart
MEETS = 4.0  # points between a rule's end and the one it meets
EDGE = 25.0  # points: the shadow of a sheet's edge falls here


@dataclass(frozen=True, slots=True, eq=False)
class PictureRules:
    """Rules in pixels, lying and standing, and 1 where their ink is."""

    boxes: Floats  # (r, 4)
    mask: Pixels

    @property
    def standing(self) -> Floats:
        """Those higher than wide."""
        sides = self.boxes[:, 2:] - self.boxes[:, :2]
        return self.boxes[sides[:, 1] > sides[:, 0]]


def find_rules(ink: Pixels, scale: float) -> PictureRules:
    """The rules of a straight picture of `scale` pixels a point."""
    turned = np.ascontiguousarray(ink.T)
    lying, lying_runs = _find_lying(ink, scale)
    standing, standing_runs = _find_lying(turned, scale)
    lying, standing = _drop_strays(lying, standing[:, [1, 0, 3, 2]], ink.shape, scale)
    mask = np.zeros_like(ink)
    _mark(mask, lying_runs, lying)
    _mark(mask.T, standing_runs, standing[:, [1, 0, 3, 2]])
    return PictureRules(np.concatenate([lying, standing]), mask)


def _find_lying(ink: Pixels, scale: float) -> tuple[Floats, Pixels]:
    """The lying rules, and the runs of ink that they are made of."""
    length = max(9, round(SHORTEST * scale))
    stroke = np.ones((1, length), np.uint8)
    runs = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, stroke), np.uint8)
    outlines, _ = cv2.findContours(runs, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = [
        (x, y + (height - thickness) / 2, x + width, y + (height + thickness) / 2)
        for x, y, width, height in map(cv2.boundingRect, outlines)
        for thickness in [cv2.countNonZero(runs[y : y + height, x : x + width]) / width]
        if _is_slender(width, height, thickness, scale)
        and _is_alone(ink[:, x : x + width], y, y + height, width > LONG * scale)
    ]
    return _join(np.array(boxes, np.float64).reshape(-1, 4), scale), runs


def _is_slender(width: int, height: int, thickness: float, scale: float) -> bool:
    thin = thickness <= THICKEST * scale and width >= SLENDER * thickness
    return thin and height <= thickness + SAG * scale


def _is_alone(ink: Pixels, top: int, bottom: int, long: bool) -> bool:
    """Whether there is paper beside a run: else it is made of letters, or part of a picture.

    A long one may be one of a pair, with the other close by.
    """
    above, below = ink[max(0, top - 1 - BESIDE) : max(0, top - 1)], ink[bottom + 1 :][:BESIDE]
    clear, crowded = sorted(side.mean() if side.size else 0.0 for side in (above, below))
    return bool(clear < CLEAR and (long or crowded < CROWDED))


def _mark(mask: Pixels, runs: Pixels, rules: Floats) -> None:
    """Mark the runs that these lying rules are made of."""
    for left, top, right, bottom in rules.astype(int) + np.array([-1, -3, 2, 4]):
        rows, columns = slice(max(top, 0), bottom), slice(max(left, 0), right)
        mask[rows, columns] |= runs[rows, columns]


def _join(boxes: Floats, scale: float) -> Floats:
    """Pieces of one lying rule made one."""
    joined: list[Floats] = []
    for box in boxes[np.lexsort((boxes[:, 0], (boxes[:, 1] + boxes[:, 3]) / 2))]:
        mate = next((i for i, one in enumerate(joined) if _follows(one, box, scale)), None)
        if mate is None:
            joined.append(box)
        else:
            one = joined[mate]
            joined[mate] = np.concatenate(
                [np.minimum(one[:2], box[:2]), np.maximum(one[2:], box[2:])]
            )
    return np.array(joined).reshape(-1, 4)


def _follows(one: Floats, other: Floats, scale: float) -> bool:
    apart = abs(one[1] + one[3] - other[1] - other[3]) / 2
    gap = max(one[0], other[0]) - min(one[2], other[2])
    return bool(apart <= OFFSET * scale and gap <= GAP * scale)


def _drop_strays(
    lying: Floats, standing: Floats, shape: tuple[int, ...], scale: float
) -> tuple[Floats, Floats]:
    """Without strokes of large letters and the shadows of the sheet's edges."""
    met = _meeting(lying, standing, scale)
    height, width = shape[:2]
    edge = EDGE * scale
    inside = (standing[:, 0] > edge) & (standing[:, 2] < width - edge)
    long = standing[:, 3] - standing[:, 1] > 3 * SHORTEST * scale
    level = (lying[:, 1] > edge) & (lying[:, 3] < height - edge)
    wide = lying[:, 2] - lying[:, 0] > 2 * SHORTEST * scale
    return lying[met.any(axis=1) | (level & wide)], standing[met.any(axis=0) | (inside & long)]


def _meeting(lying: Floats, standing: Floats, scale: float) -> Flags:
    near = MEETS * scale
    x0, top, x1, bottom = (lying[:, [side]] for side in range(4))
    sx0, stop, sx1, sbottom = (standing[None, :, side] for side in range(4))
    across = (sx1 >= x0 - near) & (sx0 <= x1 + near)
    return np.asarray(across & (sbottom >= top - near) & (stop <= bottom + near))


def remove_rules(grey: Pixels, mask: Pixels) -> Pixels:
    """The picture with paper where the rules were; what touches or crosses them stays beside."""
    if not mask.any():
        return grey
    wide = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    paper = cv2.dilate(grey, np.ones((15, 15), np.uint8))
    return np.where(wide > 0, paper, grey)
