from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from lxml import etree

from assistant.check import Coverage, Upper, check, read_draft
from assistant.check.annotate import annotate
from assistant.check.asword import CONVERTED, SET_ANEW, as_word
from assistant.check.ooxml import W, text_of
from assistant.check.repairs import fitted, worded
from assistant.check.types import Edit
from assistant.check.wordmap import aligned
from index.errors import ReadError
from index.read import read
from index.types import Parsed, Span
from tests.checking import DRAFT, faults, plan
from tests.office import all_changes, converted

WEAK = (
    DRAFT.replace("下降16%", "下降12%")
    .replace("2023年底前完成", "2024年6月底前完成")
    .replace("县水利局、县农业农村局", "县水利局")
)
INDENTS = ("firstLine", "firstLineChars")
GONE = next(line for line in WEAK.split("\n") if line.startswith("6．"))


def written(text: str, path: Path) -> Path:
    """A file whose runs are cut at odd places, as Word leaves them after much editing."""
    document = Document()
    for line in text.split("\n"):
        paragraph = document.add_paragraph()
        for i in range(0, len(line), 7):
            paragraph.add_run(line[i : i + 7]).bold = i % 3 == 0
    document.save(str(path))
    return path


def checked(source: Path) -> tuple[Parsed, Coverage]:
    draft = read_draft(source)
    return draft, check([Upper(plan())], draft, None)


def annotated(tmp_path: Path, text: str = WEAK) -> tuple[Path, Path]:
    source, out = written(text, tmp_path / "draft.docx"), tmp_path / "out.docx"
    draft, report = checked(source)
    annotate(source, report, draft, out)
    return source, out


def accepted(path: Path, out: Path) -> Path:
    """A file with every suggestion taken, as Word does it."""
    document = Document(str(path))
    body = document.element.body
    for row in list(body.iter(f"{W}tr")):
        if row.find(f"{W}trPr/{W}del") is not None:
            row.getparent().remove(row)
    for deleted in list(body.iter(f"{W}del")):
        deleted.getparent().remove(deleted)
    for inserted in list(body.iter(f"{W}ins")):
        for child in list(inserted):
            inserted.addprevious(child)
        inserted.getparent().remove(inserted)
    document.save(str(out))
    return out


def rejected(path: Path) -> str:
    """The text with every suggestion refused."""
    lines = []
    for paragraph in Document(str(path)).element.body.iter(f"{W}p"):
        if paragraph.find(f"{W}pPr/{W}rPr/{W}ins") is not None:
            continue
        for inserted in list(paragraph.iter(f"{W}ins")):
            inserted.getparent().remove(inserted)
        for struck in list(paragraph.iter(f"{W}delText")):
            struck.tag = f"{W}t"
        for deleted in list(paragraph.iter(f"{W}del")):
            deleted.tag = f"{W}smartTag"
        lines.append(text_of(paragraph))
    return "\n".join(lines)


def test_accepted_suggestions_pass_the_check_that_failed(tmp_path: Path) -> None:
    source, out = annotated(tmp_path)
    taken = accepted(out, tmp_path / "taken.docx")
    assert read(taken).text == read(out).text  # the reader takes suggestions as accepted
    before, after = faults(checked(source)[1]), faults(checked(taken)[1])
    repaired = {"target_lowered", "deadline_later", "unit_dropped"}
    assert repaired <= {kind for kinds in before.values() for kind in kinds}
    assert not repaired & {kind for kinds in after.values() for kind in kinds}


def test_refused_suggestions_leave_the_words_as_they_were(tmp_path: Path) -> None:
    _, out = annotated(tmp_path, WEAK.replace(GONE + "\n", ""))
    assert rejected(out).strip() == WEAK.replace(GONE + "\n", "")


def test_every_fault_has_a_comment_that_names_it(tmp_path: Path) -> None:
    source, out = annotated(tmp_path)
    report = checked(source)[1]
    comments = [comment.text for comment in Document(str(out)).comments]
    assert len(comments) == sum(len(row.faults) for row in report.rows)
    assert any(text.startswith("【指标降低】") and "16%" in text for text in comments)


def test_comment_marks_are_paired_and_cited(tmp_path: Path) -> None:
    _, out = annotated(tmp_path)
    body = Document(str(out)).element.body
    marks = [
        [mark.get(f"{W}id") for mark in body.iter(f"{W}{name}")]
        for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
    ]
    assert sorted(marks[0]) == sorted(marks[1]) == sorted(marks[2])
    revisions = [mark.get(f"{W}id") for mark in body.iter(f"{W}ins", f"{W}del")]
    assert all(revision and revision.isdigit() for revision in revisions)


def test_formatting_is_kept_where_runs_are_cut(tmp_path: Path) -> None:
    source, out = annotated(tmp_path)

    def bold(path: Path) -> str:
        runs = Document(str(path)).element.body.iter(f"{W}r")
        return "".join(_words(r) for r in runs if r.find(f"{W}rPr/{W}b") is not None)

    marked = bold(out)
    assert all(letter in marked for letter in set(bold(source)))


def _words(run: etree._Element) -> str:
    return "".join(node.text or "" for node in run.iter(f"{W}t", f"{W}delText"))


def test_missing_tasks_stand_in_a_table_that_is_no_coverage(tmp_path: Path) -> None:
    _, out = annotated(tmp_path, WEAK.replace(GONE + "\n", ""))
    table = Document(str(out)).tables[-1]
    assert "再生水" in "".join(text_of(p) for p in table._tbl.iter(f"{W}p"))
    assert "核查发现未落实的上级任务" in read(out).text
    labels = {row.clause: row.label for row in checked(out)[1].rows}
    assert labels["donghai/二/(三)/2"] == "missing"


def test_the_table_is_set_from_the_edge_and_names_the_clause(tmp_path: Path) -> None:
    source = written(WEAK.replace(GONE + "\n", ""), tmp_path / "draft.docx")
    draft, report = checked(source)
    annotate(source, report, draft, tmp_path / "out.docx", {"donghai": "东海省节水行动方案"})
    head, first, *_ = Document(str(tmp_path / "out.docx")).tables[-1]._tbl.iter(f"{W}tr")
    indents = [paragraph.find(f"{W}pPr/{W}ind") for paragraph in first.iter(f"{W}p")]
    assert len(indents) == 5
    assert {mark.get(f"{W}{name}") for mark in indents for name in INDENTS} == {"0"}
    assert all(run.find(f"{W}rPr/{W}b") is not None for run in head.iter(f"{W}r"))
    words = "".join(text_of(paragraph) for paragraph in first.iter(f"{W}p"))
    assert "（三）2" in words and "《" not in words
    assert "（对照《东海省节水行动方案》）" in read(tmp_path / "out.docx").text


def test_a_cell_of_a_table_can_carry_a_comment(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("白沙县节水实施方案")
    document.add_paragraph("一、任务")
    table = document.add_table(1, 3)
    for cell, name in zip(table.rows[0].cells, ("序号", "任务", "责任单位"), strict=True):
        cell.text = name
    row = table.add_row().cells
    row[0].text, row[2].text = "1", "县水利局、县农业农村局"
    row[1].text = (
        "推进中型灌区续建配套，推广喷灌、微灌和水肥一体化技术，"
        "到2026年，每年新增高效节水灌溉面积0.6万亩以上。"
    )
    source, out = tmp_path / "table.docx", tmp_path / "out.docx"
    document.save(str(source))
    draft, report = checked(source)
    assert faults(report)["二/(一)/1"] == {"deadline_later"}
    told = annotate(source, report, draft, out)
    assert (told.suggestions, told.unplaced) == (1, 0)
    assert "到2025年" in read(out).text


@pytest.fixture
def office_made(tmp_path: Path) -> Path:
    """A file as offices leave them: numbers by Word alone, a table with a merged label, a footnote,
    somebody's comment, and somebody's changes that nobody has accepted yet."""
    document = Document()
    document.add_paragraph("白沙县节水实施方案")
    lines = DRAFT.split("\n")
    for line in lines[1:]:
        bare = line.partition("．")[2] if line[:1].isdigit() else ""
        paragraph = document.add_paragraph(bare or line)
        if bare:
            paragraph.style = "List Number"
    weaker = _holding(document, "下降16%")
    _somebody_changes(weaker, "下降16%", "下降12%")
    late = _holding(document, "2023年底前完成")
    _somebody_changes(late, "2023年底前完成", "2024年6月底前完成")
    document.add_comment(late.runs[0], text="请住建局核实", author="张三", initials="张")
    document.add_paragraph("附表")
    table = document.add_table(1, 3)
    cells = zip(table.rows[0].cells, ("领域", "任务", "责任单位"), strict=True)
    for cell, name in cells:
        cell.text = name
    for task in ("创建节水型企业", "分期改造老旧供水管网"):
        for cell, words in zip(table.add_row().cells, ("节水", task, "县水利局"), strict=True):
            cell.text = words
    table.cell(1, 0).merge(table.cell(2, 0)).text = "节水"
    path = tmp_path / "office.docx"
    document.save(str(path))
    return path


def _holding(document, words: str):  # type: ignore[no-untyped-def]
    return next(p for p in document.paragraphs if words in p.text)


def _somebody_changes(paragraph, old: str, new: str) -> None:  # type: ignore[no-untyped-def]
    """The words struck out and others put in, in one insertion that holds more than one run."""
    before, _, after = paragraph.text.partition(old)
    for run in paragraph.runs:
        run._r.getparent().remove(run._r)
    paragraph.add_run(before)
    struck = etree.SubElement(paragraph._p, f"{W}del")
    inserted = etree.SubElement(paragraph._p, f"{W}ins")
    for number, mark in enumerate((struck, inserted), 7):
        mark.set(f"{W}id", str(number))
        mark.set(f"{W}author", "李四")
    text = etree.SubElement(etree.SubElement(struck, f"{W}r"), f"{W}delText")
    text.text = old
    for part in (new[:3], new[3:]):
        etree.SubElement(etree.SubElement(inserted, f"{W}r"), f"{W}t").text = part
    paragraph.add_run(after)


def test_numbers_tables_changes_and_comments_of_others_are_no_obstacle(
    office_made: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.docx"
    draft, report = checked(office_made)
    assert {"target_lowered", "deadline_later"} <= set().union(*faults(report).values())
    told = annotate(office_made, report, draft, out)
    assert told.unplaced == 0 and told.suggestions >= 2
    comments = {comment.author: comment.text for comment in Document(str(out)).comments}
    assert comments["张三"] == "请住建局核实" and "政策助手" in comments
    after = faults(checked(accepted(out, tmp_path / "taken.docx"))[1])
    assert not {"target_lowered", "deadline_later"} & set().union(*after.values())


def test_no_insertion_stands_in_another(office_made: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    draft, report = checked(office_made)
    annotate(office_made, report, draft, out)
    body = Document(str(out)).element.body
    assert not [mark for mark in body.iter(f"{W}ins") if mark.find(f".//{W}ins") is not None]
    authors = {mark.get(f"{W}author") for mark in body.iter(f"{W}ins")}
    assert authors == {"李四", "政策助手"}


def test_libreoffice_accepts_what_we_accept(office_made: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    draft, report = checked(office_made)
    annotate(office_made, report, draft, out)
    theirs = all_changes("AcceptAllTrackedChanges", out, tmp_path)
    assert read(theirs).text == read(accepted(out, tmp_path / "taken.docx")).text


def test_a_draft_that_is_no_word_file_comes_back_as_one(tmp_path: Path) -> None:
    source, out = tmp_path / "draft.txt", tmp_path / "out.docx"
    source.write_text(WEAK, encoding="utf-8")
    draft, report = checked(source)
    word, remark = as_word(source.read_bytes(), ".txt", draft.document.text)
    told = annotate(word, report, draft, out)
    assert remark == SET_ANEW and told.unplaced == 0
    assert told.comments == sum(len(row.faults) for row in report.rows)
    assert rejected(out) == WEAK


def test_an_old_word_file_comes_back_converted(tmp_path: Path) -> None:
    source, out = written(WEAK, tmp_path / "draft.docx"), tmp_path / "out.docx"
    old = converted(source, "doc:MS Word 97", tmp_path)
    draft, report = checked(old)
    word, remark = as_word(old.read_bytes(), ".doc", draft.document.text)
    told = annotate(word, report, draft, out)
    assert remark == CONVERTED and told.unplaced == 0 and told.suggestions > 0


def test_what_is_no_word_file_is_refused_with_a_remedy(tmp_path: Path) -> None:
    source = tmp_path / "draft.txt"
    source.write_text(WEAK, encoding="utf-8")
    draft, report = checked(source)
    with pytest.raises(ReadError, match="另存为"):
        annotate(source, report, draft, tmp_path / "out.docx")


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ("2021年底前", "到2020年", "2020年底前"),
        ("2024年6月底前", "到2023年", "2023年底前"),
        ("到2022年", "2020年底", "到2020年"),
        ("8%以上", "10%以上", "10%以上"),
        ("2021年底前", "2020年6月底前", "2020年6月底前"),
    ],
)
def test_a_date_is_put_as_the_draft_puts_dates(old: str, new: str, written: str) -> None:
    assert fitted(Edit(Span(1, 1 + len(old)), new), f"在{old}完成").new == written


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("县水利局", "县水利局、县财政局", "“县水利局”后补写“县财政局”"),
        ("建", "到2025年，建", "句首补写“到2025年，”"),
        ("8%", "10%", "“8%”改为“10%”"),
    ],
)
def test_a_repair_in_words(old: str, new: str, told: str) -> None:
    assert worded(Edit(Span(0, len(old)), new), old) == told


def test_paragraphs_that_are_alike_keep_their_order() -> None:
    keys = ["总则", "推进节水", "推进节水", "附则", "没有读入的目录"]
    whole = "总则1.推进节水2.推进节水附则推进节水"
    assert aligned(keys, whole) == {0: 0, 1: 4, 2: 10, 3: 14}


def test_a_paragraph_of_the_contents_does_not_draw_the_rest_after_it() -> None:
    keys = ["三、保障措施", "一、总体要求", "甲乙丙丁戊己", "三、保障措施"]
    found = aligned(keys, "一、总体要求甲乙丙丁戊己三、保障措施")
    assert (found[1], found[2], found[3]) == (0, 6, 12) and 0 not in found
