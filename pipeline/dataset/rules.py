"""What the structural suites expect of each table, from the declaration: data, run elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from pipeline.dataset.faults import SuiteFailure
from pipeline.dataset.schema import Column, TableSchema

Frames = Mapping[str, pd.DataFrame]
Rule = tuple[str, dict[str, Any]]  # an expectation's name and its arguments
ORPHAN, BROKEN = "orphan:", "broken:"


def expected_rules(table: TableSchema, frame: pd.DataFrame) -> list[Rule]:
    """The suite of a table; of an empty one only its shape, for rows that are not there pass."""
    rules = list(_shape_rules(table, frame))
    if not frame.empty:
        rules += [rule for column in table for rule in row_rules(column)]
        rules += [*_key_rules(table), *_reference_rules(table), *check_rules(table)]
    return rules


def _shape_rules(table: TableSchema, frame: pd.DataFrame) -> Iterator[Rule]:
    judged = [name for name in _judged_names(table) if _applies(name, frame)]
    yield "ExpectTableColumnsToMatchOrderedList", {"column_list": [*table.names, *judged]}
    yield "ExpectTableRowCountToBeBetween", {"min_value": table.min_rows}


def find_mistyped(frame: pd.DataFrame, table: TableSchema) -> Iterator[SuiteFailure]:
    """The columns not of their very Arrow type: an expectation would only see `Decimal`."""
    for column in table:
        found = frame.dtypes.get(column.name)
        if found is not None and found != pd.ArrowDtype(column.arrow):
            detail = f"found {found}, not {column.arrow}"
            yield SuiteFailure(table.name, "column_type", (column.name,), detail=detail)


def row_rules(column: Column) -> Iterator[Rule]:
    """What every value of a column must be: there, in its codelist, its pattern, its range."""
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


def check_rules(table: TableSchema) -> Iterator[Rule]:
    """What a performed check must be beyond its columns; nothing for the other tables."""
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
    return [str(rule["column"]) for _, rule in (*_reference_rules(table), *check_rules(table))]


def _applies(name: str, frame: pd.DataFrame) -> bool:
    needed = {name.removeprefix(ORPHAN)} if name.startswith(ORPHAN) else _CHECK_COLUMNS
    return needed <= set(frame.columns)


def add_judged(frame: pd.DataFrame, table: TableSchema, frames: Frames) -> pd.DataFrame:
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
