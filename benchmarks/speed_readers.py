"""One reader in its own process, for `reading_speed.py`: a path a line in, a measure a line out.

Imports only what its reader needs, so it also runs where cuadra is not installed. CPU seconds are
of the process, its threads and its children (tesseract); the peak is of the process alone, since
the line came in.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path


def read_cuadra(path: Path) -> int:
    """Tables, prose and places of every page; how many characters: nothing read is no speed."""
    from extractors.read import read_document

    document = read_document(path, path.name)
    cells = (cell for table in document.tables for cell in table.cells)
    return sum(len(block.text) for block in (*cells, *document.prose))


def read_pdfplumber(path: Path) -> None:
    """Tables and text."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.extract_text()
            page.close()


def read_camelot(path: Path) -> None:
    """Tables by their rules."""
    from camelot.io import read_pdf

    read_pdf(str(path), pages="all", flavor="lattice")


def read_tabula(path: Path) -> None:
    """Tables, in a Java machine inside this process."""
    import tabula

    tabula.read_pdf(path, pages="all", silent=True)


def read_pymupdf(path: Path) -> None:
    """Tables and text."""
    import pymupdf

    with pymupdf.open(path) as pdf:
        for page in pdf:
            for table in page.find_tables().tables:
                table.extract()
            page.get_text()


def read_img2table(path: Path) -> None:
    """Tables on the picture of each page, with the text layer's words."""
    from img2table.document import PDF

    PDF(str(path)).extract_tables(implicit_rows=False, borderless_tables=False)


def read_tesseract(path: Path) -> None:
    """Words of every page at 300 dpi as tesseract alone finds them; rendering does not count."""
    import pypdfium2

    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(pypdfium2.PdfDocument(path)):
            picture = Path(folder, f"{number}.png")
            page.render(scale=300 / 72, grayscale=True).to_pil().save(picture)
            command = ["tesseract", str(picture), "stdout", "-l", "spa", "--psm", "11", "tsv"]
            subprocess.run(command, env=environment, capture_output=True, check=True)


READERS: dict[str, Callable[[Path], int | None]] = {
    "cuadra": read_cuadra,
    "pdfplumber": read_pdfplumber,
    "camelot": read_camelot,
    "tabula": read_tabula,
    "pymupdf": read_pymupdf,
    "img2table": read_img2table,
    "tesseract": read_tesseract,
}


def measure(name: str, path: Path) -> dict[str, float | str]:
    """CPU seconds and peak MiB of one reading, or the name of what it raised."""
    # Writing 5 sets the highest mark of the memory back to what is in use now (Linux).
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    begun = _spent(children_only=name == "tesseract")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            characters = READERS[name](path)
    except Exception as error:
        return {"error": type(error).__name__}
    if characters == 0:
        return {"error": "nothing read"}
    seconds = _spent(children_only=name == "tesseract") - begun
    return {"seconds": seconds, "peak": _peak()}


def _spent(*, children_only: bool) -> float:
    times = os.times()
    children = times.children_user + times.children_system
    return children if children_only else children + time.process_time()


def _peak() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    """Serve the reader named on the command line until the input ends."""
    name, answers = sys.argv[1], sys.stdout
    with contextlib.redirect_stdout(sys.stderr):  # what a library prints is no answer
        for line in sys.stdin:
            print(json.dumps(measure(name, Path(line.strip()))), file=answers, flush=True)


if __name__ == "__main__":
    main()
