"""The suites of Great Expectations: ours over the tables and the checks, and a user's own."""

from pipeline.validation.suites.library import preload
from pipeline.validation.suites.structural import (
    Outcome,
    checks_suite,
    structural_failures,
    validate_frames,
)

__all__ = ["Outcome", "checks_suite", "preload", "structural_failures", "validate_frames"]
