"""Every family's declaration is right, and claims its own sample report and no other."""

from pathlib import Path

import pytest
from sample_readings import FAMILIES, FORMATS, ROOT, read_sample_document

from extractors.read import read_document
from pipeline.model import Profile
from pipeline.profiles import load_profile, load_profiles
from pipeline.profiling.lint import find_faults
from pipeline.recognize import recognize

FILES = sorted((ROOT / "pipeline" / "profiles").glob("*.toml"))


def test_the_folder_is_the_registry() -> None:
    assert [profile.name for profile in load_profiles()] == [path.stem for path in FILES]
    assert sorted(FAMILIES) == [path.stem for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_profile_is_right(path: Path) -> None:
    """Its keys, signs, fields, titles, and what it claims: its own family's samples, no other's."""
    assert find_faults(path) == []
    profile = load_profile(path)
    for family, stem in FAMILIES.items():
        for form in FORMATS:
            claimed, score = recognize(read_sample_document(stem, form), [profile])
            assert claimed.name == (path.stem if family == path.stem else ""), (stem, form, score)
            assert score >= 0.8 or family != path.stem, (stem, form)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("family", FAMILIES)
def test_of_all_profiles_a_sample_goes_to_its_own(family: str, form: str) -> None:
    document = read_sample_document(FAMILIES[family], form)
    assert recognize(document, load_profiles())[0].name == family


def test_an_unknown_key_is_a_mistake(tmp_path: Path) -> None:
    path = tmp_path / "nueva.toml"
    path.write_text('[sings]\n"x" = 1\n', encoding="utf-8")
    with pytest.raises(TypeError, match="sings"):
        load_profile(path)


def test_a_report_of_no_family_is_claimed_by_none(tmp_path: Path) -> None:
    path = tmp_path / "acta.txt"
    path.write_text(
        "ACTA DE LA SESIÓN\n\nEl concejo trató el plan de obras y el avance del puente.\n\n"
        "Acuerdo\tPlazo\tVotos\nInformar\tabril\t7\n",
        encoding="utf-8",
    )
    profile, score = recognize(read_document(path, "x"), load_profiles())
    assert profile == Profile()
    assert score < 0.6
