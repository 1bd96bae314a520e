from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from assistant.check import Upper, check, check_files, check_parsed, read_draft
from assistant.check.brief import plain as page_of
from assistant.check.brief import sections, title_of, write_brief
from assistant.check.excel import harmless, write_excel
from assistant.check.plain import told
from assistant.check.progress import Stopped
from assistant.check.report import titled
from assistant.check.vectors import Remembering
from index.errors import NotFound, SecretFile
from index.ingest import ingest
from index.library import Library, open_library
from index.read import read
from tests.checking import DRAFT, PLAN, changed, plan, report
from tests.letters import Letters


@pytest.fixture
def library(tmp_path: Path) -> Library:
    source = tmp_path / "donghai.txt"
    source.write_text(PLAN, encoding="utf-8")
    opened = open_library(tmp_path / "store", None)
    ingest([source], opened.store, None)
    return opened


def saved(tmp_path: Path, text: str = DRAFT, name: str = "draft.txt") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_held_against_a_document_of_the_library(library: Library, tmp_path: Path) -> None:
    found = check_files(["donghai"], saved(tmp_path), library)
    assert found.upper == ("donghai",)
    assert [row.label for row in found.rows].count("covered") == 8


def test_an_unknown_document_or_part_is_named(library: Library, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="xihai"):
        check_files(["xihai"], saved(tmp_path), library)
    with pytest.raises(NotFound, match="P7"):
        check_files(["donghai/P7"], saved(tmp_path), library)


def test_an_empty_file_covers_nothing(library: Library, tmp_path: Path) -> None:
    found = check_files(["donghai"], saved(tmp_path, ""), library)
    assert {row.label for row in found.rows} == {"missing", "not_applicable"}


def test_a_secret_draft_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SecretFile):
        read_draft(saved(tmp_path, f"机密★\n{DRAFT}"))


def test_the_second_check_encodes_nothing(tmp_path: Path) -> None:
    texts = ["推进灌区改造", "推广节水器具"]
    encoder = Letters()
    first = Remembering(encoder, tmp_path / "vectors.npz")
    first.encode(texts)
    first.save()
    again = Remembering(encoder, tmp_path / "vectors.npz")
    assert abs(again.encode(texts) - encoder.encode(texts)).max() < 1e-3
    assert encoder.asked == [*texts, *texts]  # once each for the first and for this comparison


def test_a_check_that_was_stopped_goes_on_from_there(tmp_path: Path) -> None:
    source = saved(tmp_path, PLAN, "donghai.txt")
    encoder = Letters()
    opened = open_library(tmp_path / "store", encoder)
    ingest([source], opened.store, None)
    draft = read_draft(saved(tmp_path))
    calls: list[float] = []

    def stop(share: float, words: str) -> None:
        calls.append(share)
        if len(calls) == 3:
            raise Stopped("停")

    with pytest.raises(Stopped):
        check_parsed(["donghai"], draft, opened, stop)
    first = list(encoder.asked)
    assert first and check_parsed(["donghai"], draft, opened).rows
    assert not set(first) & set(encoder.asked[len(first) :])


def test_the_check_list_names_sources_figures_and_a_place_for_remarks(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_excel(report(), path, {"donghai": "东海省节水行动方案"})
    table = load_workbook(path)["对照检查表"]
    head, first, *_ = table.iter_rows(values_only=True)
    cells = dict(zip(head, first, strict=True))
    assert "下降16%" in str(cells["指标和时限"]) and cells["处理情况"] is None
    assert str(cells["上级依据"]).startswith("东海省节水行动方案 第一部分")
    assert table.auto_filter.ref and table.print_title_rows == "$1:$1"


def test_a_director_reads_what_is_to_be_done_before_what_is_right() -> None:
    lines = list(told(changed("下降16%", "下降12%"), {"donghai": "东海省节水行动方案"}))
    text = "\n".join(lines)
    assert "应由本县落实" in lines[1] and "指标降低：" in text
    assert text.index("须修改") < text.index("覆盖、没有问题") < text.index("可用于汇报")


def test_the_leaders_page_is_a_word_file(tmp_path: Path) -> None:
    path = tmp_path / "brief.docx"
    write_brief(changed("下降16%", "下降12%"), path, {"donghai": "东海省节水行动方案"})
    text = read(path).text
    assert "核查小结" in text and "对照《东海省节水行动方案》" in text and "须修改的任务" in text


def test_the_check_list_has_a_line_per_task(tmp_path: Path) -> None:
    found = changed("下降16%", "下降12%")
    write_excel(found, tmp_path / "list.xlsx")
    book = load_workbook(tmp_path / "list.xlsx")
    lines = list(book["对照检查表"].iter_rows(min_row=2, values_only=True))
    assert len(lines) == len(found.rows)
    assert lines[0][4] == "覆盖（有问题）"
    assert "【指标降低】" in str(lines[0][5])
    assert "节水科普展馆" in str(list(book["县级自设内容"].values))


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2", "@SUM(A1)", "\tx", "＝HYPERLINK(1)"])
def test_a_text_never_becomes_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_formulas_from_a_draft_are_texts_in_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_excel(report(DRAFT + '\n=HYPERLINK("http://x")，推广节水器具到每家每户。'), path)
    cells = [c for sheet in load_workbook(path) for row in sheet.iter_rows() for c in row]
    assert all(cell.data_type != "f" for cell in cells)


@pytest.mark.parametrize(
    ("title", "marked"),
    [
        ("甲县节水方案", "《甲县节水方案》"),
        (
            "甲县落实《省节水计划（2017—2020年）》实施方案",
            "《甲县落实〈省节水计划（2017—2020年）〉实施方案》",
        ),
        ("《甲县节水方案》", "《甲县节水方案》"),
        ("《甲计划》和《乙计划》", "《〈甲计划〉和〈乙计划〉》"),
    ],
)
def test_a_title_inside_a_title_has_single_marks(title: str, marked: str) -> None:
    assert titled(title) == marked


@pytest.mark.parametrize(
    "lines",
    [
        "白沙县贯彻落实《东海省节水行动计划\n（2017—2020年）》实施方案",
        "白沙县贯彻落实《东海省节水行动计划（2017—2020年）》\n实施方案",
        "白沙县贯彻落实\n《东海省节水行动计划（2017—2020年）》实施方案",
    ],
)
def test_the_leaders_page_has_the_whole_title_of_a_draft(lines: str) -> None:
    coverage = report(DRAFT.replace("白沙县节水实施方案", lines))
    whole = "《白沙县贯彻落实〈东海省节水行动计划（2017—2020年）〉实施方案》"
    assert title_of(coverage) == f"{whole}核查小结"


HOLES = DRAFT.replace(
    "本方案自印发",
    "9．【待定：省定目标建成示范区20个（全省）；请填本县数】。\n"
    "10．【待定：请填本县节水宣传大使的人数和聘任办法】。\n本方案自印发",
)


def test_what_waits_to_be_filled_in_is_not_the_countys_own() -> None:
    own = [match.quote for match in report(HOLES).extra]
    assert own == [match.quote for match in report().extra] != []


def test_the_leader_is_told_how_much_waits_to_be_filled_in() -> None:
    waiting, done = report(HOLES), report()
    page, spoken = page_of("", list(sections(waiting))), "\n".join(told(waiting, {}))
    assert "草案另有2处待定未填" in page and "草案另有2处待定未填" in spoken
    assert "待定" not in page_of("", list(sections(done))) + "\n".join(told(done, {}))


def test_a_table_that_repeats_what_waits_does_not_count_twice(tmp_path: Path) -> None:
    document = Document()
    for line in (*HOLES.split("\n"), "附件", "任务分解表"):
        document.add_paragraph(line)
    table = document.add_table(0, 4)
    for words in (
        ("序号", "任务", "目标", "责任单位"),
        ("1", "建成节水示范区", "【待定：省定20个】", "县水利局"),
        ("2", "聘任节水宣传大使", "【待定：人数】", "县水利局"),
    ):
        for cell, one in zip(table.add_row().cells, words, strict=True):
            cell.text = one
    document.save(str(tmp_path / "draft.docx"))
    found = check([Upper(plan())], read_draft(tmp_path / "draft.docx"), None)
    assert found.notices[0] == "草案另有2处待定未填。"
