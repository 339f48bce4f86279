"""Two-column sheets: labels and values of one activity or one commitment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from normalizers.building import Building, split_number
from normalizers.columns import claim, lexicon
from normalizers.levels import parse_level
from normalizers.shapes import value_shape
from normalizers.text import clean, key
from normalizers.values import Fields, read_field, read_text
from pipeline.model import Block, Kind, Profile, Record, Refusal, Repair, Table, Value, join_blocks

_PROMPTED = re.compile(
    r"\s*(?:<p>)?\s*(?:(?:<b>|\*\*)(?P<bold>.+?)(?:</b>|\*\*)\s*:?|(?P<plain>[^:<]{3,90}):)(?P<rest>.*)",
    re.S,
)
_PROMPT_LINES = 3  # lines of a narrow cell that a prompt may take
_MARK = re.compile(r"[xX✓✔☒☑■]")
_MARKED = re.compile(r"(?:^|[\s(\[])[xX✓✔☒☑■](?:$|[\s)\]])")
# Fields that only a commitment's sheet has: they tell it from an activity's.
_OF_COMMITMENT = frozenset({
    "lead_institution", "responsible_person", "responsible_position", "contact", "problem",
    "relevance", "ambition", "theme", "other_actors", "other_actors_government",
    "other_actors_society",
})  # fmt: skip
_OF_ACTIVITY = frozenset({
    "objective", "description", "deliverable", "verification", "resources", "responsible",
    "support_internal", "support_external", "planned", "planned_start", "planned_end", "revised",
    "duration_months", "percent_complete", "completion", "progress", "challenges", "next_steps",
    "amount", "number",
})  # fmt: skip
_ALSO_OF_COMMITMENT = frozenset({
    "axis", "description", "objective", "planned", "planned_start", "planned_end", "revised",
    "percent_complete", "completion", "results", "challenges", "next_steps", "verification",
    "additional_information",
})  # fmt: skip
_SEVERAL = frozenset({"contact"})  # an address and a telephone are two; else one value goes on
_PROMPTS = ("other_actors_government", "other_actors_society")


@dataclass(slots=True)
class Sheet:
    """A sheet taken apart: value cells by field, and what no field claims by its label."""

    cells: dict[str, list[tuple[str, Block]]] = field(default_factory=dict)  # (label, value)
    others: list[tuple[str, Block]] = field(default_factory=list)
    title: tuple[str, str, Block] | None = None  # number, title, where
    level: Value | None = None
    repairs: list[Repair] = field(default_factory=list)

    @property
    def of_commitment(self) -> bool:
        """Whether the sheet tells of a commitment rather than of one activity."""
        return self.title is not None or len(_OF_COMMITMENT & set(self.cells)) >= 2


def is_sheet(table: Table, profile: Profile) -> bool:
    """Whether the first column holds labels of the lexicon, one field each, beside values.

    Numbers beside most of them are pages: a table of contents.
    """
    wide = sum(len(_printed(row)) > 2 for row in table.rows)
    if table.shapes[1:2] == ("number",) or wide * 5 > len(table.rows):
        return False
    labels = [clean(row[0].text) for row in table.rows if row[0] is not None]
    fields = [found.field for text in labels if text and (found := claim(text, profile=profile))]
    return len(set(fields)) >= 3 and len(set(fields)) * 2 >= len(fields)


def read_sheet(building: Building, table: Table, profile: Profile) -> Record | None:
    """Add the sheet's record: a commitment, or an activity without one."""
    sheet = take_apart(table, profile)
    if not sheet.cells:
        return None
    if sheet.of_commitment and "responsible" in sheet.cells:
        sheet.cells.setdefault("lead_institution", sheet.cells.pop("responsible"))
    kind: Kind = "commitment" if sheet.of_commitment else "activity"
    known = _OF_COMMITMENT | _ALSO_OF_COMMITMENT if sheet.of_commitment else _OF_ACTIVITY
    fields, others = _fields(building, sheet, known)
    repairs = (*table.repairs, *sheet.repairs)
    known_record = _known(building, sheet)
    if known_record is None:
        return building.add(kind, fields, others=others, repairs=repairs)
    # The title was told in prose too: one commitment, with both places.
    merged = Record(
        "commitment", known_record.record_id, known_record.document_id,
        {**known_record.fields, **fields}, tuple(others), repairs,
    )  # fmt: skip
    building.replace(merged)
    return merged


def _known(building: Building, sheet: Sheet) -> Record | None:
    if sheet.title is None:
        return None
    number = sheet.title[0]
    return next((r for r in building.of("commitment") if r.get("number") == number), None)


def take_apart(table: Table, profile: Profile) -> Sheet:
    """The sheet's value cells by field; boxes of levels, prompts and titles understood."""
    sheet = Sheet()
    boxes: list[tuple[int, str, Block]] = []
    last = ""
    for row in table.rows[_first_row(table, profile) :]:
        if boxes and _is_mark(row):
            sheet.level = _marked(row, boxes, sheet)
            continue
        label, values = row[0], [cell for cell in row[1:] if cell is not None]
        found = _boxes(row)
        if found:
            boxes = found
            sheet.level = _ticked(boxes) or Value(None, boxes[0][2], "missing", "no box is ticked")
            continue
        last = _take_row(sheet, label, values, last, profile)
    return sheet


def _first_row(table: Table, profile: Profile) -> int:
    """A first row that states a field is no header ("Tema | Educación")."""
    first = table.rows[0][0]
    stated = first is not None and claim(first.text, profile=profile) is not None
    return 0 if stated else table.header_rows


def _take_row(
    sheet: Sheet, label: Block | None, values: Sequence[Block], last: str, profile: Profile
) -> str:
    """File one row; returns the label that a following row without one belongs to."""
    text = clean(label.text) if label else ""
    number, title = split_number(text) if key(text).startswith("compromiso") else ("", "")
    if number and label is not None and not _printed(values):
        sheet.title = (number, title, label)
        return ""
    if values and _take_prompt(sheet, values):
        return last
    text = text or last
    if text and values and not _is_ignored(text, profile):
        _file(sheet, text, join_blocks(tuple(values), "\n"), profile)
    return text


def _take_prompt(sheet: Sheet, values: Sequence[Block]) -> bool:
    """File a value cell that begins with a prompt of its own ("Gobierno").

    What follows is the value, in the same cell or in the next.
    """
    for prompt, rest in _prompts(values[0].text):
        # Only the whole phrase: a prompt that merely resembles one may be the value's first words.
        field = next((n for n in _PROMPTS if key(clean(prompt)) in lexicon()[n].phrases), None)
        if field is not None:
            value = join_blocks((values[0].with_text(rest), *values[1:]))
            sheet.cells.setdefault(field, []).append((clean(prompt), value))
            return True
    return False


def _prompts(text: str) -> Iterator[tuple[str, str]]:
    """(prompt, what follows) as a cell may part them: by emphasis, a colon, or its lines."""
    if match := _PROMPTED.match(text):
        yield match["bold"] or match["plain"], match["rest"]
    lines = text.split("\n")
    for size in range(1, min(_PROMPT_LINES, len(lines)) + 1):
        yield " ".join(lines[:size]), "\n".join(lines[size:])


def _is_ignored(label: str, profile: Profile) -> bool:
    return any(clean(label).casefold() == one.casefold() for one in profile.ignore)


def _file(sheet: Sheet, label: str, value: Block, profile: Profile) -> None:
    found = claim(label, value_shape(value.text), profile)
    name = _filed(sheet, label) or (found.field if found else "")
    if not name or (name == "completion" and len(clean(value.text)) > 60):
        sheet.others.append((label, value))
    else:
        sheet.cells.setdefault(name, []).append((label, value))


def _filed(sheet: Sheet, label: str) -> str:
    """The field of a label's earlier row: what goes on under it is of the same."""
    held = (n for n, cells in sheet.cells.items() if any(label == one for one, _ in cells))
    return next(held, "")


def _printed(cells: Iterable[Block | None]) -> list[Block]:
    return [cell for cell in cells if cell is not None and clean(cell.text)]


def _is_mark(row: Sequence[Block | None]) -> bool:
    cells = _printed(row)
    return len(cells) == 1 and _MARK.fullmatch(clean(cells[0].text)) is not None


def _boxes(row: Sequence[Block | None]) -> list[tuple[int, str, Block]]:
    """(column, level, cell) of a row that offers three levels or more to tick."""
    found: list[tuple[int, str, Block]] = []
    for column, cell in enumerate(row[1:], start=1):
        if cell is None or not clean(cell.text):
            continue
        level = parse_level(_MARKED.sub(" ", clean(cell.text)).strip())
        if isinstance(level, Refusal):
            return []
        found.append((column, level.value, cell))
    return found if len(found) >= 3 else []


def _ticked(boxes: Sequence[tuple[int, str, Block]]) -> Value | None:
    """The level of the one box that holds a mark beside its name."""
    ticked = [(level, cell) for _, level, cell in boxes if _MARKED.search(clean(cell.text))]
    if len(ticked) != 1:
        return None
    return Value(ticked[0][0], ticked[0][1], rule="sheet.ticked_box")


def _marked(
    row: Sequence[Block | None], boxes: Sequence[tuple[int, str, Block]], sheet: Sheet
) -> Value:
    """The level of the box above the mark; unplaced when it stands under none."""
    column = next(i for i, cell in enumerate(row) if cell is not None and clean(cell.text))
    mark = row[column]
    assert mark is not None
    above = [level for at, level, _ in boxes if at == column]
    if above:
        return Value(above[0], mark, rule="sheet.mark_under_box")
    printed = ", ".join(clean(cell.text) for _, _, cell in boxes)
    sheet.repairs.append(Repair("mark_unplaced", mark, {"field": "completion", "boxes": printed}))
    return Value(None, mark, "illegible", "a mark whose column is lost")


def _fields(
    building: Building, sheet: Sheet, known: frozenset[str]
) -> tuple[Fields, list[tuple[str, Value]]]:
    fields: Fields = {}
    others = [(f"printed:{label}", Value(read_text(block, building.context) or None, block,
               "reported" if clean(block.text) else "missing"))
              for label, block in sheet.others]  # fmt: skip
    for name, cells in sheet.cells.items():
        blocks = tuple(block for _, block in cells)
        if name not in known or name == "other_actors" or _is_told_whole(name, sheet):
            others += [(f"printed:{label}", Value(read_text(block, building.context), block))
                       for label, block in cells if clean(block.text)]  # fmt: skip
        else:
            fields |= _read_cells(building, name, blocks)
    if sheet.level is not None:
        fields["completion"] = sheet.level
    if not sheet.of_commitment:
        return fields, others
    fields.pop("percent_state", None)
    return _title(sheet) | fields, others


def _read_cells(building: Building, name: str, blocks: tuple[Block, ...]) -> Fields:
    """The Values of a field told in several cells: one that goes on, or several side by side."""
    fields = read_field(name, join_blocks(blocks), building.context)
    if name not in _SEVERAL or fields[name].state != "reported":
        return fields
    told = [read_text(block, building.context) for block in blocks if clean(block.text)]
    return fields | {name: replace(fields[name], value="; ".join(told))}


def _is_told_whole(name: str, sheet: Sheet) -> bool:
    """Whether a sheet gives the whole period elsewhere: its end alone must not replace it."""
    return name in ("planned_start", "planned_end") and "planned" in sheet.cells


def _title(sheet: Sheet) -> Fields:
    if sheet.title is None:
        return {}
    number, title, block = sheet.title
    return {"number": Value(number, block), "title": Value(title, block)}
