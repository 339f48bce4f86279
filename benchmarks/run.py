"""How long a whole run takes, and where the time goes: `python benchmarks/run.py [FOLDER]`.

FOLDER holds reports (`../shared/reports/seeds`; if that is not there, `data/raw`). It is converted
as typed (`cuadra run`), then with a clock inside; in the same rounds, so that a busy machine is as
busy for all of them: with the import of Great Expectations after the reading instead of beside it,
and without its suites. Medians after one round that does not count. Then: what the suites add to a
run of many documents, and our reading of ruled PDFs beside pdfplumber's `extract_tables` alone.

Seconds are charged once, to the innermost activity of a thread; imports are seen by wrapping the
function behind `import`, because a worker's `-X importtime` would go to a closed stderr.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BORN = time.process_time()  # what Python took to come here
SHARED = Path("../shared/reports")
SAMPLES = Path("data/raw")
TRACE = "CUADRA_BENCHMARK_TRACE"  # the folder where the processes of a run leave their figures
LIBRARIES = ("camelot", "dateparser", "great_expectations", "pandas", "pdfplumber", "spacy")
IMPORTS = "import of the rest"
AS_TYPED, AS_IT_IS = "cuadra run, as typed", "with a clock inside"
LATE, WITHOUT = "Great Expectations imported late", "without Great Expectations"
TRACED = (AS_IT_IS, LATE, WITHOUT)
RUN_HEADS = (
    "run",
    "wall s, median (range)",
    "CPU s",
    f"wall s more than {AS_IT_IS}",
    "CPU s more",
    "peak MiB, main",
    "peak MiB, a worker",
)
SHARE_HEADS = ("activity", "CPU s", "share", "wall s")
PAGE_HEADS = ("PDF", "pages", "pdfplumber alone", "read_pdf", "to records", "read_pdf/pdfplumber")
Row = Sequence[object]


@dataclass
class Ledger:
    """CPU and wall seconds by activity, charged once, to the innermost activity of a thread."""

    cpu: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    wall: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    stacks: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    last: dict[int, tuple[float, float]] = field(default_factory=dict)

    @contextmanager
    def at(self, name: str) -> Iterator[None]:
        """Charge what is done here to `name`."""
        self._charge()
        self.stack.append(name)
        try:
            yield
        finally:
            self._charge()
            self.stack.pop()

    @property
    def stack(self) -> list[str]:
        """What this thread is at, the innermost last."""
        return self.stacks[threading.get_ident()]

    def _charge(self) -> None:
        thread, cpu, wall = threading.get_ident(), time.thread_time(), time.monotonic()
        if self.stack:
            before = self.last[thread]
            self.cpu[self.stack[-1]] += cpu - before[0]
            self.wall[self.stack[-1]] += wall - before[1]
        self.last[thread] = cpu, wall

    def wrap(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """A function, charged to `name`."""

        def charged(*args: Any, **kwargs: Any) -> Any:
            with self.at(name):
                return call(*args, **kwargs)

        return charged

    def time_imports(self) -> None:
        """Charge imports, also those inside functions; a library's include those of its own."""
        machinery: Any = importlib._bootstrap
        load = machinery._find_and_load

        def timed(name: str, import_: Any) -> Any:
            inside, top = self.stack[-1] if self.stack else "", name.partition(".")[0]
            activity = f"import of {top}" if top in LIBRARIES else IMPORTS
            if inside == activity or (inside != IMPORTS and inside.startswith("import of ")):
                return load(name, import_)
            with self.at(activity):
                return load(name, import_)

        machinery._find_and_load = timed

    def leave(self, name: str, **more: object) -> None:
        """Write down what this process has used until now."""
        told = {"cpu": self.cpu, "wall": self.wall, "born": BORN, "total": time.process_time()}
        text = json.dumps({**told, "peak": peak_memory(), **more})
        (Path(os.environ[TRACE]) / f"{name}.json").write_text(text, encoding="utf-8")


def peak_memory() -> float:
    """MiB that this process has held at most.

    Not `ru_maxrss`: a process that was just started inherits that of the one that started it.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


LEDGER = Ledger()
if TRACE in os.environ:
    LEDGER.time_imports()


def traced_reading(path: Path, source: str) -> object:
    """What a worker does with one document, on the clock."""
    from pipeline.run import read_reading

    with LEDGER.at("reading"):
        reading = read_reading(path, source)
    LEDGER.leave(f"worker-{os.getpid()}")
    return reading


def traced_run(variant: str, folder: str, output: str) -> None:
    """`cuadra run` in this process, its stages on the clock, one thing changed."""
    put_clocks_in()
    if variant != AS_IT_IS:
        put_suites_off(forever=variant == WITHOUT)
    from pipeline.cli import run_cli

    code = run_cli(["run", folder, "--output", output], "en")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    LEDGER.leave("main", workers=used.ru_utime + used.ru_stime)
    sys.exit(code)


def put_clocks_in() -> None:
    """Wrap the stages where `pipeline.run` will look for them."""
    import pipeline.dataset
    import pipeline.dataset.frames
    import pipeline.run
    import pipeline.validation
    from pipeline.validation import suites

    places: tuple[tuple[Any, str, str], ...] = (
        (pipeline.validation, "validate", "judging"),
        (pipeline.dataset.frames, "build_frames", "judging"),
        (pipeline.dataset, "publish", "publishing"),
    )
    for module, name, activity in places:
        setattr(module, name, LEDGER.wrap(activity, getattr(module, name)))
    put_clock_in_reading(pipeline.run)
    put_clock_in_suites(suites)


def put_clock_in_reading(run: Any) -> None:
    """Workers take the function that is on the clock; the supervisor's part is charged here."""
    run_all = run.run_all

    def supervised(jobs: Any, work: Any, **options: Any) -> Iterator[Any]:
        with LEDGER.at("supervising"):
            yield from run_all(jobs, traced_reading, **options)

    run.run_all = supervised


def put_clock_in_suites(suites: Any) -> None:
    """Tell the wait for the import from the suites themselves."""
    preload, validate_frames = suites.preload, suites.validate_frames
    started: list[threading.Thread] = []

    def validated(frames: Any) -> Any:
        with LEDGER.at("waiting for great_expectations"):
            for thread in started:
                thread.join()
        with LEDGER.at("suites"):
            return validate_frames(frames)

    suites.preload = lambda: started.append(preload())
    suites.validate_frames = validated


def put_suites_off(*, forever: bool) -> None:
    """Import Great Expectations where it is used, or do not use it."""
    from pipeline.validation import suites

    suites.preload = lambda: None  # type: ignore[assignment, return-value]
    if forever:
        suites.validate_frames = lambda frames: suites.Outcome({}, ())


@dataclass(frozen=True)
class Measured:
    """One run: seconds, and what its processes left."""

    wall: float
    cpu: float
    main: Mapping[str, Any]
    workers: Sequence[Mapping[str, Any]]


def measure(variant: str, folder: Path) -> Measured:
    """Run once into an empty folder."""
    with tempfile.TemporaryDirectory() as scratch:
        output, trace = Path(scratch, "dataset"), Path(scratch, "trace")
        trace.mkdir()
        typed = [str(Path(sys.executable).with_name("cuadra")), "run", str(folder)]
        timed = [sys.executable, __file__, "--traced", variant, str(folder)]
        if variant == AS_TYPED:
            wall, cpu = spend([*typed, "--output", str(output)], os.environ)
        else:
            wall, cpu = spend([*timed, str(output)], {**os.environ, TRACE: str(trace)})
        left = {path.stem: json.loads(path.read_bytes()) for path in sorted(trace.iterdir())}
    return Measured(wall, cpu, left.pop("main", {}), tuple(left.values()))


def spend(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """Wall and CPU seconds of a command and of all that it started."""
    begun = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:  # also 3: a report that is not read would make the run look quick
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}")
    return time.monotonic() - begun, used.ru_utime + used.ru_stime


def measure_all(
    variants: Sequence[str], folder: Path, rounds: int, *, warm: bool
) -> dict[str, list[Measured]]:
    """Every variant once a round; the first round does not count unless all is warm."""
    found: dict[str, list[Measured]] = {variant: [] for variant in variants}
    for counted in [True] * rounds if warm else [False, *[True] * rounds]:
        for variant in variants:
            one = measure(variant, folder)
            found[variant] += [one] if counted else []
    return found


def make_copies(folder: Path, number: int, into: Path) -> None:
    """So many documents, each with one letter of its own that differs from its original."""
    originals = sorted(path for path in folder.iterdir() if path.suffix == ".txt")
    for index in range(number):
        content = bytearray(originals[index % len(originals)].read_bytes())
        letters = [place for place, byte in enumerate(content) if byte == ord("e")]
        content[letters[-1 - index // len(originals)]] = ord("a")
        (into / f"{index:03d}.txt").write_bytes(content)


def middle(figures: Sequence[float], form: str) -> str:
    """The median as text; nothing of nothing."""
    return format(statistics.median(figures), form) if figures else ""


def run_rows(found: Mapping[str, Sequence[Measured]]) -> Iterator[Row]:
    """A row a variant: seconds, what they differ by within a round, and peaks."""
    for variant, runs in found.items():
        walls = [one.wall for one in runs]
        pairs = list(zip(runs, found[AS_IT_IS], strict=True)) if variant != AS_IT_IS else []
        mains = [one.main["peak"] for one in runs if one.main]
        workers = [max(worker["peak"] for worker in one.workers) for one in runs if one.workers]
        yield (
            variant,
            f"{statistics.median(walls):.2f} ({min(walls):.2f} to {max(walls):.2f})",
            middle([one.cpu for one in runs], ".2f"),
            middle([one.wall - other.wall for one, other in pairs], "+.2f"),
            middle([one.cpu - other.cpu for one, other in pairs], "+.2f"),
            middle(mains, ".0f"),
            middle(workers, ".0f"),
        )


def share_rows(runs: Sequence[Measured]) -> Iterator[Row]:
    """A row an activity: CPU seconds, share of the run's, wall seconds in its thread."""
    whole = statistics.median([one.cpu for one in runs])
    mains = [activities([one.main]) for one in runs]
    crews = [activities(one.workers) for one in runs]
    for who, processes in (("main", mains), ("workers", crews)):
        for name in processes[0]:
            cpu = statistics.median([one[name][0] for one in processes])
            wall = statistics.median([one[name][1] for one in processes])
            told = f"{wall:.2f}" if who == "main" and wall else ""
            yield f"{who}: {name}", f"{cpu:.2f}", f"{cpu / whole:.0%}", told


def activities(processes: Sequence[Mapping[str, Any]]) -> dict[str, tuple[float, float]]:
    """CPU and wall seconds of processes by activity; the rest is what no clock saw."""
    cpu, wall = Counter[str](), Counter[str]()
    for one in processes:
        cpu.update(one["cpu"])
        wall.update(one["wall"])
    born = sum(one["born"] for one in processes)
    rest = sum(one["total"] for one in processes) - born - sum(cpu.values())
    told = {name: (cpu[name], wall[name]) for name in sorted(cpu)}
    return {"start of Python": (born, 0.0), **told, "rest": (rest, 0.0)}


def page_rows(folder: Path, rounds: int) -> Iterator[Row]:
    """CPU milliseconds a page of each PDF: pdfplumber's tables alone, and our reading."""
    from extractors.pages import read_pdf
    from pipeline.run import read_reading

    readers: tuple[Callable[[Path], object], ...] = (
        plumb_tables,
        read_pdf,
        lambda path: read_reading(path, path.name),
    )
    for path in sorted(folder.glob("*_ruled.pdf")) or sorted(SAMPLES.glob("*.pdf")):
        pages = len(read_pdf(path).pages)
        times = [[cpu_seconds(reader, path) for reader in readers] for _ in range(rounds + 1)]
        columns = zip(*times[1:], strict=True)
        told = [statistics.median(column) / pages * 1000 for column in columns]
        yield path.name, pages, *(f"{one:.0f}" for one in told), f"{told[1] / told[0]:.2f}"


def plumb_tables(path: Path) -> None:
    """Read tables with pdfplumber as its own documentation does."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.close()


def cpu_seconds(reader: Callable[[Path], object], path: Path) -> float:
    """What one reading of a file takes."""
    begun = time.process_time()
    reader(path)
    return time.process_time() - begun


def print_table(title: str, heads: Sequence[str], rows: Iterator[Row]) -> None:
    """A small table, as Markdown: to be read here, and kept in docs/benchmarks.md."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"\n{title} (load of the machine: {load})\n")
    for row in (heads, ["---"] * len(heads), *rows):
        print("| " + " | ".join(map(str, row)) + " |", flush=True)


def main() -> None:
    """Measure and print; see the module's first lines."""
    options = parse_options()
    folder, rounds = options.folder, options.rounds
    reports = sum(path.suffix in (".txt", ".pdf") for path in folder.iterdir())
    found = measure_all((AS_TYPED, *TRACED), folder, rounds, warm=False)
    print_runs(f"{reports} reports, {rounds} rounds", found)
    with tempfile.TemporaryDirectory() as many:
        make_copies(folder, options.copies, Path(many))
        found = measure_all((AS_IT_IS, WITHOUT), Path(many), options.many_rounds, warm=True)
    print_runs(f"{options.copies} documents, {options.many_rounds} rounds", found)
    print_table("CPU ms a page", PAGE_HEADS, page_rows(SHARED / "pdf", rounds))


def print_runs(title: str, found: Mapping[str, Sequence[Measured]]) -> None:
    """The runs beside each other, and where the time of the unchanged one goes."""
    print_table(title, RUN_HEADS, run_rows(found))
    print_table("Where it goes", SHARE_HEADS, share_rows(found[AS_IT_IS]))


def parse_options() -> argparse.Namespace:
    """The folder and how often."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    seeds = SHARED / "seeds"
    default = seeds if seeds.is_dir() else SAMPLES
    parser.add_argument("folder", type=Path, nargs="?", default=default)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--copies", type=int, default=60)
    parser.add_argument("--many-rounds", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--traced"]:
        traced_run(*sys.argv[2:])
    main()
