"""What keeps a hostile report inside its worker: limits on memory, time, network and output."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
ENVIRONMENT = {
    "OMP_THREAD_LIMIT": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OPENCV_FOR_THREADS_NUM": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",  # its own reserves 1 GiB of address space
    "MALLOC_ARENA_MAX": "2",  # a thread's arena takes 64 MiB of address space
    "PYTHONHASHSEED": "0",  # sets in the same order in every worker
}
NETWORK_EVENTS = frozenset(
    f"socket.{event}"
    for event in (
        "connect",
        "bind",
        "sendto",
        "sendmsg",
        "getaddrinfo",
        "getnameinfo",
        "gethostbyname",
        "gethostbyaddr",
    )
)
_libc = ctypes.CDLL(None, use_errno=True)


class NetworkRefused(PermissionError):
    """A worker tried to use the network; reports are hostile, and no stage needs it."""


@contextmanager
def worker_environment() -> Iterator[None]:
    """Variables that workers must be born with: they count before a library is loaded."""
    before = {name: os.environ.get(name) for name in ENVIRONMENT}
    os.environ.update(ENVIRONMENT)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def guard_process(supervisor: int, memory_bytes: int) -> None:
    """Fence in this worker for the rest of its life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the supervisor decides when to stop
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the kernel kills, even inside C code
    die_with_parent()
    if os.getppid() != supervisor:  # it died before we asked to be told
        os._exit(1)
    leave_network()
    bind_programs()
    limit_memory(memory_bytes)
    silence_output()
    sys.addaudithook(_refuse_network)


def die_with_parent() -> None:
    """Ask the kernel to kill this process when the thread that started it ends (Linux only)."""
    if sys.platform == "linux":
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def leave_network() -> None:
    """Move to a network without any other machine, where the kernel lets us (Linux).

    What code in C opens never passes Python's audit; `_refuse_network` is what holds elsewhere.
    """
    if sys.platform == "linux" and _libc.unshare(CLONE_NEWNET) != 0:
        _libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def bind_programs() -> None:
    """Make every program that this worker starts (OCR, say) die with it."""
    start = subprocess.Popen.__init__

    def start_bound(self: Any, *args: Any, **options: Any) -> None:
        options.setdefault("preexec_fn", die_with_parent)
        start(self, *args, **options)

    subprocess.Popen.__init__ = start_bound  # type: ignore[method-assign]


def limit_memory(memory_bytes: int) -> None:
    """Cap the address space, and leave no core dump: it would hold the report."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    cap = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (cap, cap))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def silence_output() -> None:
    """Send what libraries print to nowhere: it may quote the report."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event in NETWORK_EVENTS:
        raise NetworkRefused(event)


@contextmanager
def scratch_folder(root: str) -> Iterator[None]:
    """A temporary folder for one document, removed after it."""
    with tempfile.TemporaryDirectory(dir=root, ignore_cleanup_errors=True) as folder:
        tempfile.tempdir = os.environ["TMPDIR"] = folder
        yield


def address_space() -> int:
    """Bytes of address space that this process takes now; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()
