from __future__ import annotations

from pathlib import Path

import pytest
from letters import PLAN, Letters

from index.errors import StoreError
from index.ingest import IngestReport, ingest
from index.store import FILE, Store


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for stem, text in files.items():
        (folder / f"{stem}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "in", one=PLAN, two=PLAN.replace("甲县水利", "乙县教育"))


@pytest.fixture
def store(tmp_path: Path):
    opened = Store(tmp_path / "store")
    yield opened
    opened.close()


def ids(report: IngestReport) -> list[list[str]]:
    return [
        [one.id for one in report.ingested],
        [one.id for one in report.unchanged],
        [Path(one.path).name for one in report.failed],
    ]


def test_a_folder_goes_in_once(folder: Path, store: Store) -> None:
    report = ingest([folder], store, Letters())
    assert ids(report) == [["one", "two"], [], []]
    assert report.ingested[0].clauses == len(store.clauses("one"))
    assert report.ingested[0].tasks == len(store.tasks("one")) > 0
    assert ids(ingest([folder], store, Letters())) == [[], ["one", "two"], []]


def test_a_changed_file_replaces_the_old_one(folder: Path, store: Store) -> None:
    ingest([folder], store, None)
    write(folder, one=PLAN.replace("12座", "15座"))
    assert ids(ingest([folder], store, None)) == [["one"], ["two"], []]
    assert "15座" in store.document("one").text


def test_bad_files_do_not_stop_the_rest(folder: Path, store: Store) -> None:
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 cut short")
    (folder / "empty.txt").write_bytes(b"")
    (folder / ".hidden.txt").write_text("x", encoding="utf-8")
    (folder / "~$lock.docx").write_bytes(b"x")
    report = ingest([folder, folder / "absent.txt"], store, None)
    assert ids(report) == [["one", "two"], [], ["broken.docx", "empty.txt", "absent.txt"]]
    assert all("\n" not in failed.error and failed.error for failed in report.failed)


def test_secret_files_leave_nothing(tmp_path: Path, store: Store) -> None:
    folder = write(
        tmp_path / "in",
        plain="机密★1年\n\n" + PLAN.replace("水库", "雷达站"),
        **{"绝密-名单": PLAN.replace("水库", "雷达站")},
    )
    report = ingest([folder], store, Letters())
    assert len(report.failed) == 2 and not report.ingested
    assert all("未存入" in failed.error for failed in report.failed)
    held = b"".join(file.read_bytes() for file in store.folder.iterdir())
    assert "雷达站".encode() not in held


def test_the_same_stem_from_another_place_is_reported(folder: Path, store: Store) -> None:
    ingest([folder], store, None)
    other = write(folder.parent / "other", one=PLAN.replace("甲县", "丙县"))
    [one] = ingest([other], store, None).ingested
    assert one.id == "one-2"
    assert "one-2" in one.note


def test_front_matter_names_the_document(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "some file.md"
    path.write_text(f"---\nid: water-2025\n---\n{PLAN}", encoding="utf-8")
    assert ids(ingest([path], store, None)) == [["water-2025"], [], []]


def test_an_original_replaces_the_digest_and_says_so(tmp_path: Path, store: Store) -> None:
    digest = tmp_path / "short.md"
    front = "---\nid: short\nkind: 摘编\ntitle: 甲县水利建设实施方案\n---\n"
    digest.write_text(front + PLAN.replace("12座", "十二座"), encoding="utf-8")
    ingest([digest], store, None)
    [one] = ingest([write(tmp_path / "in", plan=PLAN)], store, None).ingested
    assert "原件已代替摘编" in one.note
    assert ids(ingest([digest], store, None)) == [[], ["plan"], []]


def test_an_id_is_safe_in_an_address(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "关于 水利（１）的/通知.txt"
    write(path.parent, **{"通知 （１）": PLAN})
    [one] = ingest([path.parent], store, None).ingested
    assert one.id == "通知-(1)"


def test_without_waiting_the_vectors_stay_in_the_queue(folder: Path, store: Store) -> None:
    letters = Letters()
    ingest([folder], store, letters, wait=False)
    assert letters.asked == []
    assert store.pending_count(letters.fingerprint) > 0


def test_progress_counts_files_and_texts(folder: Path, store: Store) -> None:
    seen: list[tuple[str, int, int]] = []
    ingest([folder], store, Letters(), progress=lambda *step: seen.append(step))
    assert seen[0] == ("读入", 0, 2) and ("读入", 2, 2) in seen
    texts = store.progress("letters/32")
    assert seen[-1] == ("编码", sum(t for _, t, _ in texts), sum(t for _, _, t in texts))


def test_a_store_in_trouble_stops_the_run(folder: Path, store: Store) -> None:
    with store.writing() as db:
        db.execute("DROP TABLE clauses")
    with pytest.raises(StoreError, match=FILE):
        ingest([folder], store, None)
