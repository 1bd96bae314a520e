"""Targets of sentences as plans write them: value, unit, comparator, year, basis."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.facts import deadlines, deadlines_in_lines, duties, lead_year, targets, targets_in_lines
from index.types import Span

# (text, [(op, value, unit, by, basis), …]); the sentences are invented for these tests.
CASES = [
    ("到2025年，全县建成村级养老驿站60个。", [("=", 60, "个", "2025", "total")]),
    (
        "力争到2024年，新增农产品冷库30座、产地批发市场4个。",
        [("+", 30, "座", "2024", "increase"), ("+", 4, "个", "2024", "increase")],
    ),
    ("2023年底前，城区停车泊位不少于1.2万个。", [(">=", 1.2, "万个", "2023", "total")]),
    (
        "“十四五”期间，社会消费品零售总额年均增长8%以上，累计发放消费券3亿元。",
        [(">=", 8, "%", "2025", "per_year"), ("=", 3, "亿元", "2025", "cumulative")],
    ),
    (
        "到2026年，农村自来水普及率、生活垃圾无害化处理率分别达到92%和98%以上。",
        [(">=", 92, "%", "2026", "coverage"), (">=", 98, "%", "2026", "total")],
    ),
    (
        "森林覆盖率由2020年的38%提高到2025年的41%以上。",
        [(">=", 41, "%", "2025", "coverage")],
    ),
    ("单位生产总值能耗比2020年下降13.5%。", [("=", 13.5, "%", None, "increase")]),
    ("每年组织培训乡村医生不少于300人次。", [(">=", 300, "人次", None, "per_year")]),
    ("到2027年，高标准农田面积稳定在45万亩左右。", [("~", 45, "万亩", "2027", "total")]),
    ("2025年，细颗粒物浓度控制在32微克/立方米以内。", [("<=", 32, "微克/立方米", "2025", "total")]),
    ("到2025年，行政村5G网络实现全覆盖。", [("=", 100, "%", "2025", "coverage")]),
    ("到2022年，引进12至15家物流企业。", [("~", 12, "家", "2022", "total")]),
    ("实施总投资5亿元以上文旅项目20个。", [("=", 20, "个", None, "total")]),
    ("每年新开工8个亿元以上农产品加工项目。", [("=", 8, "个", None, "per_year")]),
    (
        "到2025年，年销售收入超10亿元企业达到6家，超亿元企业达到40家。",
        [("=", 6, "家", "2025", "total"), ("=", 40, "家", "2025", "total")],
    ),
    ("到2030年，中小学近视率控制在百分之五十以下。", [("<=", 50, "%", "2030", "total")]),
    ("到2025年，七成以上的乡镇卫生院设立中医馆。", [(">=", 70, "%", "2025", "coverage")]),
    ("到2024年，国家级孵化器实现零的突破。", [(">=", 1, "个", "2024", "total")]),
    ("到2025年，全县地区生产总值翻一番。", [("=", 2, "倍", "2025", "increase")]),
    ("到2025年，城镇新增就业2.4万人。", [("+", 2.4, "万人", "2025", "increase")]),
    ("确保每年不少于三分之二的预算内投资用于民生。", [(">=", 2 / 3, "", None, "per_year")]),
    (
        "2021年培育家庭农场50家，2023年达到120家左右。",
        [("=", 50, "家", "2021", "total"), ("~", 120, "家", "2023", "total")],
    ),
    ("从2022年起，每年安排专项资金不低于500万元。", [(">=", 500, "万元", None, "per_year")]),
    ("到2025年，企业开办时间压缩至1个工作日以内。", [("<=", 1, "个工作日", "2025", "total")]),
    ("到2025年，人均预期寿命达到79.5岁。", [("=", 79.5, "岁", "2025", "total")]),
    ("到2025年，每千人口执业医师数达到3.2人。", [("=", 3.2, "人", "2025", "total")]),
    ("力争五年内完成老旧小区改造六百五十个。", [("=", 650, "个", None, "total")]),
    (
        "到2025年，营商环境满意度达到95分，居全省前列。",
        [("=", 95, "分", "2025", "total")],
    ),
    ("到2025年，参加城乡居民养老保险的比例不低于98%。", [(">=", 98, "%", "2025", "coverage")]),
    ("到2023年，累计建成公共充电桩２０００个以上。", [(">=", 2000, "个", "2023", "cumulative")]),
    ("力争三年培育“小巨人”企业超过15家。", [(">=", 15, "家", None, "total")]),
    (
        "2018年、2019年、2020年分别完成改造100家、150家、200家。",
        [
            ("=", 100, "家", "2018", "total"),
            ("=", 150, "家", "2019", "total"),
            ("=", 200, "家", "2020", "total"),
        ],
    ),
    (
        "到2022年和2025年，光缆入户率分别达到60%和90%。",
        [("=", 60, "%", "2022", "total"), ("=", 90, "%", "2025", "total")],
    ),
    ("在2020年基础上，数字经济规模到2025年增长50%。", [("=", 50, "%", "2025", "increase")]),
    ("现有民宿100家，到2025年达到200家。", [("=", 200, "家", "2025", "total")]),
    (
        "2021—2023年，每年改造小区不少于30个，三年累计改造100个。",
        [(">=", 30, "个", "2023", "per_year"), ("=", 100, "个", "2023", "cumulative")],
    ),
    (
        "到2020年，三项污染物排放总量比2015年分别减少10%、12%和15%。",
        [
            ("=", 10, "%", "2020", "increase"),
            ("=", 12, "%", "2020", "increase"),
            ("=", 15, "%", "2020", "increase"),
        ],
    ),
    ("到2025年底，60%以上的县达到示范标准。", [(">=", 60, "%", "2025", "coverage")]),
    ("为各区至少培育1家实训基地，时限为2025年。", [(">=", 1, "家", None, "total")]),
    (
        "全市A级景区达到50家，其中5A级2家、4A级15家以上。",
        [
            ("=", 50, "家", None, "total"),
            ("=", 2, "家", None, "total"),
            (">=", 15, "家", None, "total"),
        ],
    ),
    (
        "到2025年，建设用地规模控制在95平方公里，入园企业保持在80家以上。",
        [("<=", 95, "平方公里", "2025", "total"), (">=", 80, "家", "2025", "total")],
    ),
    (
        "到2025年，减少化肥施用量3000吨，降幅达到5%。",
        [
            ("=", 3000, "吨", "2025", "total"),
            ("=", 5, "%", "2025", "increase"),
        ],
    ),
]

# Figures that set nobody a target.
NO_TARGETS = [
    "对新认定的省级研发中心，一次性奖励50万元。",
    "符合条件的企业减按15%的税率征收企业所得税。",
    "总投资5000万元以上的项目由市级审批。",
    "每人每月补贴200元。",
    "对逾期不改的，处以1万元以上3万元以下罚款。",
    "按设备投资额的20%给予补助，最高不超过100万元。",
    "落实“三个一批”“五个一”工作机制，开展一企一策服务。",
    "由3名以上专家组成的评审组出具意见。",
    "截至2020年底，全县已建成标准厂房30万平方米。",
    "依托5个重点园区，推进产业集聚。",
    "等12个部门要密切配合。",
    "按照《关于支持农业发展的20条意见》执行。",
    "坚持两手抓，用好国内国际两种资源。",
    "申请人应在30日内提交材料。",
    "第三条 注册资本1000万元以上的，可以申请。",
    "联系电话：0371-12345678。",
    "推进实施“千企升级”“百项提升”行动，打造千亿级产业集群。",
    "连续3年亏损的，终止支持。",
    "每新引进1家企业，补助2万元。",
    "每家企业最多申报3个项目。",
    "以不低于5%的比例随机抽查。",
    "支持企业发债，单户授信额度不超过1000万元。",
    "按照每500户配建1处的标准建设服务设施。",
    "应急演练每次时间为2小时。",
    "按40%、30%、30%的比例分三年拨付。",
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0][:18] for c in CASES])
def test_reads_what_a_sentence_sets(
    text: str, expected: list[tuple[str, float, str, str | None, str]]
) -> None:
    found = [(t.op, t.value, t.unit, t.by, t.basis) for t in targets(text, 0)]
    assert found == [(op, pytest.approx(v, abs=1e-5), u, by, b) for op, v, u, by, b in expected]


@pytest.mark.parametrize("text", NO_TARGETS)
def test_leaves_what_is_only_said(text: str) -> None:
    assert targets(text, 0) == ()


@pytest.mark.parametrize("text", [c[0] for c in CASES])
def test_every_quote_is_the_text_at_its_span(text: str) -> None:
    before = "前文。" * 7
    for target in targets(text, len(before)):
        assert target.span.of(before + text) == target.quote


def test_a_baseline_is_kept_beside_the_target() -> None:
    (target,) = targets("到2025年，研发投入强度由1.1%提高到2%以上。", 0)
    assert (target.value, target.op, target.baseline) == (2, ">=", 1.1)
    assert "研发投入强度" in target.metric


def test_a_threshold_is_kept_beside_the_count() -> None:
    (target,) = targets("到2025年，引进总投资20亿元以上制造业项目8个。", 0)
    assert (target.value, target.threshold) == (8, "20亿元以上")


def test_a_list_behind_分别_gives_each_figure_its_own_metric() -> None:
    found = targets("到2025年，小麦、玉米、大豆播种面积分别达到30万亩、25万亩、4万亩。", 0)
    assert [(t.metric[:2], t.value) for t in found] == [("小麦", 30), ("玉米", 25), ("大豆", 4)]


def test_one_figure_for_several_things_is_set_to_each() -> None:
    found = targets("到2025年，供水、供气、供热保证率均达到99%。", 0)
    assert [t.metric for t in found] == ["供水", "供气", "供热保证率"]
    assert {t.value for t in found} == {99}


def test_a_year_is_inherited_from_the_heading() -> None:
    assert [t.by for t in targets("建成幼儿园12所。", 0, "2024")] == ["2024"]
    assert [t.by for t in targets("每年建成幼儿园2所。", 0, "2024")] == [None]


def _lines(*words: str) -> list[tuple[Span, str]]:
    lines, place = [], 100
    for line in words:
        lines.append((Span(place, place + len(line)), line))
        place += len(line) + 25
    return lines


def test_the_schedule_dates_the_lines_beside_it() -> None:
    lines = _lines(
        "工作任务：拆除违章建筑48万平方米。", "时间节点：2021年拆除20万平方米。2022年全面完成。"
    )
    assert [(t.value, t.by) for t in targets_in_lines(lines)] == [(48, "2022"), (20, "2021")]


def test_a_year_carries_down_the_lines_but_not_into_the_next_item() -> None:
    lines = _lines("到2023年，工作取得突破。", "培育龙头企业9家。", "2.建设示范基地7个。")
    assert [(t.value, t.by) for t in targets_in_lines(lines)] == [(9, "2023"), (7, None)]


def test_a_lead_in_dates_the_numbered_lines_below_it() -> None:
    lines = _lines("到2025年，实现以下目标：", "1.建成示范村40个。", "2.建成示范镇5个。")
    assert [t.by for t in targets_in_lines(lines)] == ["2025", "2025"]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("到2025年，基本建成现代物流体系。", "2025"),
        ("到2023年取得突破，到2025年全面建成。", None),
        ("进一步完善体系。", None),
        ("2022年5月1日印发。", None),
    ],
)
def test_a_goal_sets_one_year_for_its_items(text: str, year: str | None) -> None:
    assert lead_year(text) == year


def test_places_of_several_lines_are_places_in_the_document() -> None:
    lines = _lines("到2025年，建成公厕80座。", "新增绿地15公顷。")
    text = " " * 400
    for span, words in lines:
        text = text[: span.start] + words + text[span.end :]
    for target in targets_in_lines(lines):
        assert target.span.of(text) == target.quote


@pytest.mark.parametrize(
    ("text", "when", "what"),
    [
        ("2024年6月底前，完成自建房安全排查。", "2024年6月底前", "完成自建房安全排查"),
        ("到2025年，全面建立河湖长效管护机制。", "2025年", "全面建立河湖长效管护机制"),
        ("“十四五”期间，健全分级诊疗制度。", "“十四五”期间（至2025年）", "健全分级诊疗制度"),
        ("用3年左右时间，完成集中整治。", "用3年左右时间", "完成集中整治"),
    ],
)
def test_reads_deadlines(text: str, when: str, what: str) -> None:
    (deadline,) = deadlines(text, 0)
    assert (deadline.when, deadline.what) == (when, what)
    assert deadline.span.of(text) == deadline.quote


def test_a_month_takes_the_year_before_it() -> None:
    found = deadlines("2023年完成摸底调查，9月底前全部整改到位。", 0)
    assert [d.when for d in found] == ["2023年", "2023年9月底前"]


def test_a_month_takes_the_year_of_a_line_before_it() -> None:
    lines = _lines("任务：2023年启动整治。", "时间节点：10月底前，全部整治到位。")
    assert [d.when for d in deadlines_in_lines(lines)] == ["2023年", "2023年10月底前"]


def test_a_year_of_comparison_is_no_deadline() -> None:
    assert deadlines("用水总量比2020年有所下降。", 0) == ()


@pytest.mark.parametrize(
    ("text", "when", "to"),
    [
        ("各镇于每月10日前将进展情况报县推进办公室。", "每月10日前", "县推进办公室"),
        ("每季度向市发展改革委报送项目进度。", "每季度", "市发展改革委"),
        ("县政府督查室定期对各乡镇工作落实情况进行督查。", "定期", "各乡镇"),
        ("每年制定年度实施计划。", "每年", None),
        ("强化日常巡查监管。", "日常", None),
        ("每年3月底、9月底前向县政府报告工作。", "每年3月底、9月底前", "县政府"),
    ],
)
def test_reads_duties(text: str, when: str, to: str | None) -> None:
    (duty,) = duties(text, 0)
    assert (duty.when, duty.to) == (when, to)
    assert duty.span.of(text) == duty.quote


def test_a_yearly_figure_is_a_target_and_no_duty() -> None:
    assert duties("每年建成口袋公园6个。", 0) == ()


_WORDS = (
    "到2025年 ， 、 。 ； ： ( ) （ ） 建成 新增 20家 3.5万亩 以上 左右 每年 分别 达到 60% "
    "和 由10% 提高到 30% 均 累计 时间节点 任务 2,500户 1.2 《规划（2021—2025年）》 “小巨人” "
    "企业 项目 的 亿元以上 全覆盖 零的突破 6月底前 报县政府 定期 3年内 第二条 x"
)


@given(st.lists(st.sampled_from([*_WORDS.split(" "), "\n", "　"]), max_size=18).map("".join))
def test_no_text_breaks_the_reading_and_every_quote_stands(text: str) -> None:
    for fact in (*targets(text, 7), *deadlines(text, 7), *duties(text, 7)):
        assert fact.span.of("#" * 7 + text) == fact.quote
