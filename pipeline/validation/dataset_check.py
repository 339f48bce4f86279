"""A published dataset held to the suites again: ours, or a user's own."""

# pyarrow is partly typed: what it exports is not seen.
# mypy: disable-error-code="name-defined, attr-defined, no-untyped-call"

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from pipeline.dataset.history import load_manifest
from pipeline.dataset.publish import load_frame
from pipeline.dataset.rules import Frames, find_mistyped
from pipeline.dataset.schema import SCHEMA, TableSchema
from pipeline.dataset.versions import hash_file
from pipeline.validation.suites.data import GRAVITY, SETTLED, check_works
from pipeline.validation.suites.files import Wanted, read_suites
from pipeline.validation.suites.library import Runner, TooSlow, Work
from pipeline.validation.suites.results import Told, join_results, judge
from pipeline.validation.suites.structural import row_names, run_work, structural_work

SECONDS = 300.0  # for one suite of a user: a regular expression may take for ever
# What our suites need not find: an optional column may be empty, a table without rows.
VACUOUS = frozenset({"no_rows", "no_values", "not_checkable"})
_BROKEN = (OSError, ValueError, TypeError, KeyError, pa.ArrowException)


@dataclass(frozen=True, slots=True)
class Held:
    """A suite held to a table: how each expectation came out, and Great Expectations' own JSON.

    `kind`: "files", "structural" and "data" are ours; "own" is a user's. `rows`: None if the table
    could not be read.
    """

    kind: str
    suite: str
    table: str
    rows: int | None
    told: tuple[Told, ...]
    result: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DatasetCheck:
    """A version of a dataset, and every suite held to it."""

    folder: Path
    version: Path
    held: tuple[Held, ...]

    @property
    def told(self) -> list[Told]:
        """Every expectation of every suite."""
        return [told for held in self.held for told in held.told]


def find_version(folder: Path) -> Path | None:
    """The version that a folder is, or that its `current` points at; None: it is no dataset."""
    for place in (folder / "current", folder):
        told = load_manifest(place).get("dataset") == "cuadra"
        packed = (place / "datapackage.json").is_file() and any(place.glob("*.parquet"))
        if told or packed:
            return place.resolve()
    return None


def check_dataset(
    folder: Path, version: Path, suite: Path | None = None, seconds: float | None = None
) -> DatasetCheck:
    """Hold a version to our suites, or to those of a user's file. Raises BadSuite."""
    wanted = read_suites(suite) if suite else []
    frames = dict(_load(version))
    own = _hold_own(wanted, frames, seconds or SECONDS)
    held = own if suite else _hold_ours(version, frames)
    return DatasetCheck(folder, version, tuple(held))


def fails_at(check: DatasetCheck, fail_on: str) -> bool:
    """Whether anything at this severity, or graver, failed or could not be evaluated."""
    grave = GRAVITY[GRAVITY.index(fail_on) :] if fail_on in GRAVITY else ()
    return any(told.severity in grave for told in check.told if told.verdict != "met")


def _load(version: Path) -> Iterator[tuple[str, pd.DataFrame]]:
    for name in SCHEMA:
        try:
            yield name, load_frame(version, name)
        except _BROKEN:
            continue  # it is told where the table is held to its suite


def _hold_ours(version: Path, frames: Frames) -> Iterator[Held]:
    yield _hold_files(version)
    runner = Runner()
    for table in SCHEMA.values():
        yield _hold_structural(runner, table, frames)
    if {"checks", "findings"} <= {*frames}:
        yield from _hold_checks(runner, frames)


def _hold_files(version: Path) -> Held:
    """Whether each file is as its manifest says: of what was changed, nothing else is sure."""
    files = load_manifest(version).get("files")
    if not isinstance(files, dict) or not files:
        told = [
            Told("file_as_written", {"file": "manifest.json"}, "not_evaluable", reason="raised")
        ]
    else:
        told = [_hold_file(version, str(name), files[name]) for name in sorted(files)]
    return Held("files", "files", "", len(told), tuple(told))


def _hold_file(version: Path, name: str, written: object) -> Told:
    path = version / Path(name).name
    same = path.is_file() and path.name == name and hash_file(path) == written
    return Told("file_as_written", {"file": name}, "met" if same else "failed")


def _hold_structural(runner: Runner, table: TableSchema, frames: Frames) -> Held:
    if table.name not in frames:
        told = Told("table_exists", {}, "not_evaluable", reason="no_table")
        return Held("structural", table.name, table.name, None, (told,))
    try:
        work = structural_work(table, frames)
        result = run_work(runner, work)
        told_all = [*_mistyped(frames[table.name], table), *judge(result, work.frame)]
    except _BROKEN as error:  # columns of other types, in a dataset that was changed
        kind = type(error).__name__
        result, told_all = {}, [Told("suite", {}, "not_evaluable", reason="raised", detail=kind)]
    rows = len(frames[table.name])
    if not rows:
        told_all.append(Told("row_rules", {}, "not_evaluable", reason="no_rows"))
    return Held("structural", table.name, table.name, rows, _eased(told_all), result)


def _mistyped(frame: pd.DataFrame, table: TableSchema) -> Iterator[Told]:
    for failure in find_mistyped(frame, table):
        yield Told(failure.rule, {"column": failure.columns[0]}, "failed", observed=failure.detail)


def _eased(told: Sequence[Told]) -> tuple[Told, ...]:
    """Of our own suites, what had nothing to look at stays told, and weighs nothing."""
    return tuple(replace(one, severity="") if one.reason in VACUOUS else one for one in told)


def _hold_checks(runner: Runner, frames: Frames) -> Iterator[Held]:
    try:
        works = list(check_works(frames))
    except _BROKEN as error:
        kind = type(error).__name__
        told = Told("suite", {}, "not_evaluable", reason="raised", detail=kind)
        yield Held("data", "checks", "checks", None, (told,))
        return
    for work, severity in works:
        result = run_work(runner, work)
        told_all = [_as_check(told, work, severity) for told in judge(result, work.frame)]
        unsettled = int(work.frame[SETTLED].isna().sum())
        if 0 < unsettled < len(work.frame):
            arguments = {"check": work.name, "n": unsettled}
            told_all.append(
                Told("check_settled", arguments, "not_evaluable", "", reason="not_checkable")
            )
        yield Held("data", work.name, "checks", len(work.frame), tuple(told_all), result)


def _as_check(told: Told, work: Work, severity: str) -> Told:
    """An expectation on verdicts in the words of checks."""
    vacuous = told.reason == "no_values"
    return replace(
        told,
        rule="check_passes",
        arguments={"check": work.name, "n": len(work.frame)},
        severity="" if vacuous else severity,
        reason="not_checkable" if vacuous else told.reason,
        detail="",
    )


def _hold_own(wanted: Sequence[Wanted], frames: Frames, seconds: float) -> Iterator[Held]:
    def of(one: Wanted) -> tuple[str, str]:
        return one.suite, one.table

    runner = Runner()
    for (suite, table), group in groupby(sorted(wanted, key=of), key=of):
        yield _hold_one(runner, suite, table, list(group), frames, seconds)


def _hold_one(
    runner: Runner,
    suite: str,
    table: str,
    wanted: Sequence[Wanted],
    frames: Frames,
    seconds: float,
) -> Held:
    if table not in frames:
        return Held("own", suite, table, None, tuple(_unrun(one, "no_table") for one in wanted))
    frame = _plain_frame(frames[table])
    sql = [_unrun(one, "needs_sql") for one in wanted if one.needs_sql]
    asked = [one for one in wanted if not one.needs_sql]
    rules = [(one.rule[0], _dated(one.rule[1], table)) for one in asked]
    identity = tuple(name for name in row_names(SCHEMA[table]) if name in frame.columns)
    result, told = _run_own(runner, Work(table, frame, identity, rules, suite), asked, seconds)
    return Held("own", suite, table, len(frame), (*told, *sql), result)


def _run_own(
    runner: Runner, work: Work, wanted: Sequence[Wanted], seconds: float
) -> tuple[Mapping[str, Any], list[Told]]:
    """Run them together; where the library raises for one, which ends the suite, run each alone."""
    try:
        result = run_work(runner, work, seconds)
        return result, judge(result, work.frame)
    except TooSlow:
        error, reason = "", "too_slow"
    except Exception as raised:  # the library's own depend on the expectation: none is excluded
        error, reason = f"{type(raised).__name__}: {raised}".splitlines()[0], "raised"
    if len(wanted) < 2:
        return {}, [_unrun(one, reason, error) for one in wanted]
    alone = [
        _run_own(runner, replace(work, rules=[rule]), [one], seconds)
        for one, rule in zip(wanted, work.rules, strict=True)
    ]
    return join_results([result for result, _ in alone]), [
        told for _, part in alone for told in part
    ]


def _unrun(one: Wanted, reason: str, detail: str = "") -> Told:
    arguments = {key: kept for key, kept in one.rule[1].items() if key not in ("severity", "meta")}
    return Told(one.kind, arguments, "not_evaluable", one.severity, reason=reason, detail=detail)


def _plain_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """As pandas reads the Parquet by itself, and exact decimals as numbers: what a user tried."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    plain: pd.DataFrame = table.replace_schema_metadata(None).to_pandas()
    for name, column in frame.items():
        if pa.types.is_decimal(getattr(column.dtype, "pyarrow_dtype", pa.null())):
            plain[name] = plain[name].astype("float64")
    return plain


def _dated(arguments: Mapping[str, Any], table: str) -> dict[str, Any]:
    """A date in a set is text in JSON: for a column of dates it is made a date."""
    name, values = str(arguments.get("column")), arguments.get("value_set")
    if not isinstance(values, list) or name not in SCHEMA[table]:
        return dict(arguments)
    if SCHEMA[table][name].type != "date":
        return dict(arguments)
    return {**arguments, "value_set": [_as_date(value) for value in values]}


def _as_date(value: object) -> object:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return value
