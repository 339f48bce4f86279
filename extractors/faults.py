"""How a source says that it cannot be read."""

from __future__ import annotations


class SourceError(Exception):
    """A source that cannot be read: `code` of the codelist, a `detail`, the hash if it was read."""

    def __init__(self, code: str, detail: str = "", sha256: str = "") -> None:
        super().__init__(code, detail, sha256)
        self.code = code
        self.detail = detail
        self.sha256 = sha256
