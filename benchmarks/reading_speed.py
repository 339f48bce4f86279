"""How fast pages are read: `python benchmarks/reading_speed.py [--peers | --peer-python PATH]`.

CPU milliseconds a page of cuadra's reader and of others on every PDF of `../shared/reports`, in one
run: each reader is a process of its own, warmed on the first file, and they take turns at each
file, so that other work on the machine hits all alike. `--peers` installs tabula, PyMuPDF and
img2table in a temporary place. A page's kind is what PDFium finds on it. Then a file of 1,000
pages made here, for its memory, and scanned pages beside tesseract alone.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from tables_gold import SHARED

ROOT = Path(__file__).resolve().parents[1]
OWN, PEERS = ("cuadra", "pdfplumber", "camelot"), ("tabula", "pymupdf", "img2table")
PINNED = ("tabula-py==2.10.0", "jpype1==1.7.1", "pymupdf==2.0", "img2table==2.0.0")
TARGETS = "median at least 8 times pdfplumber, none slower; 1,000 pages under 500 MiB; 1.3 on scans"
PAGES_OF_LONG = 1000
FEW_CHARACTERS, MANY_RULES = 40, 8
THIN = 3.0  # points: a path less high than this lies, and parts no columns
PATHS, IMAGES = 2, 3  # PDFium: FPDF_PAGEOBJ_PATH, FPDF_PAGEOBJ_IMAGE


@dataclass(frozen=True, slots=True)
class Measured:
    """Median CPU seconds of the rounds, and the highest peak in MiB; none where it raised."""

    seconds: float | None
    peak: float | None
    error: str = ""


class Reader:
    """A process that reads one file after another and tells what each took."""

    def __init__(self, name: str, python: str) -> None:
        script = Path(__file__).with_name("speed_readers.py")
        paths = os.pathsep.join([*os.environ.get("PYTHONPATH", "").split(os.pathsep), str(ROOT)])
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
        self.name = name
        self.process = subprocess.Popen(
            [python, str(script), name],
            env={**environment, "PYTHONPATH": paths} if name == "cuadra" else environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def read(self, path: Path) -> Mapping[str, Any]:
        """What one reading of the file took; an error where the process has died."""
        assert self.process.stdin and self.process.stdout
        try:
            print(path, file=self.process.stdin, flush=True)
            answer: Mapping[str, Any] = json.loads(self.process.stdout.readline())
        except (BrokenPipeError, json.JSONDecodeError):
            return {"error": "died"}
        return answer

    def end(self) -> None:
        """Let it go."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


@contextmanager
def readers(names: Sequence[str], pythons: Mapping[str, str], warm: Path) -> Iterator[list[Reader]]:
    """A process a reader, warmed on a file; one that cannot even read that is left out by name."""
    started = [Reader(name, pythons.get(name, sys.executable)) for name in names]
    answers = {reader.name: reader.read(warm) for reader in started}
    for name, answer in answers.items():
        if "error" in answer:
            print(f"{name} is left out: {answer['error']}")
    try:
        yield [reader for reader in started if "error" not in answers[reader.name]]
    finally:
        for reader in started:
            reader.end()


def measure(crew: Sequence[Reader], path: Path, rounds: int) -> dict[str, Measured]:
    """Every reader once a round, by turns."""
    answers: dict[str, list[Mapping[str, Any]]] = {reader.name: [] for reader in crew}
    for turn in range(rounds):
        for reader in crew if turn % 2 == 0 else reversed(crew):  # who is first matters too
            answers[reader.name].append(reader.read(path))
    return {name: _sum_up(found) for name, found in answers.items()}


def _sum_up(answers: Sequence[Mapping[str, Any]]) -> Measured:
    failed = next((answer["error"] for answer in answers if "error" in answer), "")
    if failed:
        return Measured(None, None, failed)
    seconds = statistics.median(answer["seconds"] for answer in answers)
    return Measured(seconds, max(answer["peak"] for answer in answers))


def find_kinds(path: Path) -> Counter[str]:
    """How many pages of each kind: scanned, rotated, ruled, few rules."""
    pdf = pypdfium2.PdfDocument(path)
    kinds = Counter(_kind(pdf[number]) for number in range(len(pdf)))
    pdf.close()
    return kinds


def _kind(page: Any) -> str:
    pictures = any(True for _ in page.get_objects(filter=[IMAGES]))
    if pictures and page.get_textpage().count_chars() < FEW_CHARACTERS:
        return "scanned"
    if page.get_rotation():
        return "rotated"
    rules = sum(map(_parts_columns, page.get_objects(filter=[PATHS])))
    return "ruled" if rules >= MANY_RULES else "few rules"


def _parts_columns(path: Any) -> bool:
    """Whether a drawn path is upright or a box: lines under text are neither."""
    _, bottom, _, top = path.get_bounds()
    return bool(top - bottom > THIN)


def print_documents(crew: Sequence[Reader], paths: Sequence[Path], rounds: int) -> None:
    """A row a document, then the ratios to pdfplumber by kind of page."""
    names = [reader.name for reader in crew]
    ratios: dict[str, list[tuple[float, str]]] = {}
    print("\n| document | pages | kind | " + " | ".join(f"{n} ms" for n in names), end="")
    print(" | times faster than pdfplumber | peak MiB: cuadra | pdfplumber |")
    print("| " + " | ".join("---" for _ in range(len(names) + 6)) + " |")
    for path in paths:
        kinds = find_kinds(path)
        found = measure(crew, path, rounds)
        kind, ratio = kinds.most_common(1)[0][0], _ratio(found)
        if ratio:
            ratios.setdefault(kind, []).append((ratio, path.stem))
        figures = " | ".join(_milliseconds(found[name], kinds.total()) for name in names)
        peaks = " | ".join(_mebibytes(found.get(name)) for name in ("cuadra", "pdfplumber"))
        told = f"{ratio:.1f}" if ratio else ""
        row = f"| {path.stem} | {kinds.total()} | {kind} | {figures} | {told} | {peaks} |"
        print(row, flush=True)
    print_ratios(ratios)


def _ratio(found: Mapping[str, Measured]) -> float | None:
    own, other = found.get("cuadra"), found.get("pdfplumber")
    return other.seconds / own.seconds if own and other and own.seconds and other.seconds else None


def _milliseconds(measured: Measured, pages: int) -> str:
    return measured.error or f"{(measured.seconds or 0) / pages * 1000:.1f}"


def _mebibytes(measured: Measured | None) -> str:
    return f"{measured.peak:.0f}" if measured and measured.peak else ""


def print_ratios(ratios: Mapping[str, Sequence[tuple[float, str]]]) -> None:
    """Median and worst of each kind, and of all that was born digital."""
    digital = [one for kind, found in ratios.items() if kind != "scanned" for one in found]
    print("\n| kind | documents | times faster than pdfplumber, median | worst | which |")
    print("| --- | --- | --- | --- | --- |")
    for kind, found in {**ratios, "born digital, all": digital}.items():
        if found:
            worst, which = min(found)
            middle = statistics.median(ratio for ratio, _ in found)
            print(f"| {kind} | {len(found)} | {middle:.2f} | {worst:.2f} | {which} |")


def print_scans(crew: Sequence[Reader], paths: Sequence[Path], rounds: int) -> None:
    """Seconds a page on scans, beside tesseract alone."""
    print("\n| scan | pages | cuadra s | tesseract alone s | times tesseract |")
    print("| --- | --- | --- | --- | --- |")
    for path in paths:
        kinds, found = find_kinds(path), measure(crew, path, rounds)
        own, other = (found[name].seconds for name in ("cuadra", "tesseract"))
        if own is None or not other:
            why = "; ".join(one.error for one in found.values() if one.error)
            print(f"| {path.stem} | {kinds.total()} | {why} | | |", flush=True)
            continue
        told = " | ".join(f"{one / kinds.total():.2f}" for one in (own, other))
        print(f"| {path.stem} | {kinds.total()} | {told} | {own / other:.2f} |", flush=True)


def make_long(path: Path) -> None:
    """A thousand pages of a ruled table under a paragraph, as an office would print them."""
    canvas: Any = Canvas(str(path), pagesize=A4, invariant=True)
    for page in range(1, PAGES_OF_LONG + 1):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(50, 800, f"Seguimiento de actividades, hoja {page} de {PAGES_OF_LONG}")
        for row in range(31):
            canvas.line(50, 780 - 22 * row, 545, 780 - 22 * row)
        for column in range(7):
            canvas.line(50 + 82.5 * column, 780, 50 + 82.5 * column, 120)
        for row in range(30):
            for column in range(6):
                place = (54 + 82.5 * column, 766 - 22 * row)
                canvas.drawString(*place, f"Acción {page}.{row + 1}.{column}")
        canvas.showPage()
    canvas.save()


def print_long(crew: Sequence[Reader], path: Path) -> None:
    """Seconds and memory of each reader on the long file, once."""
    print(f"\n| {PAGES_OF_LONG} pages | CPU s | ms a page | peak MiB |")
    print("| --- | --- | --- | --- |")
    for reader in crew:
        found = _sum_up([reader.read(path)])
        told = found.error or f"{found.seconds:.1f}"
        each = _milliseconds(found, PAGES_OF_LONG)
        print(f"| {reader.name} | {told} | {each} | {_mebibytes(found)} |", flush=True)


def install_peers(folder: Path) -> str:
    """A Python with the peers that are no dependencies; what does not install is left out."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = str(folder / "bin" / "python")
    for wanted in PINNED:
        subprocess.run([python, "-m", "pip", "install", "-q", wanted], check=False)
    return python


def main() -> None:
    """Measure and print; see the module's first lines."""
    options = parse_options()
    paths = [one for one in sorted(options.folder.rglob("*.pdf")) if options.only in one.name]
    if not paths:
        raise SystemExit(f"no reports here: {options.folder}")
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{len(paths)} documents, {options.rounds} rounds, load {load}; wanted: {TARGETS}")
    with tempfile.TemporaryDirectory() as scratch:
        python = options.peer_python or (
            install_peers(Path(scratch, "venv")) if options.peers else ""
        )
        measure_all(options, paths, python, Path(scratch, "long.pdf"))


def measure_all(options: argparse.Namespace, paths: Sequence[Path], peers: str, long: Path) -> None:
    """The three tables, each with its own readers."""
    scans = [path for path in paths if find_kinds(path).most_common(1)[0][0] == "scanned"]
    digital = [path for path in paths if path not in scans]
    names = options.readers or ((*OWN, *PEERS) if peers else OWN)
    pythons = dict.fromkeys(PEERS, peers or sys.executable)
    if digital and "documents" in options.parts:
        with readers(names, pythons, digital[0]) as crew:
            print_documents(crew, digital, options.rounds)
    if scans and "scans" in options.parts:
        with readers(("cuadra", "tesseract"), {}, scans[0]) as crew:
            print_scans(crew, scans, 1)
    if "long" in options.parts:
        make_long(long)
        chosen = options.readers or ("cuadra", "pdfplumber")
        with readers(chosen, pythons, (digital or scans)[0]) as crew:
            print_long(crew, long)


def parse_options() -> argparse.Namespace:
    """Which files, readers and parts."""
    parts = ("documents", "scans", "long")
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=SHARED)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="part of a file's name")
    parser.add_argument("--parts", nargs="+", choices=parts, default=parts)
    parser.add_argument("--readers", nargs="+", choices=(*OWN, *PEERS), help="only these")
    parser.add_argument("--peers", action="store_true", help="install the others and ask them too")
    parser.add_argument("--peer-python", default="", help="a Python that has them installed")
    return parser.parse_args()


if __name__ == "__main__":
    main()
