"""The sample reports: reproducible, readable, and wrong only where they say so."""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

ROOT = Path(__file__).parent.parent
RAW = ROOT / "data" / "raw"
sys.path.insert(0, str(ROOT / "scripts"))

from make_samples import DECLARATIONS, make_samples  # noqa: E402
from samples.model import Report, Row, Sheet, load_report  # noqa: E402
from samples.pages import header_lines, paginate  # noqa: E402

STEMS = sorted(path.stem for path in DECLARATIONS.glob("*.toml"))
EXPECTED: dict[str, Any] = tomllib.loads((RAW / "expected.toml").read_text(encoding="utf-8"))
# what the text version loses: a header that is not repeated, a cell pushed off its row
LOST = {
    "avance-compromiso": Counter({"Categoría": 1, "Información": 1}),
    "seguimiento-anticorrupcion": Counter({"Oficina": 1, "de": 1, "Planeación": 1}),
}


def read_text(stem: str) -> str:
    return (RAW / f"{stem}.txt").read_text(encoding="utf-8")


def read_pages(stem: str) -> list[str]:
    with pdfplumber.open(RAW / f"{stem}.pdf") as pdf:
        return [page.extract_text() for page in pdf.pages]


def read_report(stem: str) -> Report:
    return load_report(DECLARATIONS / f"{stem}.toml")


def sheets(stem: str) -> dict[str, Sheet]:
    return {part.name: part for part in read_report(stem).parts if isinstance(part, Sheet)}


def amount(text: str) -> Decimal:
    return Decimal(text.replace("$", "").replace(",", "").strip())


def words(text: str) -> Counter[str]:
    plain = re.sub(r"<[^>]*>|\*\*|\\(?=\$)", "", text)
    return Counter(re.sub(r"^Página \d+$", "", plain, flags=re.MULTILINE).split())


def test_samples_are_what_the_script_writes(tmp_path: Path) -> None:
    written = make_samples(tmp_path)
    kept = sorted(path.name for path in RAW.iterdir() if path.suffix in {".pdf", ".txt"})
    assert sorted(path.name for path in written) == kept
    assert [p.name for p in written if p.read_bytes() != (RAW / p.name).read_bytes()] == []


@pytest.mark.parametrize("stem", STEMS)
def test_text_and_pdf_print_the_same_words(stem: str) -> None:
    pdf = sum((words(page) for page in read_pages(stem)), Counter())
    text = words(read_text(stem))
    assert text - pdf == Counter()
    assert pdf - text == LOST.get(stem, Counter())


@pytest.mark.parametrize("stem", STEMS)
def test_every_page_of_a_table_is_a_readable_grid(stem: str) -> None:
    with pdfplumber.open(RAW / f"{stem}.pdf") as pdf:
        found = [table for page in pdf.pages for table in page.extract_tables()]
    declared = [
        (header_lines(part.columns), lines)
        for part in read_report(stem).parts
        if isinstance(part, Sheet)
        for lines in paginate(part)
    ]
    assert len(found) == len(declared)
    for table, (header, lines) in zip(found, declared, strict=True):
        grid = [*header, *(line.cells for line in lines)]
        told = [[cell.text for cell in cells if cell.kind == "own"] for cells in grid]
        read = [[cell for cell in cells if cell is not None] for cells in table]
        assert [normal(cells) for cells in read] == [normal(cells) for cells in told]


def normal(cells: list[str]) -> list[str]:
    return [" ".join(cell.replace("**", "").split()) for cell in cells]


@pytest.mark.parametrize("stem", STEMS)
def test_fonts_hold_every_character(stem: str) -> None:
    assert read_text(stem).encode("cp1252")
    assert "\ufffd" not in "".join(read_pages(stem))


@pytest.mark.parametrize("stem", STEMS)
def test_expected_faults_are_printed(stem: str) -> None:
    text = " ".join(read_text(stem).replace("\\$", "$").split())
    for fault in EXPECTED[stem]:
        assert fault["quote"] in text, fault["where"]
        assert {"check", "stated", "expected", "where"} <= fault.keys()


def test_expected_names_only_these_reports() -> None:
    assert sorted(EXPECTED.keys() - {"may"}) == STEMS
    assert EXPECTED["may"].keys() <= set(STEMS)


def test_readme_tells_every_expected_check() -> None:
    readme = (RAW / "README.md").read_text(encoding="utf-8")
    checks = {fault["check"] for stem in STEMS for fault in EXPECTED[stem]}
    assert [check for check in sorted(checks) if f"`{check}`" not in readme] == []


def plan_actions() -> list[tuple[str, Row]]:
    """Every action of the plan with the objective it stands under."""
    actions, objective = [], ""
    for name in ("cuadro1", "cuadro2", "cuadro3"):
        for row in sheets("plan-integridad-municipal")[name].rows:
            objective = row.cells.get("objetivo", objective)
            if "accion" in row.cells:
                actions.append((objective, row))
    return actions


def plan_budget() -> list[tuple[str, Decimal, int]]:
    rows = sheets("plan-integridad-municipal")["cuadro4"].rows
    return [
        (row.cells["objetivo"], amount(row.cells["total"]), int(row.cells["numero"]))
        for row in rows
        if "numero" in row.cells
    ]


def test_plan_has_one_wrong_subtotal() -> None:
    wrong, totals = [], []
    for name in ("cuadro1", "cuadro2", "cuadro3"):
        lines, axis = Decimal(0), Decimal(0)
        for row in sheets("plan-integridad-municipal")[name].rows:
            printed = row.cells.get("presupuesto") or row.cells["recursos"]
            label = row.cells.get("objetivo", "") + row.cells.get("linea", "")
            if "accion" in row.cells:
                lines += amount(printed)
            elif label.startswith("Sub total"):
                wrong += [(amount(printed), lines)] if amount(printed) != lines else []
                axis, lines = axis + lines, Decimal(0)
            else:
                totals.append((amount(printed), axis))
    assert wrong == [(Decimal("2370.00"), Decimal("2730.00"))]
    assert [stated for stated, axis in totals if stated == axis] == [
        Decimal("2625.00"),
        Decimal("4305.00"),
        Decimal("17100.00"),
    ]


def test_plan_budget_differs_where_it_says() -> None:
    spent: dict[str, Decimal] = {}
    count = Counter(objective for objective, _ in plan_actions())
    for objective, row in plan_actions():
        spent[objective] = spent.get(objective, Decimal(0)) + amount(row.cells["presupuesto"])
    budget = plan_budget()
    assert count.total() == 21
    assert {o for o, _, _ in budget} == set(spent)
    assert [(a, spent[o]) for o, a, _ in budget if a != spent[o]] == [(450, 400)]
    assert [(n, count[o]) for o, _, n in budget if n != count[o]] == [(3, 2)]


def test_plan_budget_total_sums_its_rows() -> None:
    total = sheets("plan-integridad-municipal")["cuadro4"].rows[-1]
    assert amount(total.cells["total"]) == sum(stated for _, stated, _ in plan_budget())


def test_plan_schedule_shades_as_many_months_as_the_term() -> None:
    for _, row in plan_actions():
        assert int(row.cells["plazo"].split()[0]) == len(row.shaded), row.cells["accion"]


def test_plan_contents_name_the_right_pages() -> None:
    pages = read_pages("plan-integridad-municipal")
    for entry in pages[1].splitlines()[1:-1]:
        heading, page = entry.rsplit(" ", 1)
        assert heading in pages[int(page) - 1].splitlines(), entry


def test_level_mark_stands_under_a_level_in_the_pdf_only() -> None:
    with pdfplumber.open(RAW / "autoevaluacion-compromiso.pdf") as pdf:
        rows = pdf.pages[1].extract_tables()[0]
    marked = next(n for n, row in enumerate(rows) if "X" in row)
    assert rows[marked - 1][rows[marked].index("X")] == "Limitado"
    assert "\n<p><b>X</b></p>\t\t\t\t\n" in read_text("autoevaluacion-compromiso")
