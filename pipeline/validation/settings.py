"""Thresholds, severities and checks switched off: settings.toml, and a file of the user's own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pipeline.model import Severity
from pipeline.validation.catalogue import load_catalogue

OWN = Path(__file__).with_name("settings.toml")
TABLES = frozenset({"thresholds", "severity", "off", "profiles"})


class SettingsError(ValueError):
    """A file of settings that cannot be used; the message names the entry and what it may be."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the checks go by. `off` and `rules` are by profile; `off[""]` holds for every document.

    `rules` are numbers of one family: paac_follow_up -> publication_working_days -> 10.
    """

    thresholds: Mapping[str, Decimal]
    severity: Mapping[str, Severity] = field(default_factory=dict)
    off: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rules: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)

    def threshold(self, name: str) -> Decimal:
        """A threshold by its name in settings.toml."""
        return self.thresholds[name]

    def rule(self, profile: str, name: str) -> Decimal | None:
        """A number of one family, or None where the family has none."""
        return self.rules.get(profile, {}).get(name)

    def is_off(self, check: str, profile: str) -> bool:
        """Whether a check is switched off for documents of a profile ("" is the generic path)."""
        patterns = (*self.off.get("", ()), *(self.off.get(profile, ()) if profile else ()))
        return any(fnmatchcase(check, pattern) for pattern in patterns)


@cache
def default_settings() -> Settings:
    """The settings that come with the program."""
    return _read(tomllib.loads(OWN.read_text(encoding="utf-8")), known=None)


def load_settings(path: Path | None = None) -> Settings:
    """The program's settings, with what `path` says put in their place; raises SettingsError."""
    own = default_settings()
    if path is None:
        return own
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise SettingsError(f"{path}: {fault}") from fault
    return _merge(own, _read(told, known=frozenset(own.thresholds)))


def describe_settings(settings: Settings) -> dict[str, Any]:
    """The settings as plain values, sorted, for the manifest of a version."""
    return {
        "thresholds": {
            name: str(settings.thresholds[name]) for name in sorted(settings.thresholds)
        },
        "severity": dict(sorted(settings.severity.items())),
        "off": {name: sorted(listed) for name, listed in sorted(settings.off.items()) if listed},
        "rules": {
            profile: {name: str(rules[name]) for name in sorted(rules)}
            for profile, rules in sorted(settings.rules.items())
            if rules
        },
    }


def _merge(own: Settings, told: Settings) -> Settings:
    profiles = {*own.rules, *told.rules}
    return Settings(
        {**own.thresholds, **told.thresholds},
        {**own.severity, **told.severity},
        {**own.off, **told.off},
        {name: {**own.rules.get(name, {}), **told.rules.get(name, {})} for name in profiles},
    )


def _read(told: Mapping[str, Any], known: frozenset[str] | None) -> Settings:
    """Checked entry by entry, so that a slip of the pen is told and not passed over."""
    for name, table in told.items():
        if name not in TABLES or not isinstance(table, dict):
            raise SettingsError(f"[{name}]: the tables are {', '.join(sorted(TABLES))}")
    profiles = told.get("profiles", {})
    if not all(isinstance(entry, dict) for entry in profiles.values()):
        raise SettingsError("[profiles]: one table a profile, such as [profiles.ogp_plan]")
    return Settings(
        {name: _number(name, value, known) for name, value in told.get("thresholds", {}).items()},
        {check: _severity(check, value) for check, value in told.get("severity", {}).items()},
        {
            **({"": _patterns("off", told["off"].get("checks", []))} if "off" in told else {}),
            **{n: _patterns(n, entry["off"]) for n, entry in profiles.items() if "off" in entry},
        },
        {
            name: {key: _number(key, value, None) for key, value in entry.items() if key != "off"}
            for name, entry in profiles.items()
        },
    )


def _number(name: str, value: object, known: frozenset[str] | None) -> Decimal:
    if known is not None and name not in known:
        raise SettingsError(f"thresholds.{name}: the thresholds are {', '.join(sorted(known))}")
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 10**6:
        raise SettingsError(f"{name}: a number from 0 to a million, not {value!r}")
    return Decimal(str(value))


def _severity(check: str, value: object) -> Severity:
    _known(check)
    for severity in get_args(Severity):
        if value == severity:
            told: Severity = severity
            return told
    raise SettingsError(f"severity.{check}: error, warning or info, not {value!r}")


def _patterns(where: str, listed: object) -> tuple[str, ...]:
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise SettingsError(f"{where}: a list of checks")
    for pattern in listed:
        _known(pattern)
    return tuple(listed)


def _known(pattern: str) -> None:
    if not any(fnmatchcase(check, pattern) for check in load_catalogue().checks):
        raise SettingsError(f"{pattern}: no check of the catalogue has this identifier")
