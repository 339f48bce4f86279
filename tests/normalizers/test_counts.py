"""Counts told in text, and the numbers that count nothing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.counts import NUMBER_WORDS, find_counts, parse_count
from normalizers.figures import read_words
from pipeline.model import Refusal

ONE = [  # text, value, noun, kind, of
    ("(5) Carteles colocados", 5, "Carteles", "target", None),
    ("(1) Boletín con las preguntas contestadas", 1, "Boletín", "target", None),
    ("1) Feria comunal celebrada", 1, "Feria", "target", None),
    ("Dos (2) talleres a los guardaparques", 2, "talleres", "target", None),
    ("Un (1) nuevo pozo de riego", 1, "pozo", "target", None),
    ("3 talleres", 3, "talleres", "target", None),
    ("Tres talleres", 3, "talleres", "target", None),
    ("Aforo hecho (3 veces al año)", 3, "veces", "target", None),
    ("nueve mesas: agua, salud, empleo", 9, "mesas", "target", None),
    ("(1) Taller", 1, "Taller", "target", None),
    ("1 taller", 1, "taller", "target", None),
    ("12.500 personas", 12500, "personas", "target", None),
    ("12,500 personas", 12500, "personas", "target", None),
    ("treinta y dos mesas", 32, "mesas", "target", None),
    ("Se colocaron en la plaza dos (2) carteles", 2, "carteles", "done", None),
    ("El Vivero ha celebrado (3) feria comunales", 3, "feria", "done", None),
    ("Se capacitaron 45 servidores", 45, "servidores", "done", None),
    ("No se realizaron los 3 talleres", 3, "talleres", "plain", None),
    ("Se programaron 136 actividades", 136, "actividades", "plain", None),
    ("En la sede, 229 vecinos", 229, "vecinos", "plain", None),
    ("Se realizarán 3 talleres", 3, "talleres", "plain", None),
    ("por ahora queda pendiente un (1) pozo", 1, "pozo", "plain", None),
    ("Al comienzo se contaba con 04 semilleros", 4, "semilleros", "plain", None),
    ("Se creó la mesa, que reúne a 12 vecinos", 12, "vecinos", "plain", None),
    ("según la guía. 04 espacios de diálogo", 4, "espacios", "target", None),
    ("dejando hasta hoy trece viveros", 13, "viveros", "plain", None),
    ("se terminaron dos (2) aforos de tres (3).", 2, "aforos", "done", 3),
    ("2 informes de 4 programados", 2, "informes", "done", 4),
    ("Hasta hoy están plantados 13 de 18 viveros.", 13, "viveros", "of", 18),
    ("4 de los 7 compromisos", 4, "compromisos", "of", 7),
    ("dos (2) de tres (3) aforos", 2, "aforos", "of", 3),
    ("5 de un total de 8 nuevos módulos", 5, "módulos", "of", 8),
    ("tres de cinco metas", 3, "metas", "of", 5),
    ("3 de (2) espacios", 3, "espacios", "of", 2),
]
NONE = [
    "100% de las etapas del año 2031",
    "100 % de las etapas",
    "Ley N° 90.400",
    "Ley 90.400 sobre asociaciones",
    "Decreto 1122 de 2024",
    "Resolución No. 45 modificada",
    "Caso No. 407 - QX-20418-31-407 / registro",
    "expediente 31-407 archivado",
    "+00012345678",
    "Teléfono 5550 1234",
    "tel. 555 oficina",
    "15/05/2020",
    "15 de mayo de 2020",
    "con corte al 30 de abril",
    "mayo 28, junio 1, junio 16, julio 8 y agosto 31",
    "Vigencia 2020 publicada",
    "2020 informe",
    "III Congreso de archivos",
    "1er informe publicado",
    "2º taller",
    "4to Plan de Acción",
    "primer cuatrimestre",
    "los dos primeros cuatrimestres",
    "2 meses",
    "seis meses",
    "3 horas",
    "$ 300 dólares",
    "300 dólares",
    "2 millones de pesos",
    "reuniones de julio 8 y agosto 31 obteniendo acuerdos",
    "a los dos días de febrero del dos mil veintitrés",
    "1. Correos electrónicos 2. Memorando 3. Documento",
    "1) Correos 2) Memorando 3) Documento",
    "(1) Correos (2) Memorando",
    "3.2.1 Dirección de integridad",
    "compromisos (1 y 6) de formación",
    "Compromiso 19 institucional",
    "Objetivo 1 mejorar",
    "Artículo 12 transitorio",
    "Cuadro 4 presupuesto",
    "3 Elaborar un plan",
    "(1) fortalecer el diálogo",
    "58 Investigador principal",
    "30000 SERVICIOS GENERALES",
    "1000 SERVICIOS PERSONALES",
    "001 INSTITUTO",
    "02 RECURSOS PROPIOS",
    "1 IMPUESTOS",
    "1 AEI.02.01",
    "0 Contador",
    "de 5 a 7 personas",
    "entre 8 y 10 personas",
    "más de 20 personas",
    "Cuatro son los desafíos",
    "T5 1 1 Técnico",
    "$ 2,140,848 Informe",
    "C.P. 58099 Centro",
    "en Villa Nueva (2) Puerto Viejo",
    "https://example.org/12/informe?x=3 abierto",
    "tres (2) capacitaciones",
    "10:30 reunión",
    "0.5 puntos",
]


@pytest.mark.parametrize(("text", "value", "noun", "kind", "of"), ONE)
def test_finds_the_one_count(text: str, value: int, noun: str, kind: str, of: int | None) -> None:
    found = find_counts(text)
    whole = None if of is None else Decimal(of)
    assert [(c.value, c.noun, c.kind, c.of) for c in found] == [(value, noun, kind, whole)]
    assert noun in text[found[0].start : found[0].end]


@pytest.mark.parametrize("text", NONE)
def test_finds_none(text: str) -> None:
    assert find_counts(text) == []


def test_finds_several_in_order() -> None:
    text = "Se revisaron 15 trámites y 3 permisos; quedan (2) módulos y dos talleres."
    assert [(count.value, count.noun) for count in find_counts(text)] == [
        (15, "trámites"),
        (3, "permisos"),
        (2, "módulos"),
        (2, "talleres"),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("11", 11),
        (" 11. ", 11),
        ("once", 11),
        ("1.250", 1250),
        ("Total de compromisos: 12", 12),
        ("Número de actividades 11", 11),
        ("(5) piezas", 5),
        ("Doce (12) compromisos", 12),
    ],
)
def test_parse_count(text: str, value: int) -> None:
    assert parse_count(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "-", "N/A", "Ley 20", "13 de 18 trámites", "2 y 3", "l1", "50%", "1.5", "varios"]
)
def test_parse_count_refuses(text: str) -> None:
    assert isinstance(parse_count(text), Refusal)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("cero", 0),
        ("veintidós", 22),
        ("treinta y dos", 32),
        ("ciento veinte", 120),
        ("quinientas", 500),
        ("mil", 1000),
        ("dos mil veinte", 2020),
        ("ciento cinco mil doscientos", 105200),
    ],
)
def test_number_words(words: str, number: int) -> None:
    assert read_words(words) == number


@pytest.mark.parametrize(
    "words", ["", "y", "dos tres", "veinte dos", "mil mil", "cero dos", "casa"]
)
def test_words_that_are_no_number(words: str) -> None:
    assert read_words(words) is None


PIECES = st.sampled_from(
    [
        *NUMBER_WORDS,
        "(2)",
        "3)",
        "13",
        "de",
        "los",
        "trámites",
        "se realizaron",
        "2020",
        "%",
        ".",
        "Ley",
    ]
)


@given(st.text(max_size=300) | st.lists(PIECES, max_size=20).map(" ".join))
def test_any_text_gives_counts_that_stand_where_they_say(text: str) -> None:
    counts = find_counts(text)
    places = [place for count in counts for place in (count.start, count.end)]
    assert places == sorted(places)
    assert all(count.noun in text[count.start : count.end] for count in counts)
    assert isinstance(parse_count(text), Decimal | Refusal)


@pytest.mark.parametrize("unit", ["(", "3 ", "dos ", "1) a ", "13 de 18 ", "taller 3 ", "a@", "é "])
def test_a_long_text_is_no_trap(unit: str) -> None:
    assert isinstance(find_counts(unit * 20_000), list)
