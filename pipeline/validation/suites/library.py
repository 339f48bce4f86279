"""The border of Great Expectations: the only module that imports it.

It does so where a suite runs, or in the background (`preload`), because the import takes seconds.
Nothing here leaves the machine or is written down.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.dataset.rules import Rule

ROWS_TOLD = 20
TOO_SLOW = "the time allowed for the suite ran out"


class BadArguments(Exception):
    """An expectation that Great Expectations does not make of these arguments: which, and why."""


class TooSlow(Exception):
    """The alarm rang. Inside a metric the library turns it into that metric's exception."""


@dataclass(frozen=True, slots=True)
class Work:
    """A suite to run: over which frame, whose rows `identity` names, and what is expected.

    A rule is a class's name in `gx.expectations` and its arguments, severity and meta among them.
    """

    table: str
    frame: pd.DataFrame
    identity: tuple[str, ...]
    rules: Sequence[Rule]
    name: str = ""  # of the suite, where it is not the table's


def preload() -> threading.Thread:
    """Import Great Expectations in the background, in the main process, while workers read."""
    thread = threading.Thread(target=_great_expectations, name="preload", daemon=True)
    thread.start()
    return thread


def _great_expectations() -> Any:
    os.environ["GX_ANALYTICS_ENABLED"] = "False"  # read while it is imported: nothing phones home
    import great_expectations
    import great_expectations.expectations

    return great_expectations


def known_types() -> Mapping[str, str]:
    """The expectations of the library: type ("expect_column_to_exist") -> name of its class."""
    found = vars(_great_expectations().expectations)
    types = {name: getattr(made, "expectation_type", "") for name, made in found.items()}
    return {kind: name for name, kind in types.items() if isinstance(kind, str) and kind}


def check_arguments(rule: Rule) -> None:
    """Make the expectation, for its arguments' sake. Raises BadArguments."""
    try:
        _make(_great_expectations(), rule)
    except (ValueError, TypeError, AttributeError) as error:  # pydantic's is a ValueError
        raise BadArguments(_first_fault(error)) from error


def _first_fault(error: Exception) -> str:
    if not hasattr(error, "errors"):
        return str(error).splitlines()[0]
    told = error.errors()[0]
    place = ".".join(str(part) for part in told["loc"] if part != "__root__")
    return f"{place}: {told['msg']}" if place else str(told["msg"])


def _make(gx: Any, rule: Rule) -> Any:
    name, arguments = rule
    return getattr(gx.expectations, name)(**arguments)


class Runner:
    """Runs suites, in a context of its own that is kept in memory."""

    def __init__(self) -> None:
        self._gx = _great_expectations()
        self._source = _context(self._gx).data_sources.add_pandas("frames")
        self._runs = 0

    def run(self, work: Work, seconds: float | None = None) -> Any:
        """The library's own result; with `seconds`, what takes longer is told as an exception.

        Raises TooSlow where time ran out between two expectations.
        """
        self._runs += 1
        asset = self._source.add_dataframe_asset(f"{work.table}-{self._runs}")
        whole = asset.add_batch_definition_whole_dataframe("whole")
        made = [_make(self._gx, rule) for rule in work.rules]
        suite = self._gx.ExpectationSuite(name=work.name or work.table, expectations=made)
        batch = whole.get_batch({"dataframe": work.frame})
        with _alarm(seconds):
            return batch.validate(suite, result_format=_result_format(work.identity))


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


def _result_format(identity: tuple[str, ...]) -> dict[str, Any]:
    named = {"unexpected_index_column_names": list(identity)} if identity else {}
    return {"result_format": "SUMMARY", "partial_unexpected_count": ROWS_TOLD, **named}


@contextmanager
def _alarm(seconds: float | None) -> Iterator[None]:
    """Ring each time that `seconds` have passed: a regular expression may take for ever.

    Signals reach the main thread only: elsewhere there is no limit.
    """
    if not seconds or threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)


def _ring(number: int, frame: object) -> None:
    raise TooSlow(TOO_SLOW)
