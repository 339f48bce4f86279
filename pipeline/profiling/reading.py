"""Reports surveyed, each in a process that may be killed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.engine import Job, Limits, Outcome, run_all
from pipeline.model import Document, Profile, Reading, Record
from pipeline.profiling.survey import Lack, Survey

if TYPE_CHECKING:
    from pipeline.model import Extract

_TOLD = ("activity", "commitment")


@dataclass(frozen=True, slots=True)
class Surveyor:
    """What a worker does: read a report, and tell what its headers are taken for.

    The report is read by the family of `profiles` that it is of, else by the generic path; with
    `apply`, by the only profile there is, whether it recognizes the report or not. With `propose`,
    always by the generic path, and signs are proposed.
    """

    profiles: tuple[Profile, ...]
    apply: bool = False
    propose: bool = False

    def __call__(self, path: Path, source: str) -> Survey:
        """The survey of one report, small enough to leave a worker."""
        from extractors.extract import extract
        from extractors.read import read_document
        from pipeline.recognize import recognize

        document = read_document(path, source)
        if document.status == "failed":
            return Survey(document)
        found, score = recognize(document, self.profiles)
        profile = Profile() if self.propose else self.profiles[0] if self.apply else found
        survey = survey_document(document, extract(document), profile, propose=self.propose)
        slim = replace(document, pages=(), prose=(), tables=())
        return replace(survey, document=slim, score=score, family=found.name)


def survey_document(
    document: Document, extracted: Extract, profile: Profile, *, propose: bool
) -> Survey:
    """What a document's headers are taken for under a profile, and what comes of it."""
    from normalizers.metadata import read_metadata
    from normalizers.readers import choose_readers, understand_tables
    from normalizers.records import normalize
    from pipeline.profiling.signs import check_signs, propose_signs
    from pipeline.profiling.survey import survey_tables

    tables = understand_tables(document, extracted, profile)
    grids = survey_tables(tables, choose_readers(tables, profile), profile)
    told = read_metadata(document, extracted, profile).fields
    title, country = (str(told[n].value or "") if n in told else "" for n in ("title", "country"))
    records = normalize(document, extracted, profile)
    signs = propose_signs(document, title, grids) if propose else check_signs(document, profile)
    return Survey(
        document,
        profile,
        title=title,
        country=country,
        grids=grids,
        signs=signs,
        records=Counter(record.kind for record in records),
        filled=tuple(_filled(records)),
        lacks=tuple(_lacks(document, profile, records)),
    )


def _filled(records: Sequence[Record]) -> Iterator[str]:
    for kind in _TOLD:
        own = [record for record in records if record.kind == kind]
        names = own[0].fields if own else ()
        yield from (f"{kind}.{name}" for name in names
                    if all(record.get(name) not in (None, "") for record in own))  # fmt: skip


def _lacks(document: Document, profile: Profile, records: Sequence[Record]) -> Iterator[Lack]:
    from pipeline.validation.required import required

    for entry in profile.required:
        one = replace(profile, required=(entry,))
        verdicts = [
            check.verdict for check in required(Reading(document, one, 1.0, tuple(records)))
        ]
        yield Lack(entry, verdicts.count("fail"), len(verdicts))


def survey_files(
    paths: Sequence[Path], surveyor: Surveyor, limits: Limits
) -> Iterator[Outcome[Survey]]:
    """The survey of each file, or the error code of why there is none."""
    from extractors.sources import count_pages

    jobs = [Job(path, str(path)) for path in paths]
    return run_all(jobs, surveyor, limits=limits, count_pages=count_pages)
