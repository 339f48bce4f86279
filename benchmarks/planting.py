"""The planting test whole: every fault in both forms, every harmless change; a table for the docs.

`.venv/bin/python benchmarks/planting.py [--forms txt pdf]` writes found, missed and false a check,
then what was missed or raised besides. Some minutes; the exit code is 1 when anything was.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from planting.faults import faults  # noqa: E402
from planting.harmless import REPORTS, harmless, try_harmless, try_variants  # noqa: E402
from planting.pairs import pair_faults, try_pair  # noqa: E402
from planting.trials import Trial, tell, try_fault  # noqa: E402


def main() -> int:
    """Try everything and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", nargs="+", default=["txt", "pdf"], choices=["txt", "pdf"])
    forms = parser.parse_args().forms
    with tempfile.TemporaryDirectory() as name:
        trials = list(_trials(forms, Path(name)))
        raised = list(_harmless(forms, Path(name)))
    _write(trials, forms)
    wrong = [line for _, lines in raised for line in lines]
    print(f"\nharmless changes: {len(raised)}, that raised something: {len(wrong)}\n")
    told = [*tell(trials), *wrong]
    print("\n".join(told))
    return 1 if told else 0


def _trials(forms: Sequence[str], folder: Path) -> Iterator[Trial]:
    for form in forms:
        for fault in faults():
            if form in fault.forms:
                yield try_fault(fault, form, folder)
        for fault in pair_faults():
            yield try_pair(fault, form, folder)


def _harmless(forms: Sequence[str], folder: Path) -> Iterator[tuple[str, list[str]]]:
    """(name, what it raised) of each harmless change, and of the variants of each text."""
    for form in forms:
        for change in harmless():
            found = try_harmless(change, form, folder)
            yield change.name, [f"raised ({form}): {change.name}: {one.check}" for one in found]
    for report in REPORTS:
        for name, found in try_variants(report, 2, folder):
            yield name, [f"raised: {name}: {one.check}" for one in found]


def _write(trials: Sequence[Trial], forms: Sequence[str]) -> None:
    planted, found, false = Counter[str](), Counter[str](), Counter[str]()
    for trial in trials:
        planted[trial.fault.check] += 1
        found[trial.fault.check] += trial.found
        false[trial.fault.check] += len(trial.false)
    print(f"{sum(planted.values())} faults ({' and '.join(forms)})\n")
    print("| check | planted | found | missed | false |\n| --- | --- | --- | --- | --- |")
    for check in sorted(planted):
        missed = planted[check] - found[check]
        print(f"| `{check}` | {planted[check]} | {found[check]} | {missed} | {false[check]} |")


if __name__ == "__main__":
    sys.exit(main())
