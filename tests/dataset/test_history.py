"""Versions: listed, verified, rolled back to, pruned; and who holds the lock."""

import importlib
import json
import os
import subprocess
import sys

import pytest
from hand_made import make_reading

from pipeline.cli import run_cli
from pipeline.dataset.diff import compare_versions
from pipeline.dataset.faults import DatasetLocked, NoVersion, VersionDamaged
from pipeline.dataset.frames import build_frames
from pipeline.dataset.history import is_whole, list_versions, prune, roll_back, verify_version
from pipeline.dataset.publish import publish
from pipeline.dataset.versions import current_version, lock_dataset

publishing = importlib.import_module("pipeline.dataset.publish")


@pytest.fixture(autouse=True)
def passed(monkeypatch):
    monkeypatch.setattr(publishing, "_validated", lambda frames: {"suites": {}})


@pytest.fixture(scope="module")
def frames():
    return build_frames([make_reading()], [])


@pytest.fixture
def dataset(tmp_path, frames):
    """A dataset of three versions, the last one current."""
    for number, code in enumerate(("1", "2", "3")):
        version = publish(frames, tmp_path, inputs={}, code_version=code, configuration={})
        os.utime(version.path, (1_000 + number, 1_000 + number))
    return tmp_path


def names(dataset):
    return [one.name for one in list_versions(dataset)]


def codes(dataset):
    told = (json.loads((one.path / "manifest.json").read_text()) for one in list_versions(dataset))
    return [one["code_version"] for one in told]


def test_versions_are_listed_the_last_published_first(dataset):
    versions = list_versions(dataset)
    assert codes(dataset) == ["3", "2", "1"]
    assert [one.current for one in versions] == [True, False, False]
    assert versions[0].documents == 1 and versions[0].bytes > 1_000
    assert versions[0].published == "1970-01-01T00:16:42Z"
    assert list_versions(dataset / "nowhere") == []


def test_back_to_the_former_and_to_a_named_one(dataset):
    third, second, first = names(dataset)
    assert roll_back(dataset).name == second
    assert roll_back(dataset).name == first
    with pytest.raises(NoVersion):
        roll_back(dataset)
    assert roll_back(dataset, third[:6]).name == third
    assert current_version(dataset).name == third
    with pytest.raises(NoVersion):
        roll_back(dataset, "ffffffffffff")


def test_a_damaged_version_is_not_gone_back_to(dataset):
    third, second, _ = names(dataset)
    damaged = dataset / "versions" / second / "values.csv"
    damaged.write_bytes(damaged.read_bytes()[:-1])
    with pytest.raises(VersionDamaged, match=r"values\.csv"):
        roll_back(dataset)
    assert current_version(dataset).name == third


@pytest.mark.parametrize("file", ["manifest.json", "documents.parquet", "datapackage.json"])
def test_every_file_of_a_version_is_verified(dataset, file):
    version = list_versions(dataset)[0].path
    verify_version(version)
    (version / file).write_bytes(b"{}")
    assert not is_whole(version)
    (version / file).unlink()
    assert not is_whole(version)


def test_a_version_that_is_not_on_the_disk_as_written_is_not_published(
    dataset, frames, monkeypatch
):
    real = publishing.store_build

    def damage(build):
        version = real(build)
        (version / "documents.csv").write_bytes(b"")
        return version

    monkeypatch.setattr(publishing, "store_build", damage)
    before = current_version(dataset)
    with pytest.raises(VersionDamaged):
        publish(frames, dataset, inputs={}, code_version="4", configuration={})
    assert current_version(dataset) == before and is_whole(before)


def test_prune_keeps_the_current_and_the_last_others(dataset):
    third, second, first = names(dataset)
    roll_back(dataset, first)
    (dataset / "versions" / ".building").mkdir()
    (dataset / "versions" / ".removing-aa").mkdir()
    assert [one.name for one in prune(dataset, 1)] == [second]
    assert names(dataset) == [third, first]
    assert sorted(path.name for path in (dataset / "versions").iterdir()) == sorted([third, first])
    assert [one.name for one in prune(dataset, 0)] == [third]
    assert current_version(dataset).name == first


def test_the_lock_tells_who_holds_it_and_a_dead_one_holds_nothing(dataset):
    with lock_dataset(dataset):
        with pytest.raises(DatasetLocked, match=f"PID {os.getpid()}, "):
            roll_back(dataset)
        with pytest.raises(DatasetLocked):
            prune(dataset, 0)
    (dataset / ".lock").write_text('{"host": "elsewhere", "pid": 1}')
    with lock_dataset(dataset):
        pass
    (dataset / ".lock").write_text("[not a holder")
    with lock_dataset(dataset):
        pass


def test_another_process_is_told_by_its_number(dataset):
    hold = (
        "import sys; from pathlib import Path\n"
        "from pipeline.dataset.versions import lock_dataset\n"
        "with lock_dataset(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", hold, str(dataset)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(DatasetLocked, match=f"PID {holder.pid}, "), lock_dataset(dataset):
            pass
        holder.kill()
        holder.wait()
        with lock_dataset(dataset):
            pass


def test_the_commands_tell_and_end_with_their_codes(dataset, capsys):
    third, second, _ = names(dataset)
    at = ["--dataset", str(dataset)]
    assert run_cli(["versions", *at], "en") == 0
    assert f"{third}" in (told := capsys.readouterr().out) and told.count("(current)") == 1
    assert run_cli(["versions", *at, "--json"], "en") == 0
    assert [one["name"] for one in json.loads(capsys.readouterr().out)] == names(dataset)
    assert run_cli(["rollback", *at], "en") == 0
    assert capsys.readouterr().out == f"The current version is now {second}.\n"
    assert run_cli(["rollback", "nothing", *at], "es") == 2
    assert "No hay una versión nothing" in capsys.readouterr().err
    assert run_cli(["prune", "--keep", "0", *at], "es") == 0
    assert capsys.readouterr().out == "Se quitaron 2 versiones.\n"
    assert run_cli(["prune", "--dataset", str(dataset / "no")], "en") == 2
    assert run_cli(["retry", "--output", str(dataset / "no")], "en") == 2
    assert "There is no former run" in capsys.readouterr().err
    with lock_dataset(dataset):
        assert run_cli(["rollback", second, *at], "en") == 5
    assert not (dataset / "no").exists()


def test_what_is_new_changed_and_gone(dataset, frames, tmp_path):
    before = current_version(dataset)
    renamed = frames["documents"].assign(title="Other")
    activities = frames["activities"].head(0)
    other = publish(
        frames | {"documents": renamed, "activities": activities},
        tmp_path / "other", inputs={}, code_version="1", configuration={},
    ).path  # fmt: skip
    nothing = {"new": 0, "changed": 0, "gone": 0}
    changes = compare_versions(before, other)
    assert changes["documents"] == nothing | {"changed": 1}
    assert changes["records"] == nothing | {"gone": len(frames["activities"])}
    assert compare_versions(before, before)["records"] == nothing
    assert compare_versions(None, other)["documents"] == nothing | {"new": 1}
    (before / "documents.parquet").write_bytes(b"damaged")
    assert compare_versions(before, other)["documents"] == nothing | {"new": 1}
