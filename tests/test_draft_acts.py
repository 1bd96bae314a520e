"""What the acts of 起草 do to a session and to the store, without a browser."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from assistant.app import draft_acts
from assistant.app.draft_view import based
from assistant.app.drafting import Session, checked, with_open
from assistant.app.goals import Goals
from assistant.app.panes import Desk
from assistant.app.render.draft import checked_html
from assistant.app.render.plan import places
from assistant.draft.work import Work
from index import drafts as shelf
from index.store import FILE, Store
from tests.drafting import UPPER, clause, library, work


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    opened = library(tmp_path_factory.mktemp("acts"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def base(held) -> Work:
    return work(held)


@pytest.fixture
def store(tmp_path):
    opened = Store(tmp_path / "store", wait=0.2)
    yield opened
    opened.close()


def session(base: Work) -> Session:
    return Session(work=base, name="方案", loose=True)


def test_a_draft_that_others_removed_is_saved_as_a_new_one(base, store):
    first = draft_acts.kept(store, session(base), base, "王一", "生成").session
    assert first.saved is not None
    shelf.remove_draft(store, first.saved.draft, "李二")
    done = draft_acts.kept(store, first, base, "王一", "再存")
    assert "另存为新的草案" in done.words and not done.problem
    assert [one.name for one in shelf.drafts(store)] == ["方案"]


def test_others_versions_in_between_are_told(base, store):
    mine = draft_acts.kept(store, session(base), base, "王一", "生成").session
    draft_acts.kept(store, mine, base, "李二", "别人的改动")
    done = draft_acts.kept(store, mine, base, "王一", "我的改动")
    assert done.words.startswith("已存为第3版") and "别人又存过" in done.words


def test_a_store_that_cannot_be_written_keeps_the_words_in_the_page(base, store, tmp_path):
    ready = draft_acts.kept(store, session(base), base, "王一", "生成").session
    other = sqlite3.connect(tmp_path / "store" / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    changed = replace(base, stage="送审稿")
    done = draft_acts.kept(store, ready, changed, "王一", "送审")
    other.execute("ROLLBACK")
    other.close()
    assert done.problem and "没有存上" in done.words and "另一个进程" in done.words
    assert done.session.loose and done.session.work == changed
    again = draft_acts.note(store, done.session, changed, {"why": "重试"}, "王一")
    assert not again.session.loose and again.words == "已存为第2版"


def test_only_what_is_asked_is_filled_in(base, store):
    asked = base.plain.placeholders[0].id
    data = {asked: " 5 ", "no such": "6", "act": "fill"}
    done = draft_acts.fill(store, session(base), base, data, "王一")
    assert done.session.work is not None and done.session.work.fills == {asked: "5"}
    assert shelf.drafts(store)[0].last.why == "填待定1处"
    same = draft_acts.fill(store, done.session, done.session.work, data, "王一")
    assert same.words == "没有新填的内容"
    assert shelf.drafts(store)[0].last.number == 1


def test_the_source_of_a_clause_outlives_its_document(base, tmp_path):
    held = library(tmp_path / "gone")
    desk = Desk(held, lambda: None, Goals(held))
    one = clause(base, "三/(一)/3")
    place = next(anchor for found, anchor in places(base.draft) if found.id == one.id)
    here = replace(session(base), place=place)
    assert "移出资料库" not in based(desk, here, base, "")
    held.store.remove([UPPER])
    gone = based(desk, here, base, "")
    assert "移出资料库" in gone and "知识产权保护机制" in gone
    held.close()


def test_the_check_of_the_draft_says_what_is_still_open(base, held, tmp_path):
    left = len(base.draft.placeholders)
    assert left > 1
    found = checked(replace(session(base), folder=tmp_path), base, held)
    said = checked_html(found, with_open(found, base))
    assert "覆盖" in said and f"另有 {left} 处待定须补。" in said
    assert said.count("待定") == 1  # one number, the one that the page asks for
    full = replace(base, fills={one.id: "5" for one in base.plain.placeholders})
    assert not full.draft.placeholders and "待定" not in with_open(found, full)
