"""What every test gets: no network, deterministic examples, the shared reports if any."""

import socket
from pathlib import Path

import pytest
from hypothesis import settings
from places import SHARED_REPORTS

settings.register_profile("cuadra", derandomize=True, deadline=None, database=None)
settings.load_profile("cuadra")


def _refuse_network(method):
    def guarded(self: socket.socket, address):
        if self.family != socket.AF_UNIX:
            raise RuntimeError(f"a test tried to reach the network: {address!r}")
        return method(self, address)

    return guarded


# From here on, not in a fixture: what a library sends while it is imported is refused too.
socket.socket.connect = _refuse_network(socket.socket.connect)
socket.socket.connect_ex = _refuse_network(socket.socket.connect_ex)


@pytest.fixture(scope="session")
def shared_reports() -> Path:
    """The folder of real reports that may lie beside the project; never part of it."""
    if not SHARED_REPORTS.is_dir():
        pytest.skip(f"the real reports are not here: {SHARED_REPORTS}")
    return SHARED_REPORTS
