"""The declaration: whole, bilingual, and the same in every world it is told to."""

import pytest

from pipeline.dataset.datapackage import describe_package, table_schema
from pipeline.dataset.schema import SCHEMA, TABLE_OF, TYPES, arrow_schema
from pipeline.errors import ERRORS

COLUMNS = [(table, column) for table in SCHEMA.values() for column in table]
FILES = {
    f"{name}.{ending}": {"bytes": 1, "sha256": "ab"}
    for name in SCHEMA
    for ending in ("csv", "parquet")
}


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda part: part.name)
def test_a_column_is_declared_whole(table, column):
    assert column.type in TYPES
    assert column.es.endswith(".") and column.en.endswith(".")
    assert column.es != column.en
    assert not column.codelist or column.enum
    for to in column.references:
        assert SCHEMA[to.table].key == (to.column,)
        assert SCHEMA[to.table][to.column].type == column.type


def test_every_kind_of_record_has_its_table():
    assert {kind: table.name for kind, table in TABLE_OF.items()} == {
        "document": "documents", "commitment": "commitments", "activity": "activities",
        "budget_line": "budget_lines", "measure": "measures", "stated_figure": "stated_figures",
        "section": "sections",
    }  # fmt: skip


@pytest.mark.parametrize("table", SCHEMA.values(), ids=lambda table: table.name)
def test_keys_are_required_columns(table):
    assert all(table[name].required for name in table.key)


def test_money_and_percentages_are_decimals():
    exact = {column.arrow for _, column in COLUMNS if column.type in ("decimal", "percent")}
    assert {str(arrow) for arrow in exact} == {"decimal128(38, 6)"}
    floats = {column.name for _, column in COLUMNS if column.type == "float"}
    assert floats == {"x0", "top", "x1", "bottom", "confidence", "profile_score", "thread_score"}


def test_parquet_fields_carry_both_descriptions():
    field = arrow_schema(SCHEMA["activities"]).field("amount")
    assert field.metadata == {b"es": b"Monto.", b"en": b"Amount."}


def test_table_schema_of_a_table():
    schema = table_schema(SCHEMA["activities"])
    fields = {field["name"]: field for field in schema["fields"]}
    assert list(fields) == list(SCHEMA["activities"].names)
    assert schema["primaryKey"] == ["activity_id"]
    assert schema["missingValues"] == [""]
    assert {
        "fields": ["commitment_id"],
        "reference": {"resource": "commitments", "fields": ["commitment_id"]},
    } in schema["foreignKeys"]
    assert "not_applicable" in fields["percent_state"]["constraints"]["enum"]
    assert fields["amount"]["type"] == "number" and fields["planned_end"]["type"] == "date"


def test_a_reference_to_the_table_itself_names_no_resource():
    (own,) = [
        key
        for key in table_schema(SCHEMA["budget_lines"])["foreignKeys"]
        if key["fields"] == ["parent_id"]
    ]
    assert own["reference"] == {"resource": "", "fields": ["line_id"]}


def test_the_package_names_every_table_and_only_cells_in_parquet_alone():
    resources = {told["name"]: told for told in describe_package(FILES)["resources"]}
    assert list(resources) == list(SCHEMA)
    assert [name for name, told in resources.items() if told["format"] == "parquet"] == ["cells"]
    assert resources["values"]["parquet"]["path"] == "values.parquet"
    for told in resources.values():
        assert told["hash"] == "sha256:ab" and told["descriptions"].keys() == {"es", "en"}


def test_the_codelist_of_errors_is_what_the_program_can_tell():
    assert set(SCHEMA["documents"]["error"].enum) == set(ERRORS)
