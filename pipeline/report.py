"""What a run tells a person at its end: documents, findings, checks, and where the dataset is.

Text of reports reaches the terminal only as `rich.text.Text` without control characters, so it can
neither be taken for markup nor move the cursor.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.messages import say, say_or

if TYPE_CHECKING:
    from pipeline.summary import Summary

Row = Mapping[str, Any]

LEVELS = ("info", "warning", "error")  # from the lightest to the gravest
STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan", "failed": "bold red"}
LISTED = 200  # documents and findings on a screen; the dataset and `--json` hold all
WIDTH_OF_A_FILE = 120  # where standard output is no terminal, and has no width of its own


class _Console(Console):
    """A console that leaves a closed pipe to the command line: not an exit code of its own."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def make_console() -> Console:
    """Make the console for standard output: no markup, no emoji, nothing guessed from the text."""
    width = None if sys.stdout.isatty() else WIDTH_OF_A_FILE
    return _Console(markup=False, emoji=False, highlight=False, width=width)


def clean_text(text: object) -> str:
    """Make any text safe to print on one line: control and invisible characters become visible."""
    words = " ".join(str(text).split())
    return "".join(
        repr(char)[1:-1] if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"} else char
        for char in words
    )


def exit_code(summary: Summary, fail_on: str) -> int:
    """Tell how the run ends: 3 when a document failed, 1 for findings at `fail_on`, else 0."""
    if summary.missing or any(row["status"] == "failed" for row in summary.documents):
        return 3
    if fail_on == "never":
        return 0
    grave = LEVELS[LEVELS.index(fail_on) :]
    return int(any(row["severity"] in grave for row in summary.findings))


def tally_checks(checks: Iterable[Row]) -> dict[str, Counter[str]]:
    """Count the verdicts by theme, the part of a check's name before its dot."""
    themes: dict[str, Counter[str]] = {}
    for row in checks:
        theme = str(row["check"]).partition(".")[0]
        themes.setdefault(theme, Counter())[str(row["verdict"])] += 1
    return dict(sorted(themes.items()))


def print_summary(console: Console, summary: Summary, output: Path | None, lang: str) -> None:
    """Print everything a person should know at the end of a run or a check."""
    print_documents(console, summary, lang)
    print_findings(console, summary, lang)
    print_checks(console, summary.checks, lang)
    print_work(console, summary, lang)
    if output is not None and summary.version is not None:
        _print(console, say(lang, "result.published", **dataset_place(summary, output)))


def dataset_place(summary: Summary, output: Path) -> dict[str, str]:
    """Tell the folder of the published version and the version's name."""
    name = summary.version.name if summary.version else ""
    return {"folder": clean_text(output / "current"), "version": name}


def print_documents(console: Console, summary: Summary, lang: str) -> None:
    """Print the table of documents, and what was missing, skipped or not read."""
    found = Counter(row["document_id"] for row in summary.findings)
    columns = ("source", "profile", "status", "pages", "commitments", "activities", "findings")
    table = _table(lang, "documents", columns, numbers=columns[3:])
    listed = _listed(summary.documents)
    for row in listed:
        table.add_row(*_document_cells(row, found[row["document_id"]], lang))
    if listed:
        console.print(table)
    if rest := len(summary.documents) - len(listed):
        _print(console, say(lang, "documents.more", n=rest))
    for row in listed:
        if row["error"]:
            told = row.get(f"error_message_{lang}") or row["error_message"]
            _print(console, f"{_name(row)}: {told}", _style(row["status"]))
        for same in json.loads(row.get("other_sources") or "[]"):
            words = {"name": clean_text(Path(same).name), "same": _name(row)}
            _print(console, say(lang, "documents.same", **words))
    if bare := sum(map(_is_bare, summary.documents)):
        _print(console, say(lang, "documents.all_bare", n=bare), "yellow")
    if summary.skipped:
        names = ", ".join(path.name for path in summary.skipped)
        _print(console, say(lang, "documents.skipped", n=len(summary.skipped), names=names))


def _listed(documents: Sequence[Row]) -> Sequence[Row]:
    """All documents, or of very many the first of those that were not read well."""
    if len(documents) <= LISTED:
        return documents
    return [row for row in documents if row["error"] or row["status"] != "ok"][:LISTED]


def _document_cells(row: Row, findings: int, lang: str) -> list[Text]:
    bare = _is_bare(row)
    cells = [
        _name(row),
        row["profile"] or say(lang, "documents.generic"),
        say(lang, f"status.{row['status']}") + (say(lang, "documents.bare") if bare else ""),
        *(_number(row.get(name)) for name in ("page_count", "commitments", "activities")),
        str(findings),
    ]
    if row["status"] == "failed":
        cells[1] = ""
    style = _style("partial" if bare else row["status"])
    return [Text(clean_text(cell), style=style) for cell in cells]


def _is_bare(row: Row) -> bool:
    """Whether a document was read and gave no record: its text and cells only."""
    return row["status"] != "failed" and not row["records"]


def print_findings(console: Console, summary: Summary, lang: str) -> None:
    """Print every finding under its document, the gravest first, each with its place."""
    if not summary.findings:
        _print(console, "\n" + say(lang, "findings.none"), "green")
        return
    names = {row["document_id"]: _name(row) for row in summary.documents}
    groups: dict[str, list[Row]] = {document_id: [] for document_id in names}
    for row in sorted(summary.findings, key=_gravity)[:LISTED]:
        groups.setdefault(row["document_id"] or "", []).append(row)
    for document_id, rows in groups.items():
        if rows:
            console.print()
            _print(console, names.get(document_id) or say(lang, "findings.across"), "bold")
        for row in rows:
            console.print(_finding_line(row, lang), soft_wrap=True)
    if (rest := len(summary.findings) - LISTED) > 0:
        _print(console, say(lang, "findings.rest", n=rest))
    levels = Counter(row["severity"] for row in summary.findings)
    totals = [say(lang, f"findings.{level}", n=levels[level]) for level in reversed(LEVELS)]
    console.print()
    _print(console, f"{say(lang, 'findings.title')}: {', '.join(totals)}", "bold")


def _gravity(row: Row) -> tuple[int, int, int, str]:
    level = -LEVELS.index(row["severity"])
    return level, row["page"] or 0, row["line"] or 0, str(row["finding_id"])


def _finding_line(row: Row, lang: str) -> Text:
    others = len(_evidence(row)) - 1
    line = Text("  ")
    line.append(f"{say(lang, 'severity.' + row['severity']):<8}", style=STYLES[row["severity"]])
    line.append(clean_text(row[f"message_{lang}"]))  # it begins with its page or line
    line.append(f" ({say(lang, 'findings.more', n=others)})" if others > 0 else "")
    line.append(
        f"  [{clean_text(row['check'])} {clean_text(row['record_id'] or '')}".rstrip() + "]"
    )
    line.stylize("dim", line.plain.rindex("  ["))
    return line


def _evidence(row: Row) -> list[Any]:
    evidence = row.get("evidence") or "[]"
    places = json.loads(evidence) if isinstance(evidence, str) else evidence
    return list(places)


def place_text(row: Row, lang: str) -> str:
    """Tell the page of a PDF or the line of a text report; empty when the row has no place."""
    if row["page"]:
        return say(lang, "place.page", n=int(row["page"]))
    return say(lang, "place.line", n=int(row["line"])) if row["line"] else ""


def print_checks(console: Console, checks: Sequence[Row], lang: str) -> None:
    """Print how many sums were verified, then the other checks by theme."""
    themes = tally_checks(checks)
    sums = themes.pop("sum", Counter())
    _print(console, sums_sentence(sums, lang), "red" if sums["fail"] else "green")
    verdicts = ("performed", "pass", "fail", "not_checkable")
    table = _table(lang, "checks", ("title", *verdicts), numbers=verdicts)
    for theme, counts in themes.items():
        name = say_or(lang, f"theme.{theme}", theme)
        table.add_row(name, str(counts.total()), *(str(counts[key]) for key in verdicts[1:]))
    if themes:
        console.print(table)


def print_work(console: Console, summary: Summary, lang: str) -> None:
    """Print what was read now and what before, what failed and why, and what is new."""
    if summary.work:
        console.print()
        _print(console, say(lang, "work.done", **summary.work))
    for status, counts in tally_reasons(summary.documents).items():
        reasons = ", ".join(f"{name or '?'} {count}" for name, count in counts.items())
        words = {"n": counts.total(), "reasons": reasons}
        _print(console, say(lang, f"work.{status}", **words), _style(status))
    names = {name: getattr(summary, name) for name in ("quarantined", "changed", "vanished")}
    for name, paths in names.items():
        if paths:
            told = ", ".join(clean_text(Path(path).name) for path in paths[:LISTED])
            _print(console, say(lang, f"work.{name}", n=len(paths), names=told), "yellow")
    for name, change in summary.changes.items():
        if any(change.values()):
            _print(console, say(lang, f"changes.{name}", **change))
    if summary.changes and not any(any(one.values()) for one in summary.changes.values()):
        _print(console, say(lang, "changes.none"))


def tally_reasons(documents: Iterable[Row]) -> dict[str, Counter[str]]:
    """Count the documents read in part or not at all, by the code that says why."""
    reasons: dict[str, Counter[str]] = {"partial": Counter(), "failed": Counter()}
    for row in documents:
        if row["status"] in reasons:
            reasons[row["status"]][str(row["error"] or "")] += 1
    return {status: counts for status, counts in reasons.items() if counts}


def sums_sentence(sums: Counter[str], lang: str) -> str:
    """Tell how many sums were verified and whether all add up."""
    wrong, verified = sums["fail"], sums["pass"] + sums["fail"]
    key = "one_wrong" if wrong == 1 and verified > 1 else "wrong" if wrong else "right"
    sentence = say(lang, f"sums.{key if verified else 'none'}", n=verified, wrong=wrong)
    if sums["not_checkable"]:
        sentence += " " + say(lang, "sums.unverified", n=sums["not_checkable"])
    return sentence


def summary_json(summary: Summary, output: Path | None, code: int) -> str:
    """Make the one JSON object that `--json` prints; ASCII, so that any file name survives."""
    content = {
        "exit_code": code,
        "dataset": dataset_place(summary, output) if output and summary.version else None,
        "counts": summary.counts,
        "documents": summary.documents,
        "findings": [{**row, "evidence": _evidence(row)} for row in summary.findings],
        "checks": {theme: dict(counts) for theme, counts in tally_checks(summary.checks).items()},
        "missing": summary.missing,
        "skipped": summary.skipped,
        "work": summary.work,
        "reasons": {
            status: dict(told) for status, told in tally_reasons(summary.documents).items()
        },
        "quarantined": summary.quarantined,
        "changed": summary.changed,
        "vanished": summary.vanished,
        "changes": summary.changes,
    }
    return json.dumps(content, default=str, indent=2, allow_nan=False)


def _table(lang: str, section: str, columns: Sequence[str], numbers: Sequence[str]) -> Table:
    table = Table(box=SIMPLE_HEAD)
    for column in columns:
        justify = "right" if column in numbers else "left"
        table.add_column(say(lang, f"{section}.{column}"), justify=justify, overflow="fold")  # type: ignore[arg-type]
    return table


def _print(console: Console, text: str, style: str = "") -> None:
    console.print(Text(clean_text(text), style=style), soft_wrap=True)


def _name(row: Row) -> str:
    return clean_text(Path(str(row["source"])).name)


def _style(status: str) -> str:
    return {"failed": "red", "partial": "yellow"}.get(status, "")


def _number(value: object) -> str:
    return "" if value is None else str(value)
