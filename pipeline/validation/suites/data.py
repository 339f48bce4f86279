"""The data suites: one a check that was performed; what breaks one is a finding."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from pipeline.dataset.rules import Frames
from pipeline.validation.suites.library import Work

GRAVITY = ("info", "warning", "error")  # from the lightest to the gravest
SETTLED = "settled"  # the verdict; null where there was none to give


def check_works(frames: Frames) -> Iterator[tuple[Work, str]]:
    """A suite for each check in `checks`, and how grave its findings are ("": all dismissed).

    Comparisons that could not be made have no value, so a check without any other is blank.
    """
    severities = _severities(frames["findings"])
    for check, rows in frames["checks"].groupby("check", sort=True):
        verdict = rows["verdict"].astype("object")
        frame = pd.DataFrame(
            {
                "check_id": rows["check_id"].astype("object"),
                SETTLED: verdict.where(verdict != "not_checkable", None),
            }
        )
        rule = ("ExpectColumnValuesToBeInSet", {"column": SETTLED, "value_set": ["pass"]})
        yield (
            Work("checks", frame, ("check_id",), [rule], str(check)),
            severities.get(str(check), ""),
        )


def _severities(findings: pd.DataFrame) -> dict[str, str]:
    """The gravest severity of each check's findings that nobody dismissed."""
    standing = findings[findings["decision"] != "dismissed"]
    grave: dict[str, str] = {}
    for check, severity in zip(standing["check"], standing["severity"], strict=True):
        if severity in GRAVITY:
            grave[check] = max(grave.get(check, GRAVITY[0]), severity, key=GRAVITY.index)
    return grave
