"""Work functions that misbehave as reports do: the name of the file says how."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipeline.engine.guards import address_space


class Stubborn(Exception):
    """Can be pickled, and not unpickled: such an exception breaks a pool that sends it."""

    def __init__(self, first, second):
        super().__init__(first)


def hang():
    time.sleep(600)


def hang_in_c():
    ctypes.PyDLL(None).sleep(600)  # holds the interpreter lock: no Python handler can run


def segfault():
    ctypes.string_at(0)


def leave():
    os._exit(0)


def leave_with_code():
    os._exit(3)


def leave_politely():
    sys.exit(1)


def kill_itself():
    os.kill(os.getpid(), signal.SIGKILL)


def raise_secret():
    raise ValueError("María Pérez, DUI 01234567-8")


def raise_stubborn():
    raise Stubborn("a", "b")


def fill_memory():
    return len(bytearray(2**40))


def connect():
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def look_up():
    socket.getaddrinfo("example.org", 80)


def return_unpicklable():
    return lambda: None


MISDEEDS = {
    function.__name__: function
    for function in (
        hang,
        hang_in_c,
        segfault,
        leave,
        leave_with_code,
        leave_politely,
        kill_itself,
        raise_secret,
        raise_stubborn,
        fill_memory,
        connect,
        look_up,
        return_unpicklable,
    )
}


def work(path: Path, source: str):
    """Misbehave as the name says, or answer the name in capitals."""
    if misdeed := MISDEEDS.get(source.partition("-")[0]):
        return misdeed()
    return source.upper()


def wait_for_release(path: Path, source: str):
    """The job "first" ends only after the job "release" has begun."""
    if source == "release":
        path.touch()
    while source == "first" and not path.exists():
        time.sleep(0.01)
    return source


def tell_process(path: Path, source: str):
    return os.getpid()


def tell_surroundings(path: Path, source: str):
    print("text of a report")
    Path(tempfile.gettempdir(), "leftover").write_text("x")
    return {
        "threads": os.environ["OPENBLAS_NUM_THREADS"],
        "hash": hash("cuadra"),
        "scratch": tempfile.gettempdir(),
    }


def start_program_and_hang(path: Path, source: str):
    child = subprocess.Popen(["sleep", "600"])
    path.write_text(f"{os.getpid()} {child.pid}")
    time.sleep(600)


def fill_slowly(path: Path, source: str):
    """Leave something behind in the process, so that a second document finds less memory."""
    KEPT.append(bytearray(300 * 2**20))
    return len(KEPT)


KEPT: list[bytearray] = []


def crash_if_used(path: Path, source: str):
    """Crash because of what an earlier document left behind."""
    KEPT.append(bytearray(1))
    if len(KEPT) > 1:
        segfault()
    return source


def import_everything(path: Path, source: str):
    import camelot
    import pandas
    import pdfplumber
    import spacy

    loaded = [camelot.__name__, pandas.__name__, pdfplumber.__name__]
    words = len(spacy.blank("es")("Compromiso número 1"))
    pandas.DataFrame({"texto": ["a"] * 1000})["texto"].str.upper()  # pyarrow allocates
    return loaded, words, address_space()


def count_as_named(path: Path) -> int:
    """The pages of a file that is named after what counting them does."""
    if path.name == "hang":
        time.sleep(600)
    if path.name == "fail":
        raise ValueError("no pages")
    return 1000 if path.name == "many" else 1


def work_while_few_pages_last(path: Path, source: str):
    """Take longer than a file of few pages may, unless its pages could not be counted."""
    time.sleep(0 if source == "fail" else 1.5)
    return source


def fail_loading():
    raise ImportError("not installed")


class LoadsNowhere:
    """Cannot be unpickled, like a function of a module that a worker does not have."""

    def __reduce__(self):
        return (fail_loading, ())


def crash_the_first_time(path: Path, source: str):
    """Die when it is read for the first time."""
    if source != "bad":
        time.sleep(0.2)
        return source
    with path.open("a") as file:
        file.write("x")
    if path.read_text() == "x":
        kill_itself()
    return source


def note_and_misbehave(path: Path, source: str):
    """Note the attempt, then do as the name says."""
    with path.open("a") as file:
        file.write(source + "\n")
    return work(path, source)
