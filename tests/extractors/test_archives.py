import io
import stat
import zipfile
from pathlib import Path

import pytest
from packages import make_docx, p

from extractors import zips
from extractors.archives import disk_file, list_archive, read_member
from extractors.read import read_document
from extractors.sources import Found, SourceError, count_pages, find_sources, load_source
from pipeline.run import check, run

REPORT = "Informe de avance\nActividad\tAvance\nSeñalizar rutas\t72%\nPintar\t50%\n"


def make_zip(members: dict[str, bytes | str], method=zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def make_link(target: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        entry = zipfile.ZipInfo("enlace.txt")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, target)
        archive.writestr("bueno.txt", REPORT)
    return buffer.getvalue()


def lock(data: bytes) -> bytes:
    """The same archive, its entries marked as encrypted."""
    changed = bytearray(data)
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(signature)
        while at >= 0:
            changed[at + flags] |= 1
            at = changed.find(signature, at + 4)
    return bytes(changed)


def written(folder: Path, data: bytes, name: str = "informes.zip") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def found(path: Path) -> list[str]:
    return [one.relative_to(path.parent).as_posix() for one in find_sources([path]).paths]


def told(path: Path) -> tuple[str, str]:
    document = read_document(path, "x")
    return document.error, document.error_detail


def test_each_report_inside_is_a_source_of_its_own(tmp_path):
    inner = make_zip({"dentro.txt": REPORT})
    path = written(
        tmp_path,
        make_zip(
            {
                "2020/a.txt": REPORT,
                "b.docx": make_docx(p("Informe de avance")),
                "otro.zip": inner,
                "leame.md": "x",
                ".oculto.txt": "x",
                "__MACOSX/a.txt": "x",
                "foto.png": "x",
            }
        ),
    )
    sources = find_sources([path])
    assert sources.missing == ()
    assert found(path) == [
        "informes.zip/2020/a.txt",
        "informes.zip/b.docx",
        "informes.zip/otro.zip/dentro.txt",
    ]
    assert [one.name for one in sources.skipped] == [".oculto.txt", "a.txt", "foto.png", "leame.md"]
    assert find_sources([tmp_path]) == sources
    documents = [read_document(one, str(one)) for one in sources.paths]
    assert [document.status for document in documents] == ["ok"] * 3
    assert documents[0].sha256 == documents[2].sha256 == load_source(sources.paths[0]).sha256
    assert len(documents[0].tables) == 1


def test_a_pdf_inside_is_read_and_its_pages_counted(tmp_path):
    from test_sources import make_pdf

    path = written(tmp_path, make_zip({"a.pdf": make_pdf(3), "sin-nombre": make_pdf(1)}))
    assert found(path) == ["informes.zip/a.pdf", "informes.zip/sin-nombre"]
    assert count_pages(path / "a.pdf") == 3
    document = read_document(path / "a.pdf", "a")
    assert (document.status, document.page_count) == ("ok", 3)
    assert disk_file(path / "a.pdf") == path


def test_a_member_may_be_named(tmp_path):
    path = written(tmp_path, make_zip({"a.txt": REPORT, "b.txt": REPORT + "más\n"}))
    assert find_sources([path / "b.txt"]) == Found(paths=(path / "b.txt",))
    assert told(path / "nada.txt") == ("missing", "")


def test_a_run_publishes_each_report_and_knows_it_the_next_time(tmp_path):
    written(tmp_path, make_zip({"a.txt": REPORT, "b.txt": REPORT + "Otra línea del informe.\n"}))
    summary = run([tmp_path / "informes.zip"], tmp_path / "out", workers=1)
    assert len(summary.documents) == 2
    csv = (tmp_path / "out" / "current" / "documents.csv").read_text(encoding="utf-8")
    assert "informes.zip/a.txt" in csv and "informes.zip/b.txt" in csv
    again = run([tmp_path / "informes.zip"], tmp_path / "out", workers=1)
    assert (again.work["read"], again.work["known"]) == (0, 2)
    assert not (again.vanished or again.changed)


# --- hostile


@pytest.mark.parametrize(
    "name", ["../x.txt", "/etc/x.txt", "a/../../x.txt", "C:/x.txt", "..\\x.txt"]
)
def test_names_that_lead_out_are_never_opened(tmp_path, name):
    path = written(tmp_path, make_zip({name: REPORT, "bueno.txt": REPORT}))
    assert found(path) == ["informes.zip", "informes.zip/bueno.txt"]
    code, detail = told(path)
    assert code == "unsupported" and detail.startswith("ZIP: ")
    assert told(path / "bueno.txt") == ("", "")


def test_links_are_never_followed(tmp_path):
    path = written(tmp_path, make_link("/etc/passwd"))
    assert found(path) == ["informes.zip", "informes.zip/bueno.txt"]
    assert told(path) == ("unsupported", "ZIP: enlace.txt")
    assert told(path / "enlace.txt") == ("missing", "")


def test_two_entries_of_one_name_are_told(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, pytest.warns(UserWarning):
        archive.writestr("a.txt", REPORT)
        archive.writestr("a.txt", "otro")
    path = written(tmp_path, buffer.getvalue())
    assert read_member(path / "a.txt") == REPORT.encode()
    assert told(path) == ("unsupported", "ZIP: a.txt")


def test_bombs_are_refused_by_name(tmp_path, monkeypatch):
    ratio = written(tmp_path, make_zip({"a.txt": b"a" * 10_000_000}))
    assert found(ratio) == ["informes.zip"]
    code, detail = told(ratio)
    assert code == "too_large" and detail.endswith(":1")
    many = written(tmp_path, make_zip({f"{n}.txt": "" for n in range(10_001)}))
    assert (found(many), told(many)) == (["informes.zip"], ("too_large", "ZIP, > 10000"))
    monkeypatch.setattr(zips, "MAX_UNPACKED", 2**30)
    entries = [zipfile.ZipInfo(f"{n}.txt") for n in range(5)]
    for entry in entries:
        entry.file_size = entry.compress_size = 2**28
    with pytest.raises(SourceError) as caught:
        zips.check_limits(entries)
    assert (caught.value.code, caught.value.detail) == ("too_large", "ZIP, > 1 GiB")


def test_limits_hold_over_all_archives_inside(tmp_path):
    inner = make_zip({f"{n}.txt": "" for n in range(3_000)})
    path = written(tmp_path, make_zip({f"{n}.zip": inner for n in range(4)}))
    with pytest.raises(SourceError) as caught:
        list_archive(path)
    assert caught.value.code == "too_large"
    assert told(path)[0] == "too_large"


def test_an_archive_too_deep_is_refused_by_name(tmp_path):
    deep = make_zip({"2.zip": make_zip({"3.zip": make_zip({"fondo.txt": REPORT})})})
    path = written(tmp_path, deep)
    assert found(path) == ["informes.zip/2.zip/3.zip"]
    assert told(path / "2.zip" / "3.zip") == ("too_large", "ZIP/ZIP/ZIP")


def test_a_bomb_inside_costs_only_itself(tmp_path):
    bomb = make_zip({"a.txt": b"a" * 10_000_000})
    path = written(tmp_path, make_zip({"bomba.zip": bomb, "bueno.txt": REPORT}, zipfile.ZIP_STORED))
    assert found(path) == ["informes.zip/bomba.zip", "informes.zip/bueno.txt"]
    assert told(path / "bomba.zip")[0] == "too_large"


def test_a_password_is_told(tmp_path):
    path = written(tmp_path, lock(make_zip({"a.txt": REPORT})))
    assert found(path) == ["informes.zip/a.txt"]
    assert told(path / "a.txt") == ("encrypted", "ZIP")


def test_an_archive_cut_short_is_damaged(tmp_path):
    data = make_zip({f"{n}.txt": REPORT for n in range(20)})
    for tenth in range(1, 10):
        path = written(tmp_path, data[: len(data) * tenth // 10])
        assert found(path) == ["informes.zip"]
        assert told(path) == ("damaged_unreadable", "ZIP")


def test_an_entry_that_lies_about_itself_is_damaged(tmp_path):
    data = bytearray(make_zip({"a.txt": REPORT * 50, "b.txt": REPORT}))
    data[data.find(b"PK\x03\x04") + 60] ^= 0xFF
    path = written(tmp_path, bytes(data))
    assert told(path / "a.txt") == ("damaged_unreadable", "ZIP")
    assert told(path / "b.txt") == ("", "")


def test_an_archive_without_reports_is_told(tmp_path):
    assert told(written(tmp_path, make_zip({"foto.png": "x"}))) == ("unsupported", "ZIP")
    assert told(written(tmp_path, make_zip({})))[0] == "unsupported"


def test_every_byte_changed_ends_in_a_named_state(tmp_path):
    data = make_zip({"a.txt": REPORT, "b/c.txt": REPORT})
    for at in range(0, len(data), 7):
        changed = bytearray(data)
        changed[at] ^= 0x55
        path = written(tmp_path, bytes(changed))
        for source in find_sources([path]).paths:
            document = read_document(source, "x")
            assert document.status in ("ok", "failed") and (document.status == "ok") == (
                document.error == ""
            )


def test_a_check_goes_on_beside_what_it_refuses(tmp_path):
    written(tmp_path, make_zip({"../x.txt": REPORT, "a.txt": REPORT}))
    summary = check([tmp_path / "informes.zip"], workers=1)
    assert len(summary.documents) == 2
