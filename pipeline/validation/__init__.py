"""Judging: every comparison that the records of a dataset allow. Findings are the failures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from pipeline.model import Check, Reading
from pipeline.validation.across_tables import xtable_objective_missing, xtable_responsible
from pipeline.validation.capture import capture, unclaimed_columns
from pipeline.validation.counts import count_vs_list
from pipeline.validation.cross_document import across_documents
from pipeline.validation.cross_table import sum_cross_table
from pipeline.validation.dates import date_delay, date_overdue_incomplete
from pipeline.validation.deadlines import date_published_late
from pipeline.validation.duplicates import duplicates
from pipeline.validation.entities import (
    acronym_undefined,
    entity_foreign,
    entity_name_variant,
)
from pipeline.validation.levels import status_mark_unplaced
from pipeline.validation.network import network
from pipeline.validation.percentages import percent_range, ratio_vs_percent
from pipeline.validation.periods import date_order, period_mismatch
from pipeline.validation.progress import (
    na_variant,
    na_vs_progress,
    percent_vs_level,
    percent_vs_narrative,
)
from pipeline.validation.required import required, required_partial_field
from pipeline.validation.sequences import sequence_gap
from pipeline.validation.settings import Settings, default_settings
from pipeline.validation.status import (
    scope_changed,
    status_rollup,
    status_vs_dates,
    status_vs_text,
)
from pipeline.validation.structure import (
    caption_duplicate,
    header_vs_content,
    index_vs_body,
    length_limit,
    sequence_parent_child,
)
from pipeline.validation.sums import sums
from pipeline.validation.timing import (
    date_implicit_year,
    date_milestone_order,
    date_next_steps_after_end,
    date_outside_period,
    date_stale_measurement,
    period_unit,
)

# A check sees one document; those below go by thresholds, too.
CHECKS: tuple[Callable[[Reading], Iterator[Check]], ...] = (
    sums,
    sum_cross_table,
    count_vs_list,
    sequence_gap,
    sequence_parent_child,
    caption_duplicate,
    index_vs_body,
    header_vs_content,
    percent_range,
    percent_vs_level,
    na_vs_progress,
    na_variant,
    date_order,
    date_overdue_incomplete,
    date_delay,
    date_milestone_order,
    date_next_steps_after_end,
    date_implicit_year,
    period_mismatch,
    period_unit,
    duplicates,
    entity_foreign,
    entity_name_variant,
    acronym_undefined,
    xtable_responsible,
    xtable_objective_missing,
    status_mark_unplaced,
    status_vs_text,
    status_vs_dates,
    status_rollup,
    scope_changed,
    required,
    required_partial_field,
    length_limit,
    capture,
    unclaimed_columns,
)
MEASURED: tuple[Callable[[Reading, Settings], Iterator[Check]], ...] = (
    network,
    ratio_vs_percent,
    percent_vs_narrative,
    date_outside_period,
    date_stale_measurement,
    date_published_late,
)


def validate(readings: Sequence[Reading], settings: Settings | None = None) -> list[Check]:
    """Every comparison performed, document by document, whatever order they came in.

    What `settings` (the program's own when None) switch off is not performed.
    """
    chosen = settings or default_settings()
    ordered = sorted(readings, key=lambda reading: reading.document.document_id)
    alone = [result for reading in ordered for result in _judge(reading, chosen)]
    profiles = {one.document.document_id: one for one in ordered}
    across = (
        kept
        for result in across_documents(ordered, chosen)
        for kept in _chosen(iter([result]), profiles[result.document_id], chosen)
    )
    return [*alone, *across]


def _judge(reading: Reading, settings: Settings) -> Iterator[Check]:
    for check in CHECKS:
        yield from _chosen(check(reading), reading, settings)
    for measured in MEASURED:
        yield from _chosen(measured(reading, settings), reading, settings)


def _chosen(results: Iterator[Check], reading: Reading, settings: Settings) -> Iterator[Check]:
    """The results that are not switched off, with the severities that were set."""
    for result in results:
        if not settings.is_off(result.check, reading.profile.name):
            severity = settings.severity.get(result.check)
            yield replace(result, severity=severity) if severity else result
