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
    and `work` must return something that can be pickled. A job whose process dies or overruns its
    deadline is tried once more, with nothing beside it; an exception is not. `on_done(source)` is
    called here, in the order of finishing. Leaving early, an error or Ctrl-C kills the
    workers at once. Raises EngineError when workers cannot start.
    """
    if not jobs:
        return
    size = min(workers or limits.worker_count(), len(jobs))
    program = pickle.dumps((work, count_pages))
    with worker_environment(), tempfile.TemporaryDirectory(prefix="cuadra-") as scratch:
        setup = Setup(program, limits, os.getpid(), scratch)
        with Crew(setup, size) as crew:
            desk = _Desk(jobs, crew, on_done)
            for index, job in enumerate(jobs):
                yield _open_answer(job, desk.answer(index))


class _Desk:
    """What was handed out, what came back, and what has to be tried once more."""

    def __init__(self, jobs: Sequence[Job], crew: Crew, on_done: Callable[[str], None]) -> None:
        self.jobs = jobs
        self.crew = crew
        self.on_done = on_done
        self.answers: dict[int, Answer] = {}
        self.doubtful: list[int] = []  # whose process died: a crash, or the deadline
        self.given = 0

    def answer(self, index: int) -> Answer:
        """The answer to a job, waiting for it; each is given once."""
        while index not in self.answers:
            if index in self.doubtful:
                self._try_alone()
            else:
                self._give_ahead(index)
                self._collect()
        return self.answers.pop(index)

    def _give_ahead(self, index: int) -> None:
        last = min(len(self.jobs), index + AHEAD * self.crew.size)
        while self.given < last and self.crew.has_room():
            self.crew.give(self.given, self.jobs[self.given])
            self.given += 1

    def _collect(self, *, alone: bool = False) -> None:
        for index, answer in self.crew.collect():
            if answer.died and not alone:
                self.doubtful.append(index)
            else:
                self.answers[index] = answer
                self.on_done(self.jobs[index].source)

    def _try_alone(self) -> None:
        """Once more, one at a time: memory, time and processors may have been short."""
        while self.crew.is_busy():
            self._collect()
        for index in self.doubtful:
            self.crew.give_alone(index, self.jobs[index])
            while self.crew.is_busy():
                self._collect(alone=True)
        self.doubtful.clear()


def _open_answer(job: Job, answer: Answer) -> Outcome[T]:
    if answer.error:
        return Outcome(job, None, answer.error, answer.detail)
    result: T = pickle.loads(answer.result)
    return Outcome(job, result)
