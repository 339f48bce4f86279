"""A run that hangs, for a test to kill: its worker notes its own number and its program's."""

import sys
from pathlib import Path

import toys

from pipeline.engine import Job, run_all

if __name__ == "__main__":
    try:
        list(run_all([Job(Path(sys.argv[1]), "a")], toys.start_program_and_hang))
    except KeyboardInterrupt:
        sys.exit(130)
