"""A refresh in a process of its own: `refresher.py INPUT OUTPUT [GO]`.

With GO it waits for that file, so that several begin at once. Ends with 5 when another holds the
dataset, saying who.
"""

import importlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet  # noqa: F401

from pipeline.dataset.faults import DatasetLocked
from pipeline.run import run

# The suites are taken as passed: their library takes seconds to load, and they have tests of their
# own. The fingerprints stand still: an edit of the program would rightly change the version's name.
STAND_INS: dict[str, Callable[..., Any]] = {
    "pipeline.dataset.publish._validated": lambda frames: {"suites": {}},
    "pipeline.validation.suites.preload": lambda: None,
    "pipeline.ledger.fingerprint.fingerprint_program": lambda: "program",
    "pipeline.ledger.fingerprint.fingerprint_reading": lambda: "reading",
}


def put_stand_ins(setter: Callable[[object, str, Any], object]) -> None:
    """Put them in place by `setattr`, or by pytest's, which takes them away again."""
    for place, stand_in in STAND_INS.items():
        module, _, name = place.rpartition(".")
        setter(importlib.import_module(module), name, stand_in)


def main(source: str, output: str, go: str = "") -> int:
    put_stand_ins(setattr)
    while go and not Path(go).exists():
        time.sleep(0.01)
    try:
        version = run([Path(source)], Path(output), workers=1).version
    except DatasetLocked as locked:
        print(locked)
        return locked.exit_code
    print(version.name)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
