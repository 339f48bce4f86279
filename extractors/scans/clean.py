"""A picture made fit to be read: ink apart from stamps, no speckle, straight lines."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.geometry import Flags, Floats
from extractors.scans.render import Pixels

# How far the channels of a pixel must lie apart to count as colour: a scanner's own fringes of
# blue around black letters stay below it.
COLOURED = 70
STAMPED_SHARE = 0.0005  # of a page's pixels: less colour is no stamp
DARK = 160  # of 255: what counts as ink where no more is asked
STAMP_SIDE = 90  # pixels: higher than a line of print
MIXED = 0.1  # of a component's pixels, of each kind

GROUND = 0.37  # of the pixels of a picture: photographs had at most 0.34, charts 0.38 and more

LOCAL = 41  # pixels: wider than any stroke
CONTRAST = 24  # of 255, by which ink is darker than what surrounds it

DOTTED = 0.3  # of the ink goes with a median: a shade made of dots, not letters
INKED = 0.03  # of the pixels
COARSE = 8  # pixels looked at as one
SHADE = 40  # pixels: as far as a shade is looked at
CLOSED = 120  # pixels: letters within a shade are not wider
BLUR = 1.2  # pixels
BLACK, WHITE = 30, 110  # of 255 in what was blurred: letters, and dots with paper between

SPECK = 6  # pixels: a full stop of small type has more
SPECKS = 100
SPECK_SHARE = 0.5  # of all components

EVERY = 3  # columns
LEAST_INK = 100  # points
MAX_TILT = 6.0  # degrees
POINTS = 25_000  # of ink, looked at for the tilt


def to_grey(rgb: Pixels) -> Pixels:
    """Luminance; coloured ink that crosses black print (a stamp, a signature) is made light."""
    grey = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)
    if _coloured(np.ascontiguousarray(rgb[::4, ::4])).mean() < STAMPED_SHARE:
        return grey
    lightest = cv2.max(cv2.max(*cv2.split(rgb)[:2]), cv2.split(rgb)[2])
    return np.where(_stamped(grey, _coloured(rgb)), lightest, grey)


def _coloured(rgb: Pixels) -> Flags:
    red, green, blue = cv2.split(rgb)
    lightest, darkest = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    return np.asarray(cv2.subtract(lightest, darkest) > COLOURED)


def _stamped(grey: Pixels, coloured: Flags) -> Flags:
    """The coloured pixels of what is large and of two inks."""
    ink = ((grey < DARK) | coloured).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    colour = np.bincount(labels[coloured], minlength=count)
    share = colour / np.maximum(stats[:, cv2.CC_STAT_AREA], 1)
    sides = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    mixed = (share > MIXED) & (share < 1 - MIXED) & (sides > STAMP_SIDE)
    mixed[0] = False
    return np.asarray(coloured & mixed[labels])


def is_photo(grey: Pixels) -> bool:
    """Whether no shade of paper prevails: tables and charts have a ground, photographs have not."""
    coarse = grey[::4, ::4] >> 3
    shades = np.bincount(coarse.ravel(), minlength=32)
    ground = int(shades.argmax())
    return bool(shades[max(0, ground - 1) : ground + 2].sum() < GROUND * max(coarse.size, 1))


def find_ink(grey: Pixels) -> Pixels:
    """1 where a pixel is clearly darker than what surrounds it, or black."""
    local = cv2.adaptiveThreshold(
        grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, LOCAL, CONTRAST
    )
    return np.asarray(local | (grey < 90).astype(np.uint8), np.uint8)


def is_speckled(grey: Pixels) -> bool:
    """Whether most of what is on the picture are specks of a few pixels."""
    height, width = grey.shape
    part = grey[height // 4 : height // 2, width // 4 : -width // 4]  # where print is likely
    count, _, stats, _ = cv2.connectedComponentsWithStats(find_ink(part), connectivity=8)
    specks = int(np.count_nonzero(stats[1:, cv2.CC_STAT_AREA] <= SPECK))
    return specks > SPECKS and specks > SPECK_SHARE * (count - 1)


def remove_specks(grey: Pixels) -> Pixels:
    """A 3x3 median, and paper for specks that were rendered larger than one pixel."""
    calm = np.asarray(cv2.medianBlur(grey, 3), np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(find_ink(calm), connectivity=8)
    specks = stats[:, cv2.CC_STAT_AREA] <= 2 * SPECK
    return np.where(cv2.dilate(specks[labels].astype(np.uint8), np.ones((3, 3))) > 0, 255, calm)


def wash_shades(grey: Pixels, ink: Pixels) -> Pixels:
    """The picture with paper where a shade is made of dots, and the letters on it left."""
    dots = np.asarray(cv2.subtract(ink, cv2.medianBlur(ink, 3)), np.uint8)
    going, inked = _spread(dots), _spread(ink)
    dotted = ((inked > INKED) & (going > DOTTED * inked)).astype(np.uint8)
    if not dotted.any():
        return grey
    closed = cv2.morphologyEx(dotted, cv2.MORPH_CLOSE, np.ones((CLOSED // COARSE,) * 2, np.uint8))
    where = cv2.resize(closed, grey.shape[::-1], interpolation=cv2.INTER_NEAREST)
    stretched = ((np.arange(256) - BLACK) * (255 / (WHITE - BLACK))).clip(0, 255).astype(np.uint8)
    washed = cv2.LUT(cv2.GaussianBlur(grey, (0, 0), BLUR), stretched)
    return np.where(where > 0, np.asarray(washed, np.uint8), grey)


def _spread(ink: Pixels) -> NDArray[np.float32]:
    """The share of inked pixels around each place, on a coarse picture."""
    small = (ink.shape[1] // COARSE, ink.shape[0] // COARSE)
    shares = cv2.resize(ink * np.uint8(255), small, interpolation=cv2.INTER_AREA) / np.float32(255)
    return np.asarray(cv2.blur(shares, (SHADE // COARSE,) * 2), np.float32)


def find_tilt(grey: Pixels) -> float:
    """Degrees by which the picture has to be turned clockwise for its lines to be level.

    The turn at which the ink, counted row by row, is most unevenly spread.
    """
    # Some columns are enough to see where the lines lie, and every row tells how sharply.
    columns = np.ascontiguousarray(grey[:, ::EVERY])
    inked = cv2.findNonZero((columns < DARK).astype(np.uint8))
    if inked is None or len(inked) < LEAST_INK:
        return 0.0
    some = inked.reshape(-1, 2)[:: max(1, len(inked) // POINTS)].astype(np.float64)
    points: Floats = some * (EVERY, 1.0) - (grey.shape[1] / 2, grey.shape[0] / 2)
    best = 0.0
    for spread, step, pixels in (
        (MAX_TILT, 0.25, 4.0),
        (0.25, 0.05, 2.0),
        (0.05, 0.01, 1.0),
    ):
        angles = (best + np.arange(-spread, spread + step / 2, step)).tolist()
        best = angles[int(np.argmax([_evenness(points, angle, pixels) for angle in angles]))]
    return round(best, 3)


def _evenness(points: Floats, degrees: float, pixels: float) -> float:
    angle = np.radians(degrees)
    rows = (points[:, 0] * np.sin(angle) + points[:, 1] * np.cos(angle)) / pixels
    counts = np.bincount((rows - rows.min()).astype(np.int64))
    return float(np.sum(np.diff(counts).astype(np.float64) ** 2))
