"""Drafts that say a task in words of their own, and what they weaken all the same."""

from __future__ import annotations

import pytest

from tests.checking import DRAFT, PLAN, faults, report, row

CENTRE = (
    "一是封填地下水超采区自备机井，"
    "二是推动节水产品认证，市县节水服务站全覆盖，巡查时间每天不低于2小时。"
)
UPPER = PLAN.replace("2．开展节水型企业创建，", f"2．{CENTRE}开展节水型企业创建，")
TOLD = (
    "把地下水超采区的自备机井封填到位，推动节水产品认证，设县节水服务站，巡查时间每天不低于2小时。"
)
LOWER = DRAFT.replace("4．创建节水型企业，", f"4．{TOLD}创建节水型企业，")
CLAUSE = "二/(二)/2"


def test_a_service_for_all_counties_is_told_where_this_county_has_it() -> None:
    assert faults(report(LOWER, UPPER)) == {}


def test_a_service_for_all_counties_that_is_left_out_is_told() -> None:
    found = report(LOWER.replace("设县节水服务站，", ""), UPPER)
    assert "target_dropped" in faults(found)[CLAUSE]


@pytest.mark.parametrize("ordinal", ["一是", "二是"])
def test_what_is_counted_is_work_of_its_own_and_quoted_bare(ordinal: str) -> None:
    upper = UPPER.replace("一是封填", f"{ordinal}封填")
    found = report(LOWER.replace("把地下水超采区的自备机井封填到位，", ""), upper)
    lost = [f.upper_quote for f in row(found, CLAUSE).faults if f.type == "subtask_dropped"]
    assert lost == ["封填地下水超采区自备机井"]


def test_less_time_than_must_be_given_is_lowered() -> None:
    found = report(LOWER.replace("每天不低于2小时", "每天不低于1小时"), UPPER)
    told = [(f.type, f.sub, f.note) for f in row(found, CLAUSE).faults]
    assert told == [("target_lowered", "rate", "由不低于2小时改为不低于1小时，少于上级要求的时间")]


def test_more_time_is_no_fault() -> None:
    assert faults(report(LOWER.replace("每天不低于2小时", "每天不低于3小时"), UPPER)) == {}


def test_a_figure_for_pilots_at_named_places_binds_no_other() -> None:
    pilots = "率先在云溪、石湾、临港试点社区智能水表全覆盖，"
    upper = PLAN.replace("2．鼓励再生水", f"2．{pilots}鼓励再生水")
    assert "target_dropped" not in faults(report(DRAFT, upper)).get("二/(三)/2", set())


RANKED = PLAN.replace(
    "推动园区中水回用。", "推动园区中水回用，扶持水耗达到国内先进水平的用水大户。"
)
REACHED = DRAFT.replace(
    "推动工业园区中水回用。", "推动工业园区中水回用，扶持水耗达到国内先进水平的用水大户。"
)


@pytest.mark.parametrize(
    ("rank", "told"), [("省内", {"target_changed"}), ("国内", set()), ("国际", set())]
)
def test_a_threshold_in_words_may_not_be_lower(rank: str, told: set[str]) -> None:
    found = report(REACHED.replace("国内先进", f"{rank}先进"), RANKED)
    assert faults(found).get("二/(二)/1", set()) == told


def test_a_store_of_projects_that_is_not_named_is_lost() -> None:
    upper = PLAN.replace(
        "2．鼓励再生水", "2．完善管网、泵站和水厂资料，健全供水改造项目库，鼓励再生水"
    )
    text = DRAFT.replace("6．鼓励再生水", "6．完善管网、泵站和水厂资料，健全项目库，鼓励再生水")
    assert "subtask_dropped" not in faults(report(text, upper)).get("二/(三)/2", set())
    lost = faults(report(text.replace("健全项目库，", ""), upper))["二/(三)/2"]
    assert "subtask_dropped" in lost


def test_the_years_in_the_title_of_a_document_are_no_deadline() -> None:
    named = "落实《东海省水网布局规划（2019—2025年）》，"
    upper = PLAN.replace("2．加强农业用水计量，", f"2．{named}加强农业用水计量，")
    assert faults(report(DRAFT, upper)) == {}


@pytest.mark.parametrize(
    "words",
    [
        "在再生水管道尚未贯通各个片区的情况下，",
        "突出节水在城市更新中的重要作用，",
        "切实缓解供水与用水的尖锐矛盾，",
    ],
)
def test_grounds_and_effects_are_not_asked(words: str) -> None:
    upper = PLAN.replace("1．改造老旧供水管网，", f"1．改造老旧供水管网，{words}")
    assert faults(report(DRAFT, upper)) == {}


def test_a_lost_sentence_is_quoted_without_its_ordinal() -> None:
    words = "一是封填地下水超采区自备机井；二是鼓励再生水"
    upper = PLAN.replace("2．鼓励再生水", f"2．{words}")
    lost = row(report(DRAFT, upper), "二/(三)/2").faults
    assert [f.upper_quote for f in lost] == ["封填地下水超采区自备机井"]
