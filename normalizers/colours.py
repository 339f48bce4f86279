"""The colours of a semáforo: in words or signs, alone in a cell or explained in a legend."""

from __future__ import annotations

import re

from normalizers.text import fold, key, legible

LONGEST_LEGEND = 2_000

_COLOURS: dict[str, str] = {  # the colour's name -> how it is printed, folded
    "verde": "verdes?|\U0001f7e2|\U0001f7e9|\U0001f49a|✅|green",
    "amarillo": "amarill[oa]s?|\U0001f7e1|\U0001f7e8|⚠|ambar|yellow|amber",
    "naranja": "naranjas?|anaranjad[oa]s?|\U0001f7e0|\U0001f7e7|orange",
    "rojo": "roj[oa]s?|\U0001f534|\U0001f7e5|\U0001f6d1|red",
    "azul": "azul(?:es)?|\U0001f535|\U0001f7e6|blue",
    "gris": "gris(?:es)?|⚪|⬜|gr[ae]y",
    "negro": "negr[oa]s?|⚫|⬛|black",
}
_USUAL = {  # schema.md, codelist of completion
    "verde": "complete",
    "amarillo": "in_progress",
    "naranja": "in_progress",
    "rojo": "not_started",
}
_ANY = "|".join(f"(?P<{name}>{forms})" for name, forms in _COLOURS.items())
_ALONE = re.compile(
    rf"(?:(?:semaforo|color|estado|en)\s?:?\s?){{0,2}}(?:{_ANY})\ufe0f?"
    r"(?:\s?[(,-]?\s?[0-9]{1,3}(?:[.,][0-9]{1,2})?\s?%\)?)?"
)
_ENTRY = re.compile(
    rf"(?:{_ANY}|(?P<word>[^\W\d_][^\W\d_ ]{{2,20}}))\)?\s{{0,3}}[:=–—-]\s{{0,3}}"
    r"(?P<meaning>[^:=;.|•\n]{3,80})"
)


def read_colour(text: str) -> str | None:
    """The colour that a whole cell names or shows ("VERDE", "🟢", "Semáforo: rojo"), or None."""
    folded = " ".join(fold(legible(text[:200])).split()).strip(" .*()")
    match = _ALONE.fullmatch(folded) if len(folded) <= 40 else None
    return match.lastgroup if match else None


def usual_level(colour: str) -> str | None:
    """The level that a colour means in most reports; none for blue, grey and black."""
    return _USUAL.get(colour)


def read_entries(text: str) -> list[tuple[str, str]]:
    """The entries of a legend: a colour or the key of a word, and what it is said to mean."""
    folded = fold(legible(text[:LONGEST_LEGEND]))
    entries = []
    for match in _ENTRY.finditer(folded):
        name = key(match["word"]) if match["word"] else match.lastgroup or ""
        colour = next((one for one in _COLOURS if match[one]), name)
        entries.append((colour, match["meaning"].strip(" ,")))
    return entries
