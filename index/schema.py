"""The tables of a store, and how an older store becomes a present one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from index.errors import StoreDamaged, StoreError

APPLICATION = 0x706F6C69  # "poli": tells our file from any other SQLite database
VERSION = 2

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    origin TEXT NOT NULL UNIQUE,
    content TEXT NOT NULL,
    title_key TEXT NOT NULL,
    digest INTEGER NOT NULL,
    value TEXT NOT NULL,
    added TEXT NOT NULL
);
CREATE INDEX documents_content ON documents (content);
CREATE TABLE clauses (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    value TEXT NOT NULL
);
CREATE INDEX clauses_document ON clauses (document, position);
CREATE TABLE tasks (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    clause TEXT NOT NULL REFERENCES clauses (id) ON DELETE CASCADE,
    value TEXT NOT NULL,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE INDEX tasks_clause ON tasks (clause);
CREATE TABLE pieces (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    clause TEXT NOT NULL REFERENCES clauses (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    text_hash TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (clause, position)
);
CREATE INDEX pieces_document ON pieces (document);
CREATE INDEX pieces_hash ON pieces (text_hash);
CREATE TABLE vectors (
    encoder TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (encoder, text_hash)
) WITHOUT ROWID;
CREATE INDEX vectors_hash ON vectors (text_hash);
CREATE TABLE feedback (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    verdict TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);
INSERT INTO meta VALUES ('content', '0'), ('content_stamp', ''), ('vectors', '0');
"""

DRAFTS = """
CREATE TABLE drafts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    created TEXT NOT NULL
);
CREATE TABLE versions (
    draft INTEGER NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    why TEXT NOT NULL,
    base INTEGER NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (draft, number)
) WITHOUT ROWID;
CREATE TABLE permissions (
    document TEXT PRIMARY KEY,
    allowed INTEGER NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL
) WITHOUT ROWID;
"""
# The pictures of scanned pages, which leave with their document.
PICTURES = """
CREATE TABLE pictures (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    page INTEGER NOT NULL,
    lines TEXT NOT NULL,
    image BLOB NOT NULL,
    PRIMARY KEY (document, page)
);
"""
TABLES += DRAFTS + PICTURES

# MIGRATIONS[n] turns a store of version n into one of version n + 1.
MIGRATIONS: dict[int, str] = {1: DRAFTS + PICTURES}


def connect(path: Path, wait: float) -> sqlite3.Connection:
    """An open connection to a store of the present version; the file is made where absent."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, timeout=wait, isolation_level=None, check_same_thread=False)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"打不开资料库 {path}：{error}；请检查文件夹的权限") from error
    try:
        prepare(db, path)
    except sqlite3.DatabaseError as error:
        db.close()
        raise explain(error, path) from error
    except StoreError:
        db.close()
        raise
    return db


def prepare(db: sqlite3.Connection, path: Path) -> None:
    db.execute("PRAGMA foreign_keys=ON")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("PRAGMA secure_delete=ON")
    if identity(db) == (APPLICATION, VERSION):
        return
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("BEGIN IMMEDIATE")
    try:
        bring_up(db, path)
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def identity(db: sqlite3.Connection) -> tuple[int, int]:
    application = int(db.execute("PRAGMA application_id").fetchone()[0])
    return application, int(db.execute("PRAGMA user_version").fetchone()[0])


def bring_up(db: sqlite3.Connection, path: Path) -> None:
    """Creates the tables or migrates them; another process may have done it just before."""
    application, version = identity(db)
    occupied = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != APPLICATION and occupied:
        raise StoreError(f"{path} 不是本程序的资料库；请用 --store 另选文件夹")
    if version > VERSION:
        raise StoreError(
            f"资料库 {path} 由更新的程序建立（格式 {version}，"
            f"本程序只认到 {VERSION}）；请升级本程序"
        )
    steps = [TABLES] if not occupied else migration_steps(version, path)
    for statement in (part for step in steps for part in step.split(";")):
        if statement.strip():
            db.execute(statement)
    db.execute(f"PRAGMA application_id={APPLICATION}")
    db.execute(f"PRAGMA user_version={VERSION}")


def migration_steps(version: int, path: Path) -> list[str]:
    missing = [step for step in range(version, VERSION) if step not in MIGRATIONS]
    if missing:
        raise StoreError(
            f"资料库 {path} 的格式（{version}）太旧，无法自动升级；"
            "请换一个文件夹重新导入文件，原文件夹不会改动"
        )
    return [MIGRATIONS[step] for step in range(version, VERSION)]


def explain(error: sqlite3.Error, path: Path) -> StoreError:
    message = str(error)
    if "locked" in message or "busy" in message:
        return StoreError(f"资料库 {path} 正由另一个进程写入；请等它完成后再试")
    if "full" in message:
        return StoreError(f"写不进资料库 {path}：磁盘已满；请腾出空间后再试，已有内容没有受损")
    if "disk I/O" in message:
        return StoreError(
            f"资料库 {path} 读写失败：磁盘可能已满、超出限额或已断开；"
            "请检查磁盘后再试，已确认的内容没有受损"
        )
    if "readonly" in message or "unable to open" in message:
        return StoreError(f"资料库 {path} 是只读的或打不开；请检查文件夹的权限")
    if "not a database" in message or "malformed" in message:
        return StoreDamaged(
            f"{path} 已损坏或不是资料库；请用 assistant restore 恢复备份，"
            "或换一个文件夹重新导入文件"
        )
    return StoreError(f"资料库 {path} 出错：{message}")
