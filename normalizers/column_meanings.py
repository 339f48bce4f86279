"""What the columns of one table mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from normalizers.columns import Claim
from normalizers.measures import Measure


@dataclass(frozen=True, slots=True)
class Columns:
    """Which field each column of a table means, and the columns nobody claims.

    Of a budget (`measures` and `labels` filled): what each column of amounts tells, which columns
    name the line, from the outermost, and which holds its code (-1: none). `period` is the column
    whose rows are parts of the year (-1: none): its measures are of the activity told before.
    """

    fields: Mapping[str, int]  # field -> column
    unclaimed: Mapping[str, int]  # printed header -> column
    measures: Mapping[int, Measure] = field(default_factory=dict)
    labels: tuple[int, ...] = ()
    code: int = -1
    period: int = -1
    claims: Mapping[int, Claim] = field(default_factory=dict)  # how sure each field is

    @property
    def is_ledger(self) -> bool:
        """Whether the table's rows are lines of a budget."""
        return bool(self.measures and self.labels)
