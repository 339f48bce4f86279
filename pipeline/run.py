"""The recipe: someone who reads this has read the program.

Documents are read alone, each in a process that may be killed; the dataset is judged and published
whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.engine import Limits, Outcome
from pipeline.ledger.codec import encode_reading
from pipeline.ledger.store import Kept, Ledger, open_ledger
from pipeline.model import Reading
from pipeline.summary import Summary, summarize, summarize_published, tell_work

if TYPE_CHECKING:
    import pandas as pd

    from extractors.sources import Found
    from pipeline.ledger.refresh import Refresh

Progress = Callable[[int, int, str], None]
_DEFAULT_LIMITS = Limits()


class NoReports(Exception):
    """Among the inputs there is no report at all; `missing` are those that do not exist."""

    def __init__(self, missing: tuple[Path, ...] = ()) -> None:
        super().__init__(missing)
        self.missing = missing


class NoLastRun(Exception):
    """There was no run whose inputs could be read again."""


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


def read_kept(path: Path, source: str) -> Kept:
    """One document's Reading as data: what leaves a worker, and what the ledger keeps."""
    reading = read_reading(path, source)
    document = reading.document
    return Kept(document.sha256, document.status, document.error, encode_reading(reading))


def run(
    inputs: Sequence[Path],
    output: Path,
    *,
    workers: int | None = None,
    limits: Limits = _DEFAULT_LIMITS,
    on_progress: Progress = lambda done, total, source: None,
) -> Summary:
    """Read what is new, judge and publish. Raises NoReports, DatasetError, OSError."""
    from extractors.sources import is_spooled
    from pipeline.dataset.diff import compare_versions
    from pipeline.dataset.versions import current_version, lock_dataset
    from pipeline.ledger.fingerprint import fingerprint_program

    found = _find(inputs)
    with lock_dataset(output), _ledger(output, limits) as ledger:
        before = current_version(output)
        ledger.note_inputs([path for path in inputs if not is_spooled(path)])
        fresh = _refresh(found, ledger, workers, limits, on_progress)
        told = {"limits": limits.judging(), "program": fingerprint_program()}
        key = fresh.key(missing=found.missing, **told)
        judged = summarize_published(output, ledger.published(key)) or _judge_published(
            found, fresh, ledger, output, told
        )
        ledger.note_published(key, judged.version.name if judged.version else "")
        current = current_version(output)
        changes = compare_versions(before, current) if current else {}
    return tell_work(replace(judged, changes=changes, **_unread(found)), fresh)


def check(
    inputs: Sequence[Path],
    *,
    workers: int | None = None,
    limits: Limits = _DEFAULT_LIMITS,
    on_progress: Progress = lambda done, total, source: None,
) -> Summary:
    """Read and judge; publish nothing. Raises NoReports."""
    found = _find(inputs)
    with _ledger(None, limits) as ledger:
        fresh = _refresh(found, ledger, workers, limits, on_progress)
        summary = summarize(_judge(found, fresh, ledger))
    return tell_work(replace(summary, **_unread(found)), fresh)


def retry(
    output: Path,
    *,
    workers: int | None = None,
    limits: Limits = _DEFAULT_LIMITS,
    on_progress: Progress = lambda done, total, source: None,
) -> Summary:
    """Run again on what the last run was given, quarantined documents too. Raises NoLastRun."""
    from pipeline.dataset.versions import lock_dataset

    if not (output / "versions").is_dir():
        raise NoLastRun
    with lock_dataset(output), _ledger(output, limits) as ledger:
        ledger.forget_quarantined()
        inputs = ledger.inputs()
    if not inputs:
        raise NoLastRun
    return run(inputs, output, workers=workers, limits=limits, on_progress=on_progress)


def _find(inputs: Sequence[Path]) -> Found:
    from extractors.sources import find_sources

    found = find_sources(inputs)
    if not found.paths:
        raise NoReports(found.missing)
    return found


def _unread(found: Found) -> dict[str, Any]:
    return {"missing": found.missing, "skipped": found.skipped}


def _ledger(output: Path | None, limits: Limits) -> AbstractContextManager[Ledger]:
    from pipeline.ledger.fingerprint import fingerprint_reading

    return open_ledger(output, fingerprint_reading(), limits.judging())


def _refresh(
    found: Found, ledger: Ledger, workers: int | None, limits: Limits, on_progress: Progress
) -> Refresh:
    """Read what the ledger does not hold; Great Expectations loads while workers read."""
    from extractors.sources import MAX_BYTES, count_pages
    from pipeline.ledger.refresh import Reader, refresh
    from pipeline.validation.suites import preload

    return refresh(
        found.paths,
        ledger,
        Reader(read_kept, count_pages, _failed, MAX_BYTES),
        limits=limits,
        workers=workers,
        on_progress=on_progress,
        on_reading=preload,
    )


def _judge(found: Found, fresh: Refresh, ledger: Ledger) -> dict[str, pd.DataFrame]:
    """Every document's records and checks as the frames of the dataset."""
    from pipeline.dataset.frames import build_frames
    from pipeline.ledger.refresh import load_readings
    from pipeline.validation import validate

    readings = [*load_readings(fresh.results, ledger), *map(_missing, found.missing)]
    return build_frames(readings, validate(_distinct(readings)))


def _judge_published(
    found: Found, fresh: Refresh, ledger: Ledger, output: Path, told: Mapping[str, object]
) -> Summary:
    from pipeline.dataset import publish

    frames = _judge(found, fresh, ledger)
    published = publish(
        frames,
        output,
        inputs=_input_hashes(frames["documents"]),
        code_version=version("cuadra"),
        configuration=told,
        locked=True,
    )
    return replace(summarize(frames), version=published)


def _distinct(readings: Sequence[Reading]) -> list[Reading]:
    """Each content once: the same bytes under two names are judged once."""
    return list({reading.document.document_id: reading for reading in reversed(readings)}.values())


def _failed(outcome: Outcome[Kept], sha256: str) -> Reading:
    """A document that a process did not survive is known by its bytes all the same."""
    from extractors.read import failed_document, hash_file

    job = outcome.job
    known = sha256 or hash_file(job.path)
    return Reading(failed_document(job.source, outcome.error, outcome.detail, known))


def _missing(path: Path) -> Reading:
    from extractors.read import failed_document
    from extractors.sources import is_address, name_source

    return Reading(failed_document(name_source(path), "address" if is_address(path) else "missing"))


def _input_hashes(documents: pd.DataFrame) -> dict[str, object]:
    return dict(zip(documents["source"], documents["sha256"], strict=True))
