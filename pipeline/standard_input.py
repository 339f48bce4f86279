"""Standard input as an input among others: `-`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from extractors.sources import MAX_BYTES, SPOOL_PREFIX, STANDARD_INPUT

_CHUNK = 2**20


@contextmanager
def spool_input(inputs: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    """The inputs, with standard input kept in a file for as long as they are worked on.

    Its source stays `-`. No more of it is kept than shows that it is too large. Raises OSError.
    """
    if Path(STANDARD_INPUT) not in inputs:
        yield tuple(inputs)
        return
    folder = tempfile.mkdtemp(prefix=SPOOL_PREFIX)
    try:
        path = Path(folder, STANDARD_INPUT)
        _keep(path)
        yield tuple(path if one == Path(STANDARD_INPUT) else one for one in inputs)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _keep(path: Path) -> None:
    left = MAX_BYTES + 1
    with path.open("wb") as file:
        while sys.stdin is not None and (piece := sys.stdin.buffer.read(min(_CHUNK, left))):
            file.write(piece)
            left -= len(piece)
