"""A store of version 1, made by the code of that version, opens today and answers the same."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import answer
from index import schema
from index.codec import dump, load
from index.library import open_library
from index.store import FILE, Store
from index.types import Clause, Document, Task

DATA = Path(__file__).parent / "data"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    shutil.copy(DATA / "store-v1.db", tmp_path / FILE)
    with sqlite3.connect(tmp_path / FILE) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
        assert not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'drafts'").fetchone()
    db.close()
    return tmp_path


@pytest.fixture(scope="module")
def recorded() -> dict[str, Any]:
    """What the code of version 1 read from the store when it made it."""
    found: dict[str, Any] = json.loads((DATA / "store-v1.json").read_text(encoding="utf-8"))
    return found


def again(kind: type, value: Any) -> Any:
    return load(kind, json.dumps(value))


def test_every_value_of_an_old_store_is_the_same_after_migration(old, recorded):
    store = Store(old)
    with store.reading() as db:
        assert schema.identity(db) == (schema.APPLICATION, schema.VERSION)
    assert store.documents() == [again(Document, one) for one in recorded["documents"]]
    for document, clauses in recorded["clauses"].items():
        assert store.clauses(document) == [again(Clause, one) for one in clauses]
        assert store.tasks(document) == [again(Task, one) for one in recorded["tasks"][document]]
    assert list(store.generation()) == recorded["generation"]
    assert store.feedback() == recorded["feedback"]
    assert store.audit() == recorded["audit"]
    assert store.encoded() == recorded["encoded"]
    assert store.pending("test-encoder") == []
    store.close()


def test_an_old_store_answers_the_same(old, recorded):
    library = open_library(old, None)
    for one in recorded["answers"]:
        said = answer(one["question"], library)
        assert said.status == one["status"]
        assert [cited.clause_id for cited in said.citations] == one["clauses"]
    library.close()


def test_migrated_and_new_stores_have_the_same_tables(old, tmp_path):
    Store(old).close()
    Store(tmp_path / "new").close()
    assert tables(old) == tables(tmp_path / "new")


def tables(folder: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(folder / FILE) as db:
        found = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    db.close()
    return sorted(found)


def test_a_migration_cut_short_leaves_the_old_store(old, monkeypatch):
    cut = schema.MIGRATIONS[1] + "; INSERT INTO nowhere VALUES (1)"
    monkeypatch.setitem(schema.MIGRATIONS, 1, cut)
    with pytest.raises(schema.StoreError):
        Store(old)
    with sqlite3.connect(old / FILE) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
        assert not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'drafts'").fetchone()
    db.close()
    monkeypatch.undo()
    Store(old).close()


def test_the_recorded_values_are_not_empty(recorded):
    assert sum(map(len, recorded["clauses"].values())) > 10
    assert dump(again(Document, recorded["documents"][0]))
