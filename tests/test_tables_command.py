"""`cuadra tables` and `cuadra text` as a person runs them."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from literal import block
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from sample_readings import RAW

from pipeline.exports.layouts import as_csv, as_html, as_json, visible
from pipeline.exports.reading import is_asked, parse_pages
from pipeline.exports.tables import place_cells, tell_table
from pipeline.exports.workbook import CHARACTERS, as_xlsx
from pipeline.model import Block, Table

CUADRA = Path(sys.executable).with_name("cuadra")
PDF, TEXT = RAW / "avance-compromiso.pdf", RAW / "avance-compromiso.txt"
PLAN = RAW / "plan-nacional.pdf"
SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cuadra(*args: object, lang: str = "en", **environ: str) -> subprocess.CompletedProcess[bytes]:
    command = [str(CUADRA), *map(str, args), "--lang", lang]
    env = {**os.environ, "LC_ALL": "C", **environ}
    return subprocess.run(command, capture_output=True, env=env)


def tables_of(*args: object) -> list[dict]:
    ran = cuadra("tables", *args)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


# From the command line


@pytest.fixture(scope="module")
def whole() -> list[dict]:
    return tables_of(PDF)


def test_tables_are_told_as_json_with_their_places(whole: list[dict]) -> None:
    for table in whole:
        width = len(table["rows"][0])
        assert {len(row) for row in table["rows"]} == {width}
        assert table["page"] == table["pages"][0]
        x0, top, x1, bottom = table["bbox"]
        for cell in table["cells"]:
            assert table["rows"][cell["row"] - 1][cell["col"] - 1] == cell["text"]
            assert 1 <= cell["col"] <= cell["col"] + cell["col_span"] - 1 <= width
            assert cell["page"] in table["pages"]
            if cell["page"] == table["page"]:
                left, above, right, below = cell["bbox"]
                assert x0 <= left < right <= x1 and top <= above < below <= bottom


def test_every_place_of_a_table_belongs_to_one_cell(whole: list[dict]) -> None:
    for table in whole:
        taken = [
            (row, col)
            for cell in table["cells"]
            for row in range(cell["row"], cell["row"] + cell["row_span"])
            for col in range(cell["col"], cell["col"] + cell["col_span"])
        ]
        assert len(taken) == len(set(taken))


def test_pages_are_read_alone_and_tables_given_as_they_stand(whole: list[dict]) -> None:
    apart = tables_of(PDF, "--by-page")
    assert all(len(table["pages"]) == 1 for table in apart)
    assert len(apart) > len(whole)
    asked = tables_of(PDF, "--by-page", "--pages", "2-3")
    assert asked == [table for table in apart if table["page"] in (2, 3)]


def test_a_text_report_tells_lines() -> None:
    table = tables_of(TEXT)[0]
    assert (table["page"], table["bbox"], table["pages"]) == (None, None, [])
    assert all(cell["line"] >= table["line"] for cell in table["cells"])


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    for layout in ("html", "xlsx"):
        out = tmp_path / f"out.{layout}"
        assert cuadra("tables", PDF, "--format", layout, "--output", out).returncode == 0
        assert cuadra("tables", PDF, "--format", layout).stdout == out.read_bytes()


def test_a_folder_gets_a_csv_a_table(tmp_path: Path) -> None:
    assert cuadra("tables", PDF, "--format", "csv", "--output", tmp_path).returncode == 0
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == [f"table-{n:03d}.csv" for n in range(1, len(files) + 1)]
    joined = b"\r\n".join(path.read_bytes() for path in sorted(tmp_path.iterdir()))
    assert joined == cuadra("tables", PDF, "--format", "csv").stdout


def test_cells_are_drawn_on_their_pages(tmp_path: Path, whole: list[dict]) -> None:
    ran = cuadra("tables", PDF, "--pages", "1", "--picture", tmp_path / "p", lang="es")
    assert ran.returncode == 0
    assert [path.name for path in (tmp_path / "p").iterdir()] == ["page-001.png"]
    assert "Imagen de la página 1: " in ran.stderr.decode()
    picture = Image.open(tmp_path / "p" / "page-001.png")
    table = json.loads(ran.stdout)[0]
    for side in (0, 2):
        x, y = table["bbox"][side] * 2, (table["bbox"][1] + table["bbox"][3])
        around = [picture.getpixel((int(x) + dx, int(y))) for dx in (-1, 0, 1)]
        assert (220, 0, 0) in around


def test_prose_is_paragraphs_with_headings_marked() -> None:
    ran = cuadra("text", PLAN)
    paragraphs = ran.stdout.decode().rstrip("\n").split("\n\n")
    assert paragraphs[0] == "Plan de Acción de Gobierno Abierto"
    assert "# 1 Catálogo único de trámites del Estado" in paragraphs
    assert all("\n" not in paragraph for paragraph in paragraphs)


def test_tables_stand_in_their_place_in_the_prose() -> None:
    bare = cuadra("text", PDF).stdout.decode().split("\n\n")
    full = cuadra("text", PDF, "--with-tables").stdout.decode().split("\n\n")
    tables = [piece for piece in full if "\t" in piece]
    assert tables and [piece.strip() for piece in full if "\t" not in piece] == [
        piece.strip() for piece in bare
    ]


def test_prose_of_some_pages() -> None:
    every = cuadra("text", PLAN).stdout
    first, rest = (cuadra("text", PLAN, "--pages", pages).stdout for pages in ("1", "2-"))
    assert set((first + b"\n" + rest).split()) == set(every.split())
    assert len(first) < len(every)


@pytest.mark.parametrize(
    ("args", "code", "sentence"),
    [
        (["absent.pdf"], 2, "was not found"),
        ([PDF, "--pages", "0"], 2, "expected a list of pages such as 1,3-5"),
        ([PDF, "--pages", "3-1"], 2, "expected a list of pages such as 1,3-5"),
        ([PDF, "--pages", "900"], 2, "pages, and none of those asked for."),
        ([PDF, "--output", "/nowhere/out.json"], 4, "could not be written"),
        ([PDF, "--timeout", "0.01"], 3, "did not end within its time"),
        ([RAW / "README.md", "--format", "docx"], 2, "expected one of: json, csv, xlsx, html"),
    ],
)
def test_what_goes_wrong_is_told_by_code(args: list[object], code: int, sentence: str) -> None:
    ran = cuadra("tables", *args)
    assert (ran.returncode, ran.stdout) == (code, b"")
    assert sentence in ran.stderr.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"", "is empty"), (b"GIF89a", "is in no format that is read"), (b"%PDF-1.7\n", "is damaged")],
)
def test_files_that_cannot_be_read_end_with_3(tmp_path: Path, data: bytes, sentence: str) -> None:
    path = tmp_path / "f"
    path.write_bytes(data)
    ran = cuadra("text", path)
    assert (ran.returncode, ran.stdout) == (3, b"")
    assert sentence in ran.stderr.decode()


def test_what_is_read_in_part_is_given_and_told(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    canvas = Canvas(str(path), invariant=1)
    canvas.drawString(72, 700, "Texto de la primera página.")
    canvas.showPage()
    canvas.drawInlineImage(Image.new("1", (60, 80), 1), 0, 0, 595, 842)
    canvas.save()
    ran = cuadra("text", path, TESSDATA_PREFIX=str(tmp_path))  # no language to read the scan by
    assert ran.returncode == 0
    assert ran.stdout.decode() == "Texto de la primera página.\n"
    assert "p. 2" in ran.stderr.decode()


def test_a_closed_pipe_is_no_fault() -> None:
    command = f"{CUADRA} tables {PDF} | head -c 1"
    ran = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"[", b"")


# Layouts


def grid(*rows: list[str | None], spans: dict | None = None, **settings: object) -> Table:
    def cell(text: str | None, at: tuple[int, int]) -> Block | None:
        rows, cols = (spans or {}).get(at, (1, 1))
        return None if text is None else Block(text, page=1, row_span=rows, column_span=cols)

    made = tuple(tuple(cell(c, (r, k)) for k, c in enumerate(row)) for r, row in enumerate(rows))
    return Table(1, made, **settings)


def test_spans_keep_within_what_is_free() -> None:
    table = grid(["A", None, "B"], ["c", "d", None], spans={(0, 0): (2, 2), (0, 2): (5, 3)})
    placed = [(p.row, p.col, p.row_span, p.col_span) for p in place_cells(table)]
    assert placed == [(1, 1, 1, 2), (1, 3, 2, 1), (2, 1, 1, 1), (2, 2, 1, 1)]


def test_a_cell_cut_by_a_page_keeps_both_places() -> None:
    parts = (Block("uno", page=1, bbox=(1, 2, 3, 4)), Block("dos", page=2, bbox=(1, 2, 3, 9)))
    cell = Block("uno dos", page=1, bbox=(1, 2, 3, 4), parts=parts)
    told = tell_table(Table(1, ((cell,),)))
    assert told["pages"] == [1, 2] and told["bbox"] == [1, 2, 3, 4]
    assert told["cells"][0]["parts"] == [
        {"text": "uno", "page": 1, "bbox": [1, 2, 3, 4]},
        {"text": "dos", "page": 2, "bbox": [1, 2, 3, 9]},
    ]


HOSTILE = ["=1+1", '+cmd|"x"', "-2+3", "@SUM(A1)", "\t=1", "<script>x</script>", "\x1b[2J", "-5"]


def test_json_gives_back_hostile_text_and_shows_none_of_it() -> None:
    texts = [*HOSTILE, "\u202e", "\x9b", "\udcf1", '"', "\u2028"]
    data = as_json([grid(texts)], "en")
    assert json.loads(data)[0]["rows"] == [texts]
    assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", data)


def test_csv_cannot_run() -> None:
    (row,) = csv.reader(io.StringIO(as_csv([grid(HOSTILE)], "en").decode(), newline=""))
    assert row == ["'=1+1", '\'+cmd|"x"', "'-2+3", "'@SUM(A1)", "'\t=1", *row[5:]]
    assert row[5:] == ["<script>x</script>", "\ufffd[2J", "-5"]


def test_html_is_escaped_and_keeps_spans() -> None:
    table = grid(["<script>", None], ["a", "b"], spans={(0, 0): (1, 2)}, header_rows=1)
    page = as_html([table], "es").decode()
    assert '<th colspan="2">&lt;script&gt;</th>' in page
    assert "<script" not in page and "default-src 'none'" in page
    assert "Cuadro 1, pág. 1" in page


def sheets(data: bytes) -> dict[str, dict[str, str]]:
    """sheet name -> cell reference -> text, with formulas refused."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        names = [sheet.get("name") for sheet in book.iter(f"{SHEETS}sheet")]
        strings = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
        texts = ["".join(t.text or "" for t in si.iter(f"{SHEETS}t")) for si in strings]
        read = {}
        for number, name in enumerate(names, start=1):
            xml = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
            assert next(xml.iter(f"{SHEETS}f"), None) is None
            assert next(xml.iter(f"{SHEETS}hyperlink"), None) is None
            read[name] = {
                cell.get("r"): texts[int(value.text)]
                for cell in xml.iter(f"{SHEETS}c")
                if (value := cell.find(f"{SHEETS}v")) is not None
            }
    return read


def test_a_workbook_holds_text_only() -> None:
    read = sheets(as_xlsx([grid([*HOSTILE, "https://example.org", "12"])], "en"))
    assert list(read) == ["1 (p. 1)"]
    assert list(read["1 (p. 1)"].values()) == [
        *map(visible, HOSTILE), "https://example.org", "12"
    ]  # fmt: skip


def test_a_workbook_cuts_no_long_text() -> None:
    text = "ñandú 😀" * (CHARACTERS // 4)
    read = sheets(as_xlsx([grid(["a", text])], "es"))
    shown = read["1 (p. 1)"]["B1"]
    assert shown.endswith("… [sigue en la hoja Textos largos, fila 2]")
    sheet, row, col, *pieces = [
        value for place, value in read["Textos largos"].items() if place[1:] == "2"
    ]
    assert (sheet, row, col) == ("1 (p. 1)", "1", "2")
    assert "".join(pieces) == text


def test_a_workbook_without_tables_says_so() -> None:
    assert sheets(as_xlsx([], "en")) == {"Sheet1": {"A1": "There are no tables."}}


def test_a_table_wider_than_a_sheet_goes_on_in_another() -> None:
    read = sheets(as_xlsx([grid([str(n) for n in range(16_385)])], "en"))
    assert list(read) == ["1 (p. 1)", "1 (p. 1) +1"]
    assert read["1 (p. 1) +1"] == {"A1": "16384"}


@pytest.mark.parametrize(
    ("text", "pages"),
    [("1", {1}), ("1,3-5", {1, 3, 4, 5}), (" 2 - 3 , 7", {2, 3, 7}), ("8-", {8, 9, 10})],
)
def test_pages_asked_for(text: str, pages: set[int]) -> None:
    assert {n for n in range(11) if is_asked(n, parse_pages(text))} == pages


@pytest.mark.parametrize("text", ["", "0", "a", "1,", "3-2", "-3", "1--2", "1.5", "٣", "9" * 30])
def test_what_is_no_list_of_pages(text: str) -> None:
    with pytest.raises(ValueError):
        parse_pages(text)


def test_lines_of_a_text_report_are_one_page() -> None:
    assert tell_table(Table(1, ((block("a", 3),),)))["line"] == 3
