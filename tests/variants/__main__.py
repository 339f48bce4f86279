"""Everything that fails, whole: `PYTHONPATH=tests python -m variants [family…] [-- report…]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from variants.families import FAMILIES
from variants.trials import MOST_LINES, open_report, try_variants

ROOT = Path(__file__).parents[2]
REPORTS = (
    *sorted((ROOT / "data" / "raw").glob("*.txt")),
    *sorted((ROOT.parent / "shared" / "reports" / "seeds").glob("*.txt")),
)


def main(arguments: list[str]) -> None:
    names, _, stems = " ".join(arguments).partition("--")
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    with tempfile.TemporaryDirectory() as folder:
        for path in REPORTS:
            if not stems.split() or any(path.stem.startswith(stem) for stem in stems.split()):
                _report(path, wanted, Path(folder))


def _report(path: Path, wanted: list[str], folder: Path) -> None:
    report = open_report(path, folder)
    for family in FAMILIES:
        if wanted and family.name not in wanted:
            continue
        tried = list(try_variants(report, family, family.make(report.text), folder))
        wrong = [(name, lines) for name, lines in tried if lines]
        print(f"{path.stem[:20]} | {family.name}: {len(wrong)} of {len(tried)} differ", flush=True)
        for name, lines in wrong:
            print(
                f"    {name} ({len(lines)})",
                *(line[:170] for line in lines[:MOST_LINES]),
                sep="\n        ",
            )


if __name__ == "__main__":
    main(sys.argv[1:])
