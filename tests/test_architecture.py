"""The import rules of docs/architecture.md."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("pipeline", "extractors", "normalizers")
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
BORDERS = {  # library -> the only places that may import it
    "pdfplumber": "extractors/",
    "pdfminer": "extractors/",
    "camelot": "extractors/",
    "pypdfium2": "extractors/",
    "tesserocr": "extractors/",
    "cv2": "extractors/",
    "spacy": "extractors/",
    "dateparser": "normalizers/edtf_library.py",
    "great_expectations": "pipeline/validation/suites/library.py",
    "xlsxwriter": "pipeline/exports/workbook.py",
    "multiprocessing": "pipeline/engine/",
    "click": ("pipeline/cli.py", "pipeline/usage.py"),
}


def imported(path: Path) -> set[str]:
    """The absolute names that a file imports, wherever in it; `from x import y` gives x and x.y."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    names = imported(path)
    if place == "pipeline/__init__.py":
        assert not names
    if not place.startswith("pipeline/"):
        inside = {name for name in names if name.startswith("pipeline")}
        assert all(name.startswith("pipeline.model.") for name in inside), inside
    for one, other in (("extractors", "normalizers"), ("normalizers", "extractors")):
        if place.startswith(f"{one}/"):
            assert not {name for name in names if name.startswith(f"{other}.")}
    for library, border in BORDERS.items():
        if not place.startswith(border):
            assert library not in {name.split(".")[0] for name in names}


def test_the_rules_cover_all_packages() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in FILES} == set(PACKAGES)
