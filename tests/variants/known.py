"""Variants that are not read as they should be yet, each with the reason: left out of the tests.

`python -m variants` tries them too. Take an entry out when what it names is mended.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class KnownGap:
    """Variants of a family that differ: patterns of the reports and of the variants' names."""

    family: str
    reports: str
    names: str
    reason: str


@dataclass(frozen=True)
class KnownWords:
    """Other words for a concept that are not understood."""

    place: str
    concept: str
    words: frozenset[str]
    reason: str


KNOWN_WORDS = (
    KnownWords(
        "column",
        "responsible",
        frozenset(
            {
                "Organismo responsable",
                "Entidad responsable",
                "Institución responsable",
                "Funcionario responsable",
            }
        ),
        "normalizers/records.py: in a table of activities, who leads or answers is the responsible",
    ),
    KnownWords(
        "label",
        "lead_institution",
        frozenset({"Dependencia responsable", "Órgano responsable"}),
        "normalizers/sheet.py: in a commitment's sheet, the office responsible leads it",
    ),
    KnownWords(
        "label",
        "percent",
        frozenset({"Nivel de avance", "Nivel de cumplimiento"}),
        "normalizers/sheet.py: claims a label without the shape of its value (45 %)",
    ),
    KnownWords(
        "column",
        "progress",
        frozenset({"Actividades desarrolladas"}),
        "normalizers/columns.py: its likeness and shape would win over 'Actividades a desarrollar'",
    ),
    KnownWords(
        "column",
        "planned_end",
        frozenset({"Fecha de conclusión"}),
        "normalizers/sheet.py: a sheet's end would take the place of its whole period",
    ),
    KnownWords(
        "column",
        "planned_end",
        frozenset({"Plazo"}),
        "normalizers/values.py: a single date under a period's name is read as its start too",
    ),
    KnownWords(
        "label",
        "description_of_commitment",
        frozenset({"Descripción"}),
        "normalizers/columns.py: a phrase cannot be told to count whole only",
    ),
    KnownWords(
        "column",
        "group_of_offices",
        frozenset({"RESPONSABLES Y APOYOS"}),
        "normalizers/records.py: a group's name is weighed against its columns' own",
    ),
    KnownWords(
        "sum",
        "subtotal",
        frozenset({"Suma parcial", "Total parcial"}),
        "extractors/tables/rows.py: total_word knows no partial sum",
    ),
    KnownWords(
        "sum",
        "grand_total",
        frozenset({"Gran total", "Monto total"}),
        "extractors/tables/rows.py: total_word wants the total's word first",
    ),
    KnownWords(
        "line",
        "commitment_count",
        frozenset(
            {"N° de compromisos", "Total compromisos", "Compromisos en total", "Compromisos"}
        ),
        "extractors/narrative.py: a declared count is 'total, número or cantidad de'",
    ),
)
KNOWN_GAPS = (
    KnownGap(
        "columns",
        "003",
        r"backwards|labels last|shuffled [134578]",
        "normalizers/plan.py: _add_total; extractors/tables/cuts.py: _join_labels, as in 004",
    ),
    KnownGap(
        "columns",
        "004",
        r"backwards|labels last|shuffled [1245678]",
        "extractors/tables/cuts.py: _join_labels joins only labels left of the first typed column",
    ),
    KnownGap(
        "shifted",
        "00[34]",
        r".*",
        "extractors/tables/align.py: cells side by side are parted for a fuller column",
    ),
    KnownGap(
        "shifted and cut off",
        "003",
        r".*",
        "extractors/tables/align.py: cells side by side are parted for a fuller column",
    ),
    KnownGap(
        "cut",
        "003",
        r"line 250, column 1",
        "extractors/tables/align.py: a label that goes on is taken for a merged row's lone cell",
    ),
    KnownGap(
        "cut",
        "004",
        r"line 69, .*",
        "extractors/tables/stitch.py: lone cells are aligned before the row above them is joined",
    ),
    KnownGap(
        "markup",
        "00[34]",
        r".*",
        "extractors/tables/header.py: _looks_like_names measures a name with its tags",
    ),
    KnownGap(
        "white space",
        "003",
        r"double spaces|no-break spaces",
        "normalizers/metadata.py: _count_countries looks for names in uncleaned text",
    ),
    KnownGap(
        "columns",
        "plan-integridad",
        r"backwards|first label last|labels last|shuffled [2348]",
        "normalizers/plan.py: _add_total looks for the amount right of the label only",
    ),
    KnownGap(
        "columns",
        "seguimiento",
        r"labels last",
        "extractors/tables/align.py: a lone cell is not seen as a merged row's in the first column",
    ),
    KnownGap(
        "shifted",
        "seguimiento",
        r".* by 3",
        "extractors/tables/align.py: a column that only the moved row reaches takes its shape",
    ),
    KnownGap(
        "cut",
        "seguimiento",
        r"line 47, .*",
        "extractors/tables/stitch.py: lone cells are aligned before the row above them is joined",
    ),
    KnownGap(
        "cut before a capital",
        "",
        r".*",
        "extractors/tables/cuts.py: what goes on is known by its lower case only",
    ),
    KnownGap(
        "markup",
        "plan-integridad",
        r"cells in \*\*",
        "extractors/tables/cuts.py: _starts_low takes tags off and leaves emphasis",
    ),
    KnownGap(
        "markup",
        "seguimiento",
        r"cells in \*\*",
        "extractors/tables/cuts.py: _starts_low takes tags off and leaves emphasis",
    ),
    KnownGap(
        "markup",
        "autoevaluacion|002",
        r"cells in <(p|p><b|td|br/)>",
        "normalizers/sheet.py: two values of one field are joined before their tags go: 'a ; b'",
    ),
)


def is_known(family: str, report: str, name: str) -> bool:
    """Whether a variant is known to differ."""
    return any(
        gap.family == family and re.match(gap.reports, report) and re.fullmatch(gap.names, name)
        for gap in KNOWN_GAPS
    )


def is_known_word(place: str, concept: str, word: str) -> bool:
    """Whether a word is known not to be understood."""
    return any(
        (gap.place, gap.concept) == (place, concept) and word in gap.words for gap in KNOWN_WORDS
    )
