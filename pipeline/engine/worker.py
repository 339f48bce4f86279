"""The worker's side: fence itself in, then answer one document at a time."""

from __future__ import annotations

import errno
import pickle
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pipeline.engine.guards import address_space, guard_process, scratch_folder
from pipeline.engine.jobs import Job, Limits

TIRED_AT = 0.75  # of the memory: then the next document gets a fresh process
Work = Callable[[Path, str], Any]
CountPages = Callable[[Path], int]


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker needs to begin; `program` is pickled so that it loads behind the guards."""

    program: bytes  # (work, count_pages)
    limits: Limits
    supervisor: int
    scratch: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker says of one document.

    `tired`: this process is used up. A document that fails so in a process that worked on others
    before is tried again in a fresh one. `died`: it never answered; it is tried
    once more, alone.
    """

    result: bytes = b""
    error: str = ""
    detail: str = ""
    tired: bool = False
    died: bool = False


# Made now: there may be no memory left to make it when it is needed.
OUT_OF_MEMORY = pickle.dumps(Answer(error="out_of_memory", tired=True))


def serve(supervisor: Connection, setup: Setup) -> None:
    """Answer jobs until told to stop. The first message says "" or why no work can begin."""
    guard_process(setup.supervisor, setup.limits.memory_bytes)
    try:
        work, count_pages = pickle.loads(setup.program)
    except BaseException as fault:
        supervisor.send(describe_exception(fault))
        return
    supervisor.send("")
    while (job := supervisor.recv()) is not None:
        supervisor.send_bytes(answer_job(job, work, count_pages, setup))


def answer_job(job: Job, work: Work, count_pages: CountPages, setup: Setup) -> bytes:
    """A pickled Answer; a deadline kills this process instead."""
    try:
        with scratch_folder(setup.scratch):
            set_deadline(setup.limits.seconds)
            set_deadline(setup.limits.deadline(count_safely(count_pages, job.path)))
            result = pickle.dumps(work(job.path, job.source), pickle.HIGHEST_PROTOCOL)
            tired = address_space() > setup.limits.memory_bytes * TIRED_AT
            return pickle.dumps(Answer(result, tired=tired))
    except BaseException as fault:
        if is_out_of_memory(fault):
            return OUT_OF_MEMORY
        return pickle.dumps(Answer(error="crashed", detail=describe_exception(fault)))
    finally:
        set_deadline(0)


def set_deadline(seconds: float) -> None:
    """Die of SIGALRM after so many seconds; 0 lifts the deadline."""
    signal.setitimer(signal.ITIMER_REAL, seconds)


def count_safely(count_pages: CountPages, path: Path) -> int:
    """The document's pages, or 0 when they cannot be counted: `work` will say why."""
    try:
        return count_pages(path)
    except Exception:
        return 0


def is_out_of_memory(fault: BaseException) -> bool:
    """Whether Python or the system refused memory."""
    refused = isinstance(fault, OSError) and fault.errno == errno.ENOMEM
    return refused or isinstance(fault, MemoryError)


def describe_exception(fault: BaseException) -> str:
    """The exception's class and place in the code; never its message, which may quote a report."""
    frames = traceback.extract_tb(fault.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return type(fault).__name__ + place
