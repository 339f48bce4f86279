"""Rules, fills and images of a PDF page, from the paths that it paints."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from extractors.geometry import Flags, Floats, Ints
from extractors.pdfium import raw
from extractors.pdfium.joins import THIN, join_rules
from extractors.pdfium.objects import Objects, around, bounds, chain, read_matrices
from extractors.pdfium.paths import (
    Segments,
    are_straight,
    find_edges,
    find_frames,
    find_parts,
    read_segments,
)
from extractors.pdfium.view import View

# Of more points than these on a page, only those of the shortest paths are read; the paths left
# are counted. A grid of 200 by 200 rectangles has 200,000.
MAX_POINTS = 250_000
_RECTANGLE = 6  # as many points as a rectangle may have, at most
_UNTOLD = 256  # stays in place of a colour that PDFium does not tell: a pattern
_GREY = 0x808080


@dataclass(frozen=True, slots=True)
class Shapes:
    """As in `Geometry`: drawn lines, filled rectangles, images, and the count of the rest."""

    rules: Floats
    rule_shades: Ints
    fills: Floats
    fill_shades: Ints
    images: Floats
    paths: int = 0


@dataclass(frozen=True, slots=True)
class _Paths:
    """The p paths of a page; shades are -1 where nothing is filled or stroked."""

    handles: Ints
    frames: Floats  # (p, 3, 2) of the form each is in
    filled: Ints
    stroked: Ints
    lengths: Ints  # points

    def pick(self, which: Flags) -> _Paths:
        """These paths alone."""
        return _Paths(
            self.handles[which],
            self.frames[which],
            self.filled[which],
            self.stroked[which],
            self.lengths[which],
        )


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What paths come to: thin boxes, thick ones, and how many are neither."""

    thin: Floats
    thin_shades: Ints
    thick: Floats
    thick_shades: Ints
    others: int


def read_shapes(objects: Objects, view: View) -> Shapes:
    """What a page draws besides its text."""
    paths = _find_paths(objects.paths, objects.placed(objects.path_frames))
    bars, rest = _split_bars(paths, view)
    drawn = _draw(rest, view)
    thin, thin_shades = _clip(
        np.vstack([bars[0], drawn.thin]), np.append(bars[1], drawn.thin_shades), view
    )
    rules, rule_shades = join_rules(thin, thin_shades)
    fills, fill_shades = _clip(drawn.thick, drawn.thick_shades, view)
    return Shapes(rules, rule_shades, fills, fill_shades, _find_images(objects, view), drawn.others)


def _find_images(objects: Objects, view: View) -> Floats:
    """The boxes of images on the page seen."""
    if not objects.images:
        return np.zeros((0, 4))
    boxes = view.boxes(bounds(objects.images, objects.placed(objects.image_frames)))
    return _clip(boxes, np.zeros(len(boxes), np.int64), view)[0]


def _find_paths(handles: list[int], frames: Floats) -> _Paths:
    """The paths that paint something."""
    modes = raw.read_rows(raw.path_mode, handles, 2, np.int32)
    paths = _Paths(
        handles=np.array(handles, np.int64),
        frames=frames,
        filled=_shades(raw.fill_colour, handles, modes[:, 0] != 0),
        stroked=_shades(raw.stroke_colour, handles, modes[:, 1] != 0),
        lengths=np.array(list(map(raw.path_length, handles)), np.int64),
    )
    return paths.pick(((paths.filled >= 0) | (paths.stroked >= 0)) & (paths.lengths > 1))


def _shades(colour: raw.Call, handles: list[int], which: Flags) -> Ints:
    """0xRRGGBB of these paths; -1 for the others and for what is clear."""
    shades = np.full(len(handles), -1, np.int64)
    if not which.any():
        return shades
    asked = [handles[number] for number in np.flatnonzero(which)]
    red, green, blue, alpha = raw.read_rows(colour, asked, 4, np.uint32, _UNTOLD).astype(int).T
    told = np.where(alpha == _UNTOLD, _GREY, red << 16 | green << 8 | blue)
    shades[which] = np.where(alpha == 0, -1, told)
    return shades


def _split_bars(paths: _Paths, view: View) -> tuple[tuple[Floats, Ints], _Paths]:
    """Thin filled shapes, told from the boxes around them alone, and the other paths."""
    bars = (paths.stroked < 0) & (paths.lengths <= _RECTANGLE)
    boxes = view.boxes(bounds(paths.handles[bars].tolist(), paths.frames[bars]))
    thin = _are_thin(boxes)
    bars[bars] = thin
    return (boxes[thin], paths.filled[bars]), paths.pick(~bars)


def _are_thin(boxes: Floats) -> Flags:
    thin: Flags = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) <= THIN
    return thin


def _draw(paths: _Paths, view: View) -> _Drawn:
    """What paths come to, point by point."""
    order = np.argsort(paths.lengths, kind="stable")
    read = np.zeros(len(order), np.bool_)
    read[order] = np.cumsum(paths.lengths[order]) <= MAX_POINTS
    left, paths = int(np.sum(~read)), paths.pick(read)
    if not len(paths.handles):
        return _Drawn(*_nothing(), *_nothing(), left)
    handles = paths.handles.tolist()
    matrices = chain(read_matrices(handles), paths.frames)
    segments = read_segments(handles, paths.lengths, paths.stroked >= 0, matrices)
    fills, owners = _filled(segments, paths)
    lines, line_owners = _lines(segments, paths, matrices)
    boxes = np.vstack([view.boxes(fills), view.boxes(lines)])
    shades = np.append(paths.filled[owners], paths.stroked[line_owners])
    drawn = np.zeros(len(handles), np.bool_)
    drawn[owners] = drawn[line_owners] = True
    thin = _are_thin(boxes)
    return _Drawn(
        boxes[thin], shades[thin], boxes[~thin], shades[~thin], left + int(np.sum(~drawn))
    )


def _filled(segments: Segments, paths: _Paths) -> tuple[Floats, Ints]:
    """Filled rectangles, bars, and the four bars of frames; and the path of each."""
    if not np.any(paths.filled >= 0):
        return _nothing()
    boxes, owners, whole, curved = find_parts(segments)
    filled = (whole | (_are_thin(boxes) & ~curved)) & (paths.filled[owners] >= 0)
    boxes, owners = boxes[filled], owners[filled]
    framed = np.flatnonzero(find_frames(boxes, owners, THIN))
    if not len(framed):
        return boxes, owners
    alone = np.ones(len(boxes), np.bool_)
    alone[framed] = alone[framed + 1] = False
    bars = _bars(boxes[framed], boxes[framed + 1])
    return np.vstack([boxes[alone], bars]), np.append(owners[alone], np.tile(owners[framed], 4))


def _bars(one: Floats, other: Floats) -> Floats:
    """The four sides between boxes and the boxes in them."""
    x0, y0 = np.minimum(one, other)[:, :2].T
    x1, y1 = np.maximum(one, other)[:, 2:].T
    u0, v0 = np.maximum(one, other)[:, :2].T
    u1, v1 = np.minimum(one, other)[:, 2:].T
    sides = ((x0, y0, x1, v0), (x0, v1, x1, y1), (x0, y0, u0, y1), (u1, y0, x1, y1))
    return np.vstack([np.column_stack(side) for side in sides])


def _lines(segments: Segments, paths: _Paths, matrices: Floats) -> tuple[Floats, Ints]:
    """Straight edges that are stroked, as thick as the pen, and the path of each."""
    if not np.any(paths.stroked >= 0):
        return _nothing()
    lines, owners = find_edges(segments)
    which = (paths.stroked[owners] >= 0) & are_straight(lines)
    lines, owners = lines[which], owners[which]
    pens = raw.read_rows(raw.stroke_width, paths.handles.tolist(), 1, np.float32)[:, 0]
    half = (pens * _scales(matrices) / 2)[owners]
    boxes = around(lines.reshape(-1, 2, 2))
    across = boxes[:, 2] - boxes[:, 0] >= boxes[:, 3] - boxes[:, 1]
    level = np.where(across, (boxes[:, 1] + boxes[:, 3]) / 2, (boxes[:, 0] + boxes[:, 2]) / 2)
    rows, low = np.arange(len(boxes)), np.where(across, 1, 0)
    boxes[rows, low], boxes[rows, low + 2] = level - half, level + half
    return boxes, owners


def _nothing() -> tuple[Floats, Ints]:
    return np.zeros((0, 4)), np.zeros(0, np.int64)


def _scales(matrices: Floats) -> Floats:
    """By how much each matrix (n, 3, 2) makes lines longer."""
    (a, b), (c, d) = matrices[:, 0].T, matrices[:, 1].T
    scales: Floats = np.sqrt(np.abs(a * d - b * c))
    return scales


def _clip(boxes: Floats, shades: Ints, view: View) -> tuple[Floats, Ints]:
    """The parts of boxes on the page seen."""
    if not len(boxes):
        return boxes, shades
    clipped = np.clip(boxes, 0.0, [view.width, view.height] * 2)
    inside = np.all(boxes[:, :2] <= [view.width, view.height], axis=1)
    inside &= np.all(boxes[:, 2:] >= 0.0, axis=1)
    return clipped[inside], shades[inside]
