"""A draft drawn up anew keeps what people did to it; what lost its ground is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.draft import draft_from, read_profile
from assistant.draft.edit import confirmed, edited, wording, wording_of
from assistant.draft.lettering import head_of, lettered
from assistant.draft.renew import renewed
from assistant.draft.restructure import added, dropped
from assistant.draft.work import Work, work_on
from index.errors import PolicyError
from tests.drafting import COUNTY, UPPER, clause, library, work

AT = "2026-03-01T09:00:00+00:00"


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    opened = library(tmp_path_factory.mktemp("renew"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def base(held) -> Work:
    return work(held)


@pytest.fixture(scope="module")
def changed(held, tmp_path_factory) -> Work:
    """The same county whose science bureau is called otherwise by now."""
    path = tmp_path_factory.mktemp("county") / "county.toml"
    words = COUNTY.read_text(encoding="utf-8")
    assert "县科技局" in words
    path.write_text(words.replace("县科技局", "县教育科技局"), encoding="utf-8")
    return work_on(draft_from([UPPER], path, held), (UPPER,), {}, read_profile(path))


def reword(of: Work, ending: str, old: str, new: str) -> Work:
    was = wording_of(clause(of, ending))
    words = replace(was, paragraphs=tuple(one.replace(old, new) for one in was.paragraphs))
    return edited(of, clause(of, ending).id, words, "王一", AT)


def test_rewording_own_clauses_fills_and_head_outlive_a_new_draft(base, changed):
    one = reword(base, "三/(二)/2", "分行业制定", "分行业分步骤制定")
    one = added(one, clause(one, "三/(一)/3").id, wording("", "开展企业家沙龙活动。"), "王一", AT)
    one = lettered(one, replace(head_of(one.draft), title="清川县方案", date="2026年3月1日"))
    one = replace(one, fills={clause(one, "三/(二)/1").placeholders[0].id: "6"})
    again = renewed(one, changed)
    assert again.kept == 2 and again.lost == ()
    assert "分步骤" in clause(again.work, "三/(二)/2").text
    assert "县教育科技局" in clause(again.work, "三/(一)/3").text
    order = [own.id for own in again.work.draft.clauses]
    new = next(own for own in again.work.draft.clauses if "企业家沙龙" in own.text)
    assert order.index(new.id) == order.index(clause(again.work, "三/(一)/3").id) + 1
    assert new.number == "4." and clause(again.work, "三/(一)/4").number == "5."
    assert "6个" in clause(again.work, "三/(二)/1").text
    assert again.work.draft.title == "清川县方案" and again.work.draft.letter.date == "2026年3月1日"


def test_a_confirmation_holds_only_for_the_words_that_were_read(base, changed):
    same, other = clause(base, "三/(二)/3"), clause(base, "三/(一)/3")
    one = confirmed(confirmed(base, same.id, "张三", AT), other.id, "张三", AT)
    again = renewed(one, changed).work
    assert again.state_of(clause(again, "三/(二)/3")) == "confirmed"
    assert again.state_of(clause(again, "三/(一)/3")) == "done", "its unit is another by now"


def test_words_that_were_rewritten_and_then_confirmed_stay(base, changed):
    one = reword(base, "三/(一)/3", "健全", "切实健全")
    one = confirmed(one, clause(one, "三/(一)/3").id, "张三", AT)
    again = renewed(one, changed).work
    assert "切实健全" in clause(again, "三/(一)/3").text
    assert again.state_of(clause(again, "三/(一)/3")) == "confirmed"


def test_what_has_no_place_any_more_is_named(base, changed):
    one = reword(base, "三/(一)/3", "健全", "切实健全")
    gone = clause(changed, "三/(一)/3").id
    less = replace(
        changed,
        plain=replace(
            changed.plain, clauses=tuple(c for c in changed.plain.clauses if c.id != gone)
        ),
    )
    assert [lost.id for lost in renewed(one, less).lost] == [gone]


def test_numbers_follow_what_is_added_and_dropped(base):
    less = dropped(base, clause(base, "三/(一)/2").id)
    assert clause(less, "三/(一)/3").number == "2."
    assert not [row for row in less.draft.rows if row.id.endswith("三/(一)/2")]
    assert next(r.number for r in less.draft.rows if r.id.endswith("三/(一)/3")).endswith("2.")
    section = dropped(base, clause(base, "三/(一)").id)
    assert clause(section, "三/(二)").number == "（一）"
    with pytest.raises(PolicyError, match="引言"):
        dropped(base, base.plain.opening.id)
    with pytest.raises(PolicyError, match="88个"):
        added(base, clause(base, "三/(一)/3").id, wording("", "新建88个园区。"), "王一", AT)
