"""Killed, out of space, several at once: the former version stands; the next run is the same."""

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from extent import LONG

from pipeline.dataset.history import is_whole, list_versions
from pipeline.dataset.versions import current_version
from pipeline.run import run

HERE = Path(__file__).parent
KILLS = 50 if LONG else 2
EVERY = 1 if LONG else 4  # which of the writes fail
TEXT = "Informe número {}\n\nAcción\tMeta\nReparar el camino\t{} km\n"


def start(source, output, go=""):
    command = [sys.executable, str(HERE / "refresher.py"), source, output, go]
    return subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True)


def finish(process):
    told, _ = process.communicate(timeout=300)
    return process.returncode, told.strip()


def put(folder, count):
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"{number}.txt").write_text(TEXT.format(number, number))


def refresh(folder, output, workers=1):
    return run([folder / "in"], output, workers=workers).version.name


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, passed):
    """An input of three reports; a dataset of the first of them; what an undisturbed run gives."""
    folder = tmp_path_factory.mktemp("disturbed")
    put(folder / "in", 1)
    refresh(folder, folder / "before")
    put(folder / "in", 3)
    began = time.monotonic()
    code, name = finish(start(folder / "in", folder / "whole"))
    assert code == 0
    return folder, name, time.monotonic() - began


def contents(folder):
    version = current_version(folder)
    return {path.name: path.read_bytes() for path in version.iterdir()}


def test_killed_at_any_moment(prepared, tmp_path):
    folder, name, seconds = prepared
    former = current_version(folder / "before").name
    chance = random.Random(6)
    for number in range(KILLS):
        output = tmp_path / str(number)
        shutil.copytree(folder / "before", output, symlinks=True)
        process = start(folder / "in", output)
        time.sleep(chance.uniform(0.3, 1.0) * seconds)
        process.send_signal(signal.SIGKILL)
        finish(process)
        assert current_version(output).name in {former, name}
        assert is_whole(current_version(output))
        assert refresh(folder, output, workers=1 + number % 3) == name
        assert contents(output) == contents(folder / "whole")
        left = {path.name for path in (output / "versions").iterdir()}
        assert left == {former, name}


class FailsOnce:
    """An audit hook that lets the n-th write fail: a file opened to write, a rename, a folder."""

    EVENTS = frozenset({"os.rename", "os.symlink", "os.mkdir", "os.utime", "sqlite3.connect"})

    def __init__(self):
        self.left = -1
        self.inside = ""
        sys.addaudithook(self)

    def arm(self, number, inside):
        self.left, self.inside = number, str(inside)

    def __call__(self, event, arguments):
        if self.left < 0 or not self.writes(event, arguments):
            return
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def writes(self, event, arguments):
        if not any(self.inside in str(one) for one in arguments):
            return False
        to_write = os.O_WRONLY | os.O_RDWR | os.O_CREAT
        return event in self.EVENTS or (event == "open" and bool(arguments[2] & to_write))


@pytest.fixture(scope="module")
def failing():
    hook = FailsOnce()
    yield hook
    hook.arm(-1, "")


def test_every_write_fails_once(prepared, tmp_path, failing):
    """The ledger knows all, so that what fails is the publication; then a run undisturbed."""
    folder, name, _ = prepared
    ready = tmp_path / "ready"
    shutil.copytree(folder / "before", ready, symlinks=True)
    shutil.copy(folder / "whole" / ".ledger.sqlite", ready)
    forget_runs(ready / ".ledger.sqlite")
    former, number, failed = current_version(ready).name, 0, 0
    while True:
        output = tmp_path / f"out-{number}"
        shutil.copytree(ready, output, symlinks=True)
        failing.arm(number, output)
        try:
            refresh(folder, output)
            done = failing.left >= 0
        except OSError as fault:
            done = False
            failed += 1
            assert fault.errno == errno.ENOSPC
        finally:
            failing.arm(-1, "")
        assert current_version(output).name in {former, name}
        assert is_whole(current_version(output))
        if done:
            break
        assert not (output / "versions" / ".building").exists()
        assert refresh(folder, output) == name
        assert contents(output) == contents(folder / "whole")
        shutil.rmtree(output)
        number += EVERY
    assert failed >= 10 // EVERY


def forget_runs(ledger):
    import sqlite3

    with sqlite3.connect(ledger) as database:
        database.execute("DELETE FROM runs")
    database.close()


def limit_files(size):
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("size", [1_000, 6_000, 20_000, 50_000] if LONG else [6_000])
def test_no_room_for_a_file(prepared, tmp_path, size):
    """Parquet is written by C++, the ledger by SQLite: their writes fail in the system itself."""
    folder, name, _ = prepared
    output = tmp_path / "out"
    shutil.copytree(folder / "before", output, symlinks=True)
    former = current_version(output).name
    command = [sys.executable, str(HERE / "refresher.py"), folder / "in", output]
    ended = subprocess.run(
        command, capture_output=True, check=False, preexec_fn=lambda: limit_files(size)
    )
    assert ended.returncode != 0 and b"OSError" in ended.stderr
    assert current_version(output).name == former and is_whole(current_version(output))
    assert refresh(folder, output) == name
    assert contents(output) == contents(folder / "whole")


@pytest.mark.parametrize("count", [2, 4, 8] if LONG else [4])
def test_of_several_at_once_one_publishes(prepared, tmp_path, count):
    folder, name, _ = prepared
    go = tmp_path / "go"
    processes = [start(folder / "in", tmp_path / "out", go) for _ in range(count)]
    time.sleep(prepared[2])
    go.touch()
    ended = [finish(process) for process in processes]
    assert [told for code, told in ended if code == 0] == [name]
    winner = next(p.pid for p, (code, _) in zip(processes, ended, strict=True) if code == 0)
    others = [told for code, told in ended if code == 5]
    assert len(others) == count - 1
    assert all(f"PID {winner}, " in told for told in others)
    assert [one.name for one in list_versions(tmp_path / "out")] == [name]


def test_the_same_bytes_by_any_number_of_workers(prepared, tmp_path):
    folder, name, _ = prepared
    assert refresh(folder, tmp_path / "out", workers=3) == name
    assert contents(tmp_path / "out") == contents(folder / "whole")
