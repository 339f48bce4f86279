"""Readers beside each other: each gives the tables of every page of a file as rows of text.

Peers are asked as their own documentation asks them, without settings for these files. What they
raise on a page counts as no tables there; how often is told.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

Rows = Sequence[Sequence[str]]
Pages = dict[int, list[Rows]]


@dataclass(frozen=True, slots=True)
class Reading:
    """The tables of each page, and the pages on which the reader failed by raising."""

    pages: Pages = field(default_factory=dict)
    failed: tuple[int, ...] = ()


Reader = Callable[[Path, int], Reading]


def read_cuadra(path: Path, page_count: int) -> Reading:
    """The project's own reader, before tables are stitched over pages."""
    from extractors.read import read_document

    pages: Pages = {}
    for table in read_document(path, path.name).tables:
        place = next((cell.page for cell in table.cells if cell.page), None)
        rows = [[cell.text if cell else "" for cell in row] for row in table.rows]
        pages.setdefault(place or 0, []).append(rows)
    return Reading(pages)


def read_pdfplumber(path: Path, page_count: int) -> Reading:
    """What `extract_tables` of pdfplumber gives with its defaults."""
    import pdfplumber

    pages: Pages = {}
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            tables = page.extract_tables()
            pages[page.page_number] = [[[c or "" for c in row] for row in t] for t in tables]
            page.close()
    return Reading(pages)


def read_camelot(path: Path, page_count: int, **options: Any) -> Reading:
    """One flavour of camelot, page by page so that a page it raises on costs no other."""
    from camelot.io import read_pdf

    pages: Pages = {}
    failed: list[int] = []
    for number in range(1, page_count + 1):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tables = read_pdf(str(path), pages=str(number), **options)
                pages[number] = [table.df.astype(str).values.tolist() for table in tables]
        except Exception:
            failed.append(number)
    return Reading(pages, tuple(failed))


READERS: Mapping[str, Reader] = {
    "cuadra": read_cuadra,
    "pdfplumber": read_pdfplumber,
    "camelot lattice": partial(read_camelot, flavor="lattice"),
    "camelot lattice, vector": partial(read_camelot, flavor="lattice", engine="vector"),
    "camelot stream": partial(read_camelot, flavor="stream"),
    "camelot network": partial(read_camelot, flavor="network"),
    "camelot hybrid": partial(read_camelot, flavor="hybrid"),
}
