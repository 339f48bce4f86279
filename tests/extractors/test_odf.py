import pytest
from packages import ODF, make_odf, make_package

from extractors.extract import extract, part_document
from extractors.office.odf import read_ods, read_odt
from extractors.read import read_document
from extractors.sources import SourceError


def texts(table):
    return [[cell.text if cell else None for cell in row] for row in table.rows]


def prose(content):
    return [block.text for block in content.prose]


def written(tmp_path, data: bytes, name="informe.odt"):
    path = tmp_path / name
    path.write_bytes(data)
    return read_document(path, name)


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def td(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}>{p(text) if text else ''}</table:table-cell>"


def money(value: str, text: str) -> str:
    return td(text, f'office:value-type="float" office:value="{value}"')


def table(*rows: str, name: str = "Avance", style: str = "") -> str:
    styled = f'table:style-name="{style}"' if style else ""
    lines = "".join(
        row if row.startswith("<table:table-row") else f"<table:table-row>{row}</table:table-row>"
        for row in rows
    )
    return f'<table:table table:name="{name}" {styled}>{lines}</table:table>'


COVERED = "<table:covered-table-cell/>"


# --- ODT


def test_a_text_in_reading_order(tmp_path):
    body = (
        '<text:h text:outline-level="2">Resumen del plan</text:h>'
        + p("Se<text:s text:c='3'/>hizo<text:tab/>todo<text:line-break/>y más.")
        + table(td("Actividad") + td("Avance"), td("Señalizar") + td("72%"))
        + f"<text:list><text:list-item>{p('Un punto')}</text:list-item></text:list>"
        + f"<text:section>{p('Dentro de una sección.')}</text:section>"
    )
    document = written(tmp_path, make_odf("text", body))
    assert document.media_type == "application/vnd.oasis.opendocument.text"
    assert prose(document) == [
        "Resumen del plan", "Se hizo todo\ny más.", "Un punto", "Dentro de una sección.",
    ]  # fmt: skip
    assert [block.line for block in document.prose] == [1, 2, 5, 6]
    assert texts(document.tables[0]) == [["Actividad", "Avance"], ["Señalizar", "72%"]]
    told = [t.fields for t in extract(document).told if "heading" in t.fields]
    assert told[0]["heading"].text == "Resumen del plan"


def test_spans_of_a_table():
    body = table(
        td("Eje", 'table:number-rows-spanned="2"')
        + td("Fechas", 'table:number-columns-spanned="2"')
        + COVERED,
        COVERED + td("Inicio") + td("Fin"),
        td("Agua") + td("enero 2020") + td("mayo 2020"),
    )
    (found,) = read_odt(make_odf("text", body)).tables
    assert texts(found)[:2] == [["Eje", "Fechas", None], [None, "Inicio", "Fin"]]
    assert (found.rows[0][0].row_span, found.rows[0][1].column_span) == (2, 2)


def test_notes_boxes_and_running_lines_stand_apart(tmp_path):
    note = (
        f"<text:note><text:note-citation>1</text:note-citation>"
        f"<text:note-body>{p('Ley 1712.')}</text:note-body></text:note>"
    )
    frame = f"<draw:frame><draw:text-box>{p('Recuadro')}</draw:text-box></draw:frame>"
    comment = f"<office:annotation>{p('borrador')}</office:annotation>"
    styles = (
        f"<office:document-styles {ODF}><office:master-styles><style:master-page>"
        f"<style:header>{p('Municipio')}</style:header><style:footer>{p('Municipio')}"
        "</style:footer></style:master-page></office:master-styles></office:document-styles>"
    )
    body = p(f"Texto{note}{frame}{comment} del informe.")
    data = make_odf("text", body, styles=styles)
    parts = part_document(written(tmp_path, data))
    assert [b.text for b in parts.paragraphs] == ["Texto del informe.", "Recuadro"]
    assert [b.text for b in parts.furniture] == ["Municipio"]
    assert [b.text for b in parts.footnotes] == ["1 Ley 1712."]


def test_what_was_deleted_stays_out():
    region = f"<text:changed-region>{p('no')}</text:changed-region>"
    body = f"<text:tracked-changes>{region}</text:tracked-changes>"
    assert prose(read_odt(make_odf("text", body + p("sí")))) == ["sí"]


# --- ODS


def test_a_sheet_keeps_what_it_prints(tmp_path):
    body = table(
        td("MUNICIPIO DE VILLA FICTICIA"),
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>',
        td("Concepto") + td("Aprobado"),
        td("Obras") + money("1234567.5", "1.234.567,50"),
        td("Agua") + money("10", ""),
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row>',
    )
    document = written(tmp_path, make_odf("spreadsheet", body), "a.ods")
    (found,) = document.tables
    assert document.media_type == "application/vnd.oasis.opendocument.spreadsheet"
    assert prose(document) == ["MUNICIPIO DE VILLA FICTICIA"]
    assert texts(found) == [["Concepto", "Aprobado"], ["Obras", "1.234.567,50"], ["Agua", "10"]]
    assert (found.caption.text, found.rows[1][1].page, found.rows[1][1].line) == ("Avance", 1, 5)


def test_repeated_cells_stand_as_often_as_they_say():
    body = table(
        td("Mes") + td("Meta", 'table:number-columns-repeated="2"'),
        f'<table:table-row table:number-rows-repeated="2">{td("a")}{money("1", "1")}{td("b")}'
        "</table:table-row>",
    )
    (found,) = read_ods(make_odf("spreadsheet", body)).tables
    assert texts(found) == [["Mes", "Meta", "Meta"], ["a", "1", "b"], ["a", "1", "b"]]
    assert [row[0].line for row in found.rows] == [1, 2, 3]


def test_a_hidden_sheet_and_a_formula_without_value_are_told():
    hidden = '<style:table-properties table:display="false"/>'
    style = f'<style:style style:name="ta2">{hidden}</style:style>'
    rows = (td("a") + td("b"), td("c") + td("", 'table:formula="of:=[.A1]"') + td("d"))
    body = table(*rows) + table(*rows, name="Oculta", style="ta2")
    content = read_ods(make_odf("spreadsheet", body, style))
    assert len(content.tables) == 1 and content.page_count == 2
    assert [repair.kind for repair in content.repairs] == ["formula_without_value", "hidden_sheet"]


# --- hostile


def refused(data: bytes, read=read_ods) -> str:
    with pytest.raises(SourceError) as caught:
        read(data)
    return caught.value.code


def test_cells_repeated_without_end_are_refused():
    row = td("x", 'table:number-columns-repeated="99999999"')
    assert refused(make_odf("spreadsheet", table(row))) == "too_large"
    pair = td("x") + td("y")
    rows = f'<table:table-row table:number-rows-repeated="99999999">{pair}</table:table-row>'
    assert refused(make_odf("spreadsheet", table(rows))) == "too_large"


def test_entities_a_password_and_missing_parts_are_told(tmp_path):
    mimetype = {"mimetype": "application/vnd.oasis.opendocument.text"}
    laughs = '<!DOCTYPE x [<!ENTITY a "ja">]><x>&a;</x>'
    assert refused(make_package({**mimetype, "content.xml": laughs}), read_odt) == "unsupported"
    locked = '<m:manifest xmlns:m="urn:x"><m:encryption-data/></m:manifest>'
    data = make_odf("text", p("x"), **{"META-INF__manifest": locked})
    assert written(tmp_path, data).error == "encrypted"
    assert written(tmp_path, make_package(mimetype)).error == "damaged_unreadable"
    data = make_odf("text", p("Texto"))
    assert written(tmp_path, data[: len(data) // 2]).error == "damaged_unreadable"
