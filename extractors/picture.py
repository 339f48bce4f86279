"""The picture of a page with boxes outlined: seeing is checking."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from pipeline.model import Box

OUTLINE = (220, 0, 0)


def draw_boxes(path: Path, page: int, boxes: Sequence[Box], out: Path, scale: float = 2) -> Path:
    """Write `out`, a PNG of a page (counted from 1) at `scale` pixels a point, boxes in red."""
    image = render_page(path, page, scale)
    draw = ImageDraw.Draw(image)
    for box in boxes:
        draw.rectangle(
            [round(side * scale) for side in box], outline=OUTLINE, width=max(1, round(scale))
        )
    image.save(out, "PNG")
    return out


def render_page(path: Path, page: int, scale: float = 2) -> Image.Image:
    """A page as seen, turned and cropped as its file says, at `scale` pixels a point."""
    with pypdfium2.PdfDocument(path) as pdf:  # type: ignore[no-untyped-call]
        image: Image.Image = pdf[page - 1].render(scale=scale).to_pil().convert("RGB")
    return image
