"""Which family a report is of: by its content, never by its name."""

import pytest
from literal import block, table

from pipeline.model import Document, Profile
from pipeline.recognize import recognize

SEEDS = Profile("semillas", signs={"plandesemillas": 3, "cosecha": 1, "(^|\n)silo": 1})
WELLS = Profile("pozos", signs={"plandepozos": 3, "acuifero": 2})


def document(*lines: str, cells: tuple[str, ...] = ()) -> Document:
    tables = (table([list(cells)]),) if cells else ()
    return Document("pozos.txt", "0" * 64, prose=tuple(map(block, lines)), tables=tables)


@pytest.mark.parametrize(
    ("lines", "name", "score"),
    [
        (["PLAN DE  SEMILLAS", "Cosecha", "Silos"], "semillas", 1.0),
        (["**Plan de <b>semillas</b>**"], "semillas", 0.6),
        (["Cosecha", "Silo"], "", 0.4),
        (["El silo de la cosecha"], "", 0.2),  # a sign may ask for the beginning of a line
        (["Plan de pozos del acuífero"], "pozos", 1.0),
        (["Plan de\npozos", "Acuífero"], "pozos", 1.0),  # broken over lines
        (["Otra cosa"], "", 0.0),
        ([], "", 0.0),
    ],
)
def test_the_share_of_signs_that_a_report_shows(lines: list[str], name: str, score: float) -> None:
    profile, found = recognize(document(*lines), [SEEDS, WELLS])
    assert (profile.name, found) == (name, score)


def test_cells_show_signs_too() -> None:
    found = recognize(document("Informe", cells=("Plan de pozos", "Acuífero", "9")), [WELLS])
    assert found == (WELLS, 1.0)


def test_the_best_score_wins() -> None:
    text = document("Plan de semillas", "Plan de pozos", "Acuífero")
    assert recognize(text, [SEEDS, WELLS])[0] == WELLS
    assert recognize(text, [WELLS, SEEDS])[0] == WELLS


def test_equal_scores_are_told_apart_by_name_not_by_order() -> None:
    first, second = Profile("a", signs={"x": 1}), Profile("b", signs={"x": 1})
    assert recognize(document("x"), [first, second]) == recognize(document("x"), [second, first])


def test_without_profiles_every_report_goes_the_generic_path() -> None:
    assert recognize(document("Plan de pozos"), []) == (Profile(), 0.0)


def test_a_profile_without_signs_claims_nothing() -> None:
    assert recognize(document("x"), [Profile("vacio")]) == (Profile(), 0.0)
