"""Of when a report is, as its head says without a label."""

import pytest
from literal import block

from normalizers.metadata_times import read_times
from pipeline.model import Document

TITLES = ("cédula", "informe")


def times(*lines: str) -> dict[str, object]:
    prose = tuple(block(text, at) for at, text in enumerate(lines, 1))
    found = read_times(Document("x", "0" * 64, prose=prose), TITLES)
    return {name: value.value for name, value in found.items()}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("AL 31 DE MARZO DE 2031", {"cutoff_date": "2031-03-31"}),
        ("Al 31 de marzo de 2031 Página: 1 de 5", {"cutoff_date": "2031-03-31"}),
        ("Cédula de gastos al 31 de marzo de 2031", {"cutoff_date": "2031-03-31"}),
        ("Al III trimestre 2031", {"cutoff_date": "2031-09"}),
        ("Mes reportado: enero del 2031", {"cutoff_date": "2031-01"}),
        ("Del 1 de enero al 30 de junio de 2031",
         {"period": "2031-01-01/2031-06-30", "cutoff_date": "2031-06-30"}),
        ("Presupuesto del ejercicio fiscal 2031 de Albor", {"period": "2031"}),
        ("Se viajó al norte el 3 de mayo de 2031", {}),
        ("La reunión fue al 31 de marzo de 2031", {}),
        ("Aprobado el 31 de marzo de 2031", {}),
        ("31/03/2031", {}),
        ("Albor", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_lines_of_the_head(line: str, told: dict[str, str]) -> None:
    assert times(line) == told


def test_the_first_statement_holds() -> None:
    assert times("Al 31 de marzo de 2031", "Al 30 de abril de 2031") == {
        "cutoff_date": "2031-03-31"
    }
