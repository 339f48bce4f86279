"""Publishing: all or nothing, and the same bytes again."""

import hashlib
import importlib
import json
import subprocess
import sys

import pandas as pd
import pytest
from hand_made import make_reading

from pipeline.dataset.faults import DatasetLocked, NotPublished
from pipeline.dataset.frames import build_frames
from pipeline.dataset.publish import load_frames, publish
from pipeline.dataset.schema import SCHEMA
from pipeline.dataset.versions import current_version, lock_dataset

publishing = importlib.import_module("pipeline.dataset.publish")
TOLD = {"inputs": {"a\udcf1o.pdf": "ab"}, "code_version": "0.1.0", "configuration": {"ocr": "auto"}}


@pytest.fixture(scope="module")
def frames():
    return build_frames([make_reading()], [])


@pytest.fixture
def other_frames(frames):
    renamed = frames["documents"].assign(title=frames["documents"]["title"] + " II")
    return frames | {"documents": renamed}


@pytest.fixture
def passed(monkeypatch):
    """The suites, taken as passed: their seconds are spent in the tests that are about them."""
    monkeypatch.setattr(publishing, "_validated", lambda frames: {"suites": {}})


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_version_holds_every_table_and_its_descriptions(frames, tmp_path):
    version = publish(frames, tmp_path, **TOLD)
    expected = {f"{name}.parquet" for name in SCHEMA} | {f"{name}.csv" for name in SCHEMA}
    expected |= {"datapackage.json", "manifest.json", "validation.json"}
    assert set(contents(version.path)) == expected - {"cells.csv"}
    assert current_version(tmp_path) == version.path.resolve()
    assert (tmp_path / "current").is_symlink()


def test_the_same_input_gives_the_same_name_and_bytes(frames, tmp_path):
    one = publish(frames, tmp_path / "one", **TOLD)
    two = publish(build_frames([make_reading()], []), tmp_path / "two", **TOLD)
    again = publish(frames, tmp_path / "one", **TOLD)
    assert one.name == two.name == again.name
    assert contents(one.path) == contents(two.path)
    assert [path.name for path in (tmp_path / "one" / "versions").iterdir()] == [one.name]


def test_the_name_is_the_hash_of_the_manifest_and_that_has_all_hashes(frames, tmp_path, passed):
    version = publish(frames, tmp_path, **TOLD)
    files = contents(version.path)
    assert hashlib.sha256(files["manifest.json"]).hexdigest().startswith(version.name)
    manifest = json.loads(files.pop("manifest.json"))
    assert {name: told["sha256"] for name, told in manifest["files"].items()} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }
    assert manifest["rows"]["activities"] == 1
    assert manifest["inputs"] == {"a\udcf1o.pdf": "ab"}
    assert manifest["code_version"] == "0.1.0"


def test_code_version_and_configuration_are_part_of_the_name(frames, tmp_path, passed):
    names = {
        publish(frames, tmp_path, **TOLD | change).name
        for change in ({}, {"code_version": "0.2.0"}, {"configuration": {"ocr": "never"}})
    }
    assert len(names) == 3


def test_reads_back_as_it_was(frames, tmp_path, passed):
    version = publish(frames, tmp_path, **TOLD)
    for name, frame in load_frames(version.path).items():
        pd.testing.assert_frame_equal(frame, frames[name])
    told = pd.read_csv(tmp_path / "current" / "activities.csv")
    assert told["percent_complete"].tolist() == [72]


def test_the_descriptor_matches_the_files(frames, tmp_path, passed):
    version = publish(frames, tmp_path, **TOLD)
    package = json.loads((version.path / "datapackage.json").read_text(encoding="utf-8"))
    assert package["$schema"].endswith("/2.0/datapackage.json")
    for resource in package["resources"]:
        data = (version.path / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        if resource["format"] == "csv":
            header = data.decode("utf-8").split("\r\n", 1)[0].split(",")
            assert header == [field["name"] for field in resource["schema"]["fields"]]


def test_validation_results_say_what_was_not_evaluated_and_no_time(frames, tmp_path):
    version = publish(frames, tmp_path, **TOLD)
    text = (version.path / "validation.json").read_text(encoding="utf-8")
    suites = json.loads(text)["suites"]
    assert suites["activities"]["meta"]["evaluated"]
    assert not suites["budget_lines"]["meta"]["evaluated"]
    assert all(told["success"] for suite in suites.values() for told in suite["results"])
    assert not any(word in text for word in ("run_id", "load_time", "batch_id", "batch_markers"))


def test_a_broken_reference_publishes_nothing(frames, other_frames, tmp_path):
    before = publish(frames, tmp_path, **TOLD)
    broken = other_frames | {"commitments": frames["commitments"].head(0)}
    with pytest.raises(NotPublished, match=r"activities\(orphan:commitment_id\)") as caught:
        publish(broken, tmp_path, **TOLD)
    assert caught.value.exit_code == 4
    assert "fallo del programa" in caught.value.es
    assert current_version(tmp_path) == before.path.resolve()
    assert [path.name for path in (tmp_path / "versions").iterdir()] == [before.name]


def test_no_documents_publish_nothing(frames, tmp_path):
    empty = {name: frame.head(0) for name, frame in frames.items()}
    with pytest.raises(NotPublished, match="documents"):
        publish(empty, tmp_path, **TOLD)
    assert current_version(tmp_path) is None


@pytest.mark.parametrize("step", ["_write_version", "store_build", "point_to"])
def test_a_crash_before_the_flip_leaves_the_old_version(
    frames, other_frames, tmp_path, monkeypatch, passed, step
):
    before = publish(frames, tmp_path, **TOLD)
    real = getattr(publishing, step)

    def crash(*args):
        if step == "_write_version":
            real(*args)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(publishing, step, crash)
        with pytest.raises(KeyboardInterrupt):
            publish(other_frames, tmp_path, **TOLD)
    assert current_version(tmp_path) == before.path.resolve()
    pd.testing.assert_frame_equal(
        load_frames(tmp_path / "current")["documents"], frames["documents"]
    )
    after = publish(other_frames, tmp_path, **TOLD)
    assert current_version(tmp_path) == after.path.resolve()
    assert {path.name for path in (tmp_path / "versions").iterdir()} == {before.name, after.name}


def test_what_a_broken_run_left_is_cleaned(frames, tmp_path, passed):
    left = tmp_path / "versions" / ".building"
    left.mkdir(parents=True)
    (left / "half.parquet").write_bytes(b"PAR1")
    (tmp_path / ".current.next").symlink_to("nowhere")
    version = publish(frames, tmp_path, **TOLD)
    assert "half.parquet" not in contents(version.path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "current", "versions"]


def test_a_damaged_version_is_written_again(frames, tmp_path, passed):
    version = publish(frames, tmp_path, **TOLD)
    whole = contents(version.path)
    (version.path / "values.parquet").write_bytes(b"damaged")
    publish(frames, tmp_path, **TOLD)
    assert contents(version.path) == whole


def test_a_second_run_is_refused(frames, tmp_path, passed):
    with lock_dataset(tmp_path):
        with pytest.raises(DatasetLocked) as caught:
            publish(frames, tmp_path, **TOLD)
        assert publish(frames, tmp_path, locked=True, **TOLD).path.is_dir()
    assert caught.value.exit_code == 5
    assert str(tmp_path) in caught.value.en and str(tmp_path) in caught.value.es


def test_a_killed_process_leaves_no_lock(tmp_path):
    held = (
        "import os, sys; from pathlib import Path\n"
        "from pipeline.dataset.versions import lock_dataset\n"
        "with lock_dataset(Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    ended = subprocess.run([sys.executable, "-c", held, str(tmp_path)], check=False)
    assert ended.returncode == -9
    with lock_dataset(tmp_path):
        assert (tmp_path / ".lock").exists()
