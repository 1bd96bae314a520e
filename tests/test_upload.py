"""What becomes of an uploaded file, and of the documents that were there before it."""

from __future__ import annotations

import pytest

from assistant.app import examples
from assistant.app.goals import Goals
from assistant.app.panes import Desk
from assistant.app.source import ancestors, source_view
from assistant.app.upload import READING, take_in
from index.library import open_library
from index.types import Span

PLAN = "{title}\n\n一、主要目标\n\n（一）到{year}年，全县工业投资累计达到{value}亿元。\n"


@pytest.fixture
def woken():
    return []


@pytest.fixture
def desk(tmp_path, woken):
    library = open_library(tmp_path / "library", encoder=None)
    yield Desk(library, lambda: woken.append(1), Goals(library))
    library.close()


@pytest.fixture
def upload(tmp_path, desk):
    """Uploads a text under a name, as gradio does: each in a folder of its own."""
    count = iter(range(100))

    def give(name: str, text: str):
        path = tmp_path / f"incoming-{next(count)}" / name
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        *_, last = take_in([str(path)], desk)
        assert not path.exists() and not path.parent.exists()
        return last[0]

    return give


def plan(title="云岭县工业规划", year=2025, value=35):
    return PLAN.format(title=title, year=year, value=value)


def titles(desk):
    return sorted(document.title for document in desk.library.documents())


def test_a_file_is_taken_in_and_its_vectors_are_asked_for(desk, upload, woken):
    found = upload("规划.txt", plan())
    assert not found.problem and found.done == 1.0 and found.document_id
    assert titles(desk) == ["云岭县工业规划"] and woken


def test_every_step_is_shown_for_every_file(tmp_path, desk):
    paths = [tmp_path / name for name in ("a.txt", "b.txt")]
    for path in paths:
        path.write_text(plan(path.stem), encoding="utf-8")
    steps = [[one.stage for one in state] for state in take_in([str(p) for p in paths], desk)]
    assert [stages.index(READING) for stages in steps[:-1]] == [0, 1]
    assert READING not in steps[-1]


def test_a_new_version_replaces_the_old_one(desk, upload):
    first = upload("规划.txt", plan(value=35))
    second = upload("规划.txt", plan(value=40))
    assert first.document_id == second.document_id
    assert "40亿元" in desk.library.document(second.document_id).text
    assert len(desk.library.documents()) == 1


def test_another_document_of_the_same_name_throws_nothing_away(desk, upload):
    upload("通知.txt", plan("关于工业投资的通知"))
    other = upload("通知.txt", plan("关于技术改造的通知"))
    assert titles(desk) == ["关于工业投资的通知", "关于技术改造的通知"]
    assert other.document_id in other.stage  # the reader is told of the other id
    upload("通知.txt", plan("关于技术改造的通知", value=50))
    assert titles(desk) == ["关于工业投资的通知", "关于技术改造的通知"]


def test_the_same_content_again_changes_nothing(desk, upload):
    upload("规划.txt", plan())
    again = upload("规划.txt", plan())
    assert not again.problem and "没有改动" in again.stage


@pytest.mark.parametrize(
    ("name", "text"), [("机密★通报.txt", "内容"), ("通报.txt", "机密★1年\n\n关于某事的通报")]
)
def test_a_secret_file_is_refused_and_leaves_nothing(name, text, desk, upload, tmp_path):
    found = upload(name, text)
    assert "没有保留任何内容" in found.problem
    assert desk.library.documents() == []
    kept = [path.read_bytes() for path in (tmp_path / "library").rglob("*") if path.is_file()]
    assert all("通报".encode() not in content for content in kept)


def test_a_broken_file_does_not_stop_the_next(tmp_path, desk):
    broken, good = tmp_path / "坏.pdf", tmp_path / "好.txt"
    broken.write_bytes(b"%PDF-1.4")
    good.write_text(plan(), encoding="utf-8")
    *_, last = take_in([str(broken), str(good)], desk)
    assert last[0].problem and not last[0].problem.startswith("坏.pdf")
    assert last[1].document_id


def test_goals_that_are_over_are_known_and_follow_the_library(desk, upload):
    old = upload("旧.txt", plan("旧的规划", year=2020)).document_id
    new = upload("新.txt", plan("新的规划", year=2099)).document_id
    assert dict(desk.goals.ended()) == {old: 2020}
    desk.library.store.remove([old])
    assert dict(desk.goals.ended()) == {} and desk.library.document(new)


def test_a_clause_is_shown_between_its_neighbours_under_its_ancestors(desk, upload):
    text = plan() + "（二）建成园区。\n\n二、保障\n\n（一）加强领导。\n"
    held = upload("规划.txt", text).document_id
    order = desk.library.clauses(held)
    inner = next(one for one in order if "累计达到" in one.text)
    view = source_view(desk, inner.id, Span(inner.span.start, inner.span.end))
    assert [one.heading for one in view.ancestors] == ["主要目标"]
    assert view.before and view.after
    assert source_view(desk, view.after.id).before == inner
    assert source_view(desk, order[0].id).before is None
    assert source_view(desk, order[-1].id).after is None
    assert ancestors(order[-1], {}) == ()


def test_examples_come_from_what_the_library_holds(desk, upload):
    assert examples.examples(desk.library) == []
    upload("规划.txt", plan())
    questions = [question for _, question in examples.examples(desk.library)]
    assert questions and all(len(question) <= examples.LONGEST for question in questions)
