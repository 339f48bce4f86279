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
    """Another run holds the dataset; `holder` says which, where it told."""

    exit_code = 5

    def __init__(self, folder: Path, holder: str = "") -> None:
        super().__init__(folder, holder)
        who = f" ({holder})" if holder else ""
        self.es = f"Otra ejecución{who} usa {folder}: espere a que termine y vuelva a intentarlo."
        self.en = f"Another run{who} holds {folder}: wait until it ends, and try again."


class NoVersion(DatasetError):
    """There is no such version, or none before the current one."""

    exit_code = 2

    def __init__(self, folder: Path, name: str = "") -> None:
        super().__init__(folder, name)
        what_es, what_en = (f" {name}", f" {name}") if name else (" anterior", " former")
        self.es = f"No hay una versión{what_es} en {folder}. «cuadra versions» dice cuáles hay."
        self.en = (
            f"There is no{what_en} version in {folder}. 'cuadra versions' tells which there are."
        )


class VersionDamaged(DatasetError):
    """What is on the disk is not what was written: counts or hashes differ."""

    def __init__(self, version: Path, file: str) -> None:
        super().__init__(version, file)
        self.es = (
            f"No se publicó {version}: {file} no está en el disco como se escribió. La versión "
            "anterior sigue en su lugar; revise el disco y vuelva a intentarlo."
        )
        self.en = (
            f"{version} was not published: {file} is not on the disk as it was written. The former "
            "version stands; check the disk, and try again."
        )


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
