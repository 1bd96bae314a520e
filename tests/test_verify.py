"""verify: real citations, facts held to their quotes, and lies that look like the truth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.types import Citation, Statement, Verdict, cite
from assistant.verify import verify
from index.parse import parse
from index.types import Parsed, Source, Span

TEXT = """青山市实施技术改造工程的方案（2017—2020年）

一、总体要求

坚持市场主导。

二、主要目标

到2020年，全市工业技改投资累计达到700亿元，年均增速达到20%，占工业投资的比重每年上升2个百分点左右；\
规模以上工业企业研发经费支出占主营业务收入比重由2016年的0.68%提高到1.0%；\
数字化工具普及率、关键工序数控化率分别达到70%和60%；单位工业增加值能耗比2016年降低18%。

力争新增省级企业技术中心80家以上、市级重点企业研究院25家。

三、重点任务

（一）推动产品创新。2018年底前建成公共服务平台3个，2019年建成5个；\
不得新增过剩产能，每年安排资金不低于3000万元。严格执行《青山市工业准入目录》（青政发〔2016〕12号）。（牵头单位：市经信局；责任单位：市财政局、市科技局）

（二）推进绿色改造。每月5日前向市政府办公室报送进展。（责任单位：市环保局、市发展改革委）
"""
OTHER = """白水县技术改造行动计划

一、目标

2019年，全县工业技改投资达到15亿元，研发经费支出占主营业务收入比重达到1.5%。
"""


def read(text: str, name: str) -> Parsed:
    front = {"id": name, "region": {"qingshan": "江北省青山市", "baishui": "江北省白水县"}[name]}
    return parse(Source(text, front=front), name, f"{name}.txt")


@pytest.fixture(scope="module")
def library() -> dict[str, Parsed]:
    return {name: read(text, name) for name, text in (("qingshan", TEXT), ("baishui", OTHER))}


def citation(library: dict[str, Parsed], quote: str) -> Citation:
    for one in library.values():
        at = one.document.text.find(quote)
        span = Span(max(at, 0), max(at, 0) + len(quote))
        for clause in one.clauses:
            if at >= 0 and any(own.contains(span) for own in clause.spans):
                return cite(one.document, clause, span)
    raise LookupError(quote)


def judged(library: dict[str, Parsed], statement: Statement) -> Verdict:
    documents = {name: one.document for name, one in library.items()}
    clauses = {clause.id: clause for one in library.values() for clause in one.clauses}
    return verify(statement, documents.get, clauses.get)


def said(library: dict[str, Parsed], text: str, *quotes: str) -> Verdict:
    return judged(library, Statement(text, tuple(citation(library, q) for q in quotes)))


GOALS = next(line for line in TEXT.splitlines() if line.startswith("到2020年"))
CENTRES = "力争新增省级企业技术中心80家以上、市级重点企业研究院25家。"
TASK = TEXT[TEXT.index("2018年底前") : TEXT.index("严格执行")]
LIST = "牵头单位：市经信局；责任单位：市财政局、市科技局"
RULE = "严格执行《青山市工业准入目录》（青政发〔2016〕12号）。"
REPORT = "每月5日前向市政府办公室报送进展。"
THERE = "2019年，全县工业技改投资达到15亿元，研发经费支出占主营业务收入比重达到1.5%。"

TRUE = [
    ("到2020年，青山市工业技改投资累计达到700亿元。[1]", GOALS),
    ("到2020年，关键工序数控化率达到60%。", GOALS),
    ("到２０２０年，关键工序数控化率达到百分之六十。", GOALS),
    ("单位工业增加值能耗到2020年比2016年降低18%。", GOALS),
    ("规上工业企业研发经费支出占主营业务收入的比重2020年提高到1.0%。", GOALS),
    ("规模以上工业企业研发经费支出占主营业务收入比重2016年为0.68%。", GOALS),
    ("力争新增省级企业技术中心不低于80家。", CENTRES),
    ("新增市级重点企业研究院25家。", CENTRES),
    ("2019年建成公共服务平台5个。", TASK),
    ("到2018年底建成公共服务平台三个。", TASK),
    ("每年安排资金0.3亿元以上。", TASK),
    ("不得新增过剩产能。", TASK),
    ("牵头单位是市经信局。", LIST),
    ("由市经信局牵头，责任单位有市科技局、市财政局。", LIST),
    ("执行《青山市工业准入目录》（青政发〔2016〕12号）。", RULE),
    ("每月5日前报市政府办公室。", REPORT),
    ("是，到2020年，关键工序数控化率达到60%。", GOALS),
]


@pytest.mark.parametrize(("text", "quote"), TRUE)
def test_a_true_statement_is_supported(library: dict[str, Parsed], text: str, quote: str) -> None:
    assert said(library, text, quote).reason == ""


LIES = [
    ("到2020年，工业技改投资累计达到70亿元。", GOALS, "数字"),
    ("到2020年，工业技改投资累计达到700万元。", GOALS, "万亿"),
    ("到2020年，工业技改投资达到700亿元。", GOALS, "口径丢失"),
    ("到2020年，工业技改投资每年达到700亿元。", GOALS, "口径"),
    ("到2021年，工业技改投资累计达到700亿元。", GOALS, "年份"),
    ("到2020年，工业技改投资累计达到近700亿元。", GOALS, "约"),
    ("到2020年，工业技改投资累计达到700亿元以上。", GOALS, "以上"),
    ("到2020年，江北省工业技改投资累计达到700亿元。", GOALS, "上级地区"),
    ("到2020年，白水县工业技改投资累计达到700亿元。", GOALS, "他地"),
    ("到2020年，关键工序数控化率达到70%。", GOALS, "两目标互换"),
    ("到2020年，关键工序数控化率、数字化工具普及率分别达到70%和60%。", GOALS, "分别互换"),
    ("到2020年，关键工序数控化率达到60个百分点。", GOALS, "百分点"),
    ("到2020年，关键工序数控化率确保达到60%。", GOALS, "力度"),
    ("单位工业增加值能耗提高18%。", GOALS, "升降"),
    ("单位工业增加值能耗降低到18%。", GOALS, "降低到"),
    ("单位工业增加值能耗比2015年降低18%。", GOALS, "基期"),
    ("研发经费支出占主营业务收入比重提高到0.68%。", GOALS, "基数"),
    ("所有工业企业研发经费支出占主营业务收入比重提高到1.0%。", GOALS, "主体"),
    ("工业技改投资占工业投资的比重上升2个百分点左右。", GOALS, "每年丢失"),
    ("新增省级企业技术中心80家以下。", CENTRES, "以下"),
    ("新增省级企业技术中心80家。", CENTRES, "以上丢失"),
    ("新增省级企业技术中心25家。", CENTRES, "互换"),
    ("新增省级重点企业研究院25家。", CENTRES, "层级"),
    ("新增企业技术中心和重点企业研究院105家。", CENTRES, "相加"),
    ("确保新增市级重点企业研究院25家。", CENTRES, "力度"),
    ("2019年建成公共服务平台3个。", TASK, "两年互换"),
    ("2018年建成公共服务平台3个。", TASK, "底前丢失"),
    ("可以新增过剩产能。", TASK, "否定"),
    ("新增过剩产能。", TASK, "否定丢失"),
    ("每年安排资金不超过3000万元。", TASK, "不超过"),
    ("每年安排资金3000万元。", TASK, "不低于丢失"),
    ("安排资金不低于3000万元。", TASK, "每年丢失"),
    ("由市财政局牵头。", LIST, "牵头"),
    ("责任单位有市教育局。", LIST, "机构"),
    ("由省经信局牵头。", LIST, "机构层级"),
    ("执行《青山市工业准入目录》（青政发〔2016〕13号）。", RULE, "文号"),
    ("执行《青山市工业准入清单》。", RULE, "标题"),
    ("每月15日前报市政府办公室。", REPORT, "日期"),
    ("每季度5日前报市政府办公室。", REPORT, "频次"),
    ("每月5日前由市政府办公室报送进展。", REPORT, "报送方向"),
    ("到2020年，工业增加值达到700亿元。", GOALS, "指标"),
    ("研发经费支出占主营业务收入比重达到1.5%。", GOALS, "他文数字"),
    ("工业企业研发经费支出占主营业务收入比重提高到1.0%。", GOALS, "范围放宽"),
    ("工业技改投资每年增速达到20%。", GOALS, "年均当每年"),
    ("重点企业关键工序数控化率达到60%。", GOALS, "主体添改"),
]


@pytest.mark.parametrize(("text", "quote", "kind"), LIES, ids=[k for *_, k in LIES])
def test_a_lie_is_refused(library: dict[str, Parsed], text: str, quote: str, kind: str) -> None:
    verdict = said(library, text, quote)
    assert verdict.status == "unsupported"
    assert verdict.reason


def test_two_places_keep_their_own_figures(library: dict[str, Parsed]) -> None:
    right = "青山市研发经费支出占主营业务收入比重提高到1.0%，白水县达到1.5%。"
    wrong = "白水县研发经费支出占主营业务收入比重提高到1.0%，青山市达到1.5%。"
    assert said(library, right, GOALS, THERE).reason == ""
    assert said(library, wrong, GOALS, THERE).status == "unsupported"


def test_who_has_more_is_worked_out_again(library: dict[str, Parsed]) -> None:
    sides = "青山市研发经费支出占主营业务收入比重提高到1.0%，白水县达到1.5%。"
    assert said(library, f"白水县更高，{sides}", GOALS, THERE).reason == ""
    assert said(library, f"{sides}青山市更低。", GOALS, THERE).reason == ""
    assert said(library, f"青山市更高，{sides}", GOALS, THERE).status == "unsupported"
    assert said(library, "青山市更高。", GOALS, THERE).status == "unsupported"


def test_the_title_of_another_cited_document_does_not_carry_a_figure(
    library: dict[str, Parsed],
) -> None:
    title = library["baishui"].document.title
    right = "《青山市实施技术改造工程的方案（2017—2020年）》提出，到2020年关键工序数控化率达到60%。"
    wrong = f"《{title}》提出，到2020年关键工序数控化率达到60%。"
    assert said(library, right, GOALS, THERE).reason == ""
    assert said(library, wrong, GOALS, THERE).status == "unsupported"


def test_a_task_keeps_its_own_bodies(library: dict[str, Parsed]) -> None:
    lists = (LIST, "责任单位：市环保局、市发展改革委", "推动产品创新。", "推进绿色改造。")
    assert said(library, "推进绿色改造由市环保局负责。", *lists).reason == ""
    assert said(library, "推进绿色改造由市财政局负责。", *lists).status == "unsupported"


def test_a_quote_cut_before_its_comparator_still_has_it(library: dict[str, Parsed]) -> None:
    assert said(library, "3000万元。", "3000万元").status == "unsupported"
    assert said(library, "新增过剩产能。", "新增过剩产能").status == "unsupported"


def test_a_figure_outside_the_quote_does_not_count(library: dict[str, Parsed]) -> None:
    assert said(library, "2019年建成5个。", "2018年底前建成公共服务平台3个").status == "unsupported"


def test_whole_sentences_are_supported_as_they_stand(library: dict[str, Parsed]) -> None:
    for quote in (GOALS, CENTRES, TASK, RULE, REPORT, THERE):
        assert said(library, quote, quote).reason == ""


def test_nothing_cited_or_nothing_said_is_refused(library: dict[str, Parsed]) -> None:
    assert judged(library, Statement("到2020年达到60%。", ())).status == "unsupported"
    assert said(library, "。", GOALS).status == "unsupported"


@pytest.mark.parametrize(
    "change",
    [
        {"document_id": "nowhere"},
        {"document_id": "baishui"},
        {"clause_id": "qingshan/九"},
        {"clause_id": "qingshan/三/(一)"},
        {"title": "青山市实施技术改造工程的规划"},
        {"doc_no": "青政发〔2017〕1号"},
        {"quote": GOALS.replace("700", "800")},
        {"quote": GOALS[:-1]},
    ],
)
def test_a_citation_that_is_not_real_is_refused(
    library: dict[str, Parsed], change: dict[str, str]
) -> None:
    false = replace(citation(library, GOALS), **change)
    assert judged(library, Statement(GOALS, (false,))).status == "unsupported"


@pytest.mark.parametrize(("start", "end"), [(1, 0), (0, 1), (0, -1), (1, 1), (-1, -1)])
def test_a_span_off_by_one_is_refused(library: dict[str, Parsed], start: int, end: int) -> None:
    real = citation(library, GOALS)
    false = replace(real, span=Span(real.span.start + start, real.span.end + end))
    assert judged(library, Statement(GOALS, (false,))).status == "unsupported"
