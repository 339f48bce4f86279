"""What a run has to read: only what the ledger does not hold; each content once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.engine import Job, Limits, Outcome, run_all
from pipeline.ledger.codec import encode_reading
from pipeline.ledger.store import PASSING, QUARANTINED, Kept, Ledger
from pipeline.ledger.survey import Seen, find_disturbed, mark_file, survey_files
from pipeline.model import Reading

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Reader:
    """How one file is read in a worker, and what becomes of one that a worker did not survive."""

    read: Callable[[Path, str], Kept]
    count_pages: Callable[[Path], int]
    fail: Callable[[Outcome[Kept], str], Reading]  # with the hash of the file, "" if unknown
    largest: int  # bytes of a file that is read at all


@dataclass(frozen=True, slots=True)
class Result:
    """A file and what was read of it: `lasting` in the ledger, else for this run only.

    `home` is the file that was read: it may be another one with the same content.
    """

    seen: Seen
    home: Seen
    digest: str
    error: str
    lasting: bool
    of_these_bytes: bool = True  # not of others that the file held when it was read


@dataclass(frozen=True, slots=True)
class Refresh:
    """The results in the order of the files; how they came about; what changed meanwhile."""

    results: tuple[Result, ...]
    read: int  # files that a worker was given
    known: int  # contents that the ledger held
    duplicates: int  # files with the content of another one
    quarantined: tuple[str, ...]  # sources left alone: they crashed or overran a limit before
    changed: tuple[Path, ...]
    vanished: tuple[Path, ...]

    def key(self, **told: object) -> str:
        """A hash of all that the published version follows from, with what else is `told`."""
        results = [(one.seen.source, one.digest) for one in self.results]
        content = json.dumps([results, told], sort_keys=True, default=str)
        return hashlib.sha256(content.encode("ascii")).hexdigest()


def refresh(
    paths: Sequence[Path],
    ledger: Ledger,
    reader: Reader,
    *,
    limits: Limits,
    workers: int | None,
    on_progress: Progress,
    on_reading: Callable[[], object] = lambda: None,
) -> Refresh:
    """Read what is new; `on_reading` is called once before the first file is given to a worker."""
    seen = survey_files(paths, ledger, reader.largest)
    ledger.commit()
    known = _known(seen, ledger)
    done = _Done(dict(known), {})
    todo = done.unread(seen)
    told = _count(len(seen), on_progress)
    for source in sorted({one.source for one in seen} - {one.source for one in todo}):
        told(source)
    if todo:
        on_reading()
    while todo:  # more than once only where a file changed that had the content of another one
        for result in _read(todo, ledger, reader, limits, workers, told):
            done.add(result)
        todo = done.unread(seen)
    held = {sha256 for sha256, one in known.items() if one.error in QUARANTINED}
    changed, vanished = find_disturbed(seen)
    return Refresh(
        tuple(replace(done.of(one), seen=one) for one in seen),
        read=len(done.by_source),
        known=len(known),
        duplicates=len(seen) - len(done.by_source) - len(known),
        quarantined=tuple(one.source for one in seen if one.sha256 in held),
        changed=changed,
        vanished=vanished,
    )


def load_readings(results: Sequence[Result], ledger: Ledger) -> Iterator[Reading]:
    """Every file's Reading under its own name; the same content is decoded once."""
    decoded: dict[str, Reading] = {}
    for one in results:
        if not one.lasting:
            reading = ledger.load_passing(one.home.source)
        else:
            reading = decoded.get(one.seen.sha256) or ledger.load(one.seen.sha256)
            decoded[one.seen.sha256] = reading
        document = replace(reading.document, source=one.seen.source)
        yield replace(reading, document=document)


def _known(seen: Sequence[Seen], ledger: Ledger) -> dict[str, Result]:
    """What the ledger holds, by the hash of the content."""
    known: dict[str, Result] = {}
    for one in seen:
        kept = ledger.find(one.sha256) if one.sha256 and one.sha256 not in known else None
        if kept is not None:
            known[one.sha256] = Result(one, one, kept.digest, kept.error, lasting=True)
    return known


@dataclass(frozen=True, slots=True)
class _Done:
    """The results so far, by the hash of the content, and by source of the files that were read."""

    by_content: dict[str, Result]
    by_source: dict[str, Result]

    def add(self, result: Result) -> None:
        self.by_source[result.seen.source] = result
        if result.of_these_bytes:
            self.by_content[result.seen.sha256] = result

    def of(self, seen: Seen) -> Result:
        return self.by_source.get(seen.source) or self.by_content[seen.sha256]

    def unread(self, seen: Sequence[Seen]) -> list[Seen]:
        """The files to read next: one a content, and each whose content is not known."""
        taken = {*self.by_content}
        todo = []
        for one in seen:
            if one.source not in self.by_source and one.sha256 not in taken:
                todo.append(one)
                taken |= {one.sha256} - {""}
        return todo


def _read(
    todo: Sequence[Seen],
    ledger: Ledger,
    reader: Reader,
    limits: Limits,
    workers: int | None,
    told: Callable[[str], None],
) -> Iterator[Result]:
    """Each file's result, as it comes; nothing of a document stays in memory."""
    outcomes = run_all(
        [Job(one.path, one.source) for one in todo],
        reader.read,
        limits=limits,
        workers=workers,
        on_done=told,
        count_pages=reader.count_pages,
    )
    for one, outcome in zip(todo, outcomes, strict=True):
        kept = outcome.result or _failed(outcome, one, reader)
        lasting = _may_last(kept, one)
        if lasting:
            ledger.keep(kept)
        else:
            ledger.pass_on(one.source, kept.data)
        same = kept.sha256 == one.sha256
        yield Result(one, one, kept.digest, kept.error, lasting, of_these_bytes=same)


def _failed(outcome: Outcome[Kept], seen: Seen, reader: Reader) -> Kept:
    reading = reader.fail(outcome, seen.sha256)
    document = reading.document
    return Kept(document.sha256, document.status, document.error, encode_reading(reading))


def _may_last(kept: Kept, seen: Seen) -> bool:
    """Whether these very bytes, unchanged since, gave a result that they will give again."""
    same = kept.sha256 == seen.sha256 and mark_file(seen.path) == seen.mark
    return same and kept.error not in PASSING


def _count(total: int, on_progress: Progress) -> Callable[[str], None]:
    done = 0

    def count(source: str) -> None:
        nonlocal done
        done += 1
        on_progress(done, total, source)

    on_progress(0, total, "")
    return count
