"""Every family's declaration loads, and claims its own sample report and no other."""

import re
import tomllib
from pathlib import Path

import pytest
from sample_readings import FAMILIES, FORMATS, ROOT, read_sample_document

from extractors.read import read_document
from normalizers.columns import lexicon
from pipeline.model import Profile
from pipeline.profiles import load_profile, load_profiles
from pipeline.recognize import recognize

FILES = sorted((ROOT / "pipeline" / "profiles").glob("*.toml"))
RECORDS = {"document", "commitment", "activity", "stated_figure", "measure"}


def test_the_folder_is_the_registry() -> None:
    assert [profile.name for profile in load_profiles()] == [path.stem for path in FILES]
    assert sorted(FAMILIES) == [path.stem for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_profile_says_what_it_is(path: Path) -> None:
    profile = load_profile(path)
    assert profile.title["es"] and profile.title["en"]
    assert all(weight > 0 for weight in profile.signs.values())
    for sign in profile.signs:
        re.compile(sign)
        # Signs are matched on text without accents, capitals and white space.
        assert not re.search(r"[A-ZÁÉÍÓÚÑáéíóúñ ]", sign.replace(r"[\s\S]", "")), sign
    assert set(profile.columns.values()) <= lexicon().keys()
    assert {one.partition(".")[0] for one in profile.required} <= RECORDS
    assert all(re.fullmatch(r"[a-z_]+\.[a-z_]+", one) for one in profile.required)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_profile_names_no_institution(path: Path) -> None:
    """What is true of one report only has no place in what is true of its family."""
    text = "\n".join(line for line in path.read_text().splitlines() if not line.startswith("#"))
    assert set(tomllib.loads(text)) <= {
        "title", "signs", "columns", "ignore", "required", "misprints", "defaults",
    }  # fmt: skip


def test_an_unknown_key_is_a_mistake(tmp_path: Path) -> None:
    path = tmp_path / "nueva.toml"
    path.write_text('[sings]\n"x" = 1\n', encoding="utf-8")
    with pytest.raises(TypeError, match="sings"):
        load_profile(path)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("family", FAMILIES)
def test_a_profile_claims_its_own_sample_alone(family: str, form: str) -> None:
    document = read_sample_document(FAMILIES[family], form)
    scores = {one.name: recognize(document, [one]) for one in load_profiles()}
    claimed = {name for name, (profile, _) in scores.items() if profile.name}
    assert claimed == {family}
    assert scores[family][1] >= 0.8
    others = {name: score for name, (_, score) in scores.items() if name != family}
    assert max(others.values()) < 0.6, others
    assert recognize(document, load_profiles())[0].name == family


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
