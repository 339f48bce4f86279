"""The structural suites: one a table, from the declaration of the dataset.

What breaks one is a fault of the program, and nothing is published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.dataset.faults import SuiteFailure
from pipeline.dataset.rules import (
    Frames,
    add_judged,
    check_rules,
    expected_rules,
    find_mistyped,
    row_rules,
)
from pipeline.dataset.schema import SCHEMA, TableSchema
from pipeline.validation.suites.library import Runner, Work
from pipeline.validation.suites.results import Told, judge, plain_result


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the suites say: `results` for the version's folder, and the failures among them.

    `results["suites"]` holds Great Expectations' own JSON, one result a table.
    """

    results: Mapping[str, Any]
    failures: tuple[SuiteFailure, ...]


def structural_failures(frames: Frames) -> list[SuiteFailure]:
    """Every structural expectation that the frames break or that could not be evaluated."""
    return list(validate_frames(frames).failures)


def validate_frames(frames: Frames) -> Outcome:
    """Run every table's suite, all of them, whatever fails; an empty table is told as such."""
    results: dict[str, Any] = {}
    failures = [SuiteFailure(name, "undeclared_table") for name in sorted({*frames} - {*SCHEMA})]
    runner = Runner()
    for name, table in SCHEMA.items():
        if name not in frames:
            failures.append(SuiteFailure(name, "missing_table"))
            continue
        work = structural_work(table, frames)
        results[name] = run_work(runner, work)
        failures += find_mistyped(frames[name], table)
        failures += _failures(table, results[name], work.frame)
    return Outcome({"suites": results}, tuple(failures))


def structural_work(table: TableSchema, frames: Frames) -> Work:
    """One table's suite, and its frame with what plain expectations cannot say."""
    frame = frames[table.name]
    judged = add_judged(frame, table, frames)
    return Work(table.name, judged, row_names(table), expected_rules(table, frame))


def run_work(runner: Runner, work: Work, seconds: float | None = None) -> dict[str, Any]:
    """A suite's result as plain JSON; `evaluated` in its meta: whether there were rows to judge."""
    rows = len(work.frame)
    about = {"table": work.table, "rows": rows, "evaluated": rows > 0}
    return plain_result(runner.run(work, seconds), about, work.identity)


def checks_suite(checks: pd.DataFrame) -> list[SuiteFailure]:
    """The rules of a performed check alone: a verdict, grounds for a failure, reasons.

    `validate_frames` has them in the suite of `checks`, with its columns, keys and references.
    """
    table = SCHEMA["checks"]
    rules = [*row_rules(table["verdict"]), *check_rules(table)]
    work = Work(table.name, add_judged(checks, table, {}), row_names(table), rules)
    return _failures(table, run_work(Runner(), work), work.frame)


def row_names(table: TableSchema) -> tuple[str, ...]:
    """The columns that tell a row of the table from the others."""
    return table.key or table.names[:2]


def _failures(
    table: TableSchema, plain: Mapping[str, Any], frame: pd.DataFrame
) -> list[SuiteFailure]:
    failed = {"results": [told for told in plain["results"] if not told["success"]]}
    return [_failure(table, told) for told in judge(failed, frame)]


def _failure(table: TableSchema, told: Told) -> SuiteFailure:
    """A failed result; one without rows (a missing column, an exception) is not evaluable."""
    found = f"found {told.observed}" if told.observed else ""
    return SuiteFailure(
        table=table.name,
        rule=told.rule,
        columns=told.columns,
        unexpected=told.unexpected,
        rows=told.rows,
        detail=f"{told.reason} {told.detail}".strip() or found,
    )
