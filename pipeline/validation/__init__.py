"""Judging: every comparison that the records of a dataset allow. Findings are the failures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pipeline.model import Check, Reading
from pipeline.validation.capture import capture, unclaimed_columns
from pipeline.validation.counts import count_vs_list
from pipeline.validation.cross_table import sum_cross_table
from pipeline.validation.dates import date_delay, date_overdue_incomplete
from pipeline.validation.duplicates import duplicates
from pipeline.validation.levels import status_mark_unplaced
from pipeline.validation.percentages import percent_range, ratio_vs_percent
from pipeline.validation.periods import date_order, period_mismatch
from pipeline.validation.required import required
from pipeline.validation.sequences import sequence_gap
from pipeline.validation.sums import sums

CHECKS: tuple[Callable[[Reading], Iterator[Check]], ...] = (
    sums,
    sum_cross_table,
    count_vs_list,
    sequence_gap,
    percent_range,
    ratio_vs_percent,
    date_order,
    date_overdue_incomplete,
    date_delay,
    period_mismatch,
    duplicates,
    status_mark_unplaced,
    required,
    capture,
    unclaimed_columns,
)


def validate(readings: Sequence[Reading]) -> list[Check]:
    """Every comparison performed, document by document, whatever order they came in."""
    ordered = sorted(readings, key=lambda reading: reading.document.document_id)
    return [result for reading in ordered for check in CHECKS for result in check(reading)]
