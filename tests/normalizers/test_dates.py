"""Every print of a date that a report has used so far, what it means, and what is refused."""

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from normalizers.dates import DateContext, Dates, edtf_bounds, find_dates, parse_dates
from pipeline.model import Refusal

SINGLE = {
    "29/11/2020": "2020-11-29",
    " 29/11/2020 ": "2020-11-29",
    "1/2/2020": "2020-02-01",
    "31-08-2020": "2020-08-31",
    "01.01.2012": "2012-01-01",
    "2020-05-14": "2020-05-14",
    "2020/05/14": "2020-05-14",
    "14 de septiembre de 2020": "2020-09-14",
    "14 de setiembre del 2020": "2020-09-14",
    "14 DE SEPTIEMBRE DE 2020": "2020-09-14",
    "14 septiembre 2020": "2020-09-14",
    "14 sept. 2020": "2020-09-14",
    "14-sep-2020": "2020-09-14",
    "14/Set/2020": "2020-09-14",
    "31 de julio del año 2020": "2020-07-31",
    "1º de abril de 2020": "2020-04-01",
    "1° de abril de 2020": "2020-04-01",
    "1ro. de abril de 2020": "2020-04-01",
    "1er de abril de 2020": "2020-04-01",
    "Primero de abril de 2020": "2020-04-01",
    "7 de mayo, 2020": "2020-05-07",
    "junio 30 de 2016": "2016-06-30",
    "Junio 30, 2016": "2016-06-30",
    "diciembre 26 de 2014.": "2014-12-26",
    "**14 de mayo de 2020**": "2020-05-14",
    "Fecha de publicación: 14 de septiembre de 2020": "2020-09-14",
    "al 31 de agosto de 2020": "2020-08-31",
    "con corte a 30 de abril de 2020": "2020-04-30",
    "29/02/2020": "2020-02-29",
    "Mayo 2020": "2020-05",
    "mayo de 2020": "2020-05",
    "MAYO DEL 2020": "2020-05",
    "Mayo/2020": "2020-05",
    "Mayo-2020": "2020-05",
    "Mayo, 2020": "2020-05",
    "Set. 2020": "2020-09",
    "dic.2020": "2020-12",
    "mes de mayo de 2020": "2020-05",
    "05/2020": "2020-05",
    "2020-05": "2020-05",
    "2020": "2020",
    "**2020**": "2020",
    "Vigencia 2020": "2020",
    "Año 2020": "2020",
    "todo el año 2020": "2020",
    "mediados de mayo de 2020": "2020-05~",
    "fines de 2020": "2020~",
    "Junio 2020 (aprox.)": "2020-06~",
}
BY_LIBRARY = {  # the grammar leaves these to dateparser
    "03/03/2020 10:30": "2020-03-03",
    "05/08/2020 10:30:00": "2020-08-05",
    "3 de marzo de 2020 a las 10:00": "2020-03-03",
    "2020 marzo 3": "2020-03-03",
    "Diciembre 31 2020": "2020-12-31",
}
PERIODS = {
    "Mayo de 2019 – Mayo de 2019": "2019-05/2019-05",
    "Septiembre 2016 a Junio 2018": "2016-09/2018-06",
    "Febrero a mayo de 2018": "2018-02/2018-05",
    "Enero - Febrero 2018": "2018-01/2018-02",
    "Enero-Febrero 2018": "2018-01/2018-02",
    "(Septiembre a Octubre 2016)": "2016-09/2016-10",
    "2023-2025": "2023/2025",
    "2023–2025": "2023/2025",
    "2023 - 2025": "2023/2025",
    "2023 al 2024": "2023/2024",
    "2023 a 2024": "2023/2024",
    "01/05/2020-31/08/2020": "2020-05-01/2020-08-31",
    "01/05/2020 al 31/08/2020": "2020-05-01/2020-08-31",
    "2020-05/2020-08": "2020-05/2020-08",
    "05/2019-08/2019": "2019-05/2019-08",
    "del 1 al 15 de mayo de 2020": "2020-05-01/2020-05-15",
    "1-15 de mayo de 2020": "2020-05-01/2020-05-15",
    "1 de mayo al 15 de junio de 2020": "2020-05-01/2020-06-15",
    "junio 30 de 2016 – junio 30 de 2018": "2016-06-30/2018-06-30",
    "Desde mayo 2019 hasta agosto 2020": "2019-05/2020-08",
    "entre mayo y julio de 2020": "2020-05/2020-07",
    "junio/julio 2020": "2020-06/2020-07",
    "DEL 01 DE ENERO AL 30 DE JUNIO DEL 2024": "2024-01-01/2024-06-30",
    "a partir de mayo de 2020": "2020-05/..",
    "Desde el 1 de mayo de 2020": "2020-05-01/..",
    "mayo de 2020 en adelante": "2020-05/..",
    "mayo de 2020 a la fecha": "2020-05/..",
    "hasta el 31 de diciembre de 2020": "../2020-12-31",
    "a más tardar el 31/12/2020": "../2020-12-31",
    "Inicio: mayo 2020": "2020-05/",
    "Término: agosto 2020": "/2020-08",
    "Inicio: mayo 2020 Término: agosto 2020": "2020-05/2020-08",
    "Inicio: mayo 2020\nTérmino: agosto 2020": "2020-05/2020-08",
    "Fecha de inicio: 01/05/2020; Fecha de fin: 31/08/2020": "2020-05-01/2020-08-31",
    "Inicio: agosto 2020 Término: junio 2020": "2020-08/2020-06",
    "agosto 2020 - junio 2020": "2020-08/2020-06",
    "primer trimestre de 2020": "2020-01/2020-03",
    "1er. trimestre 2020": "2020-01/2020-03",
    "2° TRIMESTRE 2024": "2024-04/2024-06",
    "III trimestre 2021": "2021-07/2021-09",
    "último trimestre de 2020": "2020-10/2020-12",
    "T1 2020": "2020-01/2020-03",
    "3T2021": "2021-07/2021-09",
    "II semestre de 2021": "2021-07/2021-12",
    "segundo cuatrimestre de 2020": "2020-05/2020-08",
    "sexto bimestre 2020": "2020-11/2020-12",
    "I y II semestre 2020": "2020-01/2020-06|2020-07/2020-12",
    "primer a tercer trimestre de 2020": "2020-01/2020-09",
    "primera quincena de mayo de 2020": "2020-05-01/2020-05-15",
    "segunda quincena de febrero de 2020": "2020-02-16/2020-02-29",
}
SEVERAL = {
    "15/05/2020 14/09/2020 18/01/2021": "2020-05-15|2020-09-14|2021-01-18",
    "15/05/2020\n14/09/2020\n18/01/2021": "2020-05-15|2020-09-14|2021-01-18",
    "15/05/2020, 14/09/2020 y 18/01/2021": "2020-05-15|2020-09-14|2021-01-18",
    "15, 20 y 30 de mayo de 2020": "2020-05-15|2020-05-20|2020-05-30",
    "Junio 2017, Noviembre 2017": "2017-06|2017-11",
    "Junio y noviembre de 2017": "2017-06|2017-11",
    "30 de abril, 31 de agosto y 31 de diciembre de 2020": "2020-04-30|2020-08-31|2020-12-31",
    "Enero - Febrero 2018, Marzo - Mayo 2018": "2018-01/2018-02|2018-03/2018-05",
}
INFERRED = {
    "Noviembre a enero 2017": "2016-11/2017-01",
    "Diciembre - marzo 2021": "2020-12/2021-03",
    "Noviembre 2020 a enero": "2020-11/2021-01",
    "Enero 2018 a marzo": "2018-01/2018-03",
    "14/9/20": "2020-09-14",
    "14 sep '20": "2020-09-14",
    "ene-20": "2020-01",
    "31-dic-20": "2020-12-31",
    "15/03/98": "1998-03-15",
    "2019-20": "2019/2020",
}
REFUSED = [
    "20%",
    "72",
    "2 meses",
    "mayo",
    "Enero a marzo",
    "05/15/2020",
    "31/02/2020",
    "29/02/2021",
    "2010-11",
    "01.03.10",
    "3.2.1",
    "Permanente",
    "Trimestral",
    "quinto trimestre de 2020",
    "hoy",
    "presente año",
    "13/2020",
    "$2020",
    "2020%",
    "junio-julio-agosto 2020",
    "2020 -",
    "mayo 2020 a",
    "Ejemplo junio 30 de 2016 – junio 30 de 2018",
    "cada 15 de mayo de 2020 o 2021",
    "mayo 20",
    "L4 de mayo de 2020",
    "14 de mavo de 2020",
    "verano 2020",
    "Oficina de mayo 2020",
]


@pytest.mark.parametrize(("text", "edtf"), (SINGLE | BY_LIBRARY | PERIODS | SEVERAL).items())
def test_reads_as_printed(text: str, edtf: str) -> None:
    read = parse_dates(text)
    assert isinstance(read, Dates), read
    assert (read.edtf, read.state) == (edtf, "reported")
    assert (read.start, read.end) == edtf_bounds(edtf)


@pytest.mark.parametrize(("text", "edtf"), INFERRED.items())
def test_a_year_not_fully_printed_is_inferred_with_a_reason(text: str, edtf: str) -> None:
    read = parse_dates(text)
    assert isinstance(read, Dates), read
    assert (read.edtf, read.state) == (edtf, "inferred")
    assert "year" in read.reason


@pytest.mark.parametrize("text", REFUSED)
def test_refuses(text: str) -> None:
    assert isinstance(parse_dates(text), Refusal)


@pytest.mark.parametrize(
    ("text", "state"),
    [("", "missing"), (" - ", "missing"), ("n.d.", "missing"), ("N/A", "not_applicable")],
)
def test_absence_is_a_state(text: str, state: str) -> None:
    read = parse_dates(text)
    assert isinstance(read, Dates)
    assert (read.edtf, read.start, read.end, read.state) == ("", None, None, state)


def test_an_imprecise_start_takes_its_first_month_and_says_so() -> None:
    read = parse_dates("Inicio: junio-julio 2020 Término: Agosto 2020")
    assert read == Dates(
        "2020-06/2020-08",
        date(2020, 6, 1),
        date(2020, 8, 31),
        "reported",
        "imprecise start: 'junio-julio 2020'",
    )


def test_an_imprecise_end_takes_its_last_month_and_says_so() -> None:
    read = parse_dates("Inicio: Mayo 2020 Término: Julio-Agosto 2020")
    assert isinstance(read, Dates)
    assert (read.edtf, read.reason) == ("2020-05/2020-08", "imprecise end: 'Julio-Agosto 2020'")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [("Julio", "2017-07"), ("Octubre a enero", "2016-10/2017-01"), ("15 de julio", "2017-07-15")],
)
def test_the_plan_period_tells_a_year_that_only_it_allows(text: str, edtf: str) -> None:
    read = parse_dates(text, DateContext(date(2016, 9, 1), date(2017, 8, 31)))
    assert isinstance(read, Dates), read
    assert (read.edtf, read.state, read.reason) == (edtf, "inferred", "year not printed")


def test_a_period_of_two_years_does_not_tell_which() -> None:
    context = DateContext(date(2016, 1, 1), date(2017, 12, 31))
    assert isinstance(parse_dates("Julio", context), Refusal)


def test_the_month_may_come_first_where_the_country_writes_so() -> None:
    read = parse_dates("05/15/2020", DateContext(day_first=False))
    assert isinstance(read, Dates)
    assert read.edtf == "2020-05-15"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Diseño de la mesa (Septiembre a Octubre 2016) y más", [("Septiembre a Octubre 2016",)]),
        ("Vigencia **2020**", [("2020",)]),
        ("% DE AVANCE (31-08-2020)", [("31-08-2020",)]),
        ("se publicó con corte al 30 de abril de 2020.", [("30 de abril de 2020",)]),
        ("Memorando del 15/07/2020 y correo del 23/07/2020", [("15/07/2020",), ("23/07/2020",)]),
        ("PLAN DE ACCIÓN 2023", [("2023",)]),
        ("Plan 2023-2025 del municipio", [("2023-2025",)]),
        ("durante el primer cuatrimestre del año 2020", [("primer cuatrimestre del año 2020",)]),
        ("La Ley 1234 de 2011 y la Ley N° 20.500", []),
        ("Ley 1234 del 12 de julio de 2011", []),
        ("Resolución No. 045 de 2019", []),
        ("asistieron 2020 personas a 3 talleres", []),
        ("(Ejemplo junio 30 de 2016 – junio 30 de 2018)", []),
        ("https://example.org/2020/05/informe-2020", []),
        ("informe_2020.pdf y plan-2020.pdf", []),
        ("Julio Pérez y Mar del Plata", []),
        ("presupuesto de $2020", []),
        ("0 2000 4000 6000", []),
        ("caso 13-112, teléfono 2020-3030", []),
    ],
)
def test_finds_dates_in_prose(text: str, found: list[tuple[str]]) -> None:
    assert [(text[start:end],) for start, end, _ in find_dates(text)] == found


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020-05-14", date(2020, 5, 14), date(2020, 5, 14)),
        ("2020-05~", date(2020, 5, 1), date(2020, 5, 31)),
        ("2020-08/2020-06", date(2020, 8, 1), date(2020, 6, 30)),
        ("2020-05/..", date(2020, 5, 1), None),
        ("/2020-05", None, date(2020, 5, 31)),
        ("2020-05-15|2020-09/2021-01", date(2020, 5, 15), date(2021, 1, 31)),
        ("201X", date(2010, 1, 1), date(2019, 12, 31)),
        ("", None, None),
        ("2020-13", None, None),
        ("not a date", None, None),
    ],
)
def test_bounds(edtf: str, start: date | None, end: date | None) -> None:
    assert edtf_bounds(edtf) == (start, end)


WORDS = st.sampled_from(
    [
        *"-–/.,;:|()*' \n0123456789ºx%",
        *("2020", "2017", "mayo", "Enero", "sep", "trimestre", "quincena", "I", "primer", "Ley"),
        *("de", "del", "al", "a", "y", "hasta", "desde", "entre", "Inicio:", "Término:"),
        *("14/09/2020", "en adelante", "aprox.", "fines de"),
    ]
)
ANY_TEXT = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=30).map(" ".join))


@given(ANY_TEXT)
def test_any_text_gives_dates_or_a_refusal(text: str) -> None:
    read = parse_dates(text)
    assert isinstance(read, Dates | Refusal)
    if isinstance(read, Dates):
        assert (read.start, read.end) == edtf_bounds(read.edtf)
        for one in read.edtf.split("|") if read.edtf else ():
            parse_edtf(one)


@given(ANY_TEXT)
def test_found_dates_stand_in_order_where_they_say(text: str) -> None:
    places = [place for start, end, _ in find_dates(text) for place in (start, end)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


@given(st.dates(date(1950, 1, 1), date(2069, 12, 31)))
def test_a_day_is_read_back_in_every_spelling(day: date) -> None:
    months = (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    )
    name = months.split()[day.month - 1]
    for text in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day} de {name} de {day.year}"):
        read = parse_dates(text)
        assert isinstance(read, Dates), text
        assert (read.start, read.end) == (day, day)


@pytest.mark.parametrize("unit", ["(", "a ", "1/", "1 y ", "mayo ", "2020 ", "* ", "é", "a@", "- "])
def test_a_long_text_is_no_trap(unit: str) -> None:
    assert isinstance(parse_dates(unit * 20_000), Refusal)
    assert isinstance(find_dates(unit * 20_000), list)
