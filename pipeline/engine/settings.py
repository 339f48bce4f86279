"""Limits from where a user may set them: the command line, the environment, a TOML file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from pipeline.engine.jobs import Limits

PREFIX = "CUADRA_"
CONFIG = f"{PREFIX}CONFIG"
_LEAST: Mapping[str, float] = {  # of each setting; what is not here is none
    "seconds": 0.001,
    "seconds_per_page": 0,
    "pages_at_most": 1,
    "memory_bytes": 256 * 2**20,  # less does not hold the libraries
    "jobs_per_worker": 1,
    "workers": 0,
}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(|B|KiB|MiB|GiB|TiB)", re.IGNORECASE)
_UNITS = {"": 1, "b": 1, "kib": 2**10, "mib": 2**20, "gib": 2**30, "tib": 2**40}


class BadSetting(ValueError):
    """A setting that does not exist or cannot be so; `name` is as the user wrote it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def load_limits(
    asked: Mapping[str, object], environ: Mapping[str, str], config: Path | None = None
) -> Limits:
    """Limits by what is asked on the command line, else `CUADRA_<NAME>`, else TOML, else default.

    `config` (else the file that CUADRA_CONFIG names) holds a table `[limits]`. None in `asked` is
    not asked. Raises BadSetting, and OSError for a file that cannot be read.
    """
    named = config or (Path(environ[CONFIG]) if environ.get(CONFIG) else None)
    settings = _from_file(named) if named else {}
    settings |= _from_environment(environ)
    settings |= {name: value for name, value in asked.items() if value is not None}
    return Limits(**{name: _parse(name, value) for name, value in settings.items()})  # type: ignore[arg-type]


def _from_file(path: Path) -> dict[str, object]:
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadSetting(str(path)) from error
    limits = declared.pop("limits", {})
    unknown = [*declared, *(set(limits) - set(_LEAST))] if isinstance(limits, dict) else ["limits"]
    if unknown:
        raise BadSetting(f"{path}: {min(unknown)}")
    return dict(limits)


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    names = [field.name for field in fields(Limits)]
    return {name: environ[_variable(name)] for name in names if environ.get(_variable(name))}


def _variable(name: str) -> str:
    return PREFIX + name.upper()


def _parse(name: str, value: object) -> float:
    """A number not below the least; memory may have a unit: `2GiB`. Raises BadSetting."""
    match = _SIZE.fullmatch(str(value).strip())
    if match is None or isinstance(value, bool) or (match[2] and name != "memory_bytes"):
        raise BadSetting(name)
    number = float(match[1]) * _UNITS[match[2].lower()]
    if number < _LEAST[name]:
        raise BadSetting(name)
    return number if name.startswith("seconds") else int(number)
