import pytest
from packages import W, make_docx, make_package, p, part, tbl, tc

from extractors.extract import extract, part_document
from extractors.office.docx import read_docx
from extractors.read import read_document
from extractors.sources import SourceError

STYLES = part(
    "styles",
    '<w:style w:styleId="Ttulo1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Propio"><w:name w:val="Capítulo"/><w:basedOn w:val="Ttulo1"/></w:style>',
)
NUMBERING = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>',
)


def in_list(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def texts(table):
    return [[cell.text if cell else None for cell in row] for row in table.rows]


def prose(content):
    return [block.text for block in content.prose]


def written(tmp_path, data: bytes):
    path = tmp_path / "informe.docx"
    path.write_bytes(data)
    return read_document(path, "informe.docx")


def test_paragraphs_and_tables_in_reading_order(tmp_path):
    body = (
        p("Informe de avance")
        + tbl(tc("Actividad") + tc("Avance"), tc("Señalizar rutas") + tc("72%"))
        + p("Texto que sigue.")
    )
    document = written(tmp_path, make_docx(body))
    assert (document.status, document.page_count) == ("ok", 1)
    assert document.media_type.endswith("wordprocessingml.document")
    assert [(b.text, b.line) for b in document.prose] == [
        ("Informe de avance", 1),
        ("Texto que sigue.", 4),
    ]
    (table,) = document.tables
    assert texts(table) == [["Actividad", "Avance"], ["Señalizar rutas", "72%"]]
    cell = table.rows[1][1]
    assert (cell.page, cell.line, cell.row, cell.column, cell.method) == (None, 3, 2, 2, "docx")


def test_cells_that_span_columns_and_rows():
    start, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = tbl(
        tc("Eje", start) + tc("Fechas", '<w:gridSpan w:val="2"/>'),
        tc("", more) + tc("Inicio") + tc("Fin"),
        tc("Agua", start) + tc("enero 2020") + tc("mayo 2020"),
        tc("", more) + tc("junio 2020") + tc(""),
    )
    (table,) = read_docx(make_docx(body)).tables
    assert texts(table) == [
        ["Eje", "Fechas", None],
        [None, "Inicio", "Fin"],
        ["Agua", "enero 2020", "mayo 2020"],
        [None, "junio 2020", ""],
    ]
    assert (table.rows[0][0].row_span, table.rows[0][1].column_span) == (2, 2)


def test_headings_are_sections(tmp_path):
    body = (
        p("Resumen ejecutivo del plan", "Propio") + p("Se hizo.") + p("Otro", "Ttulo1") + p("x y.")
    )
    told = [t.fields for t in extract(written(tmp_path, make_docx(body, styles=STYLES))).told]
    sections = [(t["heading"].text, t["text"].text) for t in told if "heading" in t and "text" in t]
    assert sections == [("Resumen ejecutivo del plan", "Se hizo."), ("Otro", "x y.")]


def test_lists_print_their_numbers():
    body = (
        p("Uno", properties=in_list(1))
        + p("a", properties=in_list(1, 1))
        + p("b", properties=in_list(1, 1))
        + p("Dos", properties=in_list(1))
        + p("otra", properties=in_list(1, 1))
        + p("punto", properties=in_list(2))
        + p("sin lista", properties=in_list(9))
    )
    content = read_docx(make_docx(body, numbering=NUMBERING))
    assert prose(content) == [
        "1. Uno", "1.a) a", "1.b) b", "2. Dos", "2.a) otra", "• punto", "sin lista",
    ]  # fmt: skip


def test_running_lines_and_notes_stand_apart(tmp_path):
    notes = part(
        "footnotes",
        f'<w:footnote w:type="separator" w:id="-1">{p("---")}</w:footnote>'
        f'<w:footnote w:id="2">{p("Ley 1712 de 2014.")}</w:footnote>',
    )
    data = make_docx(
        p("Texto del informe."),
        header1=part("hdr", p("Municipio de Villa Ficticia")),
        header2=part("hdr", p("Municipio de Villa Ficticia")),
        footer=part("ftr", p("Página")),
        footnotes=notes,
    )
    parts = part_document(written(tmp_path, data))
    assert [b.text for b in parts.paragraphs] == ["Texto del informe."]
    assert [b.text for b in parts.furniture] == ["Municipio de Villa Ficticia", "Página"]
    assert [b.text for b in parts.footnotes] == ["1 Ley 1712 de 2014."]


def test_what_was_deleted_and_codes_of_fields_stay_out():
    body = (
        "<w:p><w:r><w:t>Avance </w:t></w:r>"
        "<w:del><w:r><w:delText>50</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>60%</w:t></w:r></w:ins>"
        "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>"
        "<w:r><w:br/><w:t>segunda</w:t><w:tab/><w:t>línea</w:t></w:r></w:p>"
    )
    assert prose(read_docx(make_docx(body))) == ["Avance 60%\nsegunda línea"]


def test_text_boxes_are_told_once():
    box = f"<w:txbxContent>{p('Recuadro')}</w:txbxContent>"
    body = (
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<w:r><w:t>Párrafo</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert prose(read_docx(make_docx(body))) == ["Párrafo", "Recuadro"]


def test_boxes_of_forms_are_ticked_or_not():
    body = (
        "<w:p><w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>"
        "</w:ffData></w:fldChar><w:t> Completo </w:t><w:sym w:font='Wingdings' w:char='F0A8'/>"
        "<w:t> Limitado</w:t></w:r></w:p>"
    )
    assert prose(read_docx(make_docx(body))) == ["☒ Completo ☐ Limitado"]


def test_a_table_in_a_cell_is_a_table_of_its_own():
    inner = tbl(tc("Meta") + tc("10"), tc("Logro") + tc("8"))
    body = tbl(f"<w:tc>{p('Marco')}{inner}</w:tc>" + tc("b"), tc("c") + tc("d"))
    content = read_docx(make_docx(body))
    assert [texts(t) for t in content.tables] == [
        [["Marco", "b"], ["c", "d"]],
        [["Meta", "10"], ["Logro", "8"]],
    ]


def test_a_frame_of_one_column_is_text():
    assert prose(read_docx(make_docx(tbl(tc("Un aviso"), tc("y otro"))))) == ["Un aviso", "y otro"]


# --- hostile


def test_entities_are_refused_before_they_grow(tmp_path):
    laughs = '<!DOCTYPE x [<!ENTITY a "ja"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    xml = f'{laughs}<w:document xmlns:w="{W}"><w:body>{p("&b;")}</w:body></w:document>'
    document = written(tmp_path, make_package({"word/document.xml": xml}))
    assert (document.error, document.error_detail) == ("unsupported", "XML, DOCTYPE")


def test_a_document_cut_short_is_damaged(tmp_path):
    data = make_docx(p("Texto largo " * 200), styles=STYLES)
    for tenth in range(1, 10):
        document = written(tmp_path, data[: len(data) * tenth // 10])
        assert (document.status, document.error) == ("failed", "damaged_unreadable")


@pytest.mark.parametrize("depth", [200, 5_000])
def test_tables_in_tables_without_end_are_answered(depth):
    body = "<w:tbl><w:tr><w:tc>" * depth + p("fondo") + "</w:tc></w:tr></w:tbl>" * depth
    with pytest.raises(SourceError) as caught:
        read_docx(make_docx(body))
    assert caught.value.code in {"damaged_unreadable", "too_large"}


def test_an_empty_document_is_empty(tmp_path):
    document = written(tmp_path, make_docx(p("")))
    assert (document.status, document.error) == ("failed", "empty")


def test_spans_without_sense_lose_no_text():
    body = tbl(
        tc("a", '<w:gridSpan w:val="999999999"/>') + tc("b", '<w:gridSpan w:val="-1"/>'),
        tc("c", "<w:vMerge/>") + tc("d", '<w:gridSpan w:val="x"/>'),
    )
    content = read_docx(make_docx(body))
    told = "".join(c.text for t in content.tables for c in t.cells) + "".join(prose(content))
    assert sorted("".join(told.split())) == ["a", "b", "c", "d"]
