"""A reader that behaves as the content of the file says, and notes what it was given."""

import hashlib
import os
import signal
import time
from pathlib import Path

from pipeline.ledger.codec import encode_reading
from pipeline.ledger.store import Kept
from pipeline.model import Document, Reading

ERRORS = {b"partial": "page_failed", b"unreadable": "unreadable_file", b"scanned": "ocr_missing"}


def read(path: Path, source: str) -> Kept:
    with (path.parent.parent / "read").open("a") as file:
        file.write(path.name + "\n")
    data = path.read_bytes()
    if data.startswith(b"crash"):
        os.kill(os.getpid(), signal.SIGKILL)
    if data.startswith(b"hang"):
        time.sleep(600)
    sha256 = hashlib.sha256(data).hexdigest()
    if data.startswith(b"change"):
        path.write_bytes(b"other content")
    if data.startswith(b"vanish"):
        path.unlink()
    error = ERRORS.get(data.split()[0] if data else b"", "")
    status = "partial" if error else "ok"
    document = Document(source, sha256, "text/plain", 1, status=status, error=error)
    return Kept(sha256, status, error, encode_reading(Reading(document)))


def count_pages(path: Path) -> int:
    return 1


def fail(outcome, sha256: str) -> Reading:
    known = sha256 or hashlib.sha256(outcome.job.source.encode()).hexdigest()
    job, detail = outcome.job, outcome.detail
    return Reading(
        Document(job.source, known, status="failed", error=outcome.error, error_detail=detail)
    )
