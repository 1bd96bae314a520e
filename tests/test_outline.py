"""The outline on texts of every shape, and the law that spans give the text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.outline import outline
from index.read.assemble import assemble
from index.types import Clause, Source, Table

PLAN = """云溪市人民政府关于印发云溪市节水行动方案的通知
云政发〔2022〕8号
各县（区）人民政府，市政府各部门：
现将《云溪市节水行动方案》印发给你们，请认真组织实施。
云溪市人民政府
2022年3月4日
云溪市节水行动方案
为推进节水型社会建设，制定本方案。
一、总体要求
到2025年，全市用水总量控制在12亿立方米以内。
二、重点任务
（一）农业节水增效。
1.推进灌区改造。到2025年改造灌区5处。（责任单位：市水利局、市农业农村局）
2.2023年前建成节水示范区2个。（责任单位：市水利局）
（二）工业节水减排。推广循环用水。（责任单位：市经信局）
三、保障措施
——加强领导。建立联席会议制度。
——强化考核。按照第（一）项的要求定期通报。
本方案自印发之日起施行。"""


def ids(text: str, name: str = "d") -> list[str]:
    return [clause.id for clause in outline(Source(text), name).clauses]


def by_id(text: str) -> dict[str, Clause]:
    return {clause.id: clause for clause in outline(Source(text), "d").clauses}


def test_a_notice_with_one_plan_has_no_prefix() -> None:
    assert ids(PLAN) == [
        "d/标题", "d/通知", "d/落款", "d/引言", "d/一", "d/二", "d/二/(一)", "d/二/(一)/1",
        "d/二/(一)/2", "d/二/(二)", "d/三", "d/三/—1", "d/三/—2", "d/结语",
    ]  # fmt: skip


def test_an_item_that_begins_with_a_year_is_not_a_decimal() -> None:
    assert by_id(PLAN)["d/二/(一)/2"].text.startswith("2.2023年前")


def test_headings_lose_their_number_and_full_stop() -> None:
    clauses = by_id(PLAN)
    assert clauses["d/二/(一)"].heading == "农业节水增效"
    assert clauses["d/二/(一)/1"].path == ("二、重点任务", "（一）农业节水增效", "1.推进灌区改造")


def test_title_clause_holds_title_and_number() -> None:
    assert (
        by_id(PLAN)["d/标题"].text.split("\n")
        == [
            "云溪市人民政府关于印发云溪市节水行动方案的通知",
            "云溪市节水行动方案",
            "云政发〔2022〕8号",
        ]
        or "云政发〔2022〕8号" in by_id(PLAN)["d/标题"].text
    )


def test_several_plans_in_one_file_are_parts() -> None:
    plan = "{}\n为做好工作，制定本方案。\n一、目标\n到2025年完成。\n二、任务\n（一）抓好落实。"
    text = "\n".join(plan.format(title) for title in ("甲市治水行动方案", "甲市治气行动方案"))
    found = ids(text)
    assert {"d/P1/引言", "d/P1/二/(一)", "d/P2/一", "d/P2/二/(一)"} <= set(found)


def test_annexes_keep_their_number_and_the_first_plan_none() -> None:
    text = (
        "各县人民政府：\n现将方案印发给你们。\n2021年5月6日\n附件1\n甲省治水方案\n一、目标\n完成。\n"
        "附件2\n成员单位名单\n一、组长单位\n省水利厅"
    )
    found = ids(text)
    assert "d/一" in found
    assert "d/附件2/一" in found


def test_regulations_are_addressed_by_article_alone() -> None:
    text = (
        "甲市公园管理办法\n第一章 总则\n第一条 为了加强管理，制定本办法。\n第二章 管理\n"
        "第二条 公园应当做到：\n（一）开放；\n（二）整洁。\n第三条 依照第二条的规定执行。"
    )
    assert ids(text)[1:] == [
        "d/第一章", "d/第一条", "d/第二章", "d/第二条", "d/第二条/(一)", "d/第二条/(二)",
        "d/第三条",
    ]  # fmt: skip


def test_a_repeated_number_gets_an_address_of_its_own() -> None:
    assert ids("一、甲\n（一）乙。\n一、丙") == ["d/一", "d/一/(一)", "d/一~2"]


def test_units_after_unlabelled_items_belong_to_the_clause_above() -> None:
    text = (
        "一、任务\n（一）治水。\n1.时间节点：2020年。\n2.重点：清淤。\n责任单位：市水利局、市住建局"
    )
    clauses = by_id(text)
    assert clauses["d/一/(一)"].text.endswith("责任单位：市水利局、市住建局")
    assert "责任单位" not in clauses["d/一/(一)/2"].text
    assert len(clauses["d/一/(一)"].spans) == 2


def test_table_rows_are_clauses_under_their_unit() -> None:
    text = "一、分工\n任务\t单位\n修路\t市交通局\n种树\t市林业局\n二、其他"
    rows = []
    at = text.index("任务\t")
    for line in text.split("\n")[1:4]:
        rows.append((at, at + len(line)))
        at += len(line) + 1
    from index.types import Span

    source = Source(text, (Table(tuple(Span(*row) for row in rows)),))
    clauses = {clause.id: clause for clause in outline(source, "d").clauses}
    assert clauses["d/一/T1/R2"].text == "种树\t市林业局"
    assert "任务｜单位" in clauses["d/一/T1/R2"].path[-1]


def test_web_boilerplate_is_in_no_clause() -> None:
    text = (
        "当前位置：首页>>通知公告\n点击：84 时间：2020-01-02 来源：某局\n"
        + PLAN
        + "\n版权所有 某中心"
    )
    words = "".join(clause.text for clause in outline(Source(text), "d").clauses)
    assert "版权所有" not in words
    assert "点击" not in words
    assert ids(text) == ids(PLAN)


numbers = st.sampled_from(
    [
        "一、",
        "二、",
        "（一）",
        "(二)",
        "1.",
        "2、",
        "（1）",
        "——",
        "第一章 ",
        "第一条 ",
        "附件1",
        "",
        "  ",
    ]
)
words = st.text(alphabet="加强建设。，；：到2020年（责任单位：市局）\t《》 办法方案", max_size=24)
texts = st.lists(st.tuples(numbers, words), min_size=1, max_size=14).map(
    lambda rows: "\n".join(number + body for number, body in rows)
)


@given(texts)
def test_spans_give_the_text_of_every_clause(text: str) -> None:
    clauses = outline(Source(text), "d").clauses
    assert len({clause.id for clause in clauses}) == len(clauses)
    for clause in clauses:
        assert "\n".join(span.of(text) for span in clause.spans) == clause.text
        assert clause.parent is None or any(clause.parent == other.id for other in clauses)


@given(texts)
def test_no_word_stands_in_two_clauses(text: str) -> None:
    taken = sorted(span for clause in outline(Source(text), "d").clauses for span in clause.spans)
    for one, following in pairwise(taken):
        assert one.end <= following.start or one == following


@pytest.mark.parametrize("text", ["一、", "附件", "\n\n", "第一条", "责任单位：市水利局"])
def test_scraps_are_no_error(text: str) -> None:
    outline(Source(text), "d")


@pytest.mark.parametrize(
    "sentence",
    [
        "1.市健康专家委员会负责为跨部门行动提供技术支持。",
        "2.申请对象可登录微信公众号查看房源。",
        "3.经营者应当在首页显著位置公示营业执照信息。",
        "4.统一采购打印设备，逾期关闭通道",
        "各县要通过微信公众号、短信等方式主动告知企业，由技术支持单位负责。",
    ],
)
def test_a_sentence_that_names_a_thing_of_web_pages_is_not_lost(sentence: str):
    source = assemble(["梅岭市实施方案", "一、任务", sentence, "其余事项照此办理。"])
    clauses = outline(source, "x").clauses
    assert any(sentence in clause.text for clause in clauses)
    assert any("照此办理" in clause.text for clause in clauses)


@pytest.mark.parametrize(
    "line",
    [
        "浏览次数：1024次",
        "【打印】 【关闭】",
        "字体：【大 中 小】",
        "技术支持：某公司",
        "上一篇：没有了",
    ],
)
def test_furniture_of_a_page_is_left_out(line: str):
    clauses = outline(assemble(["梅岭市实施方案", line, "一、任务", "抓好落实。"]), "x").clauses
    assert not any(line in clause.text for clause in clauses)
