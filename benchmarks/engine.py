"""Which process engine loses healthy documents: `python benchmarks/engine.py [repetitions]`.

Forty small jobs, some of them bad, on two workers: the engine of this project beside pebble in
three arrangements. The supervisor is quiet, or runs Python in another thread (as an import does),
or holds the interpreter a while at a time (as pickling does). Each run is a process group of its
own, ended when it takes too long. Then what the two that lose nothing cost: the sample reports.
pebble is no dependency: `uv run --with pebble==5.2.3 python benchmarks/engine.py`.
"""

from __future__ import annotations

import ctypes
import json
import multiprocessing
import os
import pickle
import resource
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from pebble import ProcessPool, concurrent
from rich.console import Console
from rich.table import Table

from pipeline.engine import Job, Limits, run_all

JOBS = 40
WORKERS = 2
MAX_TASKS = 50
DEADLINE = 2.0  # seconds a job
MEMORY = 2**30
SAMPLES = Path(__file__).resolve().parents[1] / "data" / "raw"
KINDS = (".pdf", ".txt")
SPAWN = multiprocessing.get_context("spawn")
MUCH = [str(number) for number in range(1_000_000)]

Tell = Callable[[int, str], None]  # the job, what became of it
End = tuple[str, str]  # the job's name, what became of it


def hang() -> None:
    """Past every deadline."""
    time.sleep(600)


def segfault() -> None:
    """Die in C."""
    ctypes.string_at(0)


def fail() -> None:
    """Raise."""
    raise ValueError("bad")


def kill() -> None:
    """Die as by the kernel's hand."""
    os.kill(os.getpid(), signal.SIGKILL)


def leave() -> None:
    """End as if all were well."""
    os._exit(0)


def fill_memory() -> int:
    """More than there is."""
    return len(bytearray(2**40))


def kill_in_answer() -> bytes:
    """A large answer, and a thread that kills the process while it is being written."""
    threading.Thread(target=kill_when_writing, daemon=True).start()
    return bytes(2**27)


def kill_when_writing() -> None:
    """Wait until the main thread is in a system call with a large third argument."""
    call = Path(f"/proc/self/task/{os.getpid()}/syscall")
    while True:
        words = call.read_text(encoding="ascii").split()
        if len(words) > 3 and int(words[3], 16) > 2**20:
            kill()
        time.sleep(0.001)


BAD: dict[str, tuple[Callable[[], object], str]] = {
    "hang": (hang, "timeout"),
    "segfault": (segfault, "crashed"),
    "exception": (fail, "crashed"),
    "SIGKILL": (kill, "crashed"),
    "exit 0": (leave, "crashed"),
    "memory": (fill_memory, "out_of_memory"),
    "killed in its answer": (kill_in_answer, "crashed"),
}


def work(path: Path, source: str) -> object:
    """A small job: misbehave as the name says, or take 20 ms."""
    if source in BAD:
        return BAD[source][0]()
    time.sleep(0.02)
    return source


def fence() -> None:
    """The limits that a worker of the project has."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def work_fenced(path: Path, source: str) -> object:
    """A small job in a process without an initializer."""
    fence()
    return work(path, source)


def read_sample(path: Path, source: str) -> object:
    """A sample report, all the way to records."""
    from pipeline.run import read_reading

    return read_reading(path, source)


def name_end(future: Future[Any]) -> str:
    """What pebble says of a job, in the project's words."""
    try:
        future.result()
    except TimeoutError:
        return "timeout"
    except MemoryError:
        return "out_of_memory"
    except BrokenProcessPool:
        return "broken pool"
    except Exception:
        return "crashed"
    return "ok"


def make_pool(workers: int) -> ProcessPool:
    """A pool with the limits of this comparison."""
    return ProcessPool(workers, MAX_TASKS, fence, context=SPAWN)


def run_one_pool(jobs: Sequence[Job], tell: Tell) -> None:
    """All jobs to one pool."""
    pool = make_pool(WORKERS)
    for index, future in enumerate([schedule(pool, job) for job in jobs]):
        tell(index, name_end(future) if future else "broken pool")
    pool.stop()


def schedule(pool: ProcessPool, job: Job) -> Future[Any] | None:
    """None where the pool is broken."""
    try:
        return pool.schedule(work, (job.path, job.source), timeout=DEADLINE)
    except RuntimeError:
        return None


def run_pool_a_slot(jobs: Sequence[Job], tell: Tell) -> None:
    """Each slot gives its pool of one worker one job at a time, and replaces it when broken."""

    def serve(waiting: Iterator[tuple[int, Job]]) -> None:
        pool = make_pool(1)
        for index, job in waiting:
            while (future := schedule(pool, job)) is None:
                stop(pool)
                pool = make_pool(1)
            tell(index, name_end(future))
        stop(pool)

    run_slots(jobs, serve)


def stop(pool: ProcessPool) -> None:
    """End the workers and threads of a pool."""
    pool.stop()
    pool.join()


def run_process_a_job(jobs: Sequence[Job], tell: Tell, task: Any = work_fenced) -> None:
    """A new process for each job: pebble's `concurrent.process`."""
    options: dict[str, Any] = {"timeout": 60 if task is read_sample else DEADLINE, "context": SPAWN}
    start = concurrent.process(**options)(task)

    def serve(waiting: Iterator[tuple[int, Job]]) -> None:
        for index, job in waiting:
            tell(index, name_end(start(job.path, job.source)))

    run_slots(jobs, serve)


def run_slots(jobs: Sequence[Job], serve: Callable[[Iterator[tuple[int, Job]]], None]) -> None:
    """Let threads, one a slot, take jobs until none is left."""
    waiting = list(enumerate(jobs))[::-1]

    def take() -> Iterator[tuple[int, Job]]:
        while waiting:
            yield waiting.pop()

    threads = [threading.Thread(target=lambda: serve(take())) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run_engine(jobs: Sequence[Job], tell: Tell, task: Any = work) -> None:
    """All jobs to the engine of this project."""
    limits = Limits(seconds=DEADLINE, seconds_per_page=0, memory_bytes=MEMORY)
    limits = Limits() if task is read_sample else limits
    for index, outcome in enumerate(run_all(jobs, task, limits=limits, workers=WORKERS)):
        tell(index, outcome.error or "ok")


ARRANGEMENTS: dict[str, Callable[..., None]] = {
    "pebble, one pool": run_one_pool,
    "pebble, a pool a slot": run_pool_a_slot,
    "pebble, a process a job": run_process_a_job,
    "pipeline.engine": run_engine,
}
CAREFUL = list(ARRANGEMENTS)[2:]
SUPERVISORS: dict[str, Callable[[], object]] = {
    "quiet": lambda: time.sleep(0.1),
    "busy": lambda: sum(range(10_000)),
    "pickling": lambda: pickle.dumps(MUCH),
}


class Scenario(NamedTuple):
    """Which bad jobs, under which supervisors, and the seconds after which a run has hung."""

    bad: Sequence[str]
    supervisors: Sequence[str]
    patience: float


SCENARIOS = {
    "six bad": Scenario(list(BAD)[:6], list(SUPERVISORS), 120),
    "six bad, and one killed in its answer": Scenario(list(BAD), ["quiet"], 45),
}


def make_jobs(bad: Sequence[str], turn: int) -> list[Job]:
    """Forty jobs, the bad ones spread among them, elsewhere at each turn."""
    names = ["healthy"] * JOBS
    for place, name in enumerate(bad):
        names[(place * 5 + turn * 3 + 1) % JOBS] = name
    return [Job(Path(), name) for name in names]


@contextmanager
def occupied(step: Callable[[], object]) -> Iterator[None]:
    """Do one thing over and over in another thread."""
    done = threading.Event()

    def repeat() -> None:
        while not done.is_set():
            step()

    thread = threading.Thread(target=repeat)
    thread.start()
    yield
    done.set()
    thread.join()


def run_here(arrangement: str, supervisor: str, scenario: str, turn: str) -> None:
    """One run, told line by line."""
    jobs = make_jobs(SCENARIOS[scenario].bad, int(turn))
    begun = time.monotonic()

    def tell(index: int, end: str) -> None:
        line = json.dumps([jobs[index].source, end, time.monotonic() - begun])
        os.write(1, f"{line}\n".encode())  # whole: several threads tell

    with occupied(SUPERVISORS[supervisor]):
        ARRANGEMENTS[arrangement](jobs, tell)


class Run(NamedTuple):
    """What became of each job; whether the run came to its end; seconds until the last answer."""

    ends: Sequence[End]
    hung: bool
    seconds: float


def run_apart(arrangement: str, supervisor: str, scenario: str, turn: int) -> Run:
    """One run in a process group of its own, ended when patience ends."""
    command = [sys.executable, __file__, arrangement, supervisor, scenario, str(turn)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        text=True,
    ) as process:
        ender = threading.Timer(
            SCENARIOS[scenario].patience, os.killpg, (process.pid, signal.SIGKILL)
        )
        ender.start()
        told = [json.loads(line) for line in process.stdout or ()]
        ender.cancel()
    hung = process.returncode == -signal.SIGKILL
    return Run([(name, end) for name, end, _ in told], hung, max(s for *_, s in told))


def describe(runs: Sequence[Run], bad: Sequence[str]) -> list[str]:
    """Healthy jobs lost or never answered, bad ones named wrongly, runs that hung, seconds."""
    healthy = len(runs) * (JOBS - len(bad))
    lost = healthy - sum(run.ends.count(("healthy", "ok")) for run in runs)
    ends = [end for run in runs for end in run.ends]
    wrong = Counter(f"{name}: {end}" for name, end in ends if name in BAD and end != BAD[name][1])
    return [
        f"{lost} of {healthy}",
        ", ".join(f"{what} ({times}×)" for what, times in sorted(wrong.items())) or "none",
        f"{sum(run.hung for run in runs)} of {len(runs)}",
        f"{statistics.median(run.seconds for run in runs):.0f}",
    ]


def compare(scenario: str, repetitions: int) -> Table:
    """Each arrangement under each supervisor."""
    table = Table("engine", "supervisor", "healthy lost", "misnamed", "runs hung", "seconds")
    table.title = f"{JOBS} jobs: {scenario}; {repetitions} repetitions"
    for arrangement in ARRANGEMENTS:
        for supervisor in SCENARIOS[scenario].supervisors:
            runs = [run_apart(arrangement, supervisor, scenario, n) for n in range(repetitions)]
            table.add_row(arrangement, supervisor, *describe(runs, SCENARIOS[scenario].bad))
    return table


def compare_costs() -> Table:
    """Reading the sample reports: processor seconds of the workers, which others do not disturb."""
    jobs = [Job(path, path.name) for path in sorted(SAMPLES.iterdir()) if path.suffix in KINDS]
    table = Table("engine", "sample reports", "processor seconds", title="What it costs")
    for arrangement in CAREFUL:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        ARRANGEMENTS[arrangement](jobs, lambda index, end: None, read_sample)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        table.add_row(arrangement, str(len(jobs)), f"{spent:.1f}")
    return table


def main() -> None:
    """Print the tables, or do one run of them."""
    if len(sys.argv) == 5:
        run_here(*sys.argv[1:])
        return
    repetitions = int(sys.argv[1]) if len(sys.argv) == 2 else 5
    console = Console(width=120)
    for scenario in SCENARIOS:
        console.print(compare(scenario, repetitions))
    console.print(compare_costs())


if __name__ == "__main__":
    main()
