"""Report families: a TOML file each, and the folder is the registry."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from pipeline.model import Profile


@cache
def load_profiles() -> tuple[Profile, ...]:
    """Every declared family, by name."""
    return tuple(load_profile(path) for path in sorted(Path(__file__).parent.glob("*.toml")))


def load_profile(path: Path) -> Profile:
    """One family's declaration; an unknown key is a mistake and raises TypeError."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    data |= {name: tuple(data.get(name, ())) for name in ("ignore", "required")}
    return Profile(name=path.stem, **data)
