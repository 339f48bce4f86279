"""Names: another municipality's, misspelt offices, initials that nobody spells out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from normalizers.names import lexicon, parse_names
from normalizers.offices import compare_offices
from normalizers.text import clean, fold
from pipeline.model import Block, Check, Reading, Record, Refusal
from pipeline.validation.comparing import compared, document_record, not_checkable
from pipeline.validation.narrative import sentences
from pipeline.validation.words import shorten

_NAME = (
    r"((?:[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+)"
    r"(?:\s(?:(?:de|del|la|las|los|el)\s){0,2}[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+){0,3})"
)
_PLACE = re.compile(
    rf"(?:[Mm]unicipio|[Mm]unicipalidad|[Aa]lcald[ií]a(?:\s[Mm]unicipal)?|[Aa]yuntamiento"
    rf"|MUNICIPIO|MUNICIPALIDAD|ALCALDÍA(?:\sMUNICIPAL)?)\s(?:de|DE)\s{_NAME}"
)
_TOGETHER = re.compile(
    r"\b(?:convenios?|hermanamiento|vecin[oa]s?|mancomunidad|asociacion|red\sde|junto\scon|como"
    r"|experiencias?|intercambio|visita|ejemplo|limita|colinda|procedente|modelo\sde)\b"
)
_ACRONYM = re.compile(r"[A-ZÑ]{3,8}")
FIELDS = ("description", "objective", "deliverable", "progress", "responsible", "results", "text",
          "support_internal", "title", "heading", "problem", "relevance", "ambition")  # fmt: skip


def _texts(reading: Reading) -> Iterator[tuple[Record, str, str]]:
    """(record, field, text) of everything that is told in words."""
    for record in reading.records:
        for field in FIELDS:
            value = record.fields.get(field)
            if value and isinstance(value.value, str) and value.state != "carried":
                yield record, field, value.value


def entity_foreign(reading: Reading) -> Iterator[Check]:
    """Every municipality named in a municipality's own document is that one."""
    owner = document_record(reading)
    match = _PLACE.search(clean(str(owner.get("institution") or "")))
    if match is None:
        return
    own = fold(match[1])
    passed = 0
    for record, field, text in _texts(reading):
        for sentence in sentences(text):
            for found in _PLACE.finditer(sentence):
                if _is_same_place(own, fold(found[1])):
                    passed += 1
                else:
                    yield _foreign(record, field, sentence, found[1], match[1])
    yield compared(
        "entity.foreign",
        owner,
        True,
        [owner.block("institution")],
        field="institution",
        stated=str(passed),
        expected=match[1],
    )


def _is_same_place(own: str, other: str) -> bool:
    """Cut short, with a word more, or a letter off: the same place."""
    if own.startswith(other) or other.startswith(own):
        return True
    return OSA.distance(own, other) <= max(1, len(own) // 6)


def _foreign(record: Record, field: str, sentence: str, name: str, own: str) -> Check:
    block = record.block(field)
    facts = {"field": field, "stated": name, "expected": own}
    if _TOGETHER.search(fold(sentence)):
        return not_checkable("entity.foreign", record, "named_together", [block], **facts)
    place = [block.with_text(shorten(sentence, 160))] if block else []
    words = {"quote": shorten(sentence, 160)}
    group = f"foreign:{fold(name)}"
    return compared("entity.foreign", record, False, place, words=words, group=group, **facts)


def entity_name_variant(reading: Reading) -> Iterator[Check]:
    """Each office is spelt as elsewhere; little words, plurals and cut ends do not count."""
    places: dict[str, Block | None] = {}
    times: Counter[str] = Counter()
    for record in reading.of("activity", "commitment"):
        for field in ("responsible", "lead_institution", "support_internal"):
            value = record.fields.get(field)
            if value and isinstance(value.value, str) and value.state == "reported":
                for name in _offices(value.value):
                    times[name] += 1
                    places.setdefault(name, value.block)
    names = sorted(times, key=lambda name: (-times[name], name))
    wrong = 0
    for at, name in enumerate(names):
        for usual in names[:at]:
            if times[usual] > times[name] and _is_misspelt(name, usual):
                wrong += 1
                yield _variant(reading, name, usual, places)
                break
    if len(names) > 1 and not wrong:
        stated = str(len(names))
        yield compared(
            "entity.name_variant", document_record(reading), True, field="responsible",
            stated=stated,
        )  # fmt: skip


def _offices(text: str) -> list[str]:
    names = parse_names(text)
    return [] if isinstance(names, Refusal) else [clean(name.text) for name in names]


def _is_misspelt(name: str, usual: str) -> bool:
    """One word with one slip inside it, all others equal: no plural, no end cut off."""
    words, others = fold(name).split(), fold(usual).split()
    if len(words) != len(others):
        return False
    differ = [(one, two) for one, two in zip(words, others, strict=True) if one != two]
    if len(differ) != 1:
        return False
    one, two = differ[0]
    likeness = compare_offices(name, usual)
    if not isinstance(likeness, Refusal) and likeness.score == 100 and len(one) != len(two):
        return False
    inside = one[:1] == two[:1] and one[-2:] == two[-2:]
    return min(len(one), len(two)) >= 7 and inside and OSA.distance(one, two) == 1


def _variant(reading: Reading, name: str, usual: str, places: dict[str, Block | None]) -> Check:
    return compared(
        "entity.name_variant",
        document_record(reading),
        False,
        [places[name], places[usual]],
        field="responsible",
        stated=shorten(name),
        expected=shorten(usual),
    )


def acronym_undefined(reading: Reading) -> Iterator[Check]:
    """Each office that is given by initials alone is spelt out somewhere in the document."""
    named: dict[str, Record] = {}
    for record in reading.of("activity", "commitment"):
        for name in _offices(str(record.get("responsible") or "")):
            if _ACRONYM.fullmatch(name) and fold(name) not in lexicon()["abbreviations"]:
                named.setdefault(name, record)
    if not named:
        return
    known = _spelt_out(reading, set(named))
    for acronym, record in named.items():
        yield compared(
            "acronym.undefined",
            record,
            acronym in known,
            [record.block("responsible")],
            field="responsible",
            stated=acronym,
            words={"text": acronym},
            group="" if acronym in known else "acronyms",
        )


def _spelt_out(reading: Reading, acronyms: set[str]) -> set[str]:
    """Initials in brackets after a name, before one in brackets, or in a list of initials."""
    owner = document_record(reading)
    own = "".join(
        word[0] for word in str(owner.get("institution") or "").split() if word[:1].isupper()
    )
    known = {one for one in acronyms if one == own or one == owner.get("institution")}
    texts = [text for _, _, text in _texts(reading)]
    texts += [cell.text for table in reading.document.tables for cell in table.cells]
    for acronym in acronyms - known:
        pattern = re.compile(
            rf"\w\s?\({acronym}\)|\b{acronym}\b\s?[(:–—-]\s?[A-ZÁÉÍÓÚÑ][a-záéíóúñ]|^\s*{acronym}\s*$",
            re.MULTILINE,
        )
        cells = {text.strip() for text in texts}
        hits = [text for text in texts if pattern.search(text)]
        is_listed = acronym in cells and any(text.strip() != acronym for text in hits)
        if is_listed or any(text.strip() != acronym for text in hits):
            known.add(acronym)
    return known
