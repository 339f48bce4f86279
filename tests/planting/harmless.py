"""Changes that are no faults: spellings, styles, over-achievement, early ends. Nothing may come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from variants.families import FAMILIES
from variants.trials import thin

from pipeline.run import read_reading
from planting.faults import BUDGET, FOLLOW, LEVELS, NATIONAL, PROGRESS, TOWN, follow_rows
from planting.reports import OF_PAGES, Edit, Finding, cell, come, judge, read_report

REPORTS = (NATIONAL, PROGRESS, LEVELS, TOWN, FOLLOW, BUDGET)
# Families whose variants damage the layout: what a reading repairs there is told, and truly.
DAMAGED = frozenset({"shifted", "shifted and cut off", "cut", "cut before a capital", "cut sheets",
                     "broken", "unbroken", "words", "swapped"})  # fmt: skip
TEXTS = (
    "La Ley N° 20.500 y el oficio 13-112 siguen vigentes.",
    "Se atendió al 80 % de las oficinas territoriales.",
    "En el periodo anterior la actividad presentaba un avance del 10%.",
    "Se espera un avance del 100 % al cierre de la vigencia.",
    "El radicado 2023-45-17 quedó en la Resolución 1.204 de 2021.",
    "El equipo llamó al 01 800 555 0142 antes del cierre.",
    "Participaron la Municipalidad vecina y el Comité II de cuenca.",
    "El 3er encuentro se hará en la sede XIV.",
)


@dataclass(frozen=True)
class Harmless:
    """A change of a report that must raise nothing."""

    report: str
    name: str
    edits: tuple[Edit, ...]


def harmless() -> Iterator[Harmless]:
    """Every harmless change of a declaration."""
    for row in follow_rows():
        name, text, percent = row["actividad"], row["descripcion"], row["avance"]
        unique = sum(name in one["actividad"] for one in follow_rows()) == 1
        if not unique or "¦" in text:
            continue
        if percent not in ("N/A",):
            added = TEXTS[len(name) % len(TEXTS)]
            edit = cell(FOLLOW, name, "descripcion", f"{text} {added}")
            yield Harmless(FOLLOW, f"{added[:30]} in {name[:20]}", (edit,))
        if percent == "100%" and re.fullmatch(r"\d\d/\d\d/\d{4}", row["fecha"]):
            edit = cell(FOLLOW, name, "fecha", "30/12/2023")
            yield Harmless(FOLLOW, f"early end: {name[:20]}", (edit,))
            edit = cell(FOLLOW, name, "avance", "100 %")
            yield Harmless(FOLLOW, f"a space before the sign: {name[:20]}", (edit,))
        if percent == "N/A":
            edit = cell(FOLLOW, name, "fecha", "31/01/2024")
            yield Harmless(FOLLOW, f"closes in January: {name[:20]}", (edit,))
        if percent == "100%" and "(" not in row["meta"]:
            edit = cell(FOLLOW, name, "dependencia", row["dependencia"].replace(" de ", " de la "))
            yield Harmless(FOLLOW, f"another spelling of an office: {name[:20]}", (edit,))
    yield from _styles()


def _styles() -> Iterator[Harmless]:
    for old, new in (("$1,000.00", "$ 1000.00"), ("$1,000.00", "US$ 1,000.00"),
                     ("$16,500.00", "$16500.00"), ("$300.00", "$ 300.00")):  # fmt: skip
        yield Harmless(TOWN, f"{old} as {new}", (Edit(old, new),))
    for done, percent in (("seis (6)", "100%"), ("cuatro (4)", "100%"), ("una (1)", "25%")):
        first = cell(FOLLOW, "Producir piezas", "avance", percent)
        edit = Edit(first.old, first.new.replace("tres (3)", done))
        yield Harmless(FOLLOW, f"{done} of (4)", (edit,))
    for percent in ("66%", "67 %", "66,7%"):
        edit = cell(FOLLOW, "Monitorear la estrategia", "avance", percent)
        yield Harmless(FOLLOW, f"two of three as {percent}", (edit,))
    for end in ("Enero 2024", "Diciembre 2023", "31 de enero de 2024"):
        edit = Edit("Término: Enero 2024", f"Término: {end}")
        yield Harmless(PROGRESS, f"ends {end}", (edit,))
    for told in ("- Señalizar las salas en abril de 2024", "- Señalizar las salas cuanto antes"):
        yield Harmless(LEVELS, told, (Edit("- Señalizar las salas de consulta", told),))


def try_harmless(change: Harmless, form: str, folder: Path) -> list[Finding]:
    """What a harmless change raises, and should not."""
    before = judge([read_report(change.report, [], form, folder)])
    after = judge([read_report(change.report, change.edits, form, folder)])
    return _inconsistent(come(before, after))


def try_variants(report: str, most: int, folder: Path) -> Iterator[tuple[str, list[Finding]]]:
    """The variants of a clean report's text: (name, what each raises and should not)."""
    before = judge([read_report(report, [], "txt", folder)])
    text = (folder / f"{report}.txt").read_text(encoding="utf-8")
    for family in FAMILIES:
        if family.name not in DAMAGED:
            for name, changed in thin(family.make(text), most):
                data = changed if isinstance(changed, bytes) else changed.encode()
                path = folder / "variant.txt"
                path.write_bytes(data)
                after = judge([read_reading(path, path.name)])
                yield f"{report}: {family.name}: {name}", _new_checks(before, after)


def _new_checks(before: list[Finding], after: list[Finding]) -> list[Finding]:
    """A variant prints what is stated otherwise: findings are told apart by check and number."""
    left = [one.check for one in before]
    found = []
    for one in after:
        if one.check in left:
            left.remove(one.check)
        else:
            found.append(one)
    return _inconsistent(found)


def _inconsistent(found: list[Finding]) -> list[Finding]:
    return [one for one in found if one.check not in OF_PAGES]
