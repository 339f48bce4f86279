"""What a document says of itself: title, institution, country, period, cut-off, publication."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from babel import Locale
from babel.numbers import get_territory_currencies

from normalizers.dates import Dates, edtf_bounds, find_dates, parse_dates
from normalizers.metadata_times import read_times
from normalizers.text import clean, fold
from pipeline.model import Block, Document, Extract, Profile, Refusal, Told, Value

_FIRST = 14  # how many of the first paragraphs may hold the title
_LONGEST = 200
_LABELLED = 80  # lines among which a label of the document itself may stand
_ROMAN = re.compile(r"[IVX]+|\([A-ZÁÉÍÓÚÑ]{2,6}\)")  # numerals, and acronyms in brackets
_DATES = frozenset({"period", "published_date", "cutoff_date"})
_TENDER = date(2020, 1, 1)  # which currency a country has is asked of a fixed day, not of today


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of the document's record, and other statements of them elsewhere in it."""

    fields: Mapping[str, Value]
    others: tuple[tuple[str, Value], ...]


@cache
def _lexicon() -> dict[str, dict[str, list[str]]]:
    text = Path(__file__).with_name("metadata.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def read_metadata(document: Document, extract: Extract, profile: Profile) -> Metadata:
    """Everything the document's record can say; fields that nothing states are left out."""
    fields: dict[str, Value] = {}
    for name, value in _labelled(document):
        fields.setdefault(name, value)
    fields |= {n: v for n, v in _headings(document, extract).items() if n not in fields}
    for name, value in read_times(document, _lexicon()["words"]["kinds"]).items():
        fields.setdefault(name, value)
    _add_country(fields, document, profile)
    _add_cutoff(fields, extract)
    others = _add_periods(fields, extract.told)
    if "period" in fields:
        start, end = edtf_bounds(str(fields["period"].value))
        block = fields["period"].block
        fields["period_start"] = Value(start, block, "derived", "first day")
        fields["period_end"] = Value(end, block, "derived", "last day")
    return Metadata(fields, (*others, *_captions(extract.told)))


def _labelled(document: Document) -> Iterator[tuple[str, Value]]:
    """Values beside a label: "Fecha de corte: 31 de agosto", in a line or in two cells."""
    for label, block in (*_lines(document), *_pairs(document)):
        for name, phrases in _lexicon()["labels"].items():
            rest = _after_label(label, phrases, colon=name in {"plan", "title"})
            value = _typed(name, rest, block) if rest else None
            if value is not None:
                yield name, value
                break


def _lines(document: Document) -> Iterable[tuple[str, Block]]:
    first = document.prose[:_LABELLED]
    return ((clean(line.text), line) for line in first if len(line.text) < _LONGEST)


def _pairs(document: Document) -> Iterator[tuple[str, Block]]:
    """Two cells of a row as one line: the label's text and the value's Block."""
    for table in document.tables[:3]:
        for row in table.rows[:8]:
            cells = [cell for cell in row if cell is not None and clean(cell.text)]
            if len(cells) == 2 and len(cells[1].text) < _LONGEST:
                yield f"{clean(cells[0].text).rstrip(':')}: {clean(cells[1].text)}", cells[1]


def _after_label(text: str, phrases: Sequence[str], *, colon: bool) -> str:
    """What follows a label at the beginning of the line, "" when none of the phrases does.

    A word that also begins sentences and titles is a label only before a colon.
    """
    folded = fold(text)
    for phrase in phrases:
        match = re.match(rf"{re.escape(fold(phrase))}\b\s*(?P<colon>[:=–-]?)\s*", folded)
        rest = text[match.end() :].strip() if match else ""
        if (
            match
            and rest
            and (match["colon"] or (not colon and rest[0].isalnum() and not rest[0].islower()))
        ):
            return rest
    return ""


def _typed(name: str, rest: str, block: Block) -> Value | None:
    if name == "institution":
        rest = re.sub(r"^\d{1,6}\W{1,3}", "", rest)  # "112 Instituto …": its code
        if re.search(r"\d", rest):
            return None
    if name not in _DATES:
        return Value(rest.rstrip("."), block, rule="metadata.label")
    dates = parse_dates(rest)
    if isinstance(dates, Refusal) or not dates.edtf:
        return None
    return Value(_as_edtf(dates), block, dates.state, dates.reason, "dates.parse_dates")


def _as_edtf(dates: Dates) -> str:
    return dates.edtf.split("|")[-1]


def _headings(document: Document, extract: Extract) -> dict[str, Value]:
    candidates = _first_texts(document, extract)
    found: dict[str, Value] = {}
    if title := _title(candidates):
        found["title"] = title
    if institution := _institution(candidates):
        found["institution"] = institution
    return found


def _first_texts(document: Document, extract: Extract) -> list[Block]:
    """The first paragraphs, and the first rows of one cell (a form's title), in reading order."""
    rows = [[c for c in row if c is not None and clean(c.text)]
            for table in document.tables[:1] for row in table.rows[:3]]  # fmt: skip
    lone = [row[0] for row in rows if len(row) == 1]
    texts = sorted([*extract.paragraphs[:_FIRST], *lone], key=lambda block: block.position)
    return [block for block in texts if len(clean(block.text)) <= _LONGEST][:_FIRST]


def _title(candidates: Sequence[Block]) -> Value | None:
    words = _lexicon()["words"]
    starts = "|".join(re.escape(fold(word)) for word in words["kinds"])
    ordinals = "|".join(re.escape(word) for word in words["ordinals"])
    pattern = re.compile(rf"(?:(?:{ordinals})\s+)?(?:{starts})\b")
    named = (block for block in candidates if pattern.match(fold(clean(block.text))))
    block = next(named, None) or next(filter(_may_be_title, candidates), None)
    if block is None:
        return None
    return Value(_calm(_undated(clean(block.text))), block, rule="metadata.title")


def _may_be_title(block: Block) -> bool:
    """Words, and no label with its value nor a row of figures."""
    text = clean(block.text)
    digits = sum(char.isdigit() for char in text)
    return len(text.split()) >= 3 and ":" not in text and digits * 5 < len(text)


def _undated(title: str) -> str:
    """A title without the date that follows it after a dash."""
    head, dash, tail = re.sub(r"\s+[–—-]\s+", "\x00", title).rpartition("\x00")
    if not dash or isinstance(parse_dates(tail), Refusal):
        return title
    return head.replace("\x00", " – ")


def _calm(title: str) -> str:
    """A title printed in capitals, with capitals only where a title has them."""
    if not title.isupper():
        return title
    small = _lexicon()["words"]["small"]
    words = (_calm_word(word, at, small) for at, word in enumerate(title.split()))
    return " ".join(words)


def _calm_word(word: str, at: int, small: Sequence[str]) -> str:
    if at and word.lower() in small:
        return word.lower()
    return word if _ROMAN.fullmatch(word) else word.capitalize()


def _institution(candidates: Sequence[Block]) -> Value | None:
    starts = "|".join(fold(word) for word in _lexicon()["words"]["institutions"])
    pattern = re.compile(rf"(?:{starts})\b(?!.*[.:;]$)")
    for block in candidates[:8]:
        text = clean(block.text).rpartition(": ")[2]
        if len(text) <= 90 and text[:1].isupper() and pattern.match(fold(text)):
            return Value(_calm(text), block, rule="metadata.institution")
    return None


def _add_country(fields: dict[str, Value], document: Document, profile: Profile) -> None:
    """The Spanish-speaking country named most often; the plan's code when it agrees."""
    named = _count_countries(document)
    code = max(named, key=lambda one: (len(named[one]), one), default="")
    if not code and "country" in profile.defaults:
        code = profile.defaults["country"]
        fields["country"] = Value(code, None, "inferred", f"profile {profile.name}")
    elif code:
        reason = f"named {len(named[code])} times"
        fields["country"] = Value(code, named[code][0], "inferred", reason)
    if plan := _plan_code(document, code):
        fields.setdefault("plan", plan)


def _count_countries(document: Document) -> dict[str, list[Block]]:
    pattern, codes = _country_names()
    cells = (cell for table in document.tables for cell in table.cells)
    named: dict[str, list[Block]] = {}
    for block in (*document.prose, *cells):
        text = clean(block.text)
        for match in pattern.finditer(fold(text)):
            if text[match.start()].isupper():  # "chile" is also a vegetable
                named.setdefault(codes[match[0]], []).append(block)
    return named


@cache
def _country_names() -> tuple[re.Pattern[str], dict[str, str]]:
    names = Locale("es").territories
    codes = {fold(names[code]): code for code in _lexicon()["countries"]["codes"]}
    return re.compile(rf"\b(?:{'|'.join(sorted(codes))})\b"), codes


def _plan_code(document: Document, country: str) -> Value | None:
    """A line that is only OGP's code of a plan: the first letters of the country and a number."""
    if not country:
        return None
    name = fold(Locale("es").territories[country])
    for line in document.prose[:60]:
        match = re.fullmatch(r"([a-z]{2,3})\s*(\d{1,2})", clean(line.text).lower())
        if match and name.startswith(match[1]):
            return Value(clean(line.text), line, rule="metadata.plan_code")
    return None


def country_currency(country: str) -> str | None:
    """The ISO 4217 code of what is legal tender in a country, None when there is no single one."""
    codes = get_territory_currencies(country, _TENDER, _TENDER) if country else []
    return str(codes[0]) if len(codes) == 1 or country in {"SV", "EC"} else None


def _add_cutoff(fields: dict[str, Value], extract: Extract) -> None:
    """Without a label, the date in the header of a column of progress, or in a report's title."""
    if "cutoff_date" in fields:
        return
    headers = [name for table in extract.tables for name in table.names if name is not None]
    progress = [h for h in headers if re.search(r"%|avance|cumplimiento", fold(clean(h.text)))]
    titles = [fields["title"].block] if "title" in fields and _of_progress(fields["title"]) else []
    for block in (*progress, *(one for one in titles if one is not None)):
        dates = [found for _, _, found in find_dates(clean(block.text))]
        if len(dates) == 1 and not isinstance(dates[0], Refusal):
            fields["cutoff_date"] = Value(_as_edtf(dates[0]), block, rule="dates.find_dates")
            return


def _of_progress(title: Value) -> bool:
    text = fold(str(title.value))
    return any(text.startswith(fold(word)) for word in _lexicon()["words"]["of_progress"])


def _add_periods(fields: dict[str, Value], told: Sequence[Told]) -> list[tuple[str, Value]]:
    """The plan's period: as labelled, else as first told; the other statements are kept beside."""
    title = fold(str(fields["title"].value)) if "title" in fields else ""
    values = [_period(one) for one in told if one.kind == "period" and _same_plan(one, title)]
    stated = [value for value in values if value is not None]
    if "period" not in fields and stated:
        fields["period"] = stated.pop(0)
    own = fields.get("period")
    return [("period", value) for value in stated if own and _overlap(own, value)]


def _overlap(one: Value, other: Value) -> bool:
    """Whether two periods share a day: one that shares none is of the plan before or after."""
    (a, b), (c, d) = edtf_bounds(str(one.value)), edtf_bounds(str(other.value))
    return bool(a and b and c and d and a <= d and c <= b)


def _same_plan(told: Told, title: str) -> bool:
    """Whether "Plan X 2020-2023" speaks of this document's plan: no word of X is foreign to it."""
    if "plan" not in told.fields:
        return True
    words = re.findall(r"[^\W\d_]{4,}", fold(told.fields["plan"].text))
    return all(word in title for word in words)


def _period(told: Told) -> Value | None:
    block = told.fields["period"]
    dates = parse_dates(block.text)
    return None if isinstance(dates, Refusal) else Value(
        dates.edtf, block, dates.state, dates.reason, "dates.parse_dates")  # fmt: skip


def _captions(told: Sequence[Told]) -> Iterator[tuple[str, Value]]:
    for one in told:
        if one.kind == "caption":
            number = one.fields["number"]
            yield f"caption:{one.fields['label'].text}", Value(int(number.text), number)
