from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from lxml import etree

from assistant.check import Coverage, Upper, check, read_draft
from assistant.check.annotate import annotate
from assistant.check.ooxml import W, text_of
from index.errors import ReadError
from index.read import read
from index.types import Parsed
from tests.checking import DRAFT, faults, plan

WEAK = (
    DRAFT.replace("下降16%", "下降12%")
    .replace("2023年底前完成", "2024年6月底前完成")
    .replace("县水利局、县农业农村局", "县水利局")
)
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
    before, after = faults(checked(source)[1]), faults(checked(out)[1])
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


def test_other_formats_are_refused_with_a_remedy(tmp_path: Path) -> None:
    source = tmp_path / "draft.txt"
    source.write_text(WEAK, encoding="utf-8")
    draft, report = checked(source)
    with pytest.raises(ReadError, match="另存为"):
        annotate(source, report, draft, tmp_path / "out.docx")
