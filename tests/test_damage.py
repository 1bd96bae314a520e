"""What befalls a store from outside: a clear message or a repair, never a wrong answer."""

from __future__ import annotations

import json
import os
import random
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from letters import Letters, incoming
from perishable import plan

from assistant.answer import answer
from index import drafts, snapshot
from index.backup import backup
from index.encoding import encode_pending
from index.errors import StoreError
from index.files import read_arrays, write_arrays
from index.ingest import ingest
from index.library import open_library
from index.store import FILE, Store
from index.tokens import terms

ROOT = Path(__file__).parents[1]
QUESTION = "清川县要完成多少座小型水库除险加固？"


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """A store that holds one document, closed."""
    fill(tmp_path / "store")
    return tmp_path / "store"


def fill(folder: Path) -> None:
    store = Store(folder)
    store.put(incoming(plan(0, 57), "p0"))
    store.close()


def said(folder: Path, encoder: Any = None) -> str:
    library = open_library(folder, encoder)
    try:
        return answer(QUESTION, library).text
    finally:
        library.close()


def run(script: str, *arguments: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / script), *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def acknowledged(steps: list[dict[str, Any]]) -> set[str]:
    return {one["id"] for one in steps if one["step"] == "put"}


def ids(folder: Path) -> set[str]:
    store = Store(folder)
    try:
        return {document.id for document in store.documents()}
    finally:
        store.close()


def test_a_file_that_may_not_grow(held: Path) -> None:
    steps = run("straitened.py", "limit", str(held))
    assert steps[-1]["step"] == "stopped" and "磁盘" in steps[-1]["error"], steps[-1]
    assert ids(held) == acknowledged(steps) | {"p0"}
    assert "57座" in said(held)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1.5 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1536k", "none", str(folder)], capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip("不能挂载小磁盘（需要 root）")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk(small_disk: Path) -> None:
    fill(small_disk / "store")
    steps = run("straitened.py", "none", str(small_disk / "store"))
    assert steps[-1]["step"] == "stopped" and "磁盘" in steps[-1]["error"], steps[-1]
    # There is still no room, and what was acknowledged is read and answers.
    assert ids(small_disk / "store") == acknowledged(steps) | {"p0"}
    assert "57座" in said(small_disk / "store")


def test_the_command_says_that_the_disk_is_full(small_disk: Path, tmp_path: Path) -> None:
    folder = small_disk / "store"
    fill(folder)
    for number in range(40):
        (tmp_path / f"f{number}.txt").write_text(plan(2, number) + "水" * 9000, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "--store", str(folder), "ingest", "--no-wait"]
        + [str(path) for path in tmp_path.glob("f*.txt")],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "磁盘" in done.stderr and "Traceback" not in done.stderr, done.stderr
    assert "57座" in said(folder)


def test_a_backup_that_finds_no_room(small_disk: Path, held: Path) -> None:
    """The last backup stays, and nothing half written beside it."""
    store = Store(held)
    for number in range(30):
        store.put(incoming(plan(2, number) + secrets.token_hex(20_000), f"n{number}"))
    store.close()
    (small_disk / "b.zip").write_bytes(b"the last one")
    with pytest.raises(StoreError, match="磁盘"):
        backup(held, small_disk / "b.zip")
    assert (small_disk / "b.zip").read_bytes() == b"the last one"
    assert [path.name for path in small_disk.iterdir()] == ["b.zip"]
    assert "57座" in said(held)


def test_a_folder_that_may_not_be_written() -> None:
    folder = Path(tempfile.mkdtemp())  # pytest's own folders are closed to others
    try:
        fill(folder)
        folder.chmod(0o555)
        (folder / FILE).chmod(0o444)
        [last] = run("straitened.py", "nobody", str(folder))
        assert last["step"] == "stopped" and "权限" in last["error"], last
        folder.chmod(0o755)
        assert "57座" in said(folder)
    finally:
        shutil.rmtree(folder)


def test_a_file_that_may_not_be_written_is_still_read() -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        fill(folder)
        folder.chmod(0o777)
        (folder / FILE).chmod(0o444)
        steps = run("straitened.py", "nobody", str(folder))
        assert steps[0] == {"step": "held", "ids": ["p0"]}
        assert steps[1]["step"] == "stopped" and "只读" in steps[1]["error"], steps
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize("kept", [0.02, 0.3, 0.7])
def test_a_store_cut_short_is_refused(held: Path, kept: float) -> None:
    whole = (held / FILE).read_bytes()
    (held / FILE).write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(StoreError, match=r"已损坏.*restore"):
        said(held)


def test_a_store_cut_anywhere_never_answers_wrongly(held: Path) -> None:
    whole, dice = (held / FILE).read_bytes(), random.Random(9)
    right = refused = 0
    for _ in range(40):
        # The first 100 bytes are the file's head: without it there is no store.
        (held / FILE).write_bytes(whole[: dice.randrange(100, len(whole))])
        for left in held.glob(f"{FILE}-*"):
            left.unlink()
        try:
            assert "57座" in said(held)
            right += 1
        except StoreError:
            refused += 1
    assert refused >= 20, (right, refused)


@dataclass(frozen=True)
class Large:
    """A store whose indexes are kept in files."""

    folder: Path

    def files(self) -> list[Path]:
        return sorted(snapshot.derived(self.folder).glob("*.npz"))

    def found(self, encoder: Any = None) -> list[tuple[str, float]]:
        library = open_library(self.folder, encoder)
        try:
            hits = library.search("第2718号实事修路多少里", 5)
            return [(hit.clause.id, round(hit.score, 4)) for hit in hits]
        finally:
            library.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Large:
    folder = tmp_path_factory.mktemp("large")
    many = "\n".join(f"第{n}条 办好第{n}号实事，修路{n}里。" for n in range(1, 3_200))
    store = Store(folder)
    store.put(incoming(f"山阳县为民办实事规定\n\n{many}\n", "large"))
    encode_pending(store, Letters())
    store.close()
    one = Large(folder)
    one.found()
    assert len(one.files()) == 2
    return one


@pytest.fixture
def large(made: Large, tmp_path: Path) -> Large:
    shutil.copytree(made.folder, tmp_path / "copy")
    return Large(tmp_path / "copy")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def scribble(path: Path) -> None:
    held = bytearray(path.read_bytes())
    dice = random.Random(5)
    for _ in range(40):
        held[dice.randrange(len(held))] ^= 0xFF
    path.write_bytes(held)


def of_another_version(path: Path) -> None:
    """A whole file of arrays with other names."""
    write_arrays(path, words=np.arange(9), places=np.arange(9))


@pytest.mark.parametrize("harm", [cut, empty, scribble, of_another_version])
def test_a_damaged_index_is_made_anew(large: Large, harm: Callable[[Path], None]) -> None:
    right = large.found()
    for path in large.files():
        harm(path)
    assert large.found() == right
    assert len(large.files()) == 2
    assert all(read_arrays(path, "vocabulary", "owners") is not None for path in large.files())


def test_an_index_of_other_words_is_left_alone(large: Large, monkeypatch) -> None:
    """An older program counted words differently: its file has another name and is not read."""
    right = large.found()
    for path in large.files():
        kind, _, stamp = path.name.split("-")
        held = read_arrays(path, "vocabulary", "starts", "owners", "weights", "size")
        assert held is not None
        path.rename(path.with_name(f"{kind}-{snapshot.LAYOUT - 1}-{stamp}"))
    assert large.found() == right


def test_the_words_of_an_index_are_those_of_its_layout() -> None:
    """When this fails, raise ``snapshot.LAYOUT``: indexes in files were made with other terms."""
    keys = np.unique(terms(["到2025年，R&D投入占GDP比重达到2.5%以上。"]).keys)
    assert (len(keys), int(np.bitwise_xor.reduce(keys))) == (20, 2401523111861214686)


def test_what_a_killed_writer_left_is_swept(large: Large) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    folder = snapshot.derived(large.folder)
    dead, alive = (folder / f"words-x.npz.{pid}.part" for pid in (gone.pid, os.getpid()))
    dead.write_bytes(b"half")
    alive.write_bytes(b"half")
    for path in large.files():
        path.unlink()
    large.found()
    assert not dead.exists() and alive.exists()


def test_vectors_of_another_encoder_are_not_mixed_in(large: Large) -> None:
    other = Letters(48, "other")
    assert large.found(other) == large.found(None)  # nobody can read the vectors that are there
    store = Store(large.folder)
    encode_pending(store, other)
    store.close()
    fresh = Large(large.folder.parent / "fresh")
    store = Store(fresh.folder)
    source = Store(large.folder)
    store.put(incoming(source.document("large").text, "large"))
    source.close()
    encode_pending(store, Letters(48, "other"))
    store.close()
    assert large.found(other) == fresh.found(other)


def write_many(folder: Path, name: str, count: int) -> subprocess.Popen[bytes]:
    program = (
        "import sys; from pathlib import Path; from letters import Letters, incoming; "
        "from perishable import plan; from index.store import Store; "
        "from index.encoding import encode_pending\n"
        "store = Store(Path(sys.argv[1]))\n"
        "for n in range(int(sys.argv[3])):\n"
        "    store.put(incoming(plan(n % 3, n) + sys.argv[2], f'{sys.argv[2]}{n}'))\n"
        "    store.put(incoming(plan(3, n), 'both'))\n"
        "    encode_pending(store, Letters())\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", program, str(folder), name, str(count)],
        env=os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
        stderr=subprocess.PIPE,
    )


def test_two_writers_at_once(held: Path) -> None:
    """Each gets its own documents in; of the one that both write, one whole text stands."""
    writers = [write_many(held, name, 15) for name in ("a", "b")]
    for writer in writers:
        _, errors = writer.communicate(timeout=60)
        assert writer.returncode == 0, errors.decode()
    own = {f"{name}{n}" for name in ("a", "b") for n in range(15)}
    assert ids(held) == own | {"p0", "both"}
    store = Store(held)
    assert store.document("both").text.strip() == plan(3, 14).strip()
    assert store.pending(Letters().fingerprint) == []
    with store.reading() as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert store.generation().content == len([one for one in store.audit() if one["action"]])
    store.close()


def test_readers_never_see_half_of_a_change(held: Path) -> None:
    """While documents are replaced, each reading is of one state."""
    store, stop, seen = Store(held), threading.Event(), set()

    def read() -> None:
        reader = Store(held)
        while not stop.is_set():
            with reader.reading() as db:
                texts = {
                    row[0] for row in db.execute("SELECT value FROM clauses WHERE id LIKE 'p0%'")
                }
                [whole] = db.execute("SELECT value FROM documents WHERE id = 'p0'").fetchone()
            dams = next(str(n) for n in range(57, 90) if f"{n}座" in whole)
            seen.add((dams, any(f"{dams}座" in text for text in texts)))
        reader.close()

    thread = threading.Thread(target=read)
    thread.start()
    for dams in range(57, 90):
        store.put(incoming(plan(0, dams), "p0"))
    stop.set()
    thread.join()
    store.close()
    assert seen and all(right for _, right in seen)


def test_a_clock_that_was_ahead_changes_nothing(held: Path, tmp_path: Path) -> None:
    """Records of a year to come stand before those of today; files are known by what they hold."""
    store = Store(held)
    late = drafts.save_new(store, "甲方案", "一", "甲", "")
    with store.writing() as db:
        for table in ("audit", "versions"):
            db.execute(f"UPDATE {table} SET at = '2099-01-01T00:00:00+00:00'")
    today = drafts.save_new(store, "乙方案", "二", "乙", "")
    assert [one.id for one in drafts.drafts(store)] == [today.draft, late.draft]
    assert [row["action"] for row in store.audit()] == ["add", "draft", "draft"]

    path = tmp_path / "p1.txt"
    path.write_text(plan(1, 3), encoding="utf-8")
    os.utime(path, (4_000_000_000, 4_000_000_000))
    assert ingest([path], store, None).ingested
    path.write_text(plan(1, 4), encoding="utf-8")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert ingest([path], store, None).ingested, "older by the clock, and changed"
    os.utime(path, (3_000_000_000, 3_000_000_000))
    assert ingest([path], store, None).unchanged
    store.close()
    library = open_library(held, None)
    assert "4座" in answer("柏溪县要完成多少座小型水库除险加固？", library).text
    library.close()


def test_a_store_that_vanishes_is_told(held: Path) -> None:
    (held / FILE).unlink()
    with sqlite3.connect(held / FILE) as db:
        db.execute("CREATE TABLE other (x)")
    db.close()
    with pytest.raises(StoreError, match="不是本程序"):
        said(held)
