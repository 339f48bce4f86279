"""A user's own suite, in Great Expectations' JSON: read as data from an untrusted file.

A file holds one suite, or a list of them: `name`, `expectations` (`type`, `kwargs`, `meta`,
`severity`). The table is told by `meta.table` of the expectation or of the suite, else it is the
suite's name. Read strictly: what could run code or reach elsewhere is refused, never skipped.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.dataset.rules import Rule
from pipeline.dataset.schema import SCHEMA
from pipeline.validation.suites.library import BadArguments, check_arguments, known_types
from pipeline.validation.suites.results import SEVERITIES

MAX_BYTES = 1_000_000
MAX_EXPECTATIONS = 1_000
# Query another table or a data source: there is none behind a published dataset.
NEEDS_SQL = frozenset(
    {
        "unexpected_rows_expectation",
        "expect_query_results_to_match_comparison",
        "expect_table_row_count_to_equal_other_table",
    }
)
# A row condition is an expression that pandas evaluates: it could run anything.
CONDITIONS = ("row_condition", "condition_parser")
# Of the run and not of the expectation: set by us.
OF_THE_RUN = frozenset({"batch_id", "result_format", "catch_exceptions", "meta", "severity", "id"})


class BadSuite(Exception):
    """A file that is no suite that can be run: `reason` is a code, `words` fill its sentence.

    Reasons: "unreadable", "too_large", "not_json", "not_a_suite", "too_many", "no_table",
    "unknown_type", "bad_arguments", "condition", "parameter", "remote_schema".
    """

    def __init__(self, reason: str, **words: object) -> None:
        super().__init__(reason, words)
        self.reason = reason
        self.words = {"place": "", "detail": "", **words}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One expectation of a user: of which suite and table, its type, and the rule that it is."""

    suite: str
    table: str
    kind: str
    rule: Rule

    @property
    def severity(self) -> str:
        """In our words: "error", "warning" or "info"."""
        return SEVERITIES[self.rule[1]["severity"]]

    @property
    def needs_sql(self) -> bool:
        """Whether only a data base could evaluate it."""
        return self.kind in NEEDS_SQL


def read_suites(path: Path) -> list[Wanted]:
    """Every expectation of the file, in its order. Raises BadSuite."""
    told = _load(path)
    suites = told if isinstance(told, list) else [told]
    wanted = [one for suite in suites for one in _read_suite(suite, path)]
    if not wanted:
        raise BadSuite("not_a_suite")
    return wanted


def _load(path: Path) -> Any:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadSuite("unreadable", detail=error.strerror or str(error)) from error
    if len(data) > MAX_BYTES:
        raise BadSuite("too_large", detail=f"{MAX_BYTES:,}")
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadSuite("not_json", detail=str(error).splitlines()[0]) from error


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _read_suite(suite: object, path: Path) -> Iterator[Wanted]:
    expectations = suite.get("expectations") if isinstance(suite, dict) else None
    if not isinstance(suite, dict) or not isinstance(expectations, list):
        raise BadSuite("not_a_suite")
    if len(expectations) > MAX_EXPECTATIONS:
        raise BadSuite("too_many", detail=MAX_EXPECTATIONS)
    name = suite.get("name") or suite.get("expectation_suite_name")
    name = name if isinstance(name, str) and name else path.stem
    for place, told in enumerate(expectations, 1):
        yield _read_expectation(told, name, _table(suite, name), f"{name}, {place}")


def _table(told: Mapping[str, Any], otherwise: str) -> str:
    meta = told.get("meta")
    table = meta.get("table") if isinstance(meta, dict) else None
    return otherwise if table is None else str(table)


def _read_expectation(told: object, suite: str, table: str, place: str) -> Wanted:
    if not isinstance(told, dict) or not isinstance(told.get("kwargs", {}), dict):
        raise BadSuite("not_a_suite", place=place)
    table = _table(told, table)
    if table not in SCHEMA:
        raise BadSuite("no_table", place=place, detail=", ".join(SCHEMA))
    kind = told.get("type") or told.get("expectation_type")
    names = known_types()
    if not isinstance(kind, str) or kind not in names:
        raise BadSuite("unknown_type", place=place, detail=str(kind)[:100])
    wanted = Wanted(suite, table, kind, (names[kind], _arguments(told, place)))
    if not wanted.needs_sql:
        _refuse_bad(wanted, place)
    return wanted


def _arguments(told: Mapping[str, Any], place: str) -> dict[str, Any]:
    kwargs = {key: kept for key, kept in told.get("kwargs", {}).items() if key not in OF_THE_RUN}
    for name in CONDITIONS:
        if kwargs.pop(name, None) is not None:
            raise BadSuite("condition", place=place, detail=name)
    _refuse_keys(kwargs, place)
    severity = told.get("severity") or "critical"
    if not isinstance(severity, str) or severity not in SEVERITIES:
        raise BadSuite("bad_arguments", place=place, detail=f"severity: {', '.join(SEVERITIES)}")
    meta = told.get("meta")
    return {**kwargs, "severity": severity, "meta": meta if isinstance(meta, dict) else {}}


def _refuse_keys(told: object, place: str) -> None:
    """Refuse parameters that are told at the run, and schemas that stand elsewhere."""
    if isinstance(told, dict):
        if "$PARAMETER" in told:
            raise BadSuite("parameter", place=place)
        where = [told[key] for key in ("$ref", "$dynamicRef", "$recursiveRef") if key in told]
        if not all(str(one).startswith("#") for one in where):
            raise BadSuite("remote_schema", place=place)
    parts = told.values() if isinstance(told, dict) else told if isinstance(told, list) else ()
    for part in parts:
        _refuse_keys(part, place)


def _refuse_bad(wanted: Wanted, place: str) -> None:
    try:
        check_arguments(wanted.rule)
    except BadArguments as error:
        raise BadSuite("bad_arguments", place=place, detail=str(error)) from error
