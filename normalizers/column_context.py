"""What a column shows of its own prints: day or month first, fractions, nil and decimals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from normalizers.conventions import decide_convention
from normalizers.dates import decide_day_first
from normalizers.percent import decide_fractions
from normalizers.values import Context
from pipeline.model import Table

_DATES = frozenset({"planned", "planned_start", "planned_end", "revised"})


def read_contexts(
    context: Context, table: Table, fields: Mapping[str, int]
) -> Mapping[str, Context]:
    """The context for the cells of each field (name -> column), evidence before the document's."""
    body = table.rows[table.header_rows :]
    texts = {
        name: [cell.text for row in body if (cell := row[column]) is not None]
        for name, column in fields.items()
    }
    return {name: _read_context(name, context, texts[name]) for name in fields}


def _read_context(name: str, context: Context, texts: Sequence[str]) -> Context:
    if name in _DATES:
        order = decide_day_first(texts)
        if order.evidence:
            dates = replace(context.dates, day_first=order.day_first, dotted=order.dotted)
            return replace(context, dates=dates)
    elif name == "percent_complete":
        return replace(context, fractions=decide_fractions(texts).fractions is True)
    elif name == "amount":
        shown = decide_convention(texts)
        mark = shown.decimal_mark or context.decimal_mark
        return replace(context, nil_dash=shown.nil_dash, decimal_mark=mark)
    return context
