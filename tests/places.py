"""Where things lie that tests share."""

from pathlib import Path

SHARED_REPORTS = Path(__file__).resolve().parents[2] / "shared" / "reports"
