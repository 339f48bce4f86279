"""What a suite's result says: its JSON without what differs from run to run, and in our nouns."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from pipeline.validation.suites.library import TOO_SLOW

Holds = Literal["met", "failed", "not_evaluable"]
SEVERITIES = {"critical": "error", "warning": "warning", "info": "info"}  # Great Expectations' own
OF_THE_TABLE = ("expect_table_", "expect_column_to_exist", "expect_column_type_to_be")
OF_NULLS = (  # what a column without values can be asked
    "expect_column_values_to_be_null",
    "expect_column_values_to_not_be_null",
    "expect_column_proportion_of_non_null_values_to_be_between",
)
COLUMN_ARGUMENTS = ("column", "column_A", "column_B")
# Values of rows, and what names a run, a batch or a moment.
LEFT_OUT = ("partial_unexpected_list", "partial_unexpected_counts", "unexpected_index_query")


@dataclass(frozen=True, slots=True)
class Told:
    """How one expectation came out. `reason` is a code, of what could not be evaluated only.

    Reasons: "no_table", "no_column", "no_rows", "no_values", "too_slow", "needs_sql", "raised",
    "not_checkable".
    `rows` are identifiers of at most some rows that break it; `unexpected` counts them all.
    """

    rule: str
    arguments: Mapping[str, Any]
    verdict: Holds
    severity: str = "error"
    unexpected: int | None = None
    rows: tuple[str, ...] = ()
    observed: str = ""
    reason: str = ""
    detail: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it is about."""
        return columns_of(self.arguments)


def columns_of(arguments: Mapping[str, Any]) -> tuple[str, ...]:
    """The columns that an expectation's arguments name."""
    named = [arguments[name] for name in COLUMN_ARGUMENTS if arguments.get(name) is not None]
    listed = arguments.get("column_list") or ()
    return tuple(map(str, [*named, *(listed if isinstance(listed, list | tuple) else ())]))


def plain_result(
    result: Any, about: Mapping[str, object], identity: Sequence[str]
) -> dict[str, Any]:
    """The library's JSON of a suite's result, the same each time; `about` joins its meta.

    Of the rows that break an expectation only the columns of `identity` are kept.
    """
    told = json.loads(json.dumps(result.to_json_dict(), default=str), parse_constant=_no_number)
    version = told["meta"].get("great_expectations_version")
    return {
        "suite_name": told["suite_name"],
        "success": told["success"],
        "results": sorted((_plain(one, identity) for one in told["results"]), key=_order),
        "suite_parameters": {},
        "statistics": told["statistics"],
        "meta": {"great_expectations_version": version, **about},
        "id": None,
    }


def _no_number(name: str) -> None:
    """NaN and the infinities are no JSON."""


def _plain(told: dict[str, Any], identity: Sequence[str]) -> dict[str, Any]:
    config = told["expectation_config"]
    config["kwargs"] = {key: kept for key, kept in config["kwargs"].items() if key != "batch_id"}
    config.pop("id", None)
    told["result"] = {key: kept for key, kept in told["result"].items() if key not in LEFT_OUT}
    if rows := told["result"].get("partial_unexpected_index_list"):
        kept = [{name: row.get(name) for name in identity} for row in rows if isinstance(row, dict)]
        told["result"]["partial_unexpected_index_list"] = kept
    told["exception_info"] = _exception_info(told["exception_info"] or {})
    return told


def _exception_info(told: Mapping[str, Any]) -> dict[str, Any]:
    """Flat and without a trace: it is told flat for a table's rule, one a metric for a column's."""
    found = [told] if "raised_exception" in told else list(told.values())
    raised = [item for item in found if item["raised_exception"]]
    lines = str(raised[0]["exception_message"]).splitlines() if raised else []
    return {
        "raised_exception": bool(raised),
        "exception_message": (lines or ["exception"])[0] if raised else None,
        "exception_traceback": None,
    }


def _order(told: Mapping[str, Any]) -> tuple[str, str]:
    config = told["expectation_config"]
    return config["type"], json.dumps(config["kwargs"], sort_keys=True)


def join_results(parts: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Plain results of one suite, run in parts, as one; those that gave none are left out."""
    told = sorted((result for part in parts if part for result in part["results"]), key=_order)
    first: Mapping[str, Any] = next(filter(None, parts), {})
    met = sum(result["success"] for result in told)
    statistics = {
        "evaluated_expectations": len(told),
        "successful_expectations": met,
        "unsuccessful_expectations": len(told) - met,
        "success_percent": met / len(told) * 100 if told else None,
    }
    whole = {"results": told, "success": met == len(parts), "statistics": statistics}
    return {**first, **whole} if first else {}


def judge(plain: Mapping[str, Any], frame: pd.DataFrame) -> list[Told]:
    """Every expectation of a plain result on this frame; nothing unexamined counts as met."""
    blank = {str(name) for name in frame.columns if frame[name].isna().all()}
    return [_judge_one(result, frame, blank) for result in plain["results"]]


def _judge_one(result: Mapping[str, Any], frame: pd.DataFrame, blank: set[str]) -> Told:
    config, seen = result["expectation_config"], result["result"]
    reason, detail = _not_evaluable(result, frame, blank)
    verdict: Holds = "met" if result["success"] else "failed"
    return Told(
        rule=config["type"],
        arguments=config["kwargs"],
        verdict="not_evaluable" if reason else verdict,
        severity=SEVERITIES.get(config.get("severity"), "error"),
        unexpected=None if reason else seen.get("unexpected_count"),
        rows=() if reason else _rows(seen),
        observed="" if reason else _observed(seen),
        reason=reason,
        detail=detail,
    )


def _not_evaluable(
    result: Mapping[str, Any], frame: pd.DataFrame, blank: set[str]
) -> tuple[str, str]:
    """Why it says nothing of the table, as a code and its detail; empty when it does."""
    rule, seen = result["expectation_config"]["type"], result["result"]
    columns = {*columns_of(result["expectation_config"]["kwargs"])}
    raised = result["exception_info"]["exception_message"]
    of_the_table = rule.startswith(OF_THE_TABLE)
    if (missing := sorted(columns - {*map(str, frame.columns)})) and (raised or not of_the_table):
        return "no_column", ", ".join(missing)
    if frame.empty and not of_the_table:
        return "no_rows", ""
    if columns and columns <= blank and not rule.startswith((*OF_NULLS, *OF_THE_TABLE)):
        return "no_values", ", ".join(sorted(columns))
    if raised:
        return ("too_slow", "") if TOO_SLOW in raised else ("raised", raised)
    if not of_the_table and seen.get("observed_value", "") is None:
        return "no_values", ", ".join(sorted(columns))
    return "", ""


def _rows(seen: Mapping[str, Any]) -> tuple[str, ...]:
    found: Sequence[Mapping[str, Any]] = seen.get("partial_unexpected_index_list") or ()
    return tuple(dict.fromkeys("/".join(map(str, row.values())) for row in found))


def _observed(seen: Mapping[str, Any]) -> str:
    """What a rule about the whole table or column saw: names, a type, a number."""
    observed = seen.get("observed_value")
    return "" if observed is None else str(observed)
