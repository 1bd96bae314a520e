"""A whole store in one file, taken while the store is in use, and checked.

The file is a zip: ``manifest.json`` (counts and hashes), the database, and under ``files/`` what
else a user keeps in the folder (own wording, users). Indexes and caches are left out: they are
made anew. ``index.restore`` puts it back.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from index import rows
from index.errors import StoreError
from index.files import PART, replace_file, running
from index.schema import APPLICATION, VERSION, explain, identity
from index.store import FILE, Store

FORMAT = 1
BACKUP = "backup"
MANIFEST, DATABASE, FILES = "manifest.json", FILE, "files/"
DERIVED = ("derived", "check-vectors.npz")
COUNTED = (
    *("documents", "clauses", "tasks", "pieces", "vectors", "pictures"),
    *("drafts", "versions", "permissions", "feedback", "audit"),
)
OWNED = {"documents": "文件", "drafts": "草案", "feedback": "反馈"}
SCRATCH = ".copy-"
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: rows of each table, and the hash of each file in it."""

    format: int
    schema: int
    made: str
    counts: Mapping[str, int]
    hashes: Mapping[str, str]


def backup(folder: Path, out: Path) -> Manifest:
    """Writes the store of a folder to one file; it may be in use. A fault leaves ``out`` alone."""
    if not (folder / FILE).is_file():
        raise StoreError(f"{folder} 里没有资料库，没有可备份的内容")
    try:
        with scratch(out.parent) as copy:
            store = Store(folder)
            with closing(store), closing(sqlite3.connect(copy)) as target:
                with store.reading() as source:
                    counts = count(source)  # the first reading fixes the state that is copied
                    source.backup(target)
                check(target, counts, folder / FILE)
            manifest = pack(folder, copy, out, counts)
        note(folder, out, manifest)
        return manifest
    except OSError as error:
        raise trouble(out, error) from error


def pack(folder: Path, copy: Path, out: Path, counts: Mapping[str, int]) -> Manifest:
    kept = {FILES + name: folder / name for name in kept_files(folder, out)}
    members = {DATABASE: copy} | kept
    hashes = {name: hash_of(path) for name, path in members.items()}
    manifest = Manifest(FORMAT, VERSION, rows.now(), counts, hashes)
    with replace_file(out) as target, packing(target) as packed:
        packed.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
        for name, path in members.items():
            packed.write(path, name)
    out.chmod(0o600)  # it holds drafts and whatever else the store does
    return manifest


def note(folder: Path, out: Path, manifest: Manifest) -> None:
    """The trail tells of it; a store that may not be written is backed up all the same."""
    with suppress(StoreError), closing(Store(folder)) as store:
        store.add_audit(BACKUP, out.name, {"to": str(out.resolve()), "counts": manifest.counts})


def packing(target: BinaryIO) -> ZipFile:
    # A clock that was wrong may have left files older than a zip can tell.
    return ZipFile(target, "w", ZIP_DEFLATED, compresslevel=1, strict_timestamps=False)


def kept_files(folder: Path, out: Path) -> list[str]:
    """What stands in the folder besides the database and what is made from it."""
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        made = name.startswith((FILE, SCRATCH)) or name.split("/")[0] in DERIVED or PART in name
        ours = path.resolve() == out.resolve() or is_backup(path)
        if path.is_file() and not path.is_symlink() and not made and not ours:
            found.append(name)
    return found


def is_backup(path: Path) -> bool:
    try:
        with ZipFile(path) as packed:
            return packed.namelist()[:2] == [MANIFEST, DATABASE]
    except (OSError, BadZipFile):
        return False


def told(counts: Mapping[str, int]) -> str:
    return "、".join(f"{word} {counts[name]}" for name, word in OWNED.items() if counts.get(name))


def count(db: sqlite3.Connection) -> dict[str, int]:
    return {t: int(db.execute(f"SELECT count(*) FROM {t}").fetchone()[0]) for t in COUNTED}


def check(db: sqlite3.Connection, wanted: Mapping[str, int], path: Path) -> None:
    """The database is one of ours, whole, and holds what it is said to hold."""
    try:
        ours = identity(db)[0] == APPLICATION
        sound = [row[0] for row in db.execute("PRAGMA integrity_check(3)")] == ["ok"]
        loose = db.execute("PRAGMA foreign_key_check").fetchone()
        found = count(db)
    except sqlite3.Error as error:
        raise explain(error, path) from error
    if not ours or not sound or loose is not None:
        raise StoreError(f"{path} 的数据已损坏，什么也没有写；请用 assistant doctor 查看")
    if any(found.get(name) != number for name, number in wanted.items()):
        raise StoreError(f"{path} 的数量对不上（应有 {told(wanted)}，实有 {told(found)}），未采用")


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A file for a copy of the database, gone afterwards with all that SQLite put beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{SCRATCH}*"):
        number = left.name.removeprefix(SCRATCH).partition("-")[0]
        if number.isdecimal() and not running(int(number)):
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=f"{SCRATCH}{os.getpid()}-") as inside:
        yield Path(inside) / FILE


def hash_of(path: Path) -> str:
    digest = sha256()
    with open(path, "rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def trouble(path: Path, error: OSError) -> StoreError:
    return StoreError(f"写不了 {path}：{error.strerror or error}；请检查磁盘空间和文件夹的权限")
