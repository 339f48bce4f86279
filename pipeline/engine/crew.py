"""The supervisor's side: worker processes, each with its own pipe, and how each one ended.

One pipe a worker, read by one thread: nothing is shared that a dying worker could leave locked or
half written, and a death is seen even when it comes at once, with exit code 0, or while the
supervisor was busy: `benchmarks/engine.py` shows what pools with a queue make of these.
"""

from __future__ import annotations

import multiprocessing
import pickle
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from pipeline.engine.endings import explain_exit, judge_exit
from pipeline.engine.jobs import Job
from pipeline.engine.worker import Answer, Setup, serve

GRACE = 60.0  # seconds after its deadline that a worker which did not die is killed
NEVER = float("inf")
IDLE = -1
_spawn = multiprocessing.get_context("spawn")


class EngineError(RuntimeError):
    """Workers cannot start: a fault of the program or the machine, not of a document."""


@dataclass(slots=True, eq=False)
class Worker:
    """One process, the pipe to it, and the job it is at."""

    process: SpawnProcess
    pipe: Connection
    ready: bool = False
    index: int = IDLE  # of the job
    job: Job | None = None
    finished: int = 0
    latest: float = NEVER  # when to kill it, on the monotonic clock
    late: bool = False


class Crew:
    """At most `size` workers, started when there is something to do, killed on leaving."""

    def __init__(self, setup: Setup, size: int) -> None:
        self.setup = setup
        self.size = size
        self.workers: list[Worker] = []

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *fault: object) -> None:
        for worker in self.workers:
            worker.process.kill()
        for worker in list(self.workers):
            self._dismiss(worker)

    def has_room(self) -> bool:
        """Whether another job can be given now."""
        return len(self.workers) < self.size or self._idle() is not None

    def give(self, index: int, job: Job) -> None:
        """Hand a job to an idle worker, or to a new one."""
        self._assign(self._idle() or self._hire(), index, job)

    def give_alone(self, index: int, job: Job) -> None:
        """Hand a job to a process that has worked on nothing before, when nothing else is done."""
        idle = self._idle()
        if idle is not None and len(self.workers) >= self.size:
            self._dismiss(idle)
        self._assign(self._hire(), index, job)

    def is_busy(self) -> bool:
        """Whether a worker is at a job."""
        return any(worker.index != IDLE for worker in self.workers)

    def collect(self) -> list[tuple[int, Answer]]:
        """Wait until something happens; the answers that came, with the index of their jobs."""
        nearest = min(worker.latest for worker in self.workers)
        patience = None if nearest == NEVER else max(0.0, nearest - time.monotonic())
        awake = wait([s for w in self.workers for s in (w.pipe, w.process.sentinel)], patience)
        heard = [w for w in self.workers if w.pipe in awake or w.process.sentinel in awake]
        answers = [answer for worker in heard for answer in self._hear(worker)]
        self._kill_late()
        return answers

    def _idle(self) -> Worker | None:
        return next((worker for worker in self.workers if worker.index == IDLE), None)

    def _hire(self) -> Worker:
        ours, theirs = _spawn.Pipe()
        process = _spawn.Process(target=serve, args=(theirs, self.setup), daemon=True)
        process.start()
        theirs.close()
        self.workers.append(Worker(process, ours))
        return self.workers[-1]

    def _dismiss(self, worker: Worker) -> None:
        self.workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()

    def _assign(self, worker: Worker, index: int, job: Job) -> None:
        worker.index, worker.job = index, job
        limits = self.setup.limits
        worker.latest = time.monotonic() + limits.deadline(limits.pages_at_most) + GRACE
        with suppress(OSError):  # it has just died: `collect` will see that
            worker.pipe.send(job)

    def _kill_late(self) -> None:
        """Kill workers that outlived their own alarm (stopped by a signal, say)."""
        for worker in self.workers:
            if worker.latest <= time.monotonic():
                worker.late = True
                worker.process.kill()

    def _hear(self, worker: Worker) -> Iterator[tuple[int, Answer]]:
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            yield from self._bury(worker)
            return
        if isinstance(message, Answer):
            yield from self._settle(worker, message)
        elif message:
            raise EngineError(f"workers cannot load the program: {message}")
        worker.ready = True

    def _bury(self, worker: Worker) -> Iterator[tuple[int, Answer]]:
        """Tell how a process ended, and what that means for its document."""
        worker.process.join(1)  # its pipe may close a moment before it ends
        self._dismiss(worker)
        code = worker.process.exitcode or 0
        if not worker.ready:
            raise EngineError(f"workers end before they begin: {explain_exit(code)}")
        yield from self._settle(worker, judge_exit(code, self.setup.limits, late=worker.late))

    def _settle(self, worker: Worker, answer: Answer) -> Iterator[tuple[int, Answer]]:
        """Pass the answer on; blame a document only for the memory that a fresh process lacks."""
        index, job, used = worker.index, worker.job, worker.finished
        worker.index, worker.latest, worker.finished = IDLE, NEVER, used + 1
        doubtful = used > 0 and answer.tired and answer.error != "" and not answer.died
        spent = doubtful or answer.tired or worker.finished >= self.setup.limits.jobs_per_worker
        if spent and worker in self.workers:
            self._dismiss(worker)
        if doubtful and job is not None and index != IDLE:
            self._assign(self._hire(), index, job)
        elif index != IDLE:
            yield index, answer
