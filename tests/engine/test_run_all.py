"""One bad document loses only itself, in order, with one worker or two."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
import toys

from pipeline.engine import EngineError, Job, Limits, run_all
from pipeline.engine.local import AHEAD

HERE = Path(__file__).parent
SHORT = Limits(seconds=1, seconds_per_page=0)
EXPECTED = {
    "hang": ("timeout", "1 s"),
    "hang_in_c": ("timeout", "1 s"),
    "segfault": ("crashed", "SIGSEGV"),
    "leave": ("crashed", "exit code 0"),
    "leave_with_code": ("crashed", "exit code 3"),
    "leave_politely": ("crashed", "SystemExit"),
    "kill_itself": ("crashed", "SIGKILL"),
    "raise_secret": ("crashed", "ValueError"),
    "raise_stubborn": ("crashed", "Stubborn"),
    "fill_memory": ("out_of_memory", ""),
    "connect": ("crashed", "NetworkRefused"),
    "look_up": ("crashed", "NetworkRefused"),
    "return_unpicklable": ("crashed", "AttributeError"),
}


def make_jobs(*names: str) -> list[Job]:
    return [Job(Path(__file__), name) for name in names]


def results(jobs, work, **options) -> list:
    outcomes = list(run_all(jobs, work, **{"limits": SHORT, **options}))
    assert [outcome.job for outcome in outcomes] == list(jobs)
    assert [outcome.error for outcome in outcomes if outcome.error] == []
    return [outcome.result for outcome in outcomes]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until_gone(pid: int) -> bool:
    for _ in range(200):
        if not is_alive(pid):
            return True
        time.sleep(0.05)
    return False


@pytest.fixture(scope="module", autouse=True)
def no_main_program():
    """A worker loads the supervisor's main program again; pytest's would take half a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        yield


@pytest.fixture(scope="module", params=[1, 2], ids=["one worker", "two workers"])
def outcomes(request):
    names = [name for bad in EXPECTED for name in (f"healthy {bad}", bad)]
    return list(run_all(make_jobs(*names), toys.work, limits=SHORT, workers=request.param))


def test_every_misdeed_has_an_expectation():
    assert set(EXPECTED) == set(toys.MISDEEDS)


def test_outcomes_come_in_the_order_of_the_jobs(outcomes):
    assert [outcome.job.source for outcome in outcomes[1::2]] == list(EXPECTED)


def test_healthy_documents_among_bad_ones_are_all_worked(outcomes):
    for outcome in outcomes[::2]:
        assert (outcome.result, outcome.error) == (outcome.job.source.upper(), "")


def test_bad_documents_fail_with_their_code_and_detail(outcomes):
    told = {o.job.source: (o.error, o.detail.partition(" at ")[0]) for o in outcomes[1::2]}
    assert told == EXPECTED
    assert {outcome.result for outcome in outcomes[1::2]} == {None}


def test_no_text_of_a_report_leaves_through_an_exception(outcomes):
    (secret,) = (outcome for outcome in outcomes if outcome.job.source == "raise_secret")
    assert "toys.py" in secret.detail
    assert "Pérez" not in repr(secret) and "01234567" not in repr(secret)


def test_no_worker_is_left(outcomes):
    assert multiprocessing.active_children() == []


def test_later_jobs_may_finish_first(tmp_path):
    jobs = [Job(tmp_path / "go", source) for source in ("first", "release")]
    done = []
    work = toys.wait_for_release
    assert results(jobs, work, workers=2, limits=Limits(), on_done=done.append) == [
        "first",
        "release",
    ]
    assert done == ["release", "first"]


def test_answers_held_for_an_earlier_document_are_bounded(tmp_path):
    sources = ["first", *(str(number) for number in range(2 * AHEAD - 2)), "release", *"abcdefgh"]
    jobs = [Job(tmp_path / "go", source) for source in sources]
    done = []
    work = toys.wait_for_release
    assert results(jobs, work, workers=2, limits=Limits(), on_done=done.append) == sources
    assert done.index("first") < 2 * AHEAD


def test_no_jobs_start_nothing():
    assert list(run_all([], toys.work)) == []


def test_few_jobs_start_no_more_workers_than_jobs():
    seen = []
    results(
        make_jobs("one"),
        toys.work,
        workers=8,
        on_done=lambda source: seen.append(len(multiprocessing.active_children())),
    )
    assert seen == [1]


def test_workers_are_used_again_and_replaced_after_some_jobs():
    jobs = make_jobs(*"abcdefgh")
    assert len(set(results(jobs, toys.tell_process, workers=1))) == 1
    replaced = results(jobs, toys.tell_process, workers=1, limits=Limits(jobs_per_worker=3))
    assert [replaced.count(pid) for pid in dict.fromkeys(replaced)] == [3, 3, 2]


def test_surroundings_are_the_same_for_every_worker_and_leave_no_trace(capfd, monkeypatch):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "7")
    limits = Limits(jobs_per_worker=1)
    first, second = results(make_jobs("a", "b"), toys.tell_surroundings, limits=limits, workers=1)
    assert first["threads"] == "1" and first["hash"] == second["hash"]
    assert first["scratch"] != second["scratch"]
    assert not Path(first["scratch"]).exists() and not Path(first["scratch"]).parent.exists()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "7"
    assert "report" not in "".join(capfd.readouterr())


def test_a_document_is_not_blamed_for_the_memory_that_others_kept():
    limits = Limits(memory_bytes=2**29)  # room for one of them, not for two
    assert results(make_jobs("a", "b", "c"), toys.fill_slowly, limits=limits, workers=1) == [1] * 3


def test_a_document_is_not_blamed_for_what_others_broke():
    assert results(make_jobs("a", "b", "c"), toys.crash_if_used, workers=1) == ["a", "b", "c"]


@pytest.fixture(scope="module")
def counted():
    """Documents by how their pages are counted, each with the error and detail that came of it."""
    jobs = [Job(Path(name), name) for name in ("few", "many", "hang", "fail")]
    limits = Limits(seconds=1, seconds_per_page=0.01)
    options = {"limits": limits, "workers": 4, "count_pages": toys.count_as_named}
    outcomes = run_all(jobs, toys.work_while_few_pages_last, **options)
    return {o.job.source: o.result or (o.error, o.detail) for o in outcomes}


def test_pages_lengthen_the_deadline(counted):
    assert counted["few"] == ("timeout", "1 s + 0.01 s/p.")
    assert counted["many"] == "many"


def test_counting_pages_is_guarded_too(counted):
    assert counted["hang"] == ("timeout", "1 s + 0.01 s/p.")
    assert counted["fail"] == "fail"


@pytest.mark.parametrize(("pages", "seconds"), [(0, 60), (10, 80), (-5, 60), (10**9, 4060)])
def test_a_deadline_by_pages_has_an_end(pages, seconds):
    assert Limits().deadline(pages) == seconds


def test_the_libraries_leave_a_document_half_of_the_memory():
    ((loaded, words, taken),) = results(make_jobs("a"), toys.import_everything, limits=Limits())
    assert (loaded, words) == (["camelot", "pandas", "pdfplumber"], 3)
    assert 0 < taken < Limits().memory_bytes / 2


def test_workers_that_cannot_load_the_program_are_our_fault():
    with pytest.raises(EngineError, match="cannot load the program"):
        list(run_all(make_jobs("a"), toys.work, count_pages=toys.LoadsNowhere()))


def test_a_program_that_a_worker_started_dies_with_it(tmp_path):
    note = tmp_path / "pid"
    (outcome,) = run_all([Job(note, "a")], toys.start_program_and_hang, limits=SHORT)
    assert outcome.error == "timeout"
    assert all(wait_until_gone(int(pid)) for pid in note.read_text().split())


def test_ctrl_c_stops_the_workers_and_goes_on_up():
    def interrupt(source):
        raise KeyboardInterrupt

    jobs = make_jobs("fine", "hang", "hang_in_c")
    with pytest.raises(KeyboardInterrupt):
        list(run_all(jobs, toys.work, workers=3, on_done=interrupt))
    assert multiprocessing.active_children() == []


def test_leaving_early_stops_the_workers():
    outcomes = run_all(make_jobs("fine", "hang"), toys.work, workers=2)
    assert next(outcomes).result == "FINE"
    outcomes.close()
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130)]
)
def test_workers_and_their_programs_die_with_the_supervisor(tmp_path, number, code):
    note = tmp_path / "pid"
    supervisor = subprocess.Popen([sys.executable, HERE / "supervisor.py", note])
    while not (note.exists() and note.read_text().count(" ") == 1):
        assert supervisor.poll() is None
        time.sleep(0.05)
    supervisor.send_signal(number)
    assert supervisor.wait(30) == code
    assert all(wait_until_gone(int(pid)) for pid in note.read_text().split())
