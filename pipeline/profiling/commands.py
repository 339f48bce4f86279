"""What `cuadra profile suggest` and `cuadra profile check` do; each gives its exit code."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.engine import Limits, Outcome
from pipeline.errors import describe
from pipeline.exports.commands import FAILED, NOT_WRITTEN, USAGE, Refused
from pipeline.messages import say
from pipeline.model import Profile
from pipeline.profiles import load_profile, load_profiles
from pipeline.profiling.lint import Fault, find_faults
from pipeline.profiling.reading import Surveyor, survey_files
from pipeline.profiling.suggest import write_profile
from pipeline.profiling.survey import Survey
from pipeline.profiling.tell import print_survey
from pipeline.report import clean_text, make_console

NOT_RECOGNIZED = 1


def suggest(path: Path, output: Path | None, limits: Limits, lang: str) -> int:
    """Write a profile drafted from a file. Raises Refused."""
    if output is not None and output.exists():
        raise Refused(USAGE, say(lang, "suggest.exists", path=output))
    survey = _survey_alone(path, limits, lang)
    text = write_profile(survey, _name(output or path), lang)
    if output is None:
        print(text, end="")
    else:
        _write(output, text, lang)
    if not survey.signs:
        print(say(lang, "suggest.no_signs_told"), file=sys.stderr)
    return 0


def _name(path: Path) -> str:
    return re.sub(r"[\W_]+", " ", path.stem).strip()


def _survey_alone(path: Path, limits: Limits, lang: str) -> Survey:
    """The file by the generic path: a draft that leans on no family. Raises Refused."""
    (outcome,) = survey_files([path], Surveyor(load_profiles(), propose=True), limits)
    if outcome.result is not None and outcome.result.document.status != "failed":
        _tell_partly(outcome.result, path, lang)
        return outcome.result
    code, detail = _why(outcome)
    raise Refused(USAGE if code == "missing" else FAILED, _told(path, code, detail, lang))


def _tell_partly(survey: Survey, path: Path, lang: str) -> None:
    document = survey.document
    if document.error:
        print(_told(path, document.error, document.error_detail, lang), file=sys.stderr)


def _why(outcome: Outcome[Survey]) -> tuple[str, str]:
    if outcome.result is None:
        return outcome.error, outcome.detail
    return outcome.result.document.error, outcome.result.document.error_detail


def _told(path: Path, code: str, detail: str, lang: str) -> str:
    return describe(code, lang, source=clean_text(path), detail=clean_text(detail))


def _write(output: Path, text: str, lang: str) -> None:
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        told = say(lang, "error.not_written", path=output, reason=reason)
        raise Refused(NOT_WRITTEN, told) from error


def check(paths: Sequence[Path], profile: Path | None, limits: Limits, lang: str) -> int:
    """Print what a profile reads of each file and leaves: the one named, else its family's.

    3 when a file could not be read, 1 when the profile named does not recognize one, else 0.
    Raises Refused.
    """
    profiles = (_load(profile, lang),) if profile is not None else load_profiles()
    surveyor = Surveyor(profiles, apply=profile is not None)
    console, codes = make_console(), {0}
    for outcome in survey_files(paths, surveyor, limits):
        survey, path = outcome.result, outcome.job.path
        if survey is None or survey.document.status == "failed":
            print(_told(path, *_why(outcome), lang), file=sys.stderr)
            codes.add(FAILED)
            continue
        _tell_partly(survey, path, lang)
        print_survey(console, survey, lang)
        codes.add(NOT_RECOGNIZED if profile is not None and not survey.family else 0)
    return max(codes)


def _load(path: Path, lang: str) -> Profile:
    try:
        faults = find_faults(path)
    except OSError as error:
        raise Refused(USAGE, f"{clean_text(path)}: {error.strerror}") from error
    if faults:
        told = "\n".join(f"- {tell_fault(fault, lang)}" for fault in faults)
        raise Refused(USAGE, f"{say(lang, 'lint.faults', path=clean_text(path))}\n{told}")
    return load_profile(path)


def tell_fault(fault: Fault, lang: str) -> str:
    """A fault of a profile in one sentence."""
    words = {name: clean_text(word) for name, word in fault.words.items()}
    return say(lang, f"lint.{fault.kind}", **words)
