"""What the tests of this folder share."""

import sys
from types import ModuleType

import pytest
import refresher


@pytest.fixture(scope="session", autouse=True)
def no_main_program():
    """A worker loads the supervisor's main program again; pytest's would take half a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        yield


@pytest.fixture(scope="module")
def passed():
    """Runs without the suites' seconds, and of a program that nobody edits meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        refresher.put_stand_ins(patch.setattr)
        yield
