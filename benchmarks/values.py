"""How many printed values are read a minute: `python benchmarks/values.py [FOLDER...]`.

The mix is that of real trackers: every place that a value of a record was read from, in the text
reports of `../shared/reports/seeds` (without it, of `data/raw`), each with its field. All of them
go through `values.read_field` again and again, on one core, in one process; seconds are the
process's own. Nothing is kept from one value to the next, so repetition is no help; the second row
shows it: there every round changes the figures and days of the mix. The third leaves out the fields
that are only text: dates, amounts, percentages, durations and levels alone.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count, repeat
from pathlib import Path

from rich.console import Console
from rich.table import Table

from normalizers.values import Context, read_field
from pipeline.model import Block
from pipeline.run import read_reading

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "reports" / "seeds"
GOAL = 1_000_000  # values a minute
TYPED = frozenset({
    "planned", "planned_start", "planned_end", "revised", "percent_complete", "amount",
    "duration_months", "completion",
})  # fmt: skip

# The day of 31/12/2020; the last digit of a figure that is neither part of a date nor a year.
_DAY = re.compile(r"(?<![0-9/-])[0-9]{1,2}(?=[/-][0-9]{1,2}[/-][0-9])")
_FIGURE = re.compile(
    r"(?<![0-9/-])(?!(?:19|20)[0-9]{2}(?![0-9]))([1-9][0-9.,]{0,12})([0-9])(?![0-9/-])"
)

Printed = tuple[str, Block]


def find_mix(folder: Path) -> list[Printed]:
    """The field and the Block of every value that the folder's text reports print."""
    mix: list[Printed] = []
    for path in sorted(folder.rglob("*.txt")):
        reading = read_reading(path, path.name)
        for record in reading.records:
            printed = record.fields.items() if record.kind != "section" else ()
            mix += [(name, value.block) for name, value in printed
                    if value.block is not None and value.state != "derived"]  # fmt: skip
    return mix


def changed(mix: Sequence[Printed], number: int) -> list[Printed]:
    """The mix with other figures and days; years and words stay, so a date stays a date."""
    return [(name, replace(block, text=_other(block.text, number))) for name, block in mix]


def _other(text: str, number: int) -> str:
    days = _DAY.sub(lambda one: str((int(one[0]) + number) % 28 + 1), text)
    return _FIGURE.sub(lambda one: f"{one[1]}{(int(one[2]) + number) % 10}", days)


def measure(rounds: Iterable[Sequence[Printed]], seconds: float) -> tuple[int, float]:
    """How many values were read in how many seconds of the process, at least `seconds`."""
    context = Context(currency="USD", decimal_mark=".")
    done, spent = 0, 0.0
    for mix in rounds:
        started = time.process_time()
        for name, block in mix:
            read_field(name, block, context)
        spent += time.process_time() - started
        done += len(mix)
        if spent >= seconds:
            break
    return done, spent


def by_field(mix: Sequence[Printed], seconds: float) -> list[tuple[str, int, float]]:
    """Each field of the mix, how many values it has, and microseconds a value."""
    fields: dict[str, list[Printed]] = defaultdict(list)
    for printed in mix:
        fields[printed[0]].append(printed)
    rows = []
    for name, held in fields.items():
        done, spent = measure(repeat(held), seconds)
        rows.append((name, len(held), spent / done * 1e6))
    return sorted(rows, key=lambda row: -row[1] * row[2])


def main() -> None:
    """Print values a minute, and the fields that take the time."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--seconds", type=float, default=3.0)
    wanted = parser.parse_args()
    folders = wanted.folders or [SHARED if SHARED.is_dir() else ROOT / "data" / "raw"]
    mix = [printed for folder in folders for printed in find_mix(folder)]
    lengths = sum(len(block.text) for _, block in mix)
    console = Console(width=100)
    console.print(f"{len(mix)} values, {lengths / len(mix):.0f} characters each in the mean")
    typed = [printed for printed in mix if printed[0] in TYPED]
    for title, rounds in (
        ("as printed", repeat(mix)),
        ("other figures in each round", (changed(mix, number) for number in count(1))),
        (f"the {len(typed)} typed ones alone", repeat(typed)),
    ):
        done, spent = measure(rounds, wanted.seconds)
        share = f"{done / spent * 60 / GOAL:.2f} of the goal"
        console.print(f"{title}: {done / spent * 60:,.0f} values a minute, {share}")
    _print_fields(console, by_field(mix, wanted.seconds / 10))


def _print_fields(console: Console, rows: Sequence[tuple[str, int, float]]) -> None:
    table = Table("field", "values", "µs a value", "share of the time")
    total = sum(number * each for _, number, each in rows)
    for name, number, each in rows[:14]:
        table.add_row(name, str(number), f"{each:.1f}", f"{number * each / total:.0%}")
    console.print(table)


if __name__ == "__main__":
    main()
