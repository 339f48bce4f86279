"""What of a page is published: `python benchmarks/completeness.py [--only NAME]`.

Over every PDF of `../shared/reports`: the characters of cells and prose (running lines among them),
and those the reading counts as unread, against PDFium's own count of characters that are not blank,
page by page. A character counts as often as it is printed: one published twice makes up for none.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from tables_gold import SHARED

from extractors.read import read_document
from pipeline.model import Document

TARGET = 0.999
# Repairs that say how many characters of a page could not be read: the word of their count.
COUNTED = "characters"
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\u00ad": "-", "\u2010": "-", "\u2011": "-"})


@dataclass(frozen=True, slots=True)
class Share:
    """Characters of one document; `surplus` are those published more often than printed."""

    printed: int
    published: int
    unread: int
    surplus: int

    @property
    def whole(self) -> float:
        """Share of the printed that is published or counted; 1 where nothing is printed."""
        return min(1.0, (self.published + self.unread) / self.printed) if self.printed else 1.0


def count_characters(text: str) -> Counter[str]:
    """The characters that are not blank, compatibility forms as their letters.

    Control characters are no print; those of a font's own (bullets, ticks) are.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_HYPHENS))
    marks = (one for one in plain if not one.isspace())
    return Counter(one for one in marks if unicodedata.category(one) not in ("Cc", "Cf"))


def count_printed(path: Path) -> dict[int, Counter[str]]:
    """What PDFium finds within each page as seen."""
    found = {}
    pdf = pypdfium2.PdfDocument(path)
    for number in range(1, len(pdf) + 1):
        page = pdf[number - 1]
        found[number] = count_characters(page.get_textpage().get_text_bounded())
        page.close()
    pdf.close()
    return found


def count_published(document: Document) -> dict[int, Counter[str]]:
    """What cells and prose hold, by page."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    cells = (cell for table in document.tables for cell in table.cells)
    captions = (table.caption for table in document.tables if table.caption)
    for block in (*cells, *captions, *document.prose):
        for place in block.places():
            found[place.page or 0].update(count_characters(place.text))
    return found


def count_unread(document: Document) -> int:
    """Characters that the reading itself names as unread."""
    details = (repair.detail for repair in document.repairs if repair.kind != "no_text_layer")
    return sum(int(detail[COUNTED]) for detail in details if detail.get(COUNTED, "").isdigit())


def measure(path: Path) -> tuple[Share, Counter[str]]:
    """One document's share, and which characters it loses most."""
    document = read_document(path, path.name)
    printed, published = count_printed(path), count_published(document)
    lost: Counter[str] = Counter()
    for page, wanted in printed.items():
        lost.update(wanted - published.get(page, Counter()))
    whole = sum(wanted.total() for wanted in printed.values())
    surplus = sum(
        (found - printed[page]).total() for page, found in published.items() if printed.get(page)
    )
    return Share(whole, whole - lost.total(), count_unread(document), surplus), lost


def report_files(folder: Path, only: str) -> Iterator[Path]:
    """Every PDF beneath the folder, in the order of its path."""
    return (path for path in sorted(folder.rglob("*.pdf")) if only in path.name)


def main() -> None:
    """Print a row a document, then how many reach the target."""
    options = parse_options()
    reached, judged = 0, 0
    print("| document | printed | published | unread | too often | share | most lost |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for path in report_files(options.folder, options.only):
        share, lost = measure(path)
        judged += bool(share.printed)
        reached += bool(share.printed) and share.whole >= TARGET
        most = " ".join(f"`{one}` {times}" for one, times in lost.most_common(4))
        counts = f"{share.printed} | {share.published} | {share.unread} | {share.surplus}"
        told = f"{share.whole:.4%}" if share.printed else "no text layer"
        print(f"| {path.stem} | {counts} | {told} | {most} |", flush=True)
    print(f"\n{reached} of {judged} documents with a text layer reach {TARGET:.1%}")


def parse_options() -> argparse.Namespace:
    """Which documents."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=SHARED)
    parser.add_argument("--only", default="", help="part of a file's name")
    return parser.parse_args()


if __name__ == "__main__":
    main()
