"""What goes into the engine and what comes out: a job, its limits, its outcome."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")

GIB = 2**30


def available_cores() -> int:
    """Cores that this process may use, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost: wall-clock seconds, bytes of address space.

    Every setting of the engine and its default; `pipeline.engine.settings` lets users change them.

    The default memory holds every library of this project (imported they take 0.65 GiB of address
    space, after camelot has read an image of a page 0.8) and leaves more than 1 GiB to a document.
    """

    seconds: float = 60
    seconds_per_page: float = 2
    pages_at_most: int = 2_000  # a file may claim any number of pages
    memory_bytes: int = 2 * GIB
    jobs_per_worker: int = 50  # then a fresh process: leaks end there
    workers: int = 0  # 0: one a core

    def deadline(self, pages: int) -> float:
        """Seconds that a document of so many pages may take."""
        return self.seconds + self.seconds_per_page * min(max(pages, 0), self.pages_at_most)

    def tell_deadline(self) -> str:
        """The allowance as a person reads it in any language: `60 s + 2 s/p.`."""
        a_page = f" + {self.seconds_per_page:g} s/p." if self.seconds_per_page else ""
        return f"{self.seconds:g} s{a_page}"

    def judging(self) -> dict[str, float]:
        """The limits that decide what becomes of a document, and not how fast."""
        return {
            "seconds": self.seconds,
            "seconds_per_page": self.seconds_per_page,
            "pages_at_most": self.pages_at_most,
            "memory_bytes": self.memory_bytes,
        }

    def worker_count(self) -> int:
        """Processes to use when a caller does not say."""
        return self.workers or available_cores()


@dataclass(frozen=True, slots=True)
class Job:
    """One document to work on: where it is, and its name as the user gave it."""

    path: Path
    source: str


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What became of a job: a result, or an error code of `pipeline.errors` and a detail.

    The detail names a signal, an exit code or an exception's class and place, never text of the
    report.
    """

    job: Job
    result: T | None = None
    error: str = ""
    detail: str = ""
