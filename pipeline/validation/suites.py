"""The structural suites: one a table, from the declaration of the dataset.

The only module that imports Great Expectations; it does so where a suite runs, or in the background
(`preload`), because the import takes seconds. Nothing here leaves the machine or is written down.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.dataset.faults import SuiteFailure
from pipeline.dataset.rules import (
    Frames,
    Rule,
    add_judged,
    check_rules,
    expected_rules,
    find_mistyped,
    row_rules,
)
from pipeline.dataset.schema import SCHEMA, TableSchema

ROWS_TOLD = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the suites say: `results` for the version's folder, and the failures among them."""

    results: Mapping[str, Any]
    failures: tuple[SuiteFailure, ...]


def preload() -> threading.Thread:
    """Import Great Expectations in the background, in the main process, while workers read."""
    thread = threading.Thread(target=_great_expectations, name="preload", daemon=True)
    thread.start()
    return thread


def structural_failures(frames: Frames) -> list[SuiteFailure]:
    """Every structural expectation that the frames break or that could not be evaluated."""
    return list(validate_frames(frames).failures)


def validate_frames(frames: Frames) -> Outcome:
    """Run every table's suite, all of them, whatever fails; an empty table is told as such."""
    results: dict[str, Any] = {}
    failures = [SuiteFailure(name, "undeclared_table") for name in sorted({*frames} - {*SCHEMA})]
    run = _runner()
    for name, table in SCHEMA.items():
        if name not in frames:
            failures.append(SuiteFailure(name, "missing_table"))
            continue
        frame = frames[name]
        told = run(add_judged(frame, table, frames), table, expected_rules(table, frame))
        results[name] = _digest_suite(frame, told)
        failures += find_mistyped(frame, table)
        failures += [_failure(table, result) for result in told if not result.success]
    return Outcome({"suites": results}, tuple(failures))


def checks_suite(checks: pd.DataFrame) -> list[SuiteFailure]:
    """The rules of a performed check alone: a verdict, grounds for a failure, reasons.

    `validate_frames` has them in the suite of `checks`, with its columns, keys and references.
    """
    table = SCHEMA["checks"]
    rules = [*row_rules(table["verdict"]), *check_rules(table)]
    told = _runner()(add_judged(checks, table, {}), table, rules)
    return [_failure(table, result) for result in told if not result.success]


def _great_expectations() -> Any:
    os.environ["GX_ANALYTICS_ENABLED"] = "False"  # read while it is imported: nothing phones home
    import great_expectations
    import great_expectations.expectations

    return great_expectations


def _runner() -> Callable[[pd.DataFrame, TableSchema, Sequence[Rule]], list[Any]]:
    """A function that runs a suite over a frame, its results in the order of the rules."""
    gx = _great_expectations()
    source = _context(gx).data_sources.add_pandas("frames")

    def run(frame: pd.DataFrame, table: TableSchema, rules: Sequence[Rule]) -> list[Any]:
        asset = source.add_dataframe_asset(table.name)
        batch = asset.add_batch_definition_whole_dataframe("whole").get_batch({"dataframe": frame})
        made = [getattr(gx.expectations, name)(**kwargs) for name, kwargs in rules]
        suite = gx.ExpectationSuite(name=table.name, expectations=made)
        told = batch.validate(suite, result_format=_result_format(table))
        return sorted(told.results, key=_rule_order)

    return run


def _context(gx: Any) -> Any:
    """A context in memory: no folder of documents, no progress bars."""
    base = gx.data_context.types.base
    stores = base.InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
    config = base.DataContextConfig(
        store_backend_defaults=stores,
        progress_bars=base.ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )
    return gx.get_context(mode="ephemeral", project_config=config)


def _result_format(table: TableSchema) -> dict[str, Any]:
    return {
        "result_format": "SUMMARY",
        "unexpected_index_column_names": list(_identity(table)),
        "partial_unexpected_count": ROWS_TOLD,
    }


def _identity(table: TableSchema) -> tuple[str, ...]:
    return table.key or table.names[:2]


def _rule_order(result: Any) -> tuple[str, list[str]]:
    return result.expectation_config.type, _columns(result)


def _columns(result: Any) -> list[str]:
    told = result.expectation_config.kwargs
    return [told["column"]] if "column" in told else list(told.get("column_list", ()))


def _digest_suite(frame: pd.DataFrame, told: Sequence[Any]) -> dict[str, Any]:
    return {
        "rows": len(frame),
        "evaluated": not frame.empty,
        "expectations": [_digest(result) for result in told],
    }


def _digest(result: Any) -> dict[str, Any]:
    """A result without what differs from run to run."""
    return {
        "rule": result.expectation_config.type,
        "columns": _columns(result),
        "success": bool(result.success),
        "unexpected": None if _exception(result) else result.result.get("unexpected_count", 0),
    }


def _failure(table: TableSchema, result: Any) -> SuiteFailure:
    """A failed result; one without rows (a missing column, an exception) is not evaluable."""
    raised = _exception(result)
    found = result.result.get("partial_unexpected_index_list") or ()
    identity = _identity(table)
    rows = dict.fromkeys("/".join(str(row.get(name)) for name in identity) for row in found)
    return SuiteFailure(
        table=table.name,
        rule=result.expectation_config.type,
        columns=tuple(_columns(result)),
        unexpected=None if raised else result.result.get("unexpected_count"),
        rows=tuple(rows),
        detail=raised or _observed(result),
    )


def _observed(result: Any) -> str:
    """What a rule about the whole table saw: names of columns, a type, a number of rows."""
    observed = result.result.get("observed_value")
    return "" if observed is None else f"found {observed}"


def _exception(result: Any) -> str:
    """What was raised, or nothing: told flat for a table's rule, one a metric for a column's."""
    told = result.exception_info or {}
    found = [told] if "raised_exception" in told else list(told.values())
    raised = [item for item in found if item["raised_exception"]]
    return str(raised[0]["exception_message"]).splitlines()[0] if raised else ""
