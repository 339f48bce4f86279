"""What stops a publication: each fault with its exit code and its sentence in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SuiteFailure:
    """One structural expectation that does not hold, or that could not be evaluated.

    `rows` are at most a few identifiers of rows that break it, never their other contents.
    """

    table: str
    rule: str
    columns: tuple[str, ...] = ()
    unexpected: int | None = None  # None: not evaluable
    rows: tuple[str, ...] = ()
    detail: str = ""

    def __str__(self) -> str:
        place = f"{self.table}({', '.join(self.columns)})"
        count = "not evaluable" if self.unexpected is None else f"{self.unexpected} row(s)"
        told = [f"{place}: {self.rule}: {count}", ", ".join(self.rows), self.detail]
        return "; ".join(part for part in told if part)


class DatasetError(Exception):
    """A publication that could not be made. `es` and `en` say what is wrong and what to do."""

    exit_code = 4
    es = ""
    en = ""

    def __str__(self) -> str:
        return self.en


class DatasetLocked(DatasetError):
    """Another run holds the dataset."""

    exit_code = 5

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.es = f"Otra ejecución usa {folder}: espere a que termine y vuelva a intentarlo."
        self.en = f"Another run holds {folder}: wait until it ends, and try again."


class NotPublished(DatasetError):
    """A structural suite failed: the fault is the program's, and the old version stands."""

    def __init__(self, failures: Sequence[SuiteFailure]) -> None:
        super().__init__(failures)
        self.failures = tuple(failures)
        told = "\n".join(f"  {failure}" for failure in self.failures)
        self.es = (
            "No se publicó nada; la versión anterior sigue en su lugar. Es un fallo del programa: "
            f"comuníquelo con estas líneas.\n{told}"
        )
        self.en = (
            "Nothing was published; the former version stands. It is a fault of the program: "
            f"report it with these lines.\n{told}"
        )
