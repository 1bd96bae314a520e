"""A backup put back into a folder: checked first, and in one transaction.

A kill leaves the old store whole. A store that holds something is only replaced where asked, and
one that is damaged is kept under another name.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from index import rows
from index.backup import (
    CHUNK,
    DATABASE,
    DERIVED,
    FILES,
    FORMAT,
    MANIFEST,
    Manifest,
    check,
    count,
    scratch,
    told,
    trouble,
)
from index.errors import StoreDamaged, StoreError
from index.files import replace_file
from index.schema import VERSION, connect, explain
from index.store import FILE, WAIT, Store


def restore(folder: Path, file: Path, *, replace: bool = False) -> Manifest:
    """Puts back what a backup holds; what the folder holds is only replaced where asked."""
    try:
        with opened(file) as packed, scratch(folder) as copy:
            manifest = read_manifest(packed, file)
            for name, wanted in manifest.hashes.items():
                verify(packed, name, wanted, file, copy if name == DATABASE else None)
            with closing(connect(copy, WAIT)) as source:
                check(source, manifest.counts, file)
                if not replace:
                    refuse_occupied(folder, packed, manifest)
                put_back(folder, source, file)
            for name in manifest.hashes:
                if name.startswith(FILES):
                    with replace_file(folder / name.removeprefix(FILES)) as out:
                        out.write(packed.read(name))
    except OSError as error:
        raise trouble(folder, error) from error
    return manifest


@contextmanager
def opened(file: Path) -> Iterator[ZipFile]:
    try:
        packed = ZipFile(file)
    except FileNotFoundError as error:
        raise StoreError(f"没有备份文件 {file}") from error
    except BadZipFile as error:
        raise StoreError(f"{file} 不是备份文件，或不完整；请换一个备份") from error
    with packed:
        yield packed


def read_manifest(packed: ZipFile, file: Path) -> Manifest:
    try:
        found = Manifest(**json.loads(packed.read(MANIFEST)))
        names = set(found.hashes)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StoreError(f"{file} 不是本程序的备份文件") from error
    if found.format > FORMAT or found.schema > VERSION:
        raise StoreError(f"备份 {file} 由更新的程序写成；请升级本程序后再恢复")
    if DATABASE not in names or not all(safe(name) for name in names):
        raise StoreError(f"备份 {file} 的目录不对，未恢复任何内容")
    return found


def safe(name: str) -> bool:
    """The database, or a plain path under ``files/`` that does not touch what is made from it."""
    if name == DATABASE:
        return True
    parts = name.split("/")
    return (
        parts[0] + "/" == FILES
        and len(parts) > 1
        and all(part not in ("", ".", "..") and "\\" not in part for part in parts)
        and not parts[1].startswith(FILE)
        and parts[1] not in DERIVED
    )


def verify(packed: ZipFile, name: str, wanted: str, file: Path, copy: Path | None) -> None:
    """Reads a member through, into ``copy`` where one is given; its hash must be the one noted."""
    digest = sha256()
    try:
        with packed.open(name) as member, open(copy or os.devnull, "wb") as out:
            while piece := member.read(CHUNK):
                digest.update(piece)
                out.write(piece)
    except (BadZipFile, zlib.error, EOFError, KeyError):
        digest = sha256()
    if digest.hexdigest() != wanted:
        raise StoreError(f"备份 {file} 里的 {name} 已损坏，未恢复任何内容；请换一个备份")


def refuse_occupied(folder: Path, packed: ZipFile, manifest: Manifest) -> None:
    """A store that holds something, or a file that holds something else, is not overwritten."""
    if held := holds(folder):
        raise StoreError(
            f"{folder} 已有资料库（{held}），没有覆盖；"
            "请先用 assistant backup 备份它，再加 --replace"
        )
    for name in manifest.hashes:
        path = folder / name.removeprefix(FILES)
        if name.startswith(FILES) and path.exists() and path.read_bytes() != packed.read(name):
            raise StoreError(f"{path} 已存在且内容不同，没有覆盖；确定要覆盖请加 --replace")


def holds(folder: Path) -> str:
    """What would be lost with the store of a folder, in words."""
    if not (folder / FILE).is_file():
        return ""
    try:
        with closing(Store(folder)) as store, store.reading() as db:
            return told(count(db))
    except StoreDamaged:
        return "已损坏"


def put_back(folder: Path, source: sqlite3.Connection, file: Path) -> None:
    """One transaction replaces all pages; indexes made from what was there are stale at once."""
    try:
        before = overwrite(folder / FILE, source)
    except StoreDamaged:
        before = {"damaged": 1}
        set_aside(folder / FILE)
        overwrite(folder / FILE, source)
    with closing(Store(folder)) as store, store.writing() as db:
        detail: dict[str, object] = {"from": str(file), "before": before, "now": count(db)}
        rows.record(db, "restore", file.name, detail)
        rows.raise_content(db)


def overwrite(path: Path, source: sqlite3.Connection) -> dict[str, int]:
    """Gives how much there was before."""
    with closing(connect(path, WAIT)) as target:
        try:
            before = count(target)
            source.backup(target, progress=patience(path))
        except sqlite3.Error as error:
            raise explain(error, path) from error
    return before


def set_aside(path: Path) -> None:
    """Nothing is thrown away: a damaged file is kept under another name."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    for log in ("-wal", "-shm"):
        path.with_name(path.name + log).unlink(missing_ok=True)
    path.rename(aside)


def patience(path: Path) -> Callable[[int, int, int], None]:
    """Another writer is waited for as long as the store does, and no longer."""
    until = time.monotonic() + WAIT

    def waiting(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > until:
            raise StoreError(f"资料库 {path} 正由另一个进程写入；请等它完成后再试")

    return waiting
