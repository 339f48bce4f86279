"""`cuadra profile suggest` and `cuadra profile check`: what they write, say and end with."""

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_readings import (
    FAMILIES,
    FORMATS,
    RAW,
    ROOT,
    read_sample,
    read_sample_document,
    tell_record,
)

from extractors.extract import extract
from extractors.read import read_document
from normalizers.records import normalize
from pipeline.cli import run_cli
from pipeline.messages import LANGUAGES, load_messages
from pipeline.model import Profile
from pipeline.profiles import load_profile, load_profiles
from pipeline.profiling.commands import tell_fault
from pipeline.profiling.lint import find_faults
from pipeline.profiling.reading import survey_document
from pipeline.profiling.signs import name_family, write_sign
from pipeline.profiling.sketch import is_header, sketch_value, sketch_values
from pipeline.profiling.suggest import comment, quote, write_profile
from pipeline.profiling.survey import Column, Grid, Sign, Survey
from pipeline.recognize import recognize

RIGHT = '[title]\nes = "Plan"\nen = "Plan"\n[signs]\n"plandepozos" = 1\n'

PERSONAL = ("responsible_person", "contact", "lead_institution", "institution")


@cache
def suggested(stem: str, form: str, lang: str = "es") -> str:
    """What is drafted from a sample, no shipped profile being asked."""
    document = read_sample_document(stem, form)
    survey = survey_document(document, extract(document), Profile(), propose=True)
    return write_profile(survey, stem, lang)


def drafted(stem: str, form: str, folder: Path) -> Profile:
    path = folder / "propuesto.toml"
    path.write_text(suggested(stem, form), encoding="utf-8")
    assert find_faults(path) == []
    return load_profile(path)


# The round trip


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("family", FAMILIES)
def test_a_suggested_profile_reads_its_report_as_the_shipped_one(
    family: str, form: str, tmp_path: Path
) -> None:
    stem = FAMILIES[family]
    profile = drafted(stem, form, tmp_path)
    document = read_sample_document(stem, form)
    others = [one for one in load_profiles() if one.name != family]
    assert recognize(document, [profile, *others]) == (profile, 1.0)
    records = normalize(document, extract(document), profile)
    shipped = read_sample(stem, form).records
    assert list(map(tell_record, records)) == list(map(tell_record, shipped))


@pytest.mark.parametrize("family", FAMILIES)
def test_a_suggested_profile_knows_its_family_in_another_form_and_no_other_family(
    family: str, tmp_path: Path
) -> None:
    for form in FORMATS:
        profile = drafted(FAMILIES[family], form, tmp_path)
        for stem in FAMILIES.values():
            for other in FORMATS:
                claimed = recognize(read_sample_document(stem, other), [profile])[0]
                assert bool(claimed.name) == (stem == FAMILIES[family]), (form, stem, other)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("stem", FAMILIES.values())
def test_a_draft_says_nothing_that_is_in_no_header_or_title(stem: str, lang: str) -> None:
    """No person, address, telephone or amount of the report stands in it, comments included."""
    text = suggested(stem, "txt", lang)
    told = (record.fields.get(name) for record in read_sample(stem, "txt").records
            for name in PERSONAL)  # fmt: skip
    values = {str(value.value) for value in told if value is not None and value.value}
    assert not [value for value in values if value in text]
    assert not re.search(r"@|[1-8]\d{4}", text)


def test_the_languages_of_a_draft_differ_in_comments_alone() -> None:
    drafts = [tomllib.loads(suggested("plan-nacional", "txt", lang)) for lang in LANGUAGES]
    assert drafts[0] == drafts[1]
    spanish, english = (suggested("plan-nacional", "txt", lang) for lang in LANGUAGES)
    assert "# Señas" in spanish and "# Signs" in english and "# Señas" not in english


# A report that no family claims, from the command line

ACTA = (
    "MATRIZ DE SEGUIMIENTO DE OBRAS\n\n"
    "N°\tActividad\tFecha de inicio\tFecha de término\t% de avance\tColor del legajo\tFirma\n"
    "1\tReparar el puente viejo\t01/02/2023\t30/06/2023\t40%\tazul oscuro\tJuana Pérez Soto\n"
    "2\tPintar la escuela rural\t15/03/2023\t30/09/2023\t80%\tverde\tLuis Mora Díaz\n"
    "3\tLimpiar la acequia norte\t01/04/2023\t31/10/2023\t10%\trojo\tAna Ruiz Vega\n"
)


@pytest.fixture
def acta(tmp_path: Path) -> Path:
    path = tmp_path / "matriz de obras.txt"
    path.write_text(ACTA, encoding="utf-8")
    return path


def test_a_draft_is_written_used_and_corrected(acta: Path, capfd, tmp_path: Path) -> None:
    toml = tmp_path / "matriz_obras.toml"
    assert run_cli(["profile", "suggest", str(acta), "--output", str(toml)], "es") == 0
    text = toml.read_text(encoding="utf-8")
    data = tomllib.loads(text)
    assert data["columns"]["Fecha de inicio"] == "planned_start"
    assert data["columns"]["% de avance"] == "percent_complete"
    assert '# "Color del legajo" = ""  # 1 palabra' in text
    assert "Pérez" not in text and "azul" not in text and "puente" not in text
    assert next(iter(data["signs"])) == "matrizdeseguimientodeobras"
    for before, after in (
        ("ignore = []\n", 'ignore = ["Firma"]\n'),
        ('# "Color del legajo" = ""', '"Color del legajo" = "additional_information"'),
        ("required = []", 'required = ["activity.responsible"]'),
    ):
        assert before in text
        text = text.replace(before, after)
    toml.write_text(text, encoding="utf-8")
    capfd.readouterr()
    assert run_cli(["profile", "check", str(acta), "--profile", str(toml)], "es") == 0
    told = capfd.readouterr().out
    assert "lo reconoce el perfil matriz_obras (1.00)" in told
    assert re.search(r"Color del legajo +additional_information +el perfil", told)
    assert re.search(r"Firma +\(ignorado\)", told)
    assert "Obligatorio activity.responsible: falta en 3 de 3." in told
    assert "Sin reclamar" not in told


def test_check_tells_what_nobody_claims_in_both_languages(acta: Path, capfd) -> None:
    for lang, nobody, left in (("es", "NADIE", "Sin reclamar"), ("en", "NOBODY", "Unclaimed")):
        assert run_cli(["profile", "check", str(acta)], lang) == 0
        told = capfd.readouterr().out
        assert re.search(rf"Color del legajo +{nobody}", told)
        assert f"{left} (2): Color del legajo; Firma" in told
        assert "Pérez" not in told


def test_check_ends_with_1_when_the_profile_does_not_recognize_a_file(
    acta: Path, capfd, tmp_path: Path
) -> None:
    path = tmp_path / "pozos.toml"
    path.write_text(RIGHT, encoding="utf-8")
    assert run_cli(["profile", "check", str(acta), "--profile", str(path)], "en") == 1
    told = capfd.readouterr().out
    assert "does NOT recognize it (0.00" in told
    assert "Sign that does not appear: plandepozos (1)" in told
    assert "Read: 3 activities" in told  # what it would read all the same


def test_a_draft_is_never_written_over_a_file(acta: Path, capfd, tmp_path: Path) -> None:
    path = tmp_path / "mia.toml"
    path.write_text(RIGHT, encoding="utf-8")
    assert run_cli(["profile", "suggest", str(acta), "--output", str(path)], "en") == 2
    assert "exists already" in capfd.readouterr().err
    assert path.read_text(encoding="utf-8") == RIGHT


def test_files_that_cannot_be_read_end_with_their_codes(acta: Path, capfd, tmp_path: Path) -> None:
    empty = tmp_path / "vacio.txt"
    empty.write_bytes(b"")
    absent, nowhere = str(tmp_path / "no.pdf"), str(tmp_path / "no" / "p.toml")
    assert run_cli(["profile", "suggest", absent], "en") == 2
    assert run_cli(["profile", "suggest", str(empty)], "en") == 3
    assert run_cli(["profile", "suggest", str(acta), "--output", nowhere], "en") == 4
    assert run_cli(["profile", "check", str(empty), str(acta)], "en") == 3
    told = capfd.readouterr()
    assert "was not found" in told.err and "is empty" in told.err
    assert "Color del legajo" in told.out  # the other file is told all the same


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("command", [[], ["suggest"], ["check"]])
def test_help_is_in_one_language(capsys, lang: str, command: list[str]) -> None:
    assert run_cli(["profile", *command, "--help"], lang) == 0
    told = capsys.readouterr().out
    assert ("Uso:" in told, "Usage:" in told) == (lang == "es", lang == "en")


# Faults


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (RIGHT, []),
        ("", ["no_title", "no_title", "no_signs"]),
        ("[title", ["not_toml"]),
        ("signs = 3\n", ["bad_kind"]),
        ('[sings]\n"x" = 1\n', ["unknown_key"]),
        (RIGHT + '"pozo (" = 1\n', ["bad_sign"]),
        (RIGHT + '"pozo hondo" = 1\n', ["never_matched"]),
        (RIGHT + '"Pozo" = 1\n"acuífero" = 1\n"año" = 1\n', ["never_matched"] * 3),
        (RIGHT + "'pozo\\W*hondo\\S\\d' = 1\n", []),
        (RIGHT + '"pozo" = 0\n', ["bad_weight"]),
        (RIGHT + '"pozo" = "1"\n', ["bad_kind"]),
        (RIGHT + '"pozo" = true\n', ["bad_kind"]),
        (RIGHT + '[columns]\n"Hondura" = "depth"\n', ["unknown_field"]),
        (RIGHT + '[columns]\n"Acción" = "description"\n', []),
        (f'ignore = ["ACCION"]\n{RIGHT}[columns]\n"Acción" = "description"\n', ["also_ignored"]),
        (f'ignore = "Firma"\n{RIGHT}', ["bad_kind"]),
        (f'required = ["activity.number", "activity.commitment_number"]\n{RIGHT}', []),
        (f'required = ["activity", "well.depth"]\n{RIGHT}', ["bad_required"] * 2),
        (f'required = ["activity.depth"]\n{RIGHT}', ["unknown_required"]),
        (RIGHT + '[defaults]\ncountry = "CO"\n', []),
        (RIGHT + '[defaults]\ncountry = "Colombia"\n', ["bad_default"]),
        (RIGHT + '[defaults]\nweather = "dry"\n', ["unknown_default"]),
        ('[title]\nes = "Plan"\n[signs]\n"x" = 1\n', ["no_title"]),
    ],
)
def test_every_fault_of_a_profile_is_told(tmp_path: Path, text: str, kinds: list[str]) -> None:
    path = tmp_path / "mia.toml"
    path.write_text(text, encoding="utf-8")
    faults = find_faults(path)
    assert [fault.kind for fault in faults] == kinds
    for lang in LANGUAGES:
        assert all("{" not in tell_fault(fault, lang) for fault in faults)


def test_every_fault_has_its_sentence() -> None:
    source = Path(find_faults.__code__.co_filename).read_text(encoding="utf-8")
    assert set(re.findall(r'Fault\("(\w+)"', source)) == set(load_messages()["lint"]) - {"faults"}


def test_faults_end_the_check_with_2(acta: Path, capfd, tmp_path: Path) -> None:
    path = tmp_path / "mia.toml"
    path.write_text('[sings]\n"x" = 1\n', encoding="utf-8")
    assert run_cli(["profile", "check", str(acta), "--profile", str(path)], "es") == 2
    assert "¿Quiso decir: signs?" in capfd.readouterr().err
    assert run_cli(["profile", "check", str(acta), "--profile", str(tmp_path / "no")], "es") == 2


# Small parts


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("15/12/2023", "99/99/9999"),
        ("72 %", "99 %"),
        ("$ 1.350,00", "$ 9.999,99"),
        ("3 meses", "9 aaaaa"),
        ("Juana Pérez Soto", "2-4 …"),
        ("ok", "1 …"),
        ("", ""),
        ("juana@pozo.example", "1 …"),
        ("una oración " * 30, "> 40 …"),
    ],
)
def test_a_value_is_told_by_its_form(text: str, form: str) -> None:
    assert sketch_value(text) == form


def test_the_commonest_forms_come_first_and_are_few() -> None:
    assert sketch_values(["1%", "20%", "30%", "x", "a b", "", "1/2/2023"])[0] == "99%"
    assert len(sketch_values(["1", "11", "111", "1111", "11111"])) == 3


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Fecha de inicio", True),
        ("% DE AVANCE (31-08-2023)", True),
        ("juana@pozo.example", False),
        ("Tel. 2555 014 27", False),
        ("x" * 300, False),
    ],
)
def test_what_may_be_a_header(text: str, shown: bool) -> None:
    assert is_header(text) == shown


@pytest.mark.parametrize(
    ("title", "family"),
    [
        ("Plan de acción de Juana Pérez", "Plan de acción"),
        ("Informe de gestión 2023, Municipio de Valle Sereno", "Informe de gestión"),
        (
            "Plan de obras que aplica la Política de Integridad",
            "Plan de obras, Política de Integridad",
        ),
        ("Sra. Juana Pérez Soto, Presidenta", ""),
    ],
)
def test_a_family_is_named_by_what_kind_of_report_it_is(title: str, family: str) -> None:
    assert name_family(title) == family


def test_names_of_people_taken_for_headers_stay_out_of_a_draft() -> None:
    signed = Grid(2, 1, None, "", tuple(
        Column(text, text) for text in ("Juana Pérez Soto", "Elaborado por: Luis Mora", "Firmas")
    ))  # fmt: skip
    people = Grid(3, 1, None, "plan", tuple(
        Column(text, text) for text in ("Juana Pérez Soto", "Elaborado por: Luis Mora", "Sellos")
    ))  # fmt: skip
    document = read_sample_document("plan-nacional", "txt")
    text = write_profile(Survey(document, grids=(signed, people)), "x", "es")
    assert "Sellos" in text
    assert not re.search("Juana|Luis|Firmas", text)


@given(st.text())
def test_any_header_is_written_as_toml(text: str) -> None:
    column = Column(text, text, "description", "lexicon", 0.9)
    left = Column(f"x{text}", f"x{text}", forms=("9",))
    survey = Survey(
        read_sample_document("plan-nacional", "txt"),
        title=text,
        grids=(Grid(1, 1, None, "plan", (column, left)),),
        signs=(Sign(write_sign(text), 1, printed=text),),
    )
    data = tomllib.loads(write_profile(survey, "x", "es"))
    assert data["columns"] in ({text: "description"}, {})


@given(st.text())
def test_any_text_is_quoted_and_read_back(text: str) -> None:
    assert tomllib.loads(f"x = {quote(text)}")["x"] == text
    assert tomllib.loads("\n".join(comment(text))) == {}


@given(st.text(st.characters(codec="utf-8")))
def test_a_sign_is_a_regular_expression_that_shows_in_its_own_text(text: str) -> None:
    sign = write_sign(text)
    assert re.compile(sign)


def test_a_sign_is_found_where_its_header_is_broken_over_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("Secretaría / Ministerio\nResponsable (interno)\n", encoding="utf-8")
    sign = write_sign("Secretaría/Ministerio")
    assert recognize(read_document(path, "x"), [Profile("x", signs={sign: 1})])[1] == 1.0


# The guide


def guide_blocks(kind: str) -> list[str]:
    text = (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8")
    return re.findall(rf"```{kind}\n(.*?)```", text, re.S)


def test_the_guide_shows_lines_of_the_real_draft() -> None:
    (shown,) = guide_blocks("toml")
    real = suggested("seguimiento-anticorrupcion", "pdf", "en").splitlines()
    assert [line for line in shown.splitlines() if line not in real] == []


def test_the_guide_shows_what_the_check_really_says(capfd, tmp_path: Path) -> None:
    faulty, right = guide_blocks("text")
    draft = suggested("seguimiento-anticorrupcion", "pdf", "en")
    draft = draft.replace(
        "required = []", 'required = ["activity.planned", "activity.responsible"]'
    )
    path = tmp_path / "mi_seguimiento.toml"
    report = str(RAW / "seguimiento-anticorrupcion.txt")
    for text, code, shown in (
        (draft.replace('"subcomponente"', '"Subcomponente"').replace(
            '= "responsible"', '= "responsable"'), 2, faulty),
        (draft, 0, right),
    ):  # fmt: skip
        path.write_text(text, encoding="utf-8")
        assert run_cli(["profile", "check", report, "--profile", str(path)], "en") == code
        told = capfd.readouterr()
        real = _words((told.out + told.err).replace(f"{tmp_path}/", "").replace(f"{ROOT}/", ""))
        assert [line for line in shown.splitlines() if _words(line) not in real] == []


def _words(text: str) -> str:
    return " ".join(text.split())
