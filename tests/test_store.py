from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letters import PLAN, Letters, incoming

from index import schema
from index.codec import dump, load
from index.encoding import encode_pending
from index.errors import NotFound, StoreError
from index.identity import title_key
from index.store import FILE, Incoming, Store
from index.types import (
    Agency,
    Clause,
    Deadline,
    Document,
    Duty,
    Parsed,
    Span,
    Table,
    Target,
    Task,
)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
maybe = st.none() | words
spans = st.tuples(st.integers(0, 99), st.integers(1, 99)).map(lambda p: Span(p[0], p[0] + p[1]))
numbers = st.floats(allow_nan=False, allow_infinity=False)
targets = st.builds(
    Target,
    words,
    st.sampled_from([">=", "<=", "=", "~", "+"]),
    numbers,
    words,
    maybe,
    st.sampled_from(["total", "coverage"]),
    words,
    spans,
    maybe,
    st.none() | numbers,
)
tasks = st.builds(
    Task,
    st.just("x/一"),
    st.tuples(words),
    st.just("task"),
    words,
    maybe,
    st.tuples(st.builds(Agency, words, st.sampled_from(["lead", "support", "unknown"]), spans)),
    st.tuples(targets),
    st.tuples(st.builds(Deadline, words, words, words, spans)),
    st.tuples(st.builds(Duty, words, words, maybe, words, spans)),
    st.just("applies"),
    words,
)
clauses = st.builds(
    Clause,
    st.just("x/一"),
    st.just("x"),
    maybe,
    st.sampled_from(["part", "item", "row"]),
    words,
    maybe,
    st.lists(words, max_size=3).map(tuple),
    st.lists(spans, min_size=1, max_size=3).map(tuple),
    words,
)
documents = st.builds(
    Document,
    st.just("x"),
    words,
    maybe,
    maybe,
    maybe,
    st.sampled_from(["province", "city", ""]),
    words,
    st.lists(words, max_size=2).map(tuple),
    st.sampled_from(["现行", "废止", "未注明"]),
    words,
    words,
    words,
    st.lists(st.builds(Table, st.lists(spans, max_size=2).map(tuple)), max_size=2).map(tuple),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    yield opened
    opened.close()


@settings(max_examples=60, deadline=None)
@given(documents, clauses, tasks)
def test_what_is_stored_comes_back_equal(
    tmp_path_factory: pytest.TempPathFactory, document: Document, clause: Clause, task: Task
) -> None:
    store = Store(tmp_path_factory.mktemp("store"))
    store.put(Incoming("here", "hash", "x", lambda _: Parsed(document, (clause,), (task,))))
    assert store.document("x") == document
    assert store.clauses("x") == [clause]
    assert store.clause("x/一") == clause
    assert store.tasks("x") == [task]
    store.close()


def test_a_value_that_lacks_a_later_field_takes_its_default() -> None:
    held = json.loads(dump(Table((Span(0, 1),), 2)))
    del held["header_rows"]
    assert load(Table, json.dumps(held)) == Table((Span(0, 1),))


def test_identical_content_changes_nothing(store: Store) -> None:
    assert store.put(incoming()).outcome == "new"
    before = store.generation()
    assert store.put(incoming()).outcome == "unchanged"
    assert store.put(incoming(origin="/elsewhere/plan.txt")).outcome == "unchanged"
    assert store.generation() == before


def test_the_same_place_again_replaces(store: Store) -> None:
    store.put(incoming())
    before = store.generation()
    replaced = store.put(incoming(PLAN.replace("12座", "15座")))
    assert (replaced.id, replaced.outcome) == ("plan", "replaced")
    assert store.generation().content == before.content + 1
    assert store.generation().stamp != before.stamp
    assert "15座" in store.document("plan").text
    assert not any("12座" in clause.text for clause in store.clauses("plan"))


def test_the_same_stem_from_another_place_gets_another_id(store: Store) -> None:
    store.put(incoming())
    second = store.put(incoming(PLAN.replace("甲县", "乙县"), origin="/b/plan.txt"))
    third = store.put(incoming(PLAN.replace("甲县", "丙县"), origin="/c/plan.txt"))
    assert [second.id, third.id] == ["plan-2", "plan-3"]
    assert all(clause.id.startswith("plan-2/") for clause in store.clauses("plan-2"))
    again = store.put(incoming(PLAN.replace("甲县", "丁县"), origin="/b/plan.txt"))
    assert (again.id, again.outcome) == ("plan-2", "replaced")
    assert "甲县" in store.document("plan").text


def test_an_original_takes_the_place_of_its_digest(store: Store) -> None:
    digest = {"kind": "摘编", "title": "甲县水利建设实施方案"}
    store.put(incoming(PLAN.replace("12座", "十二座"), "short", front=digest))
    stored = store.put(incoming(origin="/original/plan.txt"))
    assert stored.digests == ("short",)
    assert [document.id for document in store.documents()] == ["plan"]
    assert store.put(incoming("摘编。" + PLAN, "short", front=digest)).outcome == "unchanged"


def test_a_digest_is_known_by_its_name_and_region_too(store: Store) -> None:
    front: dict[str, object] = {"kind": "摘编", "title": "甲县治水", "region": "某省甲县"}
    store.put(incoming(PLAN.replace("12座", "十二座"), front=front))
    stored = store.put(incoming(origin="/original/plan.txt", front={"region": "甲县"}))
    assert (stored.id, stored.digests) == ("plan", ("plan",))


def test_titles_are_compared_without_their_wrapping() -> None:
    bare = title_key("甲县水利建设实施方案（2021—2025年）")
    assert title_key("甲县人民政府关于印发《甲县水利建设 实施方案(2021－2025年)》的通知") == bare
    assert title_key("乙县水利建设实施方案(2021—2025年)") != bare


def test_a_digest_stays_where_another_document_has_its_stem(store: Store) -> None:
    store.put(incoming(front={"kind": "摘编"}))
    other = store.put(incoming(PLAN.replace("甲县水利", "乙县教育"), origin="/b/plan.txt"))
    assert other.id == "plan-2"
    assert store.document("plan").is_digest


def test_remove_leaves_no_trace(store: Store) -> None:
    store.put(incoming(name="gone"))
    store.put(incoming(PLAN.replace("水库", "大坝"), name="stays"))
    encode_pending(store, Letters())
    assert store.remove(["gone", "never"]) == ["gone"]
    with pytest.raises(NotFound, match="gone"):
        store.document("gone")
    with pytest.raises(NotFound):
        store.clauses("gone")
    kept = len(store.vectors("letters/32"))
    assert store.progress("letters/32") == [("stays", kept, kept)]
    files = [store.path, *store.folder.glob(f"{FILE}-*")]
    assert not any("修好水库".encode() in file.read_bytes() for file in files)


def test_unchanged_clauses_keep_their_vectors_when_a_document_is_replaced(store: Store) -> None:
    store.put(incoming())
    encode_pending(store, Letters())
    store.put(incoming(PLAN.replace("12座", "15座")))
    waiting = store.pending("letters/32")
    assert len(waiting) == 1 and "15座" in waiting[0][1]


def test_vectors_survive_as_they_were_made(store: Store) -> None:
    store.put(incoming())
    letters = Letters()
    waiting = store.pending(letters.fingerprint)
    store.add_vectors(
        letters.fingerprint, [k for k, _ in waiting], letters.encode([t for _, t in waiting])
    )
    held = store.vectors(letters.fingerprint)
    for key, text in waiting:
        assert np.abs(held[key] - letters.encode([text])[0]).max() < 1e-3


def test_a_failing_parser_leaves_the_old_document(store: Store) -> None:
    store.put(incoming())

    def fail(document_id: str) -> Parsed:
        raise ValueError("坏文件")

    with pytest.raises(ValueError, match="坏文件"):
        store.put(Incoming("/somewhere/plan.txt", "other", "plan", fail))
    assert "12座" in store.document("plan").text


def test_clauses_that_cannot_be_stored_roll_everything_back(store: Store) -> None:
    store.put(incoming())
    good = incoming().parse("twice")
    twice = Parsed(good.document, good.clauses * 2, ())
    with pytest.raises(StoreError):
        store.put(Incoming("/b", "other", "twice", lambda _: twice))
    assert [document.id for document in store.documents()] == ["plan"]


def test_a_store_that_another_process_holds_says_so(tmp_path: Path) -> None:
    Store(tmp_path).close()
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store = Store(tmp_path, wait=0.05)
    assert store.documents() == []
    with pytest.raises(StoreError, match="另一个进程"):
        store.put(incoming())
    other.execute("ROLLBACK")
    assert store.put(incoming()).outcome == "new"
    other.close()


def test_threads_may_share_a_store(store: Store) -> None:
    def add(number: int) -> None:
        store.put(incoming(PLAN.replace("12座", f"{number}座"), f"plan{number}"))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.documents()) == 8
    assert store.generation().content == 8


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    Store(tmp_path).close()
    with sqlite3.connect(tmp_path / FILE) as db:
        db.execute("PRAGMA user_version=99")
    db.close()
    with pytest.raises(StoreError, match="升级"):
        Store(tmp_path)


def test_an_older_store_is_migrated_or_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    store.put(incoming())
    store.close()
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    with pytest.raises(StoreError, match="太旧"):
        Store(tmp_path)
    step = "ALTER TABLE feedback ADD COLUMN user TEXT; INSERT INTO meta VALUES ('grown', '1')"
    monkeypatch.setitem(schema.MIGRATIONS, schema.VERSION - 1, step)
    store = Store(tmp_path)
    assert "12座" in store.document("plan").text
    with store.reading() as db:
        assert schema.identity(db) == (schema.APPLICATION, schema.VERSION)
    store.close()


def test_other_files_are_not_taken_for_a_store(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database at all " * 100)
    with pytest.raises(StoreError, match="不是资料库"):
        Store(tmp_path)
    (tmp_path / FILE).unlink()
    with sqlite3.connect(tmp_path / FILE) as db:
        db.execute("CREATE TABLE theirs (x)")
    db.close()
    with pytest.raises(StoreError, match="不是本程序"):
        Store(tmp_path)


def test_feedback_and_audit_are_kept(store: Store) -> None:
    store.put(incoming())
    store.remove(["plan"])
    store.add_feedback("多少座水库？", "12座[1]", "wrong", "应为15座")
    assert [row["action"] for row in store.audit()] == ["add", "remove"]
    [row] = store.feedback()
    assert (row["question"], row["verdict"], row["note"]) == ("多少座水库？", "wrong", "应为15座")


def test_the_store_survives_power_cuts_by_its_settings(store: Store) -> None:
    with store.reading() as db:
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert db.execute("PRAGMA synchronous").fetchone()[0] == 2
