"""Answers on a real store of the bundled digests: no model, no encoder."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import answer
from assistant.lookup.holding import hold
from assistant.lookup.passages import passages
from assistant.lookup.standing import notes
from assistant.types import Answer, Statement
from assistant.verify import verify
from index.ingest import ingest
from index.library import Library, open_library
from index.types import Scope

DOCUMENTS = Path(__file__).resolve().parents[1] / "corpus" / "documents"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = open_library(tmp_path_factory.mktemp("store"), encoder=None)
    ingest([DOCUMENTS], opened.store, None)
    yield opened
    opened.close()


def real(given: Answer, library: Library) -> bool:
    return all(
        c.span.of(library.document(c.document_id).text) == c.quote
        and any(own.contains(c.span) for own in library.clause(c.clause_id).spans)
        for c in given.citations
    )


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("六盘水十三五技改累计要投多少亿?", ["700亿元"]),
        ("六盘水2020年重点企业数字话研发设计工具普及率", ["70%"]),
        ("黄冈2023年高企总共要到多少家", ["550家"]),
        ("黄冈要培育多少家隐型冠军示范企业", ["15家"]),
        ("浙江小生规要多少家", ["4000家"]),
        ("浙江融资担保机购哪年前都要设好?", ["2017年底"]),
        ("信宜15年多少规上企业开展技改", ["32家"]),
        ("信宜各镇每年什么时候要报进展", ["6月5日", "12月5日"]),
        ("焦作地条钢要淘汰多少万吨", ["106万吨"]),
        ("黄冈“三品”工程打头的是谁", ["市市场监管局"]),
        ("六盘水联席会议办公室放在哪个部门", ["市经济和信息化委"]),
        ("六盘水百企改造有哪些基本原则", ["企业主体", "一步到位", "创新引领"]),
        ("黄冈进规有哪几种类型?", ["新进规", "小进规", "复规", "改组进规"]),
        ("浙江股改、新上市分别要多少家", ["800家", "80家"]),
    ],
)
def test_answers_with_real_citations(question: str, facts: list[str], library: Library) -> None:
    given = answer(question, library)
    assert given.status == "answered", given.text
    assert all(fact in given.text for fact in facts), given.text
    assert given.citations and real(given, library)
    assert len(given.text) <= 260
    marks = {int(n) for n in re.findall(r"\[(\d+)\]", given.text)}
    assert marks == set(range(1, len(given.citations) + 1))


@pytest.mark.parametrize(
    ("question", "history"),
    [
        ("六盘水2018年技改投资多少?", ()),  # another year
        ("黄石市2023年高新技术企业多少家?", ()),  # another region
        ("镇隆镇2015年技改投资任务多少?", ()),  # named in the document, but not of its data
        ("信宜市财政局安排多少万工作经费?", ()),  # no amount
        ("六盘水矿井采掘机械化哪年完成?", ()),  # no deadline
        ("焦作技改联席会议召集人由谁当?", ()),  # no such post
        ("浙江淘汰落后产能多少万吨?", ()),  # another unit
        ("浙江10个重点传统制造业是哪十个?", ()),  # not listed
        ("六盘水方案的文号是多少?", ()),  # no number
        ("哪年建成?", ("浙江知识产权保护机制由谁负责?",)),
    ],
)
def test_declines_what_the_documents_do_not_say(
    question: str, history: tuple[str, ...], library: Library
) -> None:
    given = answer(question, library, history)
    assert given.status == "declined", given.text
    assert given.citations == ()
    assert "没有" in given.text


def test_a_decline_shows_the_nearest_thing(library: Library) -> None:
    given = answer("六盘水2018年技改投资多少?", library)
    assert "2018年" in given.text and "700亿元" in given.text
    (near,) = given.nearest
    assert near.span.of(library.document(near.document_id).text) == near.quote


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("六盘水百企改造是不是每季度报一次进展?", "否，"),
        ("黄冈零增地技改可以先建后验吗", "可以，"),
        ("总投资1800万的技改项目进黄冈市级库吗?", "否，"),
        ("总投资2500万的技改项目进黄冈市级库吗?", "是，"),
        ("六盘水高新技术企业所得税按25%征吗?", "否，"),
        ("省商务厅是浙江企业上云的责任单位吗", "是，"),
        ("浙江企业上云由省商务厅牵头吗", "否，"),
        ("焦作地条钢可以异地转移吗", "不可以，"),
    ],
)
def test_yes_or_no_begins_with_the_verb_of_the_question(
    question: str, opening: str, library: Library
) -> None:
    given = answer(question, library)
    assert given.text.startswith(opening), given.text
    assert given.citations


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("浙江上市公司要新增500家吗", "80家"),  # 500 is another metric's of the same sentence
        ("黄冈上云标杆企业4000家对吗", "9家"),
        ("黄冈产值过30亿元的企业要25家对吗", "10家"),
        ("焦作2018年煤炭产能压减66万吨对吗", "120万吨"),  # 66 is the year before's
        ("六盘水每年要改造60户企业是吗", "100户"),
    ],
)
def test_a_figure_of_something_else_is_no_yes(question: str, fact: str, library: Library) -> None:
    given = answer(question, library)
    assert given.text.startswith("否，") and fact in given.text, given.text


@pytest.mark.parametrize(
    "question",
    [
        "六盘水技改投资占比要达到20%吗",  # 20% is its growth
        "黄冈方案提到人工智能了吗",
        "六盘水百企改造有没有说房地产",
        "六盘水年均增速20%是指工业投资吗",
    ],
)
def test_what_is_not_borne_out_is_no_yes(question: str, library: Library) -> None:
    given = answer(question, library)
    assert not re.match(r"(是|有|能|可以|会)，", given.text), given.text


def test_figures_of_a_question_about_a_plan_that_is_not_there(library: Library) -> None:
    assert answer("六盘水十四五技改投资多少亿", library).status == "declined"
    assert "700亿元" in answer("六盘水十三五技改投资多少亿", library).text


def test_every_place_where_none_is_named(library: Library) -> None:
    given = answer("三个市谁的研发投入占比目标最高", library)
    assert given.text.startswith("六盘水最高"), given.text


def test_headings_are_listed_as_they_stand(library: Library) -> None:
    given = answer("黄冈保障措施有哪些", library)
    assert given.text.count("；") == 4 and len(given.citations) == 5


def test_a_lead_that_the_document_does_not_name_is_not_guessed(library: Library) -> None:
    given = answer("六盘水产品创新由谁牵头?", library)
    assert "未注明牵头单位" in given.text


def test_a_lead_by_position_cites_where_that_is_said(library: Library) -> None:
    given = answer("浙江企业上云牵头的是谁?", library)
    assert "省经信委" in given.text
    assert any("列第一位者为牵头单位" in c.quote for c in given.citations)


def test_a_comparison_names_each_side_and_the_higher(library: Library) -> None:
    given = answer("六盘水和信宜谁的研发投入占比目标高?", library)
    assert given.text.startswith("六盘水更高，")
    assert given.text.index("1.5%") < given.text.index("信宜：") < given.text.index("1.0%")
    assert {c.document_id for c in given.citations} == {"lps-2016", "xinyi-2015"}


def test_half_an_answer_says_which_half_is_missing(library: Library) -> None:
    given = answer("浙江和焦作新增上市公司目标分别多少", library)
    assert given.status == "partial"
    assert "80家" in given.text and "焦作的文件没有写明" in given.text


@pytest.mark.parametrize(
    ("question", "history", "fact"),
    [
        ("过30亿的又是几家", ("黄冈2023年产值过10亿元的企业多少家?",), "10家"),
        ("那工程技术服务公司呢?", ("浙江要新增多少台工业机器人?",), "25家"),
        ("信宜呢", ("六盘水2020年研发投入占比多少?",), "1.0%"),
        ("原来的基数是多少", ("信宜研发投入占比2017年末目标多少?",), "0.68%"),
    ],
)
def test_follow_ups(question: str, history: tuple[str, ...], fact: str, library: Library) -> None:
    assert fact in answer(question, library, history).text


def test_scope_shuts_documents_out(library: Library) -> None:
    only = Scope(documents=frozenset({"xinyi-2015"}))
    given = answer("六盘水十三五技改累计要投多少亿?", library, scope=only)
    assert given.status == "declined"
    assert all(near.document_id == "xinyi-2015" for near in given.nearest)


def test_every_claim_is_verified_and_nothing_true_withheld(library: Library) -> None:
    documents = {d.id: d for d in library.documents()}
    for question in ("浙江企业上云由谁负责", "黄冈上云企业多少家", "六盘水规上企业覆盖面"):
        given = answer(question, library)
        assert given.withheld == (), given.withheld
        literal = Statement(given.citations[0].quote, given.citations[:1])
        assert verify(literal, documents.get, library.clause).status == "supported"


def test_digests_and_goals_whose_time_is_over_are_noted(library: Library) -> None:
    given = answer("六盘水十三五技改累计要投多少亿?", library)
    held, _ = hold("六盘水", library, Scope())
    then = notes(given.citations, held, date(2018, 1, 1))
    later = notes(given.citations, held, date(2026, 1, 1))
    assert any("摘编" in note for note in then)
    assert not any("目标期" in note for note in then)
    assert any("目标期至2020年" in note for note in later)


def test_a_passage_inherits_subject_and_time(library: Library) -> None:
    every = passages(
        library.document("lps-2016"),
        tuple(library.clauses("lps-2016")),
        tuple(library.tasks("lps-2016")),
    )
    found = next(p for p in every if p.text.startswith("2016年底前全部制定完成"))
    assert "转型升级方案" in found.subject
    target = next(p for p in every if "达到60%" in p.text)
    assert {t.by for t in (*target.times, *target.inherited)} == {"2020"}


def test_passages_stand_where_they_say(library: Library) -> None:
    for document in library.documents():
        clauses = tuple(library.clauses(document.id))
        for passage in passages(document, clauses, tuple(library.tasks(document.id))):
            assert any(own.contains(passage.span) for own in passage.clause.spans)
            assert passage.sentence.contains(passage.span)


def test_a_question_takes_little_time(library: Library) -> None:
    answer("六盘水技改", library)
    started = time.perf_counter()
    for _ in range(3):
        answer("六盘水和信宜谁的研发投入占比目标高?", library)
    assert time.perf_counter() - started < 6  # 0.3 s each on an idle machine


def test_nonsense_and_nothing_are_declined(library: Library) -> None:
    for question in ("", "？", "今天天气怎么样", "写一首诗"):
        assert answer(question, library).status == "declined"


def test_an_empty_library_declines(tmp_path: Path) -> None:
    empty = open_library(tmp_path, encoder=None)
    assert answer("六盘水技改投资多少?", empty).status == "declined"
    empty.close()


REGULATION = """梧桐县公共厕所管理办法

第一条 为加强公共厕所管理，制定本办法。

第二条 公共厕所每天保洁不少于3次。

第三条 本办法自2024年5月1日起施行，有效期5年。
"""
TABLE = """# 梧桐县项目清单

| 序号 | 项目 | 容量（兆瓦） | 投产日期 |
|---|---|---|---|
| 1 | 青山风电场 | 50 | 2026-10-31 |
| 2 | 白水光伏站 | 35 | 2026-12-31 |
"""


@pytest.fixture()
def small(tmp_path: Path) -> Iterator[Library]:
    (tmp_path / "公厕.txt").write_text(REGULATION, encoding="utf-8")
    (tmp_path / "清单.md").write_text(TABLE, encoding="utf-8")
    opened = open_library(tmp_path / "store", encoder=None)
    ingest([tmp_path / "公厕.txt", tmp_path / "清单.md"], opened.store, None)
    yield opened
    opened.close()


def test_a_title_in_the_question_names_the_document(small: Library) -> None:
    given = answer("梧桐县公共厕所管理办法什么时候施行?", small)
    assert "2024年5月1日" in given.text, given.text
    assert given.question == "梧桐县公共厕所管理办法什么时候施行?"


def test_cells_of_a_row_are_not_glued_into_one_number(small: Library) -> None:
    given = answer("青山风电场的容量是多少", small)
    assert "502026" not in given.text and real(given, small)


def test_a_library_that_is_opened_anew_answers_the_same(library, tmp_path):
    """What is remembered of documents read before must serve their equals, too."""
    question = "信宜攻坚战方案的文号是什么"
    first = answer(question, library)
    again = open_library(tmp_path, encoder=None)
    ingest([DOCUMENTS], again.store, None)
    try:
        assert (first.status, answer(question, again).text) == ("answered", first.text)
    finally:
        again.close()


def test_a_clause_of_one_sentence_answers_though_it_stands_as_a_heading(tmp_path: Path) -> None:
    file = tmp_path / "云岭县产业扶持办法.md"
    file.write_text(
        "# 云岭县产业扶持办法\n一、资金\n（一）每年安排800万元专项资金。（牵头单位：县财政局）\n"
        "（二）做好宣传。（牵头单位：县融媒体中心）\n",
        encoding="utf-8",
    )
    opened = open_library(tmp_path / "store", encoder=None)
    ingest([file], opened.store, None)
    given = answer("云岭县每年安排多少专项资金？", opened)
    opened.close()
    assert given.status == "answered"
    assert "800万元" in given.text
