"""Two-column sheets: the record of one activity or of one commitment."""

from decimal import Decimal

import pytest
from literal import block, table, values

from extractors.tables.stitch import stitch
from normalizers.building import Building
from normalizers.sheet import is_sheet, read_sheet
from normalizers.values import Context
from pipeline.model import Profile, Record, Table, Value

Rows = list[list[str | None]]


def whole(rows: Rows) -> Table:
    width = max(map(len, rows))
    (one,) = stitch([table([[*row, *[""] * (width - len(row))] for row in rows])], ())
    return one


def read(rows: Rows, profile: Profile | None = None) -> Record:
    building = Building("0" * 16, Context())
    record = read_sheet(building, whole(rows), profile or Profile())
    assert record is not None
    return record


ACTIVITY: Rows = [
    ["Categoría", "Información"],
    ["Actividad", "Medir los pozos"],
    ["Fecha de inicio y término comprometida", "Marzo de 2031 – Junio de 2031"],
    ["Porcentaje de cumplimiento", "45 %"],
    ["Desafíos o brechas", "Falta el contrato."],
]
COMMITMENT: Rows = [
    ["Tema", "Agua"],
    ["Compromiso n° 7: Medir los pozos", ""],
    ["Institución responsable", "Ministerio de Aguas"],
    ["Problema", "No se sabe cuánta agua hay."],
]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (ACTIVITY, True),
        (COMMITMENT, True),
        ([["Acción", "Plazo"], ["Comprar", "2 meses"], ["Montar", "1 mes"]], False),
        ([["Tema", "Agua"], ["Problema", "Falta"]], False),  # two labels may be chance
        # Numbers beside labels are pages: a table of contents.
        ([["Presentación", "3"], ["Objetivos", "4"], ["Metas", "5"], ["Recursos", "6"]], False),
    ],
)
def test_sheets(rows: Rows, expected: bool) -> None:
    assert is_sheet(whole(rows), Profile()) is expected


def test_a_sheet_of_one_activity() -> None:
    record = read(ACTIVITY)
    assert (record.kind, record.parent_id) == ("activity", "")
    assert values(record) == {
        "description": "Medir los pozos",
        "planned": "2031-03/2031-06",
        "percent_complete": Decimal(45),
        "challenges": "Falta el contrato.",
    }
    assert record.get("percent_state") == "reported"


@pytest.mark.parametrize(
    ("label", "printed", "field", "value"),
    [
        ("Nivel de avance", "45 %", "percent_complete", Decimal(45)),
        ("Nivel de cumplimiento", "<b>45 %</b>", "percent_complete", Decimal(45)),
        ("Nivel de cumplimiento", "Sustancial", "completion", "substantial"),
        ("Grado de avance", "En proceso", "completion", "in_progress"),
        ("Plazo de ejecución", "3 meses", "duration_months", Decimal(3)),
        ("Plazo de ejecución", "Marzo de 2031", "planned", "2031-03"),
    ],
)
def test_a_value_settles_a_label_that_two_fields_claim(
    label: str, printed: str, field: str, value: object
) -> None:
    rows = [ACTIVITY[0], ACTIVITY[1], ACTIVITY[4], [label, printed]]
    assert read(rows).get(field) == value


def test_what_goes_on_under_a_label_is_of_its_field() -> None:
    record = read([*ACTIVITY[:3], ["Nivel de avance", "Limitado"], ["", "45 %"]])
    assert record.get("percent_complete") is None
    assert record.fields["completion"].block.text == "Limitado 45 %"


def test_a_sheet_of_a_commitment() -> None:
    record = read(COMMITMENT)
    assert record.kind == "commitment"
    assert values(record) == {
        "number": "7",
        "title": "Medir los pozos",
        "theme": "Agua",
        "lead_institution": "Ministerio de Aguas",
        "problem": "No se sabe cuánta agua hay.",
    }


@pytest.mark.parametrize(
    "title",
    ["Compromiso 7: Medir los pozos", "COMPROMISO N° 7. Medir los pozos", "Compromiso 7 – Medir"],
)
def test_titles_of_a_sheet(title: str) -> None:
    record = read([COMMITMENT[0], [title, ""], *COMMITMENT[2:]])
    assert record.get("number") == "7" and str(record.get("title")).startswith("Medir")


def test_a_numbered_part_of_a_sheet_is_not_its_title() -> None:
    record = read([*COMMITMENT, ["3. Datos de contacto", ""]])
    assert (record.get("number"), record.get("title")) == ("7", "Medir los pozos")


def test_an_empty_value_is_missing_at_its_place() -> None:
    record = read([*ACTIVITY, ["Próximos pasos", ""]])
    missing = record.fields["next_steps"]
    assert (missing.value, missing.state) == (None, "missing")
    assert missing.block and missing.block.line == 6


def test_a_label_that_no_field_claims_is_kept_as_printed() -> None:
    record = read([*ACTIVITY, ["Color de la carpeta", "Verde"], ["Otra seña", ""]])
    told = [(name, value.value, value.state) for name, value in record.others]
    assert told == [
        ("printed:Color de la carpeta", "Verde", "reported"),
        ("printed:Otra seña", None, "missing"),
    ]


def test_a_label_that_the_profile_ignores_is_not_kept() -> None:
    profile = Profile(ignore=("Color de la carpeta",))
    assert read([*ACTIVITY, ["color de la carpeta", "Verde"]], profile).others == ()


def test_two_labels_of_one_field_are_both_told() -> None:
    record = read([*COMMITMENT, ["Correo electrónico", "a@b.example"], ["Teléfono", "555 01"]])
    assert record.get("contact") == "a@b.example; 555 01"


def test_two_values_of_one_field_leave_their_tags_behind() -> None:
    told = [["Correo electrónico", "<p>a@b.example</p>"], ["Teléfono", "<p>555 01</p>"]]
    assert read([*COMMITMENT, *told]).get("contact") == "a@b.example; 555 01"


BOXES: Rows = [*COMMITMENT, ["Cumplimiento", "No iniciado", "Limitado", "Sustancial", "Completo"]]


@pytest.mark.parametrize(
    ("rows", "level", "state"),
    [
        ([*BOXES, ["", "", "X", "", ""]], "limited", "reported"),
        ([*BOXES, ["", "", "", "", "✔"]], "complete", "reported"),
        ([*BOXES], None, "missing"),  # no box is ticked
        ([*BOXES, ["X", "", "", "", ""]], None, "illegible"),  # under no box: never a guess
        (
            [*COMMITMENT, ["Cumplimiento", "No iniciado", "Limitado X", "Sustancial", "Completo"]],
            "limited",
            "reported",
        ),
        (
            [
                *COMMITMENT,
                ["Cumplimiento", "X No iniciado", "Limitado (x)", "Sustancial", "Completo"],
            ],
            None,
            "missing",
        ),
    ],
)
def test_the_level_that_is_ticked(rows: Rows, level: str | None, state: str) -> None:
    value = read(rows).fields["completion"]
    assert (value.value, value.state) == (level, state)


def test_a_mark_without_its_column_is_on_record() -> None:
    (repair,) = read([*BOXES, ["X", "", "", "", ""]]).repairs
    assert (repair.kind, repair.block.text) == ("mark_unplaced", "X")
    assert repair.detail["boxes"] == "No iniciado, Limitado, Sustancial, Completo"


def test_prompts_inside_the_value_columns() -> None:
    rows: Rows = [
        *COMMITMENT,
        ["Otros actores involucrados", "Gobierno", "Archivo de Aguas"],
        ["", "Sociedad civil", "Red de Regantes"],
    ]
    record = read(rows)
    assert record.get("other_actors_government") == "Archivo de Aguas"
    assert record.get("other_actors_society") == "Red de Regantes"


def test_a_prompt_and_its_value_in_one_cell() -> None:
    rows: Rows = [
        *COMMITMENT,
        ["Otros actores involucrados", "<b>Gobierno</b> Archivo de Aguas y las cinco delegaciones"],
        ["", "<b>Sociedad civil</b> Red de Regantes y Asociación de Pescadores"],
    ]
    told = " ".join(str(value.value) for value in read(rows).fields.values())
    assert "Archivo de Aguas y las cinco delegaciones" in told
    assert "Red de Regantes y Asociación de Pescadores" in told


def test_a_value_cut_by_a_page_break_reads_on() -> None:
    rows: Rows = [
        *ACTIVITY,
        ["Descripción del avance", "El equipo contó los pozos de la cuenca alta mientras"],
        ["", "se reparaban los medidores de la cuenca baja."],
    ]
    assert read(rows).get("progress") == (
        "El equipo contó los pozos de la cuenca alta mientras"
        " se reparaban los medidores de la cuenca baja."
    )


def test_a_commitment_told_in_prose_too_is_one() -> None:
    building = Building("0" * 16, Context())
    told = {"number": Value("7", block("7")), "description": Value("De la prosa", block("x"))}
    first = building.add("commitment", told)
    record = read_sheet(building, whole(COMMITMENT), Profile())
    assert record and record.record_id == first.record_id
    assert record.get("description") == "De la prosa"
    assert record.get("theme") == "Agua"
    assert len(building.records) == 1


def test_a_table_without_a_known_label_is_no_record() -> None:
    building = Building("0" * 16, Context())
    assert (
        read_sheet(building, whole([["Color", "Verde"], ["Forma", "Redonda"]]), Profile()) is None
    )
    assert building.records == []
