"""What a refresh costs: `python benchmarks/refresh.py [documents]`.

So many small text reports, each of its own content, in a folder of this machine: the first run, one
on the unchanged archive, one with a single new report; seconds, and the memory of the main process.
Then what the supervisor adds: the same reports read in one process by a plain loop.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "raw" / "avance-compromiso.txt"
RUN = """
import resource, sys, time
from pathlib import Path
from pipeline.run import run
began = time.perf_counter()
summary = run([Path(sys.argv[1])], Path(sys.argv[2]))
cpu = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
main, workers = (one.ru_utime + one.ru_stime for one in cpu)
print(f"{time.perf_counter() - began:.1f} s, CPU {main:.1f} + {workers:.1f} s, "
      f"{cpu[0].ru_maxrss // 1024} MiB, {dict(summary.work)}")
"""


def make_reports(folder: Path, first: int, count: int) -> None:
    """Reports that differ in one line."""
    text = SAMPLE.read_text(encoding="utf-8")
    for number in range(first, first + count):
        (folder / f"{number:06d}.txt").write_text(f"{text}\nInforme {number}\n", encoding="utf-8")


def time_run(source: Path, output: Path) -> str:
    """Run in a process of its own; what it says of itself."""
    command = [sys.executable, "-c", RUN, str(source), str(output)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def time_reading(source: Path) -> str:
    """CPU seconds of a plain loop over the reports, after the first one, in this process."""
    from pipeline.run import read_kept

    first, *others = sorted(source.iterdir())
    read_kept(first, first.name)
    began = resource.getrusage(resource.RUSAGE_SELF)
    clock = time.perf_counter()
    for path in others:
        read_kept(path, path.name)
    ended = resource.getrusage(resource.RUSAGE_SELF)
    cpu = ended.ru_utime - began.ru_utime + ended.ru_stime - began.ru_stime
    return f"{time.perf_counter() - clock:.1f} s, CPU {cpu:.1f} s"


def time_engine(source: Path, workers: int) -> str:
    """The same through the supervisor: seconds after the first answer, CPU of this process."""
    from extractors.sources import count_pages
    from pipeline.engine import Job, run_all
    from pipeline.run import read_kept

    jobs = [Job(path, path.name) for path in sorted(source.iterdir())]
    outcomes = run_all(jobs, read_kept, workers=workers, count_pages=count_pages)
    next(outcomes)
    clock = time.perf_counter()
    began = resource.getrusage(resource.RUSAGE_SELF)
    for outcome in outcomes:
        assert outcome.result, outcome.error
    ended = resource.getrusage(resource.RUSAGE_SELF)
    cpu = ended.ru_utime - began.ru_utime + ended.ru_stime - began.ru_stime
    return f"{time.perf_counter() - clock:.1f} s, supervisor's CPU {cpu:.2f} s"


def main(count: int) -> None:
    """Print a line a measurement."""
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder, "in"), Path(folder, "out")
        source.mkdir()
        make_reports(source, 0, count)
        print(f"{count} reports: plain loop", time_reading(source), flush=True)
        for workers in (1, 2):
            print(f"{workers} worker(s):", time_engine(source, workers), flush=True)
        print("first run:", time_run(source, output), flush=True)
        print("unchanged:", time_run(source, output), flush=True)
        make_reports(source, count, 1)
        print("one new:", time_run(source, output), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
