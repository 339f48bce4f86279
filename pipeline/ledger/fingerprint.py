"""What a result depends on beside the bytes of its file: the program and its libraries."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("extractors", "normalizers", "pipeline")
# What of `pipeline` a worker runs; the rest judges, publishes and tells.
READING = ("model.py", "recognize.py", "run.py", "profiles", "ledger/codec.py")
SUFFIXES = frozenset({".py", ".toml"})


def fingerprint_program() -> str:
    """A hash of all of the program and the versions of its libraries."""
    return _hash_parts([*_sources(PACKAGES), *_libraries()])


def fingerprint_reading() -> str:
    """A hash of the code that reads one document and the versions of its libraries."""
    names = ("extractors", "normalizers", *(f"pipeline/{name}" for name in READING))
    return _hash_parts([*_sources(names), *_libraries()])


def _sources(names: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    for name in names:
        place = ROOT / name
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        for file in files:
            if file.suffix in SUFFIXES:
                yield file.relative_to(ROOT).as_posix(), file.read_bytes()


def _libraries() -> Iterator[tuple[str, bytes]]:
    yield "python", f"{sys.version_info.major}.{sys.version_info.minor}".encode()
    for line in sorted(metadata.requires("cuadra") or ()):
        name = re.split(r"[^\w.-]", line, maxsplit=1)[0]
        yield name, metadata.version(name).encode()


def _hash_parts(parts: list[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, content in parts:
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:32]
