import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from extractors.extract import part_document
from extractors.office import read_office
from extractors.office.numbers import print_number
from extractors.office.xlsx import read_xlsx
from extractors.read import read_document
from extractors.sources import SourceError, load_source

MONEY = "#,##0.00"


def make_xlsx(fill, **options) -> bytes:
    """A workbook that `fill(workbook)` writes in."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **options}) as workbook:
        fill(workbook)
    return buffer.getvalue()


def make_sheet(rows, **formats) -> bytes:
    def fill(workbook):
        sheet = workbook.add_worksheet("Avance")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)

    return make_xlsx(fill, **formats)


def change_part(data: bytes, name: str, old: str, new: str) -> bytes:
    """The same package with a piece of one part replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(buffer, "w", 8) as after:
        for entry in before.infolist():
            content = before.read(entry).decode("utf-8")
            if entry.filename == name:
                assert old in content
                content = content.replace(old, new)
            after.writestr(entry.filename, content)
    return buffer.getvalue()


def texts(table):
    return [[cell.text if cell else None for cell in row] for row in table.rows]


def budget(workbook):
    sheet = workbook.add_worksheet("Presupuesto")
    money = workbook.add_format({"num_format": MONEY})
    percent = workbook.add_format({"num_format": "0.0%"})
    day = workbook.add_format({"num_format": "dd/mm/yyyy"})
    sheet.merge_range("A1:D1", "MUNICIPIO DE VILLA FICTICIA")
    sheet.write("A2", "Al 31 de marzo de 2019")
    sheet.write_row("A4", ["CONCEPTO", "APROBADO", "AVANCE", "FECHA"])
    sheet.write("A6", "Obras")
    sheet.write("B6", 1234567.5, money)
    sheet.write("C6", 0.725, percent)
    sheet.write_datetime("D6", datetime(2019, 3, 15), day)
    sheet.write("A7", "TOTAL")
    sheet.write_formula("B7", "=SUM(B6:B6)", money, 1234567.5)
    sheet.write("A9", "Fuente: Tesorería")


def test_a_sheet_is_a_page_with_its_lines_and_its_table():
    content = read_xlsx(make_xlsx(budget))
    (table,) = content.tables
    assert content.page_count == 1
    assert [block.text for block in content.prose] == [
        "MUNICIPIO DE VILLA FICTICIA",
        "Al 31 de marzo de 2019",
        "Fuente: Tesorería",
    ]
    assert table.caption is not None and table.caption.text == "Presupuesto"
    assert texts(table) == [
        ["CONCEPTO", "APROBADO", "AVANCE", "FECHA"],
        ["Obras", "1234567.50", "72.5%", "15/03/2019"],
        ["TOTAL", "1234567.50", "", ""],
    ]
    cell = table.rows[1][1]
    assert (cell.page, cell.line, cell.row, cell.column, cell.table) == (1, 6, 2, 2, 1)
    assert cell.method == table.method == "xlsx"


def test_titles_stay_text_and_a_gap_under_the_header_parts_nothing(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(make_xlsx(budget))
    document = read_document(path, "a.xlsx")
    parts = part_document(document)
    assert (document.status, document.error, document.page_count) == ("ok", "", 1)
    assert document.media_type.endswith("spreadsheetml.sheet")
    assert parts.tables[0].header_rows == 1
    assert [name.text for name in parts.tables[0].names] == texts(document.tables[0])[0]
    assert len(parts.paragraphs) == 3 and not parts.furniture


def test_merged_cells_have_spans():
    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.merge_range("A1:A2", "Objetivo")
        sheet.merge_range("B1:C1", "Metas")
        sheet.write_row("B2", ["Programada", "Lograda"])
        sheet.merge_range("A3:A4", "Transparencia")
        sheet.write_row("B3", [10, 8])
        sheet.write_row("B4", [5, 5])

    (table,) = read_xlsx(make_xlsx(fill)).tables
    assert texts(table) == [
        ["Objetivo", "Metas", None],
        [None, "Programada", "Lograda"],
        ["Transparencia", "10", "8"],
        [None, "5", "5"],
    ]
    assert [(table.rows[r][c].row_span, table.rows[r][c].column_span) for r, c in
            ((0, 0), (0, 1), (2, 0))] == [(2, 1), (1, 2), (2, 1)]  # fmt: skip


def test_a_formula_without_a_saved_value_is_empty_and_told():
    data = make_xlsx(budget)
    saved = '<v>1234567.5</v></c></row><row r="9"'
    data = change_part(
        data, "xl/worksheets/sheet1.xml", saved, saved.replace("<v>1234567.5</v>", "")
    )
    content = read_xlsx(data)
    assert content.tables[0].rows[2][1].text == ""
    (repair,) = content.repairs
    assert (repair.kind, repair.block.line, repair.detail["count"]) == (
        "formula_without_value", 7, "1",
    )  # fmt: skip


def test_every_visible_sheet_in_order_and_the_hidden_one_told():
    def fill(workbook):
        for name in ("Uno", "Oculta", "Tres"):
            sheet = workbook.add_worksheet(name)
            sheet.write_row(0, 0, ["Nombre", name])
            sheet.write_row(1, 0, ["Dato", 1])
            if name == "Oculta":
                sheet.hide()

    content = read_xlsx(make_xlsx(fill))
    assert [(t.caption.text, t.rows[0][0].page) for t in content.tables] == [
        ("Uno", 1),
        ("Tres", 3),
    ]
    assert [(r.kind, r.block.text) for r in content.repairs] == [("hidden_sheet", "Oculta")]
    assert content.page_count == 3


def test_two_tables_of_a_sheet_are_two():
    rows = [
        ["Concepto", "Monto"], ["Obras", 10], ["Agua", 20], [],
        ["Segundo cuadro"], ["Nombre", "Cargo"], ["Luz", "Jefa"],
    ]  # fmt: skip
    content = read_xlsx(make_sheet(rows))
    assert [texts(table)[0] for table in content.tables] == [
        ["Concepto", "Monto"],
        ["Nombre", "Cargo"],
    ]
    assert [block.text for block in content.prose] == ["Segundo cuadro"]


def test_groups_after_a_gap_stay_in_their_table():
    rows = [["Concepto", "Monto"], ["Obras", 10], [], ["Servicios"], ["Agua", 20]]
    content = read_xlsx(make_sheet(rows))
    assert len(content.tables) == 1 and len(content.tables[0].rows) == 4


def test_days_since_1904():
    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Inicio", "Fin"])
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_datetime(1, 0, date(2020, 2, 29), day)

    (table,) = read_xlsx(make_xlsx(fill, date_1904=True)).tables
    assert texts(table)[1] == ["29/02/2020", ""]


@pytest.mark.parametrize(
    ("stored", "code", "printed"),
    [
        ("21501627", "#,##0.00", "21501627.00"),
        ("4219503.7", '_-"$"* #,##0.00_-;\\-"$"* #,##0.00_-;_-"$"* "-"??_-;_-@_-', "$4219503.70"),
        ("-1234.5", "#,##0.00_);(#,##0.00)", "-1234.50"),
        ("1.5", "[$Q-100A]#,##0.00", "Q1.50"),
        ("0.57", "0%", "57%"),
        ("0.56999999999999995", "0%", "57%"),
        ("0.1", "", "0.1"),
        ("0.30000000000000004", "General", "0.3"),
        ("1.234", "General", "1.2340"),  # not one thousand two hundred and thirty-four
        ("100000", "", "100000"),
        ("1E+5", "", "100000"),
        ("7", "00", "07"),
        ("5", '0 "meses"', "5 meses"),
        ("2.005", "0.00", "2.01"),
        ("43905", "dd/mm/yyyy", "15/03/2020"),
        ("43905", '[$-C0A]d\\ "de"\\ mmmm\\ "de"\\ yyyy', "15 marzo 2020"),
        ("43905", "mmm\\-yy", "mar-2020"),
        ("43905", "m/d/yyyy", "2020-03-15"),
        ("43905.5", "yyyy\\-mm\\-dd\\ hh:mm", "2020-03-15 12:00"),
        ("0.5", "h:mm", "12:00"),
        ("99999999", "dd/mm/yyyy", "99999999"),
        ("1e300", "0.00", "1e300"),
        ("nan", "0.00", "nan"),
        ("x", "0.00", "x"),
    ],
)
def test_numbers_as_their_formats_print_them(stored, code, printed):
    assert print_number(stored, code) == printed


# --- hostile


def refused(data: bytes) -> tuple[str, str]:
    with pytest.raises(SourceError) as caught:
        read_xlsx(data)
    return caught.value.code, caught.value.detail


def test_a_workbook_cut_short_is_damaged(tmp_path):
    data = make_xlsx(budget)
    path = tmp_path / "a.xlsx"
    for part in range(1, 10):
        path.write_bytes(data[: len(data) * part // 10])
        document = read_document(path, "a.xlsx")
        assert (document.status, document.error) == ("failed", "damaged_unreadable"), part


def test_entities_are_refused_before_they_grow():
    laughs = '<!DOCTYPE x [<!ENTITY a "ja"><!ENTITY b "&a;&a;&a;&a;">]>'
    data = make_xlsx(budget)
    head = "<worksheet "
    bomb = change_part(data, "xl/worksheets/sheet1.xml", head, laughs + head)
    assert refused(bomb) == ("unsupported", "XML, DOCTYPE")


def test_a_part_that_unpacks_to_far_more_is_refused():
    data = make_xlsx(budget)
    head = "<sheetData>"
    bomb = change_part(data, "xl/worksheets/sheet1.xml", head, " " * 5_000_000 + head)
    code, detail = refused(bomb)
    assert code == "too_large" and detail.startswith("ZIP, ")


def test_nothing_outside_the_file_is_opened(tmp_path):
    secret = tmp_path / "secreto.xml"
    secret.write_text("<sst><si><t>SECRETO</t></si></sst>")
    data = make_sheet([["Nombre", "Dato"], ["a", "b"]])
    rels = "xl/_rels/workbook.xml.rels"
    outside = change_part(data, rels, 'Target="sharedStrings.xml"',
                          f'TargetMode="External" Target="{secret.as_uri()}"')  # fmt: skip
    climbing = change_part(data, rels, '"sharedStrings.xml"', f'"../../..{secret}"')
    for hostile in (outside, climbing):
        assert "SECRETO" not in str(read_xlsx(hostile).tables)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('r="A1"', 'r="XFD99999999"'),
        ('r="A1"', 'r="0"'),
        ('r="1"', 'r="-5"'),
        ("<v>0</v>", "<v>999999999</v>"),
        ("<v>0</v>", "<v>-1</v>"),
        ("<v>0</v>", "<v>x</v>"),
        ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="B9:A1"/></mergeCells>'),
    ],
)
def test_nonsense_in_a_sheet_loses_a_cell_at_most(old, new):
    data = make_sheet([["Nombre", "Dato"], ["a", 1], ["b", 2]])
    content = read_xlsx(change_part(data, "xl/worksheets/sheet1.xml", old, new))
    assert any(cell.text for table in content.tables for cell in table.cells) or content.prose


def test_cells_far_apart_make_no_huge_table():
    def fill(workbook):
        sheet = workbook.add_worksheet()
        for at in range(3_000):
            sheet.write(at * 3, at, at)

    assert refused(make_xlsx(fill))[0] == "too_large"


def test_types_that_no_reader_takes_are_refused():
    with pytest.raises(SourceError):
        read_office("application/x-otro", b"")


def test_macros_are_not_opened(tmp_path):
    buffer = io.BytesIO(make_xlsx(budget))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"\0" * 64)
    path = tmp_path / "a.xlsm"
    path.write_bytes(buffer.getvalue())
    assert load_source(path).media_type.endswith("spreadsheetml.sheet")
    assert len(read_document(path, "a").tables) == 1


def test_a_real_budget_gives_its_lines(shared_reports):
    path = shared_reports / "real" / "mx-tanhuato-egresos-cog-2019-t1-xlsx.xlsx"
    if not path.is_file():
        pytest.skip(f"not here: {path}")
    (table,) = part_document(read_document(path, path.name)).tables
    rows = {row[0] or row[1] or row[2]: row for row in texts(table)}
    assert rows["10000"][4] == "21501627.00"
    assert rows["99999"][4:6] == ["67244778.00", "73090273.55"]
