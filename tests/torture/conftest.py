"""What the tests of this folder share."""

import importlib
import sys
from types import ModuleType

import pytest


@pytest.fixture(scope="session", autouse=True)
def no_main_program():
    """A worker loads the supervisor's main program again; pytest's would take half a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        yield


@pytest.fixture
def passed(monkeypatch):
    """The suites, taken as passed: their seconds are spent in the tests that are about them."""
    publishing = importlib.import_module("pipeline.dataset.publish")
    monkeypatch.setattr(publishing, "_validated", lambda frames: {"suites": {}})
    monkeypatch.setattr("pipeline.validation.suites.preload", lambda: None)
