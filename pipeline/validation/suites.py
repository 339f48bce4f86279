"""The structural suites: one a table, from the declaration of the dataset.

The only module that imports Great Expectations; it does so where a suite runs, or in the background
(`preload`), because the import takes seconds. Nothing here leaves the machine or is written down.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.dataset.faults import SuiteFailure
from pipeline.dataset.schema import SCHEMA, Column, TableSchema

Frames = Mapping[str, pd.DataFrame]
ROWS_TOLD = 20
ORPHAN, BROKEN = "orphan:", "broken:"


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
        told = run(_judged(frames[name], table, frames), table, _expected(table, frames[name]))
        mistyped = list(_mistyped(frames[name], table))
        results[name] = _digest_suite(frames[name], told)
        failures += mistyped + [_failure(table, result) for result in told if not result.success]
    return Outcome({"suites": results}, tuple(failures))


def checks_suite(checks: pd.DataFrame) -> list[SuiteFailure]:
    """The rules of a performed check alone: a verdict, grounds for a failure, reasons.

    `validate_frames` has them in the suite of `checks`, with its columns, keys and references.
    """
    table = SCHEMA["checks"]
    rules = [*_row_rules(table["verdict"]), *_check_rules(table)]
    told = _runner()(_judged(checks, table, {}), table, rules)
    return [_failure(table, result) for result in told if not result.success]


# What is expected of a table: a name of an expectation with its arguments.
Rule = tuple[str, dict[str, Any]]


def _expected(table: TableSchema, frame: pd.DataFrame) -> list[Rule]:
    """The suite of a table; of an empty one only its shape, for rows that are not there pass."""
    rules = list(_shape_rules(table, frame))
    if not frame.empty:
        rules += [rule for column in table for rule in _row_rules(column)]
        rules += [*_key_rules(table), *_reference_rules(table), *_check_rules(table)]
    return rules


def _shape_rules(table: TableSchema, frame: pd.DataFrame) -> Iterator[Rule]:
    judged = [name for name in _judged_names(table) if _applies(name, frame)]
    yield "ExpectTableColumnsToMatchOrderedList", {"column_list": [*table.names, *judged]}
    yield "ExpectTableRowCountToBeBetween", {"min_value": table.min_rows}


def _mistyped(frame: pd.DataFrame, table: TableSchema) -> Iterator[SuiteFailure]:
    """The columns not of their very Arrow type: an expectation would only see `Decimal`."""
    for column in table:
        found = frame.dtypes.get(column.name)
        if found is not None and found != pd.ArrowDtype(column.arrow):
            detail = f"found {found}, not {column.arrow}"
            yield SuiteFailure(table.name, "column_type", (column.name,), detail=detail)


def _row_rules(column: Column) -> Iterator[Rule]:
    name = {"column": column.name}
    if column.required:
        yield "ExpectColumnValuesToNotBeNull", name
    if column.enum:
        yield "ExpectColumnValuesToBeInSet", name | {"value_set": list(column.enum)}
    if column.pattern:
        yield "ExpectColumnValuesToMatchRegex", name | {"regex": f"^(?:{column.pattern})$"}
    if column.min is not None or column.max is not None:
        limits = {"min_value": column.min, "max_value": column.max}
        told = {key: int(limit) for key, limit in limits.items() if limit is not None}
        yield "ExpectColumnValuesToBeBetween", name | told


def _key_rules(table: TableSchema) -> Iterator[Rule]:
    if len(table.key) == 1:
        yield "ExpectColumnValuesToBeUnique", {"column": table.key[0]}
    elif table.key:
        yield "ExpectCompoundColumnsToBeUnique", {"column_list": list(table.key)}


def _reference_rules(table: TableSchema) -> Iterator[Rule]:
    for column in table:
        if column.references:
            yield "ExpectColumnValuesToBeNull", {"column": ORPHAN + column.name}


def _check_rules(table: TableSchema) -> Iterator[Rule]:
    for name in CHECK_RULES if table.name == "checks" else ():
        yield "ExpectColumnValuesToBeNull", {"column": BROKEN + name}


# Cross-table and cross-column arithmetic is clearest in pandas: it yields a column of what breaks a
# rule, which a suite expects to be empty.


def _without(verdict: str, *grounds: str) -> Callable[[pd.DataFrame], pd.Series[bool]]:
    def rows(checks: pd.DataFrame) -> pd.Series[bool]:
        blank = checks[list(grounds)].isna().all(axis=1)
        return checks["verdict"].isin([verdict]).astype(bool) & blank

    return rows


CHECK_RULES: Mapping[str, Callable[[pd.DataFrame], pd.Series[bool]]] = {
    "fail_without_grounds": _without("fail", "stated", "expected", "reason"),
    "not_checkable_without_reason": _without("not_checkable", "reason"),
}
_CHECK_COLUMNS = {"check_id", "verdict", "stated", "expected", "reason"}


def _judged_names(table: TableSchema) -> list[str]:
    return [str(rule["column"]) for _, rule in (*_reference_rules(table), *_check_rules(table))]


def _applies(name: str, frame: pd.DataFrame) -> bool:
    needed = {name.removeprefix(ORPHAN)} if name.startswith(ORPHAN) else _CHECK_COLUMNS
    return needed <= set(frame.columns)


def _judged(frame: pd.DataFrame, table: TableSchema, frames: Frames) -> pd.DataFrame:
    """The frame with a column more for each rule that a plain expectation cannot say."""
    more = {}
    for name in filter(lambda name: _applies(name, frame), _judged_names(table)):
        if name.startswith(ORPHAN):
            more[name] = _orphans(frame, table[name.removeprefix(ORPHAN)], frames)
        else:
            broken = CHECK_RULES[name.removeprefix(BROKEN)](frame)
            more[name] = frame["check_id"].where(broken)
    return frame.assign(**more)


def _orphans(frame: pd.DataFrame, column: Column, frames: Frames) -> pd.Series[Any]:
    known: set[object] = set()
    for to in column.references:
        if to.table in frames and to.column in frames[to.table]:
            known |= set(frames[to.table][to.column].dropna())
    values = frame[column.name]
    return values.where(~values.isin(list(known)))


# Great Expectations, from here on.


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
