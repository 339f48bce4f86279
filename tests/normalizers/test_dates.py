"""Every print of a date that a report has used so far, what it means, and what is refused."""

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from normalizers import edtf_library
from normalizers.dates import (
    DateContext,
    Dates,
    DayOrder,
    decide_day_first,
    edtf_bounds,
    find_dates,
    parse_dates,
)
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
    "uno de febrero del dos mil veintitrés": "2023-02-01",
    "treinta y uno de diciembre de dos mil veinte": "2020-12-31",
    "Primero de marzo de mil novecientos noventa y ocho": "1998-03-01",
    "veintiocho de febrero de 2022": "2022-02-28",
    "a los quince días del mes de mayo de dos mil veintiuno": "2021-05-15",
    "15 días del mes de mayo de 2020": "2020-05-15",
    "27.01.2012": "2012-01-27",
    "27. 01. 2012": "2012-01-27",
    "3.1.2020": "2020-01-03",
    "2020.05.14": "2020-05-14",
    "2020-may-14": "2020-05-14",
    "2020 marzo 3": "2020-03-03",
    "2020 mayo": "2020-05",
    "2020-Mayo": "2020-05",
    "15-Jan-2020": "2020-01-15",
    "1 abril 2020": "2020-04-01",
    "01-ABR-2020": "2020-04-01",
    "01ABR2020": "2020-04-01",
    "31 Dic 2020": "2020-12-31",
    "Dic. 31/2020": "2020-12-31",
    "sept-2020": "2020-09",
    "SEPT. DE 2020": "2020-09",
    "Ene.2020": "2020-01",
    "ENERO 2,020": "2020-01",
    "31 de diciembre de 2.020": "2020-12-31",
    "Mayo (2020)": "2020-05",
    "último día de febrero de 2020": "2020-02-29",
    "el último día del mes de abril de 2021": "2021-04-30",
    "primer día de marzo de 2020": "2020-03-01",
    "primera y segunda quincena de marzo de 2020": "2020-03",
    "primeros días de mayo de 2020": "2020-05~",
    "inicios de 2021": "2021~",
    "a fines de marzo de 2020": "2020-03~",
    "durante el año 2020": "2020",
    "En el transcurso de 2020": "2020",
    "A lo largo del año 2020": "2020",
    "Vigencia fiscal 2020": "2020",
    "Ejercicio 2020": "2020",
    "EJERCICIO PRESUPUESTAL: 2018": "2018",
    "Mayo 22 de\n2.015": "2015-05-22",
    "11 febrero 2.015": "2015-02-11",
    "Gestión 2021": "2021",
    "jueves 14 de mayo de 2020": "2020-05-14",
    "\u202b14/05/2020\u202c": "2020-05-14",
}
BY_LIBRARY = {  # the grammar leaves these to dateparser
    "03/03/2020 10:30": "2020-03-03",
    "05/08/2020 10:30:00": "2020-08-05",
    "3 de marzo de 2020 a las 10:00": "2020-03-03",
    "2020-05-14T00:00:00": "2020-05-14",
    "14 de mayo de 2020, 10:00 horas": "2020-05-14",
    "Diciembre 31 2020": "2020-12-31",
}
PERIODS = {
    "Mayo de 2019 – Mayo de 2019": "2019-05/2019-05",
    "Septiembre 2016 a Junio 2018": "2016-09/2018-06",
    "Febrero a mayo de 2018": "2018-02/2018-05",
    "abril 2020\n- mayo 2020": "2020-04/2020-05",
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
    "1ra quincena de marzo 2021": "2021-03-01/2021-03-15",
    "2da. quincena de abril 2021": "2021-04-16/2021-04-30",
    "primera quincena del mes de marzo de 2021": "2021-03-01/2021-03-15",
    "1er trim. 2020": "2020-01/2020-03",
    "2do trim 2021": "2021-04/2021-06",
    "Trim. II 2020": "2020-04/2020-06",
    "trimestre 3 de 2020": "2020-07/2020-09",
    "IV trimestre de dos mil veinte": "2020-10/2020-12",
    "Q1 2020": "2020-01/2020-03",
    "T3-2021": "2021-07/2021-09",
    "IVT 2020": "2020-10/2020-12",
    "S1 2020": "2020-01/2020-06",
    "1S-2020": "2020-01/2020-06",
    "II Sem 2021": "2021-07/2021-12",
    "1er sem. 2020": "2020-01/2020-06",
    "primer bimestre 2020": "2020-01/2020-02",
    "3er cuatrimestre de 2020": "2020-09/2020-12",
    "Primer trimestre (enero-marzo) 2020": "2020-01/2020-03",
    "ENERO–DICIEMBRE 2020": "2020-01/2020-12",
    "ene-dic 2020": "2020-01/2020-12",
    "ene.-mar. 2020": "2020-01/2020-03",
    "Ene 2020/Dic 2020": "2020-01/2020-12",
    "Enero/Junio 2021": "2021-01/2021-06",
    "dic-2020/ene-2021": "2020-12/2021-01",
    "Nov. 2020 - Feb. 2021": "2020-11/2021-02",
    "noviembre 2020-febrero 2021": "2020-11/2021-02",
    "de 2023 al 2025": "2023/2025",
    "2019/2021": "2019/2021",
    "entre 2020 y 2022": "2020/2022",
    "entre el 1 de mayo y el 30 de junio de 2020": "2020-05-01/2020-06-30",
    "del 01/05 al 31/08 de 2020": "2020-05-01/2020-08-31",
    "10/05 al 15/05/2020": "2020-05-10/2020-05-15",
    "1 al 5 de junio de 2020": "2020-06-01/2020-06-05",
    "del 28 de febrero al 3 de marzo de 2020": "2020-02-28/2020-03-03",
    "Enero 15 a febrero 28 de 2020": "2020-01-15/2020-02-28",
    "Julio 1 a diciembre 31 de 2020": "2020-07-01/2020-12-31",
    "Inicio 01/02/2020, término 30/11/2020": "2020-02-01/2020-11-30",
    "Fecha inicio: enero 2020 - Fecha fin: diciembre 2020": "2020-01/2020-12",
    "FI: 01/02/2020 FF: 30/11/2020": "2020-02-01/2020-11-30",
    "Inicia: 3 de marzo de 2020; concluye: 4 de abril de 2020": "2020-03-03/2020-04-04",
    "a partir del 1 de mayo de 2020": "2020-05-01/..",
    "desde enero de 2020 hasta la fecha": "2020-01/..",
    "Desde 2020": "2020/..",
    "desde mayo de 2020, indefinido": "2020-05/..",
    "antes del 30 de junio de 2020": "../2020-06-30",
    "Fecha límite: 30 de junio de 2020": "../2020-06-30",
    "vence el 30/06/2020": "../2020-06-30",
    "Máximo 30 de junio de 2020": "../2020-06-30",
    "A más tardar en diciembre de 2020": "../2020-12",
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
    "2020, 2021 y 2022": "2020|2021|2022",
    "- abril 2020\n- mayo 2020": "2020-04|2020-05",
    "- 15/05/2020\n- 14/09/2020\n- 18/01/2021": "2020-05-15|2020-09-14|2021-01-18",
    "1. Agosto 4\nde 2015\n2. Junio 11\nde 2015": "2015-08-04|2015-06-11",
    "Marzo 2020 / Junio 2020 / Septiembre 2020": "2020-03|2020-06|2020-09",
    "Abril 30, agosto 31 y diciembre 31 de 2020": "2020-04-30|2020-08-31|2020-12-31",
    "Marzo, junio, septiembre y diciembre de 2020": "2020-03|2020-06|2020-09|2020-12",
    "Vigencias 2020 y 2021": "2020|2021",
    "1 y 2 de junio de 2020": "2020-06-01|2020-06-02",
    "01/03, 15/04 y 30/05/2020": "2020-03-01|2020-04-15|2020-05-30",
    "mayo – agosto 2020 y octubre 2020": "2020-05/2020-08|2020-10",
    "I y II trimestres de 2020": "2020-01/2020-03|2020-04/2020-06",
    "Trimestre I, II y III de 2020": "2020-01/2020-03|2020-04/2020-06|2020-07/2020-09",
    "15/05/2020\n15/05/2020": "2020-05-15|2020-05-15",
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
    "31-Dec-20": "2020-12-31",
    "Aug-21": "2021-08",
    "1S21": "2021-01/2021-06",
    "3T21": "2021-07/2021-09",
    "14 de mayo del 20": "2020-05-14",
    "31/12/99": "1999-12-31",
    "31.12.12": "2012-12-31",
    "28.02.12 - 31.12.12": "2012-02-28/2012-12-31",
    "enero a marzo del 21": "2021-01/2021-03",
}
RECURRENT = {
    "Permanente": "R/",
    "PERMANENTEMENTE": "R/",
    "Continua": "R/",
    "Durante todo el año": "R/",
    "Toda la vigencia": "R/",
    "De manera permanente": "R/",
    "Diario": "R/P1D",
    "diariamente": "R/P1D",
    "Semanal": "R/P1W",
    "todas las semanas": "R/P1W",
    "Quincenal": "R/P15D",
    "cada quince días": "R/P15D",
    "Mensual": "R/P1M",
    "Al finalizar cada semestre": "R/P6M",
    "mensualmente": "R/P1M",
    "Reporte mensual": "R/P1M",
    "Periodicidad: mensual": "R/P1M",
    "cada mes": "R/P1M",
    "Todos los meses": "R/P1M",
    "una vez al mes": "R/P1M",
    "15 de cada mes": "R/P1M",
    "El último día de cada mes": "R/P1M",
    "Los primeros cinco días hábiles de cada mes": "R/P1M",
    "Bimestral": "R/P2M",
    "Cada 2 meses": "R/P2M",
    "Trimestral": "R/P3M",
    "cada trimestre": "R/P3M",
    "cuatro (4) veces al año": "R/P3M",
    "2 veces por semestre": "R/P3M",
    "cuatrimestralmente": "R/P4M",
    "3 veces al año": "R/P4M",
    "Semestralmente": "R/P6M",
    "Anual": "R/P1Y",
    "5 veces al año": "R5/P1Y",
    "Bienal": "R/P2Y",
}
RECURRENT_WITHIN = {
    "mensual, de enero a junio de 2020": ("2020-01/2020-06", "R/P1M"),
    "Enero a diciembre 2020 (mensual)": ("2020-01/2020-12", "R/P1M"),
    "Trimestral 2020": ("2020", "R/P3M"),
    "Permanente desde enero de 2020": ("2020-01/..", "R/"),
    "todo el año 2020": ("2020", ""),
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
    "Bimensual",
    "1. Agosto de 2015",
    "21/11/2105",
    "14 de mayo de 1820",
    "2 1 1010)",
    "bianual",
    "Mesa permanente de trabajo",
    "Plan anual de auditorías",
    "mensual o trimestral",
    "después de mayo de 2020",
    "quincena de mayo 2020",
    "00/05/2020",
    "32/01/2020",
    "2020-13-01",
    "40 de mayo de 2020",
    "14 de mayo de 20200",
    "5 de maio de 2020",
    "Mes 3",
    "Año 1",
    "10.5",
    "semana 20",
    "3/4",
    "Diciembre 2020-",
    "31/12/2020 (reprogramado)",
    "quinto trimestre de 2020",
    "hoy",
    "presente año",
    "13/2020",
    "$2020",
    "2020%",
    "junio-julio-agosto 2020",
    "Enero/Febrero 2020 - Marzo/Abril 2020",
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


@pytest.mark.parametrize(("text", "recurrence"), RECURRENT.items())
def test_what_recurs_is_no_date_and_says_how_often(text: str, recurrence: str) -> None:
    read = parse_dates(text)
    assert isinstance(read, Dates), read
    assert (read.edtf, read.state, read.recurrence) == ("", "not_applicable", recurrence)
    assert text[:40] in read.reason


@pytest.mark.parametrize(("text", "read"), RECURRENT_WITHIN.items())
def test_how_often_beside_a_period_is_kept(text: str, read: tuple[str, str]) -> None:
    dates = parse_dates(text)
    assert isinstance(dates, Dates), dates
    assert (dates.edtf, dates.recurrence, dates.state) == (*read, "reported")


def test_a_week_is_no_finer_than_its_month_and_says_so() -> None:
    read = parse_dates("primera semana de mayo de 2020")
    assert isinstance(read, Dates)
    assert (read.edtf, read.state) == ("2020-05", "inferred")
    assert "week" in read.reason


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


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Enero", "2020-01"),
        ("Octubre-Diciembre", "2020-10/2020-12"),
        ("ene-mar", "2020-01/2020-03"),
        ("mayo, junio y julio", "2020-05|2020-06|2020-07"),
        ("hasta diciembre", "../2020-12"),
        ("A partir de marzo", "2020-03/.."),
        ("Primer semestre", "2020-01/2020-06"),
        ("Q2", "2020-04/2020-06"),
        ("III T", None),
        ("3T", "2020-07/2020-09"),
        ("segunda quincena de febrero", "2020-02-16/2020-02-29"),
        ("último día de junio", "2020-06-30"),
        ("15/05", "2020-05-15"),
        ("30 de junio", "2020-06-30"),
        ("15 de mayo del presente año", "2020-05-15"),
        ("31 de diciembre del año en curso", "2020-12-31"),
        ("Enero de cada año", "2020-01"),
        ("31/02", None),
        ("Enero 2021", "2021-01"),
    ],
)
def test_the_year_of_a_plan_of_one_year(text: str, edtf: str | None) -> None:
    read = parse_dates(text, DateContext(date(2020, 1, 1), date(2020, 12, 31)))
    assert (read.edtf if isinstance(read, Dates) else None) == edtf
    if isinstance(read, Dates) and "2021" not in text:
        assert (read.state, read.reason) == ("inferred", "year not printed")


@pytest.mark.parametrize(
    ("texts", "day_first"),
    [
        (["31/12/2020", "05/06/2020"], True),
        (["12/31/2020", "05/06/2020"], False),
        (["05/06/2020"], None),
        (["31/12/2020", "12/31/2020"], None),
        ([*(f"{day}/05/2020" for day in range(13, 32)), *["14.5.2020"] * 2, "05/14/2020"], True),
        (["2020-05-31", "3.14", "13/18", ""], None),
        ([], None),
    ],
)
def test_a_column_shows_whether_the_day_comes_first(
    texts: list[str], day_first: bool | None
) -> None:
    assert decide_day_first(texts).day_first is day_first


def test_a_column_of_dotted_days_tells_them_from_numbers_of_sections() -> None:
    column = decide_day_first(["01.01.12", "31.12.12"])
    assert column == DayOrder(True, ("31.12.12",), (), dotted=True)
    read = parse_dates("01.03.10", DateContext(dotted=True))
    assert isinstance(read, Dates)
    assert (read.edtf, read.state) == ("2010-03-01", "inferred")
    assert not decide_day_first(["01.01.12", "3.2.1", "31/12/12"]).dotted


def test_the_evidence_for_the_order_is_kept() -> None:
    assert decide_day_first(["31/12/2020", "12/31/2020"]) == DayOrder(
        None, ("31/12/2020",), ("12/31/2020",)
    )


@pytest.mark.parametrize(
    ("text", "edtf"),
    [("05/06/2020", None), ("05/15/2020", "2020-05-15"), ("15/05/2020", "2020-05-15"),
     ("05/05/2020", "2020-05-05"), ("5 de junio de 2020", "2020-06-05")],
)  # fmt: skip
def test_a_column_that_contradicts_itself_leaves_ambiguous_days_unread(
    text: str, edtf: str | None
) -> None:
    read = parse_dates(text, DateContext(day_first=None))
    assert (read.edtf if isinstance(read, Dates) else None) == edtf


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
        ("cuenta 31.12.12 del anexo", []),
        ("avance de 3/04 metas y T1 del área S2", []),
        ("Dec. 12 de 2024 y Decreto 7 del 5 de mayo de 2020", []),
        ("Actividad mensual del 15 de mayo de 2020", [("15 de mayo de 2020",)]),
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


NO_DATES = [
    "20%", "72", "2 meses", "ene", "mayo", "13 de 18", "$ 25,000.00", "Recursos propios", "Verde",
    "Se realizaron 3 talleres con 45 servidores en 2020", "Ley 1474 de 2011", "N/A", "Mensual",
    "3.2.1", "(5) Piezas", "10:30", "2020-05-14", "31/12/2020", "12 34 5678 hoy", "tel. 5550 1234",
    "primer trimestre de 2020", "a partir de mayo", "1.234.567,89", "sí", "lunes", "x" * 500,
]  # fmt: skip


@pytest.mark.parametrize("text", [*NO_DATES, *PERIODS, *SEVERAL, *RECURRENT])
def test_dateparser_is_not_asked_about_what_is_no_date_or_is_read_already(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool | None] = []
    monkeypatch.setattr(edtf_library, "_parser", asked.append)
    parse_dates(text)
    assert asked == []


WORDS = st.sampled_from(
    [
        *"-–/.,;:|()*' \n0123456789ºx%",
        *("2020", "2017", "mayo", "Enero", "sep", "trimestre", "quincena", "I", "primer", "Ley"),
        *("de", "del", "al", "a", "y", "hasta", "desde", "entre", "Inicio:", "Término:"),
        *("14/09/2020", "en adelante", "aprox.", "fines de"),
    ]
)
ANY_TEXT = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=30).map(" ".join))


CONTEXTS = st.builds(
    DateContext,
    st.none() | st.dates(),
    st.none() | st.dates(),
    st.sampled_from([True, False, None]),
    st.booleans(),
)


@given(ANY_TEXT, CONTEXTS)
def test_any_text_gives_dates_or_a_refusal(text: str, context: DateContext) -> None:
    read = parse_dates(text, context)
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
    for text in (
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{day:%d.%m.%Y}",
        f"{day.day} de {name} de {day.year}",
        f"{day.day}-{name[:3].upper()}-{day.year}",
        f"{name} {day.day} de {day.year}",
    ):
        read = parse_dates(text)
        assert isinstance(read, Dates), text
        assert (read.start, read.end) == (day, day)


@given(st.integers(1950, 2069), st.integers(1, 12), st.integers(1, 12))
def test_a_period_of_months_is_read_back(year: int, one: int, two: int) -> None:
    first, last = sorted((one, two))
    text = f"{year}-{first:02d}/{year}-{last:02d}"
    if first == last:
        text = f"{year}-{first:02d}"
    read = parse_dates(text)
    assert _two_years(text) or (isinstance(read, Dates) and read.edtf == text)


def _two_years(text: str) -> bool:
    """Whether a month may also be a year of two digits: "2010-11"."""
    return any(int(one[:4]) % 100 + 1 == int(one[5:]) for one in text.split("/"))


@pytest.mark.parametrize("unit", ["(", "a ", "1/", "1 y ", "mayo ", "2020 ", "* ", "é", "a@", "- "])
def test_a_long_text_is_no_trap(unit: str) -> None:
    assert isinstance(parse_dates(unit * 20_000), Refusal)
    assert isinstance(find_dates(unit * 20_000), list)
