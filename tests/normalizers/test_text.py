"""Text cleaned of markup, labels made comparable, stated absences recognised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.text import absence, clean, fold, key, legible


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("<b>Tema</b>", "Tema"),
        ("<p><b>Meta</b>  uno</p><p>dos</p>", "Meta uno dos"),
        ("<ul> <li>- uno</li><li>dos</li></ul>", "- uno dos"),
        ("uno<br>dos<br/>tres", "uno dos tres"),
        ("pa<b>la</b>bra", "palabra"),
        ('<p class="x">a</p>', "a"),
        ("<b>sin cerrar", "sin cerrar"),
        ("sin abrir</p>", "sin abrir"),
        ("<script>x()</script><p>a</p>", "a"),
        ("<B>MAYÚSCULAS</B>", "MAYÚSCULAS"),
        ("a < b", "a < b"),
        ("<p>a < b & c</p>", "a < b & c"),
        ("menos de <5 días", "menos de <5 días"),
        ("<http://example.org> <b>z</b>", "<http://example.org> z"),
        ("Uno &amp; dos&nbsp;tres", "Uno & dos tres"),
        ("<p>Uno &amp; dos&nbsp;tres</p>", "Uno & dos tres"),
        ("&ntilde;and&uacute;", "ñandú"),
        ("?a=1&copy=2", "?a=1&copy=2"),
        ("<p>?a=1&copy=2</p>", "?a=1&copy=2"),
        ("**Estado: Completo**", "Estado: Completo"),
        ("**abierto", "abierto"),
        ("\\$1,500.00", "$1,500.00"),
        ("\\*\\* nota", "** nota"),
        ("a\n\t b\u00a0c\u200bd", "a b cd"),
        ("com\u00adpromiso", "compromiso"),
        ("n\u0303", "ñ"),
        ("\ufeffTítulo", "Título"),
        ("a\x00b", "ab"),
        ("<b>\ud800x</b>", "x"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Respon-\nsable", "responsable"),
        ("Descripción  del\navance", "DESCRIPCION DEL AVANCE"),
        ("N° de actividades:", "Nº de actividades"),
        ("% de avance", "DE AVANCE"),
        ("Año", "ano"),
    ],
)
def test_equal_keys(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_different_keys() -> None:
    assert len({key(text) for text in ("Meta 1", "Meta 2", "Metas", "")}) == 4


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("N/A", "not_applicable"),
        ("n/a.", "not_applicable"),
        ("No corresponde", "not_applicable"),
        ("", "missing"),
        ("- -", "missing"),
        ("S/I", "missing"),
        ("Por definir", "missing"),
        ("No disponible", "missing"),
        ("Se desconoce", None),
        ("No se aplica", "not_applicable"),
        ("No aplica para el periodo", "not_applicable"),
        ("Inaplicable", "not_applicable"),
        ("S.F.", "missing"),
        ("No se reporta", "missing"),
        ("a definir", "missing"),
        ("Por determinar", "missing"),
        ("#N/A", "missing"),
        ("#¡DIV/0!", "missing"),
        ("No aplica" + "." * 100 + " sin embargo se avanzó", None),
    ],
)
def test_absence(text: str, state: str | None) -> None:
    found = absence(text)
    assert (found[0] if found else None) == state


@pytest.mark.parametrize("text", ["Sí", "si", "0", "No", "Nada", "%", "$", "X", "NAC", "No aplicó"])
def test_no_absence(text: str) -> None:
    assert absence(text) is None


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\u202b72%\u202c", "72%"),
        ("mayo\u200b de\u2060 2020", "mayo de 2020"),
        ("uno\ndos\tñ", "uno\ndos\tñ"),
        ("\u200f" * 9, ""),
    ],
)
def test_what_no_reader_sees_is_left_out(text: str, seen: str) -> None:
    assert legible(text) == seen


@given(st.text())
def test_fold_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text() | st.lists(st.sampled_from(["<b>", "</p>", "<", "&amp;", "**", "\\$", "a", " "])))
def test_clean_never_fails_and_leaves_single_spaces(text: str | list[str]) -> None:
    cleaned = clean("".join(text))
    assert cleaned == " ".join(cleaned.split())


@given(st.text())
def test_a_key_is_letters_and_digits_and_is_its_own_key(text: str) -> None:
    assert all(char.isalnum() for char in key(text))
    assert key(clean(text)) == key(clean(clean(text)))


@pytest.mark.parametrize("unit", ["<b>", "<", "<b ", "&", "**", "</p><p>", "<div>"])
def test_a_long_text_is_no_trap(unit: str) -> None:
    assert len(clean(unit * 30_000)) <= 200_000
