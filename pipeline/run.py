"""The recipe: someone who reads this has read the program.

Documents are read alone, each in a process that may be killed; the dataset is judged and published
whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.engine import Job, Limits, Outcome, run_all
from pipeline.model import Reading

if TYPE_CHECKING:
    import pandas as pd

    from extractors.sources import Found
    from pipeline.dataset.publish import Version

Progress = Callable[[int, int, str], None]
Row = Mapping[str, Any]
_RECOGNIZED = ("commitments", "activities", "budget_lines", "measures", "stated_figures")
_DEFAULT_LIMITS = Limits()


class NoReports(Exception):
    """Among the inputs there is no report at all; `missing` are those that do not exist."""

    def __init__(self, missing: tuple[Path, ...] = ()) -> None:
        super().__init__(missing)
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run tells: rows of `documents`, `findings`, `checks`, and the published version."""

    documents: Sequence[Row]
    counts: Mapping[str, int]  # rows by table
    findings: Sequence[Row]
    checks: Sequence[Row]
    version: Version | None = None
    missing: tuple[Path, ...] = ()
    skipped: tuple[Path, ...] = ()


def read_reading(path: Path, source: str) -> Reading:
    """One document all the way to records: what a worker does."""
    from extractors.extract import extract
    from extractors.read import read_document
    from normalizers.records import normalize
    from pipeline.profiles import load_profiles
    from pipeline.recognize import recognize

    document = read_document(path, source)
    if document.status == "failed":
        return Reading(document)
    profile, score = recognize(document, load_profiles())
    records = normalize(document, extract(document), profile)
    # The characters' pages are read and done with: what leaves is what is published.
    return Reading(replace(document, pages=(), prose=()), profile, score, tuple(records))


def run(
    inputs: Sequence[Path],
    output: Path,
    *,
    workers: int | None = None,
    limits: Limits = _DEFAULT_LIMITS,
    on_progress: Progress = lambda done, total, source: None,
) -> Summary:
    """Read, judge and publish. Raises NoReports, DatasetLocked, NotPublished."""
    from pipeline.dataset import publish
    from pipeline.dataset.versions import lock_dataset
    from pipeline.validation.suites import preload

    found = _find(inputs)
    with lock_dataset(output):
        preload()  # Great Expectations, while the workers read
        judged = _judge(found, workers, limits, on_progress)
        published = publish(
            judged.frames,
            output,
            inputs=_input_hashes(judged.frames["documents"]),
            code_version=version("cuadra"),
            configuration={"limits": asdict(replace(limits, workers=0))},
            locked=True,
        )
    return replace(judged.summary, version=published)


def check(
    inputs: Sequence[Path],
    *,
    workers: int | None = None,
    limits: Limits = _DEFAULT_LIMITS,
    on_progress: Progress = lambda done, total, source: None,
) -> Summary:
    """Read and judge; publish nothing. Raises NoReports."""
    return _judge(_find(inputs), workers, limits, on_progress).summary


def _find(inputs: Sequence[Path]) -> Found:
    from extractors.sources import find_sources

    found = find_sources(inputs)
    if not found.paths:
        raise NoReports(found.missing)
    return found


@dataclass(frozen=True, slots=True)
class _Judged:
    summary: Summary
    frames: dict[str, pd.DataFrame]


def _judge(found: Found, workers: int | None, limits: Limits, on_progress: Progress) -> _Judged:
    jobs = [Job(path, str(path)) for path in found.paths]
    readings = list(_read_all(jobs, workers, limits, on_progress))
    readings += [_missing(path) for path in found.missing]
    return _summarize(readings, found.missing, found.skipped)


def _summarize(
    readings: Sequence[Reading], missing: tuple[Path, ...], skipped: tuple[Path, ...]
) -> _Judged:
    from pipeline.dataset.frames import build_frames
    from pipeline.validation import validate

    checks = validate(_distinct(readings))
    frames = build_frames(readings, checks)
    summary = Summary(
        documents=_document_rows(frames),
        counts={name: len(frame) for name, frame in frames.items()},
        findings=_rows(frames["findings"]),
        checks=_rows(frames["checks"]),
        missing=missing,
        skipped=skipped,
    )
    return _Judged(summary, frames)


def _distinct(readings: Sequence[Reading]) -> list[Reading]:
    """Each content once: the same bytes under two names are judged once."""
    return list({reading.document.document_id: reading for reading in reversed(readings)}.values())


def _read_all(
    jobs: Sequence[Job], workers: int | None, limits: Limits, on_progress: Progress
) -> Iterator[Reading]:
    from extractors.sources import count_pages

    finished = 0

    def count(source: str) -> None:
        nonlocal finished
        finished += 1
        on_progress(finished, len(jobs), source)

    on_progress(0, len(jobs), "")
    outcomes = run_all(
        jobs, read_reading, limits=limits, workers=workers, on_done=count, count_pages=count_pages
    )
    for outcome in outcomes:
        yield outcome.result if outcome.result is not None else _failed(outcome)


def _failed(outcome: Outcome[Reading]) -> Reading:
    """A document that a process did not survive is known by its bytes all the same."""
    from extractors.read import failed_document, hash_file

    job = outcome.job
    return Reading(failed_document(job.source, outcome.error, outcome.detail, hash_file(job.path)))


def _missing(path: Path) -> Reading:
    from extractors.read import failed_document
    from extractors.sources import is_address

    return Reading(failed_document(str(path), "missing", "URL" if is_address(path) else ""))


def _document_rows(frames: Mapping[str, pd.DataFrame]) -> list[Row]:
    """The rows of `documents`, each with how many commitments, activities and records it gave."""
    counts = {name: frames[name]["document_id"].value_counts().to_dict() for name in _RECOGNIZED}

    def count(document_id: str, *tables: str) -> int:
        return sum(int(counts[name].get(document_id, 0)) for name in tables)

    return [
        row
        | {name: count(row["document_id"], name) for name in ("commitments", "activities")}
        | {"records": count(row["document_id"], *_RECOGNIZED)}
        for row in _rows(frames["documents"])
    ]


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values; an absent one is None."""
    import pandas as pd

    return [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def _input_hashes(documents: pd.DataFrame) -> dict[str, object]:
    return dict(zip(documents["source"], documents["sha256"], strict=True))
