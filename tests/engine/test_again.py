"""A process that dies costs its document a second try, alone; an exception costs nothing more."""

import sys
from types import ModuleType

import pytest
import toys

from pipeline.engine import Job, Limits, run_all

SHORT = Limits(seconds=1, seconds_per_page=0)


@pytest.fixture(scope="module", autouse=True)
def no_main_program():
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        yield


def test_what_died_once_is_read_the_second_time(tmp_path):
    jobs = [Job(tmp_path / "note", name) for name in ("bad", *"abcd")]
    done = []
    outcomes = list(
        run_all(jobs, toys.crash_the_first_time, limits=SHORT, workers=2, on_done=done.append)
    )
    assert [outcome.result for outcome in outcomes] == ["bad", *"abcd"]
    assert sorted(done) == sorted(["bad", *"abcd"])


@pytest.mark.parametrize(
    ("misdeed", "attempts", "error"),
    [
        ("segfault", 2, "crashed"),
        ("leave", 2, "crashed"),
        ("hang_in_c", 2, "timeout"),
        ("raise_secret", 1, "crashed"),
        ("leave_politely", 1, "crashed"),
        ("fill_memory", 1, "out_of_memory"),
    ],
)
def test_only_a_death_is_tried_again_and_only_once(tmp_path, misdeed, attempts, error):
    note = tmp_path / "note"
    (outcome,) = run_all([Job(note, misdeed)], toys.note_and_misbehave, limits=SHORT)
    assert (outcome.error, note.read_text().count(misdeed)) == (error, attempts)
