"""What a profile reads of a report and what it leaves, as tables for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.messages import say
from pipeline.profiling.suggest import tell_forms
from pipeline.profiling.survey import Column, Grid, Survey
from pipeline.report import clean_text

_COLUMNS = ("place", "header", "field", "by", "score", "forms")
_STYLES = {"": "yellow", "ignored": "dim", "profile": "green"}


def print_survey(console: Console, survey: Survey, lang: str) -> None:
    """Print one report: which family, its signs, its headers, what is required and lacks."""
    for line, style in _verdict(survey, lang):
        console.print(Text(clean_text(line), style=style), soft_wrap=True)
    if survey.grids:
        console.print(_headers(survey.grids, lang))
    for line, style in _remarks(survey, lang):
        console.print(Text(clean_text(line), style=style), soft_wrap=True)


def _verdict(survey: Survey, lang: str) -> Iterator[tuple[str, str]]:
    name, score = survey.profile.name, f"{survey.score:.2f}"
    source = survey.document.source
    if not name:
        yield say(lang, "profile.generic", source=source, score=score), "bold"
        return
    known = "profile.recognized" if survey.family else "profile.not_recognized"
    style = "bold" if survey.family else "bold red"
    yield say(lang, known, source=source, name=name, score=score), style
    if absent := [one for one in survey.signs if not one.seen]:
        told = ", ".join(f"{one.sign} ({one.weight:g})" for one in absent)
        yield say(lang, "profile.absent_signs", n=len(absent), signs=told), ""


def _headers(grids: Sequence[Grid], lang: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in _COLUMNS:
        told = say(lang, f"profile.{name}")
        table.add_column(told, justify="right" if name == "score" else "left", overflow="fold")
    for grid in grids:
        for at, column in enumerate(_shortened(grid.columns)):
            cells = _cells(grid if at == 0 else None, grid.reader, column, lang)
            style = _STYLES.get(column.by, "") if grid.reader else "dim"
            table.add_row(*(Text(clean_text(cell), style=style) for cell in cells))
    return table


def _shortened(columns: Sequence[Column]) -> Iterator[Column]:
    """The columns, those of a calendar as one."""
    months = [column for column in columns if column.by == "calendar"]
    for column in columns:
        if column.by != "calendar":
            yield column
        elif column is months[0]:
            names = dict.fromkeys((column.header, months[-1].header))
            yield replace(column, header=" … ".join(names), field="")


def _cells(first: Grid | None, reader: str, column: Column, lang: str) -> list[str]:
    place = _place(first, lang) if first is not None else ""
    by = column.by or "nobody"
    return [
        place,
        column.header,
        column.field,
        say(lang, f"profile.by_{by}" if reader else "profile.by_none"),
        "" if column.score is None else f"{column.score:.2f}",
        tell_forms(column, lang),
    ]


def _place(grid: Grid, lang: str) -> str:
    key, n = ("page", grid.page) if grid.page is not None else ("line", grid.line)
    where = say(lang, f"place.{key}", n=n)
    return f"{say(lang, 'tables.name', n=grid.number)}, {where}"


def _remarks(survey: Survey, lang: str) -> Iterator[tuple[str, str]]:
    kinds = sorted(kind for kind in survey.records if kind != "document")
    told = ", ".join(say(lang, f"profile.kind_{kind}", n=survey.records[kind]) for kind in kinds)
    yield say(lang, "profile.records", found=told or "0"), ""
    if left := _unclaimed(survey):
        yield say(lang, "profile.unclaimed", n=len(left), headers="; ".join(left)), "yellow"
    for lack in survey.lacks:
        words = {"entry": lack.entry, "missing": lack.missing, "total": lack.total}
        key = "profile.lacks" if lack.missing else "profile.has"
        yield say(lang, key, **words), "yellow" if lack.missing else ""


def _unclaimed(survey: Survey) -> list[str]:
    read = (grid for grid in survey.grids if grid.reader)
    return list(dict.fromkeys(one.header for grid in read for one in grid.columns if not one.by))
