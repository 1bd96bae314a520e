"""A store goes into one file while it is in use, and comes back whole or not at all."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
from pathlib import Path
from zipfile import ZipFile

import pytest
from letters import Letters, incoming
from perishable import plan
from test_kill import Shelf, examine, forking

from assistant.answer import answer
from index import drafts
from index.backup import MANIFEST, backup
from index.encoding import encode_pending
from index.errors import StoreError
from index.library import open_library
from index.restore import restore
from index.store import FILE, Store

ROOT = Path(__file__).parents[1]
QUESTION = "清川县要完成多少座小型水库除险加固？"


@pytest.fixture
def full(tmp_path: Path) -> Path:
    folder = tmp_path / "full"
    store = Store(folder)
    for county in range(3):
        store.put(incoming(plan(county, 50 + county), f"p{county}"))
    encode_pending(store, Letters())
    drafts.save_new(store, "方案", "正文", "甲", "初稿")
    store.add_feedback("问", "答", "right")
    store.close()
    (folder / "wording.toml").write_text('[words]\n"水利建设" = "修坝"\n', encoding="utf-8")
    (folder / "derived").mkdir(exist_ok=True)
    (folder / "derived" / "words-1-x.npz").write_bytes(b"made from the store")
    return folder


def content(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows, but those that say what this test does, and the stamp that a restore sets."""
    store = Store(folder)
    with store.reading() as db:
        names = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        held = {n: db.execute(f"SELECT * FROM {n}").fetchall() for n in names if n != "meta"}
    store.close()
    held["audit"] = [row for row in held["audit"] if row[2] not in ("backup", "restore")]
    return held


def test_everything_comes_back(full: Path, tmp_path: Path) -> None:
    manifest = backup(full, tmp_path / "b.zip")
    assert (manifest.counts["documents"], manifest.counts["drafts"]) == (3, 1)
    assert restore(tmp_path / "new", tmp_path / "b.zip") == manifest
    store = Store(full)
    assert [row["subject"] for row in store.audit() if row["action"] == "backup"] == ["b.zip"]
    store.close()
    assert content(tmp_path / "new") == content(full)
    kept = {path.name for path in (tmp_path / "new").iterdir() if not path.name.startswith(FILE)}
    assert kept == {"wording.toml"}
    store = Store(tmp_path / "new")
    assert json.loads(store.audit()[-1]["detail"])["now"]["documents"] == 3
    store.close()


def test_a_backup_while_another_writes_is_of_one_state(full: Path, tmp_path: Path) -> None:
    store, stop = Store(full), threading.Event()

    def write() -> None:
        number = 100
        while not stop.is_set():
            number += 1
            for county in range(3):
                store.put(incoming(plan(county, number), f"p{county}"))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        made = [backup(full, tmp_path / f"b{n}.zip") for n in range(5)]
    finally:
        stop.set()
        thread.join()
        store.close()
    for number, manifest in enumerate(made):
        restore(tmp_path / f"r{number}", tmp_path / f"b{number}.zip")
        held = Store(tmp_path / f"r{number}")
        assert len(held.documents()) == manifest.counts["documents"] == 3
        assert all(held.clauses(f"p{county}") for county in range(3))
        held.close()


def test_a_store_that_holds_something_is_not_overwritten(full: Path, tmp_path: Path) -> None:
    backup(full, tmp_path / "b.zip")
    store = Store(full)
    store.put(incoming(plan(0, 99), "p0"))
    store.close()
    before = content(full)
    with pytest.raises(StoreError, match=r"文件 3、草案 1、反馈 1.*--replace"):
        restore(full, tmp_path / "b.zip")
    assert content(full) == before
    restore(full, tmp_path / "b.zip", replace=True)
    library = open_library(full, None)
    assert "50座" in answer(QUESTION, library).text
    library.close()


def test_an_empty_store_needs_no_asking(full: Path, tmp_path: Path) -> None:
    backup(full, tmp_path / "b.zip")
    Store(tmp_path / "empty").close()
    restore(tmp_path / "empty", tmp_path / "b.zip")
    assert content(tmp_path / "empty") == content(full)


def test_a_file_of_the_user_is_not_overwritten(full: Path, tmp_path: Path) -> None:
    backup(full, tmp_path / "b.zip")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "wording.toml").write_text("own", encoding="utf-8")
    with pytest.raises(StoreError, match="内容不同"):
        restore(tmp_path / "new", tmp_path / "b.zip")
    assert not (tmp_path / "new" / FILE).exists()


def test_an_open_library_sees_what_was_restored(full: Path, tmp_path: Path) -> None:
    """Also where the counters of both stores are equal."""
    other = tmp_path / "other"
    store = Store(other)
    for county in range(3):
        store.put(incoming(plan(county, 70 + county), f"p{county}"))
    encode_pending(store, Letters())
    store.close()
    backup(other, tmp_path / "b.zip")
    library = open_library(full, Letters())
    assert "50座" in answer(QUESTION, library).text
    restore(full, tmp_path / "b.zip", replace=True)
    assert "70座" in answer(QUESTION, library).text
    assert "70座" in library.search("清川县小型水库", 1)[0].clause.text
    library.close()


def test_a_damaged_store_is_kept_aside(full: Path, tmp_path: Path) -> None:
    backup(full, tmp_path / "b.zip")
    right = content(full)
    whole = (full / FILE).read_bytes()
    (full / FILE).write_bytes(whole[: len(whole) // 3])
    with pytest.raises(StoreError, match=r"已损坏.*--replace"):
        restore(full, tmp_path / "b.zip")
    restore(full, tmp_path / "b.zip", replace=True)
    assert content(full) == right
    assert (full / f"{FILE}.damaged-1").read_bytes() == whole[: len(whole) // 3]


def test_a_damaged_store_is_not_backed_up(full: Path, tmp_path: Path) -> None:
    backup(full, tmp_path / "b.zip")
    good = (tmp_path / "b.zip").read_bytes()
    held = bytearray((full / FILE).read_bytes())
    held[len(held) // 2 : len(held) // 2 + 4096] = os.urandom(4096)
    (full / FILE).write_bytes(held)
    with pytest.raises(StoreError, match="已损坏"):
        backup(full, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_bytes() == good


def test_a_backup_that_is_damaged_restores_nothing(full: Path, tmp_path: Path) -> None:
    backup(full, tmp_path / "b.zip")
    whole, dice = (tmp_path / "b.zip").read_bytes(), random.Random(4)
    for trial in range(60):
        held = bytearray(whole)
        if trial % 2:
            held = held[: dice.randrange(len(held))]
        else:
            held[dice.randrange(len(held))] ^= 1 << dice.randrange(8)
        (tmp_path / "bad.zip").write_bytes(held)
        try:
            restore(tmp_path / "new", tmp_path / "bad.zip", replace=True)
        except StoreError as error:
            assert "备份" in str(error), error
        else:  # the bit lay where a zip has room for nothing, such as a date
            assert content(tmp_path / "new") == content(full)


def test_what_is_no_backup_is_refused(full: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="没有可备份的内容"):
        backup(tmp_path / "nothing", tmp_path / "b.zip")
    assert not (tmp_path / "nothing").exists()
    with pytest.raises(StoreError, match="没有备份文件"):
        restore(tmp_path / "new", tmp_path / "b.zip")
    (tmp_path / "b.zip").write_text("not a zip")
    with pytest.raises(StoreError, match="不是备份文件"):
        restore(tmp_path / "new", tmp_path / "b.zip")
    with ZipFile(tmp_path / "b.zip", "w") as packed:
        packed.writestr("x", "x")
    with pytest.raises(StoreError, match="不是本程序的备份文件"):
        restore(tmp_path / "new", tmp_path / "b.zip")


def altered(path: Path, **changes: object) -> None:
    with ZipFile(path) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    members[MANIFEST] = json.dumps(json.loads(members[MANIFEST]) | changes).encode()
    with ZipFile(path, "w") as packed:
        for name, held in members.items():
            packed.writestr(name, held)


def test_counts_that_do_not_fit_and_newer_formats_are_refused(full: Path, tmp_path: Path) -> None:
    counts = dict(backup(full, tmp_path / "b.zip").counts)
    altered(tmp_path / "b.zip", counts=counts | {"documents": 4})
    with pytest.raises(StoreError, match=r"应有 文件 4.*实有 文件 3"):
        restore(tmp_path / "new", tmp_path / "b.zip")
    altered(tmp_path / "b.zip", counts=counts, schema=99)
    with pytest.raises(StoreError, match="升级"):
        restore(tmp_path / "new", tmp_path / "b.zip")


@pytest.mark.parametrize(
    "name", ["files/../../out.txt", "/files/x", "files//x", "files/policy.sqlite3-wal", "x.txt"]
)
def test_a_path_that_leaves_the_folder_is_refused(full: Path, tmp_path: Path, name: str) -> None:
    hashes = dict(backup(full, tmp_path / "b.zip").hashes)
    altered(tmp_path / "b.zip", hashes=hashes | {name: "0"})
    with pytest.raises(StoreError, match="目录不对"):
        restore(tmp_path / "new", tmp_path / "b.zip")


def test_a_backup_beside_the_store_does_not_hold_the_last_one(full: Path) -> None:
    backup(full, full / "monday.zip")
    assert list(backup(full, full / "tuesday.zip").hashes) == [FILE, "files/wording.toml"]


def test_an_old_store_is_brought_up_when_it_comes_back(tmp_path: Path) -> None:
    """A backup may be of a store that the program of that day wrote."""
    old = tmp_path / "old"
    old.mkdir()
    (old / FILE).write_bytes((ROOT / "tests" / "data" / "store-v1.db").read_bytes())
    backup(old, tmp_path / "b.zip")
    restore(tmp_path / "new", tmp_path / "b.zip")
    assert content(tmp_path / "new") == content(old)


def test_kills_while_backups_are_made_and_put_back(tmp_path: Path) -> None:
    dice, shelf = random.Random(7), Shelf()
    with forking() as zygote:
        for _ in range(30):
            said = zygote.kill("restoring", tmp_path, dice, most=6, span=0.1)
            examine(tmp_path, shelf, shelf.hear(said))
    store = Store(tmp_path / "store")
    store.close()
    backup(tmp_path / "store", tmp_path / "last.zip")
    left = [path.name for path in tmp_path.iterdir() if path.name.startswith(".copy-")]
    assert left == []


def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assistant", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


def test_the_commands(full: Path, tmp_path: Path) -> None:
    done = command("--store", full, "backup", tmp_path / "b.zip", "--json")
    assert json.loads(done.stdout)["counts"]["documents"] == 3
    done = command("--store", tmp_path / "new", "restore", tmp_path / "b.zip")
    assert "文件 3" in done.stdout and "wording.toml" in done.stdout
    done = command("--store", tmp_path / "new", "restore", tmp_path / "b.zip")
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1
