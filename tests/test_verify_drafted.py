"""A rewritten clause keeps what it was written from, and adds nothing."""

from __future__ import annotations

import pytest

from assistant.verify.drafted import added, kept

HOLE = "【待定：省定目标20家（全省），请填本县数】"
UPPER = (
    f"到2020年，力争建成产业创新服务综合体{HOLE}，规模以上工业企业研发投入年均增长10%以上。"
    "鼓励企业上云，支持建设智能工厂、智能车间、智能生产线。每年组织培训3次，严禁新增过剩产能。"
    "由县科技局、县经信局负责。"
)
COUNTY = "安宁县"
SAME = [
    UPPER,
    UPPER.replace("到2020年，力争", "力争到2020年，"),
    UPPER.replace("10%以上", "不低于10%").replace("支持建设", "积极支持建设"),
    UPPER.replace("年均增长", "年均增速达到"),
    "由县科技局、县经信局负责。" + UPPER.replace("由县科技局、县经信局负责。", ""),
]


@pytest.mark.parametrize("drafted", SAME)
def test_the_same_in_other_words_is_kept_and_adds_nothing(drafted: str) -> None:
    assert kept(UPPER, drafted, COUNTY) is None
    assert added(drafted, (UPPER, COUNTY), COUNTY) is None


LOST = {
    "占位": UPPER.replace(HOLE, "20家"),
    "力度": UPPER.replace("力争", ""),
    "鼓励": UPPER.replace("鼓励企业上云", "企业要上云"),
    "比较": UPPER.replace("10%以上", "10%"),
    "数字": UPPER.replace("10%", "12%"),
    "年份": UPPER.replace("2020", "2021"),
    "范围": UPPER.replace("规模以上工业企业", "工业企业"),
    "列项": UPPER.replace("、智能车间", ""),
    "单位": UPPER.replace("、县经信局", ""),
    "否定": UPPER.replace("，严禁新增过剩产能", ""),
    "每年": UPPER.replace("每年组织", "组织"),
    "整句": UPPER.replace("鼓励企业上云，支持建设智能工厂、智能车间、智能生产线。", ""),
}


@pytest.mark.parametrize("kind", LOST)
def test_what_is_lost_is_named(kind: str) -> None:
    reason = kept(UPPER, LOST[kind], COUNTY)
    assert reason is not None and reason


def test_modes_before_a_placeholder_are_kept() -> None:
    upper = f"每年新增示范企业{HOLE}，完成投资。"
    assert kept(upper, upper, COUNTY) is None
    assert kept(upper, upper.replace("每年", ""), COUNTY) is not None
    assert kept(upper, upper.replace("新增", "累计新增"), COUNTY) is not None


ADDED = [
    "县财政每年安排500万元。",
    "由县审计局牵头。",
    "对先进单位给予表彰。",
    "按照《安宁县工业条例》办理。",
    "上述工作于2019年6月底前完成。",
    "确保全省领先。",
    "【待定：请填本县数】",
]


@pytest.mark.parametrize("more", ADDED)
def test_what_is_added_is_named(more: str) -> None:
    assert added(UPPER + more, (UPPER, COUNTY), COUNTY) is not None


def test_the_profile_may_be_drawn_on() -> None:
    profile = "县财政每年安排专项资金500万元"
    assert added(UPPER + "县财政每年安排专项资金500万元。", (UPPER, profile), COUNTY) is None
