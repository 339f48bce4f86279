"""Limits from the command line, the environment and a file, in that order."""

import pytest

from pipeline.engine import Limits
from pipeline.engine.settings import BadSetting, load_limits


def test_nothing_asked_is_the_default():
    assert load_limits({"seconds": None}, {}) == Limits()


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(tmp_path):
    config = tmp_path / "cuadra.toml"
    config.write_text("[limits]\nseconds = 5\nmemory_bytes = '1GiB'\nworkers = 3\n")
    environ = {"CUADRA_SECONDS": "6", "CUADRA_WORKERS": "4", "CUADRA_CONFIG": str(config)}
    assert load_limits({"seconds": 7.5}, environ) == Limits(7.5, memory_bytes=2**30, workers=4)
    assert load_limits({}, environ).seconds == 6
    assert load_limits({}, {}, config).seconds == 5


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"seconds": 0}, "seconds"),
        ({"memory_bytes": "1MiB"}, "memory_bytes"),
        ({"memory_bytes": "much"}, "memory_bytes"),
        ({"seconds": "3GiB"}, "seconds"),
        ({"jobs_per_worker": 0}, "jobs_per_worker"),
        ({"workers": -1}, "workers"),
        ({"seconds_per_page": "nan"}, "seconds_per_page"),
    ],
)
def test_what_cannot_be_is_refused_by_name(asked, name):
    with pytest.raises(BadSetting) as caught:
        load_limits(asked, {})
    assert caught.value.name == name


@pytest.mark.parametrize("text", ["[limits]\nsecond = 5\n", "limit = 3\n", "limits = 3\n", "[["])
def test_a_file_with_an_unknown_setting_is_refused(tmp_path, text):
    config = tmp_path / "cuadra.toml"
    config.write_text(text)
    with pytest.raises(BadSetting, match=r"cuadra\.toml"):
        load_limits({}, {}, config)
