import pytest

from extractors.extract import extract, part_document
from extractors.office.html import read_html
from extractors.read import read_document


def texts(table):
    return [[cell.text if cell else None for cell in row] for row in table.rows]


def read(body: str):
    return read_html(f"<!DOCTYPE html><html><body>{body}</body></html>".encode())


def prose(content):
    return [block.text for block in content.prose]


PAGE = """<!DOCTYPE html>
<html lang="es"><head><title>Sitio</title><style>p {}</style>
<script>var x = "<p>no</p>";</script></head>
<body><nav><a href="/">Inicio</a></nav>
<h2>Resumen del plan</h2>
<p>Se hizo   <b>todo</b>,
salvo una cosa.<br>Y más.</p>
<table><caption>Cuadro 1. Avance</caption>
<thead><tr><th rowspan=2>Eje</th><th colspan="2">Fechas</th></tr><tr><th>Inicio<th>Fin</tr></thead>
<tr><td>Agua<td>enero 2020<td>mayo<br>2020</tr></table>
<ol start="3"><li>Uno</li><li>Dos</li></ol><ul><li>Punto</ul>
<div>Texto suelto<p>y un párrafo</p>con cola</div>
<p hidden>no</p><p style="display: none">no</p><noscript>no</noscript><iframe src="http://x/"></iframe>
</body></html>"""


def test_a_page_in_reading_order(tmp_path):
    path = tmp_path / "informe.html"
    path.write_text(PAGE, encoding="utf-8")
    document = read_document(path, "informe.html")
    assert (document.status, document.media_type) == ("ok", "text/html")
    assert prose(document) == [
        "Resumen del plan", "Se hizo todo, salvo una cosa.\nY más.", "3. Uno", "4. Dos", "• Punto",
        "Texto suelto", "y un párrafo", "con cola",
    ]  # fmt: skip
    (table,) = document.tables
    assert texts(table) == [
        ["Eje", "Fechas", None],
        [None, "Inicio", "Fin"],
        ["Agua", "enero 2020", "mayo\n2020"],
    ]
    assert table.caption.text == "Cuadro 1. Avance"
    assert [cell.line for cell in table.cells][:1] == [4]
    parts = part_document(document)
    assert [block.text for block in parts.furniture] == ["Inicio"]
    assert parts.tables[0].header_rows == 2
    headings = [t.fields["heading"].text for t in extract(document).told if "heading" in t.fields]
    assert headings[0] == "Resumen del plan"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_pages_in_several_encodings(tmp_path, encoding):
    path = tmp_path / "a.htm"
    path.write_bytes("<html><meta charset='iso-8859-1'><p>Año de señalización".encode(encoding))
    assert prose(read_document(path, "a")) == ["Año de señalización"]


def test_a_page_with_an_xml_declaration(tmp_path):
    path = tmp_path / "a.xhtml"
    path.write_text('<?xml version="1.0" encoding="ISO-8859-1"?><html><p>Años</p></html>')
    assert prose(read_document(path, "a")) == ["Años"]


def test_a_table_that_only_lays_the_page_out():
    inner = "<table><tr><td>Meta<td>10<tr><td>Logro<td>8</table>"
    content = read(f"<table><tr><td><p>Informe</p>{inner}<p>Fin</p></td></tr></table>")
    assert prose(content) == ["Informe", "Fin"]
    assert [texts(table) for table in content.tables] == [[["Meta", "10"], ["Logro", "8"]]]


def test_a_table_in_a_cell_is_a_table_of_its_own():
    inner = "<table><tr><td>Meta<td>10<tr><td>Logro<td>8</table>"
    content = read(f"<table><tr><td>a{inner}<td>b<tr><td>c<td>d</table>")
    assert [texts(table)[0] for table in content.tables] == [["a", "b"], ["Meta", "10"]]


def test_boxes_of_forms_and_preformatted_lines():
    content = read(
        "<p><input type=checkbox checked> Sí <input type=radio> No</p><pre>uno\n dos</pre>"
    )
    assert prose(content) == ["☒ Sí ☐ No", "uno", "dos"]


# --- hostile


@pytest.mark.parametrize("name", ["div", "b", "table", "table><tr><td", "ul><li"])
def test_elements_inside_each_other_without_end(name):
    content = read(f"<{name}>" * 20_000 + "fondo")
    told = prose(content) + [cell.text for table in content.tables for cell in table.cells]
    assert len(told) <= 2


def test_spans_without_sense():
    content = read(
        "<table><tr><td rowspan=999999999 colspan=-3>a<td colspan=99999>b"
        "<tr><td rowspan=x>c</table>"
    )
    told = [cell.text for table in content.tables for cell in table.cells if cell.text]
    assert told == ["a", "b", "c"]


def test_entities_do_not_grow():
    laughs = '<!DOCTYPE html [<!ENTITY a "ja"><!ENTITY b "&a;&a;&a;">]><html><p>&b;</p></html>'
    assert "ja" not in "".join(prose(read_html(laughs.encode())))


def test_a_page_with_nothing_on_it(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<html><script>x</script></html>")
    assert (read_document(path, "a").status, read_document(path, "a").error) == ("failed", "empty")


def test_a_page_cut_short_is_read_to_its_end():
    for tenth in range(4, 10):
        assert read_html(PAGE.encode()[: len(PAGE) * tenth // 10]).prose
