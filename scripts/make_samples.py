"""Write the sample reports of data/raw: `python scripts/make_samples.py [FOLDER]`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from samples.as_pdf import write_pdf
from samples.as_text import write_text
from samples.model import load_report

DECLARATIONS = Path(__file__).parent / "samples" / "reports"
FOLDER = Path(__file__).parent.parent / "data" / "raw"


def make_samples(folder: Path) -> list[Path]:
    """Write every report into `folder`, as text and as PDF; what was written, sorted."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for path in sorted(DECLARATIONS.glob("*.toml")):
        report = load_report(path)
        text, pdf = folder / f"{report.stem}.txt", folder / f"{report.stem}.pdf"
        text.write_bytes(write_text(report).encode("utf-8"))
        pdf.write_bytes(write_pdf(report))
        written += [pdf, text]
    return written


if __name__ == "__main__":
    for path in make_samples(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        print(path)
