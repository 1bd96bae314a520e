"""Real Word files, edited with python-docx, come back and are matched to the draft's clauses."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path
from shutil import which

import pytest
from docx import Document
from docx.document import Document as Docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from assistant.draft.back import Taken, read_returned, take_back
from assistant.draft.word.marks import Origin
from assistant.draft.word.write import write_docx
from assistant.draft.work import Work
from index.errors import PolicyError, ReadError, SecretFile
from tests.drafting import clause, library, work

AT = "2026-03-01T09:00:00+00:00"


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    opened = library(tmp_path_factory.mktemp("back"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def base(held) -> Work:
    return work(held)


@pytest.fixture(params=["书签", "文字相似"])
def by(request) -> str:
    return request.param


def written(base: Work, folder: Path, by: str) -> Path:
    """The draft's Word file; without bookmarks where another program has dropped them."""
    path = folder / "方案.docx"
    write_docx(base.draft, path, origin=Origin(7, 3))
    if by == "文字相似":
        doc = Document(str(path))
        for mark in list(doc.element.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            mark.getparent().remove(mark)
        doc.save(str(path))
    return path


def found(doc: Docx, words: str) -> Paragraph:
    [one] = [one for one in doc.paragraphs if words in one.text]
    return one


def swap(paragraph: Paragraph, old: str, new: str) -> None:
    """As a person types over words: the runs stay, their text changes."""
    assert old in paragraph.text
    for run in paragraph.runs:
        if old in run.text:
            run.text = run.text.replace(old, new)
            return
    text = paragraph.text.replace(old, new)
    for run in paragraph.runs[1:]:
        run.text = ""
    paragraph.runs[0].text = text


def taken(base: Work, path: Path, doc: Docx) -> Taken:
    doc.save(str(path))
    return take_back(base, path, "李文", AT)


def kinds(back: Taken) -> list[tuple[str, str]]:
    return [(one.kind, one.clause.id) for one in back.changed]


def test_a_file_that_nobody_changed_changes_nothing(base, tmp_path, by):
    path = written(base, tmp_path, by)
    back = take_back(base, path, "李文", AT)
    assert back.by == by
    assert back.changed == () and not back.table_changed
    assert back.work == base
    assert read_returned(path).origin == Origin(7, 3)


def test_words_that_were_changed_are_found_and_a_new_figure_is_open(base, tmp_path, by):
    target = clause(base, "三/(二)/2")
    path = written(base, tmp_path, by)
    doc = Document(str(path))
    swap(found(doc, "新增工业机器人400台"), "400台", "500台")
    back = taken(base, path, doc)
    assert kinds(back) == [("changed", target.id)]
    [touch] = back.work.touches
    assert (touch.clause, touch.how, touch.who) == (target.id, "edited", "李文")
    assert touch.open == ("500台",) and touch.own == ()
    assert back.work.state_of(clause(back.work, "三/(二)/2")) == "unsourced"
    row = next(one for one in back.work.draft.rows if one.id == target.id)
    assert "500台" in row.goal and "400台" not in row.goal


def test_words_alone_are_no_new_fact(base, tmp_path, by):
    path = written(base, tmp_path, by)
    doc = Document(str(path))
    swap(found(doc, "健全知识产权保护机制"), "健全知识产权", "切实健全知识产权")
    back = taken(base, path, doc)
    [touch] = back.work.touches
    assert touch.how == "edited" and touch.open == ()
    assert "切实健全" in clause(back.work, "三/(一)/3").text


def test_a_placeholder_filled_in_word_is_an_answer(base, tmp_path, by):
    hole = "【待定：省定目标100个（全省），请填本县数】"
    asked = clause(base, "三/(二)/1").placeholders[0]
    assert asked.text == hole
    path = written(base, tmp_path, by)
    doc = Document(str(path))
    swap(found(doc, "总投资10亿元以上的技改项目"), hole, "6个")
    back = taken(base, path, doc)
    assert back.work.fills == {asked.id: "6个"}
    assert back.work.touches == ()
    assert len(back.work.draft.placeholders) == len(base.draft.placeholders) - 1
    assert "6个" in next(one.goal for one in back.work.draft.rows if one.id.endswith("三/(二)/1"))


def test_a_paragraph_written_in_between_is_an_addition(base, tmp_path, by):
    path = written(base, tmp_path, by)
    doc = Document(str(path))
    heading = found(doc, "（二）实施“机器人+”行动计划")
    new = "4.每半年组织一次五金企业走访，帮助解决用工难题。（牵头单位：县经信局）"
    heading.insert_paragraph_before(new)
    back = taken(base, path, doc)
    [change] = back.changed
    assert change.kind == "added" and change.after is not None
    assert change.after.origin == "county" and change.after.number == "4."
    assert change.after.units.leads == ("县经信局",)
    order = [one.id for one in back.work.draft.clauses]
    assert order.index(change.after.id) + 1 == order.index(clause(base, "三/(二)").id)
    assert change.after.id in {row.id for row in back.work.draft.rows}
    assert back.work.touch_of(change.after.id).open == ("每半年",)


def test_a_paragraph_typed_at_the_end_of_a_bookmark_is_one_as_well(base, tmp_path):
    path = written(base, tmp_path, "书签")
    doc = Document(str(path))
    last = found(doc, "健全知识产权保护机制")._p
    inside = OxmlElement("w:p")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "9.开展企业家沙龙活动。"
    run.append(text)
    inside.append(run)
    for end in last.findall(qn("w:bookmarkEnd")):
        inside.append(end)
    last.addnext(inside)
    back = taken(base, path, doc)
    assert [one.kind for one in back.changed] == ["added"]


def test_a_paragraph_that_is_gone_is_listed_and_leaves_the_table(base, tmp_path, by):
    target = clause(base, "三/(一)/2")
    path = written(base, tmp_path, by)
    doc = Document(str(path))
    one = found(doc, "“万企升级”工程")._p
    one.getparent().remove(one)
    back = taken(base, path, doc)
    assert kinds(back) == [("removed", target.id)]
    assert target.id not in {row.id for row in back.work.draft.rows}


def test_a_clause_that_was_moved_is_found_by_its_bookmark(base, tmp_path):
    path = written(base, tmp_path, "书签")
    doc = Document(str(path))
    first = found(doc, "“万企升级”工程")
    found(doc, "健全知识产权保护机制")._p.addnext(first._p)
    back = taken(base, path, doc)
    assert [(one.kind, one.moved) for one in back.changed] == [("same", True)]


def test_other_units_are_read_from_the_bracket(base, tmp_path, by):
    path = written(base, tmp_path, by)
    doc = Document(str(path))
    swap(
        found(doc, "健全知识产权保护机制"),
        "（牵头单位：县科技局）",
        "（牵头单位：县司法局；配合单位：县科技局）",
    )
    back = taken(base, path, doc)
    units = clause(back.work, "三/(一)/3").units
    assert (units.leads, units.others) == (("县司法局",), ("县科技局",))
    row = next(one for one in back.work.draft.rows if one.id.endswith("三/(一)/3"))
    assert (row.lead, row.support) == ("县司法局", "县科技局")


def test_tracked_changes_count_as_accepted(base, tmp_path):
    path = written(base, tmp_path, "书签")
    doc = Document(str(path))
    paragraph = found(doc, "健全知识产权保护机制")
    run = next(one for one in paragraph.runs if "健全知识产权保护机制" in one.text)
    gone = OxmlElement("w:del")
    run._r.addprevious(gone)
    gone.append(run._r)
    for text in gone.iter(qn("w:t")):
        text.tag = qn("w:delText")
    put, new, words = OxmlElement("w:ins"), OxmlElement("w:r"), OxmlElement("w:t")
    words.text = "全面强化知识产权保护"
    new.append(words)
    put.append(new)
    gone.addnext(put)
    back = taken(base, path, doc)
    assert clause(back.work, "三/(一)/3").paragraphs[0].startswith("全面强化知识产权保护")


def test_what_was_kept_as_the_countys_own_stays_so(base, tmp_path):
    path = written(base, tmp_path, "书签")
    doc = Document(str(path))
    swap(found(doc, "新增工业机器人400台"), "400台", "500台")
    once = taken(base, path, doc).work
    [touch] = once.touches
    decided = replace(once, touches=(replace(touch, own=touch.open, open=()),))
    again = written(decided, tmp_path, "书签")
    doc = Document(str(again))
    swap(found(doc, "新增工业机器人500台"), "新增", "累计新增")
    [touch] = taken(decided, again, doc).work.touches
    assert touch.own == ("500台",) and touch.open == ()


def test_a_changed_title_and_a_changed_table_are_noticed(base, tmp_path):
    path = written(base, tmp_path, "书签")
    doc = Document(str(path))
    title = next(one for one in doc.paragraphs if one._p.find(qn("w:bookmarkStart")) is not None)
    swap(title, title.runs[0].text, "清川县" + title.runs[0].text)
    doc.tables[0].rows[1].cells[2].paragraphs[0].add_run("，另加一项")
    back = taken(base, path, doc)
    assert back.work.draft.title == "清川县" + base.draft.title
    assert back.table_changed


def test_another_document_is_not_taken_for_the_draft(base, tmp_path):
    doc = Document()
    for words in ("关于召开防汛会议的通知", "各乡镇：", "请于明日上午到会。"):
        doc.add_paragraph(words)
    path = tmp_path / "通知.docx"
    with pytest.raises(PolicyError, match="不像是这件草案"):
        taken(base, path, doc)


def test_a_secret_or_broken_file_is_refused(base, tmp_path):
    path = written(base, tmp_path, "书签")
    doc = Document(str(path))
    doc.paragraphs[0].insert_paragraph_before("机密★1年")
    with pytest.raises(SecretFile, match="机密"):
        taken(base, path, doc)
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(ReadError):
        take_back(base, tmp_path / "坏.docx", "李文", AT)
    (tmp_path / "方案.doc").write_bytes(b"x")
    with pytest.raises(ReadError, match="另存为"):
        take_back(base, tmp_path / "方案.doc", "李文", AT)


def test_a_clean_copy_bears_no_mark_and_is_matched_by_its_words(base, tmp_path):
    answers = {one.id: "3" for one in base.plain.placeholders}
    full = replace(base, fills=answers)
    path = tmp_path / "清稿.docx"
    write_docx(full.draft, path, clean=True)
    doc = Document(str(path))
    assert not list(doc.element.iter(qn("w:bookmarkStart")))
    assert read_returned(path).origin is None
    assert re.search("自定义", "".join(one.text for one in doc.paragraphs)) is None
    back = take_back(full, path, "李文", AT)
    assert back.by == "文字相似" and back.changed == ()


def test_a_file_saved_by_another_office_program_still_finds_its_clauses(base, tmp_path):
    office = which("soffice")
    if office is None:
        pytest.skip("没有 LibreOffice：装上后才能试另一个办公软件存过的文件")
    path = written(base, tmp_path, "书签")
    doc = Document(str(path))
    swap(found(doc, "新增工业机器人400台"), "400台", "500台")
    doc.save(str(path))
    out = tmp_path / "out"
    call = [office, f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to"]
    subprocess.run([*call, "docx", "--outdir", str(out), str(path)], check=True, timeout=180,
                   capture_output=True)  # fmt: skip
    back = take_back(base, out / path.name, "李文", AT)
    assert back.by == "书签"
    assert [(one.kind, one.clause.id) for one in back.changed] == [
        ("changed", clause(base, "三/(二)/2").id)
    ]
    assert read_returned(out / path.name).origin == Origin(7, 3)
