"""Drafts as the store keeps them: a name, and versions that are only ever added.

What a version holds is the caller's: a text here. Saving is one transaction, and what
``save_version`` has returned survives a kill at any instruction.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from index.errors import NotFound
from index.rows import now, record
from index.store import Store

_VERSION = "SELECT draft, number, at, who, why, base FROM versions"


@dataclass(frozen=True, slots=True)
class Version:
    """``base`` is the version that it was made from, 0 for the first."""

    draft: int
    number: int
    at: str
    who: str
    why: str
    base: int

    @property
    def crossed(self) -> bool:
        """Others have saved since its base was opened: their words are not in it."""
        return self.base != self.number - 1


@dataclass(frozen=True, slots=True)
class Shelved:
    """A draft in the list of drafts, with its last version."""

    id: int
    name: str
    created: str
    last: Version


def save_new(store: Store, name: str, value: str, who: str, why: str) -> Version:
    """A new draft with its first version."""
    with store.writing() as db:
        at = now()
        found = db.execute("INSERT INTO drafts (name, created) VALUES (?,?)", (name, at))
        version = Version(int(found.lastrowid or 0), 1, at, who, why, 0)
        _insert(db, version, value)
    return version


def save_version(store: Store, draft: int, value: str, who: str, why: str, base: int) -> Version:
    """One more version of a draft. It never replaces one, whatever others saved meanwhile."""
    with store.writing() as db:
        last = _last(db, draft)
        version = Version(draft, last.number + 1, now(), who, why, base)
        _insert(db, version, value)
    return version


def _insert(db: sqlite3.Connection, version: Version, value: str) -> None:
    db.execute(
        "INSERT INTO versions VALUES (?,?,?,?,?,?,?)",
        (
            version.draft,
            version.number,
            version.at,
            version.who,
            version.why,
            version.base,
            value,
        ),
    )
    detail: dict[str, object] = {
        "version": version.number,
        "base": version.base,
        "who": version.who,
        "why": version.why,
    }
    record(db, "draft", str(version.draft), detail)


def drafts(store: Store) -> list[Shelved]:
    """All drafts, the one that was saved last first."""
    # By the order of saving, not by the hour: the clock may have been set back meanwhile.
    query = """
        SELECT drafts.id, drafts.name, drafts.created,
               v.draft, v.number, v.at, v.who, v.why, v.base
        FROM drafts JOIN versions AS v ON v.draft = drafts.id
        LEFT JOIN (SELECT subject, max(id) AS place FROM audit WHERE action = 'draft'
                   GROUP BY subject) AS saved ON saved.subject = CAST(drafts.id AS TEXT)
        WHERE v.number = (SELECT max(number) FROM versions WHERE draft = drafts.id)
        ORDER BY saved.place DESC, drafts.id DESC"""
    with store.reading() as db:
        found = db.execute(query).fetchall()
    return [Shelved(row[0], row[1], row[2], Version(*row[3:])) for row in found]


def draft_name(store: Store, draft: int) -> str:
    with store.reading() as db:
        row = db.execute("SELECT name FROM drafts WHERE id = ?", (draft,)).fetchone()
    if row is None:
        raise _unknown(draft)
    return str(row[0])


def versions(store: Store, draft: int) -> list[Version]:
    """The versions of a draft, the newest first."""
    query = f"{_VERSION} WHERE draft = ? ORDER BY number DESC"
    with store.reading() as db:
        found = [Version(*row) for row in db.execute(query, (draft,))]
    if not found:
        raise _unknown(draft)
    return found


def read_version(store: Store, draft: int, number: int | None = None) -> tuple[Version, str]:
    """A version and what it holds; the newest without a number."""
    with store.reading() as db:
        chosen = number or _last(db, draft).number
        row = db.execute(
            "SELECT draft, number, at, who, why, base, value FROM versions "
            "WHERE draft = ? AND number = ?",
            (draft, chosen),
        ).fetchone()
    if row is None:
        raise NotFound(f"草案 {draft} 没有第{chosen}版；请用 assistant drafts show {draft} 查看")
    return Version(*row[:6]), str(row[6])


def rename(store: Store, draft: int, name: str) -> None:
    with store.writing() as db:
        _last(db, draft)
        db.execute("UPDATE drafts SET name = ? WHERE id = ?", (name, draft))


def remove_draft(store: Store, draft: int, who: str) -> None:
    """The draft with all its versions; only the audit trail still says that there was one."""
    with store.writing() as db:
        _last(db, draft)
        db.execute("DELETE FROM versions WHERE draft = ?", (draft,))
        db.execute("DELETE FROM drafts WHERE id = ?", (draft,))
        record(db, "remove draft", str(draft), {"who": who})


def _last(db: sqlite3.Connection, draft: int) -> Version:
    query = f"{_VERSION} WHERE draft = ? ORDER BY number DESC LIMIT 1"
    row = db.execute(query, (draft,)).fetchone()
    if row is None:
        raise _unknown(draft)
    return Version(*row)


def _unknown(draft: int) -> NotFound:
    return NotFound(f"没有编号为 {draft} 的草案；请用 assistant drafts 查看已有草案")
