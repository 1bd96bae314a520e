"""Drafts in the store: versions are only added, and what was acknowledged survives a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace

import pytest
from docx import Document

from assistant.draft.compared import compared, stretches
from assistant.draft.edit import confirmed, edited, new_facts, wording, wording_of
from assistant.draft.keep import open_draft, progress, save_again, save_as
from assistant.draft.lettering import head_of, lettered
from assistant.draft.profile import CountyTask
from assistant.draft.word.write import write_docx
from assistant.draft.work import Work, read_back, written_down
from index import drafts as shelf
from index.errors import NotFound, PolicyError
from index.store import Store
from tests.drafting import ROOT, clause, library, work

AT = "2026-03-01T09:00:00+00:00"


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Work:
    held = library(tmp_path_factory.mktemp("kept"))
    made = work(held)
    held.close()
    return made


@pytest.fixture
def store(tmp_path):
    opened = Store(tmp_path / "store")
    yield opened
    opened.close()


def test_what_is_saved_is_opened_again_whole(base, store):
    full = replace(base, fills={base.plain.placeholders[0].id: "5"}, stage="送审稿")
    saved = save_as(store, "  技改 方案 ", full, "王一")
    again = open_draft(store, saved.draft)
    assert again.work == full and again.name == "技改 方案"
    assert again.work.draft == full.draft and again.work.county == full.county
    [listed] = shelf.drafts(store)
    assert (listed.name, listed.last.who, listed.last.number) == ("技改 方案", "王一", 1)


def test_an_older_value_without_later_fields_still_opens(base):
    import json

    data = json.loads(written_down(base))
    del data["touches"], data["stage"]
    data["of a later program"] = 1
    assert read_back(json.dumps(data)) == base


def test_two_who_save_from_one_version_both_keep_their_words(base, store):
    first = save_as(store, "方案", base, "王一")
    mine = save_again(store, first, replace(base, stage="送审稿"), "王一", "送审")
    theirs = save_again(store, first, replace(base, stage="签发稿"), "李二", "签发")
    assert (mine.number, mine.crossed) == (2, False)
    assert (theirs.number, theirs.crossed, theirs.base) == (3, True, 1)
    assert open_draft(store, first.draft, 2).work.stage == "送审稿"
    assert [one.who for one in shelf.versions(store, first.draft)] == ["李二", "王一", "王一"]


def test_threads_that_save_at_once_get_a_number_each(base, store):
    first = save_as(store, "方案", base, "王一")
    numbers: list[int] = []

    def save(who: str) -> None:
        for _ in range(5):
            numbers.append(save_again(store, first, base, who, "并行").number)

    threads = [threading.Thread(target=save, args=(f"第{n}人",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(2, 22))


SAVING = """
import sys
from pathlib import Path
from assistant.draft.keep import save_again, save_as
from assistant.draft.work import read_back
from index.store import Store
store = Store(Path(sys.argv[1]))
work = read_back(Path(sys.argv[2]).read_text(encoding="utf-8"))
last = save_as(store, "方案", work, "某")
while True:
    print(last.number, flush=True)
    last = save_again(store, last, work, "某", "再存")
"""


def test_a_kill_loses_no_version_that_was_acknowledged(base, tmp_path):
    value = tmp_path / "work.json"
    value.write_text(written_down(base), encoding="utf-8")
    folder = tmp_path / "killed"
    process = subprocess.Popen(
        [sys.executable, "-c", SAVING, str(folder), str(value)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    said = [int(process.stdout.readline()) for _ in range(25)]
    process.send_signal(signal.SIGKILL)
    said += [int(line) for line in process.stdout.read().split() if line.isdecimal()]
    process.wait(20)
    process.stdout.close()
    store = Store(folder)
    kept = [one.number for one in shelf.versions(store, 1)]
    assert sorted(kept) == list(range(1, len(kept) + 1))
    assert set(said) <= set(kept) and len(kept) <= max(said) + 1
    assert all(open_draft(store, 1, one).work == base for one in kept[:3])
    store.close()


def test_a_removed_draft_leaves_nothing_but_its_trail(base, store):
    saved = save_as(store, "方案", base, "王一")
    shelf.remove_draft(store, saved.draft, "王一")
    assert shelf.drafts(store) == []
    with pytest.raises(NotFound, match="没有编号"):
        open_draft(store, saved.draft)
    assert [one["action"] for one in store.audit()] == ["draft", "remove draft"]
    assert "机器人" not in "".join(one["detail"] for one in store.audit())
    assert save_as(store, "下一件", base, "王一").draft != saved.draft


def reworded(base: Work, old: str, new: str) -> tuple[str, object]:
    one = clause(base, "三/(二)/2")
    was = wording_of(one)
    assert old in "".join(was.paragraphs)
    return one.id, replace(was, paragraphs=tuple(p.replace(old, new) for p in was.paragraphs))


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("400台", "450台", ["450台"]),
        ("400台", "400台以上", ["400台以上"]),
        ("2020年", "2019年", ["到2019年"]),
        ("分行业", "由县文旅局分行业", ["县文旅局"]),
        ("分行业", "按照《清川县机器换人办法》分行业", ["《清川县机器换人办法》"]),
        ("分行业", "按照清政发〔2019〕5号文件分行业", ["清政发〔2019〕5号"]),
        ("分行业", "在城关镇分行业", ["城关镇"]),
        ("分行业", "引进比亚迪公司，分行业", ["比亚迪公司"]),
        ("分行业", "由张建国副县长牵头分行业", ["张建国副县长"]),
        ("分行业", "我县已列入省级试点县，分行业", ["省级试点县"]),
        ("分行业", "鼓励企业与高等院校、科研院所合作，分行业", []),
        ("分行业", "扎实细致地分行业", []),
        ("分行业", "由县发改局配合，分行业", []),
        ("建成一批", "聚焦五金农机，建成一批", []),
    ],
)
def test_new_facts_are_found_and_words_are_free(base, old, new, found):
    id_, words = reworded(base, old, new)
    assert [one.words for one in new_facts(base, id_, words)] == found
    for one in new_facts(base, id_, words):
        assert one.span.of(words.text).strip() == one.words


def test_the_deadline_of_another_county_task_is_no_ground_for_this_clause(base):
    task = CountyTask(heading="竹木加工数字化改造", deadline="2019年底前")
    county = base.county.model_copy(
        update={"tasks": (task,), "figures": {"上云企业": "2021年底前300家"}, "year": 2018}
    )
    one = replace(base, profile=county.model_dump())
    id_, words = reworded(one, "2020年", "2019年底前")
    assert [fact.words for fact in new_facts(one, id_, words)] == ["到2019年底前"]
    _, drafting = reworded(one, "2020年", "2018年底前")
    assert [fact.words for fact in new_facts(one, id_, drafting)] == ["到2018年底前"]
    meant = replace(words, paragraphs=(*words.paragraphs, "做好竹木加工数字化改造。"))
    assert new_facts(one, id_, meant) == ()
    figure = replace(wording_of(clause(one, "三/(二)/2")), paragraphs=("2021年底前建成。",))
    assert [fact.words for fact in new_facts(one, id_, figure)] == ["2021年底前"]
    named = replace(figure, paragraphs=("2021年底前上云企业达到300家。",))
    assert new_facts(one, id_, named) == ()


def test_a_new_fact_is_never_taken_in_silence(base):
    id_, words = reworded(base, "400台", "450台")
    with pytest.raises(PolicyError, match=r"450台.*本县自拟"):
        edited(base, id_, words, "王一", AT)
    with pytest.raises(PolicyError, match="450台"):
        edited(base, id_, words, "王一", AT, own=["500台"])
    kept = edited(base, id_, words, "王一", AT, own=["450台"])
    touch = kept.touch_of(id_)
    assert touch is not None and touch.own == ("450台",) and touch.who == "王一"
    again = edited(kept, id_, wording_of(clause(kept, "三/(二)/2")), "李二", AT)
    assert again.touch_of(id_).own == ("450台",)
    row = next(one for one in kept.draft.rows if one.id == id_)
    assert "450台" in row.goal


def test_states_follow_what_is_done(base):
    id_ = clause(base, "三/(一)/3").id
    assert base.state_of(clause(base, "三/(一)/3")) == "done"
    words = replace(wording_of(clause(base, "三/(一)/3")), paragraphs=("健全知识产权保护机制。",))
    after = edited(base, id_, words, "王一", AT)
    assert after.state_of(clause(after, "三/(一)/3")) == "edited"
    sure = confirmed(after, id_, "张三", AT)
    assert sure.state_of(clause(sure, "三/(一)/3")) == "confirmed"
    assert progress(sure)["confirmed"] == 1
    held = clause(base, "三/(二)/1")
    assert base.state_of(held) == "pending"
    assert confirmed(base, held.id, "张三", AT).state_of(held) == "pending"


def test_placeholders_stay_as_far_as_their_words_do(base):
    one = clause(base, "三/(二)/2")
    [hole] = one.placeholders
    words = wording("", f"新增工业机器人400台和服务公司{hole.text}。", "县经信局")
    kept = edited(base, one.id, words, "王一", AT)
    assert clause(kept, "三/(二)/2").placeholders == (hole,)
    gone = edited(base, one.id, wording("", "新增工业机器人400台。", "县经信局"), "王一", AT)
    assert clause(gone, "三/(二)/2").placeholders == ()
    assert len(gone.draft.placeholders) == len(base.draft.placeholders) - 1
    asked = wording("", "新增工业机器人400台，培训【待定：培训人数】人。", "县经信局")
    new = edited(base, one.id, asked, "王一", AT)
    [question] = clause(new, "三/(二)/2").placeholders
    answered = replace(new, fills={question.id: "30名操作"})
    assert "培训30名操作人" in clause(answered, "三/(二)/2").text


def test_an_empty_clause_is_refused(base):
    with pytest.raises(PolicyError, match="空"):
        wording(" ", "\n　\n")
    with pytest.raises(NotFound):
        edited(base, "没有/这条", wording("", "文字"), "王一", AT)


def test_a_comparison_lists_what_differs_and_marks_the_words(base):
    id_, words = reworded(base, "分行业制定", "分行业分步骤制定")
    after = edited(base, id_, words, "王一", AT)
    gone = after.plain.clauses[-1]
    less = replace(after, plain=replace(after.plain, clauses=after.plain.clauses[:-1]))
    changes = [one for one in compared(base.draft, less.draft) if one.kind != "same"]
    assert [(one.kind, one.clause.id) for one in changes] == [
        ("changed", id_),
        ("removed", gone.id),
    ]
    old, new = stretches("到2020年新增400台。", "到2020年新增450台以上。")
    assert "".join(one.words for one in old) == "到2020年新增400台。"
    assert [one.words for one in new if one.only] == ["450", "以上"]


def test_number_and_date_are_filled_in_a_draft_in_hand(base):
    head = replace(
        head_of(base.draft), doc_no="清政办发[2026]05号", date="2026-3-1", copied_to="县委办"
    )
    after = lettered(base, head)
    assert (after.draft.letter.doc_no, after.draft.letter.date) == (
        "清政办发〔2026〕5号",
        "2026年3月1日",
    )
    assert after.draft.letter.copied_to == "县委办" and after.draft.title == base.draft.title
    again = lettered(after, replace(head_of(after.draft), title="清川县技改〈方案〉"))
    assert "关于印发清川县技改〈方案〉的通知" in again.draft.letter.notice_title
    assert again.draft.letter.notice.startswith("《清川县技改〈方案〉》")


@pytest.mark.parametrize(
    ("key", "value"), [("doc_no", "5号"), ("date", "明天"), ("date", "2026年13月1日")]
)
def test_a_number_or_date_of_another_form_is_refused(base, key, value):
    with pytest.raises(PolicyError, match="写法不对"):
        lettered(base, replace(head_of(base.draft), **{key: value}))


def test_a_blank_number_is_no_number(base):
    assert head_of(base.draft).doc_no == "" and "×" in base.draft.letter.doc_no
    assert lettered(base, head_of(base.draft)).draft == base.draft


def test_the_word_file_says_in_its_comments_who_did_what(base, tmp_path):
    id_, words = reworded(base, "400台", "450台")
    kept = edited(base, id_, words, "王一", AT, own=["450台"])
    path = tmp_path / "方案.docx"
    write_docx(kept.draft, path, notes=kept.notes)
    said = [one.text for one in Document(str(path)).comments]
    assert [one for one in said if "人工改写：王一，2026-03-01" in one and "自拟：450台" in one]
    assert sum("人工" in one for one in said) == 1
