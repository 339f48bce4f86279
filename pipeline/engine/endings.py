"""What a worker's end says of the document it was at."""

from __future__ import annotations

import signal
from contextlib import suppress

from pipeline.engine.jobs import Limits
from pipeline.engine.worker import Answer


def judge_exit(code: int, limits: Limits, *, late: bool = False) -> Answer:
    """The answer that a dead worker could not give; `late`: the supervisor killed it."""
    if late or code == -signal.SIGALRM:
        return Answer(error="timeout", detail=limits.tell_deadline(), died=True)
    return Answer(error="crashed", detail=explain_exit(code), tired=True, died=True)


def explain_exit(code: int) -> str:
    """An exit code as a person reads it: the name of a signal, or the number."""
    if code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"
