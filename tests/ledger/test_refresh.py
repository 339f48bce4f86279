"""A refresh reads what is new, once, and tells what it left alone and what changed meanwhile."""

import os
import sqlite3
import sys
from pathlib import Path
from types import ModuleType

import pytest
import readers

from pipeline.engine import Limits
from pipeline.ledger.refresh import Reader, load_readings, refresh
from pipeline.ledger.store import LEDGER, open_ledger

SHORT = Limits(seconds=1, seconds_per_page=0)
READER = Reader(readers.read, readers.count_pages, readers.fail, largest=1_000)


@pytest.fixture(scope="module", autouse=True)
def no_main_program():
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        yield


class Archive:
    """A folder of files, a ledger beside it, and what the reader was given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = folder / "in"
        self.files.mkdir()

    def put(self, **files: str) -> None:
        for name, text in files.items():
            (self.files / name).write_text(text)

    def refresh(self, code="code", limits=SHORT):
        """The refresh, the readings by name, and the names that were read now."""
        (self.folder / "read").write_text("")
        with open_ledger(self.folder, code, limits.judging()) as ledger:
            paths = sorted(self.files.iterdir())
            quiet = {"workers": 1, "on_progress": lambda done, total, source: None}
            done = refresh(paths, ledger, READER, limits=limits, **quiet)
            readings = {
                Path(one.document.source).name: one.document
                for one in load_readings(done.results, ledger)
            }
        return done, readings, (self.folder / "read").read_text().split()


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path)


def test_only_what_is_new_is_read(archive):
    archive.put(a="one", b="two")
    first, readings, read = archive.refresh()
    assert (sorted(readings), sorted(read)) == (["a", "b"], ["a", "b"])
    archive.put(c="three")
    second, readings, read = archive.refresh()
    assert (sorted(readings), read) == (["a", "b", "c"], ["c"])
    assert (second.read, second.known) == (1, 2)
    third, _, read = archive.refresh()
    assert read == [] and third.key() == second.key() != first.key()


def test_a_new_name_or_a_new_time_reads_nothing(archive):
    archive.put(a="one", b="two")
    before = archive.refresh()[0]
    (archive.files / "a").rename(archive.files / "z")
    os.utime(archive.files / "b", (1, 1))
    after, readings, read = archive.refresh()
    assert read == [] and sorted(readings) == ["b", "z"]
    assert after.key() != before.key()  # the dataset tells names


def test_a_changed_file_is_read_even_with_its_old_size_and_time(archive):
    archive.put(a="one")
    before = (archive.files / "a").stat()
    archive.refresh()
    archive.put(a="two")
    os.utime(archive.files / "a", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert archive.refresh()[2] == ["a"]


def test_the_same_content_is_read_once_and_stands_under_every_name(archive):
    archive.put(a="same", b="same", c="same")
    done, readings, read = archive.refresh()
    assert read == ["a"] and done.duplicates == 2
    assert {name: Path(one.source).name for name, one in readings.items()} == {
        "a": "a", "b": "b", "c": "c",
    }  # fmt: skip


def test_another_program_reads_all_again(archive):
    archive.put(a="one")
    archive.refresh()
    assert archive.refresh(code="other")[2] == ["a"]


def test_other_limits_read_again_only_what_they_may_have_cut(archive):
    archive.put(a="one", b="partial")
    archive.refresh()
    assert archive.refresh(limits=Limits(seconds=2, seconds_per_page=0))[2] == ["b"]


@pytest.mark.parametrize(("misdeed", "error"), [("crash", "crashed"), ("hang", "timeout")])
def test_quarantine_lasts_until_limits_program_or_file_change(archive, misdeed, error):
    archive.put(bad=misdeed, good="one")
    done, readings, read = archive.refresh()
    assert read.count("bad") == 2 and readings["bad"].error == error
    assert done.quarantined == () and readings["good"].status == "ok"
    done, again, read = archive.refresh()
    assert read == [] and again == readings
    assert [Path(one).name for one in done.quarantined] == ["bad"]
    assert archive.refresh(limits=Limits(seconds=0.9, seconds_per_page=0))[2].count("bad") == 2
    archive.put(bad="now well")
    assert archive.refresh()[2] == ["bad"]


def test_what_is_forgotten_is_tried_again(archive):
    archive.put(bad="crash", good="one")
    archive.refresh()
    with open_ledger(archive.folder, "code", SHORT.judging()) as ledger:
        ledger.forget_quarantined()
    assert archive.refresh()[2] == ["bad", "bad"]


@pytest.mark.parametrize("text", ["unreadable", "scanned"])
def test_what_the_machine_may_have_caused_is_tried_each_time(archive, text):
    archive.put(a=text, b=text)
    assert archive.refresh()[2] == ["a"]
    done, readings, read = archive.refresh()
    assert read == ["a"] and len(readings) == 2 and done.duplicates == 1


def test_a_file_that_changes_or_vanishes_meanwhile_is_told_and_read_again(archive):
    archive.put(a="change", b="vanish", c="one")
    done, readings, _ = archive.refresh()
    assert [path.name for path in done.changed] == ["a"]
    assert [path.name for path in done.vanished] == ["b"]
    assert sorted(readings) == ["a", "b", "c"]
    done, readings, read = archive.refresh()
    assert read == ["a"] and sorted(readings) == ["a", "c"] and done.changed == ()


def test_the_twin_of_a_file_that_is_gone_is_not_lost(archive):
    archive.put(a="vanish", b="vanish", c="x" * 2_000, d="x" * 2_000)
    _, readings, read = archive.refresh()
    assert sorted(readings) == ["a", "b", "c", "d"]
    assert sorted(read) == ["a", "c", "d"]  # the large ones have no hash, so nobody knows a twin


def test_special_files_are_given_to_the_reader_and_wait_for_nobody(archive):
    os.mkfifo(archive.files / "pipe")
    (archive.files / "nowhere").symlink_to("gone")
    with open_ledger(None, "code", {}) as ledger:
        done = refresh(
            [archive.files / "nowhere"], ledger, READER, limits=SHORT, workers=1,
            on_progress=lambda done, total, source: None,
        )  # fmt: skip
        assert [one.error for one in done.results] == ["crashed"]  # this reader raises
    from pipeline.ledger.survey import survey_files

    with open_ledger(None, "code", {}) as ledger:
        (seen,) = survey_files([archive.files / "pipe"], ledger, 1_000)
    assert seen.sha256 == ""


@pytest.mark.parametrize("place", [0, 3_000])
def test_a_damaged_ledger_is_begun_anew(archive, place):
    archive.put(a="one", b="two " * 200)
    before = archive.refresh()[1]
    with (archive.folder / LEDGER).open("r+b") as file:
        file.seek(place)
        file.write(b"\xff" * 5_000)
    _, after, read = archive.refresh()
    assert after == before and set(read) <= {"a", "b"}
    assert archive.refresh()[2] == []


def test_a_damaged_reading_is_read_again(archive):
    archive.put(a="one", b="two")
    archive.refresh()
    with sqlite3.connect(archive.folder / LEDGER) as database:
        database.execute("UPDATE readings SET data = x'00' WHERE sha256 > ''")
    database.close()
    assert sorted(archive.refresh()[2]) == ["a", "b"]
