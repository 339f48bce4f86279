"""Targets and counts as cells tell them: how many, of how many, of what, in what time."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.tallies import Tally, parse_tallies
from pipeline.model import Refusal

ONE: dict[str, tuple[int | None, int | None, str, str]] = {  # target, done, noun, per
    "11": (11, None, "", ""),
    "11.": (11, None, "", ""),
    "once": (11, None, "", ""),
    "veinticinco": (25, None, "", ""),
    "dos mil quinientos": (2500, None, "", ""),
    "1.250": (1250, None, "", ""),
    "12,500": (12500, None, "", ""),
    "(5)": (5, None, "", ""),
    "Dos (2)": (2, None, "", ""),
    "1 (uno)": (1, None, "", ""),
    "Meta: 5": (5, None, "", ""),
    "Número de informes: 4": (4, None, "", ""),
    "5 und.": (5, None, "", ""),
    "(5) Piezas": (5, None, "Piezas", ""),
    "1) Audiencia": (1, None, "Audiencia", ""),
    "Un (1) documento": (1, None, "documento", ""),
    "Tres talleres": (3, None, "talleres", ""),
    "12 boletines": (12, None, "boletines", ""),
    "500 personas capacitadas": (500, None, "personas", ""),
    "Doce (12) informes mensuales": (12, None, "informes", ""),
    "13 de 18": (18, 13, "", ""),
    "13 de los 18": (18, 13, "", ""),
    "13 sobre 18": (18, 13, "", ""),
    "13 de un total de 18": (18, 13, "", ""),
    "trece de dieciocho": (18, 13, "", ""),
    "trece (13) de dieciocho (18)": (18, 13, "", ""),
    "13/18": (18, 13, "", ""),
    "13 de 18 viveros": (18, 13, "viveros", ""),
    "Se realizaron 3 de 5 talleres": (5, 3, "talleres", ""),
    "2 informes de 4 programados": (4, 2, "informes", ""),
    "Se realizaron 45 talleres": (None, 45, "talleres", ""),
    "3 veces al año": (3, None, "veces", "P1Y"),
    "3 informes al año": (3, None, "informes", "P1Y"),
    "2 informes por semestre": (2, None, "informes", "P6M"),
    "3 informes cada cuatrimestre": (3, None, "informes", "P4M"),
    "2 por semestre": (2, None, "", "P6M"),
    "24 al año": (24, None, "", "P1Y"),
    "1 informe mensual": (1, None, "informe", "P1M"),
    "un informe trimestral": (1, None, "informe", "P3M"),
    "1 vez al mes": (1, None, "vez", "P1M"),
    "12 seguimientos (1 mensual)": (12, None, "seguimientos", ""),
    "\u200f13 de 18\u200e": (18, 13, "", ""),
}
OFTEN = {
    "cuatrimestralmente": 3,
    "Mensual": 12,
    "cada trimestre": 4,
    "Bimestral": 6,
    "semestralmente": 2,
    "Anual": 1,
    "Semanal": 52,
    "Informe mensual": 12,
}
SEVERAL = {
    "los 15 trámites y 3 OPAs": [(15, "trámites"), (3, "OPAs")],
    "4 boletines y 12 publicaciones": [(4, "boletines"), (12, "publicaciones")],
    "10 Módulos, 5 cartillas y 1 video": [(10, "Módulos"), (5, "cartillas"), (1, "video")],
}
REFUSED = [
    "3/5", "1.5", "50%", "100% de las metas", "Ley 20", "varios talleres", "2 (tres)", "dos (3)",
    "Permanente", "Matriz de riesgos publicada", "15/05/2020", "mayo de 2020", "2 meses", "$ 300",
    "13 de", "de 18", "trece de mucho", "N° 5", "l1", "Oficina 12", "x" * 3000,
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), ONE.items())
def test_reads_as_printed(text: str, told: tuple[int | None, int | None, str, str]) -> None:
    target, done, noun, per = told
    wanted = [None if one is None else Decimal(one) for one in (target, done)]
    assert parse_tallies(text) == (Tally(*wanted, noun, per),)


@pytest.mark.parametrize(("text", "times"), OFTEN.items())
def test_how_often_is_a_target_for_a_year(text: str, times: int) -> None:
    (tally,) = parse_tallies(text)
    assert (tally.target, tally.per, tally.state) == (times, "P1Y", "derived")
    assert tally.reason


@pytest.mark.parametrize(("text", "told"), SEVERAL.items())
def test_several_things_in_one_cell(text: str, told: list[tuple[int, str]]) -> None:
    tallies = parse_tallies(text)
    assert not isinstance(tallies, Refusal)
    assert [(tally.target, tally.noun) for tally in tallies] == told


@pytest.mark.parametrize("text", REFUSED)
def test_refuses(text: str) -> None:
    assert isinstance(parse_tallies(text), Refusal)


@pytest.mark.parametrize(("text", "state"), [("N/A", "not_applicable"), ("-", "missing")])
def test_absence_is_a_state(text: str, state: str) -> None:
    (tally,) = parse_tallies(text)
    assert (tally.target, tally.done, tally.state) == (None, None, state)


PIECES = st.sampled_from(
    ["13", "(2)", "dos", "de", "18", "al año", "mensual", "talleres", "y", "/", ".", "un", "%"]
)


@given(st.text(max_size=200) | st.lists(PIECES, max_size=10).map(" ".join))
def test_any_text_gives_tallies_or_a_refusal(text: str) -> None:
    read = parse_tallies(text)
    assert isinstance(read, Refusal) or len(read) > 0


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_a_part_of_a_whole_is_read_back(done: int, target: int) -> None:
    for text in (f"{done} de {target}", f"({done}) de ({target})"):
        assert parse_tallies(text) == (Tally(Decimal(target), Decimal(done)),)
