"""A profile drafted from one report: TOML with its reasons as comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from normalizers.text import clean, key
from pipeline.messages import say
from pipeline.profiling.signs import name_family
from pipeline.profiling.sketch import WORDS, is_impersonal
from pipeline.profiling.survey import Column, Grid, Survey
from pipeline.report import clean_text

_DATED = re.compile(r"\d{4}|\d[/-]\d")
_BASIC = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_WIDTH = 100
_KNOWN = 2  # headers by which a table that nobody reads is known to have some


def write_profile(survey: Survey, name: str, lang: str) -> str:
    """The TOML text of a profile of this name; what it says is for a person to look through."""
    parts = [
        _head(survey, lang),
        _lists(survey, lang),
        _title(name_family(survey.title) or name, lang),
        _signs(survey, lang),
        _columns(survey.grids, lang),
        _misprints(lang),
        _defaults(survey, lang),
    ]
    return "\n".join("\n".join(part) + "\n" for part in map(list, parts))


def _head(survey: Survey, lang: str) -> Iterator[str]:
    yield from comment(say(lang, "suggest.head"))
    if survey.family:
        told = say(lang, "suggest.known", name=survey.family, score=f"{survey.score:.2f}")
        yield from comment(told)


def _lists(survey: Survey, lang: str) -> Iterator[str]:
    yield from comment(say(lang, "suggest.ignore"))
    yield "ignore = []"
    yield ""
    yield from comment(say(lang, "suggest.required"))
    if survey.filled:
        yield from comment(say(lang, "suggest.filled", fields=", ".join(survey.filled)))
    yield "required = []"


def _title(title: str, lang: str) -> Iterator[str]:
    yield from comment(say(lang, "suggest.title"))
    yield "[title]"
    yield f"es = {quote(clean(title))}"
    yield f"en = {quote(clean(title))}  # {say(lang, 'suggest.translate')}"


def _signs(survey: Survey, lang: str) -> Iterator[str]:
    yield from comment(say(lang, "suggest.signs" if survey.signs else "suggest.no_signs"))
    yield "[signs]"
    yield from (
        f"{quote(one.sign)} = {one.weight:g}  # {clean_text(one.printed)}" for one in survey.signs
    )


def _columns(grids: Iterable[Grid], lang: str) -> Iterator[str]:
    tables = list(grids)
    told = partial(_told, lang=lang)
    yield from comment(say(lang, "suggest.columns"))
    yield "[columns]"
    for same in _by_name(_claimed(tables)).values():
        fields = sorted({column.field for column in same})
        yield from map(told, same[:1]) if len(fields) == 1 else _doubtful(same, fields, lang)
    for kind in ("budget", "calendar"):
        if own := _by_name(one for grid in tables for one in grid.columns if one.by == kind):
            yield from comment("\n" + say(lang, f"suggest.{kind}"))
            yield from map(_said, own.values())
    if own := _by_name(_left(tables)):
        yield from comment("\n" + say(lang, "suggest.unclaimed"))
        yield from (_unclaimed(same[0], lang) for same in own.values())


def _claimed(grids: Iterable[Grid]) -> Iterator[Column]:
    read = (grid for grid in grids if grid.reader)
    return (one for grid in read for one in grid.columns if one.by in ("profile", "lexicon"))


def _left(grids: list[Grid]) -> Iterator[Column]:
    """What nobody claims, and the headers of tables that no reader takes where some are known."""
    taken = {key(one.name) for one in _claimed(grids)}
    for grid in grids:
        known = grid.reader or sum(bool(one.field) for one in grid.columns) >= _KNOWN
        for one in grid.columns if known else ():
            left = not one.by or (not grid.reader and one.field)
            if left and key(one.name) not in taken and is_impersonal(one.header):
                yield one


def _by_name(columns: Iterable[Column]) -> Mapping[str, list[Column]]:
    """Columns by the name that decides, in order; the same name may stand in several tables."""
    named: dict[str, list[Column]] = {}
    for one in columns:
        named.setdefault(key(one.name) or one.name, []).append(one)
    return named


def _told(column: Column, lang: str) -> str:
    line = f"{quote(column.name)} = {quote(column.field)}"
    score = f"  # {column.score:.2f}" if column.score is not None else ""
    if _DATED.search(column.name):
        return f"# {line}{score or '  #'} {say(lang, 'suggest.dated')}"
    return line + score


def _doubtful(same: list[Column], fields: list[str], lang: str) -> Iterator[str]:
    told = say(lang, "suggest.doubtful", fields=", ".join(fields))
    yield f"# {quote(same[0].name)} = {quote(fields[0])}  # {told}"


def _said(same: list[Column]) -> str:
    score = f" ({same[0].score:.2f})" if same[0].score is not None else ""
    return f"#   {quote(same[0].header)}: {same[0].field}{score}"


def _unclaimed(column: Column, lang: str) -> str:
    told = tell_forms(column, lang)
    if column.header != column.name:
        told += f" · ignore: {quote(column.header)}"
    return f'# {quote(column.name)} = ""  # {told}'


def tell_forms(column: Column, lang: str) -> str:
    """What a column's cells look like, as a person reads it."""
    return " · ".join(_form(form, lang) for form in column.forms) or say(lang, "suggest.blank")


def _form(form: str, lang: str) -> str:
    count, marked, _ = form.partition(f" {WORDS}")
    one = 1 if count == "1" else None
    return say(lang, "suggest.words", n=one, count=count) if marked else form


def _misprints(lang: str) -> Iterator[str]:
    yield from comment(say(lang, "suggest.misprints"))
    yield "[misprints]"


def _defaults(survey: Survey, lang: str) -> Iterator[str]:
    yield from comment(say(lang, "suggest.defaults"))
    yield f"# [defaults]\n# country = {quote(survey.country or 'CO')}"


def comment(text: str) -> Iterator[str]:
    """Lines of a comment, broken between words; an empty line stays one."""
    for paragraph in text.split("\n"):
        line = "#"
        for word in clean_text(paragraph).split():
            if len(line) + len(word) >= _WIDTH:
                yield line
                line = "#"
            line += f" {word}"
        yield line if len(line) > 1 else ""


def quote(text: str) -> str:
    """A TOML string: literal where the text has a backslash and allows it, else basic."""
    if "\\" in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    escaped = "".join(_BASIC.get(char, char) for char in text)
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda c: f"\\u{ord(c[0]):04x}", escaped) + '"'
