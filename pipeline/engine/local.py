"""Documents worked on by processes of this machine: one bad document loses only itself."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from pipeline.engine.crew import Crew
from pipeline.engine.guards import worker_environment
from pipeline.engine.jobs import Job, Limits, Outcome
from pipeline.engine.worker import Answer, CountPages, Setup

T = TypeVar("T")

DEFAULT_LIMITS = Limits()
AHEAD = 16  # answers a worker that may wait for an earlier document; bounds what is held
BYTES_A_PAGE = 4096


def pages_by_size(path: Path) -> int:
    """Pages that a file of this size may have, generously: for who has no better count."""
    return path.stat().st_size // BYTES_A_PAGE


def run_all(
    jobs: Sequence[Job],
    work: Callable[[Path, str], T],
    *,
    limits: Limits = DEFAULT_LIMITS,
    workers: int | None = None,
    on_done: Callable[[str], None] = lambda source: None,
    count_pages: CountPages = pages_by_size,
) -> Iterator[Outcome[T]]:
    """Yield the outcome of each job, in the order of `jobs`, whatever order they finish in.

    `work(path, source)` and `count_pages(path)` run in fenced processes, must be importable there,
    and `work` must return something that can be pickled. `on_done(source)` is called here, in the
    order of finishing. Leaving the iteration early, an error or Ctrl-C kills the workers at once.
    Raises EngineError when workers cannot start.
    """
    if not jobs:
        return
    size = min(workers or limits.worker_count(), len(jobs))
    program = pickle.dumps((work, count_pages))
    with worker_environment(), tempfile.TemporaryDirectory(prefix="cuadra-") as scratch:
        setup = Setup(program, limits, os.getpid(), scratch)
        with Crew(setup, size) as crew:
            yield from _answer_in_order(jobs, crew, on_done)


def _answer_in_order(
    jobs: Sequence[Job], crew: Crew, on_done: Callable[[str], None]
) -> Iterator[Outcome[T]]:
    answers: dict[int, Answer] = {}
    given = 0
    for index, job in enumerate(jobs):
        while index not in answers:
            while given < min(len(jobs), index + AHEAD * crew.size) and crew.has_room():
                crew.give(given, jobs[given])
                given += 1
            for finished, answer in crew.collect():
                answers[finished] = answer
                on_done(jobs[finished].source)
        yield _open_answer(job, answers.pop(index))


def _open_answer(job: Job, answer: Answer) -> Outcome[T]:
    if answer.error:
        return Outcome(job, None, answer.error, answer.detail)
    result: T = pickle.loads(answer.result)
    return Outcome(job, result)
